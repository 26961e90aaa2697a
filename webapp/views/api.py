"""The collection as JSON, to be read by programs: the same questions as on the pages.

What can be asked and what is answered stands in one table, which makes the routes and their
description. Nothing can be changed here, and pages of other sites cannot read it: no response
allows them to.
"""

import json
from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug import Response

from webapp import records
from webapp.annotation.gazetteer import code_of
from webapp.catalogue import countries, quotes, speakers
from webapp.errors import NotFound
from webapp.library import PAGE
from webapp.records import Record
from webapp.views import parameters as given
from webapp.views.asking import Asked, read_asked
from webapp.views.countries import SORTS, by_size
from webapp.views.htmx import library, render
from webapp.views.matrix import SIZES, USUAL, made, read_wanted
from webapp.views.openapi import Operation, described
from webapp.views.parameters import Parameter, checked
from webapp.views.schemas import number, text
from webapp.views.speakers import ORDERS, read_list

blueprint = Blueprint("api", __name__)


def _quotes() -> Record:
    return _found(read_asked(request.args, "quotes"), folded=False)


def _articles() -> Record:
    asked = read_asked(request.args, "articles")
    return _found(asked, asked.folded)


def _found(asked: Asked, folded: bool) -> Record:
    found = library().search(
        asked.query,
        asked.filters,
        asked.page,
        asked.newest_first,
        asked.kind,
        folded=folded,
        size=_size(),
    )
    hits = found.quotes if asked.kind == "quotes" else found.hits
    told = [records.record(hit, request.host_url) for hit in hits]
    problems = (*asked.problems, *found.problems)
    return _page(found.total, found.page, found.pages, asked.kind, told, problems)


def _speakers() -> Record:
    found = speakers.every(library(), *read_list(), _number(), _size())
    told = [records.speaker(line, request.host_url) for line in found.lines]
    return _page(found.total, found.page, found.pages, "speakers", told)


def _page(
    total: int,
    page: int,
    pages: int,
    name: str,
    told: list[Record],
    problems: Iterable[str] = (),
) -> Record:
    if _number() > page:
        raise NotFound(f"There is no page {_number()}: the last one is {pages}.")
    following: dict[str, Any] = request.args.to_dict(flat=False) | {"page": page + 1}
    address = url_for(str(request.endpoint), _external=True, **following)
    return {
        "total": total,
        "page": page,
        "pages": pages,
        "next": address if page < pages else None,
        "problems": list(problems),
        name: told,
    }


def _number() -> int:
    return request.args.get("page", 1, type=int)


def _size() -> int:
    return request.args.get("per_page", PAGE, type=int)


def _quote(id: int) -> Record:
    return records.quote_in_full(quotes.get(library(), id), request.host_url)


def _article(id: int) -> Record:
    return records.article_in_full(library().article(id), request.host_url)


def _speaker(id: str) -> Record:
    return records.speaker_in_full(speakers.get(library(), id), request.host_url)


def _countries() -> Record:
    found = by_size(countries.every(library()), request.args.get("sort", "name"))
    told = [records.country(named, request.host_url) for named in found]
    return {"total": len(told), "countries": told}


def _country(code: str) -> Record:
    if not (known := code_of(code)):
        raise NotFound(f"There is no country “{code[:40]}”. Codes have two letters, as in IQ.")
    return records.country_in_full(countries.get(library(), known), request.host_url)


def _matrix() -> Record:
    return records.matrix(made(read_wanted()))


def _order(name: str, told: str) -> Parameter:
    return Parameter(name, text(told, default="most"))


OPERATIONS = (
    Operation(
        "/api/quotes",
        "Who said what: quotes by speakers, about countries, with words.",
        "Quotes",
        _quotes,
        (*given.QUOTES, given.SORT, *given.PAGES),
        ("/api/quotes?about=IQ", "/api/quotes?q=said:storm&kind=direct&sort=date&per_page=50"),
    ),
    Operation(
        "/api/quotes/{id}",
        "One quote, with its places in the text of the article.",
        "QuoteInFull",
        _quote,
        (given.ID,),
    ),
    Operation(
        "/api/articles",
        "Articles with words, speakers, countries; one of each story unless versions=all.",
        "Articles",
        _articles,
        (*given.ARTICLES, given.SORT, *given.PAGES),
        ("/api/articles?q=harbour", "/api/articles?country=FR&country=DE&since=2026-01-01"),
    ),
    Operation(
        "/api/articles/{id}",
        "One article: its text, and the quotes, speakers and countries in it with their places.",
        "ArticleInFull",
        _article,
        (given.ID,),
    ),
    Operation(
        "/api/speakers",
        "Who is quoted.",
        "Speakers",
        _speakers,
        (
            Parameter("q", text("The beginning of a word of the name.")),
            Parameter("sort", text("The order.", enum=list(ORDERS), default=ORDERS[0])),
            *given.PAGES,
        ),
        ("/api/speakers?sort=latest",),
    ),
    Operation(
        "/api/speakers/{id}",
        "One speaker: names, roles, countries they speak about, who speaks beside them.",
        "SpeakerInFull",
        _speaker,
        (given.SLUG,),
    ),
    Operation(
        "/api/countries",
        "The countries that are named.",
        "Countries",
        _countries,
        (Parameter("sort", text("The order.", enum=list(SORTS), default=SORTS[0])),),
        ("/api/countries?sort=quotes",),
    ),
    Operation(
        "/api/countries/{code}",
        "One country: who speaks about it, what is named beside it.",
        "CountryInFull",
        _country,
        (given.CODE,),
        ("/api/countries/FR",),
    ),
    Operation(
        "/api/matrix",
        "How many quotes each speaker has about each country.",
        "Matrix",
        _matrix,
        (
            *given.QUOTES,
            Parameter("size", number("Rows at most.", enum=list(SIZES), default=USUAL)),
            _order("rows", "The order of speakers: most, total, name, or about:CODE."),
            _order("columns", "The order of countries: most, total, name, or by:SPEAKER."),
        ),
        ("/api/matrix?since=2026-01-01&size=10",),
    ),
)


def _answered(operation: Operation, **path: Any) -> Response:
    checked(operation.parameters, request.args)
    return _json(operation.act(**path))


def _json(told: Record) -> Response:
    text = json.dumps(told, ensure_ascii=False) + "\n"
    return Response(text, mimetype="application/json")


for _operation in OPERATIONS:
    blueprint.add_url_rule(_operation.rule, _operation.name, partial(_answered, _operation))


@blueprint.get("/api/openapi.json")
def openapi() -> Response:
    return _json(described(OPERATIONS))


@blueprint.get("/api")
def index() -> Response:
    """What there is, in plain words."""
    return render("api", operations=OPERATIONS, live="")
