"""A collection as JSON Lines, and back: each line an article with what was found in it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from webapp.errors import UnreadableFile
from webapp.model import Annotations, Article, Span
from webapp.packing import packed, packed_article, unpacked, unpacked_article

MARK = "dateline"
FORMAT = 1
"""What stands in each line under MARK; a reader refuses a higher one."""


def line(article: Article, found: Annotations) -> str:
    """An article as a line, with its newline."""
    record = {MARK: FORMAT, "article": packed_article(article), "found": packed(found)}
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
    article = replace(unpacked_article(record["article"]), id=0)
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
