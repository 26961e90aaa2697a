"""The list of speakers and the page of one, by mouse and by keyboard."""

import re

from playwright.sync_api import Page, expect


def test_speakers_are_found_as_one_types(page: Page) -> None:
    page.goto("/speakers")
    page.locator("#speaker-name").press_sequentially("fort")
    expect(page.locator("#heard tbody tr")).to_have_count(2)
    expect(page).to_have_url(re.compile(r"/speakers\?q=fort$"))
    expect(page.locator("#speaker-name")).to_be_focused()
    expect(page.locator("#speaker-name")).to_have_value("fort")
    expect(page.locator("#live")).to_have_text("2 speakers found")
    page.reload()
    expect(page.locator("#heard tbody tr")).to_have_count(2)


def test_the_order_stays_while_one_types_and_going_back_takes_it_back(page: Page) -> None:
    page.goto("/speakers")
    page.click("#sort-name")
    expect(page.locator("th[aria-sort]")).to_have_text("Speaker")
    expect(page.locator("#heard tbody a").first).to_have_text("Abena Osei-Mensah")
    page.fill("#speaker-name", "y")
    expect(page).to_have_url(re.compile(r"q=y&sort=name$"))
    expect(page.locator("th[aria-sort]")).to_have_text("Speaker")
    page.go_back()
    expect(page.locator("th[aria-sort]")).to_have_text("Quotes")


def test_a_speaker_is_read_about_and_their_quotes_are_a_click_away(page: Page) -> None:
    page.goto("/speakers")
    page.get_by_role("link", name="Yusef al-Karimi", exact=True).click()
    expect(page.locator("h1")).to_have_text("Yusef al-Karimi")
    expect(page.get_by_text("two transliterations of one name").first).to_be_hidden()
    page.get_by_text("Counted as one person").click()
    expect(page.get_by_text("two transliterations of one name").first).to_be_visible()
    bar = page.locator(".timeline a").first
    count = bar.get_attribute("data-count")
    bar.click()
    expect(page.locator("h1[data-total]")).to_have_attribute("data-total", count or "")


def test_words_are_found_in_the_quotes_of_a_speaker(page: Page) -> None:
    page.goto("/speakers/yusef-al-karimi")
    page.fill("#said-words", "road")
    page.locator("#said-words").press("Enter")
    expect(page).to_have_url(re.compile(r"/quotes\?by=yusef-al-karimi&q=road$"))
    expect(page.locator("h1[data-total]")).to_contain_text("quote")
