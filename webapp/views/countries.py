"""The countries that are named: all of them on a map, and one with what was said about it."""

from collections.abc import Iterable
from functools import partial

from flask import Blueprint, redirect, request, url_for
from markupsafe import Markup
from werkzeug import Response

from webapp.annotation.gazetteer import code_of, short_names
from webapp.catalogue import countries
from webapp.catalogue.countries import Named, Portrait
from webapp.errors import NotFound
from webapp.search import Filters
from webapp.views.asking import Asked
from webapp.views.cards import plural
from webapp.views.htmx import library, render
from webapp.views.months import over_time
from webapp.views.pictures import Point, Table, timeline, world
from webapp.views.slugs import slugify

blueprint = Blueprint("countries", __name__)

MOST = 20
"""Speakers and other countries that are shown; the lists have all."""

SORTS = ("name", "articles", "quotes")

FLAG = ord("🇦") - ord("A")
"""From a letter to the symbol that is half of a flag."""


@blueprint.app_template_filter()
def flag(code: str) -> str:
    """The flag of a country; systems that have none show the letters of its code."""
    return "".join(chr(ord(letter) + FLAG) for letter in code)


@blueprint.get("/countries")
def index() -> Response:
    """All countries: `?by=articles|quotes` shades the map, `&sort=` orders the table."""
    by = "quotes" if request.args.get("by") == "quotes" else "articles"
    sort = request.args.get("sort")
    sort = sort if sort in SORTS else by
    found = by_size(countries.every(library()), sort)
    return render(
        "countries", found=found, by=by, sort=sort, map=_map(found, by), live=f"Shaded by {by}"
    )


def by_size(found: Iterable[Named], sort: str) -> list[Named]:
    """Countries in an order of SORTS."""
    by_name = sorted(found, key=lambda country: slugify(country.name))
    if sort == "name":
        return by_name
    return sorted(by_name, key=lambda country: country.number(sort), reverse=True)


def _map(found: Iterable[Named], by: str) -> Markup:
    return world(
        {country.code: country.number(by) for country in found},
        lambda code: url_for("countries.show", code=code),
        short_names(),
        "Countries by the quotes about them" if by == "quotes" else "Countries by articles",
        "A map of the world. The more there is about a country, the stronger is its shade; each"
        " is a link to its page. The table below has the numbers.",
        noun=by.removesuffix("s"),
    )


@blueprint.get("/countries/<code>")
def show(code: str) -> Response:
    """One country, by its code; other ways to name it lead there."""
    if (known := code_of(code)) != code:
        if known:
            return redirect(url_for("countries.show", code=known))
        raise NotFound(
            "No country goes by that code or name. Codes have two letters, as in /countries/IQ;"
            " the page of all countries lists those that are named."
        )
    found = countries.get(library(), code)
    points = _over_time(found)
    return render(
        "country",
        found=found,
        country=found.country,
        most=MOST,
        asked=Asked(filters=Filters((("country", code),))),
        picture=timeline(points, *_TOLD, noun="article"),
        caption=_caption(found),
        table=Table("Articles over time", ("Published", "Articles"), "article", points),
        live="",
    )


_TOLD = ("Articles over time", "A bar for each month or year, as high as its number of articles.")


def _caption(found: Portrait) -> str:
    """What the bars count, and what they leave out."""
    told = f"Articles that name {found.country.name}, every version of a story counted."
    if not found.undated:
        return told
    return f"{told} {plural(found.undated, 'article')} without a date cannot be shown."


def _over_time(found: Portrait) -> list[Point]:
    """The articles that name a country, each point with a link to its articles."""
    articles = partial(url_for, "search.search", country=found.country.code, versions="all")
    return over_time(found.months, lambda since, until: articles(since=since, until=until))
