"""Which quotes are one, said once and printed in several articles: whole, cut, or changed.

Quotes that may be one share a number (`fingerprints`), so that the store finds them by looking up a
few; `relation` then compares the two, `grouped` says where a new quote belongs, and `changes` shows
what an outlet cut or changed. The numbers are winnowed from the runs of four words of a quote
(Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", 2003).

Of a quote the first 2,000 words count: no time is bounded otherwise, and no paper quotes more.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from webapp import wording
from webapp.alignment import Alignment, Run, aligned, is_cut, worth
from webapp.model import Span
from webapp.wording import Word

MOST = 2_000
"""Words of a quote that are compared."""

FEWEST = 3
"""Quotes with fewer words ("No comment.") are said every day by somebody."""

SHORT = 6
"""Quotes with fewer words are the same when they are identical only."""

TELLING = 9
"""Words that two quotes must have when it is not known that one person said both: set phrases
are shorter."""

_RUN, _WINDOW = 4, 3
"""Of three runs of four words in sequence one gives a number: two quotes that share six words share
one, and there are 0.44 for each word. Runs of three would be found in too many quotes."""

_CHANGED, _CUT = 0.55, 0.75
"""The share of the shorter quote, by the worth of its words, that must stand in the longer one:
when it is a version of it, and when it is a piece."""

_VERSION = 0.7
"""The share of the words of each of two quotes that are in both when they are versions."""

_PIECE = 0.05
"""Smaller pieces say nothing of the whole: it is a speech of which all papers print something."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How two quotes are one. `identical`: by their words, but for the "that" of indirect speech;
    `piece`: the shorter is cut from the longer, at its ends or where it has an ellipsis, or is much
    shorter; `nearly`: words differ.

    `share` is the share of the shorter one's words that stand in the longer one in the same order,
    `of_longer` their share of the longer one's.
    """

    kind: Literal["identical", "nearly", "piece"]
    share: float
    of_longer: float


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of two quotes, in code points of each; `other` is empty where words were "left out",
    `longest` where some were "added". All pieces together are both quotes."""

    kind: Literal["same", "left out", "added"]
    longest: Span
    other: Span


class Candidate(NamedTuple):
    """A quote that is in a group; `person` is the id of whoever says it, or "" if nobody knows."""

    quote_id: int
    group_id: int
    words: str
    person: str


def fingerprints(words: str) -> tuple[int, ...]:
    """Numbers from 0 to 2^63 - 1, the same in every process: two quotes that have six words in a
    row in common share one. A quote of three to five words has one number for all of them, a
    shorter one has none. The "that" of indirect speech does not count.

    Where there is a choice the run with the fewest common words is taken. What is said by everybody
    ("thank you very much") is for the caller to leave out: numbers that many quotes have.
    """
    told = _told(_read(words))
    if len(told) < SHORT:
        return (wording.number(" ".join(told)) >> 1,) if len(told) >= FEWEST else ()
    runs = _ordered(told).tolist()
    windows = zip(*(runs[at:] for at in range(_WINDOW)), strict=False)
    return tuple(sorted({min(window) for window in windows}))


def relation(one: str, other: str) -> Relation | None:
    """How two quotes are one; None when they are not, share a phrase only or are too short."""
    shorter, longer = sorted((_read(one), _read(other)), key=lambda words: (len(words), words))
    if len(_told(shorter)) < FEWEST:
        return None
    if _told(shorter) == _told(longer):
        return Relation("identical", 1.0, len(shorter) / len(longer))
    full = worth(_texts(shorter))
    if len(shorter) < SHORT or _shared(shorter, longer) < _CHANGED * full:
        return None
    found = aligned(shorter, longer)
    return _related(found, found.worth / full, shorter, longer)


def changes(longest: str, other: str) -> list[Change]:
    """What of the longest quote stands in another one, what was left out and what was added, in
    text order; for words that were replaced first those that were left out."""
    first, second = _read(longest, MOST + 1), _read(other, MOST + 1)
    if longest == other:
        return [Change("same", Span(0, len(longest)), Span(0, len(other)))] if longest else []
    runs = aligned(first[:MOST], second[:MOST]).runs
    ours, theirs = _edges(longest, first), _edges(other, second)
    return [piece for piece in _pieces(runs, ours, theirs) if piece.longest or piece.other]


def grouped(words: str, person: str, candidates: Iterable[Candidate]) -> tuple[int, ...]:
    """The groups that a new quote belongs to, the best first: it joins this one. It is the whole of
    which the others are pieces too, so they are one group with it. () when it belongs to none.

    `person` is the id of who says it or "". Candidates are quotes that share a fingerprint with it.
    It must be one with the longest of a group, or identical with some: else all that has a slogan
    in common would be one. Nobody joins a group in which another known person speaks.
    """
    found: list[int] = []
    persons = {person} - {""}
    for offer in sorted(_offers(words, person, candidates)):
        if (not found or offer.is_whole) and len(persons | offer.persons) <= 1:
            found.append(offer.group_id)
            persons |= offer.persons
    return tuple(found)


class _Offer(NamedTuple):
    """A group that a quote may join, in the order in which it is chosen."""

    rank: int
    lacks: float
    unsure: bool
    group_id: int
    is_whole: bool
    persons: frozenset[str]


def _offers(words: str, person: str, candidates: Iterable[Candidate]) -> Iterator[_Offer]:
    ordered = sorted(candidates, key=lambda c: (c.group_id, -len(c.words), c.quote_id))
    for group_id, quotes in groupby(ordered, key=lambda c: c.group_id):
        members = list(quotes)
        persons = frozenset(c.person for c in members if c.person)
        is_known = bool(person) and persons == {person}
        if found := _joins(words, members, is_known):
            rank = ("identical", "nearly", "piece").index(found.kind)
            whole = len(words) >= len(members[0].words)
            yield _Offer(rank, 1 - found.share, not is_known, group_id, whole, persons)


def _joins(words: str, members: Sequence[Candidate], is_known: bool) -> Relation | None:
    """How a quote is one with a group, whose longest quote comes first, if it may be in it."""
    longest, *others = members
    found = relation(words, longest.words) or next(
        (r for c in others if (r := relation(words, c.words)) and r.kind == "identical"), None
    )
    if not found or found.of_longer < _PIECE:
        return None
    fewest = min(len(_read(quote, TELLING)) for quote in (words, longest.words))
    return found if is_known or fewest >= TELLING else None


def _read(text: str, most: int = MOST) -> list[Word]:
    return wording.placed(text, most)


def _ordered(told: list[str]) -> NDArray[np.uint64]:
    """A number for each run of four words, smaller the fewer of them are common words."""
    light = np.cumsum([0, *map(wording.is_light, told)], dtype=np.uint64)
    common = light[_RUN:] - light[:-_RUN]
    return (common << np.uint64(60)) | (wording.hashed_runs(told, _RUN) >> np.uint64(4))


def _told(words: Sequence[Word]) -> list[str]:
    """Without the "that" of indirect speech: "that the port will stay shut"."""
    return _texts(words[1:] if words and words[0].text == "that" else words)


def _texts(words: Sequence[Word]) -> list[str]:
    return [word.text for word in words]


def _shared(one: Sequence[Word], other: Sequence[Word]) -> int:
    """The worth of the words that are in both, in whatever order: no alignment is worth more."""
    both = Counter(_texts(one)) & Counter(_texts(other))
    return worth(list(both.elements()))


def _related(
    found: Alignment, worth: float, shorter: Sequence[Word], longer: Sequence[Word]
) -> Relation | None:
    matched = sum(run.size for run in found.runs)
    share, of_longer = matched / len(shorter), matched / len(longer)
    cut_openly = matched == len(shorter) and all(is_cut(shorter[r.one]) for r in found.runs[1:])
    if of_longer >= _VERSION and not cut_openly:
        return Relation("nearly", share, of_longer) if worth >= _CHANGED else None
    return Relation("piece", share, of_longer) if worth >= _CUT else None


def _edges(text: str, words: Sequence[Word]) -> list[int]:
    """Where the piece of each word begins; then where the last one's ends, and where the text does,
    which is further on when not all of it is compared."""
    begins = [0, *(_begin(word) for word in words[1:])]
    return begins + [len(text)] * (min(len(words), MOST) + 2 - len(begins))


def _begin(word: Word) -> int:
    """Marks before a blank go with the word before them, marks behind it with the word itself."""
    marks = re.split(r"\s", word.before)[1:]
    return word.start - len(marks[-1]) if marks else word.start


def _pieces(runs: Sequence[Run], ours: list[int], theirs: list[int]) -> Iterator[Change]:
    """What is in a run, and what stands between runs; some pieces are empty in both."""
    at, to = 0, 0
    for one, other, size in [*runs, Run(len(ours) - 1, len(theirs) - 1, 0)]:
        here, there = ours[one], theirs[other]
        yield Change("left out", Span(ours[at], here), Span(theirs[to], theirs[to]))
        yield Change("added", Span(here, here), Span(theirs[to], there))
        at, to = one + size, other + size
        yield Change("same", Span(here, ours[at]), Span(there, theirs[to]))
