"""A name of a person in its parts: given names, surname, particles, generation."""

import re
from dataclasses import dataclass
from functools import lru_cache

from webapp.identity import lexicon
from webapp.identity.order import is_asian, is_reversible
from webapp.identity.pieces import HYPHENS, split
from webapp.identity.readings import LATIN, plain, readings, scripts_of, skeletons

_SHORT_NAME = 8
"""Letters below which a Chinese, Korean or Vietnamese name is borne by thousands ("Wang Wei")."""

_CACHED = 1 << 14
_SERVANT_OF = re.compile(r"abd(?:[aeo]l|oul|ul|[aeou](?=([rsdtzn])\1))-?(?=\w\w)")
_OF_FAITH = re.compile(r"(?<=\w{2})[aeou]d+(?:in|een|ine)$")


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name in lower case; `links` are the particles before it that belong to it."""

    text: str
    links: tuple[str, ...] = ()

    @property
    def initial(self) -> bool:
        return len(self.text) == 1

    @property
    def firm_links(self) -> tuple[str, ...]:
        """Those that papers do not leave out."""
        return tuple(link for link in self.links if link not in lexicon.LOOSE)

    @property
    def joined(self) -> str:
        """With its particles as one word: "deblasio"."""
        return "".join(self.links) + self.text.replace("-", "")

    @property
    def as_one(self) -> frozenset[str]:
        """The ways to join it, for papers do not agree: "binali" or "benali"."""
        links = "".join(self.links)
        return frozenset(
            links.replace("bin", way) + self.text.replace("-", "") for way in ("bin", "ben")
        )

    @property
    def halves(self) -> list[str]:
        """Of a double surname with a hyphen both, else the word."""
        return self.text.split("-")


@dataclass(frozen=True, slots=True)
class PersonName:
    """`parts`, one at least, stand as they are written; last words with a hyphen are one part.

    `generation`, `titles` and `called` are as in `Pieces`. `scripts` are those that its words tell
    of, `asian` says that they are syllables of Chinese, Korean or Vietnamese, `reversible` that
    the surname can be told when it stands first.
    """

    parts: tuple[Part, ...]
    generation: str = ""
    titles: str = ""
    called: frozenset[str] = frozenset()
    scripts: frozenset[str] = frozenset()
    asian: bool = False
    reversible: bool = False

    @property
    def given(self) -> Part:
        return self.parts[0]

    @property
    def surname(self) -> Part:
        return self.parts[-1]

    @property
    def frequent(self) -> bool:
        """Whether many people bear the surname; of a name of syllables, all of it."""
        if self.asian:
            return sum(len(part.text) for part in self.parts) < _SHORT_NAME
        halves = map(plain, self.surname.halves)
        return any(half in lexicon.MANY_BEAR or half in lexicon.ASIAN for half in halves)

    @property
    def surnames(self) -> tuple[Part, ...]:
        """The parts that may be the surname, the likeliest first."""
        found = [self.parts[-1]]
        if len(self.parts) > 2 and not self.parts[-2].initial:
            found.append(self.parts[-2])
        if self.asian or self.reversible:
            found.append(self.parts[0])
        return tuple(dict.fromkeys(found))


@lru_cache(maxsize=_CACHED)
def parse(name: str) -> PersonName:
    """The parts of a name of a person; of a text without letters one part, the text."""
    pieces = split(name)
    asian = is_asian([half for word in pieces.words for half in HYPHENS.split(word.casefold())])
    parts, arabic = _parts(_at_hyphens(pieces.words, asian))
    if not parts or asian:
        parts = [Part(half.casefold()) for half in _at_hyphens(pieces.words, asian)]
    parts = parts or [Part(name.casefold().strip())]
    scripts = {script for part in parts for half in part.halves for script in scripts_of(half)}
    return PersonName(
        tuple(parts),
        pieces.generation,
        pieces.titles,
        pieces.called,
        frozenset() if asian else frozenset(scripts | ({"arabic"} if arabic else set())),
        asian,
        is_reversible([part.text for part in parts], asian=asian),
    )


@lru_cache(maxsize=_CACHED)
def keys(text: str) -> frozenset[str]:
    """What a name is looked up by: whoever is the same person shares one of these."""
    name, found = parse(text), set()
    for surname in name.surnames:
        for word in {surname.text, *surname.as_one, *surname.halves}:
            found |= {f"{LATIN}:{reading}" for reading in readings(word, LATIN)}
            for script in name.scripts:
                found |= {f"{script}:{skeleton}" for skeleton in skeletons(word, script)}
    return frozenset(found)


def _at_hyphens(words: tuple[str, ...], asian: bool) -> list[str]:
    """Words apart at hyphens, but for a double surname, which is the last."""
    found: list[str] = []
    for at, word in enumerate(words):
        halves = [half for half in HYPHENS.split(word) if half]
        if at + 1 == len(words) and not asian:
            while len(halves) > 1 and halves[0].casefold() in lexicon.ARTICLES | lexicon.CHILD_OF:
                # A small letter tells below that it is no given name.
                found.append(halves.pop(0).casefold())
            halves = ["-".join(halves)]
        found += halves
    return [piece for piece in found if piece]


def _parts(pieces: list[str]) -> tuple[list[Part], bool]:
    """The parts of a name, and whether a particle tells that it is Arabic."""
    parts: list[Part] = []
    links: list[str] = []
    arabic = False
    for at, piece in enumerate(pieces[:-1]):
        low = piece.casefold()
        if not _is_link(piece, at, len(pieces)):
            parts.append(Part(low, tuple(links)))
            links = []
            continue
        arabic = arabic or low in lexicon.ARTICLES or low in lexicon.CHILD_OF
        if low not in lexicon.ARTICLES:
            links.append("bin" if low in lexicon.CHILD_OF else low)
    parts += [Part(piece.casefold(), tuple(links)) for piece in pieces[-1:]]
    return _compounds(parts), arabic


def _is_link(piece: str, at: int, size: int) -> bool:
    low = piece.casefold()
    if low not in lexicon.ARTICLES | lexicon.CHILD_OF | lexicon.PARTICLES:
        return False
    if at or piece.islower():
        return len(low) > 1 or piece.islower()
    # At the head it may be a given name: "Al Gore", but "De Blasio", "Van der Berg".
    return low not in lexicon.NAMES_TOO or (low == "van" and size > 2)


def _compounds(parts: list[Part]) -> list[Part]:
    """ "Abdel Aziz" is one word like "Abdulaziz", "Salah al-Din" like "Salahuddin"."""
    joined: list[Part] = []
    for part in parts:
        text = _OF_FAITH.sub("uddin", _SERVANT_OF.sub("abdul", part.text))
        before = joined[-1] if joined else None
        if before and before.text in lexicon.SERVANT_OF:
            joined[-1] = Part("abdul" + text, before.links)
        elif before and text in lexicon.OF_FAITH:
            joined[-1] = Part(before.text + "uddin", before.links)
        else:
            joined.append(Part(text, part.links))
    return joined
