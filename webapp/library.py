"""The use cases of Dateline: what the pages and the command line ask for."""

import logging
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Lock, Thread
from typing import TypeVar

from webapp import finding, store, stories
from webapp.annotation import ABROAD, ENGLISH, annotate_article, version
from webapp.annotation.gazetteer import code_of, short_names
from webapp.config import Settings
from webapp.errors import (
    BadInput,
    DatelineError,
    IndexDamaged,
    NotFound,
    Unavailable,
    WasRemoved,
)
from webapp.importing.similarity import (
    Difference,
    body,
    differences,
)
from webapp.knowing import know, relate
from webapp.model import (
    Annotations,
    Article,
    Hit,
    Name,
    QuoteHit,
    Removed,
    SavedSearch,
    SearchResult,
    Span,
    Suggestion,
    Summary,
)
from webapp.processes import spread
from webapp.search import (
    Ask,
    Entry,
    Filters,
    Found,
    Kind,
    Parsed,
    Query,
    SearchIndex,
    Term,
    find_hits,
    leaves,
    parse,
    replaced,
    to_json,
    without,
)
from webapp.search.whoosh_index import WhooshIndex
from webapp.store import Connection, Store

DATABASE = "dateline.sqlite"
"""The file of the store in the home of a collection."""

PAGE = 20
"""Articles on one page of the list or of a search."""

FACETS = 10
"""Values of a facet that a search offers."""

MOST_VALUES = 50
"""Values of a facet that are found by name."""

BATCH = 1_000
"""Articles that are handed to the index in one commit."""

MOST_ALIKE = 20
"""Articles that are shown to tell the same."""

LONGEST_NAME = 80
"""Characters of the name of a saved search."""

EVERYTHING = Filters()

Stored = Callable[[Connection, int], object]
"""Is told the transaction that stores an article, and the article's id."""

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class View:
    """An article to read: what was found in it, its neighbours in the list, its story, how many
    articles tell that in nearly the same words, and the others of them, at most MOST_ALIKE.
    `people` has the slug of the person whom each speaker is, where it is known."""

    article: Article
    found: Annotations
    newer: Article | None
    older: Article | None
    alike: tuple[Article, ...] = ()
    story: int = 0
    versions: int = 1
    people: Mapping[str, str] = field(default_factory=dict)


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
        annotate: Callable[[Article], Annotations],
        version: str,
        abroad: str = "",
    ) -> None:
        """`version` is what `annotate` makes of an English article, `abroad` of any other one where
        that differs."""
        self._store = store
        self._index = index
        self._annotate = annotate
        self._versions = {ENGLISH: version, "": abroad or version}
        self._repairing = Lock()

    @property
    def store(self) -> Store:
        """For what is kept beside the articles: imports, feeds."""
        return self._store

    def close(self) -> None:
        self._index.close()
        self._store.close()

    # Writing

    def add(self, article: Article) -> int | None:
        """Annotate and store an article; its id, or None when the same content is there.

        The index sees it at the next `catch_up`.
        """
        if not self._is_new(article):
            return None
        return self._put(article, self._annotate(article))

    def add_each(
        self, articles: Iterable[Article], jobs: int = 0, also: Stored | None = None
    ) -> Iterator[int | None]:
        """Add many articles, annotating in several processes: for each in turn what `add` says.

        `jobs` is how many processes, as many as there are cores by default; `also` is called in
        the transaction that stores an article.
        """
        new = ((article, article if self._is_new(article) else None) for article in articles)
        for article, found in spread(self._annotate, new, jobs):
            yield self._put(article, found, also) if found else None

    def restore(self, article: Article, found: Annotations) -> int | None:
        """`add` an article with what is known to be in it, as a backup has it: with the ids that
        it and its quotes have there where these are free, and the day of its import."""
        return self._put(article, found) if self._is_new(article) else None

    def everything(self) -> Iterator[tuple[Article, Annotations]]:
        """All articles in the order of their ids, with what was found in them."""
        last = 0
        while True:
            with self._store.read() as connection:
                ids = store.articles.ids_after(connection, last, PAGE)
                found = store.annotations.many(connection, ids)
                articles = store.articles.by_ids(connection, ids)
            if not ids:
                return
            yield from ((article, found[article.id]) for article in articles)
            last = ids[-1]

    def _is_new(self, article: Article) -> bool:
        with self._store.read() as connection:
            return store.articles.id_of(connection, article) is None

    def _put(self, article: Article, found: Annotations, also: Stored | None = None) -> int | None:
        alike = stories.bands_of(article)
        with self._store.write() as connection:
            article_id = store.articles.add(connection, article)
            if article_id is not None:
                store.annotations.put(connection, article_id, article.text, found)
                know(connection, article_id, article.text)
                stories.tell(connection, replace(article, id=article_id), alike)
                store.changes.note(connection, article_id)
                if also:
                    also(connection, article_id)
            return article_id

    def edit(self, article: Article) -> None:
        """Correct title, author, source, date or address. Raises NotFound, BadInput."""
        if not article.title.strip():
            raise BadInput("An article needs a title.")
        with self._store.write() as connection:
            if not store.articles.edit(connection, article):
                raise _missing(connection, article.id)
            store.changes.note(connection, article.id)
        self.catch_up()

    def remove(self, article_id: int) -> str:
        """Take an article out; its title. `bring_back` undoes it. Raises NotFound."""
        with self._store.write() as connection:
            title = store.removed.remove(connection, article_id)
            if title is None:
                raise _missing(connection, article_id)
        self.catch_up()
        return title

    def removed(self) -> list[Removed]:
        """What can be brought back, the last one first."""
        with self._store.read() as connection:
            return store.removed.every(connection)

    def removed_article(self, article_id: int) -> Removed | None:
        """What was removed under this id."""
        with self._store.read() as connection:
            return store.removed.get(connection, article_id)

    def bring_back(self, article_id: int) -> None:
        """Undo a removal. Raises NotFound when there is nothing to bring back."""
        with self._store.write() as connection:
            there = store.removed.restore(connection, article_id)
            if there and (article := store.articles.get(connection, article_id)):
                stories.tell(connection, article, stories.bands_of(article))
                know(connection, article_id, article.text)
            known = store.removed.get(connection, article_id)
        if not there:
            reason = (
                f"the same article is there again, as number {known.again}."
                if known and known.again
                else "it is not among what was removed."
            )
            raise NotFound(f"It cannot be brought back: {reason}")
        self.catch_up()

    def count_outdated(self) -> int:
        """How many articles an older annotator annotated."""
        with self._store.read() as connection:
            return store.annotations.count_outdated(connection, self._versions)

    def annotate_again(self, jobs: int = 0) -> Iterator[int]:
        """Annotate the articles that an older annotator annotated: the id of each when done.

        It can be broken off at any time: what is done stays done, and quotes keep their addresses.
        """
        old = ((article, article) for article in self._outdated())
        for article, found in spread(self._annotate, old, jobs):
            assert found is not None
            with self._store.write() as connection:
                store.annotations.put(connection, article.id, article.text, found)
                know(connection, article.id, article.text)
                store.changes.note(connection, article.id)
            yield article.id

    def _outdated(self) -> Iterator[Article]:
        last = 0
        while True:
            with self._store.read() as connection:
                ids = store.annotations.outdated(connection, self._versions, last, PAGE)
                found = store.articles.by_ids(connection, ids)
            if not ids:
                return
            yield from found
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

    def repair(self) -> int:
        """`catch_up`, and build the index anew when something in it cannot be read."""
        try:
            self._index.verify()
        except IndexDamaged:
            self.reindex()
        return self._tidy()

    def _tidy(self) -> int:
        """`catch_up`, also with the stories and people of articles of an older Dateline."""
        done = self.catch_up()
        found = stories.find(self._store) + relate(self._store)
        return done + (self.catch_up() if found else 0)

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
                entries = finding.entries(connection, ids)
            if not ids:
                return done
            self._index.put(entries, ids)
            with self._store.write() as connection:
                store.changes.forget(connection, through)
            done += len(ids)

    def _agrees(self) -> bool:
        """Whether the index has the articles of the store, unless more came meanwhile."""
        apart, waiting = self.differences()
        return waiting > 0 or not apart

    def differences(self) -> tuple[tuple[int, ...], int]:
        """The ids of articles that only the store or only the index has, and how many changes the
        index has yet to see. Raises IndexDamaged."""
        indexed = self._index.ids()
        with self._store.read() as connection:
            waiting = store.changes.count(connection)
            stored = store.articles.all_ids(connection)
        return tuple(sorted(set(indexed) ^ set(stored))), waiting

    def verify(self) -> tuple[tuple[int, ...], int]:
        """`differences`, after all of the index has been read. Raises IndexDamaged."""
        self._index.verify()
        return self.differences()

    def _entries(self) -> Iterator[Entry]:
        last = 0
        while True:
            with self._store.read() as connection:
                ids = store.articles.ids_after(connection, last, BATCH)
                entries = finding.entries(connection, ids)
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
            pages = pages_of(total)
            page = min(max(page, 1), pages)
            found = store.articles.newest(connection, PAGE, (page - 1) * PAGE)
            return Page(finding.summaries(connection, found), total, page, pages)

    def article(self, article_id: int) -> View:
        """Raises NotFound, WasRemoved."""
        with self._store.read() as connection:
            article = store.articles.get(connection, article_id)
            if article is None:
                raise _missing(connection, article_id)
            found = store.annotations.get(connection, article_id)
            newer, older = store.articles.neighbours(connection, article_id)
            story = store.similar.story_of(connection, [article_id])[article_id]
            telling = store.similar.telling(connection, story)
            others = [other for other in telling if other != article_id]
            alike = store.articles.by_ids(connection, others[:MOST_ALIKE])
            known = store.people.slugs(connection, [article_id])[article_id]
            people = {speaker: slug for speaker, (slug, _) in known.items()}
            return View(article, found, newer, older, tuple(alike), story, len(telling), people)

    def compared(self, one: int, other: int) -> tuple[Article, Article, list[Difference]]:
        """Two articles and where their texts differ. Raises NotFound."""
        with self._store.read() as connection:
            first, second = (store.articles.get(connection, i) for i in (one, other))
        if first is None or second is None:
            raise NotFound("One of the two articles is not there. It may have been removed.")
        return first, second, differences(body(first), body(second))

    def story_title(self, story: int) -> str:
        """The title of the oldest article of a story, "" when none is left."""
        with self._store.read() as connection:
            telling = store.similar.telling(connection, story)
            return next((a.title for a in store.articles.by_ids(connection, telling[:1])), "")

    def quote(self, quote_id: int) -> View:
        """The article that holds the quote. Raises NotFound."""
        with self._store.read() as connection:
            article_id = store.annotations.article_of_quote(connection, quote_id)
        if article_id is None:
            raise NotFound("There is no such quote. Its article may have been removed.")
        return self.article(article_id)

    def others_with_speaker(self, slug: str, article_id: int) -> int:
        """In how many other articles a person speaks; one of each story counts."""
        return self._others(partial(store.similar.count_with_person, slug=slug), article_id)

    def others_with_country(self, code: str, article_id: int) -> int:
        """How many other articles name this country; one of each story counts."""
        return self._others(partial(store.similar.count_with_country, code=code), article_id)

    def _others(self, count: Callable[..., int], article_id: int) -> int:
        with self._store.read() as connection:
            story = store.similar.story_of(connection, [article_id])[article_id]
            return count(connection, story=story)

    def people_names(self, slugs: Collection[str]) -> dict[str, str]:
        """The names of people by their slugs; of unknown ones nothing."""
        with self._store.read() as connection:
            return store.people.names(connection, slugs)

    def search(
        self,
        text: str,
        filters: Filters = EVERYTHING,
        page: int = 1,
        newest_first: bool = False,
        kind: Kind = "articles",
        recency: bool = True,
        folded: bool = True,
        size: int = PAGE,
    ) -> SearchResult:
        """One page of what the text finds, best first; newest first when the text is empty. `size`
        is how many a page has.

        With `folded` one article stands for all that tell its story, and is counted once.

        Raises BadQuery when the text is too long, Unavailable when the index cannot be read.
        """
        parsed = parse(text)
        if parsed.query is None and text.strip():
            return _nothing(text, kind, parsed)
        return self._result(
            text,
            parsed,
            Ask(parsed.query, filters, kind, newest_first, recency, folded=folded),
            page,
            size,
        )

    def _result(self, text: str, parsed: Parsed, ask: Ask, page: int, size: int) -> SearchResult:
        ask = replace(ask, facets=FACETS)
        page = max(page, 1)
        found = self._found(_paged(ask, page, size))
        total = found.total(ask.kind)
        if page > pages_of(found.listed, size):  # an old link into a result that has become shorter
            page = pages_of(found.listed, size)
            found = self._found(_paged(ask, page, size))
        with self._store.read() as connection:
            hits = finding.hits(connection, ask.kind, found.ids, parsed.query, found.told)
        return SearchResult(
            query=text,
            kind=ask.kind,
            hits=tuple(hit for hit in hits if isinstance(hit, Hit)),
            quotes=tuple(hit for hit in hits if isinstance(hit, QuoteHit)),
            articles=found.articles,
            quotes_total=found.quotes,
            folded=found.folded,
            page=page,
            pages=pages_of(found.listed, size),
            facets={facet: finding.names(values) for facet, values in found.facets.items()},
            problems=(*map(str, parsed.problems), *found.problems),
            missing=found.missing,
            instead=tuple(self._instead(parsed.query, ask, found)) if not total else (),
        )

    def _instead(self, query: Query | None, ask: Ask, found: Found) -> Iterator[Suggestion]:
        """Other searches that find something: a slip put right, a missing word left out."""
        for leaf in leaves(query):
            if query is None or str(leaf) not in found.missing:
                continue
            if isinstance(leaf, Term) and leaf.field in ("", "text", "title", "said"):
                for word in self._guarded(partial(self._index.instead, leaf.word)):
                    right = replaced(query, leaf, replace(leaf, word=word))
                    yield from self._counted(right, "Did you mean", ask)
            yield from self._counted(without(query, leaf), f"Without {leaf}", ask)

    def _counted(self, query: Query | None, why: str, ask: Ask) -> Iterator[Suggestion]:
        if query is None:
            return
        found = self._found(replace(ask, query=query, start=0, stop=0, facets=0))
        if number := found.total(ask.kind):
            yield Suggestion(str(query), why, number)

    def every_hit(
        self,
        text: str,
        filters: Filters,
        kind: Kind,
        newest_first: bool = False,
        recency: bool = True,
        folded: bool = True,
    ) -> Iterator[Hit | QuoteHit]:
        """All that a search finds, in its order; of quotes also those that repeat others. Raises as
        `search` does."""
        query = parse(text).query
        if query is None and text.strip():
            return
        ask = Ask(query, filters, kind, newest_first, recency, facets=0)
        ask = replace(ask, folded=folded and kind == "articles")
        found = self._found(replace(ask, stop=sys.maxsize))
        for at in range(0, len(found.ids), PAGE):
            ids = found.ids[at : at + PAGE]
            with self._store.read() as connection:
                yield from finding.hits(connection, kind, ids, query, found.told)

    def facet_values(
        self,
        text: str,
        facet: str,
        having: str,
        filters: Filters,
        kind: Kind,
        folded: bool = True,
    ) -> tuple[Name, ...]:
        """The values of a facet over all hits, those whose name has words that begin so."""
        ask = Ask(parse(text).query, filters, kind, facets=MOST_VALUES, folded=folded)
        named = finding.names(self._guarded(partial(self._index.values, ask, facet, having)))
        if facet in ("speaker", "source"):
            return named
        return tuple(name for name in named if having.casefold() in name.name.casefold())

    def suggest(self, start: str) -> tuple[Suggestion, ...]:
        """Searches that begin so: speakers and sources, countries, then words."""
        start = " ".join(start.split())
        if not start:
            return ()
        found = self._guarded(partial(self._index.suggest, start))
        names = [
            Suggestion(f'{kind}:"{value.name}"', f"{value.name}, {kind}", value.count)
            for kind, value in found
            if kind != "word"
        ]
        typed, _, _ = start.rpartition(" ")
        words = [f"{typed} {value.key}".strip() for kind, value in found if kind == "word"]
        return (
            *names[:4],
            *_countries(start.casefold())[:3],
            *(Suggestion(word, word, 0) for word in words[:5]),
        )

    def indexed(self, read: Callable[[SearchIndex], T]) -> T:
        """What is read of the index. Raises Unavailable when that has to be built again."""
        return self._guarded(partial(read, self._index))

    def _found(self, ask: Ask) -> Found:
        return self._guarded(partial(self._index.search, ask))

    def _guarded(self, read: Callable[[], T]) -> T:
        """What reads the index; a damaged one is built again in the background."""
        try:
            return read()
        except IndexDamaged as error:
            log.warning("%s Building it from the store.", error)
            self._soon(self.reindex)  # counting its articles, as catch_up does, may see nothing
            raise Unavailable(
                "The search index is being rebuilt. Try again in a minute; "
                "meanwhile all articles can be read."
            ) from error

    # Saved searches

    def save(self, name: str, text: str, filters: Filters, kind: Kind) -> None:
        """Keep a search under a name; what is there now counts as looked at. Raises BadInput."""
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME:
            raise BadInput(f"A search needs a name of 1 to {LONGEST_NAME} characters.")
        query = parse(text).query
        if query is None and text.strip():
            raise BadInput("There is no word in the search, so it was not saved.")
        kept = {"chosen": list(filters.chosen), "excluded": list(filters.excluded)}
        with self._store.write() as connection:
            seen = store.saved.last_article(connection)
            search = SavedSearch(name, kind, to_json(query) if query else None, kept, seen)
            store.saved.put(connection, search)

    def saved(self) -> tuple[tuple[SavedSearch, int], ...]:
        """The saved searches by name, each with how many articles or quotes are new."""
        with self._store.read() as connection:
            kept = store.saved.every(connection)
        return tuple((search, self._new(search)) for search in kept)

    def saved_search(self, name: str) -> SavedSearch:
        """Raises NotFound."""
        with self._store.read() as connection:
            found = store.saved.get(connection, name)
        if found is None:
            raise NotFound(f"There is no saved search “{name}”.")
        return found

    def _new(self, search: SavedSearch) -> int:
        query, filters, kind = finding.asked(search)
        filters = replace(filters, after=search.seen)
        return self._found(Ask(query, filters, kind, stop=0, facets=0)).total(kind)

    def looked(self, name: str) -> None:
        """Nothing of a saved search is new any more."""
        with self._store.write() as connection:
            store.saved.look(connection, name)

    def forget(self, name: str) -> None:
        """Raises NotFound."""
        with self._store.write() as connection:
            there = store.saved.remove(connection, name)
        if not there:
            raise NotFound(f"There is no saved search “{name}”.")

    # Repairing

    def repair_soon(self) -> None:
        """Catch up in the background; what fails is logged."""
        self._soon(self._tidy)

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


def _missing(connection: Connection, article_id: int) -> NotFound:
    """Why there is no article of this id."""
    known = store.removed.get(connection, article_id)
    if known is None:
        return NotFound("There is no such article. Check the address, or look for it in the list.")
    now = f"It is there again, as number {known.again}." if known.again else "It can come back."
    return WasRemoved(f"“{known.title}” was removed. {now}", article_id)


def pages_of(total: int, size: int = PAGE) -> int:
    """How many pages there are, one when nothing is on it."""
    return max(1, -(-total // size))


def _paged(ask: Ask, page: int, size: int) -> Ask:
    return replace(ask, start=(page - 1) * size, stop=page * size)


def _nothing(text: str, kind: str, parsed: Parsed) -> SearchResult:
    problems = tuple(map(str, parsed.problems)) or ("There is no word in the search.",)
    return SearchResult(text, kind, (), (), 0, 0, 1, 1, {}, problems)


def _countries(start: str) -> list[Suggestion]:
    """Countries with a word that begins so."""
    return [
        Suggestion(f"country:{code}", f"{name}, country", 0)
        for code, name in short_names().items()
        if any(part.startswith(start) for part in (name.casefold(), *name.casefold().split()))
    ]


def hits_in(text: str, query: str) -> tuple[Span, ...]:
    """What a search marks in a text; nothing when the search is empty. Raises BadQuery."""
    return find_hits(text, parse(query).query)


def open_library(settings: Settings) -> Library:
    """The collection in the settings' home, made when it is not there."""
    opened = store.open_store(settings.home / DATABASE)
    index = WhooshIndex(settings.home / "search", code_of)
    annotator = partial(annotate_article, model=settings.model)
    return Library(opened, index, annotator, version(settings.model), ABROAD)
