"""Saved searches: the page that lists them, saving and deleting, and a feed of each."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from webapp.errors import BadInput
from webapp.model import SavedSearch
from webapp.views import exports
from webapp.views.asking import Asked, read_asked, saved_asked
from webapp.views.facets import Chip, chips
from webapp.views.htmx import library, render

blueprint = Blueprint("saved", __name__)


@dataclass(frozen=True, slots=True)
class Line:
    """A saved search on the page: what it asks for and how many hits are new."""

    name: str
    asked: Asked
    chips: list[Chip]
    new: int


@blueprint.get("/saved")
def index() -> Response:
    return render("saved", lines=[_line(search) for search in library().saved()], live="")


def _line(kept: tuple[SavedSearch, int]) -> Line:
    search, new = kept
    asked = saved_asked(search)
    return Line(search.name, asked, chips(library(), asked), new)


@blueprint.post("/saved")
def save() -> Response:
    asked, name = read_asked(request.form), " ".join(request.form.get("name", "").split())
    if "/" in name or "\\" in name or not name.strip("."):
        raise BadInput("A search is saved under a name without / or \\, such as “Storms”.")
    library().save(name, asked.query, asked.filters, asked.kind)
    return redirect(url_for("saved.index"), 303)


@blueprint.get("/saved/<name>")
def show(name: str) -> Response:
    """The results, newest first; from now on what is there is no longer new."""
    asked = saved_asked(library().saved_search(name))
    library().looked(name)
    return redirect(asked.address())


@blueprint.post("/saved/<name>/delete")
def delete(name: str) -> Response:
    library().forget(name)
    return redirect(url_for("saved.index"), 303)


@blueprint.get("/saved/<name>/feed.atom")
def feed(name: str) -> Response:
    """The newest hits as Atom. Reading it is not looking: they stay new on the page."""
    asked = saved_asked(library().saved_search(name))
    return exports.feed(asked, name, url_for("saved.feed", name=name, _external=True))
