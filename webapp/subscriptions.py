"""Feeds that are kept: what is new in them becomes articles."""

import datetime as dt
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from threading import Lock, Thread

from webapp import store
from webapp.errors import BadInput, DatelineError, NotFound
from webapp.importing.addresses import FetchFailed, parse
from webapp.importing.entries import whole_article
from webapp.importing.feed import Entry, parsed_feed
from webapp.importing.fetch import Policy
from webapp.importing.formats import Format, reading
from webapp.importing.language import language_of
from webapp.importing.visitor import Visitor
from webapp.intake import Report
from webapp.library import Library
from webapp.model import Article, Feed

Told = Callable[[Feed, Report], object]
"""Called after each article and each failure of a feed, with what came of the feed so far."""

log = logging.getLogger(__name__)


class Subscriptions:
    """The feeds of a collection. What is fetched keeps to the sites' robots.txt."""

    def __init__(self, library: Library, visitor: Visitor) -> None:
        self._library = library
        self._store = library.store
        self._visitor = visitor

    def add(self, address: str) -> tuple[Feed, bool]:
        """Keep a feed; whether it was not kept before. Its articles come with the next `fetch`.

        Raises BadInput when there is no feed at the address.
        """
        address = str(parse(address))
        if kept := self._get(address):
            return kept, False
        found = self._visitor.read(address)
        title, _ = _entries(found.data, found.address)
        feed = Feed(address, title or parse(address).host)
        with self._store.write() as connection:
            return feed, store.feeds.put(connection, feed)

    def every(self) -> list[Feed]:
        """The feeds by title."""
        with self._store.read() as connection:
            return store.feeds.every(connection)

    def remove(self, address: str) -> None:
        """Keep a feed no more; its articles stay. Raises NotFound."""
        with self._store.write() as connection:
            there = store.feeds.remove(connection, str(parse(address)))
        if not there:
            raise _unknown(address)

    def fetch(
        self, addresses: Iterable[str] = (), jobs: int = 0, told: Told = lambda *_: None
    ) -> dict[str, Report]:
        """Take what is new in these feeds, or in all; by address what came of each.

        What goes wrong with a feed or an entry is in its report, and the rest goes on; a feed that
        could not be read says so until it can. Broken off, the next `fetch` goes on where this
        one was. Raises NotFound for an address that is not kept.
        """
        feeds = [self._kept(address) for address in addresses] or self.every()
        reports = {feed.address: Report() for feed in feeds}
        try:
            for feed in feeds:
                self._fetch(feed, jobs, reports[feed.address], told)
        finally:
            self._library.catch_up()
        return reports

    def _get(self, address: str) -> Feed | None:
        with self._store.read() as connection:
            return store.feeds.get(connection, address)

    def _kept(self, address: str) -> Feed:
        if found := self._get(str(parse(address))):
            return found
        raise _unknown(address)

    def _fetch(self, feed: Feed, jobs: int, report: Report, told: Told) -> None:
        now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        try:
            found = self._visitor.read(feed.address, feed.etag, feed.modified)
            if found.unchanged:
                self._note(replace(feed, checked=now, problem=""))
                return
            title, entries = _entries(found.data, found.address)
        except BadInput as error:
            report.failures.append((feed.address, str(error)))
            self._note(replace(feed, checked=now, problem=str(error)))
            told(feed, report)
            return
        done = self._take(feed, entries, jobs, report, told)
        # With what the site said last it would answer "unchanged" when entries are still due.
        etag, modified = (found.etag, found.modified) if done else ("", "")
        self._note(Feed(feed.address, title or feed.title, etag, modified, now))

    def _take(
        self, feed: Feed, entries: list[Entry], jobs: int, report: Report, told: Told
    ) -> bool:
        """Take the entries that are not known; False when some should be tried again later.

        An entry is known when its article is stored, or when it will never be one.
        """
        waiting: deque[Entry] = deque()
        later: list[Entry] = []

        def articles() -> Iterator[Article]:
            for entry in self._new(feed, entries):
                try:
                    article = _article(entry, self._visitor)
                except BadInput as error:
                    report.failures.append((feed.address, f"{entry.name}: {error}"))
                    if isinstance(error, FetchFailed):
                        later.append(entry)
                    else:
                        self._note_entry(feed, entry)
                    told(feed, report)
                else:
                    waiting.append(entry)
                    yield article

        for article_id in self._library.add_each(articles(), jobs):
            self._note_entry(feed, waiting.popleft())
            report.imported += article_id is not None
            report.there += article_id is None
            told(feed, report)
        return not later

    def _new(self, feed: Feed, entries: list[Entry]) -> list[Entry]:
        """The entries that were not taken before, each once, the oldest first as they came."""
        by_id = {entry.id: entry for entry in reversed(entries)}
        with self._store.read() as connection:
            known = store.feeds.known(connection, feed.address, by_id)
        return [entry for key, entry in by_id.items() if key not in known]

    def _note(self, feed: Feed) -> None:
        with self._store.write() as connection:
            store.feeds.note(connection, feed)

    def _note_entry(self, feed: Feed, entry: Entry) -> None:
        with self._store.write() as connection:
            store.feeds.note_entry(connection, feed.address, entry.id)


class Fetching:
    """Fetches feeds in the background, one fetch at a time, and knows what came of the last one."""

    def __init__(self, library: Library, policy: Policy | None) -> None:
        self._library = library
        self._policy = policy
        self._busy = Lock()
        self._thread: Thread | None = None
        self.reports: dict[str, Report] = {}
        self.problem = ""
        """Why the last fetch did not go through, "" when it did."""

    @property
    def is_busy(self) -> bool:
        return self._busy.locked()

    def subscriptions(self) -> Subscriptions:
        """The feeds, asked by a visitor of its own. Raises BadInput where nothing is fetched."""
        if self._policy is None:
            raise BadInput("This reader does not fetch addresses, so it keeps no feeds.")
        return Subscriptions(self._library, Visitor(self._policy))

    def start(self, addresses: Iterable[str] = ()) -> None:
        """Fetch these feeds, or all, unless a fetch is on. Raises as `subscriptions` does."""
        feeds = self.subscriptions()
        if self._busy.acquire(blocking=False):
            self.reports, self.problem = {}, ""
            wanted = list(addresses)
            self._thread = Thread(target=self._run, args=(feeds, wanted), name="feeds", daemon=True)
            self._thread.start()

    def join(self) -> None:
        """Wait until nothing is being fetched."""
        if self._thread:
            self._thread.join()

    def _run(self, feeds: Subscriptions, addresses: list[str]) -> None:
        def told(feed: Feed, report: Report) -> None:
            self.reports[feed.address] = report

        try:
            feeds.fetch(addresses, told=told)
        except DatelineError as error:
            log.exception("Feeds could not be fetched.")
            self.problem = str(error)
        finally:
            self._busy.release()


def _entries(data: bytes, address: str) -> tuple[str, list[Entry]]:
    with reading(Format.FEED):
        return parsed_feed(data, address)


def _article(entry: Entry, visitor: Visitor) -> Article:
    with reading(Format.FEED):
        found = whole_article(entry, visitor)
    return replace(found, language=language_of(found.text) or found.language)


def _unknown(address: str) -> NotFound:
    return NotFound(f"{address} is not among the feeds. `dateline feeds list` shows them.")
