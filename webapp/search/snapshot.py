"""One state of an index as arrays: what an evaluation reads. Nothing in it changes."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from webapp.search.columns import NOBODY, SHIFT, Columns, Ints, Mask, Scores, of_articles
from webapp.search.folding import Values, Versions

CACHE_BYTES = 64_000_000


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
        self.versions = Versions(columns.stories, columns.alive, columns.ids, columns.days)
        quote_days = columns.days[columns.quote_articles]
        self.repeats = Versions(columns.firsts, self.quotes_alive, columns.quote_ids, quote_days)
        self._facets: dict[str, Values] = {}
        self._alphabet: Ints | None = None
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

    def values(self, facet: str) -> Values:
        """What articles have of a facet."""
        if facet not in self._facets:
            self._facets[facet] = self.versions.arranged(of_articles(self.columns, facet))
        return self._facets[facet]

    @cached_property
    def speakers(self) -> tuple[Ints, Ints]:
        """For each number of a speaker: how many quotes they have, and the day of the last one, 0
        where no date is known."""
        c = self.columns
        whose = c.quote_speakers[self.quotes_alive]
        dates = c.dates[c.quote_articles[self.quotes_alive]]
        counts = np.bincount(whose, minlength=1)
        counts[NOBODY] = 0
        last = np.zeros(len(counts), np.int64)
        np.maximum.at(last, whose, dates)
        return counts, last

    def names_in_order(self, names: Callable[[], Sequence[int]]) -> Ints:
        """For each number of a name its place in the order of the alphabet; `names` gives them."""
        if self._alphabet is None:
            order = names()
            self._alphabet = np.zeros(max(order, default=0) + 1, np.int64)
            self._alphabet[order] = np.arange(len(order))
        return self._alphabet

    def quote_of(self, places: Ints, to: int = 0) -> Ints:
        """The quote that holds each place (and the place `to` further on), -1 for none."""
        c = self.columns
        if not len(c.piece_starts):
            return np.full(len(places), -1)
        at = np.searchsorted(c.piece_starts, places, "right") - 1
        inside = (at >= 0) & (places + to < c.piece_ends[at])
        return np.where(inside, c.piece_quotes[at], -1).astype(np.int64)
