"""Where the words, phrases and names of a query stand: what an evaluation asks of a snapshot."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from webapp.search.analysis import country_number
from webapp.search.columns import SHIFT, Ints, Mask
from webapp.search.index import CountryOf
from webapp.search.snapshot import Places, Snapshot
from webapp.search.tree import And, Dates, Near, Not, Or, Phrase, Query, Same, Term
from webapp.search.vocabulary import Vocabulary
from webapp.search.words import folded, forms, stemmed

OTHER_FORM = 0.8
"""What another form of a word's stem counts beside the word itself."""
MOST_EXPANSIONS = 200
"""Words that one beginning or slip may stand for ..."""
MOST_IN_ALL = 1_000
"""... and all of a query."""
SECONDS = 1.5
"""After that long what is left of a query is not searched."""
GROUPS = (And, Or, Not, Same, Dates)
"""What is no leaf."""


@dataclass
class Evaluation:
    """One query on one snapshot; collects what was missing and what was left out."""

    snapshot: Snapshot
    vocabulary: Vocabulary
    country_of: CountryOf
    missing: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._until = time.monotonic() + SECONDS
        self._left = MOST_IN_ALL
        self._forms: dict[Term, list[tuple[str, float]]] = {}
        self._at: dict[tuple[Query, str], Ints] = {}

    def silent(self) -> "Evaluation":
        """The same for the other kind of hits: it shares what was found and the time, and what it
        misses is not noted again."""
        other = replace(self, missing=[], problems=[])
        other._until, other._forms, other._at = self._until, self._forms, self._at
        return other

    def in_time(self) -> bool:
        if time.monotonic() < self._until:
            return True
        problem = "The search took too long; some of its words were left out. Ask for less."
        if problem not in self.problems:
            self.problems.append(problem)
        return False

    # Words

    def forms(self, term: Term) -> list[tuple[str, float]]:
        """The words of the collection that a term stands for, and what each counts."""
        if term not in self._forms:
            self._forms[term] = self._expanded(term)
        return self._forms[term]

    def _expanded(self, term: Term) -> list[tuple[str, float]]:
        word = folded(term.word)
        if not (term.prefix or term.fuzzy):
            others = self.vocabulary.forms(stemmed(term.word))
            return [(word, 1.0), *((form, OTHER_FORM) for form in others if form != word)]
        most = min(MOST_EXPANSIONS, self._left)
        find = self.vocabulary.beginning if term.prefix else self.vocabulary.near
        found = find(word, most + 1)
        if len(found) > most:
            self.problems.append(
                f"“{term}” stands for more than {most} words; the {most} most frequent were "
                "searched. Give more letters."
            )
        found = found[:most]
        self._left -= len(found)
        if term.prefix:
            return [(form, 1.0) for form in found]
        return [(word, 1.0), *((form, OTHER_FORM) for form in found)]

    def note(self, leaf: Query, mask: Mask) -> None:
        """Remember a leaf that nothing matches."""
        if not mask.any() and str(leaf) not in self.missing:
            self.missing.append(str(leaf))

    # Places: where leaves stand in the text or the title

    def at(self, leaf: Term | Phrase | Near, name: str) -> Ints:
        """The places of a word, of the first words of a phrase, or of words near each other."""
        if (leaf, name) not in self._at:
            self._at[leaf, name] = self._found(leaf, name)
        return self._at[leaf, name]

    def _found(self, leaf: Term | Phrase | Near, name: str) -> Ints:
        match leaf:
            case Term() if isinstance(phrase := whole(leaf), Phrase):
                return self.at(phrase, name)
            case Term():
                wanted = (form for form, _ in self.forms(leaf) if self.in_time())
                return merged([self.snapshot.places(name, form).places for form in wanted])
            case Phrase():
                return self._phrase(forms(leaf.text), name)
            case Near():
                return self._near(forms(leaf.text), leaf.distance, name)

    def _phrase(self, spelled: Sequence[str], name: str) -> Ints:
        found = [self.snapshot.places(name, word) for word in spelled]
        shared = _shared(found)
        order = sorted(range(len(found)), key=lambda i: len(found[i]))
        at: Ints | None = None
        for i in order:
            if at is not None and (not len(at) or not self.in_time()):
                break
            here = _within(found[i], shared) - i
            at = here if at is None else at[is_in(at, here)]
            shared = distinct(at >> SHIFT) if len(at) < len(shared) else shared
        return at if at is not None else np.empty(0, np.int64)

    def _near(self, spelled: Sequence[str], distance: int, name: str) -> Ints:
        """Places from which on all words stand within the distance."""
        found = [self.snapshot.places(name, word) for word in dict.fromkeys(spelled)]
        shared = _shared(found)
        each = [_within(one, shared) for one in found if self.in_time()]
        if not all(len(places) for places in each):
            return np.empty(0, np.int64)
        starts = merged(each)
        for places in each:
            at = np.searchsorted(places, starts)
            there = places[np.minimum(at, len(places) - 1)]
            starts = starts[(at < len(places)) & (there - starts <= distance)]
        return starts

    def units(self, same: Same, name: str) -> tuple[Ints, Ints]:
        """The sentences or paragraphs that have all children, and one place in each."""
        columns = self.snapshot.columns
        breaks = columns.sentences if same.unit == "sentence" else columns.paragraphs
        shared = in_all(
            distinct(np.searchsorted(breaks, places, "right") - 1)
            for places in self.children(same, name)
        )
        return shared, breaks[shared]

    def children(self, same: Same, name: str) -> Iterator[Ints]:
        """The places of each child of a Same, in one of several forms or words."""
        for child in dict.fromkeys(same.children):
            leaves = child.children if isinstance(child, Or) else (child,)
            if self.in_time():
                yield merged(
                    [self.at(leaf, name) for leaf in leaves if not isinstance(leaf, GROUPS)]
                )

    # Names

    def named(self, kind: str, leaf: Term | Phrase | Near) -> Mask:
        """A table over the numbers of names: which ones a leaf means."""
        table = np.zeros(self.snapshot.names + 1, bool)
        if isinstance(leaf, Term):
            numbers = self.vocabulary.named(kind, leaf.word, leaf.prefix)
            if leaf.fuzzy:
                for near in self.vocabulary.near(folded(leaf.word), MOST_EXPANSIONS):
                    numbers += self.vocabulary.named(kind, near)
        else:
            numbers = self.vocabulary.named(kind, leaf.text)
        table[[n for n in numbers if n <= self.snapshot.names]] = True
        return table

    def country(self, leaf: Term | Phrase | Near) -> int:
        """The number of the country that a leaf names, -1 with a problem when it is none."""
        text = leaf.word if isinstance(leaf, Term) else leaf.text
        code = self.country_of(text)
        if code:
            return country_number(code)
        self.problems.append(
            f"“{text}” is no country that Dateline knows. Write its name, a word for its people, "
            "or its two-letter code."
        )
        return -1


def whole(leaf: Term | Phrase | Near) -> Term | Phrase | Near:
    """What is written as one word and read as several ("well-known") is a phrase."""
    if isinstance(leaf, Term) and len(forms(leaf.word)) > 1:
        return Phrase(leaf.word, leaf.field)
    return leaf


def _shared(found: Sequence[Places]) -> Ints:
    """The articles that have all words."""
    return in_all(sorted((one.articles for one in found), key=len))


def _within(found: Places, articles: Ints) -> Ints:
    """The places that lie in these articles."""
    if len(articles) == len(found.articles):
        return found.places
    return found.within(is_in(found.articles, articles))


def merged(parts: Sequence[Ints]) -> Ints:
    """All values of arrays that ascend, each once."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return np.empty(0, np.int64)
    return distinct(np.sort(np.concatenate(parts), kind="stable"))


def distinct(values: Ints) -> Ints:
    """The values of an array that ascends, each once."""
    if not len(values):
        return values
    first = np.concatenate(([True], values[1:] != values[:-1]))
    found: Ints = values[first]
    return found


def in_all(parts: Iterable[Ints]) -> Ints:
    """What stands in all of these arrays, each of which ascends; nothing when there are none."""
    shared: Ints | None = None
    for part in parts:
        shared = part if shared is None else shared[is_in(shared, part)]
    return np.empty(0, np.int64) if shared is None else shared


def is_in(values: Ints, others: Ints) -> Mask:
    """Which of `values` stand in `others`; both ascend."""
    if not len(others):
        return np.zeros(len(values), bool)
    at = np.minimum(np.searchsorted(others, values), len(others) - 1)
    found: Mask = others[at] == values
    return found
