"""Feeds that are kept: what is new in them becomes articles."""

import datetime as dt
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from threading import Lock, Thread

from webapp import store
from webapp.days import local, moment, utc_now
from webapp.errors import BadInput, DatelineError, NotFound
from webapp.importing.addresses import FetchFailed, parse
from webapp.importing.entries import whole_article
from webapp.importing.feed import Entry, parsed_feed
from webapp.importing.fetch import Policy
from webapp.importing.formats import Format, reading
from webapp.importing.language import with_language
from webapp.importing.visitor import Visitor
from webapp.intake import Report
from webapp.library import Library
from webapp.model import Article, Feed

UNFINISHED = "The last fetch was broken off, or goes on elsewhere. The next one takes the rest."
"""What is told of a feed that was `begun`."""


@dataclass
class Progress:
    """How far a feed is: how many of its new entries were read, and what came of them so far."""

    entries: int = 0
    read: int = 0
    report: Report = field(default_factory=Report)


Told = Callable[[Feed, Progress], object]
"""Called when the entries of a feed are known, and after each that is read, stored or fails."""

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
        """Take what is new in these feeds, or in all that may be asked; by address what came of
        each.

        What goes wrong with a feed or an entry is in its report, and the rest goes on; a feed that
        could not be read says so until it can. Broken off, the next `fetch` goes on where this
        one was. Raises NotFound for an address that is not kept.
        """
        feeds = self.chosen(addresses)
        self.begin(feeds)
        reports: dict[str, Report] = {}
        try:
            for feed in feeds:
                progress = Progress()
                reports[feed.address] = progress.report
                self._fetch(feed, jobs, progress, told)
        finally:
            self._library.catch_up()
        return reports

    def chosen(self, addresses: Iterable[str] = ()) -> list[Feed]:
        """The feeds at these addresses, or all that may be asked. Raises NotFound."""
        feeds = [self._kept(address) for address in addresses]
        return feeds or [feed for feed in self.every() if not feed.gone and not _rests(feed)]

    def begin(self, feeds: Iterable[Feed]) -> None:
        """Note that `fetch` looks at these feeds now or soon, so that a break is known."""
        with self._store.write() as connection:
            store.feeds.begin(connection, [feed.address for feed in feeds], utc_now())

    def _get(self, address: str) -> Feed | None:
        with self._store.read() as connection:
            return store.feeds.get(connection, address)

    def _kept(self, address: str) -> Feed:
        if found := self._get(str(parse(address))):
            return found
        raise _unknown(address)

    def _fetch(self, feed: Feed, jobs: int, progress: Progress, told: Told) -> None:
        if _rests(feed):
            assert feed.rests_until
            until = moment(local(feed.rests_until))
            reason = f"Its site wants to be asked nothing before {until}."
            progress.report.failures.append((feed.address, reason))
            self._note(replace(feed, begun=None))
            told(feed, progress)
            return
        looked = replace(feed, begun=None, checked=utc_now(), problem="", gone=False)
        try:
            found = self._visitor.read(feed.address, feed.etag, feed.modified)
            if found.unchanged:
                self._note(looked)
                told(feed, progress)
                return
            title, entries = _entries(found.data, found.address)
        except BadInput as error:
            progress.report.failures.append((feed.address, str(error)))
            gone = isinstance(error, FetchFailed) and error.status == HTTPStatus.GONE
            self._note(replace(looked, problem=str(error), gone=gone or feed.gone))
            told(feed, progress)
            return
        done = self._take(feed, entries, jobs, progress, told)
        # With what the site said last it would answer "unchanged" when entries are still due.
        etag, modified = (found.etag, found.modified) if done else ("", "")
        self._note(replace(looked, title=title or feed.title, etag=etag, modified=modified))

    def _take(
        self, feed: Feed, entries: list[Entry], jobs: int, progress: Progress, told: Told
    ) -> bool:
        """Take the entries that are not known; False when some should be tried again later.

        An entry is known when its article is stored, or when it will never be one.
        """
        report = progress.report
        waiting: deque[Entry] = deque()
        later: list[Entry] = []
        new = self._new(feed, entries)
        progress.entries = len(new)
        told(feed, progress)

        def articles() -> Iterator[Article]:
            for entry in new:
                try:
                    article = _article(entry, self._visitor)
                except BadInput as error:
                    report.failures.append((feed.address, f"{entry.name}: {error}"))
                    if isinstance(error, FetchFailed):
                        later.append(entry)
                    else:
                        self._note_entry(feed, entry)
                    progress.read += 1
                    told(feed, progress)
                else:
                    waiting.append(entry)
                    progress.read += 1
                    told(feed, progress)
                    yield article

        for article_id in self._library.add_each(articles(), jobs):
            self._note_entry(feed, waiting.popleft())
            report.imported += article_id is not None
            report.there += article_id is None
            told(feed, progress)
        return not later

    def _new(self, feed: Feed, entries: list[Entry]) -> list[Entry]:
        """The entries that were not taken before, each once, the oldest first as they came."""
        by_id = {entry.id: entry for entry in reversed(entries)}
        with self._store.read() as connection:
            known = store.feeds.known(connection, feed.address, by_id)
        return [entry for key, entry in by_id.items() if key not in known]

    def _note(self, feed: Feed) -> None:
        """Note what came of a look, and until when the site wants no other one."""
        if wait := self._visitor.wait(feed.address):
            feed = replace(feed, rests_until=utc_now() + dt.timedelta(seconds=wait))
        with self._store.write() as connection:
            store.feeds.note(connection, feed)

    def _note_entry(self, feed: Feed, entry: Entry) -> None:
        with self._store.write() as connection:
            store.feeds.note_entry(connection, feed.address, entry.id)


class Fetching:
    """Fetches feeds in the background, one after the other, and knows what came of the last."""

    def __init__(self, library: Library, policy: Policy | None) -> None:
        self._library = library
        self._policy = policy
        self._turn = Lock()
        self._thread: Thread | None = None
        self.now = ""
        """The address of the feed that is being fetched, "" when none is."""
        self.waiting: deque[str] = deque()
        """The addresses that come next."""
        self.progress: dict[str, Progress] = {}
        self.problem = ""
        """Why the last fetch did not go through, "" when it did."""

    @property
    def is_busy(self) -> bool:
        return bool(self.now)

    @property
    def may_fetch(self) -> bool:
        return self._policy is not None

    def subscriptions(self) -> Subscriptions:
        """The feeds, asked by a visitor of its own. Raises BadInput where nothing is fetched."""
        if self._policy is None:
            raise BadInput("This reader does not fetch addresses, so it keeps no feeds.")
        return Subscriptions(self._library, Visitor(self._policy))

    def start(self, addresses: Iterable[str] = ()) -> None:
        """Fetch these feeds, or all that may be asked; after those that are being fetched.

        Raises as `subscriptions` does, and NotFound for an address that is not kept.
        """
        feeds = self.subscriptions()
        wanted = feeds.chosen(addresses)
        with self._turn:
            if not self.is_busy:
                self.progress, self.problem = {}, ""
            new = [feed for feed in wanted if feed.address not in (self.now, *self.waiting)]
            feeds.begin(new)
            self.waiting.extend(feed.address for feed in new)
            if self.waiting and not self.is_busy:
                self.now = self.waiting.popleft()
                self._thread = Thread(target=self._run, args=(feeds,), name="feeds", daemon=True)
                self._thread.start()

    def join(self) -> None:
        """Wait until nothing is being fetched."""
        if self._thread:
            self._thread.join()

    def _run(self, feeds: Subscriptions) -> None:
        def told(feed: Feed, progress: Progress) -> None:
            self.progress[feed.address] = progress

        while self.now:
            try:
                feeds.fetch([self.now], told=told)
            except NotFound:
                pass  # removed meanwhile
            except Exception as error:
                log.exception("A feed could not be fetched.")
                self.problem = str(error) if isinstance(error, DatelineError) else _CRASH
            with self._turn:
                self.now = self.waiting.popleft() if self.waiting else ""


_CRASH = "Something went wrong here; it is not your fault. It was logged. Fetch again."


def _rests(feed: Feed) -> bool:
    """Whether its site wants to be asked nothing now."""
    return feed.rests_until is not None and utc_now() < feed.rests_until


def _entries(data: bytes, address: str) -> tuple[str, list[Entry]]:
    with reading(Format.FEED):
        return parsed_feed(data, address)


def _article(entry: Entry, visitor: Visitor) -> Article:
    with reading(Format.FEED):
        found = whole_article(entry, visitor)
    return with_language(found)


def _unknown(address: str) -> NotFound:
    return NotFound(f"{address} is not among the feeds. `dateline feeds list` shows them.")
