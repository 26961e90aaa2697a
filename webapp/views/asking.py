"""The whole state of a search, as its address and its forms carry it.

`?q=storm&in=quotes&speaker=anna-kovac&not-country=IQ&year=2026&sort=date&recency=off&page=2`
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from webapp.errors import BadInput
from webapp.finding import asked as asked_by
from webapp.library import EVERYTHING
from webapp.model import SavedSearch
from webapp.search import Filters, Kind
from webapp.search.index import FACETS

MOST_FILTERS = 12

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for. `recency`: whether recent articles rank a little higher."""

    query: str = ""
    kind: Kind = "articles"
    filters: Filters = EVERYTHING
    sort: str = "relevance"
    recency: bool = True
    page: int = 1

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

    def state(self) -> Iterator[Pair]:
        """What is not as it is by default, as names and values; without the page."""
        if self.query:
            yield "q", self.query
        if self.kind == "quotes":
            yield "in", "quotes"
        yield from self.filters.chosen
        yield from ((f"not-{facet}", key) for facet, key in self.filters.excluded)
        if self.newest_first:
            yield "sort", "date"
        if not self.recency:
            yield "recency", "off"

    def address(self, endpoint: str = "search.search", **more: Any) -> str:
        """The address of a page about this search."""
        values: dict[str, Any] = MultiDict(self.state()).to_dict(flat=False)
        return url_for(endpoint, **values, **more)

    def at(self, page: int) -> str:
        return self.address(page=page if page > 1 else None)

    def asking(self, query: str) -> str:
        return replace(self, query=query).address()

    def within(self, kind: Kind) -> str:
        """The address of the same search for articles or for quotes."""
        return replace(self, kind=kind).address()

    def sorted_by(self, sort: str) -> str:
        return replace(self, sort=sort).address()

    def with_recency(self, recency: bool) -> str:
        return replace(self, recency=recency).address()

    def choosing(self, facet: str, key: str) -> str:
        """The address with this value as one more filter."""
        left = self._without((facet, key))
        return replace(self, filters=Filters((*left.chosen, (facet, key)), left.excluded)).address()

    def excluding(self, facet: str, key: str) -> str:
        """The address that leaves out what has this value."""
        left = self._without((facet, key))
        return replace(self, filters=Filters(left.chosen, (*left.excluded, (facet, key)))).address()

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


def read_asked(values: MultiDict[str, str]) -> Asked:
    """The search in an address or a form. Raises BadInput when it has too many filters."""
    chosen = tuple(_pairs(values, ""))
    excluded = tuple(pair for pair in _pairs(values, "not-") if pair not in chosen)
    if len(chosen) + len(excluded) > MOST_FILTERS:
        raise BadInput(f"A search takes at most {MOST_FILTERS} filters. Remove some of them.")
    return Asked(
        query=values.get("q", "").strip(),
        kind="quotes" if values.get("in") == "quotes" else "articles",
        filters=Filters(chosen, excluded),
        sort="date" if values.get("sort") == "date" else "relevance",
        recency=values.get("recency") != "off",
        page=values.get("page", 1, type=int),
    )


def _pairs(values: MultiDict[str, str], before: str) -> Iterable[Pair]:
    """The values of all facets, each once."""
    return dict.fromkeys(
        (facet, key.upper() if facet == "country" else key)
        for facet in FACETS
        for key in values.getlist(before + facet)
        if key
    )


def saved_asked(search: SavedSearch) -> Asked:
    """What a saved search asks for, the newest first."""
    query, filters, kind = asked_by(search)
    return Asked(str(query) if query else "", kind, filters, sort="date")
