"""Collections to test on; the doors are public: Library, the pages, the command."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from support import DATA, SHARED, fill

from webapp import create_app
from webapp.config import PACKAGE, Settings
from webapp.library import Library, open_library


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
    """A collection of the three articles in tests/data, and of the samples. Do not change it."""
    made = tmp_path_factory.mktemp("articles")
    fill(made, DATA / "articles", PACKAGE / "samples")
    return made


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
