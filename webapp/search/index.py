"""What a search engine must do for the library; `whoosh_index` does it."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from webapp.model import Span
from webapp.search.tree import Query

FACETS = ("speaker", "country", "source", "year", "kind")
"""What a result is counted by. Values: a slug, a code, a source as written, a year, a kind."""

Kind = Literal["articles", "quotes"]


@dataclass(frozen=True, slots=True)
class EntryQuote:
    """A quote of an article: spans of `Entry.text`, the slug of its speaker or "", the codes of the
    countries that its content names."""

    id: int
    pieces: tuple[Span, ...]
    kind: str
    speaker: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of an article. Speakers are (slug, name) pairs, countries codes.

    `date` is when it was published, `day` what orders it when that is not known."""

    id: int
    title: str
    text: str
    source: str = ""
    author: str = ""
    language: str = "en"
    date: dt.date | None = None
    day: dt.date | None = None
    speakers: tuple[tuple[str, str], ...] = ()
    countries: tuple[str, ...] = ()
    quotes: tuple[EntryQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """Values of facets that every hit must have, and must not have.

    Of a speaker or a country all that are chosen must be there (an article has many); of a source,
    a year or a kind one of them. `after` is an article's id: only later ones count."""

    chosen: tuple[tuple[str, str], ...] = ()
    excluded: tuple[tuple[str, str], ...] = ()
    after: int = 0


@dataclass(frozen=True, slots=True)
class Ask:
    """A search: hits `start` to `stop` (half-open) in their order, and facets over all of them.

    `facets` is how many values of each facet are counted out, the most frequent first (years: all).
    With `both` articles and quotes are counted, else what is asked for alone."""

    query: Query | None
    filters: Filters = field(default_factory=Filters)
    kind: Kind = "articles"
    newest_first: bool = False
    recency: bool = True
    start: int = 0
    stop: int = 20
    facets: int = 12
    both: bool = True


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, its name as people read it, and in how many hits it stands."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of the hits asked for; how many articles and quotes there are in all.

    `missing` are words that no article has; `problems` sentences about what the search left out.
    """

    ids: tuple[int, ...] = ()
    articles: int = 0
    quotes: int = 0
    facets: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def total(self, kind: Kind) -> int:
        """How many there are of a kind."""
        return self.quotes if kind == "quotes" else self.articles


CountryOf = Callable[[str], str]
"""The code of a country by code, name or demonym; "" when it is none."""


class SearchIndex(Protocol):
    """A derived index: it can be thrown away and built again from the store.

    Every method raises IndexDamaged when it must be rebuilt, and Unavailable when another
    process writes for too long.
    """

    def search(self, ask: Ask) -> Found:
        """What is asked for. Without a query all articles or quotes, newest first."""
        ...

    def values(self, ask: Ask, facet: str, having: str) -> tuple[Value, ...]:
        """The values of a facet over all hits whose names have words that begin so."""
        ...

    def suggest(self, start: str, limit: int = 6) -> tuple[tuple[str, Value], ...]:
        """Speakers, sources ("speaker", "source") and words ("word") that begin so."""
        ...

    def instead(self, word: str) -> tuple[str, ...]:
        """Words of the collection that `word` may be a slip for, the most frequent first."""
        ...

    def put(self, entries: Iterable[Entry], gone: Sequence[int] = ()) -> None:
        """Add or replace these articles and remove those that are gone, in one commit."""
        ...

    def rebuild(self, entries: Iterable[Entry]) -> int:
        """Build the index anew beside the old one and swap them; how many articles it has."""
        ...

    def ids(self) -> tuple[int, ...]:
        """The ids of all articles in it, ascending."""
        ...

    def verify(self) -> None:
        """Read all of it: takes seconds for ten thousand articles."""
        ...

    def close(self) -> None:
        """Let go of its files."""
        ...
