"""Searching as one types: tabs, facets, suggestions, saved searches, from hit to hit."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support import article_path

from webapp.library import Library


def test_results_come_as_one_types(page: Page) -> None:
    page.goto("/search")
    page.evaluate("window.stayed = true")
    page.click("#q")
    page.keyboard.type("alman*")
    expect(page.locator("#results-heading")).to_have_text("1 article for “alman*”")
    expect(page.locator(".lead mark")).to_have_text("almanac")
    expect(page).to_have_url(re.compile(r"/search\?q=alman"))
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.evaluate("window.stayed")
    page.get_by_role("link", name="Lock keepers win a quiet spring").click()
    expect(page.locator(".text mark")).to_have_text("almanac")
    page.go_back()
    expect(page.locator("#results-heading")).to_have_text("1 article for “alman*”")
    expect(page.locator("#q")).to_have_value("alman*")


def test_a_search_from_the_reading_page(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("almanac")
    page.keyboard.press("Enter")
    expect(page.locator("#results-heading")).to_have_text("1 article for “almanac”")


def test_facets_narrow_and_keep_narrowing_while_one_types(page: Page) -> None:
    page.goto("/search?q=said")
    page.locator(".facets a.value", has_text="Iraq").click()
    expect(page).to_have_url(re.compile("country=IQ"))
    expect(page.locator(".chosen")).to_contain_text("Iraq")
    page.fill("#q", "grain")
    expect(page.locator("#results-heading")).to_contain_text("“grain”")
    expect(page).to_have_url(re.compile("q=grain.*country=IQ"))
    page.locator(".chosen a").click()
    expect(page.locator(".chosen")).to_have_count(0)
    page.go_back()
    expect(page.locator(".chosen")).to_contain_text("Iraq")


def test_a_search_that_is_too_long_is_told(page: Page) -> None:
    page.goto("/search")
    page.locator("#q").evaluate("box => box.removeAttribute('maxlength')")
    page.fill("#q", "a" * 2001)
    expect(page.locator("#notice")).to_contain_text("2,001 characters long")
    page.fill("#q", "almanac")
    expect(page.locator("#results-heading")).to_contain_text("1 article")
    expect(page.locator("#notice")).to_be_empty()


def test_tabs_lead_from_articles_to_quotes_and_back(page: Page) -> None:
    page.goto("/search?q=lock&country=BE")
    page.click("#tab-quotes")
    expect(page.locator("#results-heading")).to_contain_text("about Belgium for “lock”")
    expect(page).to_have_url(re.compile(r"/quotes\?q=lock&about=BE"))
    expect(page.locator("#tab-quotes")).to_have_attribute("aria-current", "page")
    page.click("#tab-articles")
    expect(page).to_have_url(re.compile(r"/search\?q=lock&country=BE"))
    page.go_back()
    page.locator(".chosen a").click()
    page.evaluate("window.stayed = true")
    page.fill("#q", "by:kovac")
    expect(page.locator("#results-heading")).to_contain_text("quotes for “by:kovac”")
    assert page.evaluate("window.stayed")
    page.locator(".said .words a").first.click()
    expect(page.locator(".card blockquote")).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=by:kovac#m\d+$"))


def test_a_value_is_left_out_and_taken_back(page: Page) -> None:
    page.goto("/search?q=grain")
    here = page.url
    page.locator("#not-country-IQ").click()
    expect(page).to_have_url(re.compile("not-country=IQ"))
    expect(page.locator(".chosen")).to_contain_text("not Iraq")
    page.get_by_role("link", name="not Iraq").click()
    expect(page).to_have_url(here)


def test_a_value_is_found_by_name(page: Page) -> None:
    page.goto("/search?q=said")
    here = page.url
    expect(page.locator("#values-speaker li")).to_have_count(10)
    page.get_by_label("Find a speaker").press_sequentially("kov")
    expect(page.locator("#values-speaker li")).to_have_count(1)
    expect(page.get_by_label("Find a speaker")).to_be_focused()
    assert page.url == here
    page.locator("#values-speaker .value").click()
    expect(page).to_have_url(re.compile("speaker=anna-kovac"))
    expect(page.locator(".chosen")).to_contain_text("Anna Kovac")


def test_suggestions_are_reached_by_keys(page: Page) -> None:
    page.goto("/")
    page.click("#q")
    links = page.locator("#suggestions a")
    page.keyboard.type("kova")
    expect(links.first).to_have_text(re.compile("Anna Kovac, speaker"))
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("kova")
    page.keyboard.type("c")
    expect(links.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=speaker:%22Anna\\+Kovac%22"))


def test_suggestions_step_aside(page: Page) -> None:
    page.goto("/search?q=lock&country=BE")
    page.click("#q")
    page.keyboard.press("End")
    page.keyboard.type(" alman")
    expect(page.locator("#suggestions")).to_have_text(re.compile("almanac"))
    box, shown = page.locator("#q").bounding_box(), page.locator("#suggestions").bounding_box()
    assert box
    assert shown
    assert shown["y"] >= box["y"] + box["height"]
    page.locator("h1").click(position={"x": 2, "y": 2})
    expect(page.locator("#suggestions")).to_be_hidden()
    page.click("#q")
    page.keyboard.press("End")
    page.keyboard.type("a")
    page.locator("#suggestions a", has_text="almanac").click()
    expect(page).to_have_url(re.compile(r"q=lock\+almanac&country=BE"))
    expect(page.locator("#results-heading")).to_have_text("1 article for “lock almanac”")


def test_no_suggestions_come_after_enter(page: Page) -> None:
    page.goto("/search")
    page.click("#q")
    page.keyboard.type("alman")
    page.keyboard.press("Enter")
    expect(page.locator("#results-heading")).to_contain_text("“alman”")
    page.wait_for_timeout(400)
    expect(page.locator("#suggestions")).to_be_hidden()


def test_a_search_is_saved_and_deleted(page: Page) -> None:
    page.goto("/quotes?q=lock&not-about=FR")
    page.get_by_text("Save or export", exact=True).click()
    page.get_by_label("Save this search as").fill("Locks")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile("/saved$"))
    expect(page.locator(".kept")).to_contain_text("nothing new")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    page.get_by_role("link", name="Locks", exact=True).click()
    expect(page.locator("#results-heading")).to_contain_text("quotes for “lock”")
    expect(page.locator(".chosen")).to_contain_text("not France")
    page.get_by_role("link", name="Saved").click()
    page.get_by_role("button", name="Delete Locks").click()
    expect(page.locator(".empty")).to_contain_text("No search is saved yet")


def test_from_hit_to_hit(page: Page, filled: Library) -> None:
    page.goto(article_path(filled, 'title:"lock keepers"') + "?q=keepers")
    live = page.locator("#live")
    page.get_by_role("link", name="next", exact=True).click()
    expect(page).to_have_url(re.compile("#hit-1$"))
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("#hit-2$"))
    expect(live).to_have_text(re.compile(r"Hit 2 of \d+: keepers"))
    expect(page.locator("#hit-2")).to_be_in_viewport()
    page.keyboard.press("p")
    page.get_by_role("link", name="previous", exact=True).click()
    last = page.locator("mark").last
    expect(last).to_be_in_viewport()
    assert page.url.endswith(f"#{last.get_attribute('id')}")
    page.click("#lens-anna-kovac")
    expect(page.locator(".text a.lit").first).to_be_visible()
    page.go_back()
    expect(page.locator(".text a.lit")).to_have_count(0)


def test_searching_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("/search?q=said")
    page.click("#tab-quotes")
    page.click("#tab-articles")
    page.get_by_label("Find a speaker").fill("kov")
    page.get_by_label("Find a speaker").press("Enter")
    expect(page.locator("h1")).to_have_text("Speakers with “kov”")
    page.locator("#values-speaker .value").click()
    page.locator(".articles h2 a").first.click()
    page.get_by_role("link", name="next", exact=True).click()
    assert page.url.endswith("q=said#hit-1")
    context.close()
