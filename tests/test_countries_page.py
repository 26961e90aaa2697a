"""The pages of countries: what they count is what they lead to, and the truth."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from collection import COUNTRIES, made_articles
from flask.testing import FlaskClient
from support import counted_links, disagreements, total_of

from webapp.library import Library
from webapp.model import Article
from webapp.search import Value
from webapp.views.months import over_time

MADE = list(made_articles())
HTMX = {"HX-Request": "true"}
Link = dict[str, str]


class _Links(HTMLParser):
    """All links of a page as their attributes, with their text as "text"."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[Link] = []
        self._open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append({key: value or "" for key, value in attrs} | {"text": ""})
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._open:
            self.links[-1]["text"] += data


def links(html: str) -> list[Link]:
    return _Links(html).links


def headings(html: str) -> list[str]:
    """The texts of the headings of a page, without the titles of articles."""
    found = re.findall(r"<h[12][^>]* id=[^>]*>(.*?)</h[12]>", html, re.DOTALL)
    return [unescape(re.sub("<[^>]+>", "", text)).strip() for text in found]


def table(html: str) -> list[str]:
    """The codes of the countries in the order of the table."""
    rows = html.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r'<th scope="row"><a href="/countries/([A-Z]{2})">', rows)


def shaded(html: str) -> dict[str, str]:
    """The codes of the countries that the map has as links, with the names of these."""
    drawn = html.partition('class="world"')[2].partition("</svg>")[0]
    return dict(
        re.findall(r'<a href="/countries/(..)" class="shade-\d"><title>(.*?)</title>', drawn)
    )


# The truth


@pytest.mark.parametrize(("code", "name", "_"), COUNTRIES)
def test_a_page_counts_what_was_written_about_a_country(
    client: FlaskClient, code: str, name: str, _: str
) -> None:
    made = [made for made in MADE if made.said[0].country == code]
    said = [one for made in made for one in made.said if one.country == code]
    counts = counted_links(client.get(f"/countries/{code}").text)
    assert counts[f"/search?country={code}"] == len(made)
    assert counts[f"/quotes?about={code}"] == len(said)
    for speaker in {one.speaker for one in said}:
        slug = speaker.lower().replace(" ", "-")
        theirs = [one for one in said if one.speaker == speaker]
        assert counts[f"/quotes?by={slug}&about={code}"] == len(theirs)
    months = {href: n for href, n in counts.items() if "since=" in href}
    days = [made.article.published for made in made]
    assert sum(months.values()) == len(made)
    for day in days:
        assert day is not None
        (of_month,) = [n for href, n in months.items() if f"since={day:%Y-%m}-01" in href]
        assert of_month == len([other for other in days if f"{other:%Y-%m}" == f"{day:%Y-%m}"])
    assert headings(client.get(f"/countries/{code}").text)[0].startswith(name)


def test_the_map_has_the_counts_of_the_pages(client: FlaskClient) -> None:
    for by, noun in (("articles", "article"), ("quotes", "quote")):
        html = client.get(f"/countries?by={by}").text
        for code, name in shaded(html).items():
            address = f"/search?country={code}" if by == "articles" else f"/quotes?about={code}"
            count = counted_links(html)[address]
            assert unescape(name).endswith(f": {count} {noun}" + "s" * (count > 1))
        assert {"IQ", "KE", "FJ"} <= shaded(html).keys()


# What is told agrees with what is there


@pytest.mark.parametrize("path", ["/countries", "/countries/IQ", "/countries/SE", "/countries/KE"])
def test_every_number_is_that_of_the_page_it_leads_to(client: FlaskClient, path: str) -> None:
    assert len(counted_links(client.get(path).text)) > 5
    assert list(disagreements(client, path)) == []


def test_a_number_that_does_not_agree_is_found(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("support.counted_links", lambda _: {"/search?country=KE": 1_000})
    assert list(disagreements(client, "/countries")) == [("/search?country=KE", 1_000, 6)]


@pytest.mark.parametrize("path", ["/countries?by=quotes&sort=name", "/countries/TR"])
def test_every_counted_link_says_its_number(client: FlaskClient, path: str) -> None:
    counted = [link for link in links(client.get(path).text) if "data-count" in link]
    assert counted
    for link in counted:
        said = f"{link['text']} {link.get('aria-label', '')}"
        assert f"{int(link['data-count']):,}" in re.findall(r"[\d,]*\d", said)


def test_versions_of_a_story_count_once_but_over_time_each(
    library: Library, empty_client: FlaskClient
) -> None:
    story = next(made.article for made in MADE if made.said[0].country == "PE")
    for source, day in (("A", "2026-03-04"), ("B", "2026-03-05"), ("C", "2026-04-01")):
        text = f"{story.text} The end, writes {source}."
        library.add(replace(story, text=text, source=source, published=date.fromisoformat(day)))
    library.add(Article("Snow in Peru", "Snow in Peru\n\nA long day of snow came over the hills."))
    library.catch_up()
    html = empty_client.get("/countries/PE").text
    counts = counted_links(html)
    assert counts["/search?country=PE"] == 2
    assert sorted(n for href, n in counts.items() if "since=" in href) == [1, 2]
    assert "1 article without a date cannot be shown" in html
    assert list(disagreements(empty_client, "/countries/PE")) == []
    assert list(disagreements(empty_client, "/countries")) == []


# The list


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("", "articles"),
        ("?by=quotes", "quotes"),
        ("?by=quotes&sort=articles", "articles"),
        ("?sort=quotes", "quotes"),
        ("?by=nothing&sort=nothing", "articles"),
    ],
)
def test_the_table_is_sorted_as_asked(client: FlaskClient, query: str, key: str) -> None:
    html = client.get(f"/countries{query}").text
    counts = counted_links(html)
    address = "/search?country={}" if key == "articles" else "/quotes?about={}"
    numbers = [counts.get(address.format(code), 0) for code in table(html)]
    assert len(numbers) > 20
    assert numbers == sorted(numbers, reverse=True)
    assert html.count("aria-sort") == html.count('aria-sort="descending"') == 1


def test_names_are_sorted_as_people_read_them(client: FlaskClient) -> None:
    html = client.get("/countries?sort=name").text
    names = [link["text"][2:] for link in links(html) if link["href"].startswith("/countries/")]
    assert 'aria-sort="ascending"' in html
    assert names.index("Cyprus") < names.index("Denmark")
    assert names.index("Chile") < names.index("Côte d'Ivoire") < names.index("Cyprus")


def test_without_articles_there_is_no_map(empty_client: FlaskClient) -> None:
    html = empty_client.get("/countries").text
    assert "No article names a country yet" in html
    assert "<svg" not in html
    assert "No article names it yet" in empty_client.get("/countries/IQ").text


# One country


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("iq", "IQ"),
        ("Iq", "IQ"),
        ("Iraq", "IQ"),
        ("uk", "GB"),
        ("xk", "XK"),
        ("South%20Korea", "KR"),
    ],
)
def test_other_ways_to_name_a_country_lead_to_it(
    client: FlaskClient, typed: str, code: str
) -> None:
    answer = client.get(f"/countries/{typed}")
    assert answer.status_code == 302
    assert answer.location == f"/countries/{code}"


@pytest.mark.parametrize("typed", ["QQ", "EU", "1", "I", "atlantis", "%00", "IQ<script>"])
def test_what_is_no_country_is_told(client: FlaskClient, typed: str) -> None:
    answer = client.get(f"/countries/{typed}")
    assert answer.status_code == 404
    assert "No country goes by that code or name." in answer.text
    assert "<script>" not in answer.text.partition("<main")[2]


@pytest.mark.parametrize(("code", "flag"), [("IQ", "🇮🇶"), ("XK", "🇽🇰"), ("CI", "🇨🇮")])
def test_the_flag_stands_beside_the_name(client: FlaskClient, code: str, flag: str) -> None:
    html = client.get(f"/countries/{code}").text
    assert f'<span class="flag" aria-hidden="true">{flag}</span>' in html


def test_a_page_has_its_parts_and_its_links(client: FlaskClient) -> None:
    html = client.get("/countries/IQ").text
    assert headings(html) == [
        "Iraq 🇮🇶", "Who speaks about it", "What was said", "Latest articles",
        "Countries named with it", "Sources of these quotes", "Years of these quotes",
    ]  # fmt: skip
    addresses = [link["href"] for link in links(html)]
    for address in (
        "/speakers/yusef-al-karimi", "/quotes?by=yusef-al-karimi&about=IQ", "/countries/TR",
        "/search?country=IQ&country=TR", "/quotes?about=IQ&year=2025",
        "/quotes?about=IQ&source=Meridian+Wire",
    ):  # fmt: skip
        assert address in addresses


def test_what_was_said_is_about_the_country_newest_first(client: FlaskClient) -> None:
    said = client.get("/countries/IQ").text.partition('id="said"')[2].partition('id="latest"')[0]
    quotes = said.split('<p class="words">')[1:]
    assert len(quotes) > 5
    assert all('href="/countries/IQ"' in quote for quote in quotes)
    days = re.findall(r'<time datetime="([\d-]+)">', said)
    assert days == sorted(days, reverse=True)


def test_words_are_looked_for_in_the_quotes_about_it(client: FlaskClient) -> None:
    html = client.get("/countries/IQ").text
    form = html.partition('<form class="find" action="/quotes" method="get">')[2]
    assert '<input type="hidden" name="about" value="IQ">' in form.partition("</form>")[0]
    all_of_it = counted_links(html)["/quotes?about=IQ"]
    assert 0 < total_of(client.get("/quotes?about=IQ&q=wheat").text) < all_of_it


def test_htmx_gets_the_parts_alone(client: FlaskClient) -> None:
    for path in ("/countries", "/countries/IQ"):
        fragment = client.get(path, headers=HTMX).text
        assert "<html" not in fragment
        assert fragment.count("<h1") == 1


# Over time


def months(first: tuple[int, int], number: int) -> Iterator[Value]:
    start = first[0] * 12 + first[1] - 1
    for at in range(start, start + number):
        key = f"{at // 12:04}-{at % 12 + 1:02}"
        yield Value(key, key, 1)


def month(year: int, of_year: int, count: int) -> Value:
    key = f"{year:04}-{of_year:02}"
    return Value(key, key, count)


Told = list[tuple[str, int, str]]


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ([], []),
        ([month(2024, 2, 3)], [("February 2024", 3, "2024-02-01 2024-02-29")]),
        ([month(2023, 12, 1), month(2024, 2, 2)],
         [("December 2023", 1, "2023-12-01 2023-12-31"),
          ("January 2024", 0, "2024-01-01 2024-01-31"),
          ("February 2024", 2, "2024-02-01 2024-02-29")]),
        ([month(9999, 12, 1)], [("December 9999", 1, "9999-12-01 9999-12-31")]),
        ([month(1, 1, 1)], [("January 1", 1, "0001-01-01 0001-01-31")]),
    ],
)  # fmt: skip
def test_points_have_no_gaps(counted: list[Value], told: Told) -> None:
    points = over_time(counted, "{} {}".format)
    assert [(point.label, point.count, point.href) for point in points] == told


@pytest.mark.parametrize(
    ("counted", "number", "first", "last"),
    [
        (lambda: [*months((2000, 1), 60)], 60, "January 2000", "December 2004"),
        (lambda: [*months((2000, 1), 61)], 6, "2000", "2005"),
        (lambda: [month(1780, 5, 1), month(2026, 1, 7)], 25, "1780s", "2020s"),
        (lambda: [month(1, 1, 1), month(9999, 12, 1)], 1000, "0s", "9990s"),
    ],
)
def test_a_long_time_has_larger_steps(
    counted: Callable[[], list[Value]], number: int, first: str, last: str
) -> None:
    points = over_time(counted(), "{} {}".format)
    assert (len(points), points[0].label, points[-1].label) == (number, first, last)
    assert sum(point.count for point in points) == sum(value.count for value in counted())
