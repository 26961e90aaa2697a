"""A collection as JSON Lines, and back: each line an article with what was found in it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from webapp.errors import UnreadableFile
from webapp.model import Annotations, Article, Span
from webapp.packing import packed, packed_article, unpacked, unpacked_article

MARK = "dateline"
FORMAT = 2
"""What stands in each line under MARK; a reader refuses a higher one. 1 did not say when an
article was imported."""

_BEGINNING = re.compile(rf'\{{[ \t]*"{MARK}"[ \t]*:[ \t]*\d+[ \t]*,[ \t]*"article"[ \t]*:')


class Kept(NamedTuple):
    """An article and what was found in it as they were in a collection, with their ids there."""

    article: Article
    found: Annotations


def line(article: Article, found: Annotations) -> str:
    """An article as a line, with its newline."""
    record = {MARK: FORMAT, "article": packed_article(article), "found": packed(found)}
    return json.dumps(record, ensure_ascii=False) + "\n"


def is_backup(head: str) -> bool:
    """Whether a file that begins so is a collection that `dateline export` wrote."""
    return bool(_BEGINNING.match(head))


def is_record(value: Mapping[str, Any]) -> bool:
    """Whether this is what stands in a line of a backup."""
    return isinstance(value.get(MARK), int) and "article" in value and "found" in value


def read(lines: Iterable[str]) -> Iterator[Kept | UnreadableFile]:
    """The articles of a backup; a line that cannot be read is given as the error."""
    for number, one in enumerate(lines, 1):
        if one.strip():
            try:
                one.encode()  # bytes that are no UTF-8 cannot be stored
                yield _read(json.loads(one))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                reason = f"{type(error).__name__}: {error}"[:120]
                yield UnreadableFile(f"Line {number} is no article of a backup ({reason}).")


def _read(record: dict[str, Any]) -> Kept:
    if record[MARK] > FORMAT:
        raise ValueError("it was written by a newer Dateline")
    article = unpacked_article(record["article"])
    found = unpacked(record["found"])
    if not all(isinstance(i, int) for i in (article.id, *(quote.id for quote in found.quotes))):
        raise ValueError("its ids are no numbers")
    ends = (span.end for span in _spans(found))
    if not article.text or max(ends, default=0) > len(article.text):
        raise ValueError("its annotations lie outside its text")
    return Kept(article, found)


def _spans(found: Annotations) -> Iterator[Span]:
    for quote in found.quotes:
        yield from quote.content
    for speaker in found.speakers:
        yield from (mention.span for mention in speaker.mentions)
    for country in found.countries:
        yield from (mention.span for mention in country.mentions)
