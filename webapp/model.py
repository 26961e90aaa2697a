"""The words of the house, as frozen dataclasses.

Every offset is a code-point offset into `Article.text`, half-open. Quotes follow the terms of
PARC 3 (Pareti 2016) and PolNeAR (Newell et al. 2018): content, cue, source.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
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
    and its first paragraph is the headline when the article has one. `headline` is the title that
    it came with where `title` was corrected since, else "". `published` is the day at its
    publisher's, `published_at` the time on that day with its time zone where that is known too.
    `language` is ISO 639-1. `id` is 0 until stored, `imported_at` (UTC, without zone) None.
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
    headline: str = ""
    id: int = 0
    imported_at: dt.datetime | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        moment = self.published_at
        if moment and (moment.tzinfo is None or moment.date() != self.published):
            raise ValueError(f"no moment of {self.published}: {moment}")

    def retitled(self, title: str) -> "Article":
        """This article under a corrected title."""
        came = self.headline or self.title
        return replace(self, title=title, headline="" if title == came else came)

    @property
    def title_span(self) -> Span:
        """Where the headline stands in the text; empty when the text does not begin with it."""
        head, _, _ = self.text.partition("\n\n")
        return Span(0, len(head) if head in (self.title, self.headline) else 0)

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

    def line(self, text: str) -> str:
        """The words on one line, as they are cited."""
        return " ".join(self.words(text).split())


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
    """A quote that a search found, in its article: the words with what was sought marked.

    `person` is the slug of the speaker across articles, "" when nobody is named; `first` the id of
    the first quote of the same wording, `others` how many more hits have it, `articles` in how many
    articles of the collection it stands, this one too.
    """

    article: Article
    quote: Quote
    words: Snippet
    speaker: Speaker | None = None
    cue: str = ""
    source: str = ""
    countries: tuple[Country, ...] = ()
    first: int = 0
    others: int = 0
    person: str = ""
    articles: int = 1


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found: its best passage, how many further hits it has, and its best
    quotes. `folded` is for how many other articles of its story it stands, which were found too."""

    summary: Summary
    title: Snippet
    snippet: Snippet
    more: int = 0
    quotes: tuple[QuoteHit, ...] = ()
    story: int = 0
    folded: int = 0

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
    kind; `folded` is how many further articles these stand for, which tell the same. `problems` are
    sentences about what in the query was not understood; `missing` the words that stand nowhere,
    `instead` what could be searched in their place.
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
    folded: int = 0

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


@dataclass(frozen=True, slots=True)
class Removed:
    """An article that was removed, when (UTC), and can be brought back, unless the same came in
    `again` (the id of that article)."""

    id: int
    title: str
    at: dt.datetime
    again: int | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """What somebody adds on the page: `state` is reading, ready (to be looked at), saving or done;
    `at` when it began (UTC); `outcomes` how many of its drafts came to what ("": not yet known).

    `problem` is why reading or saving was broken off, "" when it was not; `feed` the address when
    one was added that is a feed's."""

    id: int
    title: str
    state: str
    at: dt.datetime
    problem: str
    feed: str
    outcomes: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Draft:
    """An article of an import as it was understood, before it is stored.

    `position` counts from 1; `name` is the file or address. `outcome` is "" while it waits, then
    new, there (before), left (out) or failed, for which `problem` is the reason. What failed has no
    article; of what was stored, or was there, the title is kept and `article_id` leads to it.
    """

    position: int
    name: str
    article: Article | None = None
    outcome: str = ""
    problem: str = ""
    article_id: int | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is kept. Times are in UTC.

    `etag` and `modified` are what its site said last, `checked` when it was last looked at,
    `problem` why it could not be read then, "" when it could. `begun` is when a look at it began
    that has not ended. It is not asked before `rests_until`, when its site said so, and one that is
    `gone` (410) only by name.
    """

    address: str
    title: str
    etag: str = ""
    modified: str = ""
    checked: dt.datetime | None = None
    problem: str = ""
    begun: dt.datetime | None = None
    rests_until: dt.datetime | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class RoleTold:
    """A role that articles give a person ("" where they give none), from when to when, and in how
    many articles."""

    role: str
    first: dt.date
    last: dt.date
    articles: int


@dataclass(frozen=True, slots=True)
class Variant:
    """A name under which articles have a person, in how many, and why it was counted to them."""

    name: str
    articles: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker across articles: `slug` and `name`, `kind` person | organization | group, roles the
    latest first, names the most frequent first."""

    slug: str
    name: str
    kind: str
    roles: tuple[RoleTold, ...] = ()
    variants: tuple[Variant, ...] = ()
