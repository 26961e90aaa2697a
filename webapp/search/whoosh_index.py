"""The search index on Whoosh 2.7.4.

One searcher per request: they are neither shared nor refreshed, since sharing between threads
gives wrong results. The index lives in numbered folders; the highest number is the current one,
so a rebuilt index takes the place of the old one by a rename.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import whoosh.query as wq
from filelock import FileLock, Timeout
from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, KEYWORD, NUMERIC, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.writing import SegmentWriter

from webapp.errors import IndexDamaged, Unavailable
from webapp.search.index import Entry, Filters, Found
from webapp.search.query import And, Not, Or, Phrase, Query, Term
from webapp.search.words import COMMON, folded, words

SCHEMA_VERSION = 1
"""Part of the folder's name: an index of another version is not found, so it is rebuilt."""

MOST_EXPANSIONS = 200
"""Words that one prefix may stand for."""

WAIT_SECONDS = 60
TITLE_BOOST = 2.0

# Above this many clauses an OR is summed in an array instead of a heap: 10 to 50 times faster.
wq.Or.TOO_MANY_CLAUSES = 16

T = TypeVar("T")


class WordAnalyzer(Analyzer):  # type: ignore[misc]  # whoosh has no types
    """Our `words` as Whoosh wants them; without `stem` the folded word itself."""

    def __init__(self, stem: bool) -> None:
        self.stem = stem

    def __call__(self, value: str, tokenize: bool = True, **options: Any) -> Iterator[Any]:
        positions = options.get("positions", False)
        token = Token(positions, removestops=False, mode=options.get("mode", ""))
        texts = self._terms(value) if tokenize else iter([value])
        for position, text in enumerate(texts, options.get("start_pos", 0)):
            token.text, token.boost, token.stopped = text, 1.0, False
            if positions:
                token.pos = position
            yield token

    def _terms(self, value: str) -> Iterator[str]:
        if self.stem:
            return (word.term for word in words(value))
        return (folded(value[word.start : word.end]) for word in words(value))


def _schema() -> Any:
    stems, plain = WordAnalyzer(stem=True), WordAnalyzer(stem=False)
    return Schema(
        id=NUMERIC(int, unique=True, sortable=True),
        title=TEXT(analyzer=stems),
        text=TEXT(analyzer=stems),
        # The words as they stand, for prefixes: the beginning of a stem is another word.
        exact=TEXT(analyzer=plain, phrase=False),
        speaker=TEXT(analyzer=plain),
        country=TEXT(analyzer=plain),
        source=TEXT(analyzer=plain),
        date=ID(),
        speaker_ids=KEYWORD(),
        country_ids=KEYWORD(),
    )


class WhooshIndex:
    """A `SearchIndex` in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def search(self, query: Query | None, filters: Filters) -> Found:
        return self._reading(partial(_search, query=query, filters=filters))

    def count(self) -> int:
        return self._reading(lambda searcher: int(searcher.doc_count()))

    def put(self, entries: Iterable[Entry], gone: Sequence[int] = ()) -> None:
        # The same id twice in one writer would be found twice.
        latest = {entry.id: entry for entry in entries}
        with self._alone():
            try:
                _write(self._open().writer(), latest.values(), {*gone, *latest})
            except IndexDamaged:
                raise
            except Exception as error:
                raise _damaged(error) from error

    def rebuild(self, entries: Iterable[Entry]) -> int:
        with self._alone():
            building = self._folder / "building"
            shutil.rmtree(building, ignore_errors=True)
            building.mkdir(parents=True)
            index = FileStorage(str(building), supports_mmap=False).create_index(_schema())
            _write(index.writer(limitmb=256), entries)
            number = int(index.doc_count())
            old = self._generations()
            last = int(old[-1].name.rpartition("-")[2]) if old else 0
            building.rename(self._folder / f"{_prefix()}{last + 1:06}")
            for folder in self._folder.iterdir():
                if folder.is_dir() and folder != self._generations()[-1]:
                    shutil.rmtree(folder, ignore_errors=True)
            return number

    def _alone(self) -> "_Alone":
        return _Alone(self._folder)

    def _generations(self) -> list[Path]:
        return sorted(self._folder.glob(f"{_prefix()}*"))

    def _open(self) -> Any:
        # Without mmap=False Whoosh copies whole segments into memory for every searcher.
        generations = self._generations()
        if not generations:
            raise IndexDamaged("There is no search index yet.")
        return FileStorage(str(generations[-1]), supports_mmap=False).open_index()

    def _reading(self, use: Callable[[Any], T]) -> T:
        try:
            return self._read(use)
        except IndexDamaged:
            raise
        except Exception:
            # A writer may just have removed the files that were being opened.
            try:
                return self._read(use)
            except Exception as error:
                raise _damaged(error) from error

    def _read(self, use: Callable[[Any], T]) -> T:
        with self._open().searcher() as searcher:
            return use(searcher)


class _Alone:
    """One writer at a time, across processes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / "write.lock", timeout=WAIT_SECONDS)

    def __enter__(self) -> None:
        try:
            self._lock.acquire()
        except Timeout as error:
            message = "Another Dateline is writing to the search index. Try again in a minute."
            raise Unavailable(message) from error

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _prefix() -> str:
    return f"v{SCHEMA_VERSION}-"


def _damaged(error: Exception) -> IndexDamaged:
    """Damage raises nearly anything: EOFError, struct.error, zlib.error, FileNotFoundError ..."""
    name = type(error).__name__
    return IndexDamaged(f"The search index is damaged ({name}: {error}). No article is lost.")


def _write(writer: SegmentWriter, entries: Iterable[Entry], old: Iterable[int] = ()) -> None:
    """Remove the old ones and add the entries, in one commit."""
    try:
        for article_id in old:
            writer.delete_by_term("id", article_id)
        for entry in entries:
            writer.add_document(**_document(entry))
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


def _document(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "text": entry.text,
        "exact": entry.text,
        "speaker": "\n".join(name for _, name in entry.speakers),
        "country": "\n".join(f"{code} {name}" for code, name in entry.countries),
        "source": entry.source,
        "date": entry.date.isoformat() if entry.date else None,
        "speaker_ids": [slug for slug, _ in entry.speakers],
        "country_ids": [code for code, _ in entry.countries],
    }


def _search(searcher: Any, query: Query | None, filters: Filters) -> Found:
    translator = _Translator(searcher.reader())
    wanted = wq.Every() if query is None else translator.translate(query)
    chosen = [wq.Term("speaker_ids", slug) for slug in filters.speakers]
    chosen += [wq.Term("country_ids", code) for code in filters.countries]
    # optimize=True returns a wrong top ten for some AND and OR queries.
    only = wq.And(chosen) if chosen else None
    results = searcher.search(wanted, limit=None, filter=only, optimize=False)
    ids = searcher.reader().column_reader("id") if results.top_n else []
    return Found(tuple(int(ids[docnum]) for _, docnum in results.top_n), tuple(translator.problems))


class _Translator:
    """Our tree -> Whoosh's, with the expansions of prefixes counted and cut."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.problems: list[str] = []

    def translate(self, query: Query) -> Any:
        match query:
            case Term(prefix=True):
                return self._prefix(query)
            case Term():
                return _words(query.word, query.field)
            case Phrase():
                return _words(query.text, query.field)
            case Not():
                return wq.And([wq.Every(), wq.Not(self.translate(query.child))])
            case Or():
                return wq.Or([self.translate(child) for child in query.children])
            case And():
                return self._all(query)

    def _all(self, query: And) -> Any:
        kept = [c for c in query.children if not _too_common(c)] or list(query.children)
        parts = [
            wq.Not(self.translate(c.child)) if isinstance(c, Not) else self.translate(c)
            for c in kept
        ]
        if all(isinstance(child, Not) for child in kept):
            parts.append(wq.Every())
        return wq.And(parts)

    def _prefix(self, query: Term) -> Any:
        start = folded(query.word)
        name = {"": "exact", "title": "title"}.get(query.field, query.field)
        found = list(islice(self._reader.expand_prefix(name, start), MOST_EXPANSIONS + 1))
        if len(found) > MOST_EXPANSIONS:
            self.problems.append(
                f"“{query}” begins more than {MOST_EXPANSIONS} words; the first "
                f"{MOST_EXPANSIONS} were searched. Give more letters."
            )
        terms = [wq.Term(name, term.decode()) for term in found[:MOST_EXPANSIONS]]
        return wq.Or(terms) if terms else wq.NullQuery


def _too_common(query: Query) -> bool:
    return isinstance(query, Term) and not query.prefix and folded(query.word) in COMMON


def _words(text: str, field: str) -> Any:
    """One word or, when the text has several, the phrase."""
    if field == "date":
        return wq.Prefix("date", text)
    if field in ("speaker", "country", "source"):
        return _phrase(field, [folded(text[word.start : word.end]) for word in words(text)])
    terms = [word.term for word in words(text)]
    title = _phrase("title", terms, TITLE_BOOST)
    return title if field == "title" else wq.Or([title, _phrase("text", terms)])


def _phrase(field: str, terms: list[str], boost: float = 1.0) -> Any:
    if not terms:
        return wq.NullQuery
    if len(terms) == 1:
        return wq.Term(field, terms[0], boost=boost)
    return wq.Phrase(field, terms, boost=boost)
