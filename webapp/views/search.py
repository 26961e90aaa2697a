"""The search page: results as one types, facets, pages."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import Blueprint, url_for
from htmx_flask import request
from werkzeug import Response

from webapp.errors import BadInput
from webapp.model import Name, SearchResult, Snippet
from webapp.search import Filters
from webapp.search.query import LONGEST
from webapp.views.htmx import library, render
from webapp.views.segments import Mark, Segment, segments

blueprint = Blueprint("search", __name__)

MOST_FILTERS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """The whole state of a search, as its address carries it."""

    query: str = ""
    speakers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sort: str = "relevance"
    page: int = 1

    @property
    def href(self) -> str:
        return url_for(
            "search.search",
            q=self.query or None,
            speaker=self.speakers,
            country=self.countries,
            sort=self.sort if self.sort != "relevance" else None,
            page=self.page if self.page > 1 else None,
        )

    def at(self, page: int) -> str:
        return replace(self, page=page).href

    def sorted_by(self, sort: str) -> str:
        return replace(self, sort=sort, page=1).href

    def with_speaker(self, slug: str) -> str:
        return replace(self, speakers=_toggled(self.speakers, slug), page=1).href

    def with_country(self, code: str) -> str:
        return replace(self, countries=_toggled(self.countries, code), page=1).href


def _toggled(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    kept = tuple(other for other in values if other != value)
    return kept if value in values else (*values, value)


@blueprint.get("/search")
def search() -> Response:
    asked = _asked()
    filters = Filters(asked.speakers, asked.countries)
    result = library().search(asked.query, filters, asked.page, asked.sort == "date")
    return render(
        "search",
        asked=asked,
        result=result,
        facets=_facets(asked, result),
        longest_query=LONGEST,
        live=_live(result),
    )


def _asked() -> Asked:
    speakers, countries = request.args.getlist("speaker"), request.args.getlist("country")
    if len(speakers) + len(countries) > MOST_FILTERS:
        raise BadInput(f"A search takes at most {MOST_FILTERS} filters. Remove some of them.")
    return Asked(
        query=request.args.get("q", "").strip(),
        speakers=tuple(dict.fromkeys(speakers)),
        countries=tuple(dict.fromkeys(code.upper() for code in countries)),
        sort="date" if request.args.get("sort") == "date" else "relevance",
        page=request.args.get("page", 1, type=int),
    )


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A link that narrows the result to one speaker or country, or takes that back."""

    name: Name
    href: str
    chosen: bool


def _facets(asked: Asked, result: SearchResult) -> dict[str, list[FacetValue]]:
    return {
        "Speakers": [
            FacetValue(name, asked.with_speaker(name.id), name.id in asked.speakers)
            for name in _with_chosen(result.speakers, asked.speakers)
        ],
        "Countries": [
            FacetValue(name, asked.with_country(name.id), name.id in asked.countries)
            for name in _with_chosen(result.countries, asked.countries)
        ],
    }


def _with_chosen(names: Iterable[Name], chosen: Iterable[str]) -> list[Name]:
    """What was chosen stays on the page, also when nothing is found with it."""
    listed = list(names)
    missing = [key for key in chosen if key not in {name.id for name in listed}]
    return [Name(key, key.replace("-", " ")) for key in missing] + listed


def _live(result: SearchResult) -> str:
    return "1 article found" if result.total == 1 else f"{result.total:,} articles found"


@blueprint.app_template_filter()
def snippet_segments(snippet: Snippet) -> list[Segment]:
    """A passage in segments; those with marks are hits."""
    return segments(snippet.text, [Mark(span, "hit") for span in snippet.hits])
