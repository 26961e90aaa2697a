"""A quote's own address leads to its place in the article, lit; what was searched stays marked."""

from flask import Blueprint, redirect, request
from werkzeug import Response

from webapp.views.htmx import library
from webapp.views.reader import article_url

blueprint = Blueprint("quotes", __name__)


@blueprint.get("/quotes/<int(max=2147483647):quote_id>")
def quote(quote_id: int) -> Response:
    view = library().quote(quote_id)
    found, query = view.found.quote(quote_id), request.args.get("q") or None
    if found is None:
        # A newer annotator no longer sees it as a quote; its article is still the right place.
        return redirect(article_url(view.article, q=query))
    anchor = f"m{found.span.start}"
    return redirect(article_url(view.article, lit=f"quote:{quote_id}", q=query, _anchor=anchor))
