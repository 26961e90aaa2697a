"""Articles of one story as one hit: which of them stands for the others, and what counts once.

What shares a story lies sorted here, so that no search has to sort it.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from webapp.search.columns import Ints, Mask, Ragged


class Folded(NamedTuple):
    """Hits of which no two tell one story, and for how many others each of them stands."""

    mask: Mask
    others: Ints


def unfolded(mask: Mask) -> Folded:
    """Hits that stand for themselves alone."""
    return Folded(mask, np.zeros(len(mask), np.int32))


class Values(NamedTuple):
    """What articles have of a facet: first the `alone` values of those without other versions, then
    the values of the rest, those of one story next to each other and in order."""

    owners: Ints
    values: Ints
    stories: Ints
    alone: int

    def of(self, mask: Mask) -> Ints:
        """The values of the articles in a mask."""
        return self.values[mask[self.owners]]

    def of_stories(self, mask: Mask) -> Ints:
        """The values of the articles in a mask, each once in a story."""
        here = mask[self.owners]
        others = here[self.alone :]
        values, stories = self.values[self.alone :][others], self.stories[others]
        once = _first(values) | _first(stories)
        return np.concatenate((self.values[: self.alone][here[: self.alone]], values[once]))


class Versions:
    """The articles of which living ones share their story, by story, the newest first; or quotes
    that share their wording, whose "story" is the first of them."""

    def __init__(self, stories: Ints, alive: Mask, ids: Ints, days: Ints) -> None:
        self._stories = stories
        living = np.sort(stories[alive])
        shared = np.unique(living[1:][~_first(living)[1:]])
        self._shared = np.isin(stories, shared)
        at = np.flatnonzero(self._shared)
        order = np.lexsort((-ids[at], -days[at], stories[at]))
        self._at: Ints = at[order]

    def folded(self, mask: Mask, keys: NDArray[Any]) -> Folded:
        """Of each story the article with the highest key; of several such the newest."""
        made = unfolded(mask.copy())
        at = self._at[mask[self._at]]
        if not len(at):
            return made
        first = _first(self._stories[at])
        starts = np.flatnonzero(first)
        counts = np.diff(starts, append=len(at))
        found = keys[at]
        highest = np.flatnonzero(found == np.repeat(np.maximum.reduceat(found, starts), counts))
        best = at[highest[_first(np.cumsum(first)[highest])]]
        made.mask[at] = False
        made.mask[best] = True
        made.others[best] = counts - 1
        return made

    def arranged(self, found: Ragged) -> Values:
        """The values of a facet as they are counted."""
        shared = self._shared[found.owners]
        alone, others = np.flatnonzero(~shared), np.flatnonzero(shared)
        order = np.lexsort((found.values[others], self._stories[found.owners[others]]))
        at = np.concatenate((alone, others[order]))
        owners = found.owners[at]
        stories = self._stories[owners[len(alone) :]]
        return Values(owners, found.values[at], stories, len(alone))


def _first(values: NDArray[Any]) -> Mask:
    """Where a value stands for the first time; equal ones are neighbours."""
    first = np.ones(len(values), bool)
    first[1:] = values[1:] != values[:-1]
    return first
