"""Days and moments as articles, feeds and tables write them."""

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
    r"""(?:(?<=\d)T|[\s,|–-]*(?:at\s+)?)
    (?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?
    \s*(?P<half>[ap]\.?m\.?)?
    (?:\s*\(?(?P<zone>(?:UTC|GMT)?\s?[+−-]\d{1,2}(?::?\d{2})?|[A-Z]{1,5})\)?)?
    (?:\s*\([^()]{1,60}\))?$""",
    re.IGNORECASE | re.VERBOSE,
)
# 20260303T140500
_BASIC_TIME = re.compile(r"(?<=\d{8}T)(\d{2})(\d{2})(\d{2})")
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?(?P<sign>[+−-])(?P<hours>\d{1,2}?):?(?P<minutes>\d{2})?")
# The names of RFC 822; others mean one thing here and another there ("IST").
_HOURS = {
    "Z": 0, "UTC": 0, "UT": 0, "GMT": 0,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_FURTHEST = 14 * 60  # minutes from UTC, in Kiribati
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
        return _since_1970(value).date()
    for known in (_iso, _slashes, parse_date, _mailed):
        try:
            if day := known(value):
                return day
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def moment_of(value: str) -> dt.datetime | None:
    """The moment that a date with time and zone names, on the day of `date_of`, in that zone.

    None where the zone is not told: a time without one is no moment.
    """
    value = value.strip()[:80]
    if _EPOCH.fullmatch(value):
        return _since_1970(value).replace(microsecond=0)
    day = date_of(value)
    told = _TIME.search(_BASIC_TIME.sub(r"\1:\2:\3", value))
    zone = _zone(told["zone"].upper()) if told and told["zone"] else None
    if day is None or told is None or zone is None:
        return None
    try:
        return dt.datetime.combine(day, _time(told), zone)
    except ValueError:
        return None


def _since_1970(value: str) -> dt.datetime:
    seconds = float(value) / (1000 if len(value.partition(".")[0]) > 10 else 1)
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def _time(told: re.Match[str]) -> dt.time:
    hour, half = int(told["hour"]), (told["half"] or "")[:1].lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(f"no hour of a half day: {hour}")
        hour = hour % 12 + (12 if half == "p" else 0)
    return dt.time(hour, int(told["minute"]), int(told["second"] or 0))


def _zone(told: str) -> dt.timezone | None:
    """The zone of "+01:00", "UTC-5", "EST". None for -0000, which says that it is not known."""
    offset = _OFFSET.fullmatch(told)
    if offset is None:
        return dt.timezone(dt.timedelta(hours=_HOURS[told])) if told in _HOURS else None
    ahead = offset["sign"] == "+"
    minutes = int(offset["hours"]) * 60 + int(offset["minutes"] or 0)
    if minutes > _FURTHEST or not (minutes or ahead):
        return None
    return dt.timezone(dt.timedelta(minutes=minutes if ahead else -minutes))


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
