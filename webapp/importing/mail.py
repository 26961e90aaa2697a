"""E-mail (.eml), and pages that browsers saved as one (.mhtml) -> Article. RFC 5322, 2557."""

import re
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import parseaddr
from typing import Any

from webapp.errors import UnreadableFile
from webapp.importing.characters import codec_of, mended
from webapp.importing.formats import Format, reading
from webapp.importing.forwarded import first_message, unquoted
from webapp.importing.html import mailed_paragraphs, read_html
from webapp.importing.made import Facts, below_title, from_clean
from webapp.importing.text import WESTERN
from webapp.importing.wrapping import unwrapped
from webapp.model import Article

LONGEST_HEADER = 2_000
"""In characters; the standard library takes gigabytes to read a long one that is ill meant."""


class _Policy(EmailPolicy):
    def header_fetch_parse(self, name: str, value: str) -> Any:
        return super().header_fetch_parse(name, value[:LONGEST_HEADER])


_PARSER = BytesParser(EmailMessage, policy=_Policy())


_ADDRESS = re.compile(r"\S+://\S+")

_FULLER = 3
"""How many times as many letters the HTML has when the plain text is a stub."""


def read_mail(data: bytes) -> Article:
    """The article in a message, or in the one that was forwarded with it.

    It is in the plain text; in the HTML where that has much more ("View this in your browser").
    """
    message = _PARSER.parsebytes(data)
    assert isinstance(message, EmailMessage)  # what the parser was told to make
    if not message.keys():
        raise UnreadableFile("It has no headers of an e-mail. Save the message as .eml again.")
    if page := _saved_page(message):
        return page
    facts, lines = first_message(_facts(message), _lines(message))
    found = below_title(facts, "\n".join(lines))
    # Who sent an article is not always who wrote it.
    return from_clean(found, replace(facts, author=found.author or facts.author))


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
        raise UnreadableFile("The message has no text; what is attached to it is not read.")
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
