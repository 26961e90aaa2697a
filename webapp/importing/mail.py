"""E-mail (.eml), and pages that browsers saved as one (.mhtml) -> Article. RFC 5322, 2557."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import parseaddr
from pathlib import PurePath, PureWindowsPath
from typing import Any

from webapp.errors import UnreadableFile
from webapp.importing.archive import Found, Read, of_part
from webapp.importing.characters import codec_of, mended
from webapp.importing.formats import ENDINGS, Format, reading
from webapp.importing.forwarded import LONGEST_NOTE, first_message, unquoted
from webapp.importing.html import mailed_paragraphs, read_html
from webapp.importing.made import Facts, below_title, from_clean
from webapp.importing.text import WESTERN
from webapp.importing.wrapping import unwrapped
from webapp.model import Article

LONGEST_HEADER = 2_000
"""In characters; the standard library takes gigabytes to read a long one that is ill meant."""


class _Policy(EmailPolicy):
    def header_fetch_parse(self, name: str, value: str) -> Any:
        try:
            return super().header_fetch_parse(name, value[:LONGEST_HEADER])
        except Exception:  # the standard library stumbles over some that are cut off, IndexError
            return super().header_fetch_parse(name, "")


_PARSER = BytesParser(EmailMessage, policy=_Policy())

_ADDRESS = re.compile(r"\S+://\S+")

_FULLER = 3
"""How many times as many letters the HTML has when the plain text is a stub."""

_NOT_READ = frozenset((".doc", ".rtf", ".odt", ".xls", ".xlsx", ".ppt", ".pptx"))
"""Endings of what may be an article and is told to be of no known format."""

_ADDED = re.compile(r"ATT\d+\.\w+", re.IGNORECASE)
"""What Exchange makes of the footer of a mailing list."""

_LONGEST_NAME = 100  # code points


def read_mail(data: bytes, read: Read) -> Found:
    """The article in a message, or in the one that was forwarded with it, and those attached to it,
    which `read` reads: by their bytes and names.

    A message's article is in the plain text; in the HTML where that has much more ("View this in
    your browser"). A note beside attached articles is none.
    """
    message = _PARSER.parsebytes(data)
    assert isinstance(message, EmailMessage)  # what the parser was told to make
    if not message.keys():
        raise UnreadableFile("It has no headers of an e-mail. Save the message as .eml again.")
    if page := _saved_page(message):
        yield page
        return
    attached = list(_attached(message))
    try:
        article = _article(message)
    except UnreadableFile:
        if not attached:
            raise
        article = None
    note = None
    if article and attached and len(article.text) <= LONGEST_NOTE:
        article, note = None, article
    if article:
        yield article
    for name, part in attached:
        for found in of_part(name, _read_attached(part, name, read)):
            if not isinstance(found, UnreadableFile):
                note = None
            yield found
    if note:
        yield note


def _article(message: EmailMessage) -> Article:
    facts, lines = first_message(_facts(message), _lines(message))
    found = below_title(facts, "\n".join(lines))
    # Who sent an article is not always who wrote it.
    return from_clean(found, replace(facts, author=found.author or facts.author))


def _attached(message: EmailMessage) -> Iterator[tuple[str, EmailMessage]]:
    """The files and messages that are attached, and what they are called."""
    bodies = [_part(message, "plain"), _part(message, "html")]
    for number, part in enumerate(_leaves(message), 1):
        if any(part is body for body in bodies):
            continue
        if part.get_content_type() == "message/rfc822":
            yield f"message {number}.eml", part
            continue
        name = " ".join(PureWindowsPath(part.get_filename("")).name.split())[-_LONGEST_NAME:]
        if PurePath(name).suffix.lower() in {*ENDINGS, *_NOT_READ} and not _ADDED.fullmatch(name):
            yield name, part


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold no others, in their order; a message in this one is such a part."""
    parts = [message]
    while parts:
        part = parts.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            parts += reversed([one for one in payload if isinstance(one, EmailMessage)])
        else:
            yield part


def _read_attached(part: EmailMessage, name: str, read: Read) -> Found:
    with reading(Format.MAIL):
        if part.get_content_maintype() == "message":
            inner = part.get_payload(0)
            data = inner.as_bytes() if isinstance(inner, EmailMessage) else b""
        else:
            decoded = part.get_payload(decode=True)
            data = decoded if isinstance(decoded, bytes) else b""
    yield from read(data, name)


def _lines(message: EmailMessage) -> list[str]:
    """The lines of the message; without a blank one among them each is a paragraph."""
    plain, html = (_part(message, kind) for kind in ("plain", "html"))
    # A part without headers of its own counts as false.
    lines = unwrapped(unquoted(_text(plain))).splitlines() if plain is not None else []
    formatted: list[str] = []
    if html is not None:
        try:
            with reading(Format.MAIL):
                formatted = mailed_paragraphs(_text(html).encode())
        except UnreadableFile:
            if not _letters(lines):
                raise
    if _letters(formatted) > _FULLER * _letters(lines):
        return formatted
    if not _letters(lines):
        raise UnreadableFile(
            "The message has no text, and nothing is attached to it that can be read."
        )
    return lines


def _letters(lines: list[str]) -> int:
    """How many there are outside addresses, which are long in newsletters."""
    return sum(c.isalnum() for line in lines for c in _ADDRESS.sub("", line))


def _part(message: EmailMessage, kind: str) -> EmailMessage | None:
    body = message.get_body((kind,))
    return body if isinstance(body, EmailMessage) else None


def _text(part: EmailMessage) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    try:
        codec = codec_of(part.get_content_charset("us-ascii"))
    except LookupError:
        codec = WESTERN
    try:
        # Much that is declared as ASCII or Latin-1 is UTF-8.
        text = raw.decode("utf-8" if codec == WESTERN else codec)
    except UnicodeDecodeError:
        text = raw.decode(codec, "replace")
    return mended(text)


def _facts(message: EmailMessage) -> Facts:
    sender, address = parseaddr(_header(message, "From"))
    return Facts(
        title=mended(_header(message, "Subject")),
        author=sender or address,
        published=_header(message, "Date"),
    )


def _saved_page(message: EmailMessage) -> Article | None:
    """The article of an .mhtml file, whose "message" is the page itself."""
    address = _header(message, "Snapshot-Content-Location")
    html = _part(message, "html")
    if html is None or not (address or "Saved by" in _header(message, "From")):
        return None
    return read_html(_text(html).encode(), address)


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())
