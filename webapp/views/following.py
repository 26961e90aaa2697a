"""Feeds that are kept: the page that lists them, keeps further ones and fetches what is new."""

import datetime as dt
from typing import cast

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug import Response

from webapp.errors import BadInput
from webapp.subscriptions import Fetching
from webapp.views.htmx import render

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
    fetching().start(request.form.getlist("address"))
    return redirect(url_for("following.index"), 303)


@blueprint.post("/feeds/remove")
def remove() -> Response:
    fetching().subscriptions().remove(request.form.get("address", ""))
    return redirect(url_for("following.index"), 303)


def _index(problem: str = "", status: int = 200) -> Response:
    busy = fetching().is_busy
    return render(
        "feeds",
        status,
        feeds=fetching().subscriptions().every(),
        reports=dict(fetching().reports),
        busy=busy,
        problem=problem or fetching().problem,
        typed=request.form.get("address", ""),
        live="",
    )


@blueprint.app_template_filter()
def local(at: dt.datetime) -> dt.datetime:
    """A time in UTC without a zone, in the zone of this computer."""
    return at.replace(tzinfo=dt.UTC).astimezone()
