"""Side by side: whose quotes stand where, how many there are, and what both say alike."""

import datetime as dt
import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from support import counted_links, disagreements

from webapp.catalogue import offers, sides
from webapp.library import EVERYTHING, Library
from webapp.model import Article
from webapp.search import Filters

PAIR = "/sides?by=yusef-al-karimi&by=selin-karahan&about=IQ"
HTMX = {"HX-Request": "true"}


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.text


def columns(html: str) -> tuple[list[str], list[str]]:
    """The days of the quotes of both sides, from the top."""
    found: tuple[list[str], list[str]] = ([], [])
    _, *parts = re.split(r'<div class="side">', html.partition('class="row heads"')[2])
    for at, part in enumerate(parts[2:]):  # the first two are the heads
        found[at % 2].extend(re.findall(r'<time datetime="([\d-]+)"', part))
    return found


def title(html: str) -> str:
    return unescape(html.partition("<h1>")[2].partition("</h1>")[0])


def article(number: int, day: dt.date | None, name: str, role: str, said: str) -> Article:
    text = (
        f"Number {number} of the ferry\n\nThe ferry has been late for a week in the small port of"
        f" the island, where {number} passengers waited for it.\n\n“{said},” said {name}, {role}."
        " She then went home by the long road around the bay."
    )
    return Article(f"Number {number} of the ferry", text, source="Pier News", published=day)


@pytest.mark.parametrize(
    "address",
    [
        PAIR,
        "/sides?by=yusef-al-karimi",
        "/sides?by=yusef-al-karimi&about=IQ&split=2025-06-18&since=2024-06-01&until=2025-12-31",
        "/sides?by=marit-haugerud&by=kersti-tammsalu&source=Harbour+Gazette&confidence=50",
        "/sides?by=grace-wanjohi&by=elena-huarcaya&about=KE&about=PE&q=kenya+OR+peru&kind=direct",
    ],
)
def test_every_number_is_that_of_the_page_it_leads_to(client: FlaskClient, address: str) -> None:
    assert len(counted_links(page(client, address))) >= 2
    assert list(disagreements(client, address)) == []


def test_two_speakers_on_one_country(client: FlaskClient) -> None:
    html = page(client, PAIR)
    assert title(html) == "Yusef al-Karimi and Selin Karahan about Iraq"
    heads = html.partition('class="row heads"')[2].partition("<section")[0]
    assert re.findall(r'href="(/speakers/.*?)"', heads) == [
        "/speakers/yusef-al-karimi", "/speakers/selin-karahan",
    ]  # fmt: skip
    assert "trade minister" in heads
    counts = counted_links(html)
    assert counts["/quotes?by=yusef-al-karimi&about=IQ"] == 8
    left, right = columns(html)
    assert left == sorted(left, reverse=True)
    assert right == sorted(right, reverse=True)
    assert len(left) > len(right) > 0
    months = re.findall(r"<h3>(.*?)</h3>", html)
    assert months == ["February 2026", "June 2025", "November 2024", "March 2024"]
    other_way = page(client, "/sides?by=selin-karahan&by=yusef-al-karimi&about=IQ")
    assert columns(other_way) == (right, left)


def test_one_speaker_at_two_times(client: FlaskClient) -> None:
    html = page(client, "/sides?by=yusef-al-karimi&split=2025-06-18")
    assert title(html) == "Yusef al-Karimi, before 18 June 2025 and since"
    left, right = columns(html)
    assert max(left) < "2025-06-18" <= min(right)
    counts = counted_links(html)
    assert counts["/quotes?by=yusef-al-karimi&until=2025-06-17"] == 13
    assert counts["/quotes?by=yusef-al-karimi&since=2025-06-18"] == 8
    narrowed = counted_links(
        page(client, "/sides?by=yusef-al-karimi&split=2025-06-18&since=2024-11-01&until=2025-12-31")
    )
    assert "/quotes?by=yusef-al-karimi&since=2024-11-01&until=2025-06-17" in narrowed
    assert "/quotes?by=yusef-al-karimi&until=2025-12-31&since=2025-06-18" in narrowed


@pytest.mark.parametrize(
    ("speaker", "split"),
    [("yusef-al-karimi", "2025-06-01"), ("joseph-vunibola", "2025-08-01")],
)
def test_without_a_day_both_times_have_about_half(
    client: FlaskClient, speaker: str, split: str
) -> None:
    html = page(client, f"/sides?by={speaker}")
    assert f'name="split" type="date" max="9999-12-31" value="{split}"' in html
    one, other = (n for href, n in counted_links(html).items() if href.startswith("/quotes?"))
    assert abs(one - other) <= 3


@pytest.mark.parametrize(
    ("more", "chips"),
    [
        ("&about=IQ&since=2024-01-01&until=2026-01-01", []),
        ("&about=IQ&about=TR", ["Iraq", "Turkey"]),
        ("&kind=direct&not-by=grace-wanjohi", ["direct", "not Grace Wanjohi"]),
    ],
)
def test_filters_without_a_field_are_told(client: FlaskClient, more: str, chips: list[str]) -> None:
    html = page(client, f"/sides?by=yusef-al-karimi{more}")
    assert re.findall(r'title="Remove this filter">(.*?) <', html) == chips
    assert ('id="s-about"' in html) == ("Turkey" not in chips)
    kept = [("about", "IQ"), ("about", "TR")] if "Turkey" in chips else []
    told = re.findall(r'type="hidden" name="(about)" value="(.*?)"', html)
    assert told == kept


def test_what_one_says_twice_is_shown_with_its_changes(
    library: Library, empty_client: FlaskClient
) -> None:
    first = "The ferry from Malta will leave at seven every morning and it will wait for nobody"
    later = "The ferry from Malta will leave at nine every morning and it will wait for nobody"
    third = "We painted the benches of the upper deck green because the paint was there"
    name, whole = "Ines Calder", "harbour master of the island"
    for number, (day, role, said) in enumerate(
        [
            (dt.date(2025, 1, 5), "deputy harbour master of the island", first),
            (dt.date(2025, 1, 6), "deputy harbour master of the island", third),
            (dt.date(2026, 2, 7), whole, later),
            (dt.date(2026, 2, 8), whole, third),
        ],
        11,
    ):
        library.add(article(number, day, name, role, said))
    library.catch_up()
    html = page(empty_client, "/sides?by=ines-calder&split=2026-01-01")
    same = html.partition('class="same"')[2].partition("</section>")[0]
    assert re.findall(r"left out: </span>(.*?)<", same) == ["seven"]
    assert re.findall(r"added: </span>(.*?)<", same) == ["nine"]
    assert same.count("Word for word") == 1
    heads = html.partition('class="row heads"')[2].partition("<section")[0]
    roles = re.findall(r'class="role">(.*?)<', heads)
    assert len(roles) == 2
    assert "deputy" in roles[0]
    assert "deputy" not in roles[1]
    assert list(disagreements(empty_client, "/sides?by=ines-calder&split=2026-01-01")) == []
    alone = page(empty_client, "/sides?by=ines-calder&about=MT&split=2026-01-01")
    assert "Word for word" not in alone
    assert "nine" in alone.partition('class="same"')[2]


def test_quotes_of_no_known_day(library: Library, empty_client: FlaskClient) -> None:
    library.add(
        article(1, None, "Ines Calder", "harbour master", "The rope is long enough for two")
    )
    library.add(article(2, None, "Tomas Brandt", "cook", "The soup is hot and so is the kitchen"))
    library.catch_up()
    both = page(empty_client, "/sides?by=ines-calder&by=tomas-brandt")
    assert "<h3>Of no known day</h3>" in both
    assert "The rope is long" in both
    assert "has no such quote of a known day" in page(empty_client, "/sides?by=ines-calder")
    split = page(empty_client, "/sides?by=ines-calder&split=2026-01-01")
    assert "Neither side has such a quote" in split


def test_pages_have_all_quotes_once(filled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sides, "PAGE", 4)
    both = ("marit-haugerud", "kersti-tammsalu")
    whole: list[int] = []
    first = sides.two_speakers(filled, "", both, EVERYTHING)
    for number in range(1, first.pages + 1):
        found = sides.two_speakers(filled, "", both, EVERYTHING, number)
        hits = [hit for row in found.rows for hit in (*row.left, *row.right)]
        assert 0 < len(hits) <= 4
        assert all(hit.person == both[0] for row in found.rows for hit in row.left)
        whole += [hit.quote.id for hit in hits]
    assert first.pages > 3
    assert len(whole) == len(set(whole))
    assert sides.two_speakers(filled, "", both, EVERYTHING, 10**9).page == first.pages
    assert sides.two_speakers(filled, "", both, EVERYTHING, -5).page == 1
    times = sides.two_times(filled, "", both[0], EVERYTHING, dt.date(2025, 6, 1), 2)
    assert (times.page, len(times.rows[0].left) <= 4) == (2, True)


def test_pages_are_linked(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sides, "PAGE", 3)
    html = page(client, f"{PAIR}&page=2")
    assert 'rel="prev" href="/sides?by=yusef-al-karimi&amp;by=selin-karahan&amp;about=IQ"' in html
    assert 'rel="next"' in html


# Who is meant


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("by=Yusef+al-Karimi&by=SELIN+karahan&about=IQ", PAIR),
        ("by=+youssef++al+karimi+&by=&about=", "/sides?by=yusef-al-karimi"),
        ("by=haugerud&split=2025-01-01", "/sides?by=marit-haugerud&split=2025-01-01"),
        (
            "by=Adelino+Fortes&by=grace-wanjohi&known=adelino-fortes-2",
            "/sides?by=adelino-fortes-2&by=grace-wanjohi",
        ),
    ],
)
def test_a_name_leads_to_who_is_meant(client: FlaskClient, typed: str, address: str) -> None:
    answer = client.get(f"/sides?{typed}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == address


def test_of_namesakes_one_is_chosen(client: FlaskClient) -> None:
    html = page(client, "/sides?by=Adelino+Fortes&by=grace-wanjohi&about=KE")
    assert "Who is meant by “Adelino Fortes”?" in html
    links = [unescape(link) for link in re.findall(r'<li><a href="(/sides\?.*?)"', html)]
    assert sorted(links) == [
        f"/sides?by={slug}&by=grace-wanjohi&about=KE"
        for slug in ("adelino-fortes", "adelino-fortes-2")
    ]
    assert "director of the port of Beira" in html
    assert 'name="known" value="adelino-fortes-2"' in page(client, max(links))


def test_speakers_are_offered_while_one_types(client: FlaskClient) -> None:
    fragment = client.get("/sides/speakers?by=haug", headers=HTMX).text
    assert re.findall(r'<option value="(.*?)">', fragment) == ["Marit Haugerud"]
    assert "<html" not in fragment
    assert "Marit Haugerud" in page(client, "/sides/speakers?by=haug")
    assert "Nobody of this name" in page(client, "/sides/speakers?by=")


def test_without_speakers_there_are_examples(client: FlaskClient) -> None:
    html = page(client, "/sides")
    links = [unescape(link) for link in re.findall(r'<li><a href="(/sides\?.*?)"', html)]
    assert len(links) == offers.EXAMPLES
    for link in links:
        left, right = columns(page(client, link))
        assert left, link
        assert right, link


def test_an_empty_collection(empty_client: FlaskClient) -> None:
    assert "<h1>Side by side</h1>" in page(empty_client, "/sides")


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/sides?by=%3Cscript%3E", 200, "Nobody who is quoted is called “<script>”"),
        ("/sides?by=%00&by=%22", 200, "Nobody who is quoted is called"),
        ("/sides?by=a&by=b&by=c", 400, "At most two speakers"),
        ("/sides?" + "&by=a".join(map(str, range(1000))), 400, "At most two speakers"),
        ("/sides?by=grace-wanjohi&by=grace-wanjohi&by=grace-wanjohi", 200, "Grace Wanjohi, before"),
        ("/sides?by=grace-wanjohi&split=yesterday", 200, "“yesterday” is not a day"),
        ("/sides?by=grace-wanjohi&split=0001-01-01", 200, "before 1 January 1"),
        ("/sides?by=grace-wanjohi&split=9999-12-31", 200, "before 31 December 9999"),
        ("/sides?by=grace-wanjohi&since=never", 200, "is not a day"),
        ("/sides?by=grace-wanjohi&about=%3Cscript%3E", 200, "no such quote"),
        ("/sides?by=grace-wanjohi&q=!", 200, "There is no word"),
        ("/sides?by=grace-wanjohi&q=xyzzy", 200, "no such quote"),
        ("/sides?by=grace-wanjohi&by=laura-bentancor&q=xyzzy", 200, "No article has “xyzzy”"),
        ("/sides?by=grace-wanjohi&page=9999999999999999999999", 200, "Grace Wanjohi"),
        ("/sides?by=grace-wanjohi&page=-1&known=a&known=b&known=c", 200, "Grace Wanjohi"),
        ("/sides?by=" + "x" * 5000, 200, "Nobody who is quoted is called"),
        ("/sides?by=grace-wanjohi&q=" + "x" * 5000, 400, "Shorten it"),
        ("/sides?by=grace-wanjohi&source=" + "&source=".join("abcdefghijklm"), 400, "filters"),
    ],
)
def test_what_is_hostile_or_wrong(
    client: FlaskClient, address: str, status: int, said: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert said in unescape(answer.text)
    assert "<script>" not in answer.text.lower()


def test_a_side_has_the_filters_of_its_quotes(filled: Library) -> None:
    about = Filters((("country", "KE"), ("until", "2025-01-01")))
    found = sides.two_times(filled, "", "grace-wanjohi", about, dt.date(2025, 6, 1))
    assert found.left.filters.chosen == (
        ("speaker", "grace-wanjohi"), ("country", "KE"), ("until", "2025-01-01"),
    )  # fmt: skip
    assert found.right.quotes == 0
    assert found.left.quotes == filled.search("", found.left.filters, kind="quotes").total > 0
