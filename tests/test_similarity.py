"""Pairs of articles that are, or are not, versions of one text; what differs; what is stored."""

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.importing.similarity import (
    bands,
    body,
    differences,
    is_same_story,
    likeness,
    signature,
)
from webapp.model import Article
from webapp.store import Connection, articles, open_store, similar

PORT = """\
CAIRO (Meridian Wire) — Dock workers at Egypt's largest port walked out on Tuesday after talks \
over night shifts broke down, leaving two dozen container ships waiting in the roads.

"Nobody wants this strike, but nobody can live on these wages either," said Mona Haddad, who leads \
the dockers' union. She said 3,200 of its 3,500 members had stayed away.

The port authority called the walkout illegal and said it would ask a court to end it. "We have \
an agreement that runs until the end of the year, and we expect the union to keep it," said its \
chairman, Karim Nasser.

Shipping agents put the cost at $4 million a day. The two largest lines said they were sending \
their vessels to Piraeus and Limassol, which adds three days to the journey from Mumbai.

The dispute began in March, when the authority moved the start of the night shift from ten \
o'clock to eight without paying for the two additional hours. A mediator appointed by the labor \
ministry met both sides four times without result.

Analysts said the organization of the port had been neglected for years. A government report \
recommended new cranes and a second rail line in 2019, but neither was built."""

STORM = """\
MANILA, Philippines — A typhoon with winds of 185 kilometers an hour came ashore on the island of \
Samar before dawn on Friday, tearing the roofs off schools and cutting power to a million homes.

Governor Rosa Villanueva said eleven people had died, most of them when a hillside gave way above \
the town of Borongan. “We have asked the navy for boats, because the coast road is gone,” she said.

The weather office in Manila lowered its warning at noon but told fishermen to stay in harbor \
until Sunday. Forecaster Luis Tan said the storm would cross the Visayas and weaken over the sea.

About 90,000 people spent the night in churches and sports halls. Aid workers said rice and water \
would last for two days. The Red Cross flew tents from Cebu as soon as the airport there reopened.

It is the third typhoon of the season. Last month's killed forty people in the north of Luzon and \
destroyed a tenth of the country's rice, and the government has not yet paid out the relief that \
it promised to farmers then."""

PARAGRAPHS = PORT.split("\n\n")
NEWER = """\
A court in Alexandria said late on Tuesday that it would hear the authority's request on Thursday. \
Lawyers for the union said they had not been told, and would ask for a week to prepare."""

REWRITTEN_LEAD = """\
CAIRO (Meridian Wire) — Egypt's dockers ended a two-day strike on Thursday once a court had ruled \
against them, and the first of thirty waiting container ships was brought in before noon."""

# By another reporter on the same strike: the union leader's sentence is all they have in common.
PORT_BY_ANOTHER = """\
Ships queued off Alexandria for a second day as a pay dispute brought Egypt's biggest harbor to a \
standstill, and exporters of oranges warned that fruit would rot on the quays within the week.

At the gates, men in orange vests burned pallets to keep warm. Mona Haddad, head of the union, \
moved between the fires. "Nobody wants this strike, but nobody can live on these wages either," \
she told them through a megaphone.

Management disputes the figures. An official who asked not to be named said that crane drivers \
earn twice the national average, and that the new rota had been signed by all the foremen.

Growers in the Delta send a third of their crop through the harbor between December and April. \
Sami Fahmy, who packs for forty farms, said he had hired lorries to Damietta at three times the \
usual price. "I can do it for five days," he said. "Then I send people home." """

STORM_BY_ANOTHER = """\
Rescuers dug with their hands through mud in Borongan on Friday after the year's third typhoon \
brought a hillside down on a row of houses, killing at least nine members of two families.

"We have asked the navy for boats, because the coast road is gone," Governor Rosa Villanueva told \
local radio from a school that serves as her office. The line went dead twice while she spoke.

Electricity failed across Samar shortly after three in the morning, when the eye of the storm \
reached the island. By daylight the market was a field of tin sheets, and the bridge to the \
hospital stood without its middle. Nurses carried patients across on a raft of oil drums.

Teresa Abad, 61, lost her brother and his sons. She had begged them to come to the church, she \
said, but they would not leave the pigs."""


def market_report(index: str, change: str, rises: tuple[str, str], falls: str, oil: str) -> str:
    """A form that is filled in each week: numbers and names stand closer than five words."""
    return f"""\
The Meridian 50 index closed at {index} points on Friday, {change} percent on the week. \
{rises[0]} gained most, followed by {rises[1]}, while {falls} fell.

Oil cost {oil} dollars a barrel in late trading. Turnover was {rises[0][:2]}{index[:2]} million \
shares, against {oil[:2]}{change[-1]} million in the week before. Traders pointed to {rises[1]} \
and to {falls} as the shares to watch when the exchange opens again on Monday morning."""


MARKET = market_report("3,412", "up 1.2", ("Harbour Steel", "Delta Bank"), "Nile Air", "71.40")
NEXT_MARKET = market_report("3,377", "down 1.0", ("Orchard", "Sahel Gas"), "Kite Media", "74.15")

LAKE = """\
Water stood at 11.2 metres in Lake Bera on Monday morning, which is 30 centimetres below the mean \
for the time of year, the office for rivers said. The sluice at Tor was opened for four hours. \
Boats that draw more than two metres must wait at the lower basin until the level has risen.

Swimming is allowed at all five beaches. Algae were seen near the northern shore on Saturday, and \
dogs should not drink there. The next report will be published on Thursday at noon."""
NEXT_LAKE = LAKE.replace("11.2", "11.6").replace("30 centi", "10 centi").replace("four", "six")

ENDING = """\


Meridian Wire is an independent agency with forty offices. Its reports are free to use for members \
of the cooperative, which must name the source and the author. To report an error, write to the \
readers' editor, who answers within three working days."""

BRIEFS = (
    """\
Two climbers who had been missing on Mount Elbrus since Sunday were found alive on Wednesday in a \
hut below the eastern summit, rescuers said. Both have frostbite. A helicopter could not land \
because of wind, so six guides are carrying them down to the cable car, where doctors wait with \
an ambulance. Their names were not given, and the embassy did not answer a call for comment.""",
    """\
The national library of Chile will lend its books by post from January, director Ana Silva said. \
Readers pay only the stamp. A trial in three provinces brought back all but nine of 14,000 \
volumes, among them a first edition of Neruda that nobody had known was on the open shelves. \
Critics of the plan say that small bookshops in the south could lose what trade they still have.""",
)

FIRST_NUMBERS = (137801197, 50220027, 12201135)
FIRST_BAND = 4955195542179722706

SHORT = "Trading on the exchange was halted on Monday because of a fault. It resumes on Tuesday."


def _changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def _curly(text: str) -> str:
    return text.replace(' "', " “").replace('\n"', "\n“").replace('"', "”").replace("'", "’")


SAME = {
    "headline changed": (f"Dockers walk out\n\n{PORT}", f"Egypt's main port is shut\n\n{PORT}"),
    "headline left out": (f"Dockers walk out\n\n{PORT}", PORT),
    "paragraph added at the end": (PORT, f"{PORT}\n\n{NEWER}"),
    "paragraph added at the start": (PORT, f"{NEWER}\n\n{PORT}"),
    "paragraph added in the middle": (PORT, "\n\n".join([*PARAGRAPHS[:3], NEWER, *PARAGRAPHS[3:]])),
    "shortened to two thirds": (PORT, "\n\n".join(PARAGRAPHS[:4])),
    "shortened in the middle": (PORT, "\n\n".join([*PARAGRAPHS[:2], *PARAGRAPHS[3:5]])),
    "shortened to half": (PORT, "\n\n".join(PARAGRAPHS[:3])),
    "paragraphs in another order": (PORT, "\n\n".join([*PARAGRAPHS[:1], *PARAGRAPHS[:0:-1]])),
    "quotes set": (PORT, _curly(PORT)),
    "British spelling": (
        PORT,
        _changed(PORT, ("labor", "labour"), ("organization", "organisation"), ("'s", "’s")),
    ),
    "British spelling of the other": (
        STORM,
        _changed(STORM, ("kilometers", "kilometres"), ("harbor", "harbour"), ("90,000", "90000")),
    ),
    "names with accents": (
        STORM,
        _changed(STORM, ("Rosa", "Rósa"), ("Tan", "Tán"), ("Villanueva", "Villañueva")),
    ),
    "dateline changed": (PORT, _changed(PORT, ("CAIRO (Meridian Wire) —", "Alexandria, 3 March:"))),
    "dateline left out": (STORM, STORM.partition(" — ")[2]),
    "marked as an update": (STORM, f"UPDATE 2 - {STORM}"),
    "death toll and hour brought up to date": (
        STORM,
        _changed(STORM, ("eleven people", "at least 17 people"), ("at noon", "in the evening")),
    ),
    "lead rewritten": (PORT, "\n\n".join([REWRITTEN_LEAD, *PARAGRAPHS[1:]])),
    "lead rewritten, news added, end cut": (
        PORT,
        "\n\n".join([REWRITTEN_LEAD, NEWER, *PARAGRAPHS[1:5]]),
    ),
    "paragraphs run together": (STORM, STORM.replace("\n\n", " ")),
    "one sentence a paragraph": (STORM, STORM.replace(". ", ".\n\n")),
    "words changed by an editor": (
        STORM,
        _changed(
            STORM, ("came ashore on", "hit"), ("tearing", "ripping"), ("had died", "were killed"),
            ("lowered its warning", "eased its alert"), ("spent the night", "slept"),
            ("as soon as", "after"), ("in the north of Luzon", "in northern Luzon"),
        ),
    ),
    "ending of the agency added": (PORT, PORT + ENDING),
    "everything in capitals": (BRIEFS[0], BRIEFS[0].upper()),
    # A form with few numbers cannot be told from a corrected version by its words. Found together,
    # each still has its place in the list, and what differs is shown.
    "two reports of a form with three other numbers": (LAKE, NEXT_LAKE),
}  # fmt: skip

DIFFERENT = {
    "one event, two reporters, one quote": (PORT, PORT_BY_ANOTHER),
    "another event, two reporters, one quote": (STORM, STORM_BY_ANOTHER),
    "a report filled in a week later": (MARKET, NEXT_MARKET),
    "one ending below two reports": (PORT + ENDING, STORM + ENDING),
    "one ending below two briefs": (BRIEFS[0] + ENDING, BRIEFS[1] + ENDING),
    "nothing in common": (PORT, STORM),
    "the same few words": (SHORT, SHORT),
    "few words out of many": (SHORT, f"{SHORT} {STORM}"),
    "an empty text": ("", PORT),
    "a background paragraph shared": (
        f"{BRIEFS[0]}\n\n{PARAGRAPHS[4]}", f"{STORM}\n\n{PARAGRAPHS[4]}",
    ),
    "a follow-up that keeps one paragraph and the quote": (
        PORT,
        "\n\n".join([REWRITTEN_LEAD, NEWER, PARAGRAPHS[1], PORT_BY_ANOTHER.split("\n\n")[3]]),
    ),
}  # fmt: skip


def _found_and_same(one: str, other: str) -> bool:
    shared = set(bands(signature(one))) & set(bands(signature(other)))
    return bool(shared) and is_same_story(likeness(one, other))


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME)
def test_versions_of_one_text_are_found(pair: tuple[str, str]) -> None:
    assert _found_and_same(*pair)
    assert _found_and_same(*reversed(pair))


@pytest.mark.parametrize("pair", DIFFERENT.values(), ids=DIFFERENT)
def test_other_articles_are_not_taken_for_one(pair: tuple[str, str]) -> None:
    assert not _found_and_same(*pair)


def test_the_headline_is_not_compared() -> None:
    told = Article(title="Dockers walk out", text=f"Dockers walk out\n\n{PORT}")
    assert body(told) == PORT
    assert body(Article(title="Dockers walk out", text=PORT)) == PORT


def test_likeness_counts_shingles() -> None:
    # Of six words each: two shingles, one of them shared.
    found = likeness("One two three four five six", "Zero one two three, four: five")
    assert (found.jaccard, found.contained) == (1 / 3, 1 / 2)


def test_a_band_is_a_number_that_the_database_takes() -> None:
    numbers = bands(signature(PORT))
    assert len(set(numbers)) == 32
    assert all(0 <= number < 2**63 for number in numbers)
    assert bands(signature(SHORT)) == ()


def test_signatures_are_the_same_in_every_process() -> None:
    # Stored bands must be found by later versions too: these numbers must not change.
    words = " ".join(map(str, range(50)))
    program = f"from webapp.importing.similarity import *; print(bands(signature({words!r})))"
    for seed in ("1", "2"):
        told = subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert told.strip() == str(bands(signature(words)))
    assert signature(words)[:3] == FIRST_NUMBERS
    assert bands(signature(words))[0] == FIRST_BAND


TEXTS = st.one_of(
    st.text(),
    st.text(st.characters()),  # with surrogates
    st.lists(st.sampled_from(["a", "b", "c d", " ", "\n\n", "\n\n\n", "é", "."])).map("".join),
    st.lists(st.sampled_from(PORT.split()), min_size=30, max_size=90).map(" ".join),
)  # fmt: skip


@given(TEXTS, TEXTS)
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert len(signature(one)) in (0, 128)
    assert len(bands(signature(one))) in (0, 32)
    there, back = likeness(one, other), likeness(other, one)
    assert there == back
    assert 0 <= there.jaccard <= there.contained <= 1


@given(TEXTS, TEXTS)
def test_differences_make_both_texts(one: str, other: str) -> None:
    found = differences(one, other)
    assert "".join(piece.one for piece in found) == one
    assert "".join(piece.other for piece in found) == other
    for piece in found:
        assert (piece.one == piece.other) == (piece.kind == "same")
        assert (piece.one == "") == (piece.kind == "added")
        assert (piece.other == "") == (piece.kind == "removed")


def _told(one: str, other: str) -> list[tuple[str, str, str]]:
    return [(d.kind, d.one, d.other) for d in differences(one, other) if d.kind != "same"]


def test_differences_are_paragraphs_and_words() -> None:
    newer = "\n\n".join([*PARAGRAPHS[:3], NEWER, *PARAGRAPHS[3:5]]).replace("3,200", "3,300")
    assert _told(PORT, newer) == [
        ("changed", "3,200", "3,300"),
        ("added", "", f"{NEWER}\n\n"),
        ("removed", f"\n\n{PARAGRAPHS[5]}", ""),
    ]


def test_a_paragraph_written_anew_is_shown_whole() -> None:
    newer = "\n\n".join([REWRITTEN_LEAD.partition("— ")[2], *PARAGRAPHS[1:]])
    assert _told(PORT, newer) == [
        ("changed", PARAGRAPHS[0], REWRITTEN_LEAD.partition("— ")[2]),
    ]


@pytest.mark.parametrize("words", [190, 500, 100_000])
def test_texts_of_two_words_are_compared_in_bounded_time(words: int) -> None:
    one, other = ("x y y x y " * (words // 5), "y x x " * (words // 3))
    found = differences(one, other)
    assert "".join(piece.one for piece in found) == one


# The store


DAY = dt.date(2026, 3, 3)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A transaction on a store with eight articles, the later ones of earlier days."""
    store = open_store(tmp_path / "dateline.sqlite")
    with store.write() as connection:
        for n in range(1, 9):
            day = DAY - dt.timedelta(days=n)
            assert articles.add(connection, Article(str(n), f"Text {n}", published=day)) == n
        yield connection
    store.close()


def test_candidates_are_those_that_share_most_bands(connection: Connection) -> None:
    similar.put(connection, 1, (1, 2, 3), 1)
    similar.put(connection, 2, (2, 3, 2**63 - 1), 1)
    similar.put(connection, 3, (3, 4, 4), 3)
    similar.put(connection, 4, (5,), 4)
    assert similar.candidates(connection, (3, 2**63 - 1)) == [2, 1, 3]
    assert similar.candidates(connection, (3, 2**63 - 1), limit=1) == [2]
    assert similar.candidates(connection, ()) == []
    assert similar.candidates(connection, (6,)) == []


def test_a_crowded_band_finds_nobody(connection: Connection) -> None:
    for n in range(9, similar.CROWDED + 2):
        assert articles.add(connection, Article(str(n), f"Text {n}")) == n
    for n in range(1, similar.CROWDED + 1):
        similar.put(connection, n, (1,), n)
    assert len(similar.candidates(connection, (1,), limit=1000)) == similar.CROWDED
    similar.put(connection, similar.CROWDED + 1, (1, 2), 1)
    assert similar.candidates(connection, (1,)) == []
    assert similar.candidates(connection, (1, 2)) == [similar.CROWDED + 1]


def test_a_story_is_its_first_article(connection: Connection) -> None:
    for article, story in ((1, 1), (2, 1), (4, 1), (5, 5)):
        similar.put(connection, article, (), story)
    assert similar.story_of(connection, [4, 3, 2, 1]) == {1: 1, 2: 1, 3: 3, 4: 1}
    assert similar.story_of(connection, []) == {}
    # By day: the later ones were published earlier.
    assert similar.telling(connection, 1) == [4, 2, 1]
    assert similar.telling(connection, 2) == similar.telling(connection, 3) == []
    assert similar.telling(connection, 5) == [5]
    assert similar.untold(connection, 9) == [8, 7, 6, 3]
    assert similar.untold(connection, 1) == [8]


def test_what_was_put_before_is_replaced(connection: Connection) -> None:
    similar.put(connection, 2, (1, 2), 1)
    similar.put(connection, 2, (2, 3), 2)
    assert similar.story_of(connection, [2]) == {2: 2}
    assert similar.candidates(connection, (1,)) == []
    assert similar.candidates(connection, (3,)) == [2]


def test_a_story_outlives_its_first_article(connection: Connection) -> None:
    for article in (1, 2, 3):
        similar.put(connection, article, (7,), 1)
    connection.exec_driver_sql("DELETE FROM articles WHERE id = 1")
    assert similar.candidates(connection, (7,)) == [2, 3]
    assert similar.telling(connection, 1) == [3, 2]
    connection.exec_driver_sql("DELETE FROM articles WHERE id = 3")
    assert similar.candidates(connection, (7,)) == [2]
    assert similar.telling(connection, 1) == [2]


def test_an_article_is_found_by_its_text(connection: Connection) -> None:
    similar.put(connection, 1, bands(signature(PORT)), 1)
    similar.put(connection, 2, bands(signature(STORM)), 2)
    newer = bands(signature("\n\n".join([REWRITTEN_LEAD, *PARAGRAPHS[1:]])))
    assert similar.candidates(connection, newer) == [1]
