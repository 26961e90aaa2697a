"""Searching as one types, facets, pages."""

import re

from playwright.sync_api import Page, expect


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
    page.goto("/search?q=the")
    page.locator(".facets a", has_text="Iraq").click()
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
    page.fill("#q", "a" * 301)
    expect(page.locator("#notice")).to_contain_text("301 characters long")
    page.fill("#q", "almanac")
    expect(page.locator("#results-heading")).to_contain_text("1 article")
    expect(page.locator("#notice")).to_be_empty()
