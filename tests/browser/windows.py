"""The reader served, and windows on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from playwright.sync_api import Browser, Page
from waitress import create_server, wasyncore

# What Chromium and htmx write to the console when a request fails, as some tests make it do.
TOLD = ("status of", "Response Status", "net::ERR_FAILED", "htmx:afterRequest", "htmx:sendError")


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application, served as `dateline serve` does: its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    # In its own thread, which may just be waiting for what is closed; also what the browser keeps
    # open, which would be blamed on the last test.
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
    thread.join(timeout=5)
    server.task_dispatcher.shutdown()


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
