"""What Dateline is, how it marks and searches, and its keys."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from webapp.views.following import fetching
from webapp.views.htmx import render
from webapp.views.reader import COOKIE_SECONDS

blueprint = Blueprint("help", __name__)

KEYS = (
    ("/", "search"),
    ("n", "next lit mark, or next hit of a search"),
    ("p", "previous lit mark, or previous hit"),
    ("s", "speakers on or off"),
    ("c", "countries on or off"),
    ("q", "quotes on or off"),
    ("j", "next article, the older one"),
    ("k", "previous article, the newer one"),
    ("?", "this page"),
    ("Esc", "clear what is lit"),
)

QUERIES = (
    ("storm warning", "both words, in any form (“storms”, “warned”)"),
    ("storm OR flood", "either; also with |"),
    ("storm -flood", "the first without the second; also NOT"),
    ("(storm OR flood) rain", "rain, and one of the two"),
    ('"storm warning"', "exactly this phrase"),
    ('"storm warning"~5', "both words, at most five words apart, in any order"),
    ("govern*", "words that begin so; three letters or more"),
    ("goverment~", "words that differ by one letter"),
    ("tariff /s china", "both in one sentence; /p: in one paragraph"),
)
FIELDS = (
    ("title:storm", "in the headline"),
    ('text:"high water"', "in the text"),
    ("said:tariffs", "in the words of a quote"),
    ("by:yellen", "a quote by this speaker"),
    ("about:china", "a quote that names this country"),
    ("kind:direct", "a quote of this kind: direct, mixed or indirect"),
    ('speaker:"Anna Kovac"', "somebody of this name speaks"),
    ("country:IQ", "a country is named: by code, name or people (iraq, iraqi)"),
    ('source:"harbour courier"', "the paper or agency"),
    ("author:vermeulen", "who wrote it"),
    ("date:2026-03", "a day, month or year; 2026-03..2026-05, 2026.., >=2026"),
    ("lang:en", "the language"),
)


@blueprint.get("/help")
def help() -> Response:
    choice = request.args.get("keys")
    if choice in ("on", "off"):
        response = redirect(url_for("help.help", _anchor="keys"))
        response.set_cookie("keys", choice, max_age=COOKIE_SECONDS, samesite="Lax", httponly=True)
        return response
    may_fetch = fetching().may_fetch
    return render("help", keys=KEYS, queries=QUERIES, fields=FIELDS, may_fetch=may_fetch, live="")


@blueprint.app_context_processor
def _keys() -> dict[str, Any]:
    """Every page says to the script whether the person wants keys."""
    return {"keys_on": request.cookies.get("keys") != "off"}
