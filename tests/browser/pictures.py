"""The pictures of the README, made by the browser of the tests: `make pictures`."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support import article_path, fill

from webapp.config import PACKAGE
from webapp.library import Library

DOCS = Path(__file__).parents[2] / "docs"
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def articles_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples alone, as a new user sees them."""
    made = tmp_path_factory.mktemp("samples")
    fill(made, PACKAGE / "samples")
    return made


@pytest.mark.parametrize(
    ("name", "path", "window", "scheme"),
    [
        ("list", "/", WIDE, "light"),
        ("article", "ARTICLE?lit=speaker:han-min-jun", WIDE, "light"),
        ("country", "ARTICLE?lit=country:KP", WIDE, "light"),
        ("search", "/search?q=river+OR+ferry", WIDE, "light"),
        ("quotes", "/quotes?by=yusef-al-karimi&about=TR", WIDE, "light"),
        ("speaker", "/speakers/yusef-al-karimi", WIDE, "light"),
        ("countries", "/countries", WIDE, "light"),
        ("turkey", "/countries/TR", WIDE, "light"),
        ("matrix", "/matrix", WIDE, "light"),
        ("sides", "/sides?by=yusef-al-karimi&by=selin-karahan&about=TR", WIDE, "light"),
        ("add", "/add", WIDE, "light"),
        ("dark", "ARTICLE?lit=speaker:han-min-jun&lit=country:KP", WIDE, "dark"),
        ("phone", "ARTICLE?lit=speaker:han-min-jun", PHONE, "light"),
    ],
)
def test_picture(
    browser: Browser,
    address: str,
    filled: Library,
    name: str,
    path: str,
    window: dict[str, int],
    scheme: str,
) -> None:
    context = browser.new_context(viewport=window, color_scheme=scheme, base_url=address)
    page = context.new_page()
    answer = page.goto(path.replace("ARTICLE", article_path(filled, 'title:"buoys"')))
    assert answer is not None
    assert answer.ok
    DOCS.mkdir(exist_ok=True)
    page.screenshot(path=DOCS / f"{name}.png")
    context.close()
