"""How Whoosh keeps postings and columns: as arrays that are read at once, not one at a time.

A codec, a field and a column of our own on Whoosh's extension points. A term's postings are one
stretch of its file: document numbers, how often, and all positions. Read with NumPy that is some
hundred times as fast as Whoosh's matchers, which step through them in Python.
"""

import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3PostingsWriter, W3TermsReader
from whoosh.columns import Column, ColumnReader, ColumnWriter
from whoosh.fields import FieldType
from whoosh.formats import Format
from whoosh.matching import ListMatcher
from whoosh.reading import TermNotFound

Numbers = NDArray[np.uint32]
Words = Mapping[str, "array[int]"]

_HEADER = struct.Struct("<IIB")  # documents, positions, whether these are narrow
_NARROW = 1 << 16


class Postings(NamedTuple):
    """Where a term stands: document numbers ascending, how often in each, all its positions (of 16
    bits when that is enough)."""

    docs: NDArray[np.int32]
    counts: NDArray[np.int32]
    positions: NDArray[Any]


class WordField(FieldType):  # type: ignore[misc]  # Whoosh ships no types
    """A field whose value is {word: positions}."""

    indexed = True
    stored = scorable = unique = False
    column_type = vector = analyzer = None

    def __init__(self) -> None:
        self.format = Format()

    def index(self, value: Words, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for word, places in value.items():
            yield word.encode(), len(places), 1.0, places.tobytes()


class Pool:
    """Postings until they are written, an array for each word: document, how many positions, these.

    In place of Whoosh's own, which keeps five objects of each posting and sorts them all.
    """

    def __init__(self) -> None:
        self._words: dict[tuple[str, bytes], array[int]] = {}

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """Documents must come in their order."""
        field, word, document, _, positions = posting
        found = self._words.get((field, word))
        if found is None:
            found = self._words[field, word] = array("I")
        found.append(document)
        found.append(len(positions) // 4)
        found.frombytes(positions)

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """All postings by field, word and document."""
        for field, word in sorted(self._words):
            found = self._words[field, word]
            at = 0
            while at < len(found):
                end = at + 2 + found[at + 1]
                yield field, word, found[at], 1.0, found[at + 2 : end].tobytes()
                at = end

    def cleanup(self) -> None:
        self._words.clear()


class ArrayColumn(Column):  # type: ignore[misc]  # Whoosh ships no types
    """Any number of 32-bit numbers a document, all read at once."""

    def writer(self, dbfile: Any) -> ColumnWriter:
        return _ArrayWriter(dbfile)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> ColumnReader:
        return _ArrayReader(dbfile, basepos, length, doccount)

    def default_value(self, _reverse: bool = False) -> bytes:
        return b""


class _ArrayWriter(ColumnWriter):  # type: ignore[misc]  # Whoosh ships no types
    def __init__(self, dbfile: Any) -> None:
        self._dbfile = dbfile
        self._sizes = array("I")

    def add(self, docnum: int, value: bytes) -> None:
        self._fill(docnum)
        self._dbfile.write(value)
        self._sizes.append(len(value) // 4)

    def finish(self, doccount: int) -> None:
        self._fill(doccount)
        self._dbfile.write(self._sizes.tobytes())

    def _fill(self, docnum: int) -> None:
        self._sizes.extend([0] * (docnum - len(self._sizes)))


class _ArrayReader(ColumnReader):  # type: ignore[misc]  # Whoosh ships no types
    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
        end = basepos + length - 4 * doccount
        self.values: Numbers = np.frombuffer(dbfile.get(basepos, end - basepos), np.uint32)
        self.sizes: Numbers = np.frombuffer(dbfile.get(end, 4 * doccount), np.uint32)
        if int(self.sizes.sum()) != len(self.values):
            raise ValueError("a column that does not fit together")
        self._starts = np.concatenate(([0], np.cumsum(self.sizes, dtype=np.int64)))

    def __getitem__(self, docnum: int) -> bytes:
        return self.values[self._starts[docnum] : self._starts[docnum + 1]].tobytes()


class ArrayCodec(W3Codec):  # type: ignore[misc]  # Whoosh ships no types
    """Whoosh's own codec but for the postings."""

    length_stats = False

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> W3PostingsWriter:
        return _PostingsWriter(dbfile, 0, byteids)

    def postings_reader(
        self,
        dbfile: Any,
        terminfo: Any,
        format_: Format,
        term: object = None,
        scorer: object = None,
    ) -> ListMatcher:
        """Used when segments are merged."""
        found = unpacked(dbfile.get(*_stretch(terminfo)))
        bounds = np.cumsum(found.counts)[:-1]
        values = [v.astype(np.uint32).tobytes() for v in np.split(found.positions, bounds)]
        ids = found.docs.tolist()
        ones = [1.0] * len(ids)
        return ListMatcher(ids, ones, values, format_, scorer=scorer, term=term, terminfo=terminfo)

    def terms_reader(self, storage: Any, segment: Any) -> "TermsReader":
        name = segment.make_filename(self.TERMS_EXT)
        length = storage.file_length(name)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return TermsReader(self, storage.open_file(name), length, postings)


class TermsReader(W3TermsReader):  # type: ignore[misc]  # Whoosh ships no types
    """The terms of a segment."""

    def postings(self, field: str, word: str) -> Postings | None:
        """All postings of a word, None when the segment lacks it."""
        try:
            info = self.term_info(field, word.encode())
        except TermNotFound:
            return None
        return unpacked(self._postfile.get(*_stretch(info)))


class _PostingsWriter(W3PostingsWriter):  # type: ignore[misc]  # Whoosh ships no types
    """Writes a term's postings as one stretch."""

    def add_posting(
        self, id_: int, _weight: float, vbytes: bytes, _length: int | None = None
    ) -> None:
        self._ids.append(id_)
        self._values.append(vbytes)

    def finish_postings(self) -> Any:
        info: Any = self._terminfo
        self._terminfo: Any = None
        data = packed(self._ids, self._values)
        info._df, info._weight = len(self._ids), float(len(self._ids))
        info._minid, info._maxid = self._ids[0], self._ids[-1]
        info.set_extent(self._postfile.tell(), len(data))
        self._postfile.write(data)
        return info


def _stretch(info: Any) -> tuple[int, int]:
    """Where postings lie and how many bytes they are; Whoosh reads that number as a tuple."""
    offset, length = info.extent()
    return offset, length[0] if isinstance(length, tuple) else length


def packed(ids: Iterable[int], values: Sequence[bytes]) -> bytes:
    """A term's postings as bytes: `values` are the positions of each document."""
    positions = np.frombuffer(b"".join(values), np.uint32)
    counts = np.fromiter(map(len, values), np.uint32, len(values)) // 4
    narrow = not len(positions) or int(positions.max()) < _NARROW
    return b"".join((
        _HEADER.pack(len(values), len(positions), narrow),
        np.array(ids, np.uint32).tobytes(),
        counts.tobytes(),
        (positions.astype(np.uint16) if narrow else positions).tobytes(),
    ))  # fmt: skip


def unpacked(data: bytes) -> Postings:
    """The postings that `packed` made bytes of. Raises ValueError or struct.error on others."""
    number, total, narrow = _HEADER.unpack_from(data)
    at = _HEADER.size
    if not number or len(data) != at + 8 * number + (2 if narrow else 4) * total:
        raise ValueError("postings that do not fit together")
    docs = np.frombuffer(data, np.int32, number, at)
    counts = np.frombuffer(data, np.int32, number, at + 4 * number)
    width = np.uint16 if narrow else np.int32
    return Postings(docs, counts, np.frombuffer(data, width, total, at + 8 * number))
