"""Collections to test on; the doors are public: Library, the pages, the command."""

import gc
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from collection import made_articles
from flask.testing import FlaskClient
from hypothesis import settings
from local_server import Names, Server
from support import DATA, SHARED, fill

from webapp import create_app
from webapp.config import PACKAGE, Settings
from webapp.library import Library, open_library

# No example has to be quick: the first one of a test loads what it uses, and machines are busy.
# In CI (.ci/run) the examples are the same in each run; everywhere else they are new ones.
settings.register_profile("dateline", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("dateline")


@pytest.fixture
def shared() -> Path:
    """The folder with real texts beside the checkout; without it these tests cannot be run."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: its real texts are needed")
    return SHARED


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    """An empty collection."""
    opened = open_library(Settings(home))
    opened.catch_up()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def articles_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three articles in tests/data, the samples, and those of tests/collection.py.

    Seventy articles, of which the last ones have known quotes. Do not change it.
    """
    home = tmp_path_factory.mktemp("articles")
    made = (made.article for made in made_articles())
    fill(home, DATA / "articles", PACKAGE / "samples", articles=made)
    return home


@pytest.fixture(scope="session")
def filled(articles_home: Path) -> Iterator[Library]:
    opened = open_library(Settings(articles_home))
    yield opened
    opened.close()


@pytest.fixture
def client(filled: Library, articles_home: Path) -> FlaskClient:
    """A browser without JavaScript on the filled collection."""
    return create_app(Settings(articles_home), filled).test_client()


@pytest.fixture
def empty_client(library: Library, home: Path) -> FlaskClient:
    return create_app(Settings(home), library).test_client()


@pytest.fixture
def collected() -> Iterator[None]:
    """What a test left open is let go of before the next test is blamed for it."""
    yield
    gc.collect()


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        yield running


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """What the resolver knows, and nothing else; each list loses its first when it is asked.

    The last one stays.
    """
    known: Names = {}

    def answer(host: str, port: int, **_: object) -> list[Any]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        ips = known[host].pop(0) if len(known[host]) > 1 else known[host][0]
        return [(0, 0, 0, "", (ip, port)) for ip in ips.split()]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return known


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch, server: Server) -> list[str]:
    """The IP addresses that were connected to; the local server answers for each of them."""
    called: list[str] = []
    connect = socket.socket.connect

    def divert(sock: socket.socket, place: tuple[str, int]) -> None:
        called.append(place[0])
        connect(sock, ("127.0.0.1", server.port))

    monkeypatch.setattr(socket.socket, "connect", divert)
    return called
