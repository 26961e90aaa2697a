"""The use cases of Dateline: what the pages and the command line ask for."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Lock, Thread

from webapp import store
from webapp.annotation import annotate, version
from webapp.config import Settings
from webapp.errors import DatelineError, IndexDamaged, NotFound, Unavailable
from webapp.model import Annotations, Article, Hit, SearchResult, Snippet, Span, Summary
from webapp.processes import spread
from webapp.search import (
    Entry,
    Filters,
    Found,
    Parsed,
    Query,
    SearchIndex,
    best_snippet,
    find_hits,
    parse,
)
from webapp.search.whoosh_index import WhooshIndex
from webapp.store import Connection, Store, Table

PAGE = 20
"""Articles on one page of the list or of a search."""

FACETS = 12
"""Speakers and countries that a search offers to narrow it."""

BATCH = 1_000
"""Articles that are handed to the index in one commit."""

EVERYTHING = Filters()

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class View:
    """An article to read: what was found in it, and its neighbours in the list."""

    article: Article
    found: Annotations
    newer: Article | None
    older: Article | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list of articles; pages count from 1."""

    summaries: tuple[Summary, ...]
    total: int
    page: int
    pages: int


class Library:
    """A collection of articles: the store is the truth, the index is derived from it."""

    def __init__(
        self,
        store: Store,
        index: SearchIndex,
        annotate: Callable[[str], Annotations],
        version: str,
    ) -> None:
        self._store = store
        self._index = index
        self._annotate = annotate
        self._version = version
        self._repairing = Lock()

    def close(self) -> None:
        self._store.close()

    # Writing

    def add(self, article: Article) -> int | None:
        """Annotate and store an article; its id, or None when the same content is there.

        The index sees it at the next `catch_up`.
        """
        if not self._is_new(article):
            return None
        return self._put(article, self._annotate(article.text))

    def add_each(self, articles: Iterable[Article], jobs: int = 0) -> Iterator[int | None]:
        """Add many articles, annotating in several processes: for each in turn what `add` says.

        `jobs` is how many processes, as many as there are cores by default.
        """
        new = ((article, self._is_new(article)) for article in articles)
        texts = ((article, article.text if is_new else None) for article, is_new in new)
        for article, found in spread(self._annotate, texts, jobs):
            yield self._put(article, found) if found else None

    def _is_new(self, article: Article) -> bool:
        with self._store.read() as connection:
            return not store.articles.has(connection, article)

    def _put(self, article: Article, found: Annotations) -> int | None:
        with self._store.write() as connection:
            article_id = store.articles.add(connection, article)
            if article_id is not None:
                store.annotations.put(connection, article_id, article.text, found)
                store.changes.note(connection, article_id)
            return article_id

    def count_outdated(self) -> int:
        """How many articles an older annotator annotated."""
        with self._store.read() as connection:
            return store.annotations.count_outdated(connection, self._version)

    def annotate_again(self, jobs: int = 0) -> Iterator[int]:
        """Annotate the articles that an older annotator annotated: the id of each when done.

        It can be broken off at any time: what is done stays done, and quotes keep their addresses.
        """
        for article, found in spread(self._annotate, self._outdated(), jobs):
            assert found is not None
            with self._store.write() as connection:
                store.annotations.put(connection, article.id, article.text, found)
                store.changes.note(connection, article.id)
            yield article.id

    def _outdated(self) -> Iterator[tuple[Article, str]]:
        last = 0
        while True:
            with self._store.read() as connection:
                ids = store.annotations.outdated(connection, self._version, last, PAGE)
                found = store.articles.by_ids(connection, ids)
            if not ids:
                return
            yield from ((article, article.text) for article in found)
            last = ids[-1]

    def catch_up(self) -> int:
        """Show the index what changed, and build it anew when it is missing, damaged or apart
        from the store; how many articles were indexed."""
        try:
            done = self._drain()
            if self._agrees():
                return done
            log.warning("The search index does not agree with the store; rebuilding it.")
        except IndexDamaged as error:
            log.warning("%s Building it from the store.", error)
        return self.reindex()

    def reindex(self) -> int:
        """Throw the index away and build it from the store; how many articles it has."""
        with self._store.read() as connection:
            through = store.changes.last(connection)
        number = self._index.rebuild(self._entries())
        # What was written since stays noted: it may have missed the walk.
        with self._store.write() as connection:
            store.changes.forget(connection, through)
        log.info("The search index was built from %d articles.", number)
        return number

    def _drain(self) -> int:
        done = 0
        while True:
            with self._store.read() as connection:
                through, ids = store.changes.pending(connection, BATCH)
                entries = _entries(connection, ids)
            if not ids:
                return done
            self._index.put(entries, ids)
            with self._store.write() as connection:
                store.changes.forget(connection, through)
            done += len(ids)

    def _agrees(self) -> bool:
        """Whether the index has as many articles as the store, unless more came meanwhile."""
        indexed = self._index.count()
        with self._store.read() as connection:
            waiting = store.changes.count(connection)
            return waiting > 0 or indexed == store.articles.count(connection)

    def _entries(self) -> Iterator[Entry]:
        last = 0
        while True:
            with self._store.read() as connection:
                ids = store.articles.ids_after(connection, last, BATCH)
                entries = _entries(connection, ids)
            if not ids:
                return
            yield from entries
            last = ids[-1]

    # Reading

    def count(self) -> int:
        with self._store.read() as connection:
            return store.articles.count(connection)

    def page(self, page: int = 1) -> Page:
        """One page of all articles, newest first."""
        with self._store.read() as connection:
            total = store.articles.count(connection)
            pages = _pages(total)
            page = min(max(page, 1), pages)
            found = store.articles.newest(connection, PAGE, (page - 1) * PAGE)
            return Page(_summaries(connection, found), total, page, pages)

    def article(self, article_id: int) -> View:
        """Raises NotFound."""
        with self._store.read() as connection:
            article = store.articles.get(connection, article_id)
            if article is None:
                raise NotFound("There is no such article. It may have been removed.")
            found = store.annotations.get(connection, article_id)
            newer, older = store.articles.neighbours(connection, article_id)
            return View(article, found, newer, older)

    def quote(self, quote_id: int) -> View:
        """The article that holds the quote. Raises NotFound."""
        with self._store.read() as connection:
            article_id = store.annotations.article_of_quote(connection, quote_id)
        if article_id is None:
            raise NotFound("There is no such quote. Its article may have been removed.")
        return self.article(article_id)

    def others_with_speaker(self, slug: str, article_id: int) -> int:
        """In how many other articles somebody of this name speaks."""
        return self._others(store.speakers, slug, article_id)

    def others_with_country(self, code: str, article_id: int) -> int:
        """How many other articles name this country."""
        return self._others(store.countries, code, article_id)

    def _others(self, table: Table, key: str, article_id: int) -> int:
        with self._store.read() as connection:
            return len(set(store.annotations.articles_with(connection, table, key)) - {article_id})

    def search(
        self, text: str, filters: Filters = EVERYTHING, page: int = 1, newest_first: bool = False
    ) -> SearchResult:
        """One page of what the text finds. An empty text finds all that the filters let through.

        Raises BadQuery when the text is too long, Unavailable when the index cannot be read.
        """
        parsed = parse(text)
        found = self._found(text, parsed, filters)
        pages = _pages(len(found.ids))
        page = min(max(page, 1), pages)
        with self._store.read() as connection:
            ids: Sequence[int] = found.ids
            if newest_first or parsed.query is None:
                ids = store.articles.sorted_by_day(connection, ids)
            shown = store.articles.by_ids(connection, ids[(page - 1) * PAGE : page * PAGE])
            return SearchResult(
                query=text,
                total=len(found.ids),
                hits=tuple(_hit(s, parsed.query) for s in _summaries(connection, shown)),
                page=page,
                pages=pages,
                speakers=store.annotations.top_names(connection, store.speakers, found.ids, FACETS),
                countries=store.annotations.top_names(
                    connection, store.countries, found.ids, FACETS
                ),
                problems=parsed.problems + found.problems,
            )

    def _found(self, text: str, parsed: Parsed, filters: Filters) -> Found:
        if parsed.query is None and text.strip():
            return Found((), () if parsed.problems else ("There is no word in the search.",))
        try:
            return self._index.search(parsed.query, filters)
        except IndexDamaged as error:
            log.warning("%s Building it from the store.", error)
            self._soon(self.reindex)  # counting its articles, as catch_up does, may see nothing
            raise Unavailable(
                "The search index is being rebuilt. Try again in a minute; "
                "meanwhile all articles can be read."
            ) from error

    def repair_soon(self) -> None:
        """Catch up in the background; what fails is logged."""
        self._soon(self.catch_up)

    def _soon(self, repair: Callable[[], object]) -> None:
        if self._repairing.acquire(blocking=False):  # once at a time
            Thread(target=self._repair, args=(repair,), name="index", daemon=True).start()

    def _repair(self, repair: Callable[[], object]) -> None:
        try:
            repair()
        except DatelineError:
            log.exception("The search index could not be brought up to date.")
        finally:
            self._repairing.release()


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE))


def _summaries(connection: Connection, found: Sequence[Article]) -> tuple[Summary, ...]:
    ids = [article.id for article in found]
    speakers = store.annotations.names_of(connection, store.speakers, ids)
    countries = store.annotations.names_of(connection, store.countries, ids)
    quotes = store.annotations.quotes_of(connection, ids)
    return tuple(
        Summary(a, tuple(speakers[a.id]), tuple(countries[a.id]), quotes.get(a.id, 0))
        for a in found
    )


def _entries(connection: Connection, ids: Sequence[int]) -> list[Entry]:
    return [
        Entry(
            id=shown.article.id,
            title=shown.article.title,
            text=shown.article.text,
            source=shown.article.source,
            date=shown.article.published,
            speakers=tuple((name.id, name.name) for name in shown.speakers),
            countries=tuple((name.id, name.name) for name in shown.countries),
        )
        for shown in _summaries(connection, store.articles.by_ids(connection, ids))
    ]


def _hit(summary: Summary, query: Query | None) -> Hit:
    article = summary.article
    title = Snippet(article.title, find_hits(article.title, query))
    start = article.body_start
    body = article.text[start:]
    return Hit(summary, title, best_snippet(body, find_hits(body, query)))


def hits_in(text: str, query: str) -> tuple[Span, ...]:
    """What a search marks in a text; nothing when the search is empty. Raises BadQuery."""
    return find_hits(text, parse(query).query)


def open_library(settings: Settings) -> Library:
    """The collection in the settings' home, made when it is not there."""
    opened = store.open_store(settings.home / "dateline.sqlite")
    index = WhooshIndex(settings.home / "search")
    annotator = partial(annotate, model=settings.model)
    return Library(opened, index, annotator, version(settings.model))
