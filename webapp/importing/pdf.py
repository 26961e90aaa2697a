"""The text layer of a PDF -> Article, read by pypdf."""

import logging
import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from webapp.errors import UnreadableFile
from webapp.importing.characters import squeezed
from webapp.importing.credits import byline, dates_in
from webapp.importing.layout import (
    MARGIN,
    Line,
    Paragraph,
    in_columns,
    paragraphs,
    with_drop_caps,
    without_margins,
)
from webapp.importing.made import Facts, make
from webapp.model import Article

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 500

_MASTHEAD = 60  # code points; what stands above a headline and is longer is text
_FEWEST_LETTERS = 20
_QUOTED = re.compile('[“„«"‘][^“”„«»"]*[”“»"’]')


def read_pdf(data: bytes) -> Article:
    """The article of a PDF. Raises UnreadableFile for a scan, a password, or a whole book."""
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise UnreadableFile(
            "To read PDF files install the extra: pip install 'dateline[pdf]'."
        ) from error
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFile("It is no PDF file, whatever its name says. Get it again.")
    # It writes a line for each thing that a damaged file lacks, and says so by an error as well.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(BytesIO(data))
    _open(reader)
    if len(reader.pages) > MOST_PAGES:
        raise UnreadableFile(f"It has more than {MOST_PAGES} pages, so it is no article.")
    pages = [_lines(page) for page in reader.pages]
    if sum(c.isalpha() for page in pages for line in page for c in line.text) < _FEWEST_LETTERS:
        raise UnreadableFile(
            "It has no text, as scanned pages have none. Run text recognition (OCR) on it first."
        )
    found = paragraphs([with_drop_caps(page) for page in without_margins(pages)])
    told = reader.metadata.title if reader.metadata else None
    title, body = _titled(found, str(told or ""))
    return make(Facts(title=title, url=_address(pages)), body)


def _open(reader: "PdfReader") -> None:
    if not reader.is_encrypted:
        return
    try:
        # Many files forbid only changes; their password for reading is empty.
        opened = reader.decrypt("")
    except Exception as error:  # encryption that needs a further library
        raise UnreadableFile(_LOCKED) from error
    if not opened:
        raise UnreadableFile(_LOCKED)


_LOCKED = "It is encrypted with a password. Save it without one."


def _lines(page: Any) -> list[Line]:
    """The lines of a page, in the order of the file, where they stand."""
    rows: list[list[Line]] = [[]]

    def visit(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        for i, piece in enumerate(text.split("\n")):
            if i:
                rows.append([])
            if piece.strip():
                rows[-1].append(Line(piece, *_place(cm, tm, float(size))))
            elif piece and rows[-1]:
                rows[-1].append(replace(rows[-1][-1], text=piece))

    page.extract_text(visitor_text=visit)
    return [line for row in in_columns([row for row in rows if row]) if (line := _line(row))]


def _line(row: list[Line]) -> Line | None:
    text = "".join(piece.text for piece in row).rstrip()
    # A soft hyphen at the end breaks a word; within a line it is nothing.
    broken = "\u00ad" if text.endswith("\u00ad") else ""
    text = squeezed(text)
    return replace(row[0], text=text + broken) if text else None


def _place(cm: list[float], tm: list[float], size: float) -> tuple[float, float, float]:
    """x, y and the size of letters on the page: text matrix times that of the page."""
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
    return x, y, max(abs(size) * scale, 1.0)


def _titled(found: list[Paragraph], told: str) -> tuple[str, list[str]]:
    """The headline and the paragraphs below it: the largest letters near the top, if larger."""
    usual = sorted(p.size for p in found for _ in range(1 + len(p.text) // 80))
    texts = [p.text for p in found]
    large = [p for p in found[:8] if p.size > 1.15 * usual[len(usual) // 2] and _is_words(p.text)]
    if large:
        largest = max(large, key=lambda p: (not _is_beside_headline(p.text), p.size))
        at = found.index(largest)
        return largest.text, [*filter(_is_kept, texts[:at]), *texts[at + 1 :]]
    # The title that the file was given is often the name of a form or of a file.
    if told and any(told.casefold() == text.casefold() for text in texts[:8]):
        return told, texts
    return "", texts


def _is_words(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= 3


def _is_beside_headline(text: str) -> bool:
    """Is it rather the name of the paper, a section, or what somebody says in the article?"""
    words = len(text.split())
    return words < 2 or (words <= 3 and text.isupper()) or _QUOTED.fullmatch(text) is not None


def _is_kept(above: str) -> bool:
    """Is what stands above the headline more than the name of the paper or a section?"""
    return len(above) > _MASTHEAD or bool(dates_in(above)) or byline(above) is not None


def _address(pages: list[list[Line]]) -> str:
    """Where a page was that a browser printed: it stands at the foot of each sheet."""
    foot = pages[0][-MARGIN:] if pages else []
    return next((m[0] for line in foot if (m := re.match(r"https?://\S+", line.text))), "")
