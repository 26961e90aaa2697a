"""Records, from tables or JSON, -> articles: which of their fields is what."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from webapp.errors import UnreadableFile
from webapp.importing.clean import paragraphs_of
from webapp.importing.made import Facts, joined, make
from webapp.importing.markup import fragment_paragraphs, is_markup, plain
from webapp.model import Article

FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "fulltext", "articletext", "articlebody", "maintext",
             "bodytext", "contenttext", "contenthtml", "plaintext", "article", "story"),
    "title": ("title", "headline", "heading", "articletitle"),
    "published": ("published", "publishedat", "date", "pubdate", "datepublished", "publishdate",
                  "publicationdate", "publisheddate", "publishedon", "datetime", "timestamp"),
    "author": ("author", "authors", "byline", "writer", "creator"),
    "source": ("source", "publisher", "outlet", "publication", "newspaper", "sitename", "site"),
    "url": ("url", "link", "href", "permalink", "webpage", "articleurl", "weburl", "address"),
}  # fmt: skip
"""What an article has -> the names that it goes by, the first that is filled counts. Case, blanks
and signs in a name do not."""


_NAMES = ("name", "title", "value", "text")


def known(name: str) -> str:
    """What a column of this name holds, one of FIELDS, or ""."""
    bare = _bare(name)
    return next((field for field, names in FIELDS.items() if bare in names), "")


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


def article_of(record: Mapping[str, Any]) -> Article:
    """The article of a record. Raises UnreadableFile when it has no text."""
    bare = {_bare(str(name)): value for name, value in record.items()}
    told = {field: _first(bare, names) for field, names in FIELDS.items()}
    text = told.pop("text")
    if not text.strip():
        raise UnreadableFile("It has no text.")
    facts = Facts(**told | {"title": plain(told["title"])})
    return make(facts, fragment_paragraphs(text) if is_markup(text) else paragraphs_of(text))


def _first(record: Mapping[str, Any], names: Iterable[str]) -> str:
    return next((told for name in names if (told := _words(record.get(name)).strip())), "")


def _words(value: Any) -> str:
    """A field as text: {"name": "The Wire"} and ["Ana Kos", "Ben Lee"] are common."""
    if isinstance(value, Mapping):
        return _words(next((value[k] for k in _NAMES if k in value), ""))
    if isinstance(value, list):
        return joined(_words(one) for one in value[:20])
    return "" if value is None or isinstance(value, bool) else str(value)


def without_text(names: Iterable[str], of: str) -> str:
    """The sentence for a table or an object in which nothing is called like a text."""
    has = ", ".join(json.dumps(name[:40], ensure_ascii=False) for name in list(names)[:20])
    wanted = ", ".join(FIELDS["text"][:4])
    return (
        f"It has no {of} with the text of the articles. It has {has or 'none'}; "
        f"one has to be called {wanted}, and others may be title, date, author, source, url."
    )
