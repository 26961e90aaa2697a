"""Any list can be taken along as a file and followed as a feed, as it is filtered on its page."""

import csv
import io
import json
import re
from html import unescape

import feedparser
import pytest
from flask.testing import FlaskClient


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text)))


def links(page: str, pattern: str) -> list[str]:
    return [unescape(href) for href in re.findall(f'href="({pattern})"', page)]


@pytest.mark.parametrize(
    ("page", "ending", "number"),
    [
        ("/quotes?by=dagny-ravensholm", r"/quotes\.[^?]+\?by=dagny-ravensholm", 7),
        ("/search?q=lock", r"/search(?:/export)?\.[^?]+\?q=lock", 7),
        ("/quotes", r"/quotes\.[a-z.]+", 7),
        ("/speakers?q=ka&sort=name", r"/speakers\.[^?]+\?q=ka&amp;sort=name", 2),
        ("/countries?sort=name", r"/countries\.[^?]+\?sort=name", 2),
        ("/matrix?size=10&about=KE&about=PE", r"/matrix\.[^?]+\?[^\"]+", 2),
        ("/matrix?about=KE", r"/matrix\.[^?]+\?about=KE", 2),
    ],
)
def test_a_page_leads_to_its_list_in_each_format(
    client: FlaskClient, page: str, ending: str, number: int
) -> None:
    found = set(links(client.get(page).text, ending))
    assert len(found) == number
    for address in found:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.text
        is_feed = ".atom" in address
        assert ("attachment" in answer.headers.get("Content-Disposition", "")) is not is_feed


def test_quotes_as_files_are_those_of_the_page(client: FlaskClient) -> None:
    asked = "by=dagny-ravensholm&about=KE&sort=date"
    ids = {row["id"] for row in rows(client, f"/quotes.csv?{asked}")}
    page = client.get(f"/quotes?{asked}&versions=all").text
    assert {f"/quotes/{number}/cite" for number in ids} == set(links(page, r"/quotes/\d+/cite"))
    for ending, each in (("bib", "@article{"), ("ris", "TY  - "), ("md", "- Dagny")):
        assert client.get(f"/quotes.{ending}?{asked}").text.count(each) == len(ids)
    assert len(json.loads(client.get(f"/quotes.csl.json?{asked}").text)) == len(ids)


def test_speakers_are_all_there_in_their_order(client: FlaskClient) -> None:
    everybody = rows(client, "/speakers.csv?sort=name")
    assert f"{len(everybody)} speakers" in client.get("/speakers").text
    assert json.loads(client.get("/speakers.json?q=kovac").text)[0]["id"] == "anna-kovac"
    counts = [int(row["quotes"]) for row in rows(client, "/speakers.csv")]
    assert counts == sorted(counts, reverse=True)


def test_countries_are_all_there_in_their_order(client: FlaskClient) -> None:
    counts = [int(row["quotes"]) for row in rows(client, "/countries.csv?sort=quotes")]
    assert counts == sorted(counts, reverse=True)
    names = [row["name"] for row in rows(client, "/countries.csv?sort=name")]
    assert len(names) == len(counts)
    assert names.index("Kenya") < names.index("Peru")


def test_the_matrix_is_a_table(client: FlaskClient) -> None:
    (row,) = rows(client, "/matrix.csv?by=dagny-ravensholm&about=KE&about=PE")
    for code in ("KE", "PE"):
        said = rows(client, f"/quotes.csv?by=dagny-ravensholm&about={code}")
        assert int(row[code]) == len(said) > 0
    assert row["speaker"] == "Dagny Ravensholm"


@pytest.mark.parametrize(
    ("page", "title", "number"),
    [
        ("/quotes?by=dagny-ravensholm&about=KE", "Quotes: Dagny Ravensholm, Kenya", 2),
        ("/search?q=lock", "Articles: lock", 1),
        ("/quotes", "All quotes", 50),
        ("/speakers/dagny-ravensholm", "Quotes: Dagny Ravensholm", 8),
        ("/countries/KE", "Quotes: Kenya", 18),
    ],
)
def test_a_page_leads_to_its_feed(client: FlaskClient, page: str, title: str, number: int) -> None:
    text = client.get(page).text
    (address,) = re.findall(r'<link rel="alternate"[^>]*href="([^"]+)"', text)
    answer = client.get(unescape(address))
    assert answer.mimetype == "application/atom+xml"
    feed = feedparser.parse(answer.data)
    assert not feed.bozo
    assert feed.feed.title == f"{title} · Dateline"
    assert len(feed.entries) == number
    days = [entry.updated for entry in feed.entries]
    assert days == sorted(days, reverse=True)
    assert client.get(feed.entries[0].link, follow_redirects=True).status_code == 200
    shown = next(link.href for link in feed.feed.links if link.rel == "alternate")
    assert client.get(shown).status_code == 200


def test_what_is_left_out_is_told_in_the_title(client: FlaskClient) -> None:
    feed = feedparser.parse(client.get("/quotes.atom?by=anna-kovac&not-about=FR").data)
    assert feed.feed.title == "Quotes: Anna Kovac, not France · Dateline"


@pytest.mark.parametrize(
    "address",
    ["/quotes.xls", "/search/export.xls", "/speakers.bib", "/countries.atom", "/matrix.md"],
)
def test_another_ending_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
