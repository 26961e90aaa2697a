"""The real pages in the system's Chromium; DATELINE_BROWSER=required: not to be skipped."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from waitress import create_server

from webapp import create_app
from webapp.config import Settings
from webapp.library import Library

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# What Chromium and htmx write to the console when a request fails, as some tests make it do.
TOLD = ("status of", "Response Status", "net::ERR_FAILED", "htmx:afterRequest", "htmx:sendError")
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


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application, served as `dateline serve` does: its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    server.task_dispatcher.shutdown()
    for channel in list(server.active_channels.values()):
        channel.handle_close()  # what the browser keeps open would be blamed on the last test
    thread.join(timeout=5)


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


@contextmanager
def window(browser: Browser, address: str) -> Iterator[Page]:
    """A window of 1280 by 800; an error in the console or in a script fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=address)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert [text for text in wrong if not any(told in text for told in TOLD)] == []
