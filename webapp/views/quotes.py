"""Quotes: the list of them, one wording in all articles, and the place of one in its article."""

from flask import Blueprint, redirect, request
from werkzeug import Response

from webapp.catalogue import wordings
from webapp.views.asking import read_asked
from webapp.views.htmx import library, render
from webapp.views.reader import article_url
from webapp.views.search import found

blueprint = Blueprint("quotes", __name__)
blueprint.add_app_template_filter(wordings.words, "whole_words")


@blueprint.get("/quotes")
def index() -> Response:
    return found(read_asked(request.args, "quotes"))


@blueprint.get("/quotes/<int(max=2147483647):quote_id>")
def quote(quote_id: int) -> Response:
    """Leads to its place, lit; what was searched stays marked."""
    view = library().quote(quote_id)
    found, query = view.found.quote(quote_id), request.args.get("q") or None
    if found is None:
        # A newer annotator no longer sees it as a quote; its article is still the right place.
        return redirect(article_url(view.article, q=query))
    anchor = f"m{found.span.start}"
    return redirect(article_url(view.article, lit=f"quote:{quote_id}", q=query, _anchor=anchor))


@blueprint.get("/quotes/<int(max=2147483647):quote_id>/wording")
def wording(quote_id: int) -> Response:
    return render("wording", wording=wordings.wording(library(), quote_id), live="")
