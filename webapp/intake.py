"""Getting articles in: files, folders, addresses, standard input, backups."""

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from webapp import backup
from webapp.errors import BadInput, DatelineError, UnreadableFile
from webapp.importing import decode, find_files, read_articles, read_bytes
from webapp.importing.fetch import Policy, fetch
from webapp.importing.language import language_of
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
        source, day = self.source or article.source, self.date or article.published
        return replace(article, source=source, published=day)


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


def is_address(name: str) -> bool:
    return name.lower().startswith(_SCHEMES)


def take(
    library: Library,
    names: Iterable[str],
    given: Given = NOTHING,
    policy: Policy | None = None,
    jobs: int = 0,
    told: Told = lambda _: None,
) -> Report:
    """Import what the names stand for, and let it be found; a failure does not stop the rest.

    A name is a file, a folder, an address, or "-" for standard input. Without a policy addresses
    are refused.
    """
    report = Report()

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


Failed = Callable[[str, DatelineError], object]


def _articles(
    library: Library,
    names: Iterable[str],
    policy: Policy | None,
    report: Report,
    failed: Failed,
) -> Iterator[Article]:
    """The articles behind the names one after the other; backups go straight into the library."""
    for name, read in _files(names, policy):
        try:
            data, title = read()
            if backup.is_backup(data[:200].decode("utf-8", "replace")):
                _restore(library, data, name, report, failed)
            else:
                yield from _in_file(data, title, name, failed)
        except DatelineError as error:
            failed(name, error)


Read = Callable[[], tuple[bytes, str]]
"""Gives the bytes of a file and its name. Raises DatelineError."""


def _files(names: Iterable[str], policy: Policy | None) -> Iterator[tuple[str, Read]]:
    for name in names:
        if name == STANDARD_INPUT:
            yield "standard input", _standard_input
        elif is_address(name):
            yield name, partial(_fetched, name, policy)
        else:
            for path in find_files([Path(name)]):
                yield str(path), partial(_read, path)


def _standard_input() -> tuple[bytes, str]:
    return sys.stdin.buffer.read(), ""


def _read(path: Path) -> tuple[bytes, str]:
    return read_bytes(path), path.name


def _fetched(address: str, policy: Policy | None) -> tuple[bytes, str]:
    if policy is None:
        raise BadInput("Addresses are not fetched here. Save the page and give the file.")
    found = fetch(address, policy)
    kind = found.content_type.partition(";")[0].strip().lower()
    return found.data, f"page{_ENDINGS.get(kind, '')}"


_ENDINGS = {"text/html": ".html", "application/pdf": ".pdf", "text/plain": ".txt"}
"""Media type -> what tells the format when the content does not."""


def _in_file(data: bytes, title: str, name: str, failed: Failed) -> Iterator[Article]:
    for found in read_articles(data, title):
        if isinstance(found, UnreadableFile):
            failed(name, found)
        else:
            page = name if is_address(name) and not found.url else found.url
            language = language_of(found.text) or found.language
            yield replace(found, url=page, language=language)


def _restore(library: Library, data: bytes, name: str, report: Report, failed: Failed) -> None:
    for found in backup.read(decode(data)):
        if isinstance(found, UnreadableFile):
            failed(name, found)
        else:
            added = library.restore(*found)
            report.imported += added is not None
            report.there += added is None
