"""Feeds that are kept: the page that lists them, keeps further ones and fetches what is new."""

from typing import cast

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug import Response

from webapp.days import utc_now
from webapp.errors import BadInput, NotFound
from webapp.subscriptions import UNFINISHED, Fetching
from webapp.views.htmx import render, wants_fragment

blueprint = Blueprint("following", __name__)


def fetching() -> Fetching:
    """What fetches the feeds of the collection that this application serves."""
    return cast(Fetching, current_app.extensions["fetching"])


@blueprint.get("/feeds")
def index() -> Response:
    return _index()


@blueprint.post("/feeds")
def add() -> Response:
    """Keep a feed and fetch it."""
    try:
        feed, _ = fetching().subscriptions().add(request.form.get("address", "").strip())
    except BadInput as error:
        return _index(str(error), 400)
    fetching().start([feed.address])
    return redirect(url_for("following.index"), 303)


@blueprint.post("/feeds/fetch")
def fetch() -> Response:
    """Take what is new in the feeds that are named, or in all."""
    try:
        fetching().start(request.form.getlist("address"))
    except NotFound as error:
        return _index(str(error), 404)
    return redirect(url_for("following.index"), 303)


@blueprint.post("/feeds/remove")
def remove() -> Response:
    fetching().subscriptions().remove(request.form.get("address", ""))
    return redirect(url_for("following.index"), 303)


def _index(problem: str = "", status: int = 200) -> Response:
    now, waiting = fetching().now, tuple(fetching().waiting)
    feeds = fetching().subscriptions().every()
    ended = wants_fragment() and not now  # a page asks for the fragment until it has
    return render(
        "feeds",
        status,
        feeds=feeds,
        now=next((feed for feed in feeds if feed.address == now), None),
        busy=bool(now),
        waiting=waiting,
        unfinished_told=UNFINISHED,
        unfinished=[feed for feed in feeds if feed.begun and feed.address not in (now, *waiting)],
        progress=dict(fetching().progress),
        at=utc_now(),
        problem=problem,
        failed=fetching().problem,
        typed=request.form.get("address", ""),
        live="The feeds were fetched" if ended else "",
    )
