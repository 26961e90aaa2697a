"""A quote to take along: how one cites it, in several styles, on a page and as files."""

from dataclasses import dataclass

from flask import Blueprint, request
from werkzeug import Response

from webapp.catalogue import quotes
from webapp.citing import Citation, cite
from webapp.errors import NotFound
from webapp.exporting import STYLES, Style
from webapp.views.htmx import library, render

blueprint = Blueprint("citing", __name__)


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as a style writes it."""

    style: Style
    text: str


@blueprint.get("/quotes/<int(max=2147483647):quote_id>/cite")
def page(quote_id: int) -> Response:
    hit = quotes.get(library(), quote_id)
    citation = cite(hit, request.host_url)
    written = [Cited(style, _written(style, citation)) for style in STYLES.values()]
    return render("cite", hit=hit, citation=citation, written=written, live="")


@blueprint.get("/quotes/<int(max=2147483647):quote_id>/cite.<ending>")
def file(quote_id: int, ending: str) -> Response:
    style = next((style for style in STYLES.values() if style.ending == ending), None)
    if style is None:
        endings = ", ".join(style.ending for style in STYLES.values())
        raise NotFound(f"A citation can be had as one of these: {endings}.")
    citation = cite(quotes.get(library(), quote_id), request.host_url)
    response = Response(_written(style, citation), content_type=style.media_type)
    name = f"{citation.key}.{ending}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _written(style: Style, citation: Citation) -> str:
    return "".join(style.write([citation]))
