"""Feeds while they are fetched, and articles that are removed and brought back."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from axe_playwright_python.sync_playwright import Axe
from local_server import HERE, Handler, Server
from local_server import page as answer
from playwright.sync_api import Browser, Page, expect
from windows import served, window

from webapp import create_app
from webapp.config import Settings
from webapp.importing.visitor import Visitor
from webapp.library import Library
from webapp.model import Article
from webapp.subscriptions import Fetching

FEED = (
    b'<rss version="2.0"><channel><title>Harbour Courier</title>'
    b"<item><title>The crane of Ancona</title><link>/crane</link></item></channel></rss>"
)


@pytest.fixture
def go() -> Event:
    """Until it is set the page of the feed's entry keeps its reader waiting."""
    return Event()


@pytest.fixture
def following(
    browser: Browser,
    library: Library,
    home: Path,
    server: Server,
    go: Event,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Page]:
    """A window on a reader that may fetch from this machine, without waiting."""
    monkeypatch.setattr("webapp.subscriptions.Visitor", partial(Visitor, sleep=lambda _: None))

    def crane(handler: Handler) -> None:
        go.wait(60)
        handler.give(404)

    server.pages |= {
        "/robots.txt": answer(404),
        "/feed.xml": answer(200, FEED),
        "/none": answer(404),
        "/crane": crane,
    }
    app = create_app(Settings(home), library)
    app.extensions["fetching"] = fetching = Fetching(library, HERE)
    with served(app) as address, window(browser, address) as opened:
        yield opened
        go.set()
        fetching.join()


def test_what_is_typed_stays_while_feeds_are_fetched(
    following: Page, server: Server, go: Event
) -> None:
    page = following
    page.goto("/feeds")
    box = page.get_by_label("The address of an RSS or Atom feed")
    box.fill(server.at("/feed.xml"))
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#kept-feeds")).to_contain_text("0 of 1 new entry read")
    box.fill(server.at("/none"))
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("alert").first).to_contain_text("404")
    box.fill("https://typed.example/feed")
    for _ in range(2):
        with page.expect_response("**/feeds"):
            pass
    expect(box).to_have_value("https://typed.example/feed")
    expect(box).to_be_focused()
    expect(page.get_by_role("alert").first).to_contain_text("404")
    page.get_by_role("button", name="Remove Harbour Courier").focus()
    with page.expect_response("**/feeds"):
        pass
    expect(page.get_by_role("button", name="Remove Harbour Courier")).to_be_focused()
    assert Axe().run(page).violations_count == 0
    go.set()
    expect(page.locator("#kept-feeds")).to_contain_text("0 new articles, 1 failed")
    expect(page.locator("#live")).to_have_text("The feeds were fetched")
    expect(box).to_have_value("https://typed.example/feed")


@pytest.fixture
def three(library: Library) -> list[int]:
    """The ids of three articles."""
    added = [library.add(Article(f"Rain {n}", f"Rain {n}\n\nIt rained in Iraq.")) for n in "abc"]
    library.catch_up()
    return [article_id for article_id in added if article_id]


def test_the_focus_goes_on_to_the_next_article_that_can_come_back(
    own_page: Page, library: Library, three: list[int]
) -> None:
    for article_id in three:
        library.remove(article_id)
    page = own_page
    page.goto("/removed")
    page.get_by_role("button", name="Bring back Rain b").press("Enter")
    expect(page.get_by_role("button", name="Bring back Rain a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Bring back Rain c")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="To the articles")).to_be_focused()


def test_a_removed_article_can_be_brought_back_at_its_address(
    own_page: Page, library: Library, three: list[int]
) -> None:
    page = own_page
    page.goto(f"/articles/{three[0]}")
    library.remove(three[0])
    page.locator("a.country", has_text="Iraq").first.click()
    expect(page.get_by_role("alert").first).to_contain_text("“Rain a” was removed.")
    page.reload()
    expect(page.locator("h1")).to_have_text("Rain a")
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Bring back Rain a").click()
    expect(page.locator(".text")).to_contain_text("It rained in Iraq.")


def test_going_back_after_undo_does_not_offer_it_again(own_page: Page, three: list[int]) -> None:
    page = own_page
    page.goto(f"/articles/{three[0]}")
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("h1")).to_have_text("Rain a")
    page.go_back()
    expect(page).to_have_url(f"/?removed={three[0]}")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
