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
    told, problems = _sent(typed(article))
    try:
        right = corrected(article, told)
    except BadCorrection as error:
        problems |= error.problems
    if problems:
        return _form(article, told, problems)
    library().edit(right)
    return redirect(article_url(right), 303)


def _sent(now: Typed) -> tuple[Typed, dict[str, str]]:
    """What the article is to be, and what cannot be decided: a field that was corrected here, and
    since the form was shown elsewhere. What was not touched here stays as it is now."""
    told, problems = {}, {}
    for name, value in asdict(now).items():
        shown = request.form.get(f"shown-{name}", value)
        told[name] = sent = request.form.get(name, shown)
        if sent == shown:
            told[name] = value
        elif value not in (shown, sent):
            there = f"“{value}”" if value else "nothing"
            problems[name] = f"It was corrected to {there} elsewhere. Save again to have yours."
    return Typed(**told), problems


def _form(article: Article, told: Typed, problems: Mapping[str, str] | None = None) -> Response:
    return render(
        "edit",
        400 if problems else 200,
        article=article,
        told=told,
        shown=asdict(typed(article)),
        problems=problems or {},
        live="",
    )


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
    place = next((n for n, one in enumerate(library().removed()) if one.id == article_id), 0)
    library().bring_back(article_id)
    article = library().article(article_id).article
    if wants_fragment():
        return _removed(place, live=f"“{article.title}” is back")
    return redirect(article_url(article), 303)


def _removed(focus: int | None = None, live: str = "") -> Response:
    """`focus` is the place in the list that is to have it: the button that had it is gone."""
    known = library().removed()
    shown, more = known[:MOST_SHOWN], len(known[MOST_SHOWN:])
    if focus is not None:
        focus = min(focus, len(shown) - 1)
    return render("removed", removed=shown, more=more, focus=focus, live=live)
