"""The speakers of a collection: all of them in a list, and what there is about one."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from webapp import finding, store
from webapp.errors import NotFound
from webapp.library import Library, pages_of
from webapp.model import Name, Person, QuoteHit, Summary
from webapp.search import Ask, Filters, Order, Value
from webapp.search.words import folded

PAGE = 50
"""Speakers on one page of the list."""

PAGE_OF_ARTICLES = 20

NAMESAKES = 5
"""People of one name that the page of each of them leads to."""

UNKNOWN = (
    "There is no such speaker. The articles that quoted them may have been removed; the list of"
    " speakers has all who are quoted."
)


@dataclass(frozen=True, slots=True)
class Line:
    """A speaker in a list: the latest role or "", how many quotes there are, and the day of the
    last one when that is known."""

    slug: str
    name: str
    kind: str
    role: str
    quotes: int
    last: date | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list of speakers; pages count from 1."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """What there is about one speaker.

    `quotes` counts all quotes, `articles` one of each story. `months` counts the quotes by month,
    `undated` are those that no month has. `countries`, `sources` and `years` count quotes, `beside`
    the articles in which somebody else speaks too. `said` are the newest quotes; `namesakes` other
    people of the same name.
    """

    person: Person
    quotes: int
    articles: int
    months: tuple[Value, ...]
    undated: int
    countries: tuple[Name, ...]
    sources: tuple[Name, ...]
    years: tuple[Name, ...]
    beside: tuple[Name, ...]
    said: tuple[QuoteHit, ...]
    namesakes: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Having:
    """Articles that have a person under one name or in one role: a page of them, newest first."""

    person: Person
    summaries: tuple[Summary, ...]
    total: int
    page: int
    pages: int


def every(library: Library, having: str, order: Order, page: int = 1, size: int = PAGE) -> Listed:
    """The speakers who are quoted, those whose names have words that begin so; `size` of them.

    Raises Unavailable.
    """
    page = max(page, 1)
    lines, total = _lines(library, having, order, (page - 1) * size, page * size)
    if page > (pages := pages_of(total, size)):
        return every(library, having, order, pages, size)
    return Listed(lines, total, page, pages)


def called(library: Library, name: str) -> Listed:
    """The speakers called exactly so, or else those whose name has words that begin so, those with
    most quotes first; one page. Raises Unavailable."""
    found = every(library, name, "quotes")
    same = tuple(line for line in found.lines if folded(line.name) == folded(name))
    return Listed(same, len(same), 1, 1) if same else found


def _lines(
    library: Library, having: str, order: Order, start: int, stop: int
) -> tuple[tuple[Line, ...], int]:
    heard, total = library.indexed(lambda index: index.heard(order, having, start, stop))
    with library.store.read() as connection:
        known = store.people.listed(connection, [one.speaker.key for one in heard])
    return tuple(
        Line(one.speaker.key, *known[one.speaker.key], one.speaker.count, one.last)
        for one in heard
        if one.speaker.key in known  # one of a removed article until the index has seen that
    ), total


def get(library: Library, slug: str) -> Portrait:
    """What there is about a speaker. Raises NotFound, Unavailable."""
    person = _person(library, slug)
    by = Filters((("speaker", slug),))
    every_quote = Ask(None, by, "quotes")
    months = library.indexed(lambda index: index.months(every_quote))
    found = library.search("", by, kind="quotes", newest_first=True)
    speakers = library.facet_values("", "speaker", "", by, "articles")
    return Portrait(
        person=person,
        quotes=found.quotes_total,
        articles=found.articles,
        months=months,
        undated=found.quotes_total - sum(month.count for month in months),
        countries=library.facet_values("", "country", "", by, "quotes"),
        sources=found.facets.get("source", ()),
        years=found.facets.get("year", ()),
        beside=tuple(other for other in speakers if other.id != slug),
        said=found.quotes,
        namesakes=_namesakes(library, person),
    )


def _namesakes(library: Library, person: Person) -> tuple[Line, ...]:
    lines, _ = _lines(library, person.name, "quotes", 0, NAMESAKES + 1)
    return tuple(one for one in lines if one.name == person.name and one.slug != person.slug)


def slug_of(library: Library, slug: str) -> str:
    """The slug of the one person whom articles have under this slug of theirs; "" when they have
    nobody or several."""
    with library.store.read() as connection:
        found = store.people.called(connection, slug)
    return found[0] if len(found) == 1 else ""


def having(
    library: Library, slug: str, what: Literal["name", "role"], told: str, page: int = 1
) -> Having:
    """The articles that have a person under this name or in this role. Raises NotFound."""
    person = _person(library, slug)
    with library.store.read() as connection:
        ids = store.people.articles_with(connection, slug, what, told)
        pages = pages_of(len(ids), PAGE_OF_ARTICLES)
        start = (min(max(page, 1), pages) - 1) * PAGE_OF_ARTICLES
        shown = store.articles.by_ids(connection, ids[start : start + PAGE_OF_ARTICLES])
        summaries = finding.summaries(connection, shown)
    if not ids:
        raise NotFound(f"No article has {person.name} so.")
    return Having(person, summaries, len(ids), start // PAGE_OF_ARTICLES + 1, pages)


def _person(library: Library, slug: str) -> Person:
    with library.store.read() as connection:
        person = store.people.get(connection, slug)
    if person is None:
        raise NotFound(UNKNOWN)
    return person
