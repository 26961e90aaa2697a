"""How Whoosh keeps postings and columns: as arrays that are read at once, not one at a time.

A codec, a field and a column of our own on Whoosh's extension points. A term's postings are one
stretch of its file: document numbers, how often, and all positions. Read with NumPy that is some
hundred times as fast as Whoosh's matchers, which step through them in Python.
"""

import heapq
import struct
from array import array
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3PostingsWriter, W3TermsReader
from whoosh.columns import Column, ColumnReader, ColumnWriter
from whoosh.fields import FieldType
from whoosh.formats import Format
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.writing import SegmentWriter

Numbers = NDArray[np.uint32]
Words = Mapping[str, "array[int]"]

Moved = NDArray[np.int32]
"""New numbers of documents by their old ones; _GONE of those that are deleted."""

_GONE = -1
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


Term = tuple[str, bytes, int, float, Postings]
"""A field, a word in it, the first document, a weight, and all postings of the word."""


class Pool:
    """Postings until they are written; in place of Whoosh's own, which keeps five objects of each.

    Those of segments that are merged stay in their files and are read a word at a time.
    """

    def __init__(self) -> None:
        self._words: dict[tuple[str, bytes], tuple[array[int], array[int], array[int]]] = {}
        self._segments: list[tuple[SegmentReader, Moved]] = []

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """Documents must come in their order."""
        field, word, document, _, places = posting
        found = self._words.get((field, word))
        if found is None:
            found = self._words[field, word] = (array("I"), array("I"), array("I"))
        docs, counts, positions = found
        docs.append(document)
        counts.append(len(places) // positions.itemsize)
        positions.frombytes(places)

    def merge(self, segment: SegmentReader, moved: Moved) -> None:
        """Take all postings of a segment, whose documents come after those that were added."""
        self._segments.append((segment, moved))

    def iter_postings(self) -> Iterator[Term]:
        """By field and word; of one word those of the first documents come first."""
        taken = (segment._terms.moved(moved) for segment, moved in self._segments)
        return heapq.merge(self._added(), *taken, key=itemgetter(0, 1))

    def _added(self) -> Iterator[Term]:
        for field, word in sorted(self._words):
            docs, counts, positions = map(_numbers, self._words[field, word])
            yield field, word, int(docs[0]), 1.0, Postings(docs, counts, positions)

    def cleanup(self) -> None:
        for segment, _ in self._segments:
            segment.close()
        self._segments.clear()
        self._words.clear()


class Writer(SegmentWriter):  # type: ignore[misc]  # Whoosh ships no types
    """Whoosh's writer on our codec."""

    def __init__(self, index: Any) -> None:
        super().__init__(index, codec=ArrayCodec())
        self.pool = Pool()

    def take(self, segment: Any) -> None:
        """Write the documents of a segment, but those that are deleted, once more."""
        self.add_reader(SegmentReader(self.storage, self.schema, segment))

    def add_postings_to_pool(
        self, reader: SegmentReader, first: int, docmap: dict[int, int] | None
    ) -> None:
        number = reader.doc_count_all()
        kept = range(number) if docmap is None else list(docmap)
        moved = np.full(number, _GONE, np.int32)
        moved[kept] = np.arange(first, first + len(kept))
        self.pool.merge(reader, moved)


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
        return self._read(info)

    def moved(self, moved: Moved) -> Iterator[Term]:
        """All postings, by field and word, with the new numbers of their documents."""
        for (field, word), info in self.items():
            found = _moved(self._read(info), moved)
            if len(found.docs):
                yield field, word, int(found.docs[0]), 1.0, found

    def _read(self, info: Any) -> Postings:
        return unpacked(self._postfile.get(*_stretch(info)))


class _PostingsWriter(W3PostingsWriter):  # type: ignore[misc]  # Whoosh ships no types
    """Writes a term's postings as one stretch."""

    def add_posting(
        self, _first: int, _weight: float, part: Postings, _length: int | None = None
    ) -> None:
        self._values.append(part)

    def finish_postings(self) -> Any:
        info: Any = self._terminfo
        self._terminfo: Any = None
        docs, counts, positions = map(np.concatenate, zip(*self._values, strict=True))
        data = packed(Postings(docs, counts, positions))
        info._df, info._weight = len(docs), float(len(docs))
        info._minid, info._maxid = int(docs[0]), int(docs[-1])
        info.set_extent(self._postfile.tell(), len(data))
        self._postfile.write(data)
        return info


def _stretch(info: Any) -> tuple[int, int]:
    """Where postings lie and how many bytes they are; Whoosh reads that number as a tuple."""
    offset, length = info.extent()
    return offset, length[0] if isinstance(length, tuple) else length


def packed(found: Postings) -> bytes:
    """A term's postings as bytes; `unpacked` reads them."""
    narrow = not len(found.positions) or int(found.positions.max()) < _NARROW
    return b"".join((
        _HEADER.pack(len(found.docs), len(found.positions), narrow),
        found.docs.astype(np.uint32).tobytes(),
        found.counts.astype(np.uint32).tobytes(),
        found.positions.astype(np.uint16 if narrow else np.uint32).tobytes(),
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


def _numbers(values: "array[int]") -> NDArray[np.int32]:
    return np.frombuffer(values, np.int32)


def _moved(found: Postings, moved: Moved) -> Postings:
    docs = moved[found.docs]
    kept = docs != _GONE
    if kept.all():
        return found._replace(docs=docs)
    return Postings(docs[kept], found.counts[kept], found.positions[np.repeat(kept, found.counts)])
