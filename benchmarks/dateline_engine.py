"""Our own search engine in the clothes of the benchmark's peers (see peers.py)."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks.collection import NEAR, Case, Document, Kind
from benchmarks.peers import bytes_in
from webapp.annotation.gazetteer import code_of
from webapp.model import Span
from webapp.search import Ask, Entry, EntryQuote, Filters, best_snippet, find_hits
from webapp.search.tree import And, Dates, Near, Or, Phrase, Query, Term, joined
from webapp.search.whoosh_index import WhooshIndex


class Dateline:
    """The index of `webapp.search` in `folder`; texts for passages come from SQLite, as in use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = WhooshIndex(folder / "search", code_of)
        self._texts = sqlite3.connect(folder / "texts.sqlite")

    def build(self, documents: Iterable[Document]) -> None:
        """Index the documents; after it another Dateline on the same folder can `run`."""
        self._texts.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT)")
        self._index.rebuild(self._entries(iter(documents)))
        self._texts.commit()

    def _entries(self, documents: Iterator[Document]) -> Iterator[Entry]:
        while batch := list(islice(documents, 1_000)):
            rows = [(document.id, document.text) for document in batch]
            self._texts.executemany("INSERT INTO texts VALUES (?, ?)", rows)
            yield from map(entry, batch)

    def run(self, case: Case) -> int:
        """How many hits the case has; -1 when we cannot do its kind."""
        match case.kind:
            case Kind.SUGGESTIONS:
                found = self._index.suggest(case.words[0], 10)
                return sum(kind == "word" for kind, _ in found)
            case Kind.BY_ABOUT:
                chosen = (("speaker", case.speaker), ("country", case.country))
                ask = Ask(None, Filters(chosen), "quotes", stop=10, facets=0, both=False)
                return self._index.search(ask).quotes
            case Kind.FACETS:
                return self._index.search(Ask(query(case), stop=10, facets=12, both=False)).articles
            case Kind.SNIPPETS:
                return self._with_passages(query(case))
        newest = case.kind is Kind.NEWEST
        chosen = (("country", case.country),) if case.country else ()
        ask = Ask(query(case), Filters(chosen), newest_first=newest, stop=10, facets=0, both=False)
        return self._index.search(ask).articles

    def _with_passages(self, wanted: Query | None) -> int:
        found = self._index.search(Ask(wanted, stop=10, facets=0, both=False))
        for number in found.ids:
            row = self._texts.execute("SELECT text FROM texts WHERE id = ?", (number,)).fetchone()
            best_snippet(row[0], find_hits(row[0], wanted))
        return found.articles

    def size(self) -> int:
        """Bytes on disk, without the texts: these are the store's."""
        return bytes_in(self._folder / "search")


def entry(document: Document) -> Entry:
    """A made-up document as the index takes it."""
    quotes = []
    for number, (words, speaker, about) in enumerate(document.quotes):
        start = document.text.find(words)
        piece = Span(start, start + len(words))
        quotes.append(EntryQuote(document.id * 100 + number, (piece,), "direct", speaker, about))
    return Entry(
        id=document.id,
        title=document.title,
        text=document.text,
        source=document.source,
        date=document.date,
        day=document.date,
        speakers=document.speakers,
        countries=document.countries,
        quotes=tuple(quotes),
    )


def query(case: Case) -> Query | None:
    """The tree of a case."""
    match case.kind:
        case Kind.PHRASE:
            return Phrase(" ".join(case.words))
        case Kind.NEAR:
            return Near(" ".join(case.words), NEAR + 1)
        case Kind.PREFIX:
            return Term(case.words[0], prefix=True)
        case Kind.FUZZY:
            return Term(case.words[0], fuzzy=True)
        case Kind.OR:
            return joined(Or, [Term(word) for word in case.words])
        case Kind.DATES:
            return joined(And, [*map(Term, case.words), Dates(case.first, case.last)])
    return joined(And, [Term(word) for word in case.words])
