"""A page and its fragment have one address: an htmx request gets the fragment alone."""

from typing import Any, cast

from flask import Flask, Response, current_app, make_response, render_template
from htmx_flask import request

from webapp.library import Library


def init_app(app: Flask) -> None:
    app.after_request(_vary)


def library() -> Library:
    """The collection that this application serves."""
    return cast(Library, current_app.extensions["library"])


def wants_fragment() -> bool:
    """Whether htmx asks for a part of the page. Going back in history needs all of it."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def render(name: str, status: int = 200, **context: Any) -> Response:
    """`pages/<name>.html`, or to htmx the `fragments/<name>.html` that it includes."""
    folder = "fragments" if wants_fragment() else "pages"
    html = render_template(f"{folder}/{name}.html", is_fragment=wants_fragment(), **context)
    return make_response(html, status)


def _vary(response: Response) -> Response:
    response.vary.update(["HX-Request", "HX-History-Restore-Request"])
    return response
