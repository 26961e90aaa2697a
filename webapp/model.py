"""The words of the house, as frozen dataclasses.

Every offset is a code-point offset into `Article.text`, half-open. Quotes follow the terms of
PARC 3 (Pareti 2016) and PolNeAR (Newell et al. 2018): content, cue, source.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` (included) to `end` (excluded) of a text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was understood at import.

    `text` is canonical, cleaned and never changes; its paragraphs are separated by a blank line
    and its first paragraph is the headline when the article has one. `published` is the day at its
    publisher's, `published_at` the time with its time zone where that is known too. `language` is
    ISO 639-1. `id` is 0 until stored.
    """

    title: str
    text: str
    author: str = ""
    source: str = ""
    dateline: str = ""
    published: dt.date | None = None
    published_at: dt.datetime | None = None
    url: str = ""
    language: str = "en"
    id: int = 0

    @property
    def title_span(self) -> Span:
        """Where the headline stands in the text; empty when the text does not begin with it."""
        head, _, _ = self.text.partition("\n\n")
        return Span(0, len(head) if head == self.title else 0)

    @property
    def body_start(self) -> int:
        """Where the text goes on after the headline and the blank line below it."""
        end = self.title_span.end
        return min(end + 2, len(self.text)) if end else 0


class QuoteKind(StrEnum):
    """Direct: all in quotation marks; indirect: none; mixed: some."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that refers to a speaker or a country; `via` says how.

    Countries: name, alias, demonym, capital or city. Speakers: name, pronoun or description.
    """

    span: Span
    via: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Something that somebody said.

    `content` is one or more spans in text order, quotation marks included; `cue` the words that
    say that it is speech ("said"); `source` the words that name who ("he"); `speaker` the id of
    the `Speaker` or "" when the article does not name one; `evidence` says why it is a quote and
    why by this speaker; `confidence` is how often attributions like it are right (0 to 1). `id` is
    the stored quote's number, 0 until stored.
    """

    content: tuple[Span, ...]
    kind: QuoteKind
    cue: Span | None = None
    source: Span | None = None
    speaker: str = ""
    evidence: str = ""
    confidence: float = 0.0
    id: int = 0

    @property
    def span(self) -> Span:
        """From the first to the last code point of the content, whatever stands between."""
        return Span(self.content[0].start, self.content[-1].end)

    def holds(self, span: Span) -> bool:
        return any(piece.holds(span) for piece in self.content)

    def words(self, text: str) -> str:
        """The content as it stands, its pieces joined by an ellipsis."""
        return " … ".join(piece.of(text) for piece in self.content)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person, organization or group that is the source of a quote.

    `id` is a slug of the name ("hassan-rouhani"), `name` the fullest in the article, `kind`
    person | organization | group, `role` the title as the article gives it ("Iraqi Vice
    President") or "".
    """

    id: str
    name: str
    kind: str
    role: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country that is named: ISO 3166-1 alpha-2 code (XK for Kosovo), English short name."""

    code: str
    name: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Annotations:
    """What one version of the annotator found in one article, each tuple in text order."""

    version: str
    quotes: tuple[Quote, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    countries: tuple[Country, ...] = ()

    def speaker(self, speaker_id: str) -> Speaker | None:
        return next((s for s in self.speakers if s.id == speaker_id), None)

    def country(self, code: str) -> Country | None:
        return next((c for c in self.countries if c.code == code), None)

    def quote(self, quote_id: int) -> Quote | None:
        return next((q for q in self.quotes if q.id == quote_id), None)

    def quotes_by(self, speaker_id: str) -> tuple[Quote, ...]:
        return tuple(q for q in self.quotes if q.speaker == speaker_id)

    def quotes_about(self, code: str) -> tuple[Quote, ...]:
        """The quotes whose content names the country."""
        country = self.country(code)
        spans = [m.span for m in country.mentions] if country else []
        return tuple(q for q in self.quotes if any(q.holds(span) for span in spans))

    def countries_in(self, quotes: Iterable[Quote]) -> tuple[Country, ...]:
        """The countries that the content of these quotes names."""
        told = tuple(quotes)
        return tuple(
            c for c in self.countries if any(q.holds(m.span) for q in told for m in c.mentions)
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list of articles: who speaks in it and which countries it names."""

    article: Article
    speakers: tuple["Name", ...] = ()
    countries: tuple["Name", ...] = ()
    quotes: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """A speaker or a country by id (slug or code) and name, with how often (articles, quotes)."""

    id: str
    name: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of an article: `hits` are spans in `text`, the passage itself."""

    text: str
    hits: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class QuoteHit:
    """A quote that a search found, in its article: the words with what was sought marked."""

    article: Article
    quote: Quote
    words: Snippet
    speaker: Speaker | None = None
    cue: str = ""
    source: str = ""
    countries: tuple[Country, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found: its best passage, how many further hits it has, and its best
    quotes."""

    summary: Summary
    title: Snippet
    snippet: Snippet
    more: int = 0
    quotes: tuple[QuoteHit, ...] = ()

    @property
    def article(self) -> Article:
        return self.summary.article


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query, why it is offered, and how much it would find."""

    query: str
    why: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of a search for articles or quotes: `hits` or `quotes`.

    `articles` and `quotes_total` count all there are of each; `facets` count over all hits of this
    kind. `problems` are sentences about what in the query was not understood; `missing` the words
    that stand nowhere, `instead` what could be searched in their place.
    """

    query: str
    kind: str
    hits: tuple[Hit, ...]
    quotes: tuple[QuoteHit, ...]
    articles: int
    quotes_total: int
    page: int
    pages: int
    facets: dict[str, tuple[Name, ...]]
    problems: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    instead: tuple[Suggestion, ...] = ()

    @property
    def total(self) -> int:
        """How many there are of the kind that is shown."""
        return self.quotes_total if self.kind == "quotes" else self.articles


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that is kept under a name: `query` and `filters` are its structure as JSON, `seen`
    the id of the last article that was there when it was looked at."""

    name: str
    kind: str
    query: dict[str, object] | None
    filters: dict[str, list[tuple[str, str]]]
    seen: int
