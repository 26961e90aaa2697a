"""Every number that is a link says as much as the page it leads to: a walk over the collection."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from support import article_path, counted_links, disagreements

from webapp.library import Library

MOST = 8
"""Pages of a kind that are looked at: those with most numbers come first in their lists."""


def linked(client: FlaskClient, path: str, pattern: str) -> list[str]:
    """The addresses on a page that look so, each once."""
    return list(dict.fromkeys(re.findall(rf'href="({pattern})"', client.get(path).text)))


def pages(client: FlaskClient, library: Library) -> Iterator[str]:
    yield from ("/speakers", "/speakers?sort=name&page=2", "/countries", "/countries?by=quotes")
    yield from linked(client, "/speakers", r"/speakers/[\w-]+")[:MOST]
    yield from linked(client, "/countries", r"/countries/[A-Z]{2}")[:MOST]
    yield from ("/matrix", "/matrix?since=2025-01-01&confidence=80", "/matrix?about=IQ&about=TR")
    yield "/sides?by=yusef-al-karimi&by=selin-karahan&about=TR"
    yield from (
        "/quotes",
        "/quotes?by=yusef-al-karimi",
        "/quotes?about=TR&sort=date",
        "/search?q=a",
    )
    yield from ("/search?q=grain", "/search?country=IQ&versions=all")
    wire = article_path(library, 'source:"meridian wire" silo')
    yield from (wire, f"{wire}?lit=speaker:youssef-al-karimi&lit=country:TR")


def test_numbers_agree_with_the_pages_they_lead_to(client: FlaskClient, filled: Library) -> None:
    seen = 0
    for path in dict.fromkeys(pages(client, filled)):
        assert list(disagreements(client, path)) == [], path
        seen += len(counted_links(client.get(path, follow_redirects=True).text))
    assert seen > 500


@pytest.mark.parametrize(
    ("path", "href"),
    [
        ("/speakers/yusef-al-karimi", "/quotes?by=yusef-al-karimi"),
        ("/countries/TR", "/quotes?about=TR"),
        ("/matrix", "/quotes?by=yusef-al-karimi&amp;about=IQ"),
        ("/countries", "/search?country=IQ"),
    ],
)
def test_the_numbers_that_matter_are_links(client: FlaskClient, path: str, href: str) -> None:
    wanted = href.replace("&amp;", "&")
    assert counted_links(client.get(path).text)[wanted] > 1
