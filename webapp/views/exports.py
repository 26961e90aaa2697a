"""Any list to take along, as a file, or to follow, as a feed; asked for as on its page."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any, TypeVar

from flask import Blueprint, request, url_for
from werkzeug import Response
from werkzeug.datastructures import MultiDict

from webapp import records
from webapp.catalogue import countries, speakers
from webapp.errors import NotFound
from webapp.exporting import FORMATS, TABLES
from webapp.library import Library
from webapp.model import Hit, QuoteHit
from webapp.records import Record
from webapp.search import Order
from webapp.views.asking import Asked, read_asked
from webapp.views.countries import SORTS, by_size
from webapp.views.facets import chips
from webapp.views.feeds import atom
from webapp.views.htmx import library
from webapp.views.matrix import made, read_wanted
from webapp.views.slugs import slugify
from webapp.views.speakers import read_list

T = TypeVar("T")

_FILES = {"search.search": "export", "quotes.index": "quotes", "matrix.index": "whole_matrix"}
"""A page -> what gives it as a file."""

blueprint = Blueprint("exports", __name__)
blueprint.add_app_template_global(lambda: FORMATS.values(), "export_formats")

MOST_EXPORTED = 10_000

MOST_ENTRIES = 50
"""Entries of a feed, the newest."""

AT_ONCE = 1_000
"""Speakers that are read at once."""


@blueprint.get("/search/export.<ending>")
def export(ending: str) -> Response:
    """All that a search finds, up to MOST_EXPORTED, written while it is being read."""
    return _exported(read_asked(request.args), ending)


@blueprint.get("/quotes.<ending>")
def quotes(ending: str) -> Response:
    """The quotes that the page of this address has."""
    return _exported(read_asked(request.args, "quotes"), ending)


def _exported(asked: Asked, ending: str) -> Response:
    form = next((form for form in FORMATS.values() if form.ending == ending), None)
    if form is None:
        endings = ", ".join(form.ending for form in FORMATS.values())
        raise NotFound(f"A result can be had as one of these: {endings}.")
    hits = islice(_begun(_hits(asked)), MOST_EXPORTED)
    lines = form.write(hits, request.host_url)
    return _file(lines, form.media_type, f"{asked.kind}{_about(asked)}.{form.ending}")


def _hits(asked: Asked) -> Iterator[Hit | QuoteHit]:
    return library().every_hit(
        asked.query,
        asked.filters,
        asked.kind,
        asked.newest_first,
        asked.recency,
        asked.folded,
    )


def _begun(found: Iterator[T]) -> Iterator[T]:
    # What can go wrong does so at the first one, while an error can still be a page.
    return chain(list(islice(found, 1)), found)


def _about(asked: Asked) -> str:
    return f"-{slugify(asked.query)[:40].strip('-')}" if asked.query else ""


def _file(lines: Iterable[str], media_type: str, name: str) -> Response:
    response = Response(lines, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"dateline-{name}")
    return response


@blueprint.get("/speakers.<any(csv, json):ending>")
def all_speakers(ending: str) -> Response:
    """The list of speakers, all pages of it."""
    lines = _speakers(library(), *read_list())
    root = request.host_url
    return _table("speakers", ending, (records.speaker(line, root) for line in _begun(lines)))


def _speakers(shelf: Library, having: str, order: Order) -> Iterator[speakers.Line]:
    page = pages = 1
    while page <= pages:
        found = speakers.every(shelf, having, order, page, AT_ONCE)
        yield from found.lines
        page, pages = page + 1, found.pages


@blueprint.get("/countries.<any(csv, json):ending>")
def all_countries(ending: str) -> Response:
    """The table of countries."""
    sort = request.args.get("sort") or request.args.get("by")
    found = by_size(countries.every(library()), sort if sort in SORTS else "articles")
    told = [records.country(country, request.host_url) for country in found]
    return _table("countries", ending, told)


@blueprint.get("/matrix.<any(csv, json):ending>")
def whole_matrix(ending: str) -> Response:
    """The matrix as it is shown: a line a speaker."""
    return _table("matrix", ending, records.matrix_lines(made(read_wanted())))


def _table(name: str, ending: str, told: Iterable[Record]) -> Response:
    media_type, write = TABLES[ending]
    return _file(write(told), media_type, f"{name}.{ending}")


@blueprint.get("/search.atom")
def search_feed() -> Response:
    """The newest of what a search finds."""
    return _followed(read_asked(request.args))


@blueprint.get("/quotes.atom")
def quotes_feed() -> Response:
    """The newest quotes of a question: by whom, about which country."""
    return _followed(read_asked(request.args, "quotes"))


def _followed(asked: Asked) -> Response:
    return feed(asked, feed_title(asked), request.url)


@blueprint.app_template_global()
def feed_title(asked: Asked) -> str:
    """ "Quotes: storm, Anna Kovac, not Iraq"."""
    told = [
        asked.query,
        *(("not " if c.is_excluded else "") + c.name for c in chips(library(), asked)),
    ]
    about = ", ".join(filter(None, told))
    return f"{asked.kind.capitalize()}: {about}" if about else f"All {asked.kind}"


@blueprint.app_template_global()
def feed_url(asked: Asked) -> str:
    """The address of the feed of a search."""
    newest = replace(asked, sort="relevance")  # a feed has the newest anyway
    return _address("quotes_feed" if asked.kind == "quotes" else "search_feed", newest)


@blueprint.app_template_global()
def export_url(asked: Asked, ending: str) -> str:
    """The address of what a page shows as a file."""
    return _address(_FILES[asked.endpoint], asked, ending=ending)


def _address(action: str, asked: Asked, **more: Any) -> str:
    state: dict[str, Any] = MultiDict(asked.state()).to_dict(flat=False)
    return url_for(f"exports.{action}", **state, **more)


def feed(asked: Asked, title: str, address: str) -> Response:
    """The newest hits as Atom; `address` is that of the feed."""
    hits = library().every_hit(asked.query, asked.filters, asked.kind, newest_first=True)
    written = atom(
        title=f"{title} · Dateline",
        hits=list(islice(hits, MOST_ENTRIES)),
        feed=address,
        page=asked.address(_external=True),
        root=request.host_url,
    )
    return Response(written, mimetype="application/atom+xml")
