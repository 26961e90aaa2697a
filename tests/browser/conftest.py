"""The real pages in the system's Chromium; DATELINE_BROWSER=required: not to be skipped."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from windows import served, window

from webapp import create_app
from webapp.config import Settings
from webapp.library import Library

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# Milliseconds that a test waits for what it expects, on a machine that has much else to do.
expect.set_options(timeout=60_000)
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the system's Chromium is."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    message = "no Chromium is installed: the browser tests need one"
    if os.environ.get("DATELINE_BROWSER") == "required":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def address(filled: Library, articles_home: Path) -> Iterator[str]:
    """The reader on the filled collection."""
    with served(create_app(Settings(articles_home), filled)) as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A window on the filled collection."""
    with window(browser, address) as opened:
        yield opened


@pytest.fixture
def own_page(browser: Browser, library: Library, home: Path) -> Iterator[Page]:
    """A window on an empty collection that the test may change."""
    app = create_app(Settings(home), library)
    with served(app) as address, window(browser, address) as opened:
        yield opened
    app.extensions["inbox"].join()
