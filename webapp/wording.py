"""The words of a text as they are compared with those of another: in lower case, without accents
and punctuation. Runs of words as numbers that can be stored."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Scripts that put no blanks between words: one character is a word. Marks inside a word and a
# number are left out, so that "U.S." is "US", "10,000" is "10000" and "don’t" is "dont".
_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_LETTERS = rf"[^\W_{_CJK}]+"
_WORD = re.compile(rf"[{_CJK}]|{_LETTERS}")
_INSIDE = re.compile(r"(?<=\w)[.,'’‘`´](?=\w)")

# What makes another number of a number: a currency, a percent sign, a minus.
_SIGN = r"[%‰$£¥€₹₽₺₩₪₦₫₴]|(?<!\w)[-−](?=[$£¥€]?\d)"
_SIGNED_WORD = re.compile(rf"{_SIGN}|[{_CJK}]|{_LETTERS}(?:[.,'’‘`´]{_LETTERS})*")
_NEEDLESS = re.compile(r"(?<=\D)[.,]|[.,](?=\D)|,(?=\d{3}(?!\d))|['’‘`´]")

_LIGHT = frozenset(
    """about after all also and any are been before being but can could did does for from get had
    has have her here him his how into its just like may more most much must not now only other our
    out over own say shall she should some such than that the their them then there these they this
    those too very was were what when where which while who why will with would yet you your
    das den der des die ein ist mit und von est les par pas que qui sur une con del las los por una
    che per""".split()  # noqa: SIM905 (a list of words reads better than of strings)
)


class Word(NamedTuple):
    """A word of a text: as it is compared, the code point where it begins, and what stands between
    it and the word before (or the beginning of the text)."""

    text: str
    start: int
    before: str


def words(text: str) -> list[str]:
    """The words of a text, as they are compared. Signs are none, and decimal points are left out:
    what counts is whether two texts are alike."""
    return _WORD.findall(_INSIDE.sub("", _folded(text)))


def placed(text: str, most: int) -> list[Word]:
    """The first words of a text with their places, to tell what differs: a sign before or behind a
    number is a word, and a decimal point stays."""
    return list(islice(_placed(text), most))


def is_light(word: str) -> bool:
    """Whether a word says little by itself: one of two letters, or of a short list. A number, and
    the sign of one, says something."""
    return word in _LIGHT or (len(word) <= 2 and word.isalpha())


def hashed_runs(words: Sequence[str], size: int) -> NDArray[np.uint64]:
    """One number for each run of `size` words: there must be so many. Each different word is hashed
    once, the rest is arithmetic mod 2^64."""
    by_word = {word: number(word) for word in set(words)}
    hashed = np.array([by_word[word] for word in words], dtype=np.uint64)
    mixed = np.zeros(len(words) - size + 1, np.uint64)
    for place, factor in enumerate(_factors(size)):
        mixed += hashed[place : place + len(mixed)] * factor
    return mixed ^ (mixed >> np.uint64(32))


@lru_cache(maxsize=8)
def _factors(size: int) -> NDArray[np.uint64]:
    """Odd, so that no two runs fall together by the multiplication."""
    return numbers("place", size) | np.uint64(1)


def number(text: str) -> int:
    """64 bits that are the same in every process, version and system: they are stored."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def numbers(name: str, count: int) -> NDArray[np.uint64]:
    """So many numbers that a name stands for."""
    return np.array([number(f"{name} {n}") for n in range(count)], dtype=np.uint64)


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_folds(text))


def _folds(text: str) -> dict[int, str]:
    """What becomes of each character of a text: none or several, but mostly one."""
    return {ord(character): _fold(character) for character in set(text)}


@lru_cache(maxsize=4096)
def _fold(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def _placed(text: str) -> Iterator[Word]:
    at = _origins(text)
    end = 0
    for found in _SIGNED_WORD.finditer(_folded(text)):
        start = at[found.start()]
        yield Word(_NEEDLESS.sub("", found[0]), start, text[end:start])
        end = at[found.end() - 1] + 1


def _origins(text: str) -> Sequence[int]:
    """For each character of the folded text the place in the text that it comes from."""
    if text.isascii():
        return range(len(text))
    sizes = {character: len(_fold(character)) for character in set(text)}
    if set(sizes.values()) <= {1}:
        return range(len(text))
    return [place for place, character in enumerate(text) for _ in range(sizes[character])]
