"""The page of quotes, what narrows it, and the page of one wording."""

import datetime as dt
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from collection import SAME_WORDS, Said, made_articles
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from support import disagreements, total_of

from webapp import create_app
from webapp.catalogue import wordings
from webapp.config import Settings
from webapp.library import Library
from webapp.model import Article

SAID = [said for made in made_articles() for said in made.said]
ROAD = "/quotes?by=yusef-al-karimi&about=TR"


def text_of(html: str) -> str:
    """What a page's main part says, as one line."""
    main = re.sub("<[^>]+>", "", html.partition("<main")[2].partition(">")[2])
    return " ".join(unescape(main).split())


def slug(said: Said) -> str:
    return said.speaker.lower().replace(" ", "-")


# What is listed


def test_the_heading_says_whose_quotes_about_what(client: FlaskClient) -> None:
    page = client.get(f"{ROAD}&q=road").text
    heading = "quotes by Yusef al-Karimi about Turkey for “road”"
    assert f"6 {heading} Articles" in text_of(page)
    assert f"<title>Q{heading[1:]} · Dateline</title>" in page
    assert '<a href="/speakers/yusef-al-karimi">Yusef al-Karimi</a>' in page
    assert '<a href="/countries/TR">Turkey</a>' in page


def test_several_speakers_and_countries_are_one_or_the_other(client: FlaskClient) -> None:
    page = client.get(f"{ROAD}&by=selin-karahan&about=IQ&not-about=RO").text
    heading = "by Yusef al-Karimi or Selin Karahan about Turkey or Iraq Articles"
    assert heading in text_of(page).replace(" about Iraq or Turkey", " about Turkey or Iraq")
    assert "not Romania" in page


def test_words_that_repeat_are_counted_but_listed_once(client: FlaskClient) -> None:
    page = client.get(ROAD).text
    assert "3 of them different; the others repeat these" in text_of(page)
    assert page.count('<p class="words">') == 3
    every = client.get(f"{ROAD}&versions=all").text
    assert f'href="{ROAD.replace("&", "&amp;")}&amp;versions=all"' in page
    assert f'id="versions" href="{ROAD.replace("&", "&amp;")}"' in every
    assert every.count('<p class="words">') == total_of(every) == total_of(page) == 6


def test_quotes_come_newest_first_or_by_relevance(client: FlaskClient) -> None:
    def days(address: str) -> list[str]:
        return re.findall(r'<time datetime="([^"]+)">', client.get(address).text)

    assert days("/quotes") == sorted(days("/quotes"), reverse=True)
    assert "Newest first" in client.get("/quotes").text
    by_date = days("/quotes?q=road+OR+port&sort=date")
    assert by_date == sorted(by_date, reverse=True)
    assert days("/quotes?q=road+OR+port") != by_date
    assert "Newest first" not in client.get("/quotes?q=road+OR+port").text


def test_a_quote_says_who_where_when_how_sure_and_about_what(client: FlaskClient) -> None:
    said = next(one for one in SAID if one.country == "KE")
    page = client.get(f"/quotes?by={slug(said)}&about=KE&until={said.published}").text
    first = page.partition('<ol class="said">')[2].partition("</li>\n")[0]
    assert re.search(r'<p class="words"><a href="/quotes/\d+">', first)
    assert f'<a class="tag speaker" href="/speakers/{slug(said)}">{said.speaker}</a>, ' in first
    assert '<span class="unseen">cue: </span>“said”' in first
    assert re.search(rf'<a href="/articles/\d+/[^"]+">{said.title}</a> · {said.source} · ', first)
    assert f'<time datetime="{said.published}">' in first
    assert re.search(r'<span class="sure">\d\d % sure</span>', first)
    assert '<a class="tag country" href="/countries/KE">' in first


def test_a_person_is_found_under_every_spelling(client: FlaskClient) -> None:
    page = client.get("/quotes?by=yusef-al-karimi&versions=all").text
    for name in ("Yusef al-Karimi", "Youssef Al Karimi", "Yusuf al-Karimi"):
        assert f'href="/speakers/yusef-al-karimi">{name}</a>' in page


def test_quotes_have_pages(client: FlaskClient) -> None:
    page = client.get("/quotes?about=TR&about=IQ&about=KE&about=PE&page=2").text
    assert "Page 2 of" in page
    assert 'rel="prev" href="/quotes?about=TR&amp;about=IQ&amp;about=KE&amp;about=PE"' in page


def test_nothing_found_says_what_to_do(client: FlaskClient) -> None:
    page = text_of(client.get(f"{ROAD}&q=zeppelin").text)
    assert "0 quotes by Yusef al-Karimi about Turkey for “zeppelin”" in page
    assert "No quote matches." in page
    assert "A filter is on; remove it above." in page


# What narrows it


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("by=dagny-ravensholm", lambda said: said.speaker == "Dagny Ravensholm"),
        ("by=dagny-ravensholm&about=KE", lambda s: (slug(s), s.country) == (
            "dagny-ravensholm", "KE")),
        ("about=FJ", lambda said: said.country == "FJ"),
        ("about=fj&by=joseph-vunibola", lambda s: (slug(s), s.country) == (
            "joseph-vunibola", "FJ")),
        ("about=UY&kind=indirect", lambda s: (s.country, s.kind.value) == ("UY", "indirect")),
        ("about=UY&not-kind=indirect", lambda s: s.country == "UY" and s.kind.value != "indirect"),
        ("about=PE&source=Coastline+Report", lambda s: (s.country, s.source) == (
            "PE", "Coastline Report")),
        ("about=PE&year=2025", lambda s: s.country == "PE" and s.published.year == 2025),
        ("about=PE&since=2025-05-01", lambda s: s.country == "PE" and s.published >= dt.date(
            2025, 5, 1)),
        ("about=PE&until=2025-05-01", lambda s: s.country == "PE" and s.published <= dt.date(
            2025, 5, 1)),
    ],
)  # fmt: skip
def test_every_filter_leaves_what_it_says(client: FlaskClient, asked: str, holds: Any) -> None:
    assert total_of(client.get(f"/quotes?{asked}").text) == len([*filter(holds, SAID)]) > 0


def test_the_first_and_the_last_day_are_both_included(client: FlaskClient) -> None:
    said = SAID[0]
    asked = f"by={slug(said)}&since={said.published}&until={said.published}"
    assert total_of(client.get(f"/quotes?{asked}").text) == 2


def test_confidence_is_a_least_one(client: FlaskClient) -> None:
    totals = [total_of(client.get(f"{ROAD}&confidence={least}").text) for least in (0, 80, 100)]
    assert totals == [6, 6, 0]
    for least in (80, 90):
        page = client.get(f"/quotes?confidence={least}").text
        assert min(map(int, re.findall(r"(\d+) % sure<", page))) >= least


def test_every_filter_is_a_chip_that_can_be_removed(client: FlaskClient) -> None:
    limits = {
        "since=2024-01-01": "from 1 January 2024",
        "until=2026-12-31": "until 31 December 2026",
        "confidence=60": "60 % sure or more",
        "source=Harbour+Gazette": "Harbour Gazette",
        "kind=direct": "direct",
    }
    page = client.get(f"{ROAD}&{'&'.join(limits)}").text
    for limit, name in limits.items():
        chip = re.search(rf'href="([^"]*)"[^>]*title="Remove this filter">{name} <', page)
        assert chip, name
        assert limit.replace("+", "%20") not in chip[1].replace("+", "%20")
        assert total_of(client.get(unescape(chip[1])).text) >= total_of(page)


def test_the_forms_and_links_of_limits_keep_the_rest(client: FlaskClient) -> None:
    page = client.get(f"{ROAD}&since=2024-05-01&confidence=60").text
    form = page.partition('<form class="dates" action="/quotes"')[2].partition("</form>")[0]
    assert re.findall(r'name="(\w+)"[^>]* value="([^"]*)"', form) == [
        ("by", "yusef-al-karimi"), ("about", "TR"), ("confidence", "60"),
        ("since", "2024-05-01"), ("until", ""),
    ]  # fmt: skip
    rest = f"{ROAD}&since=2024-05-01".replace("&", "&amp;")
    assert f'id="confidence-any" href="{rest}"' in page
    assert f'id="confidence-90" href="{rest}&amp;confidence=90"' in page
    assert re.search('id="confidence-60" [^>]* aria-current="true"', page)


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        ("since=yesterday", "“yesterday” is not a day, so it was left out."),
        ("until=2026-02-30", "“2026-02-30” is not a day, so it was left out."),
        ("until=2026", "Write a day as in 2026-03-14."),
        ("confidence=high", "“high” is not a confidence, so it was left out."),
        ("confidence=101", "Write 0 to 100."),
        ("confidence=%C2%B2", "“²” is not a confidence"),
    ],
)
def test_a_limit_that_is_none_is_told_and_left_out(
    client: FlaskClient, limit: str, sentence: str
) -> None:
    page = client.get(f"{ROAD}&{limit}").text
    assert sentence in text_of(page)
    assert total_of(page) == 6
    assert limit not in page


def test_days_that_are_turned_are_told(client: FlaskClient) -> None:
    page = client.get(f"{ROAD}&since=2026-01-01&until=2025-01-01").text
    assert "The first day is after the last one, so nothing is found." in text_of(page)
    assert total_of(page) == 0


def test_articles_too_have_dates(client: FlaskClient) -> None:
    page = client.get("/search?country=PE&since=2025-05-01").text
    titles = {s.title for s in SAID if s.country == "PE" and s.published >= dt.date(2025, 5, 1)}
    assert total_of(page) == len(titles)
    assert "from 1 May 2025" in text_of(page)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/search?in=quotes", "/quotes"),
        ("/search?in=quotes&q=road&speaker=yusef-al-karimi&not-country=tr&sort=date&page=2",
         "/quotes?q=road&by=yusef-al-karimi&not-about=TR&sort=date&page=2"),
        ("/search?in=quotes&year=2026&kind=direct&recency=off",
         "/quotes?year=2026&kind=direct&recency=off"),
    ],
)  # fmt: skip
def test_the_old_address_leads_to_the_new_one(client: FlaskClient, old: str, new: str) -> None:
    assert client.get(old).location == new


def test_other_pages_about_quotes_are_told_that_it_is_quotes(client: FlaskClient) -> None:
    page = client.get(f"{ROAD}&q=road").text
    state = "q=road&by=yusef-al-karimi&about=TR"
    assert f'href="/quotes.csv?{state.replace("&", "&amp;")}"' in page
    old = "q=road&in=quotes&speaker=yusef-al-karimi&country=TR"
    for file in (f"/quotes.csv?{state}", f"/search/export.csv?{old}"):
        assert len(client.get(file).text.splitlines()) == 1 + total_of(page)
    assert page.count('<input type="hidden" name="in" value="quotes">') == 1
    assert 'hx-get="/search/suggestions?last=1&amp;in=quotes"' in page
    found = client.get("/search/values?in=quotes&q=road&facet=speaker&having=kar").text
    assert 'href="/quotes?q=road&amp;by=yusef-al-karimi"' in found


# One wording


@pytest.mark.parametrize(("words", "number"), SAME_WORDS)
def test_a_wording_has_as_many_versions_as_its_link_says(
    client: FlaskClient, words: str, number: int
) -> None:
    page = client.get("/quotes", query_string={"q": f'said:"{words}"'}).text
    link = re.search(r'href="(/quotes/\d+/wording)" data-count="(\d)">in \2 articles', page)
    assert link, words
    assert int(link[2]) >= number  # some may have cut these very words
    there = client.get(link[1]).text
    assert total_of(there) == there.count('<p class="words">') == int(link[2])
    assert f"One quote in {link[2]} articles" in text_of(there)


def test_a_wording_shows_the_longest_and_what_others_left_out_or_changed(
    client: FlaskClient,
) -> None:
    words = "The road through Turkey is the shortest way to a full silo"
    page = client.get("/quotes", query_string={"q": f'said:"{words}"'}).text
    link = re.search(r'href="(/quotes/\d+/wording)"', page)
    assert link
    there = client.get(link[1]).text
    shown = [text_of(f"<main>{w}") for w in re.findall('<p class="words">(.*?)</p>', there)]
    assert shown == [
        f"“{words},” … “Whoever said otherwise had not driven it.”",
        "“The road through Turkey is the [left out: shortest] [added: surest] way to a full silo,” "
        "… “Whoever said otherwise had not driven it.”",
        f"“{words},” [left out: “Whoever said otherwise had not driven it.”]",
    ]
    assert "<del>" in there
    assert "<ins>" in there
    days = re.findall(r'<time datetime="([^"]+)">', there)
    assert days[1:] == sorted(days[1:])


def test_what_is_the_same_is_said_to_be_so(client: FlaskClient) -> None:
    page = client.get("/quotes", query_string={"q": 'said:"We are glad to mend"'}).text
    link = re.search(r'href="(/quotes/\d+/wording)"', page)
    assert link
    there = client.get(link[1]).text
    assert there.count("Word for word") == 2


def test_every_address_of_a_wording_shows_the_same(client: FlaskClient) -> None:
    page = client.get("/quotes?versions=all&q=said:%22glad+to+mend%22").text
    links = re.findall(r'href="(/quotes/\d+/wording)"', page)
    assert len(set(links)) == 3
    assert len({client.get(link).text.partition("<main")[2] for link in links}) == 1


def test_more_versions_than_a_page_takes_are_a_list(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wordings, "MOST", 2)
    page = client.get("/quotes?q=said:%22one+cable+is+not%22").text
    link = re.search(r'href="(/quotes/\d+/wording)"', page)
    assert link
    there = client.get(link[1]).text
    assert there.count('<p class="words">') == 3
    assert "All 4 quotes" in text_of(there)
    assert not list(disagreements(client, link[1]))
    every = re.search(r'href="(/quotes\?first=\d+)"', there)
    assert every
    assert "one wording" in text_of(client.get(every[1]).text)


@pytest.fixture
def twice(library: Library, home: Path) -> FlaskClient:
    """One article that has a quote twice, and another that has it once; and a lonely quote."""
    words = "“The river of Iraq will carry ships again before the summer ends,” said Anna Kovac."
    later = "“The river of Iraq will carry ships again before the summer ends,” Kovac said again."
    library.add(Article("Rain", f"Rain\n\n{words}\n\n{later}", published=dt.date(2026, 2, 1)))
    library.add(Article("Hail", f"Hail\n\n{words}", published=dt.date(2026, 2, 2)))
    library.add(Article("Snow", "Snow\n\n“Nobody came,” said Pieter de Smedt."))
    library.catch_up()
    return create_app(Settings(home), library).test_client()


def test_an_article_that_has_it_twice_is_one_article(twice: FlaskClient) -> None:
    page = twice.get("/quotes?q=river").text
    assert "3 quotes for “river”" in text_of(page)
    assert "in 2 articles" in page
    link = re.search(r'href="(/quotes/\d+/wording)"', page)
    assert link
    there = text_of(twice.get(link[1]).text)
    assert "One quote in 2 articles It stands there 3 times." in there


def test_a_removed_article_no_longer_counts(twice: FlaskClient, library: Library) -> None:
    library.remove(1)
    page = twice.get("/quotes?q=river").text
    assert total_of(page) == 1
    assert "/wording" not in page
    alone = twice.get(f"/quotes/{library.article(2).found.quotes[0].id}/wording").text
    assert "No other article has it." in text_of(alone)


def test_what_is_brought_back_repeats_what_came_meanwhile(
    twice: FlaskClient, library: Library
) -> None:
    hail = library.article(2).article
    for number in (1, 2):
        library.remove(number)
    library.add(hail)
    library.bring_back(1)
    assert "in 2 articles" in twice.get("/quotes?q=river").text


def test_the_wording_of_a_quote_that_is_not_there(client: FlaskClient) -> None:
    answer = client.get("/quotes/99999/wording")
    assert answer.status_code == 404
    assert "no such quote" in answer.text


# Numbers agree, and are found quickly


@pytest.mark.parametrize(
    "path",
    [
        "/quotes", ROAD, f"{ROAD}&q=road&confidence=80", "/quotes?by=henrik-aaltonen&versions=all",
        "/search?q=road", "/search?speaker=yusef-al-karimi",
    ],
)  # fmt: skip
def test_every_number_leads_to_as_many(client: FlaskClient, path: str) -> None:
    assert list(disagreements(client, path)) == []


def test_the_card_of_a_speaker_counts_the_person_not_the_name(
    client: FlaskClient, filled: Library
) -> None:
    hits = filled.search("said:silo by:karimi", kind="quotes").quotes
    for hit in hits:
        assert hit.speaker
        card = client.get(
            f"/articles/{hit.article.id}?lit=speaker:{hit.speaker.id}", follow_redirects=True
        )
        others = re.search(r"in (\d+) other articles", card.text)
        assert others
        every = client.get("/search?speaker=yusef-al-karimi").text
        assert int(others[1]) == total_of(every) - 1


TABLES = "articles|quotes|repeats|people|appearances|fingerprints|annotations|stories"


@pytest.fixture
def statements() -> Iterator[list[tuple[str, Any]]]:
    """The statements that the store runs, with what they are given."""
    run: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, given: Any, *_: object) -> None:
        run.append((statement, given))

    event.listen(Engine, "before_cursor_execute", note)
    yield run
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("path", [f"{ROAD}&q=road", "WORDING"])
def test_no_table_is_read_from_end_to_end(
    client: FlaskClient, articles_home: Path, statements: list[tuple[str, Any]], path: str
) -> None:
    link = re.search(r'"(/quotes/\d+/wording)"', client.get(ROAD).text)
    assert link
    statements.clear()
    client.get(link[1] if path == "WORDING" else path)
    assert statements
    with closing(sqlite3.connect(articles_home / "dateline.sqlite")) as connection:
        for statement, given in statements:
            if statement.lstrip().upper().startswith(("SELECT", "WITH")):
                for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", given):
                    assert not re.search(rf"SCAN ({TABLES})\b", step), (statement, step)
