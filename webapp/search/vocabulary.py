"""The words and names of an index, in a small table beside it: stems, beginnings, slips.

Words are never taken out, so it may know some that no article has any more; the postings decide.
It is written before the postings are, so it never lacks one.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from webapp.errors import IndexDamaged, Unavailable
from webapp.search.index import Value
from webapp.search.words import folded, forms, stemmed

MOST_FORMS = 50
"""Words of one stem; more are no language."""

LONGEST_NAME = 100
"""Words of a name that is looked up; SQLite takes no statement of very many parts."""

REMEMBERED = 10_000
"""Stems whose words are kept in memory."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS words (word TEXT PRIMARY KEY, stem TEXT NOT NULL, n INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS words_by_stem ON words (stem);
CREATE TABLE IF NOT EXISTS names (number INTEGER PRIMARY KEY, kind TEXT NOT NULL,
    key TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL, UNIQUE (kind, key));
CREATE TABLE IF NOT EXISTS name_words (word TEXT, kind TEXT, number INTEGER,
    PRIMARY KEY (kind, word, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS aliases (number INTEGER, spelled TEXT, PRIMARY KEY (number, spelled))
    WITHOUT ROWID;
"""
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY}
_LAST = "\U0010ffff"
_ADD_WORD = """
INSERT INTO words VALUES (?, ?, ?) ON CONFLICT (word) DO UPDATE SET n = n + excluded.n
"""
_ADD_NAME = """
INSERT INTO names VALUES (?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE
SET n = n + excluded.n,
    name = CASE WHEN length(excluded.name) > length(name) THEN excluded.name ELSE name END
"""
_NUMBER = "SELECT number FROM names WHERE kind = ? AND key = ?"


class Vocabulary:
    """The table of one index. Threads may share it: one of them reads at a time."""

    def __init__(self, path: Path) -> None:
        self._lock = Lock()
        self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
        self._forms: dict[str, list[str]] = {}

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._lock, self._connection:
                yield self._connection
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NO_ROOM:
                raise Unavailable(f"The search index cannot be written: {error}.") from error
            raise IndexDamaged(
                f"The words of the search index are damaged ({error}). No article is lost."
            ) from error

    # Writing

    def create(self) -> None:
        with self._open() as connection:
            connection.executescript(_SCHEMA)

    def add_words(self, counted: Counter[str]) -> None:
        """Words, and in how many more articles each stands."""
        rows = [(word, stemmed(word), n) for word, n in counted.items()]
        with self._open() as connection:
            connection.executemany(_ADD_WORD, rows)

    def add_names(self, names: Iterable[tuple[int, str, str, str, int]]) -> None:
        """Names (number, kind, key, name), and in how many more articles each stands."""
        rows = list(names)
        with self._open() as connection:
            connection.executemany(_ADD_NAME, rows)
        self.add_aliases((number, kind, name) for number, kind, _, name, _ in rows)
        self.add_aliases((number, kind, key) for number, kind, key, _, _ in rows)

    def add_aliases(self, aliases: Iterable[tuple[int, str, str]]) -> None:
        """What else (number, kind, name) finds a name."""
        spelled = [(number, kind, _spelled(name)) for number, kind, name in aliases]
        words = [(word, kind, number) for number, kind, name in spelled for word in name.split()]
        whole = [(number, name) for number, _, name in spelled]
        with self._open() as connection:
            connection.executemany("INSERT OR IGNORE INTO name_words VALUES (?, ?, ?)", words)
            connection.executemany("INSERT OR IGNORE INTO aliases VALUES (?, ?)", whole)

    # Words

    def forms(self, stem: str) -> list[str]:
        """The words of a stem, the most frequent first; remembered."""
        if stem not in self._forms:
            query = "SELECT word FROM words WHERE stem = ? ORDER BY n DESC LIMIT ?"
            self._forms[stem] = self._words(query, stem, MOST_FORMS)
            if len(self._forms) > REMEMBERED:
                self._forms.pop(next(iter(self._forms)), None)
        return self._forms.get(stem, [])

    def beginning(self, start: str, limit: int) -> list[str]:
        """Words that begin so, the most frequent first."""
        query = "SELECT word FROM words WHERE word >= ? AND word < ? ORDER BY n DESC LIMIT ?"
        return self._words(query, start, start + _LAST, limit)

    def near(self, word: str, limit: int) -> list[str]:
        """Words one edit away (a letter more, less, another, or two that changed places), the most
        frequent first."""
        edits = sorted(_edits(word))
        marks = ",".join("?" * len(edits))
        query = f"SELECT word FROM words WHERE word IN ({marks}) ORDER BY n DESC LIMIT ?"
        return self._words(query, *edits, limit)

    def _words(self, query: str, *values: object) -> list[str]:
        with self._open() as connection:
            return [word for (word,) in connection.execute(query, values)]

    # Names

    def number(self, kind: str, key: str) -> int | None:
        with self._open() as connection:
            row = connection.execute(_NUMBER, (kind, key)).fetchone()
            return row[0] if row else None

    def named(self, kind: str, text: str, prefix: bool = False) -> list[int]:
        """The numbers of the names that have all words of the text next to each other; with
        `prefix` the last one may go on."""
        words = _spelled(text).split()
        if not 0 < len(words) <= LONGEST_NAME:
            return []
        last = "word >= ? AND word < ?" if prefix else "word = ?"
        parts = ["word = ?"] * (len(words) - 1) + [last]
        queries = [f"SELECT number FROM name_words WHERE kind = ? AND {part}" for part in parts]
        values: list[str] = []
        for word, part in zip(words, parts, strict=True):
            values += [kind, word, word + _LAST] if "<" in part else [kind, word]
        with self._open() as connection:
            found = [n for (n,) in connection.execute(" INTERSECT ".join(queries), values)]
        if len(words) == 1:
            return found
        wanted = f" {' '.join(words)}" + ("" if prefix else " ")
        query = (
            "SELECT DISTINCT number FROM aliases WHERE number IN (SELECT value FROM json_each(?)) "
            "AND instr(' ' || spelled || ' ', ?)"
        )
        with self._open() as connection:
            rows = connection.execute(query, (json.dumps(found), wanted))
            kept = {number for (number,) in rows}
        return [number for number in found if number in kept]

    def values(self, numbers: Sequence[int]) -> list[Value]:
        """The names of these numbers, in their order; each with how many articles have it."""
        query = (
            "SELECT number, key, name, n FROM names "
            "WHERE number IN (SELECT value FROM json_each(?))"
        )
        with self._open() as connection:
            rows = connection.execute(query, (json.dumps(list(numbers)),))
            found = {number: Value(*told) for number, *told in rows}
        return [found[number] for number in numbers]

    def alphabetical(self, kind: str) -> list[int]:
        """The numbers of all names of a kind, in the order of the alphabet."""
        with self._open() as connection:
            rows = connection.execute("SELECT number, name FROM names WHERE kind = ?", (kind,))
            return [number for number, _ in sorted(rows, key=lambda row: folded(row[1]))]

    def names_beginning(self, kind: str, start: str, limit: int) -> list[Value]:
        """Names with a word that begins so (all words, the last one begun), most frequent first."""
        values = self.values(self.named(kind, start, prefix=True)[:1000])
        return sorted(values, key=lambda value: -value.count)[:limit]

    def last_number(self) -> int:
        with self._open() as connection:
            (last,) = connection.execute("SELECT max(number) FROM names").fetchone()
            return last or 0


def _spelled(name: str) -> str:
    return " ".join(forms(name.replace("-", " ")))


_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def _edits(word: str) -> set[str]:
    """All words one edit away (Damerau 1964)."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    less = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    other = {a + c + b[1:] for a, b in cuts if b for c in _LETTERS}
    more = {a + c + b for a, b in cuts for c in _LETTERS}
    return (less | swapped | other | more) - {word}
