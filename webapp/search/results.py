"""What a search gives back: the hits in their order, counts, and facets over all hits."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from webapp.search import evaluate
from webapp.search.analysis import country_code
from webapp.search.columns import KINDS, NOBODY, Ints, Mask, Scores, of_articles
from webapp.search.evaluate import Scored
from webapp.search.filtering import filtered
from webapp.search.folding import Folded, unfolded
from webapp.search.index import FACETS, Ask, CountryOf, Found, Told, Value
from webapp.search.matching import Evaluation
from webapp.search.snapshot import Snapshot
from webapp.search.vocabulary import Vocabulary

RECENCY = 0.1
"""How much more the newest article counts than a very old one ..."""
HALF_LIFE = 365
"""... and the days after which half of that is gone."""


def result(snapshot: Snapshot, vocabulary: Vocabulary, country_of: CountryOf, ask: Ask) -> Found:
    """The answer to a search."""
    evaluation = Evaluation(snapshot, vocabulary, country_of)
    quoted = ask.kind == "quotes"
    found = hits(evaluation, ask, quoted)
    listed = _listed(snapshot, found, ask, quoted)
    gone_through, other = _count(listed.mask), 0
    total = _count(found.mask) if quoted else gone_through
    if ask.both:
        others = hits(evaluation.silent(), ask, not quoted)
        other = _count(_listed(snapshot, others, ask, False).mask if quoted else others.mask)
    at = _window(snapshot, listed.mask, found, ask)
    return Found(
        ids=tuple((snapshot.columns.quote_ids if quoted else snapshot.columns.ids)[at].tolist()),
        articles=other if quoted else total,
        quotes=total if quoted else other,
        listed=gone_through,
        told=_told(snapshot, listed, at, quoted),
        folded=_count(found.mask) - gone_through,
        facets={
            facet: _top(vocabulary, ask, facet, _counts(snapshot, ask, facet, found.mask))
            for facet in (FACETS if ask.facets else ())
        },
        missing=tuple(evaluation.missing),
        problems=tuple(dict.fromkeys(evaluation.problems)),
    )


def values_of(
    snapshot: Snapshot,
    vocabulary: Vocabulary,
    country_of: CountryOf,
    ask: Ask,
    facet: str,
    having: str,
) -> tuple[Value, ...]:
    """The values of a facet over all hits, by name."""
    evaluation = Evaluation(snapshot, vocabulary, country_of)
    found = hits(evaluation, ask, ask.kind == "quotes")
    counts = _counts(snapshot, ask, facet, found.mask)
    if having.strip() and facet in ("speaker", "source"):
        table = np.zeros(len(counts), bool)
        numbers = vocabulary.named(facet, having, prefix=True)
        table[[number for number in numbers if number < len(counts)]] = True
        counts = np.where(table, counts, 0)
    return _top(vocabulary, ask, facet, counts)


def _count(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


def hits(evaluation: Evaluation, ask: Ask, quotes: bool) -> Scored:
    """Which articles or quotes are found, and how well."""
    snapshot = evaluation.snapshot
    let_through = filtered(snapshot, ask.filters, evaluation.vocabulary, quotes)
    if ask.query is None:
        return Scored(let_through, np.zeros(len(let_through), np.float32))
    found = (evaluate.quotes if quotes else evaluate.articles)(evaluation, ask.query)
    scores = found.scores if quotes else _recent(snapshot, found, ask)
    return Scored(found.mask & let_through, scores)


def _recent(snapshot: Snapshot, found: Scored, ask: Ask) -> Scores:
    """The scores with the factor for recent articles: 1 + RECENCY / 2 ** (age / HALF_LIFE), the age
    against the newest article of the collection."""
    days = snapshot.columns.days
    if not ask.recency or not len(days):
        return found.scores
    age = (days.max() - days).astype(np.float32)
    scores: Scores = found.scores * (1 + RECENCY * np.exp2(-age / HALF_LIFE))
    return scores


def counted(evaluation: Evaluation, ask: Ask) -> Mask:
    """The articles or quotes that a search counts."""
    quoted = ask.kind == "quotes"
    found = hits(evaluation, ask, quoted)
    return found.mask if quoted else _listed(evaluation.snapshot, found, ask, False).mask


def _listed(snapshot: Snapshot, found: Scored, ask: Ask, quotes: bool) -> Folded:
    """The hits that are listed: of each story or wording the first in the order asked for."""
    if not ask.folds:
        return unfolded(found.mask)
    c = snapshot.columns
    days = c.days[c.quote_articles] if quotes else c.days
    versions = snapshot.repeats if quotes else snapshot.versions
    return versions.folded(found.mask, days if _by_day(ask) else found.scores)


def _told(snapshot: Snapshot, listed: Folded, at: Ints, quotes: bool) -> dict[int, Told]:
    c = snapshot.columns
    ids, stories = (c.quote_ids, c.firsts) if quotes else (c.ids, c.stories)
    found = zip(ids[at], stories[at], listed.others[at], strict=True)
    return {int(key): Told(int(story), int(others)) for key, story, others in found}


def _by_day(ask: Ask) -> bool:
    return ask.newest_first or ask.query is None


def _window(snapshot: Snapshot, mask: Mask, found: Scored, ask: Ask) -> Ints:
    """Where the hits asked for are among all articles or quotes, best or newest first."""
    c = snapshot.columns
    at = np.flatnonzero(mask)
    quotes = ask.kind == "quotes"
    days = c.days[c.quote_articles[at]] if quotes else c.days[at]
    ids = c.quote_ids[at] if quotes else c.ids[at]
    keys = days if _by_day(ask) else found.scores[at]
    first = best(keys, ask.stop)
    order = first[np.lexsort((-ids[first], -days[first], -keys[first]))]
    window: Ints = at[order[ask.start : ask.stop]]
    return window


def best(keys: NDArray[Any], number: int) -> Ints:
    """Where the highest keys stand, ties included."""
    if len(keys) <= number:
        return np.arange(len(keys))
    if not number:
        return np.empty(0, np.int64)
    least = np.partition(keys, len(keys) - number)[len(keys) - number]
    return np.flatnonzero(keys >= least)


def _counts(snapshot: Snapshot, ask: Ask, facet: str, mask: Mask) -> Ints:
    """How many hits have each value of a facet, by the number of the value."""
    if ask.kind == "quotes":
        values = _of_quotes(snapshot, facet, mask)
    else:
        every = snapshot.values(facet)
        values = every.of_stories(mask) if ask.folds else every.of(mask)
    counts: Ints = np.bincount(values, minlength=1)
    if facet in ("speaker", "source", "year"):
        counts[NOBODY] = 0
    return counts


def _of_quotes(snapshot: Snapshot, facet: str, mask: Mask) -> Ints:
    """The values that quotes have."""
    c = snapshot.columns
    match facet:
        case "speaker":
            return c.quote_speakers[mask]
        case "country":
            return c.about.values[mask[c.about.owners]]
        case "kind":
            return c.quote_kinds[mask]
    of_each = of_articles(c, facet).values
    return of_each[c.quote_articles[mask]]


def _top(vocabulary: Vocabulary, ask: Ask, facet: str, counts: Ints) -> tuple[Value, ...]:
    """The most frequent values; all years."""
    found = np.flatnonzero(counts)
    if facet != "year" and len(found) > ask.facets:
        found = found[best(counts[found], ask.facets)]
    numbers: list[int] = found[np.argsort(-counts[found], kind="stable")].tolist()
    if facet == "year":
        return tuple(Value(str(year), str(year), int(counts[year])) for year in sorted(numbers))
    numbers = numbers[: ask.facets]
    if facet == "kind":
        return tuple(Value(KINDS[n], KINDS[n], int(counts[n])) for n in numbers)
    if facet == "country":
        return tuple(Value(country_code(n), country_code(n), int(counts[n])) for n in numbers)
    named = vocabulary.values(numbers)
    key = "name" if facet == "source" else "key"
    return tuple(
        Value(getattr(value, key), value.name, int(counts[number]))
        for number, value in zip(numbers, named, strict=True)
    )
