"""Serve the application with Waitress."""

from collections.abc import Callable

from waitress import create_server

from webapp import create_app
from webapp.config import Settings
from webapp.errors import BadInput
from webapp.library import Library

THREADS = 8


def serve_forever(settings: Settings, library: Library, ready: Callable[[str], object]) -> None:
    """Serve until interrupted; `ready` is told the address once requests are answered.

    Raises BadInput when the address cannot be listened on.
    """
    app = create_app(settings, library)
    try:
        server = create_server(
            app, host=settings.host, port=settings.port, threads=THREADS, ident=None
        )
    except OSError as error:
        raise BadInput(
            f"Cannot listen on {settings.host}:{settings.port}: {error.strerror or error}. "
            "Choose another with --port."
        ) from error
    app.extensions["inbox"].resume()
    ready(f"http://{settings.host}:{getattr(server, 'effective_port', settings.port)}/")
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
