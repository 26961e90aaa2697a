"""Which articles tell one story in nearly the same words, and what differs between two of them.

A text counts as the set of its runs of five words (shingles; Broder, "On the resemblance and
containment of documents", 1997). What two sets share is estimated from signatures: the least value
of each of 128 hash functions is equal in two sets as often as they are alike (MinHash). Bands of
four of these values find candidates by looking up 32 numbers, however many articles there are;
`likeness` then compares the candidate itself.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import numpy as np

from webapp.model import Article
from webapp.wording import hashed_runs, number, numbers, words

SHINGLE = 5
"""Words that a shingle has: fewer are common phrases, more make each changed word cost too much."""

FEWEST_WORDS = 40
"""Texts with fewer words have no signature: set phrases are all that they could share."""

_BANDS, _ROWS = 32, 4
"""Two texts share a band with the probability 1 - (1 - jaccard^4)^32: 87 % at 0.5, 23 % at 0.3."""

_CHUNK = 2048
"""Shingles that are hashed at once: 2 MB, also for a book."""

_MOST_PARAGRAPHS = 500
"""Further paragraphs are compared as one piece: more of them make no news article."""

_MOST_PAIRS = 50_000
"""Pairs of equal words that one comparison looks at: what is over is shown whole. Bounds its time
(0.1 s for the worst texts that were tried, 10 ms for versions of one article)."""

_ALIKE = 0.4
"""The share of the shorter passage that must stand in the longer one to show what changed in it:
in a passage written anew only "the" and "of" are the same, which tells nobody anything."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`jaccard`: the shingles in both by those in either; `contained`: by those of the shorter."""

    jaccard: float
    contained: float


Kind = Literal["same", "added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A piece of two texts: equal when "same", `one` is empty when "added", `other` when "removed".

    The pieces of all differences, blanks between words and paragraphs included, make both texts.
    """

    kind: Kind
    one: str
    other: str


def body(article: Article) -> str:
    """What is compared: the text without its headline, which each paper writes anew."""
    return article.text[article.body_start :]


def signature(text: str) -> tuple[int, ...]:
    """128 numbers of 32 bits, the same in every process; () when the text is too short."""
    told = words(text)
    if len(told) < FEWEST_WORDS:
        return ()
    hashed = hashed_runs(told, SHINGLE)
    least = np.full(_BANDS * _ROWS, 2**32 - 1, dtype=np.uint64)
    for start in range(0, len(hashed), _CHUNK):
        # Multiply, add and keep the upper half: a universal hash for one multiplication
        # (Dietzfelbinger et al. 1997). datasketch's MinHash does the same in 3 ms instead of 1,
        # and brings SciPy (113 MB, one second to load) for the sake of its other sketches.
        chunk = hashed[start : start + _CHUNK, np.newaxis] * _FACTORS + _SUMMANDS
        least = np.minimum(least, (chunk >> np.uint64(32)).min(axis=0))
    return tuple(least.tolist())


def bands(signature: tuple[int, ...]) -> tuple[int, ...]:
    """The 32 bands of a signature, each as a number from 0 to 2^63 - 1; none of an empty one."""
    rows = [signature[at : at + _ROWS] for at in range(0, len(signature), _ROWS)]
    return tuple(number(repr((place, row))) >> 1 for place, row in enumerate(rows))


def likeness(one: str, other: str) -> Likeness:
    """How much two texts share, exactly; nothing when one of them has no words."""
    first, second = _shingles(words(one)), _shingles(words(other))
    shared = len(first & second)
    if not shared:
        return Likeness(0.0, 0.0)
    return Likeness(shared / len(first | second), shared / min(len(first), len(second)))


def is_same_story(likeness: Likeness) -> bool:
    """Whether they are copies or versions of one text.

    Of the pairs in tests/test_similarity.py versions of one text contain 0.71 of each other or
    more, other articles 0.36 or less. The bounds are at the upper end of that gap: a version that
    is missed costs the reader a line, two stories taken for one cost them an article.
    """
    return likeness.jaccard >= 0.5 or likeness.contained >= 0.7


def differences(one: str, other: str) -> list[Difference]:
    """What differs, in text order: paragraphs first, then the words of paragraphs that changed."""
    left = _MOST_PAIRS
    found = []
    for same, before, after in _aligned(_paragraphs(one), _paragraphs(other)):
        cost = 0 if same else _pairs(_words_in(before), _words_in(after))
        if same:
            found += _matched(before, after)
        elif cost and cost <= left:
            left -= cost
            found += _in_words(before, after)
        else:
            found += _replaced(before, after)
    return _joined(found)


def _paragraphs(text: str) -> list[str]:
    """Paragraphs, each with the blank lines that follow it."""
    parts = re.split(r"(?<=\n\n)(?!\n)", text, maxsplit=_MOST_PARAGRAPHS)
    return [part for part in parts if part]


def _words_in(parts: list[str]) -> list[str]:
    """Words, each with the blanks that follow it; the first with those before it too."""
    return re.findall(r"^\s*\S*\s*|\S+\s*", "".join(parts))


def _pairs(before: list[str], after: list[str]) -> int:
    """How many pairs of a word here and the same word there SequenceMatcher can meet."""
    counted = Counter(word.rstrip() for word in after)
    return sum(counted[word.rstrip()] for word in before)


def _aligned(
    one: list[str], other: list[str], *, fewest: int = 1
) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Both lists in pairs of runs, and whether they are the same but for blanks behind the parts;
    runs that are have `fewest` parts or more."""
    keys, there = ([part.rstrip() for part in parts] for parts in (one, other))
    matcher = SequenceMatcher(None, keys, there)
    at, to = 0, 0
    for block in matcher.get_matching_blocks():
        if block.size and block.size < fewest:
            continue
        if at < block.a or to < block.b:
            yield False, one[at : block.a], other[to : block.b]
        at, to = block.a + block.size, block.b + block.size
        if block.size:
            yield True, one[block.a : at], other[block.b : to]


def _in_words(before: list[str], after: list[str]) -> list[Difference]:
    """Runs of one word that stayed are no help between words that changed: two at least."""
    first, second = _words_in(before), _words_in(after)
    runs = list(_aligned(first, second, fewest=2))
    kept = sum(len(run) for same, run, _ in runs if same)
    if kept < _ALIKE * min(len(first), len(second)):
        return _replaced(before, after)
    return [
        piece
        for same, run, there in runs
        for piece in (_matched if same else _replaced)(run, there)
    ]


def _matched(before: list[str], after: list[str]) -> list[Difference]:
    """Parts that are the same but for the blanks behind them."""
    return [piece for pair in zip(before, after, strict=True) for piece in _apart(*pair)]


def _replaced(before: list[str], after: list[str]) -> list[Difference]:
    return _apart("".join(before), "".join(after))


def _apart(one: str, other: str) -> list[Difference]:
    """A passage, and the blanks behind it when these or the passage are in both."""
    first, second = one.rstrip(), other.rstrip()
    blanks, others = one[len(first) :], other[len(second) :]
    if first == second or blanks == others:
        return [_difference(first, second), _difference(blanks, others)]
    return [_difference(one, other)]


def _difference(one: str, other: str) -> Difference:
    if one == other:
        return Difference("same", one, other)
    if not one or not other:
        return Difference("removed" if one else "added", one, other)
    return Difference("changed", one, other)


def _joined(found: list[Difference]) -> list[Difference]:
    """Neighbours that are the same, or that differ, in one."""
    joined: list[Difference] = []
    for piece in found:
        if not (piece.one or piece.other):
            continue
        if joined and (joined[-1].kind == "same") == (piece.kind == "same"):
            last = joined.pop()
            piece = _difference(last.one + piece.one, last.other + piece.other)
        joined.append(piece)
    return joined


def _shingles(told: list[str]) -> set[tuple[str, ...]]:
    """Each run of five words; of a shorter text the whole of it."""
    if len(told) <= SHINGLE:
        return {tuple(told)} if told else set()
    return set(zip(*(told[place:] for place in range(SHINGLE)), strict=False))


# Odd, so that no two shingles fall together by the multiplication.
_FACTORS = numbers("factor", _BANDS * _ROWS) | np.uint64(1)
_SUMMANDS = numbers("summand", _BANDS * _ROWS)
