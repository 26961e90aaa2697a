"""The pages as a browser without JavaScript gets them, and the fragments that htmx gets."""

import datetime as dt
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import article_path
from werkzeug.test import TestResponse

from webapp import create_app
from webapp.config import Settings
from webapp.errors import Unavailable
from webapp.importing.clean import clean
from webapp.library import Library, Page, open_library
from webapp.model import Article
from webapp.search import parse
from webapp.search.tree import FIELDS as TREE_FIELDS
from webapp.views.help import FIELDS, QUERIES

HTMX = {"HX-Request": "true"}


class _Text(HTMLParser):
    """The text of the article and the links in it, as a browser would read the page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(html: str) -> _Text:
    parser = _Text()
    parser.feed(html)
    return parser


def marks(response: TestResponse, *classes: str) -> list[str]:
    """The texts of the links in the article that have all these classes."""
    html = response.text.partition('<article class="text">')[2].partition("</article>")[0]
    found = re.findall(r'<a id="m\d+" class="([^"]*)"[^>]*>(.*?)</a>', html)
    wanted = set(classes)
    return [re.sub("<[^>]+>", "", text) for names, text in found if wanted <= set(names.split())]


def text_of(response: TestResponse) -> str:
    """All text of the page's main part, as one line."""
    return " ".join("".join(read(response.text.partition("<main")[2]).text).split())


def links(html: str) -> list[str]:
    return [str(attributes["href"]) for tag, attributes in read(html).tags if tag == "a"]


@pytest.fixture
def lock(client: FlaskClient, filled: Library) -> str:
    """The address of the article about lock keepers."""
    path = article_path(filled, 'title:"lock keepers"')
    return client.get(path).location.removeprefix("http://localhost")


# The list


def test_the_list_shows_articles_with_speakers_and_countries(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "Lock keepers win a quiet spring" in page
    assert "<bdi>The Harbour Courier</bdi> · <bdi>Ilse Vermeulen</bdi>" in page
    assert '<time datetime="2026-04-14">14 April 2026</time>' in page
    assert "lit=speaker:anna-kovac" in page.replace("%3A", ":")
    assert "lit=country:BE" in page.replace("%3A", ":")


def test_an_empty_collection_says_what_to_do(empty_client: FlaskClient) -> None:
    page = empty_client.get("/").text
    assert "no articles here yet" in page
    assert 'href="/add">Add articles</a>' in page
    assert "dateline import" in page


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("/", "Articles"),
        ("/removed", "Articles"),
        ("/search?q=lock", "Articles"),
        ("/quotes", "Quotes"),
        ("/sides", "Matrix"),
        ("/feeds", "Add"),
        ("/api", "Help"),
    ],
)
def test_the_head_says_to_which_part_a_page_belongs(
    client: FlaskClient, address: str, part: str
) -> None:
    head = client.get(address).text.split("</header>")[0]
    assert re.findall(r'aria-current="true">(\w+)<', head) == [part]


@pytest.mark.parametrize(
    "address", ["/quotes", "/speakers", "/countries", "/matrix", "/sides", "/add", "/feeds"]
)
def test_the_help_leads_to_every_part(client: FlaskClient, address: str) -> None:
    assert f'href="{address}"' in client.get("/help").text.split("<h1>")[1]


# The article


def test_an_article_has_one_readable_address(client: FlaskClient, lock: str) -> None:
    assert lock.endswith("/lock-keepers-win-a-quiet-spring")
    wrong = client.get(lock.replace("quiet", "loud") + "?lit=country:BE")
    assert (wrong.status_code, wrong.location) == (302, f"{lock}?lit=country:BE")


def test_the_article_shows_its_text_whole(client: FlaskClient, lock: str, filled: Library) -> None:
    article = filled.article(int(lock.split("/")[2])).article
    html = client.get(lock).text.partition('<article class="text">')[2].partition("</article>")[0]
    shown = " ".join("".join(read(html).text).split())
    for paragraph in article.text.split("\n\n"):
        assert paragraph in shown


def test_a_lit_speaker(client: FlaskClient, lock: str) -> None:
    page = client.get(f"{lock}?lit=speaker:anna-kovac")
    lit = marks(page, "lit")
    assert "Anna Kovac" in lit
    assert "“A lock that never sleeps is a lock that breaks,”" in lit
    assert not any("Nobody will wait" in text for text in lit)
    assert "has-lit" in page.text
    assert "2 quotes by Anna Kovac" in page.text or "3 quotes by Anna Kovac" in page.text
    assert "other article" in page.text


def test_a_lit_country_shows_who_said_what_about_it(client: FlaskClient, lock: str) -> None:
    page = client.get(f"{lock}?lit=country:BE")
    assert set(marks(page, "lit")) == {"GHENT", "Belgium"}
    assert "Who said what about it" in page.text
    assert re.search(r"\d mentions? of Belgium", page.text)


def test_a_lit_quote_says_who_and_why_and_has_a_permalink(client: FlaskClient, lock: str) -> None:
    key = re.search(r"lit=quote:(\d+)", client.get(lock).text)
    assert key
    page = client.get(f"{lock}?lit=quote:{key[1]}").text
    for part in ("<dt>Speaker</dt>", "<dt>Cue</dt>", "<dt>Why</dt>", "Copy as citation"):
        assert part in page
    assert f"http://localhost/quotes/{key[1]}" in page
    link = client.get(f"/quotes/{key[1]}")
    assert re.fullmatch(rf"{lock}\?lit=quote(:|%3A){key[1]}#m\d+", link.location)
    anchor = link.location.partition("#")[2]
    assert f'id="{anchor}"' in client.get(link.location).text


def test_what_is_lit_is_cleared_by_a_second_click(client: FlaskClient, lock: str) -> None:
    plain = client.get(lock).text
    assert f'href="{lock}?lit=country:BE"' in plain
    assert f'href="{lock}"' in client.get(f"{lock}?lit=country:BE").text


def test_several_things_are_lit_at_once(client: FlaskClient, lock: str) -> None:
    page = client.get(f"{lock}?lit=country:BE")
    both = f"{lock}?lit=country:BE&amp;lit=country:FR"
    assert f'href="{both}"' in page.text
    assert {"Belgium", "France", "Paris"} <= set(
        marks(client.get(both.replace("&amp;", "&")), "lit")
    )


def test_unknown_keys_in_the_address_are_left_out(client: FlaskClient, lock: str) -> None:
    page = client.get(f"{lock}?lit=speaker:nobody&lit=nonsense&lit=quote:x&layers=what")
    assert page.status_code == 200
    assert "has-lit" not in page.text


def test_layers_by_address_and_by_choice(client: FlaskClient, lock: str) -> None:
    only = client.get(f"{lock}?layers=countries")
    assert marks(only, "country")
    assert not marks(only, "quote")
    chosen = client.get(f"{lock}?layers=none&keep=1")
    assert chosen.location == f"{lock}?layers=none"
    assert not marks(client.get(lock), "country")
    assert marks(client.get(f"{lock}?lit=country:BE"), "lit") == ["GHENT", "Belgium", "Belgium"]
    client.get(f"{lock}?layers=all&keep=1")
    assert marks(client.get(lock), "quote")


def test_search_hits_are_marked_in_the_article(client: FlaskClient, lock: str) -> None:
    page = client.get(f"{lock}?q=keepers+almanac").text
    assert re.findall(r'<mark id="(.*?)">', page) == ["hit-1", "hit-2", "hit-3", "hit-4"]
    assert "4 hits for “keepers almanac”" in page
    assert '<a href="#hit-4" data-step="-1">previous</a>' in page
    assert '<a href="#hit-1" data-step="1">next</a>' in page


def test_a_hit_under_two_marks_has_one_place(library: Library, home: Path) -> None:
    text = "Rain\n\n“The storm of Iraq rose,” said Anna Kovac. Iraq waits."
    number = library.add(Article("Rain", text))
    library.catch_up()
    path = f"/articles/{number}/rain"
    page = create_app(Settings(home), library).test_client().get(f'{path}?q="storm of Iraq"').text
    assert page.count("<mark") == 2
    assert page.count('id="hit-') == 1


# Search


def test_search_shows_snippets_and_links_that_keep_the_hit(client: FlaskClient, lock: str) -> None:
    page = client.get("/search?q=almanac").text
    assert "1 article for “almanac”" in page
    assert "<mark>almanac</mark>" in page
    assert f'href="{lock}?q=almanac"' in page


def test_facets_narrow_and_are_taken_back(client: FlaskClient) -> None:
    page = client.get("/search?q=&country=IQ").text
    assert "Remove this filter" in page
    assert 'href="/search"' in page
    assert "New scales for the grain port" in page
    assert "Lock keepers win" not in page


def test_no_results_say_what_to_do(client: FlaskClient) -> None:
    page = client.get("/search?q=zeppelin+almanak")
    assert page.status_code == 200
    assert "No article matches" in page.text
    assert "Fewer words" in page.text
    assert "No article has “zeppelin”." in page.text
    assert "No article has “almanak”." in page.text


def test_no_results_offer_what_finds_something(client: FlaskClient) -> None:
    page = text_of(client.get("/search?q=almanak"))
    assert "Did you mean: almanac 1 article" in page
    page = client.get("/search?q=keepers+zeppelin")
    assert "Without zeppelin: keepers 1 article" in text_of(page)
    assert 'href="/search?q=keepers"' in page.text
    assert "A filter is on" in client.get("/search?q=keepers&country=IQ").text


def test_a_mistake_in_a_search_is_explained(client: FlaskClient) -> None:
    page = client.get("/search?q=almanac+(").text
    assert "The bracket at character 9 was not closed" in page
    assert "<mark>almanac</mark>" in page


def test_results_have_pages(library: Library, home: Path) -> None:
    for number in range(45):
        library.add(Article(f"Story {number}", f"Story {number}\n\nThe river rose {number} times."))
    library.catch_up()
    browser = create_app(Settings(home), library).test_client()
    second = browser.get("/search?q=river&page=2").text
    assert "Page 2 of 3" in second
    assert 'href="/search?q=river&amp;page=3"' in second
    assert 'rel="prev" href="/search?q=river"' in second
    assert "Page 3 of 3" in browser.get("/?page=3").text


def test_articles_and_quotes_are_two_tabs_that_keep_the_state(client: FlaskClient) -> None:
    page = client.get("/search?q=lock&not-country=FR&sort=date")
    assert "not France" in page.text
    quotes = "/quotes?q=lock&not-about=FR&sort=date"
    assert f'id="tab-quotes" href="{quotes.replace("&", "&amp;")}"' in page.text
    assert re.search(r'id="tab-articles" [^>]*aria-current="page"', page.text)
    back = 'id="tab-articles" href="/search?q=lock&amp;not-country=FR&amp;sort=date"'
    assert back in client.get(quotes).text


def test_quotes_are_shown_with_who_said_them_where(client: FlaskClient) -> None:
    page = client.get("/quotes?q=said:lock+by:kovac")
    assert "for “said:lock by:kovac”" in page.text
    assert re.search(r'href="/quotes/\d+\?q=said:lock\+by:kovac">“A <mark>lock</mark>', page.text)
    assert 'href="/speakers/anna-kovac">Anna Kovac</a>' in page.text
    assert "Lock keepers win a quiet spring</a> · The Harbour Courier" in page.text


def test_what_was_searched_stays_marked_behind_the_address_of_a_quote(client: FlaskClient) -> None:
    page = client.get("/quotes?q=lock").text
    number = re.search(r"/quotes/(\d+)", page)
    assert number
    opened = client.get(f"/quotes/{number[1]}?q=lock", follow_redirects=True)
    assert opened.request.args["q"] == "lock"
    assert '<mark id="hit-1">' in opened.text


def test_articles_show_their_best_quotes_and_how_much_more_they_have(client: FlaskClient) -> None:
    page = client.get("/search?q=river").text
    assert re.search(r'<ul class="best">\s*<li><a href="/quotes/\d+\?q=river">', page)
    assert re.search(r'#hit-1">and \d+ more hits? in the article', page)


def test_recency_is_a_choice_where_it_counts(client: FlaskClient) -> None:
    assert 'href="/search?q=the+river&amp;recency=off"' in client.get("/search?q=the+river").text
    assert "prefer recent articles" in client.get("/search?q=river&recency=off").text
    for elsewhere in ("/search?q=river&sort=date", "/quotes?q=river"):
        assert 'id="recency"' not in client.get(elsewhere).text


@pytest.mark.parametrize(
    "value", ["speaker=anna-kovac", "country=BE", "year=2026", "kind=direct", "source=River+Post"]
)
def test_every_facet_narrows_and_leaves_out(client: FlaskClient, value: str) -> None:
    query = "q=river" if "River" in value else "q=lock"
    page = client.get(f"/search?{query}").text
    assert f'href="/search?{query}&amp;{value}"' in page
    assert f'href="/search?{query}&amp;not-{value}"' in page
    assert f'href="/search?{query}"' in client.get(f"/search?{query}&{value}").text


def test_a_filter_that_excludes_leaves_out(client: FlaskClient) -> None:
    every, other = (client.get(f"/search?q=grain{more}") for more in ("", "&not-country=IQ"))
    assert "New scales for the grain port" in text_of(every)
    assert "New scales for the grain port" not in text_of(other)
    assert "not Iraq" in other.text
    assert 'href="/search?q=grain"' in other.text


def test_another_year_can_be_added_to_the_chosen_one(years: FlaskClient) -> None:
    page = years.get("/search?q=river&year=2016").text
    assert "1 article for" in page
    assert 'class="chosen-year"' in page
    assert page.count('<rect class="bar"') == 3
    assert "<title>2019: 1</title>" in page
    both = "/search?q=river&year=2016&year=2019"
    assert f'href="{both.replace("&", "&amp;")}"' in page
    assert "2 articles for" in years.get(both).text


@pytest.fixture
def years(library: Library, home: Path) -> FlaskClient:
    """A collection with an article of each of three years."""
    for year in (2014, 2016, 2019):
        text = f"Rain\n\nThe river rose in {year}."
        library.add(Article("Rain", text, published=dt.date(year, 5, 1)))
    library.catch_up()
    return create_app(Settings(home), library).test_client()


def test_values_of_a_facet_are_found_by_name(client: FlaskClient) -> None:
    path = "/search/values?q=lock&sort=date&facet=speaker&having=kov"
    fragment, page = client.get(path, headers=HTMX).text, client.get(path).text
    link = 'href="/search?q=lock&amp;speaker=anna-kovac&amp;sort=date"'
    assert link in fragment
    assert link in page
    assert fragment.strip().startswith('<ul id="values-speaker"')
    assert "pieter-de-smedt" not in fragment
    assert "Speakers with “kov”" in page
    assert "anna-kovac" in client.get(path.removesuffix("kov")).text
    assert "None." in client.get(path + "zz", headers=HTMX).text


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("q=anna+ko", 'speaker:"Anna Kovac"'),
        ("q=alman", "almanac"),
        ("q=lock+kov", 'lock speaker:"Anna Kovac"'),
        ("q=lock+-belg&last=1", "lock -country:BE"),
        ("q=lock+by:kov&last=1", 'lock by:"Anna Kovac"'),
        ("q=about:belg&last=1", "about:BE"),
        ("q=title:alman&last=1", "title:almanac"),
        ("q=(lock+OR+alman&last=1", "(lock OR almanac"),
    ],
)
def test_suggestions(client: FlaskClient, typed: str, query: str) -> None:
    fragment = client.get(f"/search/suggestions?{typed}", headers=HTMX).text
    found = [parse_qs(urlsplit(href)[3])["q"][0] for href in links(fragment)]
    assert query in found
    assert fragment.startswith('<ul id="suggestions" class="suggestions" aria-label="Suggestions">')


@pytest.mark.parametrize(
    "typed", ["", "  ", '"lock alm&last=1', "lock+&last=1", "weather:alm&last=1", "zzzzz"]
)
def test_no_suggestions(client: FlaskClient, typed: str) -> None:
    fragment = client.get(f"/search/suggestions?q={typed}", headers=HTMX).text
    assert not links(fragment)
    assert " hidden>" in fragment


def test_suggestions_keep_the_filters(client: FlaskClient) -> None:
    path = "/search/suggestions?q=alman&last=1&country=BE&in=quotes"
    assert "/quotes?q=almanac&about=BE" in links(client.get(path).text)


@pytest.mark.parametrize(
    ("path", "media_type", "begins"),
    [
        ("/search/export.csv?q=almanac", "text/csv", "id,title,url"),
        ("/quotes.json?q=lock", "application/json", '[\n{"id": '),
        ("/search/export.md?q=almanac", "text/markdown", "- “Lock keepers win a quiet spring”"),
    ],
)
def test_a_result_is_taken_along(
    client: FlaskClient, path: str, media_type: str, begins: str
) -> None:
    shown = "/quotes" if "quotes" in path else "/search"
    assert path in client.get(f"{shown}?{path.partition('?')[2]}").text
    answer = client.get(path)
    assert answer.mimetype == media_type
    assert answer.text.startswith(begins)
    assert "http://localhost/" in answer.text
    assert re.search(r"attachment; filename=dateline-\S+\.", answer.headers["Content-Disposition"])


def test_help_tells_every_field_by_a_search_that_is_understood(client: FlaskClient) -> None:
    page = client.get("/help").text
    assert {name.partition(":")[0] for name, _ in FIELDS} == {*TREE_FIELDS}
    for query in (query for query, _ in (*QUERIES, *FIELDS)):
        assert urlencode({"q": query}, safe=":()*~/").replace("&", "&amp;") in page
        assert parse(query).problems == ()


# Saved searches

OURS = {"Origin": "http://localhost"}


@pytest.fixture
def saving(library: Library, home: Path) -> FlaskClient:
    """A collection with an article and a saved search that finds its quote."""
    text = "Rain\n\n“The river of Iraq rose,” said Anna Kovac."
    library.add(Article("Rain", text, published=dt.date(2026, 2, 1)))
    library.catch_up()
    browser = create_app(Settings(home), library).test_client()
    asked = {"q": "river", "in": "quotes", "not-country": "FR", "name": " Rivers & <more> "}
    answer = browser.post("/saved", data=asked, headers=OURS)
    assert (answer.status_code, answer.location) == (303, "/saved")
    return browser


RIVERS = "/saved/Rivers%20&%20%3Cmore%3E"


def test_a_search_is_saved_listed_and_deleted(saving: FlaskClient) -> None:
    page = saving.get("/saved")
    assert "Rivers & <more> quotes for river not France nothing new" in text_of(page)
    assert re.search(r'<link rel="alternate" type="application/atom\+xml"', page.text)
    assert unescape(page.text).count(f'"{RIVERS}/feed.atom"') == 2
    gone = saving.post(f"{RIVERS}/delete", headers=OURS)
    assert gone.status_code == 303
    assert "No search is saved yet" in saving.get("/saved").text
    assert saving.post(f"{RIVERS}/delete", headers=OURS).status_code == 404


def test_what_is_new_is_told_until_it_is_looked_at(saving: FlaskClient, library: Library) -> None:
    text = "Hail\n\n“The river fell again,” said Anna Kovac of Iran."
    library.add(Article("Hail", text, published=dt.date(2026, 3, 1)))
    library.catch_up()
    feed = saving.get(f"{RIVERS}/feed.atom")
    assert "1 new" in saving.get("/saved").text
    looked = saving.get(RIVERS)
    assert looked.location == "/quotes?q=river&not-about=FR&sort=date"
    assert "nothing new" in saving.get("/saved").text
    assert feed.mimetype == "application/atom+xml"
    top = ElementTree.fromstring(feed.data)
    assert top.findtext("{*}title") == "Rivers & <more> · Dateline"
    assert top.findtext("{*}updated") == "2026-03-01T00:00:00Z"
    entries = top.findall("{*}entry")
    assert [entry.findtext("{*}author/{*}name") for entry in entries] == ["Anna Kovac"] * 2
    newest = {child.tag.partition("}")[2]: child for child in entries[0]}
    assert newest["summary"].text == "“The river fell again,”"
    assert newest["title"].text == "Anna Kovac: “The river fell again,”"
    assert newest["updated"].text == "2026-03-01T00:00:00Z"
    for address in (newest["id"].text, newest["link"].get("href")):
        assert re.fullmatch(r"http://localhost/quotes/\d+", address or "")


@pytest.mark.parametrize("name", ["", "  ", "a/b", "..", "x" * 81])
def test_a_name_that_no_address_can_have_is_refused(saving: FlaskClient, name: str) -> None:
    answer = saving.post("/saved", data={"q": "river", "name": name}, headers=OURS)
    assert answer.status_code == 400
    assert "name" in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost:8001"}, 403),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://localhost"}, 303),
    ],
)
def test_only_our_own_pages_change_something(
    saving: FlaskClient, headers: dict[str, str], status: int
) -> None:
    answer = saving.post("/saved", data={"q": "hail", "name": "Hail"}, headers=headers)
    assert answer.status_code == status
    assert ("Hail" in saving.get("/saved").text) == (status == 303)


# Fragments


@pytest.mark.parametrize("path", ["/", "/search?q=lock", "/help", "/saved"])
def test_htmx_gets_the_fragment_that_the_page_includes(client: FlaskClient, path: str) -> None:
    page, fragment = client.get(path), client.get(path, headers=HTMX)
    assert "<html" in page.text
    assert "<html" not in fragment.text
    assert "HX-Request" in page.headers["Vary"]
    inner = fragment.text.partition('<div id="notice" hx-swap-oob="true"></div>')[2].strip()
    assert inner in page.text


def test_htmx_gets_marks_panel_title_and_what_is_said(client: FlaskClient, lock: str) -> None:
    fragment = client.get(f"{lock}?lit=country:BE", headers=HTMX).text
    assert "<html" not in fragment
    assert "<title>Lock keepers win a quiet spring · Dateline</title>" in fragment
    assert 'id="live" hx-swap-oob' in fragment
    assert 'id="lens"' in fragment
    assert '<article class="text">' in fragment


def test_going_back_gets_the_whole_page(client: FlaskClient, lock: str) -> None:
    headers = HTMX | {"HX-History-Restore-Request": "true"}
    assert "<html" in client.get(lock, headers=headers).text


def test_a_layer_choice_over_htmx_keeps_a_clean_address(client: FlaskClient, lock: str) -> None:
    response = client.get(f"{lock}?layers=quotes&keep=1", headers=HTMX)
    assert response.headers["HX-Push-Url"] == f"{lock}?layers=quotes"
    assert "layers=quotes" in response.headers["Set-Cookie"]


# Errors


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/nowhere", 404, "no page at this address"),
        ("/articles/99999", 404, "no such article"),
        ("/articles/9999999999999999999999", 404, "no page at this address"),
        ("/quotes/99999", 404, "no such quote"),
        (f"/search?q={'a' * 2001}", 400, "2,001 characters long; 2,000 are read"),
        (f"/search?{'&'.join(f'year={n}' for n in range(13))}", 400, "at most 12 filters"),
        (f"/search/export.csv?q={'a' * 2001}", 400, "2,001 characters long"),
        ("/search/export.pdf?q=a", 404, "one of these: csv, json, md,"),
        ("/search/values?q=a&facet=kind", 400, "nothing to look up"),
        ("/saved/nothing", 404, "no saved search “nothing”"),
        ("/saved/nothing/feed.atom", 404, "no saved search “nothing”"),
    ],
)
def test_errors_say_what_to_do_on_the_page_and_in_the_fragment(
    client: FlaskClient, path: str, status: int, sentence: str
) -> None:
    page, fragment = client.get(path), client.get(path, headers=HTMX)
    assert page.status_code == fragment.status_code == status
    assert sentence in page.text
    assert sentence in fragment.text
    assert "<html" in page.text
    assert f'<p class="status">{status}</p>' in page.text
    assert fragment.text.strip().startswith('<div id="notice"')
    assert fragment.headers["HX-Push-Url"] == "false"


class _Broken(Library):
    def __init__(self, error: Exception) -> None:
        self._error = error

    def page(self, _page: int = 1) -> Page:
        raise self._error


def test_a_crash_has_a_page_and_is_logged(
    articles_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(Settings(articles_home), _Broken(RuntimeError("secret detail")))
    page = app.test_client().get("/")
    assert page.status_code == 500
    assert "not your fault" in page.text
    assert "secret detail" not in page.text
    assert "secret detail" in caplog.text


def test_a_store_that_cannot_be_read_now(articles_home: Path) -> None:
    app = create_app(Settings(articles_home), _Broken(Unavailable("The disk is away.")))
    page = app.test_client().get("/")
    assert (page.status_code, "The disk is away." in page.text) == (503, True)


# Safety


@pytest.mark.parametrize("path", ["/", "/search?q=a", "/help", "/nowhere", "/static/reader.js"])
def test_every_answer_has_the_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/", "/search?q=lock", "/quotes?q=lock", "/search/values?facet=speaker", "/saved",
        "/help", "/nowhere",
    ],
)  # fmt: skip
def test_no_page_has_inline_script_or_style_or_another_host(client: FlaskClient, path: str) -> None:
    page = read(client.get(path).text)
    for tag, attributes in page.tags:
        assert tag != "style"
        assert not {name for name in attributes if name == "style" or name.startswith("on")}
        for link in (attributes.get("src"), attributes.get("href")):
            assert link is None or link.startswith(("/", "#"))
        assert tag != "script" or attributes.get("src")


SCRIPT = "<script>alert(1)</script>"


def test_an_article_full_of_markup_shows_as_text(library: Library, home: Path) -> None:
    text = f"{SCRIPT} & more\n\n“{SCRIPT} it rose,” said Anna <b>Kovac</b> of Iraq.\n\n{SCRIPT}"
    number = library.add(Article(f"{SCRIPT} & more", text, author=SCRIPT, source=SCRIPT))
    library.catch_up()
    browser = create_app(Settings(home), library).test_client()
    path = browser.get(f"/articles/{number}").location
    for address in (
        "/",
        path,
        f"{path}?q=alert",
        f"{path}?lit=country:IQ",
        "/search?q=alert",
        "/quotes",
    ):
        page = browser.get(address)
        assert page.status_code == 200
        assert "<script>" not in page.text
        assert "<b>" not in page.text
        assert "&lt;script&gt;" in page.text or "&lt;<mark>script" in page.text
    assert "<script>" not in browser.get("/search", query_string={"q": SCRIPT}).text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1:8000"])
def test_other_host_names_are_refused(client: FlaskClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "does not answer to that host name" in answer.text


def test_hosts_can_be_allowed(articles_home: Path, filled: Library) -> None:
    allowed = Settings(articles_home, allowed_hosts="news.example, two.example")
    browser = create_app(allowed, filled).test_client()
    assert browser.get("/", headers={"Host": "two.example"}).status_code == 200
    assert browser.get("/", headers={"Host": "three.example"}).status_code == 400


def test_keys_can_be_switched_off(client: FlaskClient) -> None:
    assert 'data-keys="on"' in client.get("/").text
    client.get("/help?keys=off")
    assert 'data-keys="off"' in client.get("/").text
    client.get("/help?keys=on")
    assert 'data-keys="on"' in client.get("/").text


# Any text


@pytest.fixture(scope="module")
def any_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@pytest.fixture(scope="module")
def any_library(any_home: Path) -> Iterator[Library]:
    opened = open_library(Settings(any_home))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def any_client(any_home: Path, any_library: Library) -> FlaskClient:
    return create_app(Settings(any_home), any_library).test_client()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(
        st.sampled_from("ab \n\t\x01\x0b\u202e\u200dשلا😀“”\"'‘’<&é\u0301IraqsaidAnaKos.,"),
        max_size=300,
    )
)
def test_any_text_renders_whole(any_library: Library, any_client: FlaskClient, raw: str) -> None:
    found = clean(raw)
    number = any_library.add(Article(found.title, found.text))
    if number is not None:
        html = any_client.get(f"/articles/{number}", follow_redirects=True).text
        shown = " ".join("".join(read(html.partition("<main")[2]).text).split())
        for paragraph in filter(None, found.text.split("\n\n")):
            assert " ".join(paragraph.split()) in shown


def test_thousands_of_quotes_in_one_line(library: Library, home: Path) -> None:
    line = "“The river of Iraq rose,” said Anna Kovac. " * 5_000
    found = clean(line)
    assert len(found.text) > 200_000
    number = library.add(Article(found.title, found.text))
    library.catch_up()
    browser = create_app(Settings(home), library).test_client()
    page = browser.get(f"/articles/{number}", follow_redirects=True)
    assert page.status_code == 200
    assert library.search("river").total == 1
