"""A collection as JSON Lines, and back: each line an article with what was found in it."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from webapp.errors import UnreadableFile
from webapp.model import Annotations, Article, Span
from webapp.packing import packed, unpacked

MARK = "dateline"
FORMAT = 1
"""What stands in each line under MARK; a reader refuses a higher one."""

_DATES: dict[str, type[dt.date]] = {"published": dt.date, "published_at": dt.datetime}


def line(article: Article, found: Annotations) -> str:
    """An article as a line, with its newline."""
    told = asdict(article) | {name: _iso(getattr(article, name)) for name in _DATES}
    record = {MARK: FORMAT, "article": told, "found": packed(found)}
    return json.dumps(record, ensure_ascii=False) + "\n"


def is_backup(first_line: str) -> bool:
    """Whether a file that begins so is a collection that `dateline export` wrote."""
    return first_line.lstrip("\ufeff").startswith(f'{{"{MARK}":')


def read(text: str) -> Iterator[tuple[Article, Annotations] | UnreadableFile]:
    """The articles of a backup; a line that cannot be read is given as the error."""
    for number, one in enumerate(text.splitlines(), 1):
        if one.strip():
            try:
                yield _read(json.loads(one))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                reason = f"{type(error).__name__}: {error}"[:120]
                yield UnreadableFile(f"Line {number} is no article of a backup ({reason}).")


def _read(record: dict[str, Any]) -> tuple[Article, Annotations]:
    if record[MARK] > FORMAT:
        raise ValueError("it was written by a newer Dateline")
    told = record["article"]
    dates = {n: kind.fromisoformat(told[n]) for n, kind in _DATES.items() if told.get(n)}
    article = Article(**told | dict.fromkeys(_DATES) | dates | {"id": 0})
    found = unpacked(record["found"])
    quotes = tuple(replace(quote, id=0) for quote in found.quotes)
    found = replace(found, quotes=quotes)
    ends = (span.end for span in _spans(found))
    if not article.text or max(ends, default=0) > len(article.text):
        raise ValueError("its annotations lie outside its text")
    return article, found


def _spans(found: Annotations) -> Iterator[Span]:
    for quote in found.quotes:
        yield from quote.content
    for speaker in found.speakers:
        yield from (mention.span for mention in speaker.mentions)
    for country in found.countries:
        yield from (mention.span for mention in country.mentions)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
