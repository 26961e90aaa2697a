"""Reading: lighting up speakers, countries and quotes, with mouse, keys and without script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from support import article_path

from webapp.library import Library

KOVAC = "#lens-anna-kovac"


@pytest.fixture
def lock(page: Page, filled: Library) -> Page:
    """The article about lock keepers, open."""
    page.goto(article_path(filled, 'title:"lock keepers"'))
    return page


def lit(page: Page) -> list[str]:
    return page.locator(".text a.lit").all_inner_texts()


def test_a_click_on_a_speaker_lights_quotes_and_dims_the_rest(lock: Page) -> None:
    plain = lock.url
    paragraph = lock.locator(".text > p").last
    ink = paragraph.evaluate("e => getComputedStyle(e).color")
    lock.click(KOVAC)
    expect(lock).to_have_url(f"{plain}?lit=speaker:anna-kovac")
    expect(lock.locator(".card h2")).to_have_text("Anna Kovac")
    expect(lock.locator(".text a.lit").first).to_be_visible()
    assert "“A lock that never sleeps is a lock that breaks,”" in lit(lock)
    assert not any("Nobody will wait" in text for text in lit(lock))
    assert paragraph.evaluate("e => getComputedStyle(e).color") != ink
    expect(lock.locator("#live")).to_contain_text("by Anna Kovac")
    lock.go_back()
    expect(lock).to_have_url(plain)
    expect(lock.locator(".text a.lit")).to_have_count(0)
    lock.go_forward()
    expect(lock.locator(".card h2")).to_have_text("Anna Kovac")
    shown = lit(lock)
    lock.reload()
    assert lit(lock) == shown


def test_nothing_is_loaded_anew_by_a_click(lock: Page) -> None:
    lock.evaluate("window.stayed = true")
    lock.click(KOVAC)
    expect(lock.locator(".card")).to_be_visible()
    assert lock.evaluate("window.stayed")


def test_a_mark_in_the_text_is_clicked(lock: Page) -> None:
    lock.locator(".text a.country", has_text="Belgium").first.click()
    expect(lock).to_have_url(re.compile(r"lit=country:BE"))
    expect(lock.locator(".card h2")).to_have_text("Belgium")
    lock.locator(".text a.quote", has_text="Nobody will wait").click()
    expect(lock).to_have_url(re.compile(r"lit=quote:\d+$"))
    expect(lock.locator(".card blockquote")).to_contain_text("Nobody will wait longer than now")
    expect(lock.locator(".card")).to_contain_text("Pieter De Smedt")
    lock.locator(".card .clear").click()
    expect(lock.locator(".card")).to_have_count(0)


def test_scroll_and_focus_stay(lock: Page) -> None:
    lock.set_viewport_size({"width": 1280, "height": 400})
    mark = lock.locator(".text a.country", has_text="France").last
    mark.scroll_into_view_if_needed()
    before = lock.evaluate("scrollY")
    assert before > 0
    mark.focus()
    name = mark.get_attribute("id")
    lock.keyboard.press("Enter")
    expect(lock.locator(".card h2")).to_have_text("France")
    assert abs(lock.evaluate("scrollY") - before) < 2
    assert lock.evaluate("document.activeElement.id") == name


def test_two_things_lit_together(lock: Page) -> None:
    lock.click("#lens-BE")
    lock.click("#lens-FR-too")
    expect(lock).to_have_url(re.compile(r"lit=country:BE&lit=country:FR"))
    expect(lock.locator(".card")).to_have_count(2)
    lock.click("#clear-all")
    expect(lock.locator(".card")).to_have_count(0)


def test_keys(lock: Page) -> None:
    lock.click(KOVAC)
    first = lock.locator(".text a.lit").first
    expect(first).to_be_visible()
    lock.keyboard.press("n")
    assert lock.evaluate("document.activeElement.id") == first.get_attribute("id")
    assert first.get_attribute("aria-current") == "true"
    lock.keyboard.press("n")
    assert lock.evaluate("document.activeElement.id") != first.get_attribute("id")
    lock.keyboard.press("p")
    assert lock.evaluate("document.activeElement.id") == first.get_attribute("id")
    lock.keyboard.press("Escape")
    expect(lock.locator(".card")).to_have_count(0)
    lock.keyboard.press("c")
    expect(lock.locator(".text a.country")).to_have_count(0)
    expect(lock).to_have_url(re.compile(r"layers=speakers,quotes$"))
    lock.keyboard.press("c")
    expect(lock.locator(".text a.country").first).to_be_visible()
    lock.keyboard.press("/")
    assert lock.evaluate("document.activeElement.id") == "q"
    lock.keyboard.type("snc")
    expect(lock.locator("#q")).to_have_value("snc")
    lock.keyboard.press("Tab")
    here = lock.url
    lock.locator("h1").click()
    lock.keyboard.press("j")
    lock.wait_for_url(lambda url: url != here)
    lock.keyboard.press("k")
    lock.wait_for_url(re.compile(r"lock-keepers"))
    lock.keyboard.press("?")
    lock.wait_for_url(re.compile(r"/help$"))


def test_keys_can_be_switched_off(lock: Page) -> None:
    here = lock.url
    lock.goto("/help")
    lock.get_by_role("link", name="Switch them off").click()
    lock.goto(here)
    lock.keyboard.press("c")
    lock.wait_for_timeout(200)
    assert lock.url == here
    expect(lock.locator(".text a.country").first).to_be_visible()


def test_the_choice_of_layers_lasts(lock: Page) -> None:
    lock.click("#quiet")
    expect(lock.locator(".text a[id^=m]")).to_have_count(0)
    lock.goto("/")
    lock.get_by_role("link", name="Lock keepers win a quiet spring").click()
    expect(lock.locator("#quiet")).to_have_text("all layers")
    expect(lock.locator(".text a[id^=m]")).to_have_count(0)


def test_a_quote_is_copied_as_a_citation(lock: Page) -> None:
    lock.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lock.locator(".text a.quote", has_text="Nobody will wait").click()
    lock.get_by_role("button", name="Copy as citation").click()
    expect(lock.get_by_role("button", name="Copied")).to_be_visible()
    copied = lock.evaluate("navigator.clipboard.readText()")
    assert "Pieter De Smedt, quoted in “Lock keepers win a quiet spring”" in copied
    lock.goto(re.findall(r"http\S+/quotes/\d+", copied)[0])
    assert any("Nobody will wait" in text for text in lit(lock))
    expect(lock.locator(".text a:target")).to_be_in_viewport()


def test_the_same_without_javascript(browser: Browser, address: str, filled: Library) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto(article_path(filled, 'title:"lock keepers"'))
    plain = page.url
    page.click(KOVAC)
    assert page.url == f"{plain}?lit=speaker:anna-kovac"
    assert "“A lock that never sleeps is a lock that breaks,”" in lit(page)
    page.locator(".text a.country", has_text="Belgium").first.click()
    assert "lit=country:BE#m" in page.url
    page.locator(".card .clear").click()
    assert page.url == plain
    page.click("#layer-quotes")
    assert page.url == f"{plain}?layers=speakers,countries"
    page.fill("#q", "almanac")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Lock keepers win a quiet spring").click()
    assert page.locator(".text mark").all_inner_texts() == ["almanac"]
    context.close()


def test_an_error_of_a_click_is_told_on_the_page(lock: Page) -> None:
    lock.route("**/*lit=country*", lambda route: route.abort())
    lock.click("#lens-BE")
    expect(lock.locator("#offline")).to_be_visible()
    lock.unroute("**/*lit=country*")
    lock.click("#lens-BE")
    expect(lock.locator("#offline")).to_be_hidden()
    lock.route(
        "**/*lit=speaker*",
        lambda route: route.continue_(
            url=route.request.url.replace("/articles/", "/articles/9999")
        ),
    )
    here = lock.url
    lock.click(KOVAC)
    expect(lock.locator("#notice")).to_contain_text("no such article")
    assert lock.url == here
    expect(lock.locator(".text h1")).to_be_visible()
