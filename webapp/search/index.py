"""What a search engine must do for the library; `whoosh_index` does it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from webapp.search.query import Query


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of an article. Speakers and countries are (id, name) pairs."""

    id: int
    title: str
    text: str
    source: str
    date: dt.date | None = None
    speakers: tuple[tuple[str, str], ...] = ()
    countries: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """Speakers (slugs) and countries (codes) that every hit must have, all of them."""

    speakers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """All hits by relevance, best first, and sentences about what the search left out."""

    ids: tuple[int, ...]
    problems: tuple[str, ...] = ()


class SearchIndex(Protocol):
    """A derived index: it can be thrown away and built again from the store.

    Every method raises IndexDamaged when it must be rebuilt, and Unavailable when another
    process writes for too long.
    """

    def search(self, query: Query | None, filters: Filters) -> Found:
        """What the query finds; all articles when it is None, the newest last."""
        ...

    def put(self, entries: Iterable[Entry], gone: Sequence[int] = ()) -> None:
        """Add or replace these articles and remove those that are gone, in one commit."""
        ...

    def rebuild(self, entries: Iterable[Entry]) -> int:
        """Build the index anew beside the old one and swap them; how many articles it has."""
        ...

    def count(self) -> int:
        """How many articles are in it."""
        ...
