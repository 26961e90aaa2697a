"""Texts that say what they are: labels at the top, and what databases export."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from webapp.errors import UnreadableFile
from webapp.importing import read_articles
from webapp.model import Article

LAMP = """\
The lamp of Cape Rosa in Tunisia went out on Sunday, after forty-one
years in which it had never failed.

“I will miss the goats,” Salma Trabelsi said.
"""
LAMP_TEXT = [
    "The Keeper Hands In Her Key",
    "The lamp of Cape Rosa in Tunisia went out on Sunday, after forty-one years in which it had "
    "never failed.",
    "“I will miss the goats,” Salma Trabelsi said.",
]
FERRY = "The ferry to Malta sailed empty.\n\nNobody waved.\n"
FERRY_TEXT = ["The Ferry Sails Alone", "The ferry to Malta sailed empty.", "Nobody waved."]
DAY = dt.date(2026, 3, 29)


def read(text: str) -> list[Article]:
    found = list(read_articles(text.encode(), "a.txt"))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def only(text: str) -> Article:
    [article] = read(text)
    return article


# Labels

FACTS = """\
Author: Ana Kos
Date: 29 March 2026
Source: Meridian Wire
URL: https://wire.example/lamp
"""


@pytest.mark.parametrize(
    "top",
    [
        f"Title: The Keeper Hands In Her Key\n{FACTS}\n",
        f"{FACTS}Headline: The Keeper Hands In Her Key\nSection: World\nLength: 30 words\n\n",
        f"The Keeper Hands In Her Key\n\n{FACTS}\n",
        f"{FACTS}\nThe Keeper Hands In Her Key\n\n",
        f"**Title:** The Keeper Hands In Her Key\n\n{FACTS}".replace("\n", "\n\n"),
        f"TITLE: The Keeper Hands In Her Key\n{FACTS}\n".replace("Author: ", "BYLINE: By "),
        f"---\ntitle: 'The Keeper Hands In Her Key'\n{FACTS}tags:\n  - lamps\nmood: low\n---\n\n",
    ],
)
def test_labels_above_a_text(top: str) -> None:
    article = only(top + LAMP)
    assert article.text.split("\n\n") == LAMP_TEXT
    assert (article.author, article.source) == ("Ana Kos", "Meridian Wire")
    assert (article.published, article.url) == (DAY, "https://wire.example/lamp")


@pytest.mark.parametrize(
    "text",
    [
        "An Interview\n\nAuthor: What did you see?\n\nSource: I saw a lamp.",
        "Title: a word\n\nIt is an odd one.",
        "The Lamp\n\nSource: “It went out.”\n\nDate: “On Sunday.”\n\nTitle: “Keeper.”",
        "The Lamp\n\nIt went out.\n\nSource: Meridian Wire\n\nDate: 29 March 2026",
    ],
)
def test_what_are_no_labels_stays(text: str) -> None:
    assert only(text).text == text


@pytest.mark.parametrize("rule", ["", "----------", "=====\n"])
def test_labels_above_each_of_several_texts(rule: str) -> None:
    first = f"Title: The Keeper Hands In Her Key\n{FACTS}\n{LAMP}"
    second = f"{FACTS}Title: The Ferry Sails Alone\n\n{FERRY}"
    found = read(f"{first}\n{rule}\n{second}")
    assert [article.text.split("\n\n") for article in found] == [LAMP_TEXT, FERRY_TEXT]
    assert [article.published for article in found] == [DAY, DAY]


def test_other_labels_below_a_text_begin_no_further_article() -> None:
    box = "Title: The Sea and the Lamp\n\nAuthor: Lina Abela\n\nPages: 300"
    told = only(f"Title: The Ferry Sails Alone\n{FACTS}\n{FERRY}\n{box}").text
    assert told == "\n\n".join([*FERRY_TEXT, box])
    told = only(f"The Ferry Sails Alone\n\n{FERRY}\n{box}").text
    assert told == "\n\n".join([*FERRY_TEXT, box])


def test_labels_without_a_text() -> None:
    with pytest.raises(UnreadableFile, match="no text"):
        read(f"Title: The Keeper Hands In Her Key\n{FACTS}")


# Databases


def nexis(title: str, body: str, page: str = "") -> str:
    return f"""\
Page 1 of 2
{title}

{title}
The Harbour Courier (Valletta)
March 29, 2026 Sunday
Final Edition

Copyright 2026 Harbour Courier Ltd. All Rights Reserved

Section: NEWS; Pg. 4
Length: 1,412 words
Byline: By Ana Kos; Shipping Editor
Dateline: VALLETTA
Body


{page}{body}

Graphic

PHOTO: A lamp.

Classification

Language: ENGLISH
Publication-Type: Newspaper
Subject: LAMPS (90%); GOATS (78%)

Load-Date: March 30, 2026

End of Document
"""


def old_nexis(number: int, title: str, body: str, headline: str = "", mark: str = "") -> str:
    return f"""\
                              {number} of 2 DOCUMENTS


               Copyright 2026 Harbour Courier Ltd.
                       The Harbour Courier

                      March 29, 2026 Sunday
                          Final Edition

{headline}{title}

BYLINE: Ana Kos

SECTION: NEWS;
Pg. 4

LENGTH: 412 words

{mark}
{body}
GRAPHIC: A lamp.

LOAD-DATE: March 30, 2026

LANGUAGE: ENGLISH
"""


def factiva(title: str, body: str, code: str) -> str:
    return f"""\

{title}

By Ana Kos
412 words
29 March 2026
14:05
The Harbour Courier
HARBC
English
Copyright 2026 Harbour Courier Ltd.

{body}
Document {code}
"""


COVER = """\
User Name: reader
Date and Time: Monday, March 30, 2026 9:00:00 AM
Job Number: 1
Documents (2)
1. The Keeper Hands In Her Key
2. The Ferry Sails Alone

"""
EXPORTS = {
    "nexis": nexis(LAMP_TEXT[0], LAMP) + nexis(FERRY_TEXT[0], FERRY),
    "nexis with a cover": COVER + nexis(LAMP_TEXT[0], LAMP) + nexis(FERRY_TEXT[0], FERRY),
    "old nexis": old_nexis(1, LAMP_TEXT[0], LAMP) + old_nexis(2, FERRY_TEXT[0], FERRY),
    "old nexis, all labelled": (
        old_nexis(1, LAMP_TEXT[0], LAMP, "HEADLINE: ", "BODY:")
        + old_nexis(2, FERRY_TEXT[0], FERRY, "HEADLINE: ", "BODY:")
    ),
    "factiva": (
        factiva(LAMP_TEXT[0], LAMP, "HARBC00020260329em3t0000a")
        + factiva(FERRY_TEXT[0], FERRY, "HARBC00020260329em3t0000b")
    ),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_exports_of_databases(name: str) -> None:
    found = read(EXPORTS[name])
    assert [article.text.split("\n\n") for article in found] == [LAMP_TEXT, FERRY_TEXT]
    assert [a.title for a in found] == [LAMP_TEXT[0], FERRY_TEXT[0]]
    for article in found:
        assert (article.author, article.source) == ("Ana Kos", "The Harbour Courier")
        assert article.published == DAY


def test_nexis_with_a_page_break_and_a_standfirst() -> None:
    text = nexis(LAMP_TEXT[0], LAMP, "Goats.\n\nPage 2 of 2\nThe Keeper Hands In Her Key\n\n")
    text = text.replace("Dateline: VALLETTA", "Highlight: A lamp goes out.")
    assert only(text).text.split("\n\n") == [
        LAMP_TEXT[0], "A lamp goes out.", "Goats.", *LAMP_TEXT[1:],
    ]  # fmt: skip


def test_one_article_copied_without_the_mark_at_its_end() -> None:
    for text in (
        nexis(LAMP_TEXT[0], LAMP).replace("End of Document\n", ""),
        factiva(LAMP_TEXT[0], LAMP, "x").replace("Document x\n", ""),
    ):
        article = only(text)
        assert (article.text.split("\n\n"), article.published) == (LAMP_TEXT, DAY)


def test_what_stands_between_the_articles_of_an_export_is_not_lost() -> None:
    text = f"{nexis(LAMP_TEXT[0], LAMP)}\nA Note\n\nThe lamp is lit again.\n"
    assert [article.text for article in read(text)] == [
        "\n\n".join(LAMP_TEXT), "A Note\n\nThe lamp is lit again.",
    ]  # fmt: skip


def test_an_article_of_an_export_without_text_is_named() -> None:
    first, second = read_articles(
        (nexis(LAMP_TEXT[0], "") + nexis(FERRY_TEXT[0], FERRY)).encode(), "a.txt"
    )
    assert str(first) == "Article 1: It has no text."
    assert isinstance(second, Article)


@pytest.mark.parametrize(
    "line", ["End of Document", "1 of 2 DOCUMENTS", "Document HARBC00020260329em3t0000a"]
)
def test_a_mark_alone_makes_no_export(line: str) -> None:
    assert only(f"The Lamp\n\nIt went out.\n\n{line}\n\nIt was lit.").text.count("\n\n") == 3


PIECES = st.sampled_from(
    ["Title: A", "Author: Ana", "Date: 2026-03-03", "---", "End of Document", "1 of 2 DOCUMENTS",
     "Body", "Length: 4 words", "Byline: Ana", "March 3, 2026", "The Wire", "412 words", "It fell.",
     "Copyright 2026 X", "Document ABCD00020260329em3t", "Classification", "", "Page 1 of 2"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25))
@example(["March 3, 2026", "It fell.", "Length: 4 words", "End of Document", "Title: A"])
@example(["It fell.", "", "412 words", "March 3, 2026", "The Wire", "X", "End of Document", "A"])
def test_lines_in_any_order_are_read_or_refused(lines: list[str]) -> None:
    try:
        found = list(read_articles("\n".join(lines).encode(), "a.txt"))
    except UnreadableFile:
        return
    assert all(isinstance(one, Article | UnreadableFile) for one in found)
    # No text is lost outside what is cut from an export.
    if "It fell." in lines and "Classification" not in lines:
        assert any(isinstance(one, Article) and "It fell." in one.text for one in found)
