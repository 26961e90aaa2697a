"""What narrows a search: the values of its facets as links, its filters, its years as bars."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from webapp.annotation.gazetteer import short_names
from webapp.days import day
from webapp.library import FACETS, Library
from webapp.model import Name, SearchResult
from webapp.views.asking import Asked

TITLES = {
    "speaker": "Speakers",
    "country": "Countries",
    "source": "Sources",
    "year": "Years",
    "kind": "Kind of quote",
}
FINDABLE = ("speaker", "country", "source")
"""Facets with so many values that one looks for them by name."""

MOST_YEARS = 60
"""Years from the first to the last that still make bars."""

LONGEST_NUMBER = 18
"""Digits that the number of a story can have."""

BAR, HEIGHT = 10, 40
"""Width and greatest height of a bar, in units of its picture."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A link that narrows the result to a value or takes that back, and one that leaves it out."""

    id: str
    name: str
    count: int
    href: str
    leave_out: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """`more`: whether there may be values that are not listed."""

    key: str
    title: str
    values: tuple[FacetValue, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A year in the picture of the years: where it stands and how high it is."""

    value: FacetValue
    x: int
    height: float


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    facet: str
    key: str
    name: str
    href: str
    is_excluded: bool


def facets(library: Library, asked: Asked, result: SearchResult) -> list[Facet]:
    """The facets that have values, in their order."""
    listed = ((facet, _listed(library, asked, result, facet)) for facet in TITLES)
    return [
        Facet(
            key=facet,
            title=TITLES[facet],
            values=facet_values(asked, facet, names),
            more=facet in FINDABLE and len(names) >= FACETS,
        )
        for facet, names in listed
        if names
    ]


def _listed(library: Library, asked: Asked, result: SearchResult, facet: str) -> Sequence[Name]:
    """The values that a facet offers, and what was chosen also when nothing is found with it."""
    found = result.facets.get(facet, ())
    chosen = asked.keys(facet)
    if chosen and facet in _one_of(asked):
        # Another value of these finds more, so it is offered as if none were chosen yet.
        rest = asked.apart_from(facet)
        others = library.facet_values(asked.query, facet, "", rest, asked.kind, asked.folded)
        found = (others or found)[: None if facet == "year" else FACETS]
    known = {name.id for name in found}
    missing = [Name(key, name_of(library, facet, key)) for key in chosen if key not in known]
    return (*missing, *found)


def _one_of(asked: Asked) -> tuple[str, ...]:
    """The facets of which a hit has but one value."""
    return ("source", "year", "kind") if asked.kind == "articles" else tuple(TITLES)


def facet_values(asked: Asked, facet: str, names: Iterable[Name]) -> tuple[FacetValue, ...]:
    """The values with their links."""
    chosen = asked.keys(facet)
    return tuple(
        FacetValue(
            id=f"{facet}-{quote(name.id, safe='')}",
            name=name.name,
            count=name.count,
            href=(asked.dropping if name.id in chosen else asked.choosing)(facet, name.id),
            leave_out=asked.excluding(facet, name.id),
            is_chosen=name.id in chosen,
        )
        for name in names
    )


def chips(library: Library, asked: Asked) -> list[Chip]:
    """The filters that are on."""
    both = ((asked.filters.chosen, False), (asked.filters.excluded, True))
    return [
        Chip(facet, key, name_of(library, facet, key), asked.dropping(facet, key), is_excluded)
        for pairs, is_excluded in both
        for facet, key in pairs
    ]


def name_of(library: Library, facet: str, key: str) -> str:
    """A value of a facet as people read it."""
    match facet:
        case "speaker":
            return library.people_names([key]).get(key) or key.replace("-", " ").title()
        case "country":
            return short_names().get(key, key)
        case "story":
            return _story(library, key)
        case "first":
            return "one wording"
        case "since" | "until":
            return f"{'from' if facet == 'since' else 'until'} {day(dt.date.fromisoformat(key))}"
        case "confidence":
            return f"{key} % sure or more"
    return key


def _story(library: Library, key: str) -> str:
    known = key.isascii() and key.isdecimal() and len(key) < LONGEST_NUMBER
    title = library.story_title(int(key)) if known else ""
    return f"story: {title}" if title else "a story that is not here"


def bars(facet: Facet) -> list[Bar]:
    """The years as bars from the first to the last; none for a single one or for too many."""
    years = sorted((int(value.name), value) for value in facet.values if value.name.isdecimal())
    if len(years) < 2 or years[-1][0] - years[0][0] >= MOST_YEARS:
        return []
    most = max(value.count for _, value in years) or 1
    return [
        Bar(value, (year - years[0][0]) * BAR, max(1.0, round(HEIGHT * value.count / most, 1)))
        for year, value in years
    ]
