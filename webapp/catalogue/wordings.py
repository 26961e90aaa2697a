"""What was said once and is printed in several articles: whole, cut, or changed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from webapp import finding, repeats, store
from webapp.catalogue.quotes import GONE
from webapp.errors import NotFound
from webapp.library import Library
from webapp.model import QuoteHit

MOST = 50
"""Versions that are shown; a slogan has thousands."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that a version has of the longest one, that it left out, or that it added."""

    kind: Literal["same", "left out", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """A quote of a wording. Its pieces, in text order, tell how it differs from the longest."""

    hit: QuoteHit
    pieces: tuple[Piece, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it has the words of the longest one, all of them and no others."""
        return all(piece.kind == "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording: its longest version, and the others by their days, of which `MOST` are here.

    `quotes` counts all versions, `articles` those that have one. `first` is its name: the id of the
    quote that was stored first, which may be gone.
    """

    first: int
    longest: QuoteHit
    others: tuple[Version, ...]
    quotes: int
    articles: int


def wording(library: Library, quote_id: int) -> Wording:
    """The wording of a quote. Raises NotFound."""
    with library.store.read() as connection:
        first, ids = store.repeats.group(connection, quote_id)
        articles = store.repeats.articles(connection, ids[:1])
        hits = finding.hits(connection, "quotes", ids[: MOST + 1], None, {})
    if not hits:
        raise NotFound(GONE)
    longest, *others = (hit for hit in hits if isinstance(hit, QuoteHit))
    by_day = sorted(others, key=_day)
    versions = tuple(Version(hit, tuple(pieces(words(longest), words(hit)))) for hit in by_day)
    return Wording(first, longest, versions, len(ids), articles[ids[0]])


def words(hit: QuoteHit) -> str:
    """What a quote says, uncut and in one line."""
    return hit.quote.line(hit.article.text)


def _day(hit: QuoteHit) -> tuple[dt.date, int]:
    return hit.article.published or dt.date.max, hit.quote.id


def pieces(longest: str, other: str) -> Iterator[Piece]:
    """The pieces without the blanks around them, which are pieces of their own."""
    for change in repeats.changes(longest, other):
        ours, theirs = change.longest.of(longest), change.other.of(other)
        yield Piece(change.kind, (ours if change.kind == "left out" else theirs).strip())
        if change.kind == "left out" or any(t[-1:].isspace() for t in (ours, theirs)):
            yield Piece("same", " ")
