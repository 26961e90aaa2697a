"""The page of quotes: typing, narrowing by person, country, days and confidence, going back."""

import re

from playwright.sync_api import Browser, Page, expect

ROAD = "/quotes?by=yusef-al-karimi&about=TR"


def test_quotes_come_as_one_types_and_keep_whose_they_are(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Quotes").click()
    expect(page.locator("#results-heading")).to_have_text(re.compile(r"^\d+ quotes$"))
    page.goto(ROAD)
    page.evaluate("window.stayed = true")
    page.click("#q")
    page.keyboard.type("eleven")
    heading = page.locator("#results-heading")
    expect(heading).to_contain_text("by Yusef al-Karimi about Turkey for “eleven”")
    expect(page.locator(".said mark").first).to_have_text("eleven")
    expect(page).to_have_url(re.compile(r"/quotes\?q=eleven&by=yusef-al-karimi&about=TR"))
    expect(page).to_have_title("Quotes by Yusef al-Karimi about Turkey for “eleven” · Dateline")
    assert page.evaluate("window.stayed")
    page.keyboard.press("Enter")
    page.locator("#values-source .value").first.click()
    expect(page).to_have_url(re.compile("source="))
    page.go_back()
    expect(page.locator("#values-source [aria-current]")).to_have_count(0)
    expect(heading).to_contain_text("for “eleven”")


def test_suggestions_stay_on_the_page_of_quotes(page: Page) -> None:
    page.goto(ROAD)
    page.click("#q")
    page.keyboard.type("stam")
    page.locator("#suggestions a", has_text="stamps").first.click()
    expect(page).to_have_url(re.compile(r"/quotes\?q=stamps&by=yusef-al-karimi&about=TR"))


def test_days_and_confidence_narrow_and_are_taken_back(page: Page) -> None:
    page.goto(ROAD)
    page.evaluate("window.stayed = true")
    heading, chips = page.locator("#results-heading"), page.locator(".chosen")
    expect(heading).to_contain_text("6 quotes")
    page.get_by_label("From").fill("2025-01-01")
    page.get_by_label("Until", exact=True).fill("2025-12-31")
    page.get_by_label("Until", exact=True).press("Enter")
    expect(chips).to_contain_text("from 1 January 2025")
    expect(heading).to_contain_text("5 quotes")
    expect(page).to_have_url(re.compile("since=2025-01-01&until=2025-12-31"))
    page.locator("#confidence-90").click()
    expect(chips).to_contain_text("90 % sure or more")
    expect(page.get_by_label("From")).to_have_value("2025-01-01")
    expect(heading).to_contain_text("3 quotes")
    assert page.evaluate("window.stayed")
    page.go_back()
    expect(chips).not_to_contain_text("sure")
    expect(heading).to_contain_text("5 quotes")
    chips.get_by_role("link", name="from 1 January 2025").click()
    expect(page.get_by_label("From")).to_have_value("")
    expect(heading).to_contain_text("6 quotes")


def test_from_a_quote_to_its_wording_and_its_places(page: Page) -> None:
    page.goto("/quotes?q=said:%22surest+way%22")
    page.locator(".said .printed").click()
    expect(page.locator("h1")).to_have_text("One quote in 3 articles")
    expect(page.locator("del").nth(1)).to_contain_text("shortest")
    line = page.locator("del").nth(1).evaluate("e => getComputedStyle(e).textDecorationLine")
    assert line == "line-through"
    page.locator(".said .words a").last.click()
    expect(page.locator(".card blockquote")).to_be_visible()


def test_quotes_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto(ROAD)
    page.get_by_label("From").fill("2025-01-01")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".chosen")).to_contain_text("from 1 January 2025")
    page.locator("#confidence-90").click()
    page.fill("#q", "silo")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#results-heading")).to_contain_text("about Turkey for “silo”")
    assert "since=2025-01-01" in page.url
    assert "confidence=90" in page.url
    context.close()


def test_the_links_of_the_site_fit_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/quotes")
    for link in page.get_by_role("navigation", name="Site").get_by_role("link").all():
        box = link.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
