"""Records, from tables or JSON, -> articles: which of their fields is what."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from webapp.errors import UnreadableFile
from webapp.importing.characters import bare
from webapp.importing.credits import joined
from webapp.importing.dates import day_first_in, settled
from webapp.importing.made import Facts, make
from webapp.importing.markup import paragraphs_in, plain
from webapp.model import Article

FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "fulltext", "articletext", "articlebody", "maintext",
             "bodytext", "contenttext", "contenthtml", "plaintext", "article", "story", "texte",
             "texto", "testo", "tekst", "contenu", "contenido", "paragraphs", "leadparagraph"),
    "title": ("title", "headline", "heading", "articletitle", "webtitle", "titel", "überschrift",
              "titre", "título", "titulo", "titolo", "tytuł"),
    "published": ("published", "publishedat", "date", "pubdate", "datepublished", "publishdate",
                  "publicationdate", "publisheddate", "publishedon", "datetime", "timestamp",
                  "publishedutc", "webpublicationdate", "datum", "fecha"),
    "author": ("author", "authors", "byline", "writer", "creator", "authorname", "writername",
               "autor", "autoren", "autores", "auteur", "auteurs", "autore"),
    "source": ("source", "publisher", "outlet", "publication", "newspaper", "sitename", "site",
               "newssource", "sourcename", "publishername", "newspapername", "outletname",
               "publicationname", "quelle", "fuente", "fonte", "bron"),
    "url": ("url", "link", "href", "permalink", "webpage", "articleurl", "weburl", "articlelink",
            "address"),
}  # fmt: skip
"""What an article has -> the names that it goes by, the first that is filled counts. Case, blanks
and signs in a name do not."""

# Where an object has the words that it stands for: {"name": "The Wire"}, WordPress's
# {"rendered": "Crane"}, {"main": "Crane"} and {"original": "By Ana Kos"} of The New York Times,
# dates out of MongoDB.
_NAMES = ("name", "title", "value", "text", "rendered", "main", "original", "$date", "$numberLong")
_TEXTS = ("text", "rendered", "html", "content", "value")
# A list of Python that became a cell of a table: ['Ana Kos', "Ben O'Hara"]
_LISTED = re.compile(r"\[\s*['\"].*['\"]\s*\]", re.DOTALL)
_IN_LIST = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def known(name: str) -> str:
    """What a column of this name holds, one of FIELDS, or ""."""
    column = bare(name)
    return next((field for field, names in FIELDS.items() if column in names), "")


def day_first_of(records: Iterable[Mapping[str, Any]]) -> bool | None:
    """Whether the day comes first in the dates of these records; None when nothing tells it."""
    return day_first_in(_first(_barely(record), FIELDS["published"]) for record in records)


def article_of(record: Mapping[str, Any], day_first: bool | None = None) -> Article:
    """The article of a record, whose date is read as `day_first_of` the file says.

    Raises UnreadableFile when it has no text.
    """
    columns = _barely(record)
    told = {field: _first(columns, names) for field, names in FIELDS.items() if field != "text"}
    parts = next(filter(None, (list(_parts(columns.get(name))) for name in FIELDS["text"])), [])
    if not parts:
        raise UnreadableFile("It has no text.")
    if day_first is not None:
        told["published"] = settled(told["published"], day_first)
    told |= {"title": plain(told["title"]), "author": _listed(told["author"])}
    return make(Facts(**told), chain.from_iterable(map(paragraphs_in, parts)))


def _barely(record: Mapping[str, Any]) -> dict[str, Any]:
    return {bare(str(name)): value for name, value in record.items()}


def _first(record: Mapping[str, Any], names: Iterable[str]) -> str:
    return next((told for name in names if (told := _words(record.get(name)).strip())), "")


def _words(value: Any) -> str:
    """A field as text: {"name": "The Wire"} and ["Ana Kos", "Ben Lee"] are common."""
    if isinstance(value, Mapping):
        return _words(next((value[k] for k in _NAMES if k in value), ""))
    if isinstance(value, list):
        return joined(_words(one) for one in value[:20])
    return "" if value is None or isinstance(value, bool) else str(value)


def _parts(value: Any) -> Iterator[str]:
    """The parts of a text, of which some make a list of paragraphs."""
    if isinstance(value, Mapping):
        yield from _parts(next((value[k] for k in _TEXTS if k in value), ""))
    elif isinstance(value, list):
        for one in value:
            yield from _parts(one)
    elif told := _words(value).strip():
        yield told


def _listed(names: str) -> str:
    """ "['Ana Kos', 'Ben Lee']" and "Ana Kos; Ben Lee" -> "Ana Kos and Ben Lee"."""
    if _LISTED.fullmatch(names):
        return joined(single or double for single, double in _IN_LIST.findall(names))
    return joined(names.split(";"))


def without_text(names: Iterable[str], of: str) -> str:
    """The sentence for a table or an object in which nothing is called like a text."""
    has = ", ".join(json.dumps(name[:40], ensure_ascii=False) for name in list(names)[:20])
    wanted = ", ".join(FIELDS["text"][:4])
    return (
        f"It has no {of} with the text of the articles. It has {has or 'none'}; "
        f"one has to be called {wanted}, and others may be title, date, author, source, url."
    )
