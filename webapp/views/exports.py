"""A result to take along, as a file."""

from collections.abc import Iterator
from itertools import chain, islice

from flask import Blueprint, request
from werkzeug import Response

from webapp.errors import NotFound
from webapp.exporting import FORMATS
from webapp.model import Hit, QuoteHit
from webapp.views.asking import Asked, read_asked
from webapp.views.htmx import library
from webapp.views.slugs import slugify

blueprint = Blueprint("exports", __name__)

MOST_EXPORTED = 10_000


@blueprint.get("/search/export.<ending>")
def export(ending: str) -> Response:
    """All that a search finds, up to MOST_EXPORTED, written while it is being read."""
    form = next((form for form in FORMATS.values() if form.ending == ending), None)
    if form is None:
        raise NotFound("A result can be had as csv, json or md.")
    asked = read_asked(request.args)
    response = Response(form.write(_hits(asked), request.host_url), content_type=form.media_type)
    name = f"dateline-{asked.kind}{_about(asked)}.{form.ending}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _hits(asked: Asked) -> Iterator[Hit | QuoteHit]:
    hits = library().every_hit(
        asked.query, asked.filters, asked.kind, asked.newest_first, asked.recency
    )
    # What can go wrong does so at the first one, while an error can still be a page.
    return chain(list(islice(hits, 1)), islice(hits, MOST_EXPORTED - 1))


def _about(asked: Asked) -> str:
    return f"-{slugify(asked.query)[:40].strip('-')}" if asked.query else ""
