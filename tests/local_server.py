"""A web server on this machine that answers as a test says."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from webapp.importing.fetch import Policy

HERE = Policy(allow_private=True, allowed_ports=None, seconds=5)
PUBLIC = "93.184.216.34"
PAGE = b"<p>News.</p>"

Names = dict[str, list[str]]
Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers each path with the function of that path."""

    pages: dict[str, Answer]
    seen: list[dict[str, str]]

    def do_GET(self) -> None:
        self.seen.append(dict(self.headers) | {"path": self.path})
        self.pages[self.path](self)

    def give(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        headers = {"Content_Length": str(len(body))} | headers
        for name, value in headers.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def page(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    return lambda handler: handler.give(status, body, **headers)


def to(location: str, status: int = 302) -> Answer:
    return page(status, Location=location)


class Server:
    """One on this machine; `pages` can be added to."""

    def __init__(self, tls: tuple[Path, Path] | None = None) -> None:
        self.pages: dict[str, Answer] = {"/": page(200, PAGE, Content_Type="text/html")}
        self.seen: list[dict[str, str]] = []
        handler = type("Here", (Handler,), {"pages": self.pages, "seen": self.seen})
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.http.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that hangs up is no error here
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.port = self.http.server_port

    def at(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @contextmanager
    def running(self) -> Iterator["Server"]:
        thread = threading.Thread(target=self.http.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            self.http.shutdown()
            thread.join()
            self.http.server_close()
