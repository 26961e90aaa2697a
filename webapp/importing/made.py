"""What a reader found in a file -> Article, cleaned in the same way for all formats."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from webapp.errors import UnreadableFile
from webapp.importing.characters import mended, squeezed
from webapp.importing.clean import LONGEST_TITLE, CleanText, clean
from webapp.importing.credits import byline
from webapp.importing.dates import date_of, moment_of
from webapp.model import Article

LONGEST_FACT = 200
"""In code points, of an author or a source; a longer one is no name."""

_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says about an article outside its text, as it stands there; "" when nothing."""

    title: str = ""
    author: str = ""
    source: str = ""
    published: str = ""
    url: str = ""


Part = tuple[Facts, str]
"""What a file of several articles says about one of them, and its text."""


def make(facts: Facts, paragraphs: Iterable[str]) -> Article:
    """The article of these paragraphs. What the file says comes before what its text says.

    Raises UnreadableFile when no paragraph is left.
    """
    told = [told for p in paragraphs if (told := squeezed(mended(p)))]
    title = squeezed(mended(facts.title))[:LONGEST_TITLE]
    body = [p for p in told if p.casefold() != title.casefold()]
    found = clean("\n\n".join([title, *body] if title else body))
    if not body or (title and found.text == found.title):
        raise UnreadableFile("It has no text.")
    return from_clean(found, facts)


def below_title(facts: Facts, text: str) -> CleanText:
    """The text, cleaned below the title that the file says. Raises UnreadableFile when that is all
    there is."""
    title = squeezed(facts.title)[:LONGEST_TITLE]
    found = clean(f"{title}\n{text}")
    if title and found.text == found.title:
        raise UnreadableFile("It has no text.")
    return found


def from_clean(found: CleanText, facts: Facts = Facts()) -> Article:
    """The article of a cleaned text. Raises UnreadableFile when there is no text."""
    if not any(c.isalnum() for c in found.text):
        raise UnreadableFile("It holds no text. Check that the right file was given.")
    facts = _credited(facts)
    day, moment = _when(facts.published, found.published)
    return Article(
        title=found.title,
        text=found.text,
        author=_fact(facts.author) or found.author,
        source=_fact(facts.source) or found.source,
        dateline=found.dateline,
        published=day,
        published_at=moment,
        url=web_address(facts.url),
    )


def filled(article: Article, facts: Facts) -> Article:
    """The article with what `facts` say where it says nothing."""
    facts = _credited(facts)
    day, moment = _when(facts.published)
    if article.published not in (None, day):
        moment = None
    return replace(
        article,
        author=article.author or _fact(facts.author),
        source=article.source or _fact(facts.source),
        published=article.published or day,
        published_at=article.published_at or moment,
        url=article.url or web_address(facts.url),
    )


def _credited(facts: Facts) -> Facts:
    """The facts with what stands beside the author in a byline: "By Ana Kos, The Wire"."""
    told = byline(squeezed(mended(facts.author)))
    if told is None:
        return facts
    return replace(
        facts,
        author=told.author,
        source=facts.source or told.source,
        published=facts.published or told.published,
    )


def _when(*told: str) -> tuple[dt.date | None, dt.datetime | None]:
    """The day of the first of these dates that is one, and the first moment on that day."""
    day = next(filter(None, map(date_of, told)), None)
    moments = filter(None, map(moment_of, told))
    return day, next((moment for moment in moments if moment.date() == day), None)


def _fact(told: str) -> str:
    told = squeezed(mended(told))
    # The number of an author in some database is no name.
    return told if len(told) <= LONGEST_FACT and any(map(str.isalpha, told)) else ""


def web_address(told: str) -> str:
    """The address when it is one of the web, else "": "javascript:" must not become a link."""
    told = squeezed(told)
    return told if _ADDRESS.fullmatch(told) else ""
