"""spaCy: text -> tokens with tags, a parse and names.

By default our own small model, `webapp/annotation/model` (its README says how it was made); any
English pipeline of spaCy's that is installed can take its place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops
from threadpoolctl import threadpool_limits

from webapp.errors import Unavailable
from webapp.model import Span

OURS = Path(__file__).parent / "model"
_LONGEST = 4_000
"""Code points of a text that the model reads at once; more would cost memory in proportion."""
_BATCH = 16_000
"""Code points that the model reads together: fewer and larger matrix products."""
_PLAIN = str.maketrans({
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‛": "'",
    "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\n": " ", "\t": " ",
} | dict.fromkeys(map(chr, range(0xD800, 0xE000)), "?"))  # fmt: skip  # lone surrogates


@dataclass(frozen=True, slots=True)
class Parsed:
    """A stretch of a text as the model read it: `start` is where the Doc's text begins."""

    start: int
    doc: Doc


@dataclass(frozen=True, slots=True)
class Named:
    """A name that the model found; `label` is PERSON, ORG or LOC."""

    span: Span
    label: str


_LABELS = {
    "PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC",
}  # fmt: skip
"""Labels of our model and of spaCy's (OntoNotes) -> ours; others are not used."""


def names_in(parsed: Sequence[Parsed]) -> list[Named]:
    """The names of an article in text order."""
    return [
        Named(Span(part.start + ent.start_char, part.start + ent.end_char), _LABELS[ent.label_])
        for part in parsed
        for ent in part.doc.ents
        if ent.label_ in _LABELS
    ]


def tags_of_capitals(parsed: Sequence[Parsed]) -> dict[int, str]:
    """The Penn Treebank tags of words with a capital, by where they start."""
    return {
        part.start + token.idx: token.tag_
        for part in parsed
        for token in part.doc
        if token.text[0].isupper()
    }


@cache
def load(name: str = "") -> Language:
    """The pipeline of this name, ours by default. Raises Unavailable when it is not installed."""
    # Products by NumPy are 2 to 3 times as fast as thinc's own; see benchmarks/annotation.py.
    set_current_ops(NumpyOps(use_blis=False))
    # On several cores they gain little, and lose most of their speed when one of these is busy.
    threadpool_limits(1, "blas")
    try:
        return spacy.load(name or OURS)
    except OSError as error:
        raise Unavailable(
            f"The language model {name!r} is not installed. Install it with "
            f"`python -m spacy download {name}`, or unset DATELINE_MODEL."
        ) from error


def parse(text: str, places: Sequence[Span], model: str = "") -> list[Parsed]:
    """The paragraphs of a text as the model reads them, in order; long ones in several pieces."""
    nlp = load(model)
    pieces = [piece for place in places for piece in _pieces(text, place)]
    found: list[Parsed] = []
    batch: list[Span] = []
    size = 0
    for piece in [*pieces, None]:
        if batch and (piece is None or size + len(piece) > _BATCH):
            docs = nlp.pipe([plain(part.of(text)) for part in batch], batch_size=len(batch))
            found += [_parsed(part, doc) for part, doc in zip(batch, docs, strict=True)]
            batch, size = [], 0
        if piece is not None:
            batch.append(piece)
            size += len(piece)
    return found


def _parsed(part: Span, doc: Doc) -> Parsed:
    # The vectors of the words have served; those of a long text fill the memory.
    doc.tensor = doc.tensor[:0].copy()
    return Parsed(part.start, doc)


def plain(text: str) -> str:
    """A text as the model was trained to see it: one kind of marks. Every code point stays where
    it is."""
    return text.translate(_PLAIN)


def _pieces(text: str, place: Span) -> Iterator[Span]:
    """A paragraph, cut after a sentence or else a blank when it is too long to be read at once."""
    start = place.start
    while place.end - start > _LONGEST:
        window = text[start : start + _LONGEST]
        ends = [m.end() for m in re.finditer(r"[.!?][\"”'’)]*\s", window)]
        blank = window.rfind(" ") + 1
        cut = start + ((ends[-1] if ends and ends[-1] > _LONGEST // 2 else blank) or _LONGEST)
        yield Span(start, cut)
        start = cut
    yield Span(start, place.end)
