"""The whole state of a search, as its address and its forms carry it.

`/search?q=storm&speaker=anna-kovac&not-country=IQ&year=2026&sort=date&recency=off&page=2`,
`/search?q=storm&versions=all`, `/search?q=storm&story=7`,
`/quotes?q=storm&by=anna-kovac&not-about=IQ&since=2026-03-01&confidence=80`
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from webapp.errors import BadInput
from webapp.finding import asked as asked_by
from webapp.library import EVERYTHING
from webapp.model import SavedSearch
from webapp.search import Filters, Kind
from webapp.search.index import FILTERS

MOST_FILTERS = 12

OF_QUOTES = {"speaker": "by", "country": "about"}
"""What a quote's address calls these facets: of a quote it is clear who speaks."""

LIMITS = ("since", "until", "confidence")
"""Filters that have one value, which may be wrong."""

NO_DAY = "is not a day, so it was left out. Write a day as in 2026-03-14."
_NO_CONFIDENCE = "is not a confidence, so it was left out. Write 0 to 100."
_TURNED = "The first day is after the last one, so nothing is found."

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for. `recency`: whether recent articles rank a little higher; `folded`:
    whether one article stands for all that tell its story, one quote for all of its wording;
    `problems`: sentences about what in the address was not understood."""

    query: str = ""
    kind: Kind = "articles"
    filters: Filters = EVERYTHING
    sort: str = "relevance"
    recency: bool = True
    folded: bool = True
    page: int = 1
    problems: tuple[str, ...] = ()

    @property
    def endpoint(self) -> str:
        """The page that shows it."""
        return "quotes.index" if self.kind == "quotes" else "search.search"

    @property
    def newest_first(self) -> bool:
        return self.sort == "date"

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters.chosen or self.filters.excluded)

    @property
    def noun(self) -> str:
        """What one result is."""
        return self.kind.removesuffix("s")

    def state(self, elsewhere: bool = False) -> Iterator[Pair]:
        """What is not as it is by default, as names and values; without the page. `elsewhere`: for
        an address that is not the one of articles or of quotes, so that it must say which."""
        called = OF_QUOTES if self.kind == "quotes" else {}
        if self.query:
            yield "q", self.query
        if elsewhere and self.kind == "quotes":
            yield "in", "quotes"
        yield from ((called.get(facet, facet), key) for facet, key in self.filters.chosen)
        yield from (
            (f"not-{called.get(facet, facet)}", key) for facet, key in self.filters.excluded
        )
        if self.newest_first:
            yield "sort", "date"
        if not self.recency:
            yield "recency", "off"
        if not self.folded:
            yield "versions", "all"

    def address(self, **more: Any) -> str:
        """The address of the result."""
        values: dict[str, Any] = MultiDict(self.state()).to_dict(flat=False)
        return url_for(self.endpoint, **values, **more)

    def at(self, page: int) -> str:
        return self.address(page=page if page > 1 else None)

    def asking(self, query: str) -> str:
        return replace(self, query=query).address()

    def suggesting(self) -> str:
        """The address of what its last word could be; the form adds what it is now."""
        kind: dict[str, Any] = {"in": "quotes"} if self.kind == "quotes" else {}
        return url_for("search.suggestions", last=1, **kind)

    def within(self, kind: Kind) -> str:
        """The address of the same search for articles or for quotes."""
        return replace(self, kind=kind).address()

    def sorted_by(self, sort: str) -> str:
        return replace(self, sort=sort).address()

    def with_recency(self, recency: bool) -> str:
        return replace(self, recency=recency).address()

    def with_folding(self, folded: bool) -> str:
        return replace(self, folded=folded).address()

    def choosing(self, facet: str, key: str) -> str:
        """The address with this value as one more filter."""
        left = self._without((facet, key))
        return replace(self, filters=Filters((*left.chosen, (facet, key)), left.excluded)).address()

    def excluding(self, facet: str, key: str) -> str:
        """The address that leaves out what has this value."""
        left = self._without((facet, key))
        return replace(self, filters=Filters(left.chosen, (*left.excluded, (facet, key)))).address()

    def limited(self, limit: str, key: str = "") -> str:
        """The address with this limit in place of what was set, or with none."""
        chosen = self.apart_from(limit).chosen + (((limit, key),) if key else ())
        return replace(self, filters=replace(self.filters, chosen=chosen)).address()

    def dropping(self, facet: str, key: str) -> str:
        """The address without this filter."""
        return replace(self, filters=self._without((facet, key))).address()

    def _without(self, pair: Pair) -> Filters:
        chosen, excluded = (
            tuple(other for other in pairs if other != pair)
            for pairs in (self.filters.chosen, self.filters.excluded)
        )
        return Filters(chosen, excluded)

    def apart_from(self, facet: str) -> Filters:
        """The filters without the chosen values of a facet."""
        chosen = tuple(pair for pair in self.filters.chosen if pair[0] != facet)
        return replace(self.filters, chosen=chosen)

    def keys(self, facet: str) -> tuple[str, ...]:
        """The chosen values of a facet."""
        return tuple(key for name, key in self.filters.chosen if name == facet)


def read_asked(values: MultiDict[str, str], kind: Kind | None = None) -> Asked:
    """The search in an address or a form, which says of what kind it is unless that is given.

    Limits that are none are left out, and told. Raises BadInput when it has too many filters.
    """
    limits, problems = _limits(values)
    chosen = tuple(dict.fromkeys((*_pairs(values, ""), *limits)))
    excluded = tuple(dict.fromkeys(p for p in _pairs(values, "not-") if p not in chosen))
    if len(chosen) + len(excluded) > MOST_FILTERS:
        raise BadInput(f"A search takes at most {MOST_FILTERS} filters. Remove some of them.")
    return Asked(
        query=values.get("q", "").strip(),
        kind=kind or ("quotes" if values.get("in") == "quotes" else "articles"),
        filters=Filters(chosen, excluded),
        sort="date" if values.get("sort") == "date" else "relevance",
        recency=values.get("recency") != "off",
        folded=values.get("versions") != "all",
        page=values.get("page", 1, type=int),
        problems=problems,
    )


def _pairs(values: MultiDict[str, str], before: str) -> Iterator[Pair]:
    """What filters are set to that can have several values."""
    for facet in FILTERS:
        names = (facet, OF_QUOTES.get(facet)) if facet not in LIMITS else ()
        for name in filter(None, names):
            for key in filter(None, values.getlist(before + name)):
                yield facet, key.upper() if facet == "country" else key


def _limits(values: MultiDict[str, str]) -> tuple[list[Pair], tuple[str, ...]]:
    """The limits that are set, and sentences about those that are none."""
    limits, problems = [], []
    for limit in LIMITS:
        told = values.get(limit, "").strip()
        if key := _sure(told) if limit == "confidence" else day_of(told):
            limits.append((limit, str(key)))
        elif told:
            problems.append(f"“{told[:40]}” {_NO_CONFIDENCE if limit == 'confidence' else NO_DAY}")
    days = [day for limit, day in limits if limit != "confidence"]
    return limits, (*problems, *([_TURNED] if days != sorted(days) else []))


def day_of(told: str) -> dt.date | None:
    """A day in ISO 8601, None when it is none."""
    try:
        return dt.date.fromisoformat(told)
    except ValueError:
        return None


def _sure(told: str) -> str:
    """In hundredths, "" when it is not 0 to 100."""
    is_one = told.isascii() and told.isdecimal() and len(told) <= 3 and int(told) <= 100
    return str(int(told)) if is_one else ""


def saved_asked(search: SavedSearch) -> Asked:
    """What a saved search asks for, the newest first."""
    query, filters, kind = asked_by(search)
    return Asked(str(query) if query else "", kind, filters, sort="date")
