"""Getting articles in: files, folders, addresses, standard input, backups."""

import datetime as dt
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from io import BufferedReader
from pathlib import Path

from webapp.backup import Kept
from webapp.errors import BadInput, DatelineError, UnreadableFile
from webapp.importing import Found, OnlyErrors, find_files, read_articles, read_open, read_path
from webapp.importing.addresses import FetchFailed, is_address, with_scheme
from webapp.importing.corrections import Typed, corrected
from webapp.importing.entries import whole_article
from webapp.importing.feed import read_feed
from webapp.importing.fetch import Policy
from webapp.importing.language import with_language
from webapp.importing.visitor import Visitor
from webapp.library import Library
from webapp.model import Article

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of the articles beforehand; it goes before what they say themselves."""

    source: str = ""
    date: dt.date | None = None

    @classmethod
    def of(cls, source: str, date: str) -> "Given":
        """What a person typed, "" for nothing. Raises BadCorrection as for a single article."""
        told = corrected(Article(title="", text=""), Typed(source=source, date=date))
        return cls(told.source, told.published)

    def fill(self, article: Article) -> Article:
        day = self.date or article.published
        moment = article.published_at if day == article.published else None
        source = self.source or article.source
        return replace(article, source=source, published=day, published_at=moment)


NOTHING = Given()


@dataclass
class Report:
    """What came of an import: how many articles are new, were there, failed; and why.

    unknown: the endings of files below folders that no reader knows, with how many there were.
    """

    imported: int = 0
    there: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)

    @property
    def failed(self) -> int:
        return len(self.failures)


Told = Callable[[Report], object]
"""Called after each article and each failure."""

Seen = Callable[[str], object]
"""Called with an address that is a feed's, before its articles come."""


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

    articles = _articles(library, names, policy, report, failed, told)
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
    for name, found in _files(names, policy, seen=feed):
        try:
            for one in found:
                yield name, replace(one.article, id=0) if isinstance(one, Kept) else one
        except DatelineError as error:
            yield name, error


Failed = Callable[[str, DatelineError], object]


def _articles(
    library: Library,
    names: Iterable[str],
    policy: Policy | None,
    report: Report,
    failed: Failed,
    told: Told,
) -> Iterator[Article]:
    """The articles behind the names one after the other; backups go straight into the library."""

    def unknown(path: Path) -> None:
        report.unknown[path.suffix.lower()] += 1

    for name, found in _files(names, policy, unknown):
        try:
            for one in found:
                if isinstance(one, UnreadableFile):
                    failed(name, one)
                elif isinstance(one, Kept):
                    added = library.restore(*one)
                    report.imported += added is not None
                    report.there += added is None
                    told(report)
                else:
                    yield one
        except OnlyErrors:
            continue  # they were told one by one
        except DatelineError as error:
            failed(name, error)


def _files(
    names: Iterable[str],
    policy: Policy | None,
    unknown: Callable[[Path], object] = lambda _: None,
    seen: Seen = lambda _: None,
) -> Iterator[tuple[str, Found]]:
    """Each file behind the names with what it holds, which raises DatelineError."""
    visitor = Visitor(policy) if policy else None
    for name in names:
        if not name.strip():
            yield "“”", _nameless()
        elif name == STANDARD_INPUT:
            yield "standard input", _whole(_standard_input())
        elif is_address(name) and not _is_there(name):
            yield name, _whole(_fetched(name, visitor, seen))
        else:
            for path in find_files([Path(name)], unknown):
                yield str(path), _whole(read_path(path))


def _nameless() -> Found:
    # As a path it would be the folder where the command runs.
    yield UnreadableFile("This names nothing. Name a file, a folder or an address.")


def _is_there(name: str) -> bool:
    try:
        return Path(name).exists()
    except OSError:  # it is too long for a file
        return False


def _standard_input() -> Found:
    # One that can be looked into, whatever it is; so a test may put a BytesIO there.
    file: BufferedReader = BufferedReader(sys.stdin.buffer)  # type: ignore[arg-type]  # it reads
    try:
        yield from read_open(file, "")
    finally:
        file.detach()


def _fetched(name: str, visitor: Visitor | None, seen: Seen) -> Found:
    if visitor is None:
        raise BadInput("Addresses are not fetched here. Save the page and give the file.")
    address = with_scheme(name)
    try:
        found = visitor.get(address)
    except FetchFailed as error:
        if address == name:
            raise
        raise FetchFailed(
            f"There is no such file, and as an address it gives nothing: {error}", error.status
        ) from error
    whole = partial(whole_article, visitor=visitor)

    def feed(data: bytes) -> Found:
        seen(address)
        return read_feed(data, whole, found.address)

    for one in read_articles(found.data, found.name, feed):
        yield replace(one, url=address) if isinstance(one, Article) and not one.url else one


def _whole(found: Found) -> Found:
    """What was found, each article with its language."""
    for one in found:
        yield with_language(one) if isinstance(one, Article) else one
