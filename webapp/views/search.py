"""The search page: results as one types, facets, suggestions."""

from flask import Blueprint, redirect
from htmx_flask import request
from werkzeug import Response

from webapp.errors import BadInput
from webapp.library import LONGEST_NAME
from webapp.model import Name, SearchResult, Snippet
from webapp.search.tree import LONGEST
from webapp.views.asking import Asked, read_asked
from webapp.views.cards import plural
from webapp.views.exports import MOST_EXPORTED
from webapp.views.facets import FINDABLE, TITLES, Facet, bars, chips, facet_values, facets
from webapp.views.htmx import library, render
from webapp.views.segments import Mark, Segment, segments
from webapp.views.suggesting import completions

blueprint = Blueprint("search", __name__)
blueprint.add_app_template_global(lambda: LONGEST, "longest_query")
blueprint.add_app_template_filter(bars)


@blueprint.get("/search")
def search() -> Response:
    asked = read_asked(request.args)
    return redirect(asked.at(asked.page)) if asked.kind == "quotes" else found(asked)


def found(asked: Asked) -> Response:
    """The page of a search, for articles or for quotes."""
    result = _result(asked)
    return render(
        "search",
        asked=asked,
        result=result,
        chips=chips(library(), asked),
        facets=facets(library(), asked, result),
        most_exported=MOST_EXPORTED,
        longest_name=LONGEST_NAME,
        live=f"{plural(result.total, asked.noun)} found",
    )


def _result(asked: Asked) -> SearchResult:
    return library().search(
        asked.query,
        asked.filters,
        asked.page,
        asked.newest_first,
        asked.kind,
        asked.recency,
        asked.folded,
    )


@blueprint.get("/search/values")
def values() -> Response:
    """The values of one facet, those whose name begins as it was typed."""
    asked, key = read_asked(request.args), request.args.get("facet", "")
    if key not in FINDABLE:
        raise BadInput("There is nothing to look up by that name. Go back to the search.")
    having = request.args.get("having", "").strip()
    facet = Facet(key, TITLES[key], facet_values(asked, key, _named(asked, key, having)))
    return render("values", asked=asked, facet=facet, having=having, live="")


def _named(asked: Asked, facet: str, having: str) -> tuple[Name, ...]:
    if not having:
        return _result(asked).facets.get(facet, ())
    return library().facet_values(
        asked.query, facet, having, asked.filters, asked.kind, asked.folded
    )


@blueprint.get("/search/suggestions")
def suggestions() -> Response:
    """What the search box could say next; on the search page it completes the last word alone."""
    asked = read_asked(request.args)
    found = completions(library(), request.args.get("q", ""), "last" in request.args)
    return render("suggestions", asked=asked, suggestions=found, live="")


@blueprint.app_template_filter()
def snippet_segments(snippet: Snippet) -> list[Segment]:
    """A passage in segments; those with marks are hits."""
    return segments(snippet.text, [Mark(span, "hit") for span in snippet.hits])
