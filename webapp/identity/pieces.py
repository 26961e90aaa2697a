"""The text of a name -> its words, without titles and what stands behind a name."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from webapp.identity import lexicon

HYPHENS = re.compile(r"[-‐‑–]+")
_CALLED = re.compile(r"\s[“\"‘'(]([^”\"’')]+)[”\"’')](?=\s|$)")
_APOSTROPHES = re.compile(r"[’'‘`´ʻʼʿʾ]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?")
_LONGEST_RUN = 3
_LONGEST_NAME = 200
"""Characters of a name that are read: what is longer is none."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """`words` as they are written, initials apart; `generation` is "jr", "sr", "iii" or the like;
    `titles` are in lower case; `called` what stands in quotation marks ("Bobby")."""

    words: tuple[str, ...]
    generation: str
    titles: str
    called: frozenset[str]


def split(name: str) -> Pieces:
    """The words of a name; none of a text without letters."""
    text = unicodedata.normalize("NFC", name[:_LONGEST_NAME])
    called = frozenset(called.casefold() for called in _CALLED.findall(text))
    words, generation = _without_ends(list(_words(_CALLED.sub(" ", text))))
    words, titles = _without_titles(words)
    return Pieces(tuple(words), generation, titles, called)


def _words(text: str) -> Iterator[str]:
    """Words without apostrophes; the initials "J.R." and "JK" are two words."""
    shouting = text.isupper()
    words = text.replace(",", " ").split()
    for at, word in enumerate(words):
        run = not shouting and at + 1 < len(words) and _is_run_of_initials(word)
        if run or (_INITIALS.fullmatch(word) and not _is_generation(word)):
            yield from word.replace(".", "")
        elif bare := _APOSTROPHES.sub("", word).strip(".-"):
            yield bare


def _is_generation(word: str) -> bool:
    return word.casefold().strip(".") in lexicon.GENERATIONS


def _is_run_of_initials(word: str) -> bool:
    names = lexicon.ASIAN | lexicon.PARTICLES | lexicon.ARTICLES
    return word.isupper() and 1 < len(word) <= _LONGEST_RUN and word.casefold() not in names


def _without_ends(words: list[str]) -> tuple[list[str], str]:
    generation = ""
    while len(words) > 1:
        low = words[-1].casefold().replace(".", "")
        if low not in lexicon.AFTER and low not in lexicon.GENERATIONS:
            break
        generation = lexicon.GENERATIONS.get(low, generation)
        words = words[:-1]
    return words, generation


def _without_titles(words: list[str]) -> tuple[list[str], str]:
    titles = []
    while len(words) > 1:
        low = words[0].casefold()
        if low not in lexicon.TITLES and not (low in lexicon.STYLES and len(words) > 2):
            break
        titles.append(low)
        words = words[1:]
    return words, " ".join(titles)
