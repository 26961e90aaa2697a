"""Headers that keep a page from running or loading anything but our own files; and no request from
another site may change anything."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def init_app(app: Flask) -> None:
    app.before_request(_from_our_pages)
    app.after_request(_headers)


def _from_our_pages() -> None:
    """Refuse what would change something unless the browser says that our own page sends it.

    There are no cookies that give rights, so no token would prove more. Browsers leave
    Sec-Fetch-Site out where the address is neither https nor this machine; Origin they always send.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", "")
    if site != "same-origin" and (site or urlsplit(origin).netloc != request.host):
        abort(403)


def _headers(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return response
