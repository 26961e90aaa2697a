"""One state of an index as arrays: what an evaluation reads. Nothing in it changes.

Articles and quotes are numbered from 0 across the segments. A place is
`article << SHIFT | position`, so places sort as the collection reads.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

SHIFT = 20
LAST_POSITION = (1 << SHIFT) - 64
"""Words of an article beyond this many share one position."""
NOBODY = 0
KINDS = ("direct", "mixed", "indirect")
CACHE_BYTES = 64_000_000

Ints = NDArray[np.signedinteger[Any]]
"""Whole numbers: of 64 bits where they are places, else mostly of 32."""
Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]


class Places(NamedTuple):
    """Where a term stands: articles ascending, how often in each, and the positions in them all.

    Positions are kept as narrow as they are; `places` makes places of them when they are asked for.
    """

    articles: Ints
    counts: Ints
    positions: NDArray[Any]

    def __len__(self) -> int:
        return len(self.positions)

    @property
    def places(self) -> Ints:
        return self.within(None)

    def within(self, articles: Mask | None) -> Ints:
        """The places in the articles of a mask over `self.articles`, in all without one."""
        whose, counts, positions = self.articles, self.counts, self.positions
        if articles is not None:
            positions = positions[np.repeat(articles, counts)]
            whose, counts = whose[articles], counts[articles]
        found: Ints = (np.repeat(whose.astype(np.int64), counts) << SHIFT) | positions
        return found


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

    Quotes carry the number of their article; `pieces` are their spans as places, by their starts,
    in layers of spans that do not overlap (nearly always one layer).
    """

    ids: Ints
    days: Ints
    dates: Ints
    sources: Ints
    authors: Ints
    languages: Ints
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
    "ids", "days", "dates", "sources", "authors", "languages", "text_lengths", "title_lengths",
    "alive", "quote_ids", "quote_speakers", "quote_kinds",
)  # fmt: skip
_PLACES = ("sentences", "paragraphs", "piece_starts", "piece_ends")


def _relative(lengths: Ints) -> Scores:
    mean = float(lengths.mean()) if len(lengths) else 0.0
    return (lengths / (mean or 1.0)).astype(np.float32)


Reader = Callable[[str, str], Sequence[Places]]
"""(field, word) -> the places in each segment that has it."""


class Snapshot:
    """The columns and, on demand, the postings of one state of the index."""

    def __init__(self, columns: Columns, names: int, read: Reader) -> None:
        self.columns = columns
        self.names = names
        """Above every number of a name."""
        self.articles = len(columns.ids)
        self.quotes = len(columns.quote_ids)
        self.living = int(columns.alive.sum())
        self.lengths = {
            "text": _relative(columns.text_lengths),
            "title": _relative(columns.title_lengths),
        }
        """How long each article's text and title are, the mean being 1."""
        self.quotes_alive: Mask = columns.alive[columns.quote_articles]
        self._read = read
        self._lock = Lock()
        self._cache: OrderedDict[tuple[str, str], Places] = OrderedDict()
        self._size = 0

    def places(self, field: str, word: str) -> Places:
        """Where a word stands in "text" or "title"; empty arrays when nowhere."""
        key = field, word
        # Reading moves a file's position, and so one thread reads at a time.
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]
            found = self._read(field, word)
            nothing = np.empty(0, np.int32)
            parts = [np.concatenate(arrays) for arrays in zip(*found, strict=True)]
            made = Places(*parts) if found else Places(nothing, nothing, nothing)
            self._keep(key, made)
            return made

    def _keep(self, key: tuple[str, str], made: Places) -> None:
        self._cache[key] = made
        self._size += sum(array.nbytes for array in made)
        while self._size > CACHE_BYTES and len(self._cache) > 1:
            _, old = self._cache.popitem(last=False)
            self._size -= sum(array.nbytes for array in old)

    def quote_of(self, places: Ints, to: int = 0) -> Ints:
        """The quote that holds each place (and the place `to` further on), -1 for none."""
        c = self.columns
        if not len(c.piece_starts):
            return np.full(len(places), -1)
        at = np.searchsorted(c.piece_starts, places, "right") - 1
        inside = (at >= 0) & (places + to < c.piece_ends[at])
        return np.where(inside, c.piece_quotes[at], -1).astype(np.int64)
