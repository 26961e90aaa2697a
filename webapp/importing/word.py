"""A Word file (.docx) -> Article, read by python-docx."""

from io import BytesIO
from typing import Any

from webapp.errors import UnreadableFile
from webapp.importing.archive import Budget, members
from webapp.importing.made import Facts, make
from webapp.model import Article


def read_word(data: bytes) -> Article:
    """The article of a document: its paragraphs, and each cell of its tables as one."""
    try:
        from docx import Document
        from docx.table import Table, _Cell
    except ImportError as error:
        raise UnreadableFile(
            "To read Word files install the extra: pip install 'dateline[docx]'."
        ) from error
    members(data, Budget())  # a .docx is a zip file and can be a bomb as well
    document = Document(BytesIO(data))
    texts: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            # Not row.cells: it gives a cell once for each column that it says it spans.
            texts += [_Cell(cell, block).text for cell in _cells(block._tbl)]
        else:
            texts.append(block.text)
    title = document.core_properties.title or _heading(document)
    return make(Facts(title=title), [line for text in texts for line in text.splitlines()])


def _heading(document: Any) -> str:
    """The first paragraph that is styled as a title or heading."""
    styled = (p.text for p in document.paragraphs[:50] if _is_heading(p) and p.text.strip())
    return next(styled, "")


def _is_heading(paragraph: Any) -> bool:
    name = paragraph.style.name if paragraph.style is not None else ""
    return (name or "").startswith(("Heading", "Title"))


def _cells(table: Any) -> Any:
    return table.iter_tcs()
