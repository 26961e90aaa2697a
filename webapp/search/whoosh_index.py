"""The search index on Whoosh 2.7.4: its segments, commits and files, read as arrays.

The index lives in numbered folders; the highest number is the current one, so a rebuilt index takes
the place of the old one by a rename. A `Snapshot` of it is shared by all threads of a process until
another state has been committed.
"""

import shutil
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from itertools import accumulate, islice
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from filelock import FileLock, Timeout
from whoosh.fields import COLUMN, Schema
from whoosh.filedb.filestore import FileStorage

from webapp.errors import IndexDamaged, Unavailable
from webapp.search import crossing, tables
from webapp.search.analysis import Analysed, analysed, columns
from webapp.search.columns import NOBODY, joined
from webapp.search.index import Ask, CountryOf, Cross, Entry, Found, Heard, Order, Value
from webapp.search.matching import Evaluation
from webapp.search.results import result, values_of
from webapp.search.snapshot import Places, Snapshot
from webapp.search.vocabulary import Vocabulary
from webapp.search.whoosh_codec import ArrayColumn, WordField, Writer
from webapp.search.whoosh_columns import (
    COLUMNS,
    leaves,
    no_columns,
    segment_columns,
    segment_ids,
    verify,
)
from webapp.search.words import folded, forms

SCHEMA_VERSION = 5
"""Part of the folder's name: an index of another version is not found, so it is rebuilt."""
WAIT_SECONDS = 60.0
BATCH = 5_000
"""Articles of one commit when the index is built."""
SMALL = 2_000
"""Articles; smaller segments are put together when there are many of them."""
MOST_SMALL = 8


def _schema() -> Schema:
    stored = {name: COLUMN(ArrayColumn()) for name in COLUMNS}
    return Schema(text=WordField(), title=WordField(), **stored)


class WhooshIndex:
    """A `SearchIndex` in a folder."""

    def __init__(self, folder: Path, country_of: CountryOf = lambda _: "") -> None:
        self._folder = folder
        self._country_of = country_of
        self._lock = Lock()
        self._opened: _Opened | None = None

    def close(self) -> None:
        self._opened = None

    # Reading

    def search(self, ask: Ask) -> Found:
        snapshot, vocabulary = self._current()
        return result(snapshot, vocabulary, self._country_of, ask)

    def values(self, ask: Ask, facet: str, having: str) -> tuple[Value, ...]:
        snapshot, vocabulary = self._current()
        return values_of(snapshot, vocabulary, self._country_of, ask, facet, having)

    def months(self, ask: Ask) -> tuple[Value, ...]:
        return tables.months(self._evaluation(), ask)

    def cross(self, ask: Ask, size: tuple[int, int], speaker: str = "", country: str = "") -> Cross:
        return crossing.cross(self._evaluation(), ask, size, speaker, country)

    def heard(
        self, order: Order, having: str, start: int, stop: int
    ) -> tuple[tuple[Heard, ...], int]:
        return tables.heard(*self._current(), order, having, start, stop)

    def _evaluation(self) -> Evaluation:
        return Evaluation(*self._current(), self._country_of)

    def suggest(self, start: str, limit: int = 6) -> tuple[tuple[str, Value], ...]:
        _, vocabulary = self._current()
        found = [
            (kind, value)
            for kind in ("speaker", "source")
            for value in vocabulary.names_beginning(kind, start, limit)
        ]
        last = forms(start)[-1:]
        words = vocabulary.beginning(last[0], limit) if last else []
        return (*found, *(("word", Value(word, word, 0)) for word in words))

    def instead(self, word: str) -> tuple[str, ...]:
        _, vocabulary = self._current()
        return tuple(vocabulary.near(folded(word), 3))

    def ids(self) -> tuple[int, ...]:
        snapshot, _ = self._current()
        return tuple(sorted(snapshot.columns.ids[snapshot.columns.alive].tolist()))

    def _current(self) -> tuple[Snapshot, Vocabulary]:
        """The newest state. Raises IndexDamaged."""
        try:
            return self._newest()
        except IndexDamaged:
            raise
        except Exception:
            # A writer may just have removed the files that were being opened.
            try:
                self.close()
                return self._newest()
            except Exception as error:
                raise _damaged(error) from error

    def _newest(self) -> tuple[Snapshot, Vocabulary]:
        with self._lock:
            opened = self._opened
            if opened is None or opened.stamp != _stamp(self._folder, opened.folder):
                folder = self._generation()
                stamp = _stamp(self._folder, folder)
                opened = _Opened(folder, stamp, *self._load(_storage(folder), folder))
                self._opened = opened
            return opened.snapshot, opened.vocabulary

    def _load(self, storage: FileStorage, folder: Path) -> tuple[Snapshot, Vocabulary]:
        reader = storage.open_index().reader()
        segments = list(leaves(reader))
        parts = [segment_columns(leaf) for leaf in segments]
        bases = list(accumulate((len(part.ids) for part in parts), initial=0))

        def read(field: str, word: str) -> list[Places]:
            try:
                found = [leaf._terms.postings(field, word) for leaf in segments]
            except Exception as error:
                raise _damaged(error) from error
            return [
                Places(postings.docs + base, postings.counts, postings.positions)
                for postings, base in zip(found, bases, strict=False)
                if postings is not None
            ]

        vocabulary = Vocabulary(folder / "words.sqlite")
        names = vocabulary.last_number()
        snapshot = Snapshot(joined(parts or [no_columns()]), names, read)
        weakref.finalize(snapshot, reader.close)
        weakref.finalize(vocabulary, vocabulary._connection.close)
        return snapshot, vocabulary

    def verify(self) -> None:
        """Read all postings. Raises IndexDamaged when some cannot be read or found."""
        self._current()
        try:
            reader = _storage(self._generation()).open_index().reader()
            try:
                for leaf in leaves(reader):
                    verify(leaf)
            finally:
                reader.close()
        except IndexDamaged:
            raise
        except Exception as error:
            raise _damaged(error) from error

    # Writing

    def put(self, entries: Iterable[Entry], gone: Sequence[int] = ()) -> None:
        # The same id twice in one writer would be found twice.
        latest = {entry.id: entry for entry in entries}
        with self._alone():
            folder = self._generation()
            try:
                self._write(folder, latest.values(), {*gone, *latest})
            except (IndexDamaged, Unavailable):
                raise
            except OSError as error:
                raise _unwritable(error) from error
            except Exception as error:
                raise _damaged(error) from error

    def rebuild(self, entries: Iterable[Entry]) -> int:
        with self._alone():
            building = self._folder / "building"
            try:
                number = self._build(building, iter(entries))
                old = self._generations()
                last = int(old[-1].name.rpartition("-")[2]) if old else 0
                building.rename(self._folder / f"{_prefix()}{last + 1:06}")
            except OSError as error:
                raise _unwritable(error) from error
            for folder in self._folder.iterdir():
                if folder.is_dir() and folder != self._generations()[-1]:
                    shutil.rmtree(folder, ignore_errors=True)
            return number

    def _build(self, building: Path, entries: Iterator[Entry]) -> int:
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True)
        _storage(building).create_index(_schema())
        with closing(Vocabulary(building / "words.sqlite")) as vocabulary:
            vocabulary.create()
        number = 0
        while batch := self._write(building, islice(entries, BATCH)):
            number += batch
        return number

    def _write(self, folder: Path, entries: Iterable[Entry], old: Iterable[int] = ()) -> int:
        """Remove the old ones and add the entries, in one commit; how many were added."""
        index = _storage(folder).open_index()
        writer = Writer(index)
        with closing(Vocabulary(folder / "words.sqlite")) as vocabulary:
            told = _Told(vocabulary)
            try:
                for place in self._places(index, set(old)):
                    writer.delete_document(place)
                for entry in entries:
                    made = analysed(entry)
                    told.words(made)
                    written = columns(made, told.number)
                    told.also("speaker", entry.aliases)
                    writer.add_document(text=made.text, title=made.title, **written)
                told.write()
                writer.commit(mergetype=_merge_small)
            except BaseException:
                _give_up(writer)
                raise
        return int(writer.doc_count())

    def _places(self, index: Any, ids: set[int]) -> list[int]:
        """The document numbers of articles."""
        if not ids or not index.doc_count_all():
            return []
        reader = index.reader()
        try:
            there = np.concatenate([segment_ids(leaf) for leaf in leaves(reader)])
        finally:
            reader.close()
        found: list[int] = np.flatnonzero(np.isin(there, list(ids))).tolist()
        return found

    def _alone(self) -> "_Alone":
        return _Alone(self._folder)

    def _generations(self) -> list[Path]:
        return sorted(self._folder.glob(f"{_prefix()}*"))

    def _generation(self) -> Path:
        generations = self._generations()
        if not generations:
            raise IndexDamaged("There is no search index yet.")
        return generations[-1]


class _Opened(NamedTuple):
    """The state that is read, and how its folders looked when it was opened."""

    folder: Path
    stamp: tuple[int, ...]
    snapshot: Snapshot
    vocabulary: Vocabulary


def _stamp(*folders: Path) -> tuple[int, ...]:
    """When something was last added to or taken from the folders: every commit does that."""
    return tuple(folder.stat().st_mtime_ns for folder in folders)


class _Alone:
    """One writer at a time, across processes."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(error) from error
        self._lock = FileLock(folder / "write.lock", timeout=WAIT_SECONDS)

    def __enter__(self) -> None:
        try:
            self._lock.acquire()
        except Timeout as error:
            message = "Another Dateline is writing to the search index. Try again in a minute."
            raise Unavailable(message) from error
        except OSError as error:
            raise _unwritable(error) from error

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _prefix() -> str:
    return f"v{SCHEMA_VERSION}-"


def _storage(folder: Path) -> FileStorage:
    # Without mmap=False Whoosh copies whole segments into memory for every reader.
    return FileStorage(str(folder), supports_mmap=False)


def _damaged(error: Exception) -> IndexDamaged:
    """Damage raises nearly anything: EOFError, struct.error, zlib.error, FileNotFoundError ..."""
    name = type(error).__name__
    return IndexDamaged(f"The search index is damaged ({name}: {error}). No article is lost.")


def _unwritable(error: OSError) -> Unavailable:
    reason = error.strerror or error
    return Unavailable(
        f"The search index cannot be written: {reason}. No article is lost; "
        "`dateline reindex` builds it when there is room."
    )


def _give_up(writer: Writer) -> None:
    """Let go of Whoosh's lock, also when a disk that is full leaves nothing to tidy up with."""
    with suppress(Exception):
        writer.cancel()
    with suppress(Exception):
        writer.writelock.release()


class _Told:
    """The words and names of the articles of one commit, for the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._words: Counter[str] = Counter()
        self._names: dict[tuple[str, str], list[Any]] = {}
        self._aliases: set[tuple[int, str, str]] = set()
        self._last = vocabulary.last_number()

    def words(self, made: Analysed) -> None:
        self._words.update(made.text.keys() | made.title.keys())

    def number(self, kind: str, key: str, name: str) -> int:
        """The number of a name, a new one when it has none; of nothing NOBODY."""
        if not key:
            return NOBODY
        found = self._names.get((kind, key))
        if found is None:
            number = self._vocabulary.number(kind, key)
            if number is None:
                self._last = number = self._last + 1
            self._names[kind, key] = found = [number, kind, key, name, 0]
        found[3] = max(found[3], name, key=len)
        found[4] += 1
        return int(found[0])

    def also(self, kind: str, aliases: Iterable[tuple[str, str]]) -> None:
        """Note further names by their keys."""
        self._aliases |= {(self._names[kind, key][0], kind, name) for key, name in aliases}

    def write(self) -> None:
        self._vocabulary.add_words(self._words)
        self._vocabulary.add_names(tuple(row) for row in self._names.values())
        self._vocabulary.add_aliases(self._aliases)


def _merge_small(writer: Writer, segments: Sequence[Any]) -> list[Any]:
    """Whoosh's merge policy: many small segments become one; a large one is never read again."""
    kept = [segment for segment in segments if segment.doc_count_all() >= SMALL]
    small = [segment for segment in segments if segment.doc_count_all() < SMALL]
    if len(small) < MOST_SMALL:
        return [*kept, *small]
    for segment in small:
        writer.take(segment)
    return kept
