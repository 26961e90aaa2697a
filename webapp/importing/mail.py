"""E-mail (.eml), and pages that browsers saved as one (.mhtml) -> Article. RFC 5322, 2557."""

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import parseaddr
from typing import Any

from webapp.errors import UnreadableFile
from webapp.importing.clean import paragraphs_of
from webapp.importing.html import read_html, read_mailed_html
from webapp.importing.made import Facts, make
from webapp.model import Article

LONGEST_HEADER = 2_000
"""In characters; the standard library takes gigabytes to read a long one that is ill meant."""


class _Policy(EmailPolicy):
    def header_fetch_parse(self, name: str, value: str) -> Any:
        return super().header_fetch_parse(name, value[:LONGEST_HEADER])


_PARSER = BytesParser(EmailMessage, policy=_Policy())


def read_mail(data: bytes) -> Article:
    """The article in a message: its plain text, or without one its HTML."""
    message = _PARSER.parsebytes(data)
    assert isinstance(message, EmailMessage)  # what the parser was told to make
    if not message.keys():
        raise UnreadableFile("It has no headers of an e-mail. Save the message as .eml again.")
    if page := _saved_page(message):
        return page
    facts = _facts(message)
    plain, html = (_part(message, kind) for kind in ("plain", "html"))
    # A part without headers of its own counts as false.
    if plain is not None and (text := _text(plain)).strip():
        return make(facts, paragraphs_of(text))
    if html is not None:
        return read_mailed_html(_text(html).encode(), facts)
    raise UnreadableFile("The message has no text; what is attached to it is not read.")


def _part(message: EmailMessage, kind: str) -> EmailMessage | None:
    body = message.get_body((kind,))
    return body if isinstance(body, EmailMessage) else None


def _text(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except LookupError:  # a charset that nobody knows
        raw = part.get_payload(decode=True)
        return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""


def _facts(message: EmailMessage) -> Facts:
    sender, address = parseaddr(_header(message, "From"))
    return Facts(
        title=_header(message, "Subject"),
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
