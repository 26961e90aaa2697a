import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import DATA

from webapp.importing import read_file
from webapp.importing.clean import LONGEST_TITLE, clean
from webapp.importing.dates import date_of, parse_date

LINES = st.lists(
    st.sampled_from(
        ["By", "By Ana Kos", "March 3, 2026", "title", "Title", " ", "\n", "\n\n", "\r\n", "\r",
         "Advertisement", "Photo: x", "Read more: x", "T he minister", "I n", "A", "- ",
         "Reporting by Ana Kos", "Ana Kos | Wire", "GHENT — ", "cafÃ©", "â€œ", "\x93", "\ufb01",
         "e\u0301", "\u00a0", "\u200b", "\x85", "\u2028", "Published: ", "\x07", "😀", "שלום"]
    )
    | st.text(max_size=5),
    max_size=20,
).map("".join)  # fmt: skip


@given(LINES)
def test_cleaning_is_idempotent(raw: str) -> None:
    once = clean(raw)
    assert clean(once.text).text == once.text


@given(LINES)
def test_paragraphs_are_tidy(raw: str) -> None:
    for paragraph in filter(None, clean(raw).text.split("\n\n")):
        assert paragraph == " ".join(paragraph.split())


def test_a_title_that_is_repeated_stands_once() -> None:
    text = clean("A Quiet  Spring\n\nA  quiet spring\nA quiet spring\n\nIt came.").text
    assert text == "A Quiet Spring\n\nIt came."


def test_lines_of_a_paragraph_are_joined() -> None:
    assert clean("Title\n\nOne\ntwo.\n\n\n\nThree.").text == "Title\n\nOne two.\n\nThree."


def test_without_blank_lines_every_line_is_a_paragraph() -> None:
    assert clean("Title\nOne.\nTwo.").text == "Title\n\nOne.\n\nTwo."


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems(ends: str) -> None:
    assert clean(ends.join(["Title", "", "One", "two."])).text == "Title\n\nOne two."


def test_a_long_first_line_is_text_and_gives_a_short_title() -> None:
    line = "word " * LONGEST_TITLE
    found = clean(line)
    assert found.text == line.strip()
    assert found.title.endswith("…")
    assert len(found.title) <= 101


@pytest.mark.parametrize(
    ("line", "author", "source"),
    [
        ("By Ilse Vermeulen", "Ilse Vermeulen", ""),
        ("By Ilse Vermeulen, The Harbour Courier", "Ilse Vermeulen", "The Harbour Courier"),
        ("by Ilse Vermeulen | Meridian Wire", "Ilse Vermeulen", "Meridian Wire"),
        ("BY ILSE VERMEULEN", "ILSE VERMEULEN", ""),
        ("By Rania al-Khatib, Levant Review", "Rania al-Khatib", "Levant Review"),
        ("By Joost van der Meer for The Wire", "Joost van der Meer", "The Wire"),
        ("By Ana Kos, Ben Lee", "Ana Kos and Ben Lee", ""),
        ("By Ana Kos, Ben Lee, Gulf Ledger", "Ana Kos and Ben Lee", "Gulf Ledger"),
        ("By Ana Kos, Cy Dorn and Eva Falk, WIRE", "Ana Kos, Cy Dorn and Eva Falk", "WIRE"),
        ("BY ANA KOS, BEN LEE", "ANA KOS and BEN LEE", ""),
        ("By Ana Kos March 3, 2026", "Ana Kos", ""),
        ("By Ana Kos, The Wire 3 March 2026", "Ana Kos", "The Wire"),
        ("By Ana Kos, Kuwait City", "Ana Kos", "Kuwait City"),
    ],
)
def test_a_byline_at_the_top_is_recognised(line: str, author: str, source: str) -> None:
    found = clean(f"Title\n\n{line}\n\nThe river rose.")
    assert (found.author, found.source) == (author, source)
    assert found.text == "Title\n\nThe river rose."


@pytest.mark.parametrize(
    "line", ["By Friday the river had risen by two metres.", "By the river", "By then, it rained:"]
)
def test_a_sentence_that_begins_with_by_is_text(line: str) -> None:
    found = clean(f"Title\n\n{line}\n\nMore.")
    assert found.author == ""
    assert line in found.text


@pytest.mark.parametrize(
    "line",
    [
        "March 3, 2026", "3 March 2026", "Mar. 3, 2026", "2026-03-03", "Tuesday, March 3, 2026",
        "Published: March 3, 2026", "Published 3 March 2026, 14:05 GMT", "2026/03/03",
        "March 3, 2026 at 2:05 p.m.", "Tue, 3 Mar 2026 14:05:00 GMT", "March 3rd, 2026",
        "3 Mar, 2026", "03.03.2026", "3/3/2026", "Published 6:00 AM EST, March 3, 2026",
        "Updated 9:01 AM UTC, Tue. March 3, 2026", "14:05 GMT, 3 March 2026",
        "Publié le 3 mars 2026 à 07h30", "Dienstag, 3. März 2026, 07:30 Uhr",
    ],
)  # fmt: skip
def test_a_date_line_at_the_top_is_recognised(line: str) -> None:
    found = clean(f"Title\n\n{line}\n\nThe river rose.")
    assert date_of(found.published) == dt.date(2026, 3, 3)
    assert found.text == "Title\n\nThe river rose."


@pytest.mark.parametrize(
    "line",
    ["On March 3, 2026 it rained", "2026", "31 February 2026", "1/2", "3/4/2026", "10 people 2026"],
)
def test_what_is_no_date_line(line: str) -> None:
    assert parse_date(line) is None


@pytest.mark.parametrize(
    ("start", "dateline", "source"),
    [
        ("TEHRAN, Iran (AP) — The", "TEHRAN, Iran", "AP"),
        ("GHENT — The", "GHENT", ""),
        ("AMMAN, Jordan (Meridian Wire) -- The", "AMMAN, Jordan", "Meridian Wire"),
        ("NEW YORK (Reuters) - The", "NEW YORK", "Reuters"),
    ],
)
def test_a_dateline_is_recognised_and_stays(start: str, dateline: str, source: str) -> None:
    found = clean(f"Title\n\n{start} river rose.")
    assert (found.dateline, found.source) == (dateline, source)
    assert found.text.endswith(f"{start} river rose.")


def test_text_with_a_dash_is_no_dateline() -> None:
    assert clean("Title\n\nThe river — which rose — fell.").dateline == ""


CASES = DATA / "importing" / "clean"


@pytest.mark.parametrize("given", sorted(CASES.glob("*.in.*")), ids=lambda path: path.name)
def test_cases(given: Path) -> None:
    """A file as people have it, beside what is understood of it."""
    article = read_file(given)
    expected = json.loads(
        given.with_name(given.name.split(".")[0] + ".out.json").read_text("utf-8")
    )
    found = {name: getattr(article, name) for name in expected}
    published = article.published.isoformat() if article.published else None
    assert found | {"published": published, "text": article.text.split("\n\n")} == expected
    assert clean(article.text).text == article.text


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2026-03-03T23:30:00-05:00", dt.date(2026, 3, 3)),
        ("2026-03-03 23:30", dt.date(2026, 3, 3)),
        ("20260303", dt.date(2026, 3, 3)),
        ("Tue, 03 Mar 2026 23:30:00 -0500", dt.date(2026, 3, 3)),
        ("March 3, 2026", dt.date(2026, 3, 3)),
        ("1772541000", dt.date(2026, 3, 3)),
        ("1772541000000", dt.date(2026, 3, 3)),
        ("31/3/2026", dt.date(2026, 3, 31)),
        ("3/31/2026", dt.date(2026, 3, 31)),
        ("3/4/2026", None),
        ("3-4-2026", None),
        ("Sept. 4, 2026", dt.date(2026, 9, 4)),
        ("14-Mar-2026", dt.date(2026, 3, 14)),
        ("14-Mar-26", dt.date(2026, 3, 14)),
        ("14-Mar-97 08:15", dt.date(1997, 3, 14)),
        ("14-03-2026", dt.date(2026, 3, 14)),
        ("14/03/26", dt.date(2026, 3, 14)),
        ("14-03-26", None),  # perhaps of 2014
        ("3.4.2026", dt.date(2026, 4, 3)),
        ("2026.03.14", dt.date(2026, 3, 14)),
        ("20260314223000", dt.date(2026, 3, 14)),
        ("20261314223000", None),
        ("2026-13-45", None),
        ("yesterday", None),
        ("", None),
        ("9" * 80, None),
    ],
)
def test_dates_in_data(told: str, day: dt.date | None) -> None:
    assert date_of(told) == day


@pytest.mark.parametrize(
    "told",
    [
        "14 mars 2026", "14. März 2026", "Samstag, 14. März 2026", "sábado, 14 de marzo de 2026",
        "14 de março de 2026", "14 de març del 2026", "14 marzo 2026", "14 марта 2026 г.",
        "14 березня 2026 року", "14 marca 2026", "2026. március 14.", "2026 m. kovo 14 d.",
        "2026. gada 14. marts", "14. maaliskuuta 2026", "14 Mart 2026", "14 مارس 2026",
        "١٤ آذار/مارس ٢٠٢٦", "14 במרץ 2026", "2026年3月14日", "2026년 3월 14일",
    ],
)  # fmt: skip
def test_dates_of_other_languages(told: str) -> None:
    assert date_of(told) == parse_date(told) == dt.date(2026, 3, 14)


@pytest.mark.parametrize(
    "told",
    [
        "3 listopada 2026",  # in Croatian October, in Polish November
        "3 มีนาคม 2569",
        "3 March 2569",  # of the Thai calendar
        "31 février 2026",
        "3 ožujak/travanj 2026",
    ],
)
def test_a_date_in_doubt_is_none(told: str) -> None:
    assert date_of(told) is None
