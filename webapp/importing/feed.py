"""RSS and Atom -> articles, one of each entry."""

from collections.abc import Iterator
from email.utils import parseaddr
from io import BytesIO
from typing import Any

from webapp.errors import UnreadableFile
from webapp.importing.clean import paragraphs_of
from webapp.importing.made import Facts, joined, make
from webapp.importing.markup import fragment_paragraphs, is_markup, plain
from webapp.model import Article

LARGEST_FEED = 20_000_000
"""In bytes; feeds are read whole."""


def read_feed(data: bytes) -> Iterator[Article | UnreadableFile]:
    """Each entry as an article of its content, or of its summary when it has no content.

    An entry without either is given as an error that says so.
    """
    if len(data) > LARGEST_FEED:
        raise UnreadableFile(f"The feed is larger than {LARGEST_FEED // 1_000_000} MB.")
    feed = _parsed(data)
    source = plain(str(feed.feed.get("title", "")))
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield _article(dict(entry), source)
        except UnreadableFile as error:
            yield UnreadableFile(f"Entry {number}{_named(dict(entry))}: {error}")


def _parsed(data: bytes) -> Any:
    import feedparser

    # Given a file object it opens no address and no file. HTML is made text here, so that neither
    # its cleaning nor its links matter. Entities that expand others are dropped by feedparser.
    feed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise UnreadableFile("It holds no entry of an RSS or Atom feed. Check that it is complete.")
    return feed


def _article(entry: dict[str, Any], source: str) -> Article:
    html = _text(entry)
    paragraphs = fragment_paragraphs(html) if is_markup(html) else paragraphs_of(html)
    link = str(entry.get("link", ""))
    if not paragraphs:
        where = f"its page {link}" if link else "its page"
        raise UnreadableFile(f"It has no text of its own; {where} would have to be fetched.")
    return make(
        Facts(
            title=plain(str(entry.get("title", ""))),
            author=_author(entry),
            source=source,
            published=_published(entry),
            url=link,
        ),
        paragraphs,
    )


def _text(entry: dict[str, Any]) -> str:
    contents = [str(content.get("value") or "") for content in entry.get("content") or []]
    full = max(contents, key=len, default="")
    return full if full.strip() else str(entry.get("summary") or "")


def _author(entry: dict[str, Any]) -> str:
    names = [str(author.get("name") or "") for author in entry.get("authors") or []]
    if len(names) > 1:
        return joined(dict.fromkeys(names))
    told = str(entry.get("author") or "")
    # RSS 2.0 wants an address, "ana@wire.example (Ana Kos)"; feedparser splits some in the middle.
    return parseaddr(told)[0] if "@" in told else told


def _published(entry: dict[str, Any]) -> str:
    return str(entry.get("published") or entry.get("updated") or entry.get("created") or "")


def _named(entry: dict[str, Any]) -> str:
    title = " ".join(plain(str(entry.get("title", ""))).split())[:80]
    return f" (“{title}”)" if title else ""
