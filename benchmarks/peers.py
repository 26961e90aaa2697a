"""The engines that Dateline's search is measured against; for comparison only.

    engine = Fts5(folder)        # or Tantivy(folder): pip install tantivy
    engine.build(documents)      # once
    engine.run(case)             # hits of one query; -1 when the engine cannot do its kind
    engine.size()                # bytes on disk

`run` counts all hits and gets the ids of the best ten. A new object on the folder of an earlier one
can `run` at once, so building and searching can be in different processes.
"""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from benchmarks.collection import NEAR, Case, Document, Kind

TOP, FACETS, WORDS = 10, 12, 10
"""How many hits, facets of a sort and suggestions are fetched."""

BATCH = 500
TITLE_WEIGHT = 3.0
MISSING = -1


class Engine(Protocol):
    """What the benchmark asks of an engine, whose constructor takes an empty or built folder."""

    def build(self, documents: Iterable[Document]) -> None: ...

    def run(self, case: Case) -> int: ...

    def size(self) -> int: ...


def bytes_in(folder: Path) -> int:
    """The size of all files below the folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


SCHEMA = """
CREATE TABLE article(id INTEGER PRIMARY KEY, title TEXT, text TEXT, countries TEXT);
CREATE TABLE fact(article INTEGER PRIMARY KEY, date INTEGER, source TEXT);
CREATE TABLE speaker(article INTEGER, slug TEXT, name TEXT, PRIMARY KEY (article, slug))
    WITHOUT ROWID;
CREATE TABLE country(article INTEGER, code TEXT, PRIMARY KEY (article, code)) WITHOUT ROWID;
CREATE TABLE quote(id INTEGER PRIMARY KEY, article INTEGER, speaker TEXT, text TEXT);
CREATE TABLE about(quote INTEGER, code TEXT, PRIMARY KEY (quote, code)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(title, text, countries, content=article, content_rowid=id,
    detail=full, tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE said USING fts5(text, content=quote, content_rowid=id,
    detail=full, tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE lexicon USING fts5vocab(words, row);
"""
AFTERWARDS = f"""
INSERT INTO words(words) VALUES ('rebuild');
INSERT INTO words(words) VALUES ('optimize');
INSERT INTO words(words, rank) VALUES ('rank', 'bm25({TITLE_WEIGHT}, 1.0, 0.0)');
INSERT INTO said(said) VALUES ('rebuild');
INSERT INTO said(said) VALUES ('optimize');
CREATE INDEX fact_date ON fact(date);
CREATE INDEX quote_speaker ON quote(speaker);
ANALYZE;
"""
HITS = "SELECT count(*) FROM words WHERE words MATCH ?"
BEST = f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT {TOP}"
SNIPPETS = f"""
SELECT rowid, snippet(words, 1, '<mark>', '</mark>', '…', 32)
FROM words WHERE words MATCH ? ORDER BY rank LIMIT {TOP}
"""
IN_RANGE = (
    "FROM words JOIN fact ON article = words.rowid WHERE words MATCH ? AND date BETWEEN ? AND ?"
)
HITS_IN_RANGE = f"SELECT count(*) {IN_RANGE}"
# By bm25(), not by rank: so only the hits in the range are scored, six times as fast.
BEST_IN_RANGE = f"""
SELECT words.rowid {IN_RANGE} ORDER BY bm25(words, {TITLE_WEIGHT}, 1.0, 0.0) LIMIT {TOP}
"""
NEWEST = f"""
SELECT words.rowid FROM words JOIN fact ON article = words.rowid
WHERE words MATCH ? ORDER BY date DESC LIMIT {TOP}
"""
SPEAKERS_OF_HITS = f"""
SELECT slug, count(*) FROM words JOIN speaker ON article = words.rowid
WHERE words MATCH ? GROUP BY slug ORDER BY 2 DESC LIMIT {FACETS}
"""
COUNTRIES_OF_HITS = f"""
SELECT code, count(*) FROM words JOIN country ON article = words.rowid
WHERE words MATCH ? GROUP BY code ORDER BY 2 DESC LIMIT {FACETS}
"""
BY_ABOUT = "SELECT id FROM quote JOIN about ON quote = id WHERE speaker = ? AND code = ?"
BEGINNING = f"""
SELECT term, doc FROM lexicon WHERE term >= ? AND term < ? ORDER BY doc DESC LIMIT {WORDS}
"""


class Fts5:
    """SQLite's full-text index; bm25() with the title three times as heavy; fuzzy is missing.

    Country codes are a column of the index, dates, speakers and quotes are tables beside it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._folder / "fts5.sqlite", isolation_level=None)
        connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
            "PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY;"
        )
        return connection

    def build(self, documents: Iterable[Document]) -> None:
        """Index the documents in one transaction."""
        connection = self._connection
        connection.executescript(SCHEMA)
        connection.execute("BEGIN")
        source = iter(documents)
        while batch := list(islice(source, BATCH)):
            self._store(batch)
        for statement in filter(str.strip, AFTERWARDS.split(";")):
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _store(self, batch: Sequence[Document]) -> None:
        insert = self._connection.executemany
        insert(
            "INSERT INTO article VALUES (?, ?, ?, ?)",
            [(d.id, d.title, d.text, " ".join(d.countries)) for d in batch],
        )
        insert(
            "INSERT INTO fact VALUES (?, ?, ?)",
            [(d.id, d.date.toordinal(), d.source) for d in batch],
        )
        insert(
            "INSERT INTO speaker VALUES (?, ?, ?)",
            [(d.id, *one) for d in batch for one in d.speakers],
        )
        insert(
            "INSERT INTO country VALUES (?, ?)",
            [(d.id, code) for d in batch for code in d.countries],
        )
        quotes = list(_quotes(batch))
        insert("INSERT INTO quote VALUES (?, ?, ?, ?)", [quote[:4] for quote in quotes])
        insert(
            "INSERT INTO about VALUES (?, ?)",
            [(number, code) for number, *_, codes in quotes for code in codes],
        )

    def run(self, case: Case) -> int:
        """How many hits the case has, -1 for fuzzy; the best ten are fetched."""
        match case.kind:
            case Kind.FUZZY:
                return MISSING
            case Kind.BY_ABOUT:
                return len(self._all(BY_ABOUT, case.speaker, case.country))
            case Kind.SUGGESTIONS:
                start = case.words[0]
                return len(self._all(BEGINNING, start, start + "\U0010ffff"))
            case Kind.DATES:
                return self._in_a_range(case)
            case Kind.NEWEST:
                return self._count_and_fetch(case, NEWEST)
            case Kind.FACETS:
                return self._count_and_fetch(case, SPEAKERS_OF_HITS, COUNTRIES_OF_HITS)
            case Kind.SNIPPETS:
                return self._count_and_fetch(case, SNIPPETS)
            case _:
                return self._count_and_fetch(case, BEST)

    def _in_a_range(self, case: Case) -> int:
        assert case.first
        assert case.last
        asked = _match(case), case.first.toordinal(), case.last.toordinal()
        self._all(BEST_IN_RANGE, *asked)
        return int(self._all(HITS_IN_RANGE, *asked)[0][0])

    def _count_and_fetch(self, case: Case, *queries: str) -> int:
        text = _match(case)
        for query in queries:
            self._all(query, text)
        return int(self._all(HITS, text)[0][0])

    def _all(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, values).fetchall()

    def size(self) -> int:
        """Bytes on disk."""
        return bytes_in(self._folder)


def _quotes(batch: Iterable[Document]) -> Iterator[tuple[int, int, str, str, tuple[str, ...]]]:
    """Number, article, speaker, text and countries of each quote."""
    for document in batch:
        for count, (text, slug, codes) in enumerate(document.quotes):
            yield document.id * 1_000 + count, document.id, slug, text, codes


def _match(case: Case) -> str:
    """The case's words in the query language of FTS5."""
    words = [f'"{word}"' for word in case.words]
    match case.kind:
        case Kind.PHRASE:
            inner = f'"{" ".join(case.words)}"'
        case Kind.PREFIX:
            inner = f"{words[0]} *"
        case Kind.NEAR:
            inner = f"NEAR({' '.join(words)}, {NEAR})"
        case Kind.OR:
            inner = " OR ".join(words)
        case _:
            inner = " AND ".join(words)
    text = f"{{title text}} : ({inner})"
    return f"({text}) AND (countries : {case.country})" if case.country else text


class Tantivy:
    """Rust's full-text engine through its Python package, which is imported here alone.

    Articles are one index and quotes another; dates and facets are columns (fast fields). A word
    must be in the text; standing in the title makes it heavier.
    """

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._lib = tantivy
        self._folder = folder
        chain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        for step in (
            tantivy.Filter.remove_long(40),
            tantivy.Filter.lowercase(),
            tantivy.Filter.ascii_fold(),
            tantivy.Filter.stemmer("english"),
        ):
            chain = chain.filter(step)
        self._analyzer = chain.build()

    @cached_property
    def _articles(self) -> Any:
        schema = self._lib.SchemaBuilder()
        schema.add_unsigned_field("id", indexed=True, fast=True)
        schema.add_text_field("title", stored=True, tokenizer_name="en")
        schema.add_text_field("text", stored=True, tokenizer_name="en")
        schema.add_date_field("date", indexed=True, fast=True)
        for name in ("source", "speakers", "countries"):
            self._add_key(schema, name)
        return self._open("articles", schema)

    @cached_property
    def _quotes(self) -> Any:
        schema = self._lib.SchemaBuilder()
        schema.add_unsigned_field("id", indexed=True, fast=True)
        schema.add_unsigned_field("article", fast=True)
        schema.add_text_field("text", stored=True, tokenizer_name="en")
        self._add_key(schema, "speaker")
        self._add_key(schema, "countries")
        return self._open("quotes", schema)

    @staticmethod
    def _add_key(schema: Any, name: str) -> None:
        """A field that is filtered by and counted, not analyzed."""
        schema.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")

    def _open(self, name: str, schema: Any) -> Any:
        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        index = self._lib.Index(schema.build(), path=str(folder))
        index.register_tokenizer("en", self._analyzer)
        return index

    def build(self, documents: Iterable[Document]) -> None:
        """Index the documents in one commit, with as many threads as Tantivy likes."""
        articles, quotes = self._articles.writer(), self._quotes.writer()
        for document in documents:
            articles.add_document(self._document(self._articles, _fields(document)))
            for quote in _quotes([document]):
                quotes.add_document(self._document(self._quotes, _quote_fields(*quote)))
        for writer in (articles, quotes):
            writer.commit()
            writer.wait_merging_threads()
        self._articles.reload()
        self._quotes.reload()

    def _document(self, index: Any, fields: dict[str, Any]) -> Any:
        # Without the schema an int becomes a signed one, of which the writer's thread dies.
        return self._lib.Document.from_dict(fields, index.schema)

    def run(self, case: Case) -> int:
        """How many hits the case has; the best ten are fetched."""
        searcher = self._articles.searcher()
        match case.kind:
            case Kind.SUGGESTIONS:
                return len(searcher.terms_with_prefix("text", case.words[0], limit=WORDS))
            case Kind.BY_ABOUT:
                return self._by_about(case)
            case Kind.FACETS:
                return self._facets(searcher, case)
            case Kind.SNIPPETS:
                return self._snippets(searcher, case)
            case Kind.NEWEST:
                found = searcher.search(self._query(case), TOP, order_by_field="date")
            case _:
                found = searcher.search(self._query(case), TOP)
        searcher.fast_field_values("id", [address for _, address in found.hits])
        return int(found.count)

    def _by_about(self, case: Case) -> int:
        searcher = self._quotes.searcher()
        schema = self._quotes.schema
        query = self._all_of(
            self._lib.Query.term_query(schema, "speaker", case.speaker, "basic"),
            self._lib.Query.term_query(schema, "countries", case.country, "basic"),
        )
        found = searcher.search(query, TOP)
        searcher.fast_field_values("id", [address for _, address in found.hits])
        return int(found.count)

    def _facets(self, searcher: Any, case: Case) -> int:
        counts = {
            name: {"terms": {"field": name, "size": FACETS}} for name in ("speakers", "countries")
        }
        total = {"hits": {"value_count": {"field": "id"}}}
        return int(searcher.aggregate(self._query(case), counts | total)["hits"]["value"])

    def _snippets(self, searcher: Any, case: Case) -> int:
        query = self._query(case)
        found = searcher.search(query, TOP)
        maker = self._lib.SnippetGenerator.create(searcher, query, self._articles.schema, "text")
        for _, address in found.hits:
            maker.snippet_from_doc(searcher.doc(address)).to_html()
        return int(found.count)

    def _query(self, case: Case) -> Any:
        parts = list(map(self._word, case.words))
        match case.kind:
            case Kind.OR:
                return self._any_of(*parts)
            case Kind.PHRASE:
                return self._phrase(case.words)
            case Kind.NEAR:
                back = tuple(reversed(case.words))
                return self._any_of(self._phrase(case.words, NEAR), self._phrase(back, NEAR))
            case Kind.PREFIX:
                return self._lib.Query.regex_query(
                    self._articles.schema, "text", f"{case.words[0]}.*"
                )
            case Kind.FUZZY:
                return self._lib.Query.fuzzy_term_query(
                    self._articles.schema, "text", self._stem(case.words[0]), distance=1
                )
        return self._all_of(*parts, *self._filters(case))

    def _filters(self, case: Case) -> Iterator[Any]:
        schema, queries = self._articles.schema, self._lib.Query
        if case.country:
            country = queries.term_query(schema, "countries", case.country, "basic")
            yield queries.const_score_query(country, 0.0)
        if case.first and case.last:
            dates = queries.range_query(
                schema, "date", self._lib.FieldType.Date, _noon(case.first), _noon(case.last)
            )
            yield queries.const_score_query(dates, 0.0)

    def _word(self, word: str) -> Any:
        schema, queries, stem = self._articles.schema, self._lib.Query, self._stem(word)
        title = queries.boost_query(queries.term_query(schema, "title", stem), TITLE_WEIGHT)
        text = queries.term_query(schema, "text", stem)
        return queries.boolean_query(
            [(self._lib.Occur.Must, text), (self._lib.Occur.Should, title)]
        )

    def _phrase(self, words: Sequence[str], slop: int = 0) -> Any:
        stems = list(map(self._stem, words))
        return self._lib.Query.phrase_query(self._articles.schema, "text", stems, slop)

    def _stem(self, word: str) -> str:
        return str(self._analyzer.analyze(word)[0])

    def _all_of(self, *queries: Any) -> Any:
        if len(queries) == 1:
            return queries[0]
        return self._lib.Query.boolean_query([(self._lib.Occur.Must, query) for query in queries])

    def _any_of(self, *queries: Any) -> Any:
        return self._lib.Query.boolean_query([(self._lib.Occur.Should, query) for query in queries])

    def size(self) -> int:
        """Bytes on disk."""
        return bytes_in(self._folder)


def _fields(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "text": document.text,
        "source": document.source,
        "date": _noon(document.date),
        "speakers": [slug for slug, _ in document.speakers],
        "countries": list(document.countries),
    }


def _quote_fields(
    number: int, article: int, slug: str, text: str, codes: Sequence[str]
) -> dict[str, Any]:
    return {
        "id": number,
        "article": article,
        "speaker": slug,
        "text": text,
        "countries": list(codes),
    }


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)
