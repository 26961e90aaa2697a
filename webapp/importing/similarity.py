"""Which articles tell one story in nearly the same words, and what differs between two of them.

A text counts as the set of its runs of five words (shingles; Broder, "On the resemblance and
containment of documents", 1997). What two sets share is estimated from signatures: the least value
of each of 128 hash functions is equal in two sets as often as they are alike (MinHash). Bands of
four of these values find candidates by looking up 32 numbers, however many articles there are;
`likeness` then compares the candidate itself.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from webapp.model import Article

SHINGLE = 5
"""Words that a shingle has: fewer are common phrases, more make each changed word cost too much."""

FEWEST_WORDS = 40
"""Texts with fewer words have no signature: set phrases are all that they could share."""

_BANDS, _ROWS = 32, 4
"""Two texts share a band with the probability 1 - (1 - jaccard^4)^32: 87 % at 0.5, 23 % at 0.3."""

_CHUNK = 2048
"""Shingles that are hashed at once: 2 MB, also for a book."""

# Scripts that put no blanks between words: one character is a word. Marks inside a word and a
# number are left out, so that "U.S." is "US", "10,000" is "10000" and "don’t" is "dont".
_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_INSIDE = re.compile(r"(?<=\w)[.,'’‘`´](?=\w)")


_MOST_PARAGRAPHS = 500
"""Further paragraphs are compared as one piece: more of them make no news article."""

_MOST_PAIRS = 50_000
"""Pairs of equal words that one comparison looks at: what is over is shown whole. Bounds its time
(0.1 s for the worst texts that were tried, 10 ms for versions of one article)."""

_SHORT = 400
"""Words and blanks up to which frequent words are looked at too; difflib's autojunk drops them."""

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
    words = _words(text)
    if len(words) < FEWEST_WORDS:
        return ()
    hashed = _hashed_shingles(words)
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
    return tuple(_number(repr((place, row))) >> 1 for place, row in enumerate(rows))


def likeness(one: str, other: str) -> Likeness:
    """How much two texts share, exactly; nothing when one of them has no words."""
    first, second = _shingles(_words(one)), _shingles(_words(other))
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
    first, second = _paragraphs(one), _paragraphs(other)
    left = _MOST_PAIRS
    found = []
    for before, after in _aligned(first, second, long=len(second) > _SHORT):
        cost = _pairs(before, after) if before != after else 0
        if cost and cost <= left:
            left -= cost
            found += _in_words(_pieces(before), _pieces(after))
        else:
            found.append(_difference("".join(before), "".join(after)))
    return _joined(found)


def _paragraphs(text: str) -> list[str]:
    """Paragraphs and the blank lines between them, of which the text can be put together again."""
    parts = re.split(r"(\n\n+)", text, maxsplit=_MOST_PARAGRAPHS)
    return [part for part in parts if part]


def _pieces(parts: list[str]) -> list[str]:
    """Words, and the blanks between them."""
    return re.findall(r"\s+|\S+", "".join(parts))


def _pairs(before: list[str], after: list[str]) -> int:
    """How many pairs of a word here and the same word there SequenceMatcher can meet."""
    counted = Counter(_pieces(after))
    return sum(counted[word] for word in _pieces(before) if not word.isspace())


def _aligned(
    one: list[str], other: list[str], *, long: bool, fewest: int = 1
) -> Iterator[tuple[list[str], list[str]]]:
    """Both lists in pairs of equal or replaced runs; equal ones have `fewest` elements or more.

    Blanks stand everywhere: they are no place to align by, and go with what is beside them.
    """
    matcher = SequenceMatcher(str.isspace, one, other, autojunk=long)
    at, there = 0, 0
    for block in matcher.get_matching_blocks():
        if block.size and block.size < fewest:
            continue
        if at < block.a or there < block.b:
            yield one[at : block.a], other[there : block.b]
        at, there = block.a + block.size, block.b + block.size
        if block.size:
            yield one[block.a : at], other[block.b : there]


def _in_words(before: list[str], after: list[str]) -> list[Difference]:
    """Runs of one word that stayed are no help between words that changed: two at least."""
    runs = list(_aligned(before, after, long=len(after) > _SHORT, fewest=3))
    kept = sum(len(run) for run, there in runs if run == there)
    if kept < _ALIKE * min(len(before), len(after)):
        return [_difference("".join(before), "".join(after))]
    return [_difference("".join(run), "".join(there)) for run, there in runs]


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
        if joined and (joined[-1].kind == "same") == (piece.kind == "same"):
            last = joined.pop()
            piece = _difference(last.one + piece.one, last.other + piece.other)
        joined.append(piece)
    return joined


def _words(text: str) -> list[str]:
    """In lower case, without accents and punctuation."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(c for c in text if not unicodedata.combining(c))
    return _WORD.findall(_INSIDE.sub("", text.lower()))


def _shingles(words: list[str]) -> set[tuple[str, ...]]:
    """Each run of five words; of a shorter text the whole of it."""
    if len(words) <= SHINGLE:
        return {tuple(words)} if words else set()
    return set(zip(*(words[place:] for place in range(SHINGLE)), strict=False))


def _hashed_shingles(words: list[str]) -> NDArray[np.uint64]:
    """One number a shingle. Each different word is hashed once, the rest is arithmetic mod 2^64."""
    number = {word: _number(word) for word in set(words)}
    hashed = np.array([number[word] for word in words], dtype=np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(hashed, SHINGLE)
    mixed: NDArray[np.uint64] = (runs * _PLACES).sum(axis=1, dtype=np.uint64)
    return mixed ^ (mixed >> np.uint64(32))


def _number(text: str) -> int:
    """64 bits that are the same in every process, version and system: bands are stored."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _numbers(name: str, count: int) -> NDArray[np.uint64]:
    return np.array([_number(f"{name} {n}") for n in range(count)], dtype=np.uint64)


# Odd, so that no two shingles fall together by the multiplication.
_FACTORS = _numbers("factor", _BANDS * _ROWS) | np.uint64(1)
_SUMMANDS = _numbers("summand", _BANDS * _ROWS)
_PLACES = _numbers("place", SHINGLE) | np.uint64(1)
