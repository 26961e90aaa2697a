"""The list of speakers and the page of each: who is one person, and what there is about them."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from collection import NAMESAKES, ONE_PERSON, made_articles
from flask.testing import FlaskClient
from support import article_path, counted_links, disagreements, total_of

from webapp import create_app
from webapp.annotation import annotate_article
from webapp.config import Settings
from webapp.library import Library
from webapp.model import Article
from webapp.search.whoosh_index import WhooshIndex
from webapp.store import open_store

HTMX = {"HX-Request": "true"}
MADE = list(made_articles())


class Line(NamedTuple):
    """A line of the list."""

    slug: str
    name: str
    told: str
    quotes: int
    last: str


_LINE = re.compile(
    r'<th scope="row"><a href="/speakers/([^"]+)">([^<]+)</a>(.*?)</th>\s*'
    r'<td><a [^>]*data-count="(\d+)".*?</td>\s*<td>(?:<time datetime="([\d-]+)")?',
    re.DOTALL,
)


def lines(client: FlaskClient, query: str = "") -> list[Line]:
    page = client.get(f"/speakers?{query}").text
    return [
        Line(slug, unescape(name), text(told), int(quotes), last)
        for slug, name, told, quotes, last in _LINE.findall(page)
    ]


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def main(client: FlaskClient, path: str) -> str:
    """The text of a page's main part."""
    return text(client.get(path, follow_redirects=True).text.partition("<main")[2])


def person_of(client: FlaskClient, slug: str) -> str:
    """The slug of the person to whom a slug of an article leads."""
    return client.get(f"/speakers/{slug}", follow_redirects=True).request.path.rpartition("/")[2]


def quoted(number: int, name: str, words: str, day: date = date(2026, 3, 1)) -> Article:
    """An article with one quote; `name` with a role behind it if there is one."""
    title = f"Story {number}"
    return Article(title, f"{title}\n\n“{words},” said {name}.", published=day)


@pytest.fixture
def slugs(filled: Library) -> dict[str, set[str]]:
    """Names as articles have them -> slugs as articles have them."""
    found: dict[str, set[str]] = {}
    for _, annotations in filled.everything():
        for speaker in annotations.speakers:
            found.setdefault(speaker.name, set()).add(speaker.id)
    return found


# Who is one


@pytest.mark.parametrize("spellings", ONE_PERSON, ids=lambda spellings: spellings[0])
def test_all_spellings_of_a_name_lead_to_one_person(
    client: FlaskClient, slugs: dict[str, set[str]], spellings: tuple[str, ...]
) -> None:
    people = {person_of(client, slug) for name in spellings for slug in slugs[name]}
    assert len(people) == 1
    page = main(client, f"/speakers/{people.pop()}")
    told = page.partition("Counted as one person")[2].partition("Quotes of ")[0]
    assert all(name in told for name in spellings)
    assert told.count("name") >= len(spellings) - 1  # each says why it is counted


@pytest.mark.parametrize(("name", "one", "other"), NAMESAKES)
def test_two_people_of_one_name_are_kept_apart(
    client: FlaskClient, name: str, one: str, other: str
) -> None:
    found = {line.told: line.slug for line in lines(client, f"q={name}")}
    assert found.keys() == {one, other}
    for role, elsewhere in ((one, other), (other, one)):
        page = main(client, f"/speakers/{found[role]}")
        assert f"Somebody else of this name: {elsewhere}" in page
        assert page.count(elsewhere) == 1


def test_of_two_of_a_name_the_one_is_meant_who_said_the_same(library: Library) -> None:
    words = "We have painted the third crane in a colour that does not show salt"
    library.add(quoted(1, "Ewa Tarkka, a Finnish harbour engineer", words))
    library.add(quoted(2, "Ewa Tarkka, a Peruvian harbour engineer", "Our cranes are all blue"))
    library.add(quoted(3, "Ewa Tarkka", words))
    library.add(quoted(4, "Ewa Tarkka", "I have never been to sea in my life"))
    people = [set(library.article(number).people.values()) for number in (1, 2, 3, 4)]
    assert people[0] == people[2]
    assert len({slug for one in people for slug in one}) == 3


def test_an_old_address_leads_to_the_person_when_it_is_one(client: FlaskClient) -> None:
    answer = client.get("/speakers/nadia-benhassi")
    assert answer.status_code == 302
    assert answer.location == "/speakers/nadia-ben-hassi"


# The list


def test_the_list_has_who_they_are_how_much_and_when(client: FlaskClient) -> None:
    found = {line.name: line for line in lines(client, "q=ravensholm")}
    theirs = [made for made in MADE if made.said[0].speaker == "Dagny Ravensholm"]
    last = max(made.said[0].published for made in theirs)
    told = "director of the Lighthouse Trust"
    line = found["Dagny Ravensholm"]
    assert (line.told, line.quotes) == (told, 2 * len(theirs))
    assert line.last == last.isoformat()
    assert lines(client, "q=nordic shipping")[0].told == "organization"


def test_the_list_is_sorted_by_quotes_names_or_days(client: FlaskClient) -> None:
    by_quotes = [line.quotes for line in lines(client)]
    assert by_quotes == sorted(by_quotes, reverse=True)
    assert by_quotes[0] > by_quotes[-1]
    names = [line.name for line in lines(client, "sort=name")]
    assert names[:2] == ["Abena Osei-Mensah", "Adelino Fortes"]
    days = [line.last for line in lines(client, "sort=latest")]
    assert days == sorted(days, reverse=True)
    assert lines(client, "sort=nothing") == lines(client)


def test_the_list_has_pages_and_each_speaker_once(client: FlaskClient) -> None:
    total = int(re.findall(r"(\d+) speakers", main(client, "/speakers"))[0])
    pages = [lines(client, f"sort=name&page={page}") for page in range(1, total // 50 + 2)]
    found = [line.slug for page in pages for line in page]
    assert len(found) == len(set(found)) == total
    assert {len(page) for page in pages[:-1]} == {50}
    for beyond in ("999", "0", "-1", "x"):
        assert lines(client, f"page={beyond}")
    assert 'href="/speakers?sort=name&amp;page=2"' in client.get("/speakers?sort=name").text


@pytest.mark.parametrize(
    ("having", "name"),
    [
        ("karim", "Yusef al-Karimi"),
        ("youssef al kar", "Yusef al-Karimi"),
        ("benh", "Nadia Ben Hassi"),
        ("  OSEI  ", "Abena Osei-Mensah"),
        ("toure", "Bakary Touré"),
    ],
)
def test_a_speaker_is_found_by_the_beginning_of_any_of_their_names(
    client: FlaskClient, having: str, name: str
) -> None:
    found = lines(client, f"q={having}")
    assert name in {line.name for line in found}
    assert len(found) < 5


def test_nobody_found_and_nobody_there(client: FlaskClient, empty_client: FlaskClient) -> None:
    assert "Nobody who is quoted has a name with “zzz”" in main(client, "/speakers?q=zzz")
    assert "Nobody is quoted yet" in main(empty_client, "/speakers")


@pytest.mark.parametrize("path", ["/speakers?q=", "/search/values?facet=speaker&having="])
def test_a_name_of_very_many_words_is_nobodys(client: FlaskClient, path: str) -> None:
    answer = client.get(path + "+".join(["a"] * 600))
    assert answer.status_code == 200
    assert 'href="/speakers/' not in answer.text


def test_htmx_gets_the_list_alone_and_what_is_said_aloud(client: FlaskClient) -> None:
    answer = client.get("/speakers?q=fortes", headers=HTMX).text
    assert "<html" not in answer
    assert "2 speakers found" in answer


# The page of one


@pytest.mark.parametrize("slug", ["yusef-al-karimi", "nordic-shipping-union", "dagny-ravensholm"])
def test_every_number_leads_to_what_it_counts(client: FlaskClient, slug: str) -> None:
    assert list(disagreements(client, f"/speakers/{slug}")) == []
    assert len(counted_links(client.get(f"/speakers/{slug}").text)) > 5


def test_a_page_tells_what_is_true_of_a_speaker(client: FlaskClient) -> None:
    said = [one for made in MADE for one in made.said if one.speaker == "Dagny Ravensholm"]
    counts = counted_links(client.get("/speakers/dagny-ravensholm").text)
    assert counts["/quotes?by=dagny-ravensholm"] == len(said)
    for country in {one.country for one in said}:
        about = sum(one.country == country for one in said)
        assert counts[f"/quotes?by=dagny-ravensholm&about={country}"] == about
    months = sum(n for href, n in counts.items() if "since=" in href)
    assert months == len(said)
    beside = {made.said[2].speaker for made in MADE if made.said[0] in said}
    page = client.get("/speakers/dagny-ravensholm").text
    assert set(re.findall(r"speaker=dagny-ravensholm&amp;speaker=([\w-]+)", page)) == {
        name.lower().replace(" ", "-") for name in beside
    }


def test_quotes_come_newest_first_with_article_day_source_cue_and_confidence(
    client: FlaskClient,
) -> None:
    page = client.get("/speakers/dagny-ravensholm").text.partition('id="said"')[2]
    days = re.findall(r'datetime="(\d{4}-\d{2}-\d{2})"', page)
    assert days == sorted(days, reverse=True)
    last = [made for made in MADE if made.said[0].speaker == "Dagny Ravensholm"][-1]
    first = text(page.partition("<li>")[2].partition("<li>")[0])
    for told in (last.article.title, last.article.source, "“said", "% sure"):
        assert told in first


def test_roles_have_their_days_and_their_articles(client: FlaskClient) -> None:
    page = client.get("/speakers/yusef-al-karimi").text
    roles = text(page.partition('aria-label="Roles"')[2].partition("</ul>")[0])
    assert "Trade Minister · 17 June 2025 to 12 February 2026 · 3 articles" in roles
    assert roles.endswith("deputy trade minister of Iraq · 14 March 2024 · 1 article")
    listed = "/speakers/yusef-al-karimi/articles?role=Trade+Minister"
    assert counted_links(page)[listed] == 3
    answer = client.get(listed).text
    assert total_of(answer) == 3
    assert "Yusef al-Karimi, Trade Minister" in text(answer)
    assert client.get("/speakers/yusef-al-karimi/articles?role=Pope").status_code == 404
    assert client.get("/speakers/yusef-al-karimi/articles").status_code == 404


def test_words_are_sought_in_the_quotes_of_the_speaker(client: FlaskClient) -> None:
    page = client.get("/speakers/yusef-al-karimi").text
    form = page.partition('<form class="find" action="/quotes"')[2].partition("</form>")[0]
    assert 'name="by" value="yusef-al-karimi"' in form
    assert 'name="q"' in form


def test_quotes_over_a_long_time_are_shown_by_years(library: Library, home: Path) -> None:
    for number, year in enumerate((2012, 2014, 2019)):
        library.add(quoted(number, "Ewa Tarkka", f"The {number} crane is blue", date(year, 5, 7)))
    library.catch_up()
    client = create_app(Settings(home), library).test_client()
    counts = counted_links(client.get("/speakers/ewa-tarkka").text)
    assert counts["/quotes?by=ewa-tarkka&since=2014-01-01&until=2014-12-31"] == 1
    assert "2013: 0 quotes" in client.get("/speakers/ewa-tarkka").text


@pytest.mark.parametrize("path", ["/speakers/nobody", "/speakers/nobody/articles?name=x"])
def test_nobody_is_at_an_unknown_address(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is no such speaker" in answer.text


# Articles come and go


@pytest.fixture
def changing(library: Library, home: Path) -> tuple[Library, FlaskClient]:
    """A collection of two articles with one person, as a library and as pages."""
    library.add(quoted(1, "Nadir al-Sadi, the Iraqi trade minister", "The road is open again"))
    library.add(quoted(2, "Nader Al Sadi", "The road is longer than it was"))
    library.catch_up()
    return library, create_app(Settings(home), library).test_client()


def test_who_has_no_article_left_is_not_there(changing: tuple[Library, FlaskClient]) -> None:
    library, client = changing
    assert [line.slug for line in lines(client)] == ["nadir-al-sadi"]
    library.remove(1)
    assert [(line.slug, line.quotes) for line in lines(client)] == [("nadir-al-sadi", 1)]
    library.remove(2)
    assert lines(client) == []
    assert client.get("/speakers/nadir-al-sadi").status_code == 404


def test_who_comes_back_is_the_same(changing: tuple[Library, FlaskClient]) -> None:
    library, client = changing
    before = main(client, "/speakers/nadir-al-sadi")
    for number in (1, 2):
        library.remove(number)
    for number in (2, 1):
        library.bring_back(number)
    assert main(client, "/speakers/nadir-al-sadi") == before


def test_an_article_of_a_person_who_was_gone_finds_them_again(
    changing: tuple[Library, FlaskClient],
) -> None:
    library, client = changing
    for number in (1, 2):
        library.remove(number)
    library.add(quoted(3, "Nadir al-Sadi", "I have counted the trucks myself"))
    library.catch_up()
    assert [line.slug for line in lines(client)] == ["nadir-al-sadi"]


def test_annotated_again_everybody_is_who_they_were(
    changing: tuple[Library, FlaskClient], home: Path
) -> None:
    _, client = changing
    before = main(client, "/speakers/nadir-al-sadi")
    newer = Library(
        open_store(home / "dateline.sqlite"),
        WhooshIndex(home / "search"),
        lambda article: replace(annotate_article(article), version="2"),
        "2",
    )
    assert list(newer.annotate_again(jobs=1)) == [1, 2]
    newer.catch_up()
    newer.close()
    assert main(client, "/speakers/nadir-al-sadi") == before


# The article


def test_the_cards_of_an_article_lead_to_the_person(client: FlaskClient, filled: Library) -> None:
    path = article_path(filled, 'source:"meridian wire" silo')
    found = filled.article(int(path.rpartition("/")[2]))
    lit = f"{path}?lit=speaker:youssef-al-karimi"
    card = client.get(lit, follow_redirects=True).text.partition('<section class="card')[2]
    assert '<a href="/speakers/yusef-al-karimi">Youssef Al Karimi</a>' in card
    assert list(disagreements(client, lit)) == []
    quote = found.found.quotes_by("youssef-al-karimi")[0]
    card = client.get(f"/quotes/{quote.id}", follow_redirects=True).text
    assert 'href="/speakers/yusef-al-karimi">More by Youssef Al Karimi</a>' in card
