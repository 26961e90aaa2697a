"""Which format a file has: what it begins with counts, then its name."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from webapp.backup import is_backup
from webapp.errors import BadInput, UnreadableFile
from webapp.importing.table import looks_like_table
from webapp.importing.text import bom_encoding


class Format(StrEnum):
    BACKUP = "a backup"
    TEXT = "plain text"
    HTML = "HTML"
    FEED = "RSS or Atom"
    JSON = "JSON"
    TABLE = "CSV or TSV"
    MAIL = "e-mail"
    WORD = "Word"
    PDF = "PDF"
    ZIP = "zip"


ENDINGS: dict[str, Format] = {
    ".txt": Format.TEXT, ".text": Format.TEXT,
    ".html": Format.HTML, ".htm": Format.HTML, ".xhtml": Format.HTML,
    ".rss": Format.FEED, ".atom": Format.FEED, ".xml": Format.FEED,
    ".json": Format.JSON, ".jsonl": Format.JSON, ".ndjson": Format.JSON,
    ".csv": Format.TABLE, ".tsv": Format.TABLE, ".tab": Format.TABLE,
    ".eml": Format.MAIL, ".mht": Format.MAIL, ".mhtml": Format.MAIL,
    ".docx": Format.WORD, ".pdf": Format.PDF, ".zip": Format.ZIP,
}  # fmt: skip
"""File ending -> the format that files of this name most often have."""

HEAD = 4096
"""Bytes that tell what a file is."""

_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "It is a Word or Excel file of the old kind. Save it as .docx or .csv."),
    (b"{\\rtf", "It is an RTF file. Save it as .docx or .txt."),
    (b"\x1f\x8b", "It is packed with gzip. Unpack it first."),
    (b"BZh", "It is packed with bzip2. Unpack it first."),
    (b"7z\xbc\xaf", "It is packed with 7-Zip. Unpack it first, or pack it as .zip."),
    (b"Rar!", "It is packed with RAR. Unpack it first, or pack it as .zip."),
)
_FOREIGN_MEMBERS = (
    ("xl/workbook.xml", "It is an Excel file. Save it as .csv."),
    ("ppt/presentation.xml", "It is a PowerPoint file. Save its text as .txt."),
    ("META-INF/container.xml", "It is an e-book. Save its text as .txt."),
    ("content.xml", "It is an OpenDocument file. Save it as .docx."),
)

# Comments, declarations and instructions may stand before the first element.
_ELEMENT = re.compile(r"<([a-z][\w:.-]*)", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|article)\b", re.IGNORECASE)
_FEEDS = frozenset(("rss", "feed", "rdf:rdf", "channel"))
_JSON = re.compile(r'\{\s*["}]|\[\s*[\[{\]]')
_HEADER = re.compile(
    r"^(from|to|subject|date|message-id|mime-version|received|return-path|delivered-to"
    r"|content-type|x-[\w-]+|dkim-signature|snapshot-content-location):",
    re.IGNORECASE | re.MULTILINE,
)
_SURE = frozenset(("message-id", "mime-version", "received", "return-path", "delivered-to"))


@contextmanager
def reading(kind: Format) -> Iterator[None]:
    """Errors of the library that reads a format, of whatever kind, become one sentence."""
    try:
        yield
    except BadInput:
        raise
    except Exception as error:
        raise UnreadableFile(
            f"It looks like {kind} but is damaged or cut off ({type(error).__name__}). "
            "Get or save it again."
        ) from error


def format_of(data: bytes, name: str) -> Format:
    """The format of a file. Raises UnreadableFile when it is none that can be read."""
    for magic, sentence in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableFile(sentence)
    # First: an archive may begin with a PDF that lies in it as it is.
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    return _told(head_of(data)) or _named(name)


def _packed(data: bytes) -> Format:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise UnreadableFile(
            "It begins like a zip or Word file but is damaged or cut off. Get it again."
        ) from error
    if "word/document.xml" in names:
        return Format.WORD
    for member, sentence in _FOREIGN_MEMBERS:
        if member in names:
            raise UnreadableFile(sentence)
    return Format.ZIP


def head_of(data: bytes) -> str:
    """The beginning of a text, good enough to see its signs in it."""
    encoding = bom_encoding(data) or "utf-8-sig"
    return data[:HEAD].decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")


def _told(head: str) -> Format | None:
    """The format that the text's beginning tells, None when it could be anything."""
    if head.startswith("<"):
        if _HTML.search(head):
            return Format.HTML
        first = _ELEMENT.search(re.sub(r"<!--.*?-->", "", head, flags=re.DOTALL))
        if first and first[1].lower() in _FEEDS:
            return Format.FEED
    if is_backup(head):
        return Format.BACKUP
    if _JSON.match(head):
        return Format.JSON
    if _has_headers(head):
        return Format.MAIL
    return Format.TABLE if looks_like_table(head) else None


def _has_headers(head: str) -> bool:
    """Does it begin with headers that no article begins with?"""
    if not re.match(r"[A-Za-z][\w-]*: ?", head):
        return False
    top = re.split(r"\r?\n\r?\n", head, maxsplit=1)[0]
    names = {match[1].lower() for match in _HEADER.finditer(top)}
    return len(names) >= 3 and bool(names & _SURE)


def _named(name: str) -> Format:
    ending = PurePath(name).suffix.lower()
    if not ending:
        return Format.TEXT
    if ending not in ENDINGS:
        raise UnreadableFile(f"Its ending {ending!r} is not known. Known are {', '.join(ENDINGS)}.")
    return ENDINGS[ending]
