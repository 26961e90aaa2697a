"""A query -> which articles or quotes it finds and how well, on the arrays of a snapshot.

Articles are ranked by BM25F over title and text (Robertson and Zaragoza 2009, "The Probabilistic
Relevance Framework"), the word as it was typed above other forms of its stem. Conditions on quotes
(said, by, about, kind) that stand together must hold for one and the same quote.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from webapp.search.columns import KINDS, SHIFT, Ints, Mask, Scores
from webapp.search.matching import Evaluation, in_all, whole
from webapp.search.tree import And, Dates, Near, Not, Or, Phrase, Query, Same, Term
from webapp.search.words import COMMON, folded, forms

K1 = 1.2
"""How soon more of the same word stops to count."""
WEIGHTS = {"text": (1.0, 0.75), "title": (3.0, 0.5)}
"""Field -> how much a word in it counts, and how much its length takes back (BM25F's w and b)."""
OF_QUOTES = {"said", "by", "about", "kind"}


class Scored(NamedTuple):
    """Which articles or quotes match, and their scores (0 where a match is only a condition)."""

    mask: Mask
    scores: Scores


def articles(evaluation: Evaluation, query: Query) -> Scored:
    """The articles that a query finds."""
    return _Articles(evaluation).all(query)


def quotes(evaluation: Evaluation, query: Query) -> Scored:
    """The quotes that a query finds: its words in what is said or in who says it."""
    return _Quotes(evaluation).all(query)


class _Space:
    """What articles and quotes have in common: how conditions are put together."""

    size: int

    def __init__(self, evaluation: Evaluation) -> None:
        self.ev = evaluation
        self.snapshot = evaluation.snapshot
        self.columns = evaluation.snapshot.columns

    def leaf(self, leaf: Term | Phrase | Near) -> Scored:
        raise NotImplementedError

    def same(self, same: Same) -> Scored:
        raise NotImplementedError

    def dates(self, dates: Dates) -> Mask:
        raise NotImplementedError

    def all(self, query: Query) -> Scored:
        if not self.ev.in_time():
            return self.condition(np.ones(self.size, bool))
        match query:
            case Term() | Phrase() | Near():
                found = self.leaf(whole(query))
                self.ev.note(query, found.mask)
                return found
            case Same():
                return self.same(query)
            case Dates():
                return self.condition(self.dates(query))
            case Not():
                return self.condition(~self.all(query.child).mask)
            case And():
                return self.both(query.children)
            case Or():
                first, *others = dict.fromkeys(query.children)
                found = self.all(first)
                for child in others:
                    other = self.all(child)
                    found = Scored(found.mask | other.mask, found.scores + other.scores)
                return found

    def both(self, children: Sequence[Query]) -> Scored:
        each = list(dict.fromkeys(children))
        kept = [child for child in each if not _too_common(child)] or each
        found = self.all(kept[0])
        for child in kept[1:]:
            other = self.all(child)
            found = Scored(found.mask & other.mask, found.scores + other.scores)
        return found

    def condition(self, mask: Mask) -> Scored:
        return Scored(mask, np.zeros(self.size, np.float32))

    def span(self, dates: Dates, days: Ints) -> Mask:
        mask: Mask = days > 0
        if dates.first:
            mask &= days >= dates.first.toordinal()
        if dates.last:
            mask &= days <= dates.last.toordinal()
        return mask


class _Articles(_Space):
    def __init__(self, evaluation: Evaluation) -> None:
        super().__init__(evaluation)
        self.size = self.snapshot.articles

    def leaf(self, leaf: Term | Phrase | Near) -> Scored:
        c = self.columns
        match leaf.field:
            case "" | "text" | "title":
                names = ("text", "title") if leaf.field == "" else (leaf.field,)
                return self.words(leaf, names)
            case "speaker":
                return self.condition(
                    c.speakers.owning(self.ev.named("speaker", leaf)[c.speakers.values], self.size)
                )
            case "country":
                return self.condition(c.countries.having(self.ev.country(leaf), self.size))
            case "source":
                return self.condition(self.ev.named("source", leaf)[c.sources])
            case "author":
                return self.condition(self.ev.named("author", leaf)[c.authors])
            case "lang":
                return self.condition(self.ev.named("lang", leaf)[c.languages])
            case _:
                return self.of_quotes(_Quotes(self.ev).all(leaf))

    def words(self, leaf: Term | Phrase | Near, names: Sequence[str]) -> Scored:
        """BM25F of a leaf over fields."""
        frequency = np.zeros(self.size, np.float32)
        for name in names:
            weight, b = WEIGHTS[name]
            lengths = self.snapshot.lengths[name]
            for articles, counts, worth in self.frequencies(leaf, name):
                norm = (1 - b) + b * lengths[articles]
                frequency[articles] += (weight * worth) * counts / norm
        return _ranked(frequency, self.snapshot.living)

    def frequencies(
        self, leaf: Term | Phrase | Near, name: str
    ) -> Iterable[tuple[Ints, Ints, float]]:
        if isinstance(leaf, Term):
            for form, worth in self.ev.forms(leaf):
                if self.ev.in_time():
                    found = self.snapshot.places(name, form)
                    yield found.articles, found.counts, worth
        else:
            articles, counts = np.unique(self.ev.at(leaf, name) >> SHIFT, return_counts=True)
            yield articles, counts, 1.0

    def same(self, same: Same) -> Scored:
        name = _field_of(same)
        if name == "said":
            return self.of_quotes(_Quotes(self.ev).all(same))
        _, places = self.ev.units(same, "title" if name == "title" else "text")
        frequency = np.zeros(self.size, np.float32)
        articles, counts = np.unique(places >> SHIFT, return_counts=True)
        frequency[articles] = counts
        return _ranked(frequency, self.snapshot.living)

    def dates(self, dates: Dates) -> Mask:
        return self.span(dates, self.columns.dates)

    def both(self, children: Sequence[Query]) -> Scored:
        """Conditions on quotes are met by one quote, with what is excluded beside them."""
        quoted = [child for child in children if _about_quotes(child)]
        others = [child for child in children if not _about_quotes(child)]
        if not any(not isinstance(child, Not) for child in quoted):
            return super().both(children)
        found = self.of_quotes(_Quotes(self.ev).both(quoted))
        if not others:
            return found
        rest = super().both(others)
        return Scored(found.mask & rest.mask, found.scores + rest.scores)

    def of_quotes(self, quotes: Scored) -> Scored:
        """The articles of quotes, each with the score of its best one."""
        scores = np.zeros(self.size, np.float32)
        articles = self.columns.quote_articles[quotes.mask]
        np.maximum.at(scores, articles, quotes.scores[quotes.mask])
        mask = np.zeros(self.size, bool)
        mask[articles] = True
        return Scored(mask, scores)


class _Quotes(_Space):
    def __init__(self, evaluation: Evaluation) -> None:
        super().__init__(evaluation)
        self.size = self.snapshot.quotes

    def leaf(self, leaf: Term | Phrase | Near) -> Scored:
        c = self.columns
        match leaf.field:
            case "":
                said = self.words(leaf)
                by = self.ev.named("speaker", leaf)[c.quote_speakers]
                return Scored(said.mask | by, said.scores + by.astype(np.float32))
            case "said":
                return self.words(leaf)
            case "by" | "speaker":
                return self.condition(self.ev.named("speaker", leaf)[c.quote_speakers])
            case "about" | "country":
                return self.condition(c.about.having(self.ev.country(leaf), self.size))
            case "kind":
                kind = leaf.word if isinstance(leaf, Term) else leaf.text
                return self.condition(c.quote_kinds == KINDS.index(kind.lower()))
            case _:
                return self.condition(_Articles(self.ev).leaf(leaf).mask[c.quote_articles])

    def words(self, leaf: Term | Phrase | Near) -> Scored:
        frequency = np.zeros(self.size, np.float32)
        if isinstance(leaf, Term):
            for form, worth in self.ev.forms(leaf):
                if not self.ev.in_time():
                    break
                self.count(frequency, self.snapshot.places("text", form).places, worth)
        else:
            last = len(forms(leaf.text)) - 1 if isinstance(leaf, Phrase) else 0
            self.count(frequency, self.ev.at(leaf, "text"), 1.0, last)
        return _ranked(frequency, self.size)

    def count(self, frequency: Scores, places: Ints, worth: float, last: int = 0) -> None:
        quotes = self.snapshot.quote_of(places, last)
        np.add.at(frequency, quotes[quotes >= 0], worth)

    def same(self, same: Same) -> Scored:
        if _field_of(same) == "title":
            return self.condition(_Articles(self.ev).same(same).mask[self.columns.quote_articles])
        # In one quote and in one unit: the places of each child, by (quote, unit).
        breaks = self.columns.sentences if same.unit == "sentence" else self.columns.paragraphs

        def held(places: Ints) -> Ints:
            quotes = self.snapshot.quote_of(places)
            units = np.searchsorted(breaks, places, "right")
            return np.unique((quotes[quotes >= 0] << 32) | units[quotes >= 0])

        shared = in_all(map(held, self.ev.children(same, "text")))
        frequency = np.zeros(self.size, np.float32)
        np.add.at(frequency, shared >> 32, 1.0)
        return _ranked(frequency, self.size)

    def dates(self, dates: Dates) -> Mask:
        return self.span(dates, self.columns.dates)[self.columns.quote_articles]


def _ranked(frequency: Scores, living: int) -> Scored:
    """BM25's scores of weighted frequencies."""
    mask = frequency > 0
    at = np.flatnonzero(mask)
    rarity = np.log1p(max(0.5, living - len(at) + 0.5) / (len(at) + 0.5))
    scores = np.zeros(len(frequency), np.float32)
    scores[at] = rarity * (K1 + 1) * frequency[at] / (K1 + frequency[at])
    return Scored(mask, scores)


def _field_of(query: Query) -> str:
    """The field that a leaf, or every leaf of a group, is in; "" for several."""
    match query:
        case Term() | Phrase() | Near():
            return query.field
        case Not():
            return _field_of(query.child)
        case And() | Or() | Same():
            fields = {_field_of(child) for child in query.children}
            return fields.pop() if len(fields) == 1 else ""
    return ""


def _about_quotes(query: Query) -> bool:
    """Whether all of it is said of quotes."""
    match query:
        case Term() | Phrase() | Near():
            return query.field in OF_QUOTES
        case Not():
            return _about_quotes(query.child)
        case And() | Or() | Same():
            return all(_about_quotes(child) for child in query.children)
    return False


def _too_common(query: Query) -> bool:
    if not isinstance(query, Term) or query.prefix or query.field not in ("", "text", "title"):
        return False
    return folded(query.word) in COMMON
