"""What is known of articles and quotes as arrays: a column a property.

Articles and quotes are numbered from 0 across the segments. A place is
`article << SHIFT | position`, so places sort as the collection reads.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

SHIFT = 20
LAST_POSITION = (1 << SHIFT) - 64
"""Words of an article beyond this many share one position."""
NOBODY = 0
KINDS = ("direct", "mixed", "indirect")

Ints = NDArray[np.signedinteger[Any]]
"""Whole numbers: of 64 bits where they are places, else mostly of 32."""
Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]


class Ragged(NamedTuple):
    """Values of which each owner has any number: `owners` ascend."""

    owners: Ints
    values: Ints

    def owning(self, chosen: Mask, size: int) -> Mask:
        """Which of `size` owners have some of the values that a mask over them chooses."""
        mask = np.zeros(size, bool)
        mask[self.owners[chosen]] = True
        return mask

    def having(self, value: int, size: int) -> Mask:
        """Which of `size` owners have this value."""
        return self.owning(self.values == value, size)


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of the articles and quotes of one segment, or of all of them.

    Quotes carry the number of their article, how sure they are in hundredths, and the id of the
    first of the same words; `pieces` are their spans as places, by their starts,
    in layers of spans that do not overlap (nearly always one layer).
    """

    ids: Ints
    days: Ints
    dates: Ints
    sources: Ints
    authors: Ints
    languages: Ints
    stories: Ints
    text_lengths: Ints
    title_lengths: Ints
    alive: Mask
    speakers: Ragged
    countries: Ragged
    sentences: Ints
    paragraphs: Ints
    quote_ids: Ints
    quote_articles: Ints
    quote_speakers: Ints
    quote_kinds: Ints
    confidences: Ints
    firsts: Ints
    about: Ragged
    piece_starts: Ints
    piece_ends: Ints
    piece_quotes: Ints


def joined(parts: Sequence[Columns]) -> Columns:
    """The columns of all segments, articles and quotes numbered through."""
    article_bases = list(accumulate((len(part.ids) for part in parts), initial=0))
    quote_bases = list(accumulate((len(part.quote_ids) for part in parts), initial=0))

    def plain(name: str) -> Ints:
        found: Ints = np.concatenate([getattr(part, name) for part in parts])
        return found

    def shifted(name: str, bases: Sequence[int], shift: int = 0) -> Ints:
        moved = [getattr(p, name) + (b << shift) for p, b in zip(parts, bases, strict=False)]
        found: Ints = np.concatenate(moved)
        return found

    def ragged(name: str, bases: Sequence[int]) -> Ragged:
        found = [getattr(part, name) for part in parts]
        owners = [r.owners + base for r, base in zip(found, bases, strict=False)]
        return Ragged(np.concatenate(owners), np.concatenate([r.values for r in found]))

    values: dict[str, Any] = {name: plain(name) for name in _PLAIN}
    values |= {name: shifted(name, article_bases, SHIFT) for name in _PLACES}
    return Columns(
        **values,
        quote_articles=shifted("quote_articles", article_bases),
        piece_quotes=shifted("piece_quotes", quote_bases),
        speakers=ragged("speakers", article_bases),
        countries=ragged("countries", article_bases),
        about=ragged("about", quote_bases),
    )


_PLAIN = (
    "ids", "days", "dates", "sources", "authors", "languages", "stories", "text_lengths",
    "title_lengths", "alive", "quote_ids", "quote_speakers", "quote_kinds", "confidences",
    "firsts",
)  # fmt: skip
_PLACES = ("sentences", "paragraphs", "piece_starts", "piece_ends")


def of_articles(columns: Columns, facet: str) -> Ragged:
    """The values of a facet that articles have, each once an article."""
    every = np.arange(len(columns.ids), dtype=np.int32)
    match facet:
        case "speaker":
            return columns.speakers
        case "country":
            return columns.countries
        case "source":
            return Ragged(every, columns.sources)
        case "kind":
            return _kinds(columns)
    return Ragged(every, _years(columns.dates))


def _years(dates: Ints) -> Ints:
    """The year of each date, 0 of those that are not known."""
    days = (dates - dt.date(1970, 1, 1).toordinal()).astype("datetime64[D]")
    years = days.astype("datetime64[Y]").astype(np.int32) + 1970
    return np.where(dates > 0, years, 0)


def _kinds(columns: Columns) -> Ragged:
    """The kinds of the quotes of each article, each once."""
    there = np.zeros((len(columns.ids), len(KINDS)), bool)
    there[columns.quote_articles, columns.quote_kinds] = True
    return Ragged(*np.nonzero(there))
