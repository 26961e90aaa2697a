"""Formats that are no text: Word and PDF. The files are made here."""

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml
from pypdf import PdfReader, PdfWriter

from webapp.errors import UnreadableFile
from webapp.importing import read_articles
from webapp.model import Article


def only(data: bytes, name: str) -> Article:
    [article] = read_articles(data, name)
    assert isinstance(article, Article)
    return article


def refused(data: bytes, name: str) -> str:
    with pytest.raises(UnreadableFile) as caught:
        list(read_articles(data, name))
    return str(caught.value)


# Word


def word(title: str = "", heading: str = "", table: bool = False) -> bytes:
    document = Document()
    document.core_properties.title = title
    document.add_paragraph()
    if heading:
        document.add_heading(heading)
    document.add_paragraph("By Ana Kos\n3 March 2026")
    document.add_paragraph("The crane fell into the harbour.")
    if table:
        cells = document.add_table(rows=2, cols=2)
        cells.cell(0, 0).text = "Cranes"
        cells.cell(0, 0).merge(cells.cell(0, 1))
        cells.cell(1, 0).text, cells.cell(1, 1).text = "Before: 3", "After: 2"
    document.add_paragraph("“It was old,” said Marta Oblak.")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_word_with_a_heading_and_a_table() -> None:
    article = only(word(heading="Crane Falls", table=True), "a.txt")
    assert article == Article(
        title="Crane Falls",
        text="Crane Falls\n\nThe crane fell into the harbour.\n\n"
        "Cranes\n\nBefore: 3\n\nAfter: 2\n\n“It was old,” said Marta Oblak.",
        author="Ana Kos",
        published=dt.date(2026, 3, 3),
    )


@pytest.mark.parametrize("title", ["crane falls", "Microsoft Word - Document1", ""])
def test_word_with_a_title_of_its_own(title: str) -> None:
    """It counts where it stands in the text; many are the name of a file."""
    article = only(word(title=title, heading="Crane Falls"), "a.docx")
    assert article.title.casefold() == "crane falls"
    assert article.text.split("\n\n")[1] == "The crane fell into the harbour."


def changed_word(paragraph: str) -> bytes:
    """A Word file in which this XML stands before the last paragraph."""
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    )
    document = Document(BytesIO(word(heading="Crane Falls")))
    document.paragraphs[-1]._p.addprevious(parse_xml(f"<w:sdt {names}>{paragraph}</w:sdt>"))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:ins><w:r><w:t>will</w:t></w:r></w:ins><w:r><w:t> sail</w:t></w:r>", "will sail"),
        ("<w:del><w:r><w:delText>may</w:delText></w:r></w:del><w:r><w:t>will</w:t></w:r>", "will"),
        ("<w:moveFrom><w:r><w:t>may</w:t></w:r></w:moveFrom><w:r><w:t>will</w:t></w:r>", "will"),
        ('<w:smartTag w:element="place"><w:r><w:t>Rijeka</w:t></w:r></w:smartTag>', "Rijeka"),
        ("<w:sdt><w:sdtContent><w:r><w:t>a name</w:t></w:r></w:sdtContent></w:sdt>", "a name"),
        ('<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>A</w:t></w:r>', "A"),
        ("<w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:noBreakHyphen/><w:t>C</w:t></w:r>", "A B-C"),
        ("<w:r><w:t>One.</w:t><w:br/><w:t>Two.</w:t></w:r>", "One.\n\nTwo."),
        (
            "<w:r><w:t>Text.</w:t><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Box.</w:t></w:r>"
            "</w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>Box.</w:t></w:r></w:p></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
            "Text.\n\nBox.",
        ),
    ],
)
def test_word_with_changes_tags_controls_and_boxes(inside: str, text: str) -> None:
    article = only(changed_word(f"<w:sdtContent><w:p>{inside}</w:p></w:sdtContent>"), "a.docx")
    _, *body, last = article.text.split("\n\n")
    assert body == ["The crane fell into the harbour.", *text.split("\n\n")]
    assert last == "“It was old,” said Marta Oblak."


def repacked(data: bytes, changed: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            new.writestr(name, changed.get(name) or old.read(name))
    return out.getvalue()


def test_word_that_is_none() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<no/>")
    for data in (out.getvalue(), repacked(word(), {"word/document.xml": b"<w:document"})):
        assert refused(data, "a.docx").startswith("It looks like Word but is damaged or cut off")
    assert refused(word()[:3000], "a.docx").startswith("It begins like a zip or Word file but is")
    assert refused(b"A harbour", "a.docx").startswith("It looks like Word but is damaged")


def test_word_that_is_a_bomb() -> None:
    large = repacked(word(), {"word/media/a.bin": bytes(50_000_000)})
    assert "more than 200 times its size" in refused(large, "a.docx")
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 15))
    entities = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'.encode()
    with ZipFile(BytesIO(word())) as archive:
        document = archive.read("word/document.xml")
    start = document.index(b"<w:document")
    document = document[:start] + entities + document[start:].replace(b"crane", b"&l14;")
    data = repacked(word(), {"word/document.xml": document})
    with suppress(UnreadableFile):  # as good
        assert len(only(data, "a.docx").text) < 1000


# PDF

Placed = tuple[int, int, int, str]
"""x, y and size in points, and the words of a line."""


def pdf(*pages: Iterable[Placed]) -> bytes:
    """A PDF with these lines and the letters of Windows-1252 (PDF 1.7, 7.5 and 9.4)."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font]
    kids: list[int] = []
    for lines in pages:
        drawn = b"".join(map(_drawn, lines))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(len(objects))
    of = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), of)
    data, at = b"%PDF-1.4\n", []
    for number, told in enumerate(objects, 1):
        at.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    table = b"".join(b"%010d 00000 n \n" % place for place in at)
    size = len(at) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    )


def _drawn(line: Placed) -> bytes:
    x, y, size, words = line
    escaped = re.sub(rb"([\\()])", rb"\\\1", words.encode("cp1252"))
    return b"BT /F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n" % (size, x, y, escaped)


def lines(top: int, *words: str, x: int = 72, size: int = 11, leading: int = 13) -> list[Placed]:
    return [(x, top - i * leading, size, told) for i, told in enumerate(words)]


FIRST = [
    *lines(770, "The Harbour Courier", size=9),
    *lines(720, "Crane Falls into", "the Harbour", size=20, leading=24),
    *lines(670, "By Ana Kos"),
    *lines(650, "RIJEKA, Croatia (Meridian Wire) — The crane fell into the har-",
           "bour of Rijeka on Monday, and the well-known and long-"),
    *lines(624, "serving keeper, who is well-", "known to all, ran."),
    *lines(580, "“It was old,” she said. Then she looked at the water for a"),
    *lines(30, "Page 1 of 2", x=300, size=9),
]  # fmt: skip
SECOND = [
    *lines(770, "The Harbour Courier", size=9),
    *lines(740, "while and said no more."),
    (84, 727, 11, "The divers come on Thursday. They have a boat and a lamp and"),
    *lines(714, "much time."),
    (84, 701, 11, "The fish market stays open."),
    *lines(30, "Page 2 of 2", x=300, size=9),
]


def test_pdf_lines_become_paragraphs() -> None:
    article = only(pdf(FIRST, SECOND), "a.txt")
    assert article == Article(
        title="Crane Falls into the Harbour",
        text="Crane Falls into the Harbour\n\n"
        "RIJEKA, Croatia (Meridian Wire) — The crane fell into the harbour of Rijeka on Monday, "
        "and the well-known and longserving keeper, who is well-known to all, ran.\n\n"
        "“It was old,” she said. Then she looked at the water for a while and said no more.\n\n"
        "The divers come on Thursday. They have a boat and a lamp and much time.\n\n"
        "The fish market stays open.",
        author="Ana Kos",
        source="Meridian Wire",
        dateline="RIJEKA, Croatia",
    )


def test_pdf_without_gaps_ends_paragraphs_at_short_lines() -> None:
    told = ("The crane fell into the harbour of Rijeka on Monday morning.",
            "Nobody was hurt.",
            "The divers come on Thursday with a boat and with a lamp, as",
            "they always do.",
            "The fish market stays open for as long as there is any fish.")  # fmt: skip
    article = only(pdf(lines(700, *told)), "a.pdf")
    assert article.text.split("\n\n")[1:] == [f"{told[2]} {told[3]}", told[4]]


def test_pdf_that_a_browser_printed_gives_its_address() -> None:
    page = [
        *lines(780, "3/3/26, 10:58 AM Crane Falls", size=8),
        *lines(720, "Crane Falls", size=20),
        *lines(690, "The crane fell into the harbour."),
        *lines(20, "https://wire.example/1 1/1", size=8),
    ]
    article = only(pdf(page), "a.pdf")
    assert article.url == "https://wire.example/1"
    assert article.text == "Crane Falls\n\nThe crane fell into the harbour."


def paragraphs_of_pdf(*pages: Iterable[Placed]) -> list[str]:
    return only(pdf(*pages), "a.pdf").text.split("\n\n")


TITLE = lines(720, "Crane Falls into the Harbour", size=20)
TEXT = lines(670, "The crane fell into the harbour of Rijeka on Monday morning, and")


@pytest.mark.parametrize("year", ["1999.", "1999"])
def test_pdf_keeps_a_number_that_ends_the_last_sentence_of_a_page(year: str) -> None:
    first = [*TITLE, *TEXT, *lines(657, "it was the first since the spring of", year)]
    second = lines(700, "The divers come on Thursday.")
    assert f"since the spring of {year}" in paragraphs_of_pdf(first, second)[1]


def test_pdf_keeps_a_number_that_ends_a_sentence_of_the_page_before() -> None:
    first = [*TITLE, *TEXT, *lines(657, "it was the first since the spring of")]
    second = lines(760, "1999.", leading=30) + lines(730, "The divers come on Thursday.")
    assert paragraphs_of_pdf(first, second)[1].endswith("since the spring of 1999.")


@pytest.mark.parametrize("number", ["7", "Page 7", "- 7 -", "7 / 12"])
@pytest.mark.parametrize(("x", "y"), [(72, 30), (300, 644), (540, 644), (72, 780)])
def test_pdf_without_its_page_numbers(number: str, x: int, y: int) -> None:
    page = [*TITLE, *TEXT, *lines(657, "it was the first since the"), (x, y, 11, number)]
    assert paragraphs_of_pdf(page)[1].endswith("it was the first since the")


@pytest.mark.parametrize(
    ("cap", "beside", "text"),
    [("N", "amibia and Botswana share", "Namibia and Botswana share"),
     ("N", "AMIBIA and Botswana share", "NAMIBIA and Botswana share"),
     ("“T", "he river has no map,” said", "“The river has no map,” said"),
     ("A", "fter years of talk they share", "After years of talk they share"),
     ("A", "river in the desert is shared", "A river in the desert is shared"),
     ("É", "tienne Okombo said he shares", "Étienne Okombo said he shares")],
)  # fmt: skip
def test_pdf_with_a_large_first_letter(cap: str, beside: str, text: str) -> None:
    page = [
        *lines(720, "Two Countries Share a River", size=20),
        *lines(690, "By Ana Kos"),
        (72, 634, 40, cap),
        *lines(660, beside, "the water of the Okavango, they", "said in a tent on", x=102),
        *lines(621, "the bank, and they will do so for another thirty years."),
    ]
    article = only(pdf(page), "a.pdf")
    assert (article.title, article.author) == ("Two Countries Share a River", "Ana Kos")
    assert article.text.split("\n\n")[1:] == [
        f"{text} the water of the Okavango, they said in a tent on the bank, "
        "and they will do so for another thirty years."
    ]


@pytest.mark.parametrize(
    ("y", "size", "other"),
    [(760, 40, "THE HARBOUR COURIER"), (760, 40, "Courier"), (600, 24, "“It was old and tired”"),
     (700, 14, "A harbour waits until Thursday"), (740, 14, "WORLD")],
)  # fmt: skip
@pytest.mark.parametrize("title", ["Crane Falls into the Harbour", "CRANE FALLS INTO THE SEA"])
def test_pdf_with_more_that_is_large_than_the_headline(
    y: int, size: int, other: str, title: str
) -> None:
    page = [*lines(720, title, size=20), *lines(685, "By Ana Kos", "3 March 2026"),
            *lines(650, TEXT[0][3], "sank."), *lines(y, other, size=size),
            *lines(560, "The fish market stays open.")]  # fmt: skip
    article = only(pdf(sorted(page, key=lambda line: -line[1])), "a.pdf")
    assert article.title == title
    assert "The crane fell into the harbour of Rijeka on Monday morning, and sank." in article.text
    if y > 720:
        assert (article.author, article.published) == ("Ana Kos", dt.date(2026, 3, 3))


def test_pdf_whose_byline_and_date_stand_on_neighbouring_lines() -> None:
    top = lines(690, "By Ana Kos", "3 March 2026", TEXT[0][3], "by Monday evening", "it sank.")
    article = only(pdf([*TITLE, *top]), "a.pdf")
    assert (article.author, article.published) == ("Ana Kos", dt.date(2026, 3, 3))
    assert article.text.split("\n\n")[1:] == [f"{TEXT[0][3]} by Monday evening it sank."]


LEFT = ("The lamp of Cape Rosa in Tunisia went", "out on Sunday, after forty-one years in",
        "which it had not failed on any night.", "“I will miss the goats more than it,”",
        "Salma Trabelsi told the three people", "who had come to say good-bye to her.",
        "Then she walked down to the harbour.")  # fmt: skip
RIGHT = ("A machine from Italy does the work", "from Monday. It sends a message to the",
         "harbour of Annaba when it is broken,", "which the goats did not do in a year.",
         "Nobody said who will feed them.")  # fmt: skip


@pytest.mark.parametrize("lower", [0, 5])
def test_pdf_of_two_columns_written_row_by_row(lower: int) -> None:
    left, right = lines(640, *LEFT), lines(640 - lower, *RIGHT, x=330)
    rows = [line for pair in zip(left, right, strict=False) for line in pair]
    head = [(72, 770, 9, "The Harbour Courier"), (400, 770, 9, "Monday, 2 March 2026")]
    page = [*head, *TITLE, *lines(680, "By Ana Kos"), *rows, *left[len(right) :]]
    article = only(pdf(page), "a.pdf")
    assert article.text == "\n\n".join(
        [TITLE[0][3], *paragraphs_of_pdf([*TITLE, *left, *right])[1:]]
    )
    assert " ".join(article.text.split()).endswith(" ".join((*LEFT, *RIGHT)))


def test_pdf_of_a_table_stays_row_by_row() -> None:
    cells = [("Tunisia", "41 years"), ("Malta", "12 years"), ("Italy", "7 years"), ("Libya", "3")]
    page = [*TITLE, *TEXT]
    for i, (country, years) in enumerate(cells):
        page += [(72, 600 - 26 * i, 11, country), (330, 600 - 26 * i, 11, years)]
    told = " ".join(paragraphs_of_pdf(page))
    assert told.endswith(" ".join(word for cell in cells for word in cell))


def test_pdf_of_scanned_pages_says_so() -> None:
    assert refused(pdf([], []), "a.pdf") == (
        "It has no text, as scanned pages have none. Run text recognition (OCR) on it first."
    )


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(FIRST, SECOND))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pdf_with_a_password_says_so() -> None:
    sentence = "It is encrypted with a password. Save it without one."
    assert refused(encrypted("secret"), "a.pdf") == sentence
    assert only(encrypted(""), "a.pdf").title == "Crane Falls into the Harbour"


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.4", b"%PDF-1.4\n" + b"1 0 obj << /A " * 100_000, pdf(FIRST)[:400], b"no PDF"],
)
def test_pdf_that_is_damaged_says_so(data: bytes) -> None:
    sentence = refused(data, "a.pdf")
    assert sentence.startswith(
        ("It looks like PDF but is damaged", "It is no PDF", "It has no text")
    )


def test_pdf_of_a_book_is_refused() -> None:
    assert refused(pdf(*[[]] * 501), "a.pdf") == "It has more than 500 pages, so it is no article."
