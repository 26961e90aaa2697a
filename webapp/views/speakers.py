"""The speakers who are quoted: all of them in a list, and one with what they said."""

from functools import partial
from typing import Any, Literal

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from webapp.catalogue import speakers
from webapp.catalogue.speakers import Portrait
from webapp.errors import NotFound
from webapp.search import Filters, Order
from webapp.views.asking import Asked
from webapp.views.cards import plural
from webapp.views.htmx import library, render
from webapp.views.months import over_time
from webapp.views.pictures import Point, Table, timeline

blueprint = Blueprint("speakers", __name__)

ORDERS: tuple[Order, ...] = ("quotes", "name", "latest")

ROLES = 6
"""Roles, the latest ones, that are shown at once."""

BESIDE = 12
"""Of those quoted in the same articles the ones that are shown at once."""


@blueprint.get("/speakers")
def index() -> Response:
    """Those who are quoted: `?q=` has the beginning of a name, `&sort=quotes|name|latest`."""
    having, order = read_list()
    found = speakers.every(library(), having, order, request.args.get("page", 1, type=int))
    return render(
        "speakers",
        found=found,
        having=having,
        order=order,
        sorted_by=partial(_address, having),
        address=partial(_address, having, order),
        live=f"{plural(found.total, 'speaker')} found" if having else "",
    )


def read_list() -> tuple[str, Order]:
    """The beginning of a name, and the order, that an address of the list asks for."""
    order = next((o for o in ORDERS if o == request.args.get("sort")), ORDERS[0])
    return " ".join(request.args.get("q", "").split()), order


def _address(having: str, order: str, page: int = 1) -> str:
    return url_for(
        "speakers.index",
        q=having or None,
        sort=order if order != ORDERS[0] else None,
        page=page if page > 1 else None,
    )


@blueprint.get("/speakers/<slug>")
def show(slug: str) -> Response:
    """One speaker; the slug that an article has for them leads there when it means nobody else."""
    try:
        found = speakers.get(library(), slug)
    except NotFound:
        if person := speakers.slug_of(library(), slug):
            return redirect(url_for("speakers.show", slug=person))
        raise
    points = _over_time(found)
    return render(
        "speaker",
        found=found,
        person=found.person,
        asked=Asked(kind="quotes", filters=Filters((("speaker", slug),)), sort="date"),
        picture=timeline(points, *_TOLD),
        caption=_caption(found),
        roles_shown=ROLES,
        beside_shown=BESIDE,
        table=Table("Quotes over time", ("Published", "Quotes"), "quote", points),
        live="",
    )


_TOLD = ("Quotes over time", "A bar for each month or year, as high as its number of quotes.")


def _caption(found: Portrait) -> str:
    told = f"Quotes of {found.person.name}, in every article that has them."
    if not found.undated:
        return told
    return f"{told} {plural(found.undated, 'quote')} without a date cannot be shown."


def _over_time(found: Portrait) -> list[Point]:
    """The quotes of a speaker, each point with a link to them."""

    def quotes(since: str, until: str) -> str:
        return url_for("quotes.index", by=found.person.slug, since=since, until=until)

    return over_time(found.months, quotes)


@blueprint.get("/speakers/<slug>/articles")
def articles(slug: str) -> Response:
    """The articles that have somebody in one role or under one name: `?role=`, `?name=`."""
    what: Literal["name", "role"] = "role" if "role" in request.args else "name"
    told = request.args.get(what, "")
    found = speakers.having(library(), slug, what, told, request.args.get("page", 1, type=int))

    def address(page: int) -> str:
        state: dict[str, Any] = {what: told, "page": page if page > 1 else None}
        return url_for("speakers.articles", slug=slug, **state)

    return render(
        "speaker_articles",
        found=found,
        person=found.person,
        what=what,
        told=told,
        address=address,
        live="",
    )
