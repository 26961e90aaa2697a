"""Articles that tell the same: one result of a search, and a page that says what differs."""

import csv
import datetime as dt
import io
import json
import re
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from support import fill

from webapp import create_app
from webapp.cli import main
from webapp.config import Settings
from webapp.errors import NotFound
from webapp.library import EVERYTHING, MOST_ALIKE, Library, open_library
from webapp.model import Annotations, Article
from webapp.search import Filters

LEAD = (
    "The port of Varna will close its eastern basin for eleven weeks from Monday, after divers "
    "found cracks in two of the piles that carry the coal quay, the port said on Thursday."
)
SAID = (
    "“We could load one more ship, and we could also lose it,” said Ivo Penchev, the harbour "
    "master. “I would rather explain an empty quay than one that is no longer there.”"
)
LONG = (
    "The basin handled two million tonnes last year, most of it coal from Georgia and grain for "
    "Egypt. Ships that were due there will be sent to the western basin, or to Constanta in "
    "Romania, where there is room for about forty calls a month."
)
END = "Grain traders said that the detour would cost three dollars a tonne."
PAID = "Workers at the quay will be paid until the basin opens again, their union said."


def article(title: str, source: str, day: int, *paragraphs: str) -> Article:
    text = "\n\n".join((title, *paragraphs))
    return Article(title, text, source=source, published=dt.date(2026, 3, day))


WIRE = article("Varna shuts its coal quay", "Black Sea Wire", 5, LEAD, SAID, LONG, END)
POST = article(
    "Cracked piles close a basin", "Evening Post", 6, LEAD, SAID, LONG, END.replace("three", "five")
)
COURIER = article("Ships sent to Romania", "Harbour Courier", 6, LEAD, SAID, LONG, PAID)
LATER = article(
    "Varna basin shut until June", "Black Sea Wire", 9, LEAD.replace("eleven", "13"), SAID, LONG
)
OTHER = article(
    "Cairo has bread", "Nile Ledger", 9, "“What sails round Varna sails,” said Hala Fathi in Egypt."
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of which articles 1 to 4 tell one story, 5 another. Do not change it."""
    home = tmp_path_factory.mktemp("made")
    fill(home, articles=(WIRE, POST, COURIER, LATER, OTHER))
    return home


@pytest.fixture
def told(made: Path, home: Path) -> Iterator[Library]:
    """The same to be changed."""
    shutil.copytree(made, home)
    opened = open_library(Settings(home))
    yield opened
    opened.close()


@pytest.fixture
def browser(told: Library, home: Path) -> FlaskClient:
    return create_app(Settings(home), told).test_client()


def ids(library: Library, text: str = "", **asked: object) -> list[int]:
    return [hit.article.id for hit in library.search(text, **asked).hits]  # type: ignore[arg-type]  # rows of options


def stories(library: Library) -> dict[int, int]:
    """The article that stands for each story, and for how many others."""
    return {hit.article.id: hit.folded for hit in library.search("").hits}


def text_of(html: str) -> str:
    main = html.partition("<main")[2]
    return " ".join(unescape(re.sub(r"<(?!/?(?:del|ins)\b)[^>]+>", " ", main)).split())


# Searching


def test_a_search_lists_a_story_once_and_counts_it_once(told: Library) -> None:
    result = told.search("varna")
    assert (result.total, result.folded, result.pages) == (2, 3, 1)
    assert sorted(hit.folded for hit in result.hits) == [0, 3]
    assert {hit.story for hit in result.hits} == {1, 5}
    assert ids(told, newest_first=True) == [5, 4]
    assert sorted(ids(told, folded=False)) == [1, 2, 3, 4, 5]
    assert told.search("", kind="quotes").articles == 2


@pytest.mark.parametrize("folded", [True, False])
@pytest.mark.parametrize("text", ["", "varna", "egypt", "romania"])
def test_every_number_beside_a_search_leads_to_what_it_counts(
    told: Library, text: str, folded: bool
) -> None:
    for facet, names in told.search(text, folded=folded).facets.items():
        for name in names:
            narrowed = told.search(text, Filters(((facet, name.id),)), folded=folded)
            assert narrowed.total == name.count, (facet, name)
            by_name = told.facet_values(text, facet, name.name, EVERYTHING, "articles", folded)
            assert name in by_name


def test_others_with_a_speaker_or_country_are_counted_as_a_search_lists_them(told: Library) -> None:
    for speaker in told.article(2).found.speakers:
        narrowed = told.search("", Filters((("speaker", speaker.id),)))
        assert told.others_with_speaker(speaker.id, 2) == narrowed.total - 1
    assert told.search("country:eg").total == 2
    assert told.others_with_country("EG", 3) == 1


def test_a_result_leads_to_the_versions_that_it_counts(browser: FlaskClient) -> None:
    page = browser.get("/search?q=varna&sort=date")
    assert "2 articles for “varna”" in text_of(page.text)
    assert "3 more versions of these stories: list all versions" in text_of(page.text)
    link = re.search(r'href="([^"]*)"[^>]*>Found in 4 versions of this story', page.text)
    assert link
    assert unescape(link[1]) == "/search?q=varna&story=1&sort=date"
    versions = browser.get(unescape(link[1]))
    assert "4 articles for “varna”" in text_of(versions.text)
    assert "story: Varna shuts its coal quay" in text_of(versions.text)
    assert 'href="/search?q=varna&amp;sort=date"' in versions.text  # the filter is taken off
    assert "Found in" not in versions.text
    assert 'id="versions"' not in versions.text


def test_all_versions_can_be_listed_and_folded_again(browser: FlaskClient) -> None:
    page = browser.get("/search?q=varna").text
    assert 'id="versions" href="/search?q=varna&amp;versions=all"' in page
    every = browser.get("/search?q=varna&versions=all").text
    assert "5 articles for “varna”" in text_of(every)
    assert 'id="versions" href="/search?q=varna"' in every
    assert 'href="/search?q=varna&amp;year=2026&amp;versions=all"' in every
    assert "Evening Post 1" in text_of(every)
    for elsewhere in ("/search?q=cairo", "/quotes?q=cairo"):
        assert 'id="versions"' not in browser.get(elsewhere).text


@pytest.mark.parametrize("story", ["7", "x", "9" * 40, "-1", "%00"])
def test_a_story_that_is_not_there_finds_nothing(browser: FlaskClient, story: str) -> None:
    page = browser.get(f"/search?story={story}")
    assert page.status_code == 200
    assert "a story that is not here" in page.text
    assert "No article matches" in page.text


def test_another_source_of_a_folded_search_is_offered_with_its_number(browser: FlaskClient) -> None:
    page = text_of(browser.get("/search?q=varna&source=Evening+Post").text)
    assert "1 article for “varna”" in page
    assert "Black Sea Wire 1" in page  # two articles of one story
    assert "Black Sea Wire 2" in text_of(
        browser.get("/search?q=varna&source=Evening+Post&versions=all").text
    )


@pytest.mark.parametrize(("state", "rows"), [("", 2), ("&versions=all", 5), ("&story=1", 4)])
def test_an_export_has_what_the_page_lists(browser: FlaskClient, state: str, rows: int) -> None:
    exported = browser.get(f"/search/export.csv?q=varna{state}").text
    found = list(csv.DictReader(io.StringIO(exported)))
    assert len(found) == rows
    assert {row["story"] for row in found} <= {"1", "5"}
    assert sum(1 + int(row["folded"]) for row in found) == (4 if "story" in state else 5)


@pytest.mark.usefixtures("told")
def test_the_command_line_folds_as_the_page_does(home: Path) -> None:
    def search(*options: str) -> str:
        done = CliRunner().invoke(main, ["search", "--home", str(home), "varna", *options])
        assert done.exit_code == 0
        return done.output

    assert "Found in 4 versions of this story" in search()
    assert "2 found" in search()
    assert "5 found" in search("--all-versions")
    assert json.loads(search("--json"))["total"] == 2
    assert len(json.loads(search("--export", "json", "--all-versions"))) == 5


def test_a_new_version_makes_its_story_new_once(told: Library) -> None:
    told.save("varna", "varna", EVERYTHING, "articles")
    more = (PAID, "A report on the cracks is due in May.")
    for number, paragraph in enumerate(more):
        told.add(article(f"More {number}", "Wire", 10 + number, LEAD, SAID, LONG, paragraph))
    told.catch_up()
    ((_, new),) = told.saved()
    assert new == 1
    hit, _ = told.search("varna", newest_first=True).hits
    assert (hit.article.title, hit.folded) == ("More 1", 5)


# The story of an article


def test_removing_and_bringing_back_keeps_the_story(told: Library) -> None:
    assert stories(told) == {5: 0, 4: 3}
    told.remove(1)
    assert stories(told) == {5: 0, 4: 2}
    assert [a.id for a in told.article(2).alike] == [3, 4]
    assert told.story_title(1) == POST.title  # of the oldest that is left
    told.bring_back(1)
    assert stories(told) == {5: 0, 4: 3}
    assert [a.id for a in told.article(2).alike] == [1, 3, 4]


def test_what_is_brought_back_joins_what_came_meanwhile(library: Library) -> None:
    library.add(WIRE)
    library.remove(1)
    library.add(POST)
    library.bring_back(1)
    assert stories(library) == {2: 1}
    library.remove(2)
    library.remove(1)
    library.bring_back(2)
    library.bring_back(1)
    assert stories(library) == {2: 1}


def test_a_correction_keeps_the_story(told: Library) -> None:
    told.edit(replace(told.article(4).article, title="Shut", published=dt.date(2026, 3, 1)))
    assert stories(told) == {5: 0, 3: 3}
    assert told.article(4).versions == 4


def test_a_new_version_is_all_that_is_indexed_anew(told: Library) -> None:
    told.add(article("Again", "Wire", 12, LEAD, SAID, LONG))
    assert told.catch_up() == 1
    assert stories(told) == {6: 4, 5: 0}


@pytest.fixture
def old(told: Library, home: Path) -> Library:
    """The collection as it was stored before there were bands and stories."""
    with sqlite3.connect(home / "dateline.sqlite") as connection:
        connection.execute("DELETE FROM bands")
        connection.execute("DELETE FROM stories")
    connection.close()
    told.reindex()
    assert stories(told) == {5: 0, 4: 0, 3: 0, 2: 0, 1: 0}
    return told


def test_old_articles_find_their_story_while_the_reader_serves(old: Library) -> None:
    old.repair_soon()
    for thread in threading.enumerate():
        if thread.name == "index":
            thread.join()
    assert stories(old) == {5: 0, 4: 3}
    assert [a.id for a in old.article(1).alike] == [2, 3, 4]


def test_old_articles_find_their_story_by_a_repair(old: Library, home: Path) -> None:
    old.remove(2)
    (home / "search").rename(home / "gone")
    done = CliRunner().invoke(main, ["check", "--repair", "--home", str(home)])
    assert done.exit_code == 0
    assert stories(old) == {5: 0, 4: 2}
    old.bring_back(2)  # its rows say nothing of stories
    assert stories(old) == {5: 0, 4: 3}


def test_an_old_article_joins_a_story_that_came_later(old: Library) -> None:
    with_story = old.add(article("Again", "Wire", 12, LEAD, SAID, LONG))
    old.catch_up()
    old.repair()
    assert old.article(1).story == with_story
    assert stories(old) == {6: 4, 5: 0}


# Reading


def test_an_article_names_those_that_tell_the_same(browser: FlaskClient) -> None:
    page = browser.get("/articles/2", follow_redirects=True).text
    told = (
        "Also published by Black Sea Wire : Varna shuts its coal quay (5 March 2026) — what differs"
    )
    assert told in text_of(page)
    assert 'href="/articles/3/ships-sent-to-romania"' in page
    for older_first in ("1/compared/2", "2/compared/3", "2/compared/4"):
        assert f'href="/articles/{older_first}"' in page
    assert "Also published" not in browser.get("/articles/5", follow_redirects=True).text


def test_of_many_versions_the_rest_is_a_search(library: Library, home: Path) -> None:
    for number in range(MOST_ALIKE + 2):
        made = article(f"Varna {number}", "Wire", 5, LEAD, SAID, LONG)
        library.restore(made, Annotations("made up"))
    library.catch_up()
    page = create_app(Settings(home), library).test_client().get("/articles/1/varna-0").text
    assert page.count("what differs") == MOST_ALIKE
    assert f'href="/search?story=1">all {MOST_ALIKE + 2} versions' in page
    assert library.search("", Filters((("story", "1"),))).total == MOST_ALIKE + 2


# What differs


def compared(browser: FlaskClient, one: int, other: int) -> str:
    page = browser.get(f"/articles/{one}/compared/{other}")
    assert page.status_code == 200
    return page.text


def test_what_differs_is_marked_for_eyes_and_ears(browser: FlaskClient) -> None:
    page = compared(browser, 1, 2)
    plain = text_of(page)
    assert (
        "the detour would cost <del> [only in the first: three ] </del> "
        "<ins> [only in the second: five ] </ins> dollars a tonne." in plain
    )
    for link in ("/articles/1/varna-shuts-its-coal-quay", "/articles/2/cracked-piles"):
        assert f'<a href="{link}' in page
    assert "Black Sea Wire · 5 March 2026 1 word only here" in plain
    assert "Evening Post · 6 March 2026 1 word only here" in plain


def test_long_stretches_that_are_the_same_are_folded_and_there(browser: FlaskClient) -> None:
    page = compared(browser, 1, 2)
    number = len(f"{LEAD} {SAID} {LONG}".split())
    assert f"<details><summary>{number} words the same</summary>" in page
    assert f"{number + len(END.split()) - 1} words in both." in text_of(page)
    for paragraph in (LEAD, SAID, LONG):
        assert f"<p>{paragraph}</p>" in unescape(page)


def test_a_paragraph_in_place_of_another_stands_below_it(browser: FlaskClient) -> None:
    page = text_of(compared(browser, 1, 3))
    assert f"<del> [only in the first: {END} ] </del> <ins> [only in the second: {PAID}" in page
    assert compared(browser, 1, 3).count("<p><del>") == compared(browser, 1, 3).count("<p><ins>")
    page = text_of(compared(browser, 3, 4))
    assert f"<del> [only in the first: {PAID} ] </del>" in page
    assert "for <del> [only in the first: eleven ] </del> <ins> [only in the second: 13" in page


def test_the_same_text_is_said_to_be_the_same(library: Library, home: Path) -> None:
    for title in ("One", "Other"):
        library.restore(article(title, "Wire", 5, LEAD, SAID), Annotations("made up"))
    library.restore(
        article("Broken", "Wire", 5, LEAD.replace(", ", ",\n\n"), SAID), Annotations("")
    )
    browser = create_app(Settings(home), library).test_client()
    for other in (2, 3):
        page = compared(browser, 1, other)
        assert "they say the same, word for word" in page
        assert "[only" not in page


def test_any_two_articles_can_be_compared(browser: FlaskClient) -> None:
    assert "0 words in both" in compared(browser, 1, 5)
    assert "same, word for word" in compared(browser, 1, 1)
    fragment = browser.get("/articles/1/compared/2", headers={"HX-Request": "true"}).text
    assert "<title>What differs · Dateline</title>" in fragment
    assert "<body" not in fragment


@pytest.mark.parametrize(
    "path", ["1/compared/99", "99/compared/1", "1/compared/x", "1/compared/-1"]
)
def test_what_cannot_be_compared_is_said(browser: FlaskClient, path: str) -> None:
    page = browser.get(f"/articles/{path}")
    assert page.status_code == 404
    assert "<main" in page.text


def test_what_articles_say_is_no_markup(library: Library, home: Path) -> None:
    for word in ("one", "two"):
        made = article(f"<i>{word}</i>", "<b>", 5, f"{LEAD} <script>{word}</script>")
        library.restore(made, Annotations("made up"))
    page = compared(create_app(Settings(home), library).test_client(), 1, 2)
    assert "&lt;script&gt;one" in page
    assert "<script>one" not in page
    assert "<i>" not in page


def test_a_comparison_of_what_is_gone_is_not_found(told: Library) -> None:
    told.remove(2)
    with pytest.raises(NotFound, match="One of the two"):
        told.compared(1, 2)
