"""Days as articles, feeds and tables write them."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime

_LABEL = re.compile(
    r"(first published|last updated|published|updated|posted|date)( on| at)?\s*:?\s+", re.IGNORECASE
)
_WEEKDAY = re.compile(
    r"(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\.?,?\s+", re.IGNORECASE
)
_TIME = re.compile(
    r"[\s,|–-]*(at\s+)?\d{1,2}[:.]\d{2}(:\d{2})?\s*([ap]\.?m\.?)?(\s*\(?[A-Z]{2,4}\)?)?$",
    re.IGNORECASE,
)
_FORMATS = (
    "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%Y/%m/%d",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?![\d-])")
_SLASHES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_EPOCH = re.compile(r"\d{9,10}(\d{3})?(\.\d+)?")


def parse_date(line: str) -> dt.date | None:
    """The day that a line of nothing but a date names ("Tuesday, 3 March 2026, 14:05 GMT")."""
    if not any(c.isdigit() for c in line) or len(line) > 80:
        return None
    bare = _TIME.sub("", _WEEKDAY.sub("", _LABEL.sub("", line, count=1), count=1))
    for form in _FORMATS:
        try:
            return dt.datetime.strptime(
                bare.replace("Sept ", "Sep ").replace(". ", " "), form
            ).date()
        except ValueError:
            continue
    return None


def date_of(value: str) -> dt.date | None:
    """The day that a date in a file's data names, as it is written, whatever its time zone.

    ISO 8601, RFC 822, seconds or milliseconds since 1970, and what `parse_date` knows. None for
    3/4/2026, which is in March here and in April there.
    """
    value = value.strip()[:80]
    if _EPOCH.fullmatch(value):
        seconds = float(value) / (1000 if len(value.partition(".")[0]) > 10 else 1)
        return dt.datetime.fromtimestamp(seconds, dt.UTC).date()
    for known in (_iso, _slashes, parse_date, _mailed):
        try:
            if day := known(value):
                return day
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _iso(value: str) -> dt.date | None:
    match = _ISO.match(value)
    return dt.date(*map(int, match.groups())) if match else None


def _slashes(value: str) -> dt.date | None:
    match = _SLASHES.match(value)
    if not match:
        return None
    first, second, year = map(int, match.groups())
    if first <= 12 and second <= 12 and first != second:
        return None
    return dt.date(year, min(first, second), max(first, second))


def _mailed(value: str) -> dt.date | None:
    return parsedate_to_datetime(value).date()
