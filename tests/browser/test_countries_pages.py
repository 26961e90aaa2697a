"""The map and the pages of countries, by mouse and by keyboard."""

import re

from playwright.sync_api import Page, expect


def test_the_map_changes_in_place_and_going_back_changes_it_back(page: Page) -> None:
    page.goto("/countries")
    page.click("#by-quotes")
    expect(page).to_have_url(re.compile(r"/countries\?by=quotes$"))
    expect(page.locator(".legend")).to_contain_text("quotes")
    expect(page.locator("#by-quotes")).to_be_focused()
    expect(page.locator("#live")).to_have_text("Shaded by quotes")
    page.click("#sort-name")
    expect(page.locator("th[aria-sort]")).to_have_text(re.compile("Country"))
    page.go_back()
    expect(page.locator("th[aria-sort]")).to_have_text(re.compile("Quotes"))
    page.go_back()
    expect(page.locator("#by-articles")).to_have_attribute("aria-current", "page")
    expect(page.locator(".legend")).to_contain_text("articles")


def test_a_click_on_the_map_leads_to_the_country(page: Page) -> None:
    page.goto("/countries")
    page.locator(".world a[href$='/IQ']").click()
    expect(page.locator("h1")).to_contain_text("Iraq")


def test_the_keyboard_goes_past_the_map(page: Page) -> None:
    page.goto("/countries")
    page.focus("#by-quotes")
    page.keyboard.press("Tab")
    expect(page.locator(".picture .skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#sort-name")).to_be_focused()


def test_a_bar_leads_to_its_articles(page: Page) -> None:
    page.goto("/countries/IQ")
    bar = page.locator(".timeline a").first
    count = bar.get_attribute("data-count")
    bar.click()
    expect(page.locator("h1[data-total]")).to_have_attribute("data-total", count or "")


def test_versions_of_a_story_open_in_place_of_the_page(page: Page) -> None:
    page.goto("/countries/IQ")
    page.get_by_text(re.compile("versions of this story")).first.click()
    expect(page.locator("h1")).to_have_text(re.compile(r"^\d+ articles"))
    expect(page).to_have_url(re.compile(r"/search\?.*story="))
    expect(page.locator("#results")).to_have_count(1)
