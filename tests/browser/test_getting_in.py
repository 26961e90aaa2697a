"""Adding articles as a person does: dropping files, looking at the preview, correcting, saving."""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from webapp.model import Article

HARVEST = """Kenya counts its maize twice

By Ruth Achieng, Lake Journal
3 March 2026

NAIROBI, Kenya (Lake Journal) - The first count was wrong. "We forgot a whole valley," said Peter
Odhiambo, who counts maize for the ministry.
"""
PAGE_HTML = """<html><head><title>Malta moves its oldest crane</title>
<meta property="og:site_name" content="Harbour Times"></head><body><nav>Home News</nav><article>
<h1>Malta moves its oldest crane</h1><p>VALLETTA - The crane was built in 1881 and has stood idle
since 1974, when the dockyard went over to newer machines that were quicker and far less loud.</p>
<p>"It will be the first thing that ships see," said Carmen Vella, an engineer who has looked after
it for thirty years and has written two books about the harbour cranes of Malta and of Sicily.</p>
<p>The move takes four days. On the first the crane is taken apart; on the last it stands again, at
the mouth of the harbour, where nobody needs it and all can see it.</p></article></body></html>
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "harvest.txt").write_text(HARVEST)
    (folder / "crane.html").write_text(PAGE_HTML)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing else")
    return sorted(folder.iterdir())


def choose(page: Page, paths: Path | list[Path]) -> None:
    """Have files read on the page Add."""
    page.goto("/add")
    page.set_input_files("#files", paths)
    page.get_by_role("button", name="Read").click()


def paste(page: Page, text: str) -> None:
    """Have a text, or an address, read on the page Add."""
    page.goto("/add")
    page.get_by_label("Paste a text").fill(text)
    page.get_by_role("button", name="Read").click()


def drop(page: Page, target: str, paths: list[Path]) -> None:
    """Drop files as a hand does: Chromium is told where the pointer lets go of them."""
    box = page.locator(target).bounding_box()
    assert box
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    held = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, **point, "data": held})


def test_three_files_are_dropped_corrected_saved_and_read(
    own_page: Page, files: list[Path]
) -> None:
    page = own_page
    page.goto("/")
    page.get_by_role("link", name="Add", exact=True).click()
    drop(page, "#files", files)
    page.get_by_role("button", name="Read").click()
    expect(page.get_by_role("button", name="Save 2 articles")).to_be_visible()
    expect(page.locator("main")).to_contain_text("broken.pdf")
    expect(page.locator(".problem")).to_contain_text("damaged or cut off")
    assert Axe().run(page).violations_count == 0

    page.get_by_role("link", name="Correct Kenya counts its maize twice").click()
    expect(page.get_by_label("Author")).to_have_value("Ruth Achieng")
    expect(page.get_by_label("Date")).to_have_value("2026-03-03")
    assert Axe().run(page).violations_count == 0
    page.get_by_label("Title").fill("Kenya counts its maize a second time")
    page.get_by_role("button", name="Keep these changes").click()
    expect(page.locator("main")).to_contain_text("Kenya counts its maize a second time")

    page.get_by_role("button", name="Save 2 articles").click()
    expect(page.locator("#section-new")).to_have_text(re.compile("Saved 2"))
    expect(page.locator("#live")).to_have_text("2 articles saved")
    assert Axe().run(page).violations_count == 0
    page.get_by_role("link", name="Kenya counts its maize a second time").click()
    expect(page.locator("h1")).to_have_text("Kenya counts its maize a second time")
    expect(page.locator("#lens")).to_contain_text("Peter Odhiambo")


def test_a_correction_is_given_up(own_page: Page, files: list[Path]) -> None:
    page = own_page
    choose(page, files)
    page.get_by_role("link", name="Correct Kenya counts its maize twice").press("Enter")
    page.get_by_label("Title").fill("Typed and given up")
    page.get_by_role("link", name="Cancel").press("Enter")
    expect(page.get_by_label("Title")).to_have_count(0)
    expect(page.locator(".drafts")).to_contain_text(["Kenya counts its maize twice", "broken.pdf"])
    expect(page.get_by_role("link", name="Correct Kenya counts its maize twice")).to_be_focused()


def test_what_is_typed_is_not_lost_when_all_are_saved(own_page: Page, files: list[Path]) -> None:
    page = own_page
    choose(page, files)
    page.get_by_role("link", name="Correct Kenya counts its maize twice").click()
    page.get_by_label("Title").press_sequentially(", typed")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("button", name="Save 2 articles").click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Keep these changes").click()
    expect(page.locator("main")).to_contain_text(", typed")
    assert asked == ["beforeunload"]


def test_progress_is_shown_while_articles_are_saved(own_page: Page, tmp_path: Path) -> None:
    page = own_page
    lines = [f'{{"title": "Tide {n}", "text": "The tide came at {n} in Oslo."}}' for n in range(60)]
    (tmp_path / "tides.jsonl").write_text("\n".join(lines))
    choose(page, tmp_path / "tides.jsonl")
    page.get_by_role("button", name="Save 60 articles").click()
    expect(page.locator("progress")).to_be_visible()
    expect(page.locator(".progress")).to_contain_text("of 60")
    page.goto("/")  # leaving does not stop it
    page.goto("/add")
    page.get_by_role("link", name="tides.jsonl").click()
    expect(page.locator("#section-new")).to_have_text(re.compile("Saved 60"))


def test_an_address_that_cannot_be_had_is_told(own_page: Page) -> None:
    page = own_page
    paste(page, "http://10.0.0.1/secret")
    expect(page.locator(".problem")).to_be_visible()
    expect(page.locator("main")).to_contain_text("http://10.0.0.1/secret")


def test_the_preview_shows_the_whole_text(own_page: Page) -> None:
    page = own_page
    body = "\n\n".join(f"Valley {n} was counted, and so was the one behind it." for n in range(40))
    paste(page, f"{HARVEST}\n{body}")
    text = page.get_by_label("Text", exact=True)
    expect(text).to_have_value(re.compile("Valley 39"))
    assert text.evaluate("e => e.scrollHeight <= e.clientHeight")
    expect(page.get_by_role("button", name="Save article")).to_be_in_viewport()
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_label("Time").fill("14:05 +00:00")
    assert page.get_by_label("Time").evaluate("e => e.scrollWidth <= e.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(page).violations_count == 0


def test_the_keys_go_to_the_form_that_corrects(own_page: Page, files: list[Path]) -> None:
    page = own_page
    choose(page, files)
    page.get_by_role("link", name="Correct Kenya counts its maize twice").press("Enter")
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Author")).to_be_focused()


def test_the_keys_go_on_at_what_else_was_removed(own_page: Page, files: list[Path]) -> None:
    page = own_page
    choose(page, files[1:])
    page.get_by_role("button", name="Save 2 articles").click()
    expect(page.locator("#section-new")).to_be_visible()
    for number in (1, 2):
        page.goto(f"/articles/{number}")
        page.get_by_role("button", name="Remove").click()
    page.goto("/removed")
    page.get_by_role("button", name=re.compile("Bring back Kenya")).press("Enter")
    expect(page.get_by_role("button", name=re.compile("Bring back Malta"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="To the articles")).to_be_focused()


def test_a_slow_reading_is_told_and_stopped(
    own_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = own_page
    go_on = Event()

    def slow(*_: object) -> Iterator[tuple[str, Article]]:
        yield "rain.txt", Article("Rain", "Rain\n\nIt rained.")
        go_on.wait(60)
        yield "snow.txt", Article("Snow", "Snow\n\nIt snowed.")

    monkeypatch.setattr("webapp.inbox.read", slow)
    paste(page, HARVEST)
    expect(page.locator(".about")).to_have_text(re.compile("^reading 2.. Bytes: 1 article so far"))
    assert Axe().run(page).violations_count == 0
    stop = page.get_by_role("button", name="Stop")
    stop.focus()
    with page.expect_response(re.compile(r"/add/\d+$")):
        pass  # the page was brought up to date
    expect(stop).to_be_focused()
    stop.press("Enter")
    expect(page.locator("main")).to_contain_text("You stopped it.")
    go_on.set()
    page.get_by_role("button", name="Save article").click()
    expect(page.locator("#section-new")).to_have_text(re.compile("Saved 1"))
