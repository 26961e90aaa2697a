"""Side by side: two speakers, or one speaker before and after a day."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from webapp import finding, store
from webapp.catalogue.wordings import Piece, pieces, words
from webapp.library import Library, pages_of
from webapp.model import QuoteHit, RoleTold
from webapp.search import Ask, Filters, Found, Query, parse

PAGE = 30
"""Quotes on one page, or of each of two times on one page."""

MOST = 2_000
"""Quotes of each side, the newest, among which those that say the same are looked for ..."""

SAME = 10
"""... and how many of these are shown."""

DAY = dt.timedelta(1)

Hits = tuple[QuoteHit, ...]

LEAST = 0.4
"""The share of the words of two quotes that both must have to stand side by side as the same."""


@dataclass(frozen=True, slots=True)
class Side:
    """A speaker, the filters that their quotes have, how many these are, and which roles articles
    of that time give the speaker, the latest first."""

    slug: str
    name: str
    filters: Filters
    quotes: int
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """Quotes of both sides, the newest first; `month` is the first day of it when they all are of
    one, None when they are of no known day or of several months."""

    month: dt.date | None
    left: Hits
    right: Hits


@dataclass(frozen=True, slots=True)
class Same:
    """Two quotes of one wording, one of each side, and where the right one differs."""

    left: QuoteHit
    right: QuoteHit
    pieces: tuple[Piece, ...]

    @property
    def is_whole(self) -> bool:
        """Whether they have the same words."""
        return all(piece.kind == "same" for piece in self.pieces)

    @property
    def in_common(self) -> float:
        """The share of all their words that both have, by length."""
        shared = sum(len(piece.text) for piece in self.pieces if piece.kind == "same")
        return shared / sum(len(piece.text) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Sides:
    """Two sides, one page of their quotes, and what both say in nearly the same words. `problems`
    and `missing` are as in SearchResult."""

    left: Side
    right: Side
    rows: tuple[Row, ...]
    same: tuple[Same, ...]
    page: int
    pages: int
    problems: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def two_speakers(
    library: Library, text: str, both: tuple[str, str], filters: Filters, page: int = 1
) -> Sides:
    """What both say, in rows by month. `filters` are those of both, without their speakers; a text
    without a word finds all.

    Raises BadQuery when the text is too long, Unavailable when the index cannot be read.
    """
    ask = _ask(text, filters)
    left, right = (_narrowed(ask, ("speaker", slug)) for slug in both)
    together = _narrowed(ask, *(("speaker", slug) for slug in both))
    pages = _pages(library, together)
    page = min(max(page, 1), pages)
    window = _found(library, _on(together, page))

    def rows(hits: Hits) -> tuple[Row, ...]:
        return _by_month(hits, both)

    return _sides(library, (left, right), (window,), rows, page, pages)


def two_times(
    library: Library, text: str, speaker: str, filters: Filters, split: dt.date, page: int = 1
) -> Sides:
    """What one speaker says before a day, and from it on. Raises as `two_speakers` does."""
    ask = _narrowed(_ask(text, filters), ("speaker", speaker))
    before = max(split, dt.date.min + DAY) - DAY  # nothing was said before the first day of all
    left, right = _limited(ask, "until", before), _limited(ask, "since", split)
    pages = max(_pages(library, left), _pages(library, right))
    page = min(max(page, 1), pages)
    windows = [_found(library, _on(one, page)) for one in (left, right)]

    def rows(before: Hits, since: Hits) -> tuple[Row, ...]:
        return (Row(None, before, since),) if before or since else ()

    return _sides(library, (left, right), windows, rows, page, pages)


def middle(library: Library, text: str, speaker: str, filters: Filters) -> dt.date | None:
    """The first of the month before which a speaker says about half of it all; None where no day
    is known. Raises as `two_speakers` does."""
    ask = _narrowed(_ask(text, filters), ("speaker", speaker))
    months = library.indexed(lambda index: index.months(ask))
    if not months:
        return None
    before = [0, *accumulate(month.count for month in months)]
    at = min(range(1, len(months)), key=lambda at: abs(before[-1] - 2 * before[at]), default=0)
    return dt.date.fromisoformat(f"{months[at].key}-01")


def _ask(text: str, filters: Filters) -> Ask:
    return Ask(parse(text).query, filters, "quotes", newest_first=True, facets=0, both=False)


def _narrowed(ask: Ask, *more: tuple[str, str]) -> Ask:
    return replace(ask, filters=replace(ask.filters, chosen=(*more, *ask.filters.chosen)))


def _limited(ask: Ask, limit: str, day: dt.date) -> Ask:
    """Until a day or since it, unless a narrower limit is set."""
    days = [day.isoformat(), *(key for facet, key in ask.filters.chosen if facet == limit)]
    others = tuple(pair for pair in ask.filters.chosen if pair[0] != limit)
    key = min(days) if limit == "until" else max(days)
    return replace(ask, filters=replace(ask.filters, chosen=(*others, (limit, key))))


def _found(library: Library, ask: Ask) -> Found:
    return library.indexed(lambda index: index.search(ask))


def _pages(library: Library, ask: Ask) -> int:
    return pages_of(_found(library, replace(ask, stop=0)).listed, PAGE)


def _on(ask: Ask, page: int) -> Ask:
    return replace(ask, start=(page - 1) * PAGE, stop=page * PAGE)


def _by_month(hits: Iterable[QuoteHit], both: tuple[str, str]) -> tuple[Row, ...]:
    months: dict[dt.date | None, list[QuoteHit]] = {}
    for hit in hits:
        day = hit.article.published
        months.setdefault(day and day.replace(day=1), []).append(hit)
    return tuple(
        Row(month, *(tuple(h for h in told if h.person == slug) for slug in both))
        for month, told in months.items()
    )


def _sides(
    library: Library,
    asks: tuple[Ask, Ask],
    windows: Sequence[Found],
    rows: Callable[..., tuple[Row, ...]],
    page: int,
    pages: int,
) -> Sides:
    """What is asked for of both sides; `rows` makes rows of the quotes of the windows."""
    left, right = (_found(library, replace(ask, stop=MOST)) for ask in asks)
    shared = _shared(left, right)
    hits = _hits(library, asks[0].query, (left, right, *windows), windows, shared)
    return Sides(
        _side(library, asks[0], left.quotes),
        _side(library, asks[1], right.quotes),
        rows(*(tuple(hits[i] for i in window.ids if i in hits) for window in windows)),
        tuple(_same_words(hits, shared)),
        page,
        pages,
        tuple(dict.fromkeys((*left.problems, *right.problems))),
        left.missing,
    )


def _shared(left: Found, right: Found) -> list[tuple[int, int]]:
    """Quotes of one wording, the latest of the right side first."""
    there = {told.story: quote_id for quote_id, told in left.told.items()}
    both = ((there.get(told.story, 0), quote_id) for quote_id, told in right.told.items())
    return [pair for pair in both if pair[0]][:SAME]


def _hits(
    library: Library,
    query: Query | None,
    found: Sequence[Found],
    windows: Sequence[Found],
    shared: Sequence[tuple[int, int]],
) -> dict[int, QuoteHit]:
    """The quotes of the windows, and those that both sides share, in one reading."""
    told = {quote_id: of for one in found for quote_id, of in one.told.items()}
    ids = dict.fromkeys(chain(*(window.ids for window in windows), *shared))
    with library.store.read() as connection:
        hits = finding.hits(connection, "quotes", list(ids), query, told)
    return {hit.quote.id: hit for hit in hits if isinstance(hit, QuoteHit)}


def _same_words(hits: Mapping[int, QuoteHit], shared: Iterable[tuple[int, int]]) -> Iterator[Same]:
    """Pairs with enough in common: a few words out of a long quote tell nothing side by side."""
    for left, right in shared:
        if left in hits and right in hits:
            found = _same(hits[left], hits[right])
            if found.in_common >= LEAST:
                yield found


def _same(left: QuoteHit, right: QuoteHit) -> Same:
    return Same(left, right, tuple(pieces(words(left), words(right))))


def _side(library: Library, ask: Ask, quotes: int) -> Side:
    set_ = dict(ask.filters.chosen)
    slug = set_["speaker"]
    with library.store.read() as connection:
        person = store.people.get(connection, slug)
    name, roles = (person.name, person.roles) if person else (slug, ())
    return Side(slug, name, ask.filters, quotes, _then(roles, set_.get("since"), set_.get("until")))


def _then(roles: Iterable[RoleTold], since: str | None, until: str | None) -> tuple[str, ...]:
    """The roles that somebody has at a time."""
    first, last = since or dt.date.min.isoformat(), until or dt.date.max.isoformat()
    return tuple(
        told.role
        for told in roles
        if told.role and told.last.isoformat() >= first and told.first.isoformat() <= last
    )
