"""A Word file (.docx) -> Article, read by python-docx."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from webapp.errors import UnreadableFile
from webapp.importing.archive import Budget, members
from webapp.importing.made import Facts, make
from webapp.model import Article

_TOP = 50
"""How many paragraphs are looked at for the headline."""


def read_word(data: bytes) -> Article:
    """The article of a document: its paragraphs, those of its tables and text boxes among them."""
    try:
        from docx import Document
        from docx.text.paragraph import Paragraph
    except ImportError as error:
        raise UnreadableFile(
            "To read Word files install the extra: pip install 'dateline[docx]'."
        ) from error
    members(data, Budget())  # a .docx is a zip file and can be a bomb as well
    document = Document(BytesIO(data))
    found = list(_paragraphs(document.element.body))
    texts = [text for _, text in found]
    title = document.core_properties.title.strip()
    top = [(p, text) for p, text in found[:_TOP] if text.strip()]
    # The title that the file was given is often the name of a form or of a file.
    if not any(title.casefold() == text.strip().casefold() for _, text in top):
        title = next((text for p, text in top if _is_heading(Paragraph(p, document))), "")
    return make(Facts(title=title), [line for text in texts for line in text.splitlines()])


def _paragraphs(body: Any) -> Iterator[tuple[Any, str]]:
    """Each paragraph with its text as it is after all changes that were tracked.

    Not by `Paragraph.text`, which leaves out what was inserted, tagged, or put into a control.
    """
    from docx.oxml.ns import qn
    from lxml import etree

    deleted = (qn("w:del"), qn("w:moveFrom"))
    for_old_programs = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    # The stops of the tabulator have the name of a tab in the text.
    etree.strip_elements(body, *deleted, for_old_programs, qn("w:tabs"), with_tail=False)
    written = [qn(f"w:{name}") for name in ("t", "tab", "ptab", "br", "cr", "noBreakHyphen")]
    for paragraph in body.iter(qn("w:p")):
        # A paragraph holds those of a text box that is fastened to it.
        own = (w for w in paragraph.iter(written) if next(w.iterancestors(qn("w:p"))) is paragraph)
        yield paragraph, "".join(map(str, own))


def _is_heading(paragraph: Any) -> bool:
    name = paragraph.style.name if paragraph.style is not None else ""
    return (name or "").startswith(("Heading", "Title"))
