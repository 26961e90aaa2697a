"""The words that two texts have in common, in order, in runs as long as can be.

Each word that is matched is worth something, each break costs: of all chains of runs the dearest is
taken. It is the local alignment of Smith and Waterman (1981) where a gap costs as it is opened
(Gotoh 1982), however long it is. So an "of the" between two changes is no match, and what is shown
of a change can be read.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from webapp.wording import Word, is_light

_LIGHT, _HEAVY, _BREAK = 2, 6, 4
"""A run between two breaks needs a word that says something, or three that do not."""

_SENTENCE, _ELLIPSIS = 1, 3
"""How much less a break costs where a sentence begins, and where words were left out openly."""

Table = NDArray[np.int16]


class Run(NamedTuple):
    """Words that are in both: where they begin, counted in words, and how many they are."""

    one: int
    other: int
    size: int


class Alignment(NamedTuple):
    """Runs in order, and what they are worth less what the breaks between them cost."""

    runs: tuple[Run, ...]
    worth: int


def worth(words: Sequence[str]) -> int:
    """What words are worth that are matched without a break."""
    return sum(_LIGHT if is_light(word) else _HEAVY for word in words)


def aligned(one: Sequence[Word], other: Sequence[Word]) -> Alignment:
    """The runs of two texts. Takes time and memory for each pair of words, whatever these are:
    40 ms and 16 MB for 2,000 words with 2,000; no more than 5,000 words may be given."""
    chains = _Chains(one, other)
    runs = chains.runs()
    return Alignment(tuple(_with_ends(runs, one, other)), chains.worth)


def is_cut(word: Word) -> bool:
    """Whether an ellipsis stands before a word."""
    return "…" in word.before or "..." in word.before


class _Chains:
    """The worth of the dearest chain in the first i words of one text and j of the other: `best`,
    and of those that end with these two words: `ending`, which is 0 where the words differ."""

    def __init__(self, one: Sequence[Word], other: Sequence[Word]) -> None:
        number = {word.text: n for n, word in enumerate(other)}
        there = np.array([number[word.text] for word in other], np.int32)
        eases = np.array([_ease(word) for word in other], np.int16)
        self._worth = [worth([word.text]) for word in one]
        self._ending: Table = np.zeros((len(one) + 1, len(other) + 1), np.int16)
        self._best: Table = np.zeros_like(self._ending)
        for at, word in enumerate(one):
            costs = np.maximum(_BREAK - _ease(word) - eases, 0)
            before = np.maximum(self._ending[at, :-1], self._best[at, :-1] - costs)
            match = there == number.get(word.text, -1)
            self._ending[at + 1, 1:] = match * (np.maximum(before, 0) + self._worth[at])
            here = np.maximum.accumulate(self._ending[at + 1])
            np.maximum(self._best[at], here, out=self._best[at + 1])

    @property
    def worth(self) -> int:
        return int(self._best[-1, -1])

    def runs(self) -> list[Run]:
        """The dearest chain, read from its end; of equals the one with fewer breaks."""
        at, to = (size - 1 for size in self._best.shape)
        found = []
        while self._best[at, to]:
            at, to = self._end(at, to)
            run = self._run(at, to)
            found.append(run)
            if self._before(run) == 0:
                break
            at, to = run.one, run.other
        return found[::-1]

    def _end(self, at: int, to: int) -> tuple[int, int]:
        """Where the dearest chain in so many words ends."""
        best = self._best[at, to]
        while self._best[at - 1, to] == best:
            at -= 1
        while self._best[at, to - 1] == best:
            to -= 1
        return at, to

    def _run(self, at: int, to: int) -> Run:
        """The run whose last words these are."""
        size = 1
        while before := self._before(Run(at - size, to - size, 1)):
            if self._ending[at - size, to - size] != before:
                break
            size += 1
        return Run(at - size, to - size, size)

    def _before(self, run: Run) -> int:
        """What the chain is worth before the first words of a run."""
        return int(self._ending[run.one + 1, run.other + 1]) - self._worth[run.one]


def _ease(word: Word) -> int:
    if is_cut(word):
        return _ELLIPSIS
    return _SENTENCE if any(mark in word.before for mark in ".!?") else 0


def _with_ends(runs: list[Run], one: Sequence[Word], other: Sequence[Word]) -> list[Run]:
    """With the words with which both texts begin, and end, though these are too few for a run."""
    if not runs:
        return runs
    first, last = runs[0], runs[-1]
    size = _common(one[: first.one], other[: first.other])
    head = [Run(0, 0, size)] if size else []
    size = _common(one[last.one + last.size :][::-1], other[last.other + last.size :][::-1])
    tail = [Run(len(one) - size, len(other) - size, size)] if size else []
    return [*head, *runs, *tail]


def _common(one: Sequence[Word], other: Sequence[Word]) -> int:
    """With how many words both begin."""
    pairs = zip(one, other, strict=False)
    return next(
        (at for at, (a, b) in enumerate(pairs) if a.text != b.text), min(len(one), len(other))
    )
