"""Hits as an Atom feed (RFC 4287)."""

import datetime as dt
import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from webapp.model import Hit, QuoteHit
from webapp.records import record

ATOM = "http://www.w3.org/2005/Atom"
LONGEST_TITLE = 120
# An entry without a date of its own must not seem new each time.
_UNKNOWN = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ET.register_namespace("", ATOM)


def atom(title: str, hits: Sequence[Hit | QuoteHit], feed: str, page: str, root: str) -> bytes:
    """The feed of `hits`; `feed` is its own address, `page` that of the page with the same, `root`
    that of the reader, with its last slash."""
    top = ET.Element(f"{{{ATOM}}}feed")
    _add(top, "id", feed)
    _add(top, "title", title)
    _add(top, "updated", _told(max(map(_time, hits), default=_UNKNOWN)))
    _add(_add(top, "author"), "name", "Dateline")
    _add(top, "link", rel="self", href=feed)
    _add(top, "link", rel="alternate", href=page)
    for hit in hits:
        _entry(_add(top, "entry"), hit, root)
    made: bytes = ET.tostring(top, encoding="utf-8", xml_declaration=True)
    return made


def _entry(entry: ET.Element, hit: Hit | QuoteHit, root: str) -> None:
    address = record(hit, root)["url"]
    _add(entry, "id", address)
    _add(entry, "title", _title(hit))
    _add(entry, "updated", _told(_time(hit)))
    _add(_add(entry, "author"), "name", _author(hit))
    _add(entry, "link", rel="alternate", href=address)
    _add(entry, "summary", hit.words.text if isinstance(hit, QuoteHit) else hit.snippet.text)


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = _NO_XML.sub("", text) or None
    return child


def _author(hit: Hit | QuoteHit) -> str:
    """Who speaks, or who wrote the article."""
    if isinstance(hit, QuoteHit):
        return hit.speaker.name if hit.speaker else hit.source or "Not named"
    return hit.article.author or hit.article.source or "Not named"


def _title(hit: Hit | QuoteHit) -> str:
    if isinstance(hit, Hit):
        return hit.article.title
    words = hit.words.text
    short = (
        words if len(words) <= LONGEST_TITLE else words[:LONGEST_TITLE].rpartition(" ")[0] + " …"
    )
    return f"{_author(hit)}: {short}"


def _time(hit: Hit | QuoteHit) -> dt.datetime:
    """When it was published; where the day alone is known the beginning of it."""
    article = hit.article
    if article.published_at or not article.published:
        return article.published_at or _UNKNOWN
    return dt.datetime.combine(article.published, dt.time(), dt.UTC)


def _told(at: dt.datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
