"""What a search engine must do for the library; `whoosh_index` does it."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from webapp.model import Span
from webapp.search.tree import Query

FACETS = ("speaker", "country", "source", "year", "kind")
"""What a result is counted by. Values: a slug, a code, a source as written, a year, a kind."""

FILTERS = (*FACETS, "story", "first", "since", "until", "confidence")
"""What a result is narrowed by; a story's value is its number."""

Kind = Literal["articles", "quotes"]
Order = Literal["name", "quotes", "latest"]
"""Of speakers: by name, those with most quotes first, those heard last first."""


@dataclass(frozen=True, slots=True)
class EntryQuote:
    """A quote of an article: spans of `Entry.text`, the slug of its speaker or "", the codes of the
    countries that its content names, how sure it is (0 to 1), and the id of the first quote of the
    same words, its own or 0 when there is no other."""

    id: int
    pieces: tuple[Span, ...]
    kind: str
    speaker: str = ""
    about: tuple[str, ...] = ()
    confidence: float = 0.0
    first: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of an article. Speakers are (slug, name) pairs, `aliases` further names
    of them, countries codes.

    `date` is when it was published, `day` what orders it when that is not known. `story` is the id
    of the first article that told the same in nearly the same words, its own or 0 when there is no
    other."""

    id: int
    title: str
    text: str
    source: str = ""
    author: str = ""
    language: str = "en"
    date: dt.date | None = None
    day: dt.date | None = None
    speakers: tuple[tuple[str, str], ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    countries: tuple[str, ...] = ()
    quotes: tuple[EntryQuote, ...] = ()
    story: int = 0


@dataclass(frozen=True, slots=True)
class Filters:
    """Values of facets that every hit must have, and must not have.

    Of a speaker or a country all that are chosen must be there (an article has many); of a source,
    a year, a kind or a story one of them. "since" and "until" are days as ISO 8601, both included,
    "confidence" the least one in hundredths, "first" the id of the first quote of one wording.
    `after` is an article's id: only later ones count."""

    chosen: tuple[tuple[str, str], ...] = ()
    excluded: tuple[tuple[str, str], ...] = ()
    after: int = 0

    @property
    def within_a_story(self) -> bool:
        return any(facet in ("story", "first") for facet, _ in self.chosen)


@dataclass(frozen=True, slots=True)
class Ask:
    """A search: hits `start` to `stop` (half-open) in their order, and facets over all of them.

    `facets` is how many values of each facet are counted out, the most frequent first (years: all).
    With `both` articles and quotes are counted, else what is asked for alone. With `folded` the
    best article of a story stands for the others, and what counts articles counts stories; of
    quotes one of each wording is listed, but all are counted. Not so within a story or a wording
    that was chosen."""

    query: Query | None
    filters: Filters = field(default_factory=Filters)
    kind: Kind = "articles"
    newest_first: bool = False
    recency: bool = True
    start: int = 0
    stop: int = 20
    facets: int = 12
    both: bool = True
    folded: bool = True

    @property
    def folds(self) -> bool:
        """Whether articles of one story are one hit."""
        return self.folded and not self.filters.within_a_story


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, its name as people read it, and in how many hits it stands."""

    key: str
    name: str
    count: int


class Told(NamedTuple):
    """The story of an article that was found, or the first quote of the wording of a quote, and the
    number of others that it stands for."""

    story: int
    others: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of the hits asked for; how many articles and quotes there are in all.

    `listed` is how many are gone through, `folded` for how many further ones all of these together
    stand; `told` says it of each of `ids`. `missing` are words that no article has; `problems`
    sentences about what the search left out.
    """

    ids: tuple[int, ...] = ()
    articles: int = 0
    quotes: int = 0
    listed: int = 0
    told: dict[int, Told] = field(default_factory=dict)
    folded: int = 0
    facets: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def total(self, kind: Kind) -> int:
        """How many there are of a kind."""
        return self.quotes if kind == "quotes" else self.articles


@dataclass(frozen=True, slots=True)
class Cross:
    """How many quotes each speaker (a row) has about each country (a column).

    A row counts all quotes of the speaker, a column all about the country, whoever says them;
    `speakers` and `countries` how many there are, shown or not, `quotes` all quotes. `missing` and
    `problems` are as in Found."""

    rows: tuple[Value, ...] = ()
    columns: tuple[Value, ...] = ()
    cells: tuple[tuple[int, ...], ...] = ()
    speakers: int = 0
    countries: int = 0
    quotes: int = 0
    missing: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """A speaker with the number of their quotes and the day of the last one, when that is known."""

    speaker: Value
    last: dt.date | None


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

    def months(self, ask: Ask) -> tuple[Value, ...]:
        """How many hits were published in each month ("2026-03") that has some, ascending."""
        ...

    def cross(self, ask: Ask, size: tuple[int, int], speaker: str = "", country: str = "") -> Cross:
        """The quotes asked for by their speakers and the countries that they are about: at most so
        many of each. Filters for a speaker or a country keep these, which are there even without a
        quote, alone.

        First come the countries that `speaker` has most quotes about, then those that all have most
        about; of the speakers who have some about these first those who have most about `country`,
        then those who have most."""
        ...

    def heard(
        self, order: Order, having: str, start: int, stop: int
    ) -> tuple[tuple[Heard, ...], int]:
        """Speakers `start` to `stop` of those with quotes, whose names have words that begin so;
        and how many these are."""
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
