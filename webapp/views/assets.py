"""The browser's htmx, served from the package that carries it; static addresses with versions."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

from flask import Flask, Response, send_from_directory, url_for


@cache
def htmx_folder() -> Path:
    """Where django-js-lib-htmx keeps the released file; found without importing Django parts."""
    spec = find_spec("js_lib_htmx")
    if spec is None or spec.origin is None:
        raise RuntimeError("django-js-lib-htmx is not installed; install Dateline again.")
    return Path(spec.origin).parent / "static" / "htmx"


def init_app(app: Flask) -> None:
    app.add_url_rule("/static/htmx.js", "htmx_js", _htmx)
    app.add_template_global(lambda name: _versioned(app, name), "asset")


def _htmx() -> Response:
    return send_from_directory(htmx_folder(), "htmx.min.js")


def _versioned(app: Flask, name: str) -> str:
    """The address of a static file, changing with its content so that caches let go of it."""
    if name == "htmx.js":
        return url_for("htmx_js", v=_version(htmx_folder() / "htmx.min.js"))
    return url_for("static", filename=name, v=_version(Path(app.static_folder or "") / name))


@cache
def _version(path: Path) -> str:
    return f"{crc32(path.read_bytes()):08x}"
