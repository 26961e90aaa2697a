"""Transliterations: two spellings are one name when one word of the other script can be written as
both.

A spelling in letters of ours stands for one or more words of the other script, its readings, by the
rows of `data/readings.tsv`. "Qaddafi" and "Gadhafi" share a reading, "Hassan" and "Hussein" do not.
Accents are read in the same way: "Müller" is "Muller" or "Mueller", which are not each other.
"""

import re
import unicodedata
from functools import cache, lru_cache

from webapp import tables

LATIN = "latin"
SCRIPTS = ("arabic", "slavic", "greek", "indian")

_MOST = 64
"""Readings of one word that are kept; what has more is no name."""

_CACHED = 1 << 14
_LONGEST = 40
"""Letters of a word that are read."""

_LONGEST_SPELLING = 4
"""Letters that one row of the table has at most."""

_FIRST_E = re.compile(r"^([^aeiouy]*)e(?![eiyo])")
_VOWELS = re.compile(r"[aiuwy]")
_ENDINGS = {
    "slavic": re.compile(
        r"(?:[^aeiou]sk(?:yy|iy|ii|yi|ij)|\w\w[oey]va?|off|enk[oa]|chuk|vych|shvili)$"
    ),
    "greek": re.compile(r"(?:akis|opoulos|opulos|iadis|iades)$"),
}
"""Ends of surnames that tell the script."""


@lru_cache(maxsize=_CACHED)
def readings(word: str, script: str) -> frozenset[str]:
    """What a word in lower case can stand for in a script."""
    word = word if script == LATIN else plain(word)
    if script == "arabic":
        word = _FIRST_E.sub(r"\1E", word)
    found, at = {""}, 0
    while at < len(word[:_LONGEST]):
        size, letters = _longest(word, at, script)
        found = {_joined(before, part, script) for before in found for part in letters}
        found = found if len(found) <= _MOST else set(sorted(found)[:_MOST])
        at += size
    return frozenset(found)


def skeletons(word: str, script: str) -> frozenset[str]:
    """The readings without vowels, which vary most: what words are looked up by."""
    return frozenset(
        _VOWELS.sub("", r) if script == "arabic" else r for r in readings(word, script)
    )


@lru_cache(maxsize=_CACHED)
def plain(word: str) -> str:
    """A word in lower case without accents, one letter for each."""
    apart = unicodedata.normalize("NFKD", word)
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    if bare.isascii():
        return bare
    table = _table(LATIN)
    return "".join(table.get(c, (c,))[0] for c in bare)


@lru_cache(maxsize=_CACHED)
def scripts_of(word: str) -> frozenset[str]:
    """The scripts that a word of a name tells of, by lists of given names and ends of surnames."""
    found = {s for s in SCRIPTS if not readings(word, s).isdisjoint(_given(s))}
    found |= {script for script, ending in _ENDINGS.items() if ending.search(plain(word))}
    return frozenset(found)


def _longest(word: str, at: int, script: str) -> tuple[int, tuple[str, ...]]:
    """How many letters from a place on have a row together, and what they stand for."""
    table = _table(script)
    for size in range(min(_LONGEST_SPELLING, len(word) - at), 0, -1):
        spelling = word[at : at + size]
        if at + size == len(word) and f"{spelling}$" in table:
            return size, table[f"{spelling}$"]
        if spelling in table:
            return size, table[spelling]
    return 1, (plain(word[at]) if script == LATIN else word[at].lower(),)


def _joined(before: str, part: str, script: str) -> str:
    """Letters doubled by the transliteration count once; our own script keeps what it has."""
    doubled = script != LATIN and before[-1:] == part[:1]
    return before + part[1:] if doubled else before + part


@cache
def _table(script: str) -> dict[str, tuple[str, ...]]:
    rows = tables.rows(__package__, "readings.tsv")
    return {spelling: tuple(letters.split()) for of, spelling, letters in rows if of == script}


@cache
def _given(script: str) -> frozenset[str]:
    names = tables.words(tables.sections(__package__, "names.txt")[f"{script} given"])
    return frozenset().union(*(readings(name, script) for name in names))
