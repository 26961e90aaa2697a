import datetime as dt
import json
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import DATA

from webapp.importing import read_articles, read_file
from webapp.importing.clean import LONGEST_TITLE, clean
from webapp.importing.dates import date_of, parse_date
from webapp.model import Article

LINES = st.lists(
    st.sampled_from(
        ["By", "By Ana Kos", "March 3, 2026", "title", "Title", " ", "\n", "\n\n", "\r\n", "\r",
         "Advertisement", "Photo: x", "Read more: x", "T he minister", "I n", "A", "- ",
         "Reporting by Ana Kos", "Von Ana Kos", "Our Standards: The Trust Principles.", "___",
         "Lire aussi : x", "Ana Kos contributed reporting.", "REUTERS/Ana Kos",
         "Ana Kos | Wire", "GHENT — ", "cafÃ©", "â€œ", "\x93", "\ufb01",
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


@pytest.mark.parametrize("words", ["A ", "A/", "A, ", "A | ", "A (", "a ", "By A, ", "our ", "2 "])
def test_lines_of_nothing_but_names_end(words: str) -> None:
    began = time.process_time()
    for beginning in ("", "By ", "Von ", "Photo by ", "Follow ", "Get the best ", "Report by "):
        for length in (118, 298, 3000):
            clean(f"Title\n\n{(beginning + words * length)[:length]}!")
    assert time.process_time() - began < 5


def test_a_title_that_is_repeated_stands_once() -> None:
    text = clean("A Quiet  Spring\n\nA  quiet spring\nA quiet spring\n\nIt came.").text
    assert text == "A Quiet Spring\n\nIt came."


def test_lines_of_a_paragraph_are_joined() -> None:
    assert clean("Title\n\nOne\ntwo.\n\n\n\nThree.").text == "Title\n\nOne two.\n\nThree."


def test_without_blank_lines_every_line_is_a_paragraph() -> None:
    assert clean("Title\nOne.\nTwo.").text == "Title\n\nOne.\n\nTwo."


# Close to what the rules take away, and all of them sentences that an article may have.
SENTENCES = """
“The bridge stays shut,” Mayor Rosa Lind told reporters in Turku. (AFP)
The bridge stays shut until autumn, the mayor of Turku said on Monday. (AFP)
“The bridge stays shut,” the mayor said. (AP/Reuters)
Finland will open the bridge in autumn. (Rosa Lind/Reuters)
Finland paid for the bridge, and Sweden for the lights (AFP).
‘The bridge stays shut’ was all that he said [AFP]
"The bridge stays shut," the mayor said / AFP
«The bridge stays shut», the mayor said | AFP
„The bridge stays shut“, the mayor said (Photo: none)
The ferry will sail again in May. (Photo: Ion Rusu)
The state tests its water for lead (EPA).
This report was published by the harbour in June and blames Finland and Sweden.
This article was amended by parliament in 2019, and it names no minister.
This story was first published in Estonia, the editor said.
This page was updated by hand until 1974.
This story was originally published in Science.
Follow the water on X, the mayor of Turku said, and you end in Sweden.
Follow us on Telegram, the rebels told the people of Mali.
Sign up for free ferries, Finland told its pensioners.
Sign up for alerts on the flood, Kenya urges everybody at the lake.
Sign up for our trains, Hungary tells Austria.
Register for the vote and get your card by e-mail, Fiji asks of its citizens abroad.
Subscribe to the idea of a border and you have two countries, the poet wrote.
Subscribe to our newsletter, the ministry of Latvia now asks of everybody.
Get the newsletters out of the embassy in Accra, the envoy ordered.
Get a letter from the bank in your inbox, and it is hardly ever the bank.
Download the app, Estonia tells its voters.
Download our app, Estonia tells its voters.
Join the group, China told Brazil.
Join us, the regiment told the men of Chad.
Join our group, the union told the men of the port.
Read: the book is short.
See: the sea was there before the harbour.
Watch: nobody came to the strike in Riga.
Read the full story and you will pity the mayor.
Click here, the letter said, and the money of the town was gone.
Tap here for water, read the sign at the well, and people did.
Copyright law in 2027 changes for France.
Copyright lasts 70 years in Norway.
(c) Norway signed the treaty in 1968 and left it in 1971.
The Sami want nothing less than all rights reserved.
Credit: Portugal owes €2bn to the banks of Spain, and Lisbon will not pay.
Pictures: the army took them all, the keeper of the museum said.
Video: the police have it, said the mayor of Bergen.
Video/audio files of the talks were shown to the judges.
Photo by Ana Kos shows the harbour of Rijeka.
Photographs by the police show the ship off Yemen.
File photos show the same ship in Aden.
File – the court in Bern has none.
File pictures of the ship were found in Oslo.
The firm sold its pictures to a rival, Getty Images.
The museum bought the picture via Getty Images.
Share with your neighbour, the priest wrote to all of Malta.
Share the story with the world.
Share this article with everybody, the minister asked of Gambia.
Print it.
Comments by the minister did not help.
No comment.
Related: the price of bread rose in Egypt.
Advertisements for it hung in all of Beirut.
More on this: Peru and Chile have agreed.
Image caption, in Chad, is a school subject.
Tags: the cows of Tuva have none.
Lire aussi : nul ne le fait au Tchad.
Lesen Sie auch: das riet der Minister den Kindern in Wien.
Edited by hand and shown in Cannes, the film of Mali won.
Report by Amnesty International. It names Chad and Mali as the worst.
Reporting by the BBC showed the same, the minister of Ghana said.
Compiled by hand; nobody in Peru believed the list.
Twelve people from Chad contributed to this report, the ministry said.
By Sunday, Oman and Kuwait had agreed to meet.
By Land, sea and air the aid came to Haiti.
Von Krieg und Frieden sprach in Wien niemand.
Par Dieu, dit le maire de Dakar.
Our Standards: the harbour has none.
The post of harbour master appeared first on the list of Malta.
A version of this article of the treaty is older than Belgium.
Written by Tolstoy, the play is read in all of Russia.
Edited by Ana Kos and Ben Lee, the book sold well in Peru.
Reporting by Ana Kos, who was in Oslo, said otherwise.
Translated by hand, the letter of the Sami made sense.
Report by report, the judges of Chad read on.
Von der Leyen traf Macron.
Di Maio ha parlato a Roma.
Por Dios, dijo la ministra de Cuba.
Related deaths in Sudan were not counted.
Trending in Egypt was the price of bread.
Photo: none of the ships was found.
Photo: Ion Rusu took it and never said where.
Illustration: how a pump works in Mali.
Caption: it says nothing of Libya.
See more: the hill is high in Nepal.
Read on: it gets worse in Haiti.
Get our troops out of Mali, the letter demanded.
Get the best doctors to the briefing, the minister told Kenya.
Get the latest podcast out of Cuba, and you will hear nothing.
Receive our envoy, Iran asked of Oman, or lose the podcast.
Follow Iran on X, and you will see.
Follow Iran on X.
Like us on Facebook, the rebels asked of Chad.
Share on Facebook, the rebels asked of Chad.
Sign in, please, said the guard at the port of Aden.
Loading the ships took all night in Aden.
Listen: they sing in Mali.
This is a developing story of two islands, and Fiji owns both.
This is a breaking story, the editor of the paper in Fiji said.
This story has been updated by each singer of Mali.
This story has been updated with new verses in Mali.
This article was updated on 3 March to forbid it in Iran.
The photo (by Ana Kos/AP) hung in Rome.
Soldiers fired. REUTERS/Ana Kos was there.
Nobody knew (Ana Kos/AP) what it was.
He said: REUTERS
The team of (AFP) lost.
With reporting from Chad forbidden, papers print letters.
With inputs from Iran, the list grew.
Topics: Iran, Oman and the sea.
List of 4 items was what the judge wanted.
4 comments were made by the judge.
All rights reserved for kings were given to Tonga.
In 1990 it was free, all rights reserved. Then Iran came.
Copyright 2026 is a film from Laos.
© is a sign that Laos uses.
It says © 2026 on the back of the coin of Laos.
Image source, in Laos, is the river.
Join our war, the rebels told the group of Mali.
Comments: none from Iran.
Our Standards: Trust Principles of the bank of Fiji are old.
Chad contributed to this report.
Already a member? Iran asked Oman.
Already a subscriber? Log in to the bank of Chad and see.
Sign in to continue reading the roll, the judge told all of Laos.
To keep reading, children in Mali need light.
You have one free article left in the treaty, Norway told Iran.
A post shared by Chad and Mali (its border) was burnt.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_sentence_of_an_article_is_lost(sentence: str) -> None:
    wrapped = textwrap.fill(sentence, 40)
    for around in ("{}\n\nIt rained.", "It rained.\n\n{}\n\nIt rained.", "It rained.\n\n{}"):
        for told in (sentence, wrapped):
            raw = "Title\n\n" + around.format(told)
            assert clean(raw).text == "Title\n\n" + around.format(sentence)


def test_no_sentence_of_a_page_is_lost() -> None:
    told = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    page = f"<html><title>Title</title><article><h1>Title</h1>{told}</article></html>"
    [article] = read_articles(page.encode(), "a.html")
    assert isinstance(article, Article)
    assert article.text.split("\n\n") == ["Title", *SENTENCES]


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_sentences_stay_in_their_order(sentences: list[str]) -> None:
    text = "\n\n".join(["Title", *sentences])
    assert clean(text).text == text


@pytest.mark.parametrize(
    "line",
    [
        "A ferry off Turku on Monday [AFP]",
        "A ferry off Turku [Ana Kos/Reuters]",
        "A ferry off Turku (Ana Kos/AP)",
        "A ferry off Turku (photo: A. Kos)",
        "A ferry off Turku. Photograph: Ana Kos/Alamy",
        "A ferry sails on Monday. REUTERS/Ana Kos/File Photo",
        "A ferry sails on Monday. (Photo by Ana Kos/Getty Images)",
        "Image source, Ana Kos",
        "Image caption, A ferry off Turku",
        "Credit...Ana Kos for The Wire",
        "___",
        "1 of 4 |",
        "after newsletter promotion",
        "Like this:",
        "Tags: ferries, Finland",
        "list of 4 items",
        "Sign up here.",
        "Follow us on Facebook, X and Instagram for more",
        "Follow The Harbour Courier on X",
        "Join our WhatsApp channel",
        "This story has been updated to include what the mayor said.",
        "This story was updated on March 3, 2026 at 2:05 p.m. GMT",
        "Get the latest news, pictures and talk of ferries in your inbox.",
        "The Harbour Courier © 2026",
        "The Harbour Courier 2026. All rights reserved.",
        "This article was originally published on Quarnero Wire",
        "© 2026 The Harbour Courier. All rights reserved.",
        "A version of this article appears in print on March 3, 2026, Section A, Page 2 of the "
        "national edition with the headline: Ferries Stay in Port.",
        "Do you have an opinion on the issues raised in this article? Write to our letters page.",
        "The post Ferries Stay in Port appeared first on Harbour Courier.",
        "Lesen Sie auch: Die Fähre von Turku",
        "Mehr zum Thema: Fähren",
        "Lire aussi : Le ferry de Turku",
        "Lea también: El transbordador de Turku",
        "Leggi anche: Il traghetto di Turku",
        "Leia também: A balsa de Turku",
        "Anzeige",
        "Already a subscriber? Log in",
        "Subscribe to continue reading",
        "To continue reading, please subscribe.",
        "You have 2 free articles left this month.",
        "View this post on Instagram",
        "A post shared by The Harbour Courier (@harbour.courier)",
        "Share on: Facebook",
        "◆",
        "Publicité",
    ],
)
def test_what_is_no_part_of_an_article_goes(line: str) -> None:
    assert clean(f"Title\n\nIt rained.\n\n{line}\n\nIt snowed.").text == (
        "Title\n\nIt rained.\n\nIt snowed."
    )


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
        ("Posted by Ana Kos on March 3, 2026 at 9:15 pm", "Ana Kos", ""),
        ("Interview by Ana Kos", "Ana Kos", ""),
        ("By Ana Kos, The Wire 3 March 2026", "Ana Kos", "The Wire"),
        ("By Ana Kos, Kuwait City", "Ana Kos", "Kuwait City"),
        ("By Ana Kos, Kuala Lumpur", "Ana Kos", "Kuala Lumpur"),
        ("By Ana Kos, Dar es Salaam", "Ana Kos", "Dar es Salaam"),
        ("Ana Kos | Updated: 29 Mar 2026", "Ana Kos", ""),
        ("Ana Kos | Updated on: 29 Mar 2026, 8:15 pm", "Ana Kos", ""),
        ("Ana Kos | March 29, 2026 | 8:15 pm", "Ana Kos", ""),
        ("By Joost van der Meer, Special to The Wire", "Joost van der Meer", "The Wire"),
        ("Von Jürgen Blau und Ines Kohl, Wien", "Jürgen Blau und Ines Kohl", ""),
        ("Par Awa Fall", "Awa Fall", ""),
        ("Por Lucía Mar | El Faro", "Lucía Mar", "El Faro"),
        ("Di Carla Neri e Ugo Sala", "Carla Neri e Ugo Sala", ""),
    ],
)
def test_a_byline_at_the_top_is_recognised(line: str, author: str, source: str) -> None:
    found = clean(f"Title\n\n{line}\n\nThe river rose.")
    assert (found.author, found.source) == (author, source)
    assert found.text == "Title\n\nThe river rose."


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the river had risen by two metres.",
        "By the river",
        "By then, it rained:",
        "By Sunday, the river had risen by two metres",
        "By Ghent, the ferries had lost two hours",
        "Von Mäusen und Menschen",
        "Von Trier Film Wins Palme",
        "Total Wheat | 900",
    ],
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
        ("MUSCAT -- The", "MUSCAT", ""),
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


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("The river — which rose — fell.", ""),
        ("Ерлан сказал — вода ушла.", ""),
        ("قالت ليلى — الماء بعيد.", ""),
        ("東京の人 — 水は遠い。", ""),
        ("ĀDAŽI — The river rose.", "ĀDAŽI"),
        ("АСТАНА, Казахстан — Река вышла.", "АСТАНА, Казахстан"),
        ("Астана (Волна) — Река вышла.", "Астана"),
    ],
)
def test_only_capitals_make_a_dateline(text: str, dateline: str) -> None:
    assert clean(f"Title\n\n{text}").dateline == dateline


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
