"""Correcting an article, removing it, and bringing it back."""

from collections.abc import Mapping
from dataclasses import asdict

from flask import Blueprint, redirect, url_for
from htmx_flask import request
from werkzeug import Response

from webapp.errors import BadCorrection
from webapp.importing.corrections import Typed, corrected, typed
from webapp.model import Article
from webapp.views.htmx import library, render, wants_fragment
from webapp.views.reader import article_url

blueprint = Blueprint("editing", __name__)

MOST_SHOWN = 200
"""Removed articles on their page, the last ones."""


@blueprint.get("/articles/<int(max=2147483647):article_id>/edit")
def edit(article_id: int) -> Response:
    article = library().article(article_id).article
    return _form(article, typed(article))


@blueprint.post("/articles/<int(max=2147483647):article_id>/edit")
def save(article_id: int) -> Response:
    article = library().article(article_id).article
    sent = {name: request.form.get(name, shown) for name, shown in asdict(typed(article)).items()}
    told = Typed(**sent)
    try:
        right = corrected(article, told)
    except BadCorrection as error:
        return _form(article, told, error.problems)
    library().edit(right)
    return redirect(article_url(right), 303)


def _form(article: Article, told: Typed, problems: Mapping[str, str] | None = None) -> Response:
    status = 400 if problems else 200
    return render("edit", status, article=article, told=told, problems=problems or {}, live="")


@blueprint.post("/articles/<int(max=2147483647):article_id>/remove")
def remove(article_id: int) -> Response:
    """To the list, which offers to undo it."""
    library().remove(article_id)
    return redirect(url_for("reader.index", removed=article_id), 303)


@blueprint.get("/removed")
def removed() -> Response:
    return _removed()


@blueprint.post("/articles/<int(max=2147483647):article_id>/bring-back")
def bring_back(article_id: int) -> Response:
    """To the article; from the page of what was removed one can go on there, with the next one."""
    before = [one.id for one in library().removed()]
    library().bring_back(article_id)
    article = library().article(article_id).article
    if wants_fragment():
        return _removed(f"“{article.title}” is back", before.index(article_id))
    return redirect(article_url(article), 303)


def _removed(live: str = "", place: int | None = None) -> Response:
    """The keys go to what is at this place of the list now, if they went to one."""
    known = library().removed()
    shown, more = known[:MOST_SHOWN], len(known[MOST_SHOWN:])
    focus = None if place is None else min(place, len(shown) - 1)
    return render("removed", removed=shown, more=more, focus=focus, live=live)
