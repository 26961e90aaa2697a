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

# A word: letters and digits, apostrophes inside. Scripts without blanks give one word a character.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
    r"|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+"
    r"(?:['’][^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+)*"
)
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


def term_of(token: re.Match[str]) -> str:
    return stemmed(token[0][:LONGEST])


def folded(word: str) -> str:
    """Lower case without accents, apostrophes and the possessive 's."""
    plain = word.casefold().replace("’", "'").removesuffix("'s").replace("'", "")
    if plain.isascii():
        return plain
    bare = (c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    # What is nothing but marks stays as it is: a term must not be empty.
    return "".join(bare) or plain


@lru_cache(maxsize=65_536)
def stemmed(word: str) -> str:
    """The term of one word. A stemmer is not safe between threads; a new one costs 2 µs."""
    return str(Stemmer.Stemmer("english").stemWord(folded(word)))
