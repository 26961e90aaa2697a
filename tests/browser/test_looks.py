"""Every page: accessible, usable on a phone and in the dark, printable."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support import article_path

from webapp.library import Library

PAGES = [
    "list",
    "article",
    "lit",
    "quote",
    "search",
    "quotes",
    "wording",
    "nothing",
    "values",
    "saved",
    "speakers",
    "speaker",
    "role",
    "countries",
    "country",
    "matrix",
    "matrix of one",
    "sides",
    "times",
    "cite",
    "api",
    "edit",
    "removed",
    "compared",
    "add",
    "feeds",
    "help",
    "missing",
]


def open_page(page: Page, name: str, library: Library) -> None:
    article = article_path(library, 'title:"lock keepers"')
    quote = library.article(int(article.split("/")[-1])).found.quotes[0].id
    repeated = library.search("said:silo", kind="quotes").quotes[0].quote.id
    wire = article_path(library, 'source:"meridian wire" silo')
    copy = library.article(int(wire.split("/")[-1])).alike[0]
    page.goto(
        {
            "list": "/",
            "article": article,
            "lit": f"{article}?lit=speaker:anna-kovac&lit=country:BE&q=keepers",
            "quote": f"/quotes/{quote}",
            "search": "/search?q=the&country=IQ",
            "quotes": "/quotes?q=lock&not-about=FR&since=2020-01-01",
            "wording": f"/quotes/{repeated}/wording",
            "nothing": "/search?q=zeppelin",
            "values": "/search/values?q=the&facet=speaker&having=a",
            "saved": "/saved",
            "speakers": "/speakers?q=a&sort=name",
            "speaker": "/speakers/yusef-al-karimi",
            "role": "/speakers/yusef-al-karimi/articles?role=Trade+Minister",
            "countries": "/countries?by=quotes",
            "country": "/countries/IQ",
            "matrix": "/matrix?rows=about:TR&since=2024-01-01#whole",
            "matrix of one": "/matrix?about=TR",
            "sides": "/sides?by=yusef-al-karimi&by=selin-karahan&about=IQ",
            "times": "/sides?by=yusef-al-karimi",
            "cite": f"/quotes/{quote}/cite",
            "api": "/api",
            "edit": f"{article}/edit",
            "removed": "/removed",
            "compared": f"{wire}/compared/{copy.id}",
            "add": "/add",
            "feeds": "/feeds",
            "help": "/help",
            "missing": "/nowhere",
        }[name]
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_overflows(
    browser: Browser, address: str, filled: Library, name: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        base_url=address,
        reduced_motion="reduce",
    )
    page = context.new_page()
    open_page(page, name, filled)
    for details in page.locator(".facets details").all():
        details.evaluate("details => { details.open = true }")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_the_lens_is_a_sheet_on_a_phone(page: Page, filled: Library) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    open_page(page, "article", filled)
    summary = page.locator("#lens summary")
    expect(summary).to_be_in_viewport()
    expect(page.locator("#lens .panel")).to_be_hidden()
    summary.click()
    page.click("#lens-anna-kovac")
    expect(page.locator(".card h2")).to_be_in_viewport()
    box = page.locator("#lens").bounding_box()
    assert box is not None
    assert box["y"] > 800 * 0.4
    assert box["y"] + box["height"] <= 801
    summary.click()
    expect(page.locator("#lens .panel")).to_be_hidden()


def test_the_lens_is_always_open_on_a_wide_screen(page: Page, filled: Library) -> None:
    open_page(page, "article", filled)
    expect(page.locator("#lens-anna-kovac")).to_be_visible()
    expect(page.locator("#lens summary")).to_be_hidden()


def test_print_shows_the_text_alone(page: Page, filled: Library) -> None:
    open_page(page, "article", filled)
    page.emulate_media(media="print")
    expect(page.locator(".text h1")).to_be_visible()
    for part in (".site", "#lens", ".pager"):
        expect(page.locator(part).first).to_be_hidden()


def test_forced_colors_keep_marks_apart(page: Page, filled: Library) -> None:
    page.emulate_media(forced_colors="active")
    open_page(page, "lit", filled)
    style = page.locator(".text a.lit").first.evaluate("e => getComputedStyle(e).outlineStyle")
    assert style == "solid"
