"""A citation is copied, or downloaded where there is no JavaScript."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support import article_path

from webapp.library import Library


@pytest.mark.parametrize(
    ("style", "begins"),
    [("BibTeX", "@article{anna-kovac-2026-q"), ("Plain text", "Anna Kovac, quoted in “Lock")],
)
def test_a_citation_is_copied(page: Page, filled: Library, style: str, begins: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(article_path(filled, 'title:"lock keepers"'))
    page.locator(".text a.quote", has_text="A lock that never sleeps").click()
    page.get_by_role("link", name="Cite", exact=True).click()
    page.get_by_role("button", name=f"Copy as {style}").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith(begins)


def test_without_javascript_it_is_downloaded(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("/quotes?q=said:lock+by:kovac")
    page.get_by_role("link", name="Cite", exact=True).click()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as RIS").click()
    assert download.value.suggested_filename.endswith(".ris")
    assert Path(download.value.path()).read_text().startswith("TY  - NEWS")
    context.close()
