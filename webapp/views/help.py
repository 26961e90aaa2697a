"""What Dateline is, how it marks and searches, and its keys."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from webapp.search.query import FIELDS
from webapp.views.htmx import render
from webapp.views.reader import COOKIE_SECONDS

blueprint = Blueprint("help", __name__)

KEYS = (
    ("/", "search"),
    ("n", "next lit mark"),
    ("p", "previous lit mark"),
    ("s", "speakers on or off"),
    ("c", "countries on or off"),
    ("q", "quotes on or off"),
    ("j", "next article, the older one"),
    ("k", "previous article, the newer one"),
    ("?", "this page"),
    ("Esc", "clear what is lit"),
)


@blueprint.get("/help")
def help() -> Response:
    choice = request.args.get("keys")
    if choice in ("on", "off"):
        response = redirect(url_for("help.help", _anchor="keys"))
        response.set_cookie("keys", choice, max_age=COOKIE_SECONDS, samesite="Lax", httponly=True)
        return response
    return render("help", keys=KEYS, fields=FIELDS, live="")


@blueprint.app_context_processor
def _keys() -> dict[str, Any]:
    """Every page says to the script whether the person wants keys."""
    return {"keys_on": request.cookies.get("keys") != "off"}
