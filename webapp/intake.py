"""Getting articles in: files, folders, addresses, standard input, backups."""

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from webapp import backup
from webapp.errors import BadInput, DatelineError, UnreadableFile
from webapp.importing import Reader, decode, find_files, read_articles, read_bytes
from webapp.importing.entries import whole_article
from webapp.importing.feed import read_feed
from webapp.importing.fetch import Policy
from webapp.importing.language import language_of
from webapp.importing.visitor import Visitor
from webapp.library import Library
from webapp.model import Article

STANDARD_INPUT = "-"
_SCHEMES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of the articles beforehand; it goes before what they say themselves."""

    source: str = ""
    date: dt.date | None = None

    def fill(self, article: Article) -> Article:
        day = self.date or article.published
        moment = article.published_at if day == article.published else None
        source = self.source or article.source
        return replace(article, source=source, published=day, published_at=moment)


NOTHING = Given()


@dataclass
class Report:
    """What came of an import: how many articles are new, were there, failed; and why."""

    imported: int = 0
    there: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def failed(self) -> int:
        return len(self.failures)


Told = Callable[[Report], object]
"""Called after each article and each failure."""

Seen = Callable[[str], object]
"""Called with an address that is a feed's, before its articles come."""


def is_address(name: str) -> bool:
    return name.lower().startswith(_SCHEMES)


def take(
    library: Library,
    names: Iterable[str],
    given: Given = NOTHING,
    policy: Policy | None = None,
    jobs: int = 0,
    told: Told = lambda _: None,
    report: Report | None = None,
) -> Report:
    """Import what the names stand for, and let it be found; a failure does not stop the rest.

    A name is a file, a folder, an address, or "-" for standard input. Without a policy addresses
    are refused. A report that is given is counted on.
    """
    report = report or Report()

    def failed(name: str, error: DatelineError) -> None:
        report.failures.append((name, str(error)))
        told(report)

    articles = _articles(library, names, policy, report, failed)
    try:
        for article_id in library.add_each(map(given.fill, articles), jobs):
            report.imported += article_id is not None
            report.there += article_id is None
            told(report)
    finally:
        # Also after Ctrl-C: what was stored can be found.
        library.catch_up()
    return report


def read(
    names: Iterable[str], policy: Policy | None = None, feed: Seen = lambda _: None
) -> Iterator[tuple[str, Article | DatelineError]]:
    """What `take` would import, or why not, with the name it is from; nothing is stored."""
    for name, get in _files(names, policy, feed):
        try:
            data, reader = get()
            found = _in_backup(data) if _is_backup(data) else _in_file(data, reader, name)
            yield from ((name, one) for one in found)
        except DatelineError as error:
            yield name, error


def _in_backup(data: bytes) -> "Found":
    for found in backup.read(decode(data)):
        yield found if isinstance(found, UnreadableFile) else found[0]


def _is_backup(data: bytes) -> bool:
    return backup.is_backup(data[:200].decode("utf-8", "replace"))


Failed = Callable[[str, DatelineError], object]


def _articles(
    library: Library,
    names: Iterable[str],
    policy: Policy | None,
    report: Report,
    failed: Failed,
) -> Iterator[Article]:
    """The articles behind the names one after the other; backups go straight into the library."""
    for name, get in _files(names, policy):
        try:
            data, reader = get()
            if _is_backup(data):
                _restore(library, data, name, report, failed)
            else:
                for found in _in_file(data, reader, name):
                    if isinstance(found, UnreadableFile):
                        failed(name, found)
                    else:
                        yield found
        except DatelineError as error:
            failed(name, error)


Get = Callable[[], tuple[bytes, Reader]]
"""Gives the bytes of a file and what reads them. Raises DatelineError."""


def _files(
    names: Iterable[str], policy: Policy | None, seen: Seen = lambda _: None
) -> Iterator[tuple[str, Get]]:
    visitor = Visitor(policy) if policy else None
    for name in names:
        if name == STANDARD_INPUT:
            yield "standard input", _standard_input
        elif is_address(name):
            yield name, partial(_fetched, name, visitor, seen)
        else:
            for path in find_files([Path(name)]):
                yield str(path), partial(_read, path)


def _standard_input() -> tuple[bytes, Reader]:
    return sys.stdin.buffer.read(), partial(read_articles, name="")


def _read(path: Path) -> tuple[bytes, Reader]:
    return read_bytes(path), partial(read_articles, name=path.name)


def _fetched(address: str, visitor: Visitor | None, seen: Seen) -> tuple[bytes, Reader]:
    if visitor is None:
        raise BadInput("Addresses are not fetched here. Save the page and give the file.")
    found = visitor.get(address)
    whole = partial(whole_article, visitor=visitor)

    def feed(data: bytes) -> Found:
        seen(address)
        return read_feed(data, whole, found.address)

    return found.data, partial(read_articles, name=found.name, feed=feed)


Found = Iterator[Article | UnreadableFile]


def _in_file(data: bytes, reader: Reader, name: str) -> Found:
    for found in reader(data):
        if isinstance(found, Article):
            page = name if is_address(name) and not found.url else found.url
            language = language_of(found.text) or found.language
            yield replace(found, url=page, language=language)
        else:
            yield found


def _restore(library: Library, data: bytes, name: str, report: Report, failed: Failed) -> None:
    for found in backup.read(decode(data)):
        if isinstance(found, UnreadableFile):
            failed(name, found)
        else:
            added = library.restore(*found)
            report.imported += added is not None
            report.there += added is None
