"""What a person types to correct an article -> the corrected article, or what is wrong with it."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from webapp.errors import BadCorrection
from webapp.importing.characters import squeezed
from webapp.importing.clean import LONGEST_TITLE
from webapp.importing.dates import moment_of, parse_date
from webapp.importing.made import LONGEST_FACT, web_address
from webapp.model import Article

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ANY_DAY = "2000-01-01"
_FIRST_YEAR = 1600
"""No newspaper is older; a date that is was typed wrongly ("0026")."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What can be corrected of an article, as a form shows it; "" for what is not known.

    `date` is like 2026-03-14, `time` like 22:30 +01:00.
    """

    title: str = ""
    author: str = ""
    source: str = ""
    date: str = ""
    time: str = ""
    url: str = ""


def typed(article: Article) -> Typed:
    """What the form of an article shows at first."""
    return Typed(
        title=article.title,
        author=article.author,
        source=article.source,
        date=article.published.isoformat() if article.published else "",
        time=_shown(article.published_at) if article.published_at else "",
        url=article.url,
    )


def _shown(moment: dt.datetime) -> str:
    told = moment.timetz().isoformat("seconds" if moment.second else "minutes")
    return re.sub(r"(?=[+-])", " ", told, count=1)


def corrected(article: Article, told: Typed) -> Article:
    """The article with what was typed; what is as the form showed it stays as it is.

    Raises BadCorrection with a sentence for each field that cannot be so.
    """
    shown = typed(article)
    changed = {name for name in _READERS if getattr(told, name) != getattr(shown, name)}
    if changed & {"date", "time"}:
        changed |= {"date", "time"}
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, (field, read) in _READERS.items():
        try:
            if name in changed:
                values[field] = read(told)
        except ValueError as error:
            problems[name] = str(error)
    if problems:
        raise BadCorrection(problems)
    return replace(article, **values)


def _title(told: Typed) -> str:
    title = squeezed(told.title)
    if not title:
        raise ValueError("An article needs a title.")
    return _not_longer(title, "The title", LONGEST_TITLE)


def _author(told: Typed) -> str:
    return _not_longer(squeezed(told.author), "The author", LONGEST_FACT)


def _source(told: Typed) -> str:
    return _not_longer(squeezed(told.source), "The source", LONGEST_FACT)


def _not_longer(value: str, what: str, most: int) -> str:
    if len(value) > most:
        raise ValueError(f"{what} has {len(value):,} characters. Shorten it to {most}.")
    return value


def _day(told: Typed) -> dt.date | None:
    date = told.date.strip()
    if not date:
        return None
    try:
        day = dt.date.fromisoformat(date) if _DAY.fullmatch(date) else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(f"“{date[:40]}” is no date. Write it as 2026-03-14.")
    if day.year < _FIRST_YEAR:
        raise ValueError(f"There was no news in the year {day.year}. Look at the date again.")
    return day


def _moment(told: Typed) -> dt.datetime | None:
    time = squeezed(told.time)
    if not time:
        return None
    line = f"{_ANY_DAY} {time}"
    clock = moment_of(line) if parse_date(line) else None
    if clock is None:
        raise ValueError(f"“{time[:40]}” is no time with its zone. Write it as 22:30 +01:00.")
    if not told.date.strip():
        raise ValueError("A time needs its date. Give the date too, or leave the time empty.")
    try:
        day = _day(told)
    except ValueError:
        return None  # what is wrong with the date is told there
    return dt.datetime.combine(day, clock.timetz()) if day else None


def _url(told: Typed) -> str:
    if told.url.strip() and not web_address(told.url):
        raise ValueError(
            "That is no address of the web. Copy it from the browser: it begins with http:// or "
            "https:// and has no blanks."
        )
    return web_address(told.url)


_READERS: dict[str, tuple[str, Callable[[Typed], object]]] = {
    "title": ("title", _title),
    "author": ("author", _author),
    "source": ("source", _source),
    "date": ("published", _day),
    "time": ("published_at", _moment),
    "url": ("url", _url),
}
"""What is typed -> the field of the article, and what reads it. Raises ValueError."""
