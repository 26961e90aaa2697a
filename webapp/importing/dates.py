"""Days and moments as articles, feeds and tables write them."""

import datetime as dt
import re
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from functools import cache
from itertools import product

_LABEL = re.compile(
    r"""(first\ published|last\ updated|published|updated|posted|date
    |publié|mis\ à\ jour|veröffentlicht|aktualisiert|publicado|actualizado|atualizado|pubblicato
    |aggiornato|gepubliceerd|bijgewerkt|opublikowano|опубликовано|обновлено|опубліковано)
    (\ (on|at|le|am|el|em|il|op|dnia))?\s*:?\s+""",
    re.IGNORECASE | re.VERBOSE,
)
_WEEKDAY = re.compile(
    r"\b(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\.?,?\s+", re.IGNORECASE
)
_CLOCK = r"""
    (?<![\d./:])(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?
    \s*(?P<half>[ap]\.?m\.?)?
    (?:\s*\(?(?P<zone>(?:UTC|GMT)?\s?[+−-]\d{1,2}(?::?\d{2})?|ZONE{1,5})\)?)?
    (?:\s*\([^()]{1,60}\))?"""
_TIME = re.compile(
    r"(?:(?<=\d)T|[\s,|–-]*(?:(?:at|à|um|alle|às|a\ las|kl\.|o|om|в|о)\s+)?)"
    + _CLOCK.replace("ZONE", "[A-Z]")
    + "$",
    re.IGNORECASE | re.VERBOSE,
)
# "6:00 AM EDT, March 29, 2026": a month in its place is no zone.
_TIME_FIRST = re.compile(
    _CLOCK.replace("ZONE", "(?-i:[A-Z])") + r"[\s,|–-]+(?:on\s+)?", re.IGNORECASE | re.VERBOSE
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
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|[.º])?"
_MONTH = r"(?P<month>[^\W\d_][^\d\s,.-]{1,20})\.?"
_YEAR = r"(?P<year>\d{4})"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 3 March 2026; 3. März 2026; 1er mars 2026; 3 de marzo de 2026; 3 марта 2026 г.
        rf"{_DAY}\s*(?:de |d['’]|of |ב)?{_MONTH}[,،]?\s+(?:del? )?{_YEAR}\.?"
        r"(?:\s?(?:[гр]\.|года|року))?",
        # As Excel writes it. Four digits of a year or two: a month in letters tells day from year.
        rf"{_DAY}-{_MONTH}-(?P<year>\d{{4}}|\d{{2}})",
        rf"{_MONTH}\s*{_DAY},?\s+{_YEAR}",
        # 2026. március 3.; 2026 m. kovo 3 d.; 2026-Mar-03
        rf"{_YEAR}\.?(?: m\.)?[\s-]{_MONTH}[\s-]{_DAY}(?: d\.)?",
        rf"{_YEAR}\. gada {_DAY} {_MONTH}",
    )
)
_IN_CHINESE = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_LAST_YEAR = 2199
"""A later one is of another calendar: the Thai year 2569 is 2026."""

_ENGLISH_MONTHS = """
    jan january feb february mar march apr april may may jun june jul july aug august sep september
    oct october nov november dec december
"""
_ENGLISH = {name: at // 2 + 1 for at, name in enumerate(_ENGLISH_MONTHS.split())} | {"sept": 9}
# Those in which news is written with names of months; CLDR has more than a thousand.
_LANGUAGES = """
    af ar ar_DZ ar_MA ar_SY az be bg bn bs ca cs da de el es et eu fa fi fr gl he hi hr hu hy id is
    it ka kk lt lv mk ms nb nl nn pl pt ro ru sk sl sq sr sr_Latn sv sw tr uk ur
"""

# 2026-03-03, 2026/3/3, 2026. 3. 3.
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])\s?(\d{1,2})\2\s?(\d{1,2})\.?(?![\d-])")
# 20260303, 20260303T1405, 20260303140500
_WITHOUT_SIGNS = re.compile(r"(\d{4})()(\d{2})(\d{2})(?:(?=\d{6}(?!\d))|(?![\d-]))")
_NUMBERS = re.compile(r"(\d{1,2})([/.-]) ?(\d{1,2})\2 ?(\d{4})\b")
# 14-03-26 may be of the year 2014, and 14.03.26 a time.
_SHORT = re.compile(r"(\d{1,2})(/)(\d{1,2})/(\d{2})(?![\d/])")
_EPOCH = re.compile(r"\d{9,10}(\d{3})?(\.\d+)?")


def parse_date(line: str) -> dt.date | None:
    """The day that a line of nothing but a date names ("Tuesday, 3 March 2026, 14:05 GMT")."""
    if len(line) > 80 or not any(c.isdigit() for c in line):
        return None
    bare, _ = _apart(line)
    try:
        if _YEAR_FIRST.fullmatch(bare):
            return _year_first(bare)
        return _numbered(bare) if _NUMBERS.fullmatch(bare) else _worded(bare)
    except ValueError:
        return None


def date_of(value: str) -> dt.date | None:
    """The day that a date in a file's data names, as it is written, whatever its time zone.

    ISO 8601, RFC 822, seconds or milliseconds since 1970, and what `parse_date` knows. None for
    3/4/2026, which is in March here and in April there; `settled` reads it where that is known.
    """
    value = value.strip()[:80]
    if _EPOCH.fullmatch(value):
        return _since_1970(value).date()
    for known in (_year_first, _numbered, parse_date, _mailed):
        try:
            if day := known(value):
                return day
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def day_first_in(column: Iterable[str]) -> bool | None:
    """Whether the day comes first in dates like 3/4/2026: what other dates beside them tell.

    None where no other tells it, or they disagree.
    """
    found = (_numbers(match) for value in column if (match := _with_numbers(value.strip())))
    told = {first > 12 for first, second, _ in found if max(first, second) > 12}
    return told.pop() if len(told) == 1 else None


def settled(value: str, day_first: bool) -> str:
    """3/4/2026 as 2026-04-03 or 2026-03-04; what is no such date as it is."""
    value = value.strip()
    match = _with_numbers(value)
    if not match:
        return value
    first, second, year = _numbers(match)
    if max(first, second) > 12:
        return value
    day, month = (first, second) if day_first else (second, first)
    return f"{year}-{month:02}-{day:02}{value[match.end() :]}"


def moment_of(value: str) -> dt.datetime | None:
    """The moment that a date with time and zone names, on the day of `date_of`, in that zone.

    None where the zone is not told: a time without one is no moment.
    """
    value = value.strip()[:80]
    if _EPOCH.fullmatch(value):
        return _since_1970(value).replace(microsecond=0)
    day = date_of(value)
    _, told = _apart(_BASIC_TIME.sub(r"\1:\2:\3", value))
    zone = _zone(told["zone"].upper()) if told and told["zone"] else None
    if day is None or told is None or zone is None:
        return None
    try:
        return dt.datetime.combine(day, _time(told), zone)
    except ValueError:
        return None


def _apart(line: str) -> tuple[str, re.Match[str] | None]:
    """The line without label, weekday and time; and the time, which may come first or last."""
    bare = _LABEL.sub("", line, count=1)
    time = _TIME.search(bare) or _TIME_FIRST.match(bare)
    if time:
        bare = bare[: time.start()] + bare[time.end() :]
    return _WEEKDAY.sub("", bare, count=1), time


def _worded(bare: str) -> dt.date | None:
    """The day of a date that has its month in letters, in any of the languages."""
    if match := _IN_CHINESE.fullmatch(bare):
        return dt.date(*map(int, match.groups()))
    found = _in_form(bare)
    if found is None:
        # "domingo, 8 de marzo de 2026"
        at = next((i for i, char in enumerate(bare) if char.isdigit()), 0)
        found = _in_form(bare[at:]) if at else None
        if found is None or _named(bare[:at].strip(" ,،")) not in _names()[1]:
            return None
    month, year = _month(found["month"]), _whole_year(found["year"])
    return dt.date(year, month, int(found["day"])) if month and year <= _LAST_YEAR else None


def _in_form(bare: str) -> re.Match[str] | None:
    return next(filter(None, (form.fullmatch(bare) for form in _FORMS)), None)


def _month(told: str) -> int | None:
    """The number of a month; of two names of one, too (Arabic has them: "آذار/مارس")."""
    numbers = {_ENGLISH.get(name) or _names()[0].get(name) for name in _named(told).split("/")}
    return numbers.pop() if len(numbers) == 1 else None


def _named(told: str) -> str:
    return told.casefold().strip(".")


@cache
def _names() -> tuple[dict[str, int], set[str]]:
    """The months of all languages by name, and the names of weekdays, from CLDR.

    A name that is one month here and another there ("listopad") is none.
    """
    from babel import Locale  # loaded when a date is read that is not English

    months: dict[str, set[int]] = {}
    weekdays: set[str] = set()
    for locale in map(Locale.parse, _LANGUAGES.split()):
        for context, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
            weekdays.update(map(_named, locale.days[context][width].values()))
            for number, name in locale.months[context][width].items():
                months.setdefault(_named(name), set()).add(number)
    return {name: min(of) for name, of in months.items() if len(of) == 1}, weekdays


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


def _year_first(value: str) -> dt.date | None:
    match = _YEAR_FIRST.match(value) or _WITHOUT_SIGNS.match(value)
    return dt.date(*(int(match[i]) for i in (1, 3, 4))) if match else None


def _numbered(value: str) -> dt.date | None:
    match = _with_numbers(value)
    if not match:
        return None
    first, second, year = _numbers(match)
    # With dots the day comes first in all languages that CLDR knows.
    if max(first, second) <= 12 and first != second and match[2] != ".":
        return None
    return dt.date(year, first, second) if second > 12 else dt.date(year, second, first)


def _with_numbers(value: str) -> re.Match[str] | None:
    """The beginning of a value when it is a date like 31/3/2026 or 3/31/26."""
    return _NUMBERS.match(value) or _SHORT.match(value)


def _numbers(match: re.Match[str]) -> tuple[int, int, int]:
    return int(match[1]), int(match[3]), _whole_year(match[4])


def _whole_year(digits: str) -> int:
    """Of two digits as POSIX has it."""
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year > 68 else 2000)


def _mailed(value: str) -> dt.date | None:
    return parsedate_to_datetime(value).date()
