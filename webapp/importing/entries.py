"""Entries of a feed -> whole articles: of their pages where the feed has a summary alone."""

from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlsplit

from webapp.errors import BadInput, UnreadableFile
from webapp.importing import read_first
from webapp.importing.addresses import FetchFailed
from webapp.importing.feed import Entry, own_article
from webapp.importing.made import Facts, filled
from webapp.importing.visitor import Unwelcome, Visitor
from webapp.model import Article


def whole_article(entry: Entry, visitor: Visitor) -> Article:
    """What the feed has if that is all, else what its page has, else the summary.

    Raises UnreadableFile when there is nothing, FetchFailed when there may be something later.
    """
    if not entry.facts.url or not entry.is_summary:
        return own_article(entry)
    own = _summary(entry)
    try:
        page = _on_page(entry.facts, visitor)
    except BadInput as error:
        if own:
            return own
        raise _nothing(entry.facts.url, error) from error
    # A page that says less is a login or a request for cookies.
    return own if own and len(own.text) > len(page.text) else page


def _summary(entry: Entry) -> Article | None:
    try:
        return own_article(entry)
    except UnreadableFile:
        return None


def _on_page(facts: Facts, visitor: Visitor) -> Article:
    """The article of an entry's page, with what the feed says where the page says nothing."""
    found = visitor.read(facts.url)
    article = read_first(found.data, found.name)
    if article.source.casefold() in _hosts(article.url):  # what a page without a name is given
        article = replace(article, source="")
    return filled(article, replace(facts, url=found.address))


def _hosts(address: str) -> tuple[str, str]:
    host = urlsplit(address).hostname or ""
    return host, host.removeprefix("www.")


_PASSING = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)


def _nothing(page: str, error: BadInput) -> BadInput:
    said = f"It has no text of its own, and its page {page} gives none: {error}"
    if not isinstance(error, FetchFailed) or isinstance(error, Unwelcome):
        return UnreadableFile(said)
    lasting = 400 <= error.status < 500 and error.status not in _PASSING
    return UnreadableFile(said) if lasting else FetchFailed(said, error.status)
