"""RSS and Atom -> entries -> articles."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parseaddr
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from webapp.errors import BadInput, UnreadableFile
from webapp.importing.characters import mended, squeezed
from webapp.importing.credits import joined
from webapp.importing.dates import date_of
from webapp.importing.made import Facts, make, web_address
from webapp.importing.markup import paragraphs_in, plain
from webapp.model import Article

LARGEST_FEED = 20_000_000
"""In bytes; feeds are read whole."""

LONGEST_ID = 2_000
"""In code points, of what an entry is known by."""

SHORTEST_STORY = 1_000
"""In code points: a shorter text that the feed does not call the content is a summary."""

# Feeds have no need to declare entities, and those that expand each other cost seconds.
_ENTITIES = re.compile(rb"""<!ENTITY(?:"[^"]*"|'[^']*'|[^<>"'])*>""")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed, its text not yet read.

    id: what it is known by: its id, else its link, its title, its text.
    name: for the person, such as "Entry 3 (“Crane Falls”)".
    facts: what it says about the article; `facts.url` is its page.
    text: its content, else its summary; perhaps with markup, perhaps empty.
    is_content: the feed says that this is all.
    """

    id: str
    name: str
    facts: Facts
    text: str
    is_content: bool

    @property
    def is_summary(self) -> bool:
        """Whether its page, if it has one, says more."""
        return not self.is_content and sum(map(len, self.paragraphs())) < SHORTEST_STORY

    def paragraphs(self) -> list[str]:
        return paragraphs_in(self.text)


def own_article(entry: Entry) -> Article:
    """The article of the text that the feed has. Raises UnreadableFile when it has none."""
    paragraphs = entry.paragraphs()
    if not any(map(squeezed, paragraphs)):
        page = entry.facts.url
        further = f"its page {page} would have to be fetched" if page else "it names no page"
        raise UnreadableFile(f"It has no text of its own; {further}.")
    return make(entry.facts, paragraphs)


def read_feed(
    data: bytes, read: Callable[[Entry], Article] = own_article, address: str = ""
) -> Iterator[Article | UnreadableFile]:
    """The article of each entry as `read` makes it, or an error that names the entry.

    `address` is where the feed was, if anywhere: its links may be relative.
    """
    _, entries = parsed_feed(data, address)
    if not entries:
        raise UnreadableFile("It holds no entry of an RSS or Atom feed. Check that it is complete.")
    for entry in entries:
        try:
            yield read(entry)
        except BadInput as error:
            yield UnreadableFile(f"{entry.name}: {error}")


def parsed_feed(data: bytes, address: str = "") -> tuple[str, list[Entry]]:
    """The title of a feed and its entries. Raises UnreadableFile when it is no feed."""
    import feedparser

    if len(data) > LARGEST_FEED:
        raise UnreadableFile(f"The feed is larger than {LARGEST_FEED // 1_000_000} MB.")
    # Given a file object it opens no address and no file. HTML is made text here, so that neither
    # its cleaning nor its links matter.
    file = BytesIO(_ENTITIES.sub(b"", data))
    feed = feedparser.parse(file, sanitize_html=False, resolve_relative_uris=False)
    if not (feed.entries or feed.get("version")):
        raise UnreadableFile("It is no RSS or Atom feed. Check that the right one was given.")
    title = squeezed(mended(plain(str(feed.feed.get("title", "")))))
    entries = [dict(entry) for entry in feed.entries]
    return title, [_entry(e, number, title, address) for number, e in enumerate(entries, 1)]


def _entry(entry: dict[str, Any], number: int, feed: str, address: str) -> Entry:
    title = plain(str(entry.get("title") or ""))
    link = str(entry.get("link") or "")
    contents = [str(content.get("value") or "") for content in entry.get("content") or []]
    content = max(contents, key=len, default="")
    text = content if content.strip() else str(entry.get("summary") or "")
    known_by = entry.get("id") or link or title or text
    return Entry(
        id=squeezed(str(known_by))[:LONGEST_ID],
        name=f"Entry {number}{_named(title)}",
        facts=Facts(
            title=title,
            author=_author(entry),
            source=plain(str((entry.get("source") or {}).get("title") or "")) or feed,
            published=_published(entry),
            url=_page(address, link),
        ),
        text=text,
        is_content=bool(content.strip()),
    )


def _author(entry: dict[str, Any]) -> str:
    names = [str(author.get("name") or "") for author in entry.get("authors") or []]
    if len(names) > 1:
        return joined(dict.fromkeys(names))
    told = str(entry.get("author") or "")
    # RSS 2.0 wants an address, "ana@wire.example (Ana Kos)"; feedparser splits some in the middle.
    return parseaddr(told)[0] if "@" in told else told


def _page(feed: str, link: str) -> str:
    try:
        return web_address(urljoin(feed, link)) if link else ""
    except ValueError:  # "http://[": nothing that could be fetched
        return ""


def _published(entry: dict[str, Any]) -> str:
    told = [str(entry.get(key) or "") for key in ("published", "updated", "created")]
    return next(filter(date_of, told), "")


def _named(title: str) -> str:
    short = squeezed(mended(title))[:80]
    return f" (“{short}”)" if short else ""
