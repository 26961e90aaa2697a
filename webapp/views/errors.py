"""Errors as pages, and as small fragments for htmx: what went wrong and what to do."""

import logging
from http import HTTPStatus

from flask import Flask, jsonify, request
from werkzeug import Response
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.routing import RequestRedirect

from webapp.errors import BadInput, DatelineError, NotFound, Unavailable, WasRemoved
from webapp.model import Removed
from webapp.views.htmx import library, render

log = logging.getLogger(__name__)

_STATUS = {
    BadInput: HTTPStatus.BAD_REQUEST,
    NotFound: HTTPStatus.NOT_FOUND,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}
_SENTENCES = {
    HTTPStatus.NOT_FOUND: (
        "There is no page at this address. Check it, or start from the list of articles."
    ),
    HTTPStatus.FORBIDDEN: (
        "This came from another site, so nothing was changed. Do it on a page of this reader."
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        "This address can only be read. Open it without sending anything."
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("What was sent is too large for this reader. Send less."),
}
_HOST = (
    "This reader does not answer to that host name. Open it by the address that it printed when "
    "it started, or allow the name with --allowed-hosts."
)
_CRASH = (
    "Something went wrong here; it is not your fault. It was logged. "
    "Try again, or go back to the list."
)


def init_app(app: Flask) -> None:
    app.register_error_handler(DatelineError, _told)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _crash)


def _told(error: DatelineError) -> Response:
    status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), HTTPStatus(500))
    known = isinstance(error, WasRemoved) and library().removed_article(error.article_id)
    return _page(status, str(error), known or None)


def _http(error: HTTPException) -> Response:
    if isinstance(error, SecurityError):
        # No page: its links would need the host name that is not trusted.
        return Response(_HOST, HTTPStatus.BAD_REQUEST, mimetype="text/plain")
    if isinstance(error, RequestRedirect):
        return error.get_response()
    status = HTTPStatus(error.code or 500)
    return _page(
        status, _SENTENCES.get(status, f"{status.phrase}. Go back to the list of articles.")
    )


def _crash(error: Exception) -> Response:
    log.error("A request failed.", exc_info=error)
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR, _CRASH)


def _page(status: HTTPStatus, sentence: str, removed: Removed | None = None) -> Response:
    """`removed` is the article that was asked for, when it was removed."""
    if request.path.startswith("/api/"):
        told = jsonify(error=sentence)
        told.status_code = status.value
        return told
    response = render(
        "error",
        status.value,
        code=status.value,
        phrase=status.phrase,
        sentence=sentence,
        removed=removed,
    )
    # The address of what failed must not become the address of the page that stays.
    response.headers["HX-Push-Url"] = response.headers["HX-Replace-Url"] = "false"
    return response
