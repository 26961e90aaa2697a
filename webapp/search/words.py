"""Text -> the terms under which it is found: lower case, no accents, no possessive, Snowball stem.

Index, query and highlighting all use `words`, so what is found is what is marked.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

LONGEST = 64
"""Code points of a word that count; the rest of a longer one is ignored."""

# A word: a number with what hangs on it (1.5bn), an abbreviation (U.S.), or letters and digits with
# apostrophes inside. Scripts without blanks give one word a character.
_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_LETTERS = rf"[^\W_{_CJK}]+"
_WORD = re.compile(
    rf"[{_CJK}]|\d+(?:[.,]\d+)+(?:{_LETTERS})?|(?:[^\W\d_]\.){{2,}}|{_LETTERS}(?:['’]{_LETTERS})*"
)
_SENTENCE = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bGov)(?<!\bGen)(?<!\bSen)(?<!\bRep)"
    r"(?<!\b[A-Z])[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n\n"
)
_LETTERS_OF_THEIR_OWN = str.maketrans({
    "ı": "i", "ð": "d", "þ": "th", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ħ": "h",
})  # fmt: skip
"""Letters that Unicode does not take apart and that people type without their stroke."""
COMMON = frozenset(
    """a an and are as at be by for from has he in is it its of on or she that the to was were
    who what will with""".split()  # noqa: SIM905 (a list of words reads better than of strings)
)
"""Words too common to ask for on their own; they are indexed, so phrases find them."""


class Word(NamedTuple):
    """A term and the code points of the text that it stands for."""

    term: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text in order."""
    for token in tokens(text):
        yield Word(term_of(token), token.start(), token.end())


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The words of a text as they stand: for loops that place few of the words that they see."""
    return _WORD.finditer(text)


def spelled(text: str) -> list[str]:
    """The words of a text as they stand, without their places."""
    return _WORD.findall(text)


def forms(text: str) -> list[str]:
    """The words of a text as the index keeps them: folded, not stemmed."""
    return [folded(word) for word in spelled(text)]


def term_of(token: re.Match[str]) -> str:
    return stemmed(token[0][:LONGEST])


def openings(text: str) -> Iterator[tuple[int, bool]]:
    """Where sentences and paragraphs start after the first, and whether it is a paragraph's."""
    for match in _SENTENCE.finditer(text):
        yield match.end(), "\n\n" in match[0]


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """Lower case without accents, apostrophes, the possessive 's and the commas of numbers."""
    plain = word.casefold().replace("’", "'").removesuffix("'s").replace("'", "")
    plain = plain.replace(",", "").rstrip(".")
    if plain.isascii():
        return plain
    apart = unicodedata.normalize("NFKD", plain.translate(_LETTERS_OF_THEIR_OWN))
    # What is nothing but marks stays as it is: a term must not be empty.
    return "".join(c for c in apart if not unicodedata.combining(c)) or plain


@lru_cache(maxsize=65_536)
def stemmed(word: str) -> str:
    """The term of one word. A stemmer is not safe between threads; a new one costs 2 µs."""
    return str(Stemmer.Stemmer("english").stemWord(folded(word)))
