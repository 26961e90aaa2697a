"""The columns of a Whoosh segment as the arrays of a snapshot."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import SegmentReader

from webapp.search.columns import SHIFT, Columns, Ints, Mask, Ragged
from webapp.search.whoosh_codec import ArrayColumn

COLUMNS = (
    "head", "speakers", "countries", "sentences", "paragraphs", "quotes", "about", "pieces",
)  # fmt: skip
_HEAD = 9
"""Numbers in the column "head"."""


def leaves(reader: Any) -> Iterator[SegmentReader]:
    for leaf, _ in reader.leaf_readers():
        if isinstance(leaf, SegmentReader):
            yield leaf


def segment_columns(leaf: SegmentReader) -> Columns:
    """What the columns of a segment say."""
    read = {name: _column(leaf, name) for name in COLUMNS}
    head = _head(read["head"])
    quotes, quote_owners = _records(read["quotes"], 5)
    counts = np.bincount(quote_owners, minlength=head.shape[1])
    bases = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    about, about_owners = _records(read["about"], 2)
    pieces, piece_owners = _records(read["pieces"], 3)
    placed = piece_owners.astype(np.int64) << SHIFT
    return Columns(
        ids=head[0],
        days=head[1],
        dates=head[2],
        sources=head[3],
        authors=head[4],
        languages=head[5],
        stories=head[6],
        text_lengths=head[7],
        title_lengths=head[8],
        alive=_alive(leaf, head.shape[1]),
        speakers=read["speakers"],
        countries=read["countries"],
        sentences=_places(read["sentences"]),
        paragraphs=_places(read["paragraphs"]),
        quote_ids=quotes[0],
        quote_articles=quote_owners,
        quote_speakers=quotes[1],
        quote_kinds=quotes[2],
        confidences=quotes[3],
        firsts=quotes[4],
        about=Ragged(bases[about_owners] + about[0], about[1]),
        piece_starts=placed | pieces[1],
        piece_ends=placed | pieces[2],
        piece_quotes=bases[piece_owners] + pieces[0],
    )


def segment_ids(leaf: SegmentReader) -> Ints:
    """The ids of a segment's articles by document; 0 for those that are deleted."""
    ids = _head(_column(leaf, "head"))[0]
    return np.where(_alive(leaf, len(ids)), ids, 0)


def _head(column: Ragged) -> NDArray[np.int32]:
    """A row for each number of the column "head"."""
    return np.ascontiguousarray(column.values.reshape(-1, _HEAD).T)


def _alive(leaf: SegmentReader, documents: int) -> Mask:
    alive = np.ones(documents, bool)
    alive[list(leaf.segment().deleted_docs())] = False
    return alive


def _column(leaf: SegmentReader, name: str) -> Ragged:
    """All numbers of a column, with the documents that they are of: 32 bits, to save memory."""
    column = leaf._perdoc.column_reader(name, ArrayColumn())
    documents = np.arange(len(column.sizes), dtype=np.int32)
    return Ragged(np.repeat(documents, column.sizes), column.values.view(np.int32))


def _places(positions: Ragged) -> Ints:
    return (positions.owners.astype(np.int64) << SHIFT) | positions.values


def _records(column: Ragged, width: int) -> tuple[Any, Any]:
    """A column of records of so many numbers: a row for each number, and whose they are."""
    return column.values.reshape(-1, width).T, column.owners[::width]


def verify(leaf: SegmentReader) -> None:
    """Raises ValueError when the postings have not as many words as the articles."""
    counted = Counter({"text": 0, "title": 0})
    for field, word in leaf._terms.terms():
        found = leaf._terms.postings(field, word.decode())
        counted[field] += int(found.counts.sum()) if found else 0
    *_, text, title = _head(_column(leaf, "head"))
    lengths = {"text": text.sum(), "title": title.sum()}
    if counted != lengths:
        raise ValueError("words are missing")


def no_columns() -> Columns:
    nothing = np.empty(0, np.int64)
    values: dict[str, Any] = dict.fromkeys((f.name for f in fields(Columns)), nothing)
    values |= {name: Ragged(nothing, nothing) for name in ("speakers", "countries", "about")}
    return Columns(**values | {"alive": np.empty(0, bool)})
