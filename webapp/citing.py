"""A quote or an article as one cites it, with a hash by which what is cited can be checked.

The hash of an article is SHA-256 over the UTF-8 of the title that it came with, a blank line and
its text, in hex digits; that of a quote is SHA-256 over the 64 digits of its article, a line feed,
and the words as they are cited. Of either the first HASH_DIGITS digits are told::

    printf '%s\\n%s' CONTENT_HASH 'WORDS' | sha256sum | cut -c1-16

An article's text never changes, and what was corrected since (its title, author, date) is left out,
so the hash stays.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote as percent_encoded

from webapp.days import day
from webapp.model import Article, Hit, Quote, QuoteHit, QuoteKind
from webapp.store.articles import content_hash

HASH_DIGITS = 16

_IN_ADDRESS = ":/?#[]@!$&'*+,;=%~"
_MARKDOWN = re.compile(r"[\\`*_\[\]<>|~&$]|^[-+=#]")
_NO_KEY = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: an article, or `words` that `said` attributes ("Anna Kovac, quoted").

    `key` is short, ASCII and different for each in a collection; `permalink` the address in the
    reader; `hash` as the module says.
    """

    key: str
    article: Article
    permalink: str
    hash: str
    said: str = ""
    words: str = ""

    @property
    def original(self) -> str:
        """The address of the article at its publisher's, safe in any text; "" when not known."""
        url = self.article.url
        is_one = url.startswith(("http://", "https://"))
        return percent_encoded(url, safe=_IN_ADDRESS) if is_one else ""


def cite(hit: Hit | QuoteHit, root: str) -> Citation:
    """The citation of a hit; `root` is the address of the reader, with its last slash."""
    article = hit.article
    if isinstance(hit, Hit):
        permalink = f"{root}articles/{article.id}"
        key = _key("article", article, f"a{article.id}")
        return Citation(key, article, permalink, content_hash(article)[:HASH_DIGITS])
    quote = hit.quote
    return Citation(
        _key(hit.speaker.id if hit.speaker else "quote", article, f"q{quote.id}"),
        article,
        f"{root}quotes/{quote.id}",
        quote_hash(article, quote),
        _said(hit),
        quote.line(article.text),
    )


def quote_hash(article: Article, quote: Quote) -> str:
    """The hash of a quote in its article."""
    told = f"{content_hash(article)}\n{quote.line(article.text)}"
    return hashlib.sha256(told.encode()).hexdigest()[:HASH_DIGITS]


def _key(who: str, article: Article, number: str) -> str:
    year = str(article.published.year) if article.published else ""
    parts = (_NO_KEY.sub("-", who.lower()).strip("-"), year, number)
    return "-".join(filter(None, parts))


def _said(hit: QuoteHit) -> str:
    by = hit.speaker.name if hit.speaker else hit.source or "A speaker not named"
    return f"{by}, {'paraphrased' if hit.quote.kind is QuoteKind.INDIRECT else 'quoted'}"


def plain(citations: Iterable[Citation]) -> Iterator[str]:
    """A line a citation, as one writes it by hand."""
    for cited in citations:
        told = _told(cited, f"“{cited.article.title}”", str)
        where = " ".join(filter(None, (told, cited.original, cited.permalink)))
        yield f"{where} (sha256 {cited.hash})\n"


def markdown(citations: Iterable[Citation], bullet: str = "") -> Iterator[str]:
    """A line a citation, after the `bullet` of a list; the title leads to the original."""
    for cited in citations:
        title = _escaped(f"“{cited.article.title}”")
        linked = f"[{title}]({cited.original})" if cited.original else title
        told = _told(cited, linked, _escaped)
        yield f"{bullet}{told} (sha256 {cited.hash}) <{cited.permalink}>\n"


def _told(cited: Citation, title: str, written: Callable[[str], str]) -> str:
    """Who said it, in which article, and the words."""
    article = cited.article
    known = [title, *(written(part) for part in (article.source, article.author) if part)]
    known += [day(article.published)] if article.published else []
    said = f"{written(cited.said)} in " if cited.said else ""
    return f"{said}{', '.join(known)}. {written(cited.words)}".rstrip()


def _escaped(text: str) -> str:
    """Text in which Markdown sees no marks."""
    return _MARKDOWN.sub(r"\\\g<0>", text)
