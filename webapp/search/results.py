"""What a search gives back: the hits in their order, counts, and facets over all hits."""

import datetime as dt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from webapp.search import evaluate
from webapp.search.analysis import country_code
from webapp.search.evaluate import Scored
from webapp.search.filtering import filtered
from webapp.search.index import FACETS, Ask, CountryOf, Found, Value
from webapp.search.matching import Evaluation
from webapp.search.snapshot import KINDS, NOBODY, Ints, Mask, Scores, Snapshot
from webapp.search.vocabulary import Vocabulary

RECENCY = 0.1
"""How much more the newest article counts than a very old one ..."""
HALF_LIFE = 365
"""... and the days after which half of that is gone."""


def result(snapshot: Snapshot, vocabulary: Vocabulary, country_of: CountryOf, ask: Ask) -> Found:
    """The answer to a search."""
    evaluation = Evaluation(snapshot, vocabulary, country_of)
    quoted = ask.kind == "quotes"
    hits = _hits(evaluation, ask, quoted)
    other = _count(_hits(evaluation.silent(), ask, not quoted)) if ask.both else 0
    return Found(
        ids=_window(snapshot, hits, ask),
        articles=other if quoted else _count(hits),
        quotes=_count(hits) if quoted else other,
        facets={
            facet: _top(vocabulary, ask, facet, _counts(snapshot, ask, facet, hits.mask))
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
    hits = _hits(evaluation, ask, ask.kind == "quotes")
    counts = _counts(snapshot, ask, facet, hits.mask)
    if having.strip() and facet in ("speaker", "source"):
        table = np.zeros(len(counts), bool)
        numbers = vocabulary.named(facet, having, prefix=True)
        table[[number for number in numbers if number < len(counts)]] = True
        counts = np.where(table, counts, 0)
    return _top(vocabulary, ask, facet, counts)


def _count(hits: Scored) -> int:
    return int(np.count_nonzero(hits.mask))


def _hits(evaluation: Evaluation, ask: Ask, quotes: bool) -> Scored:
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


def _window(snapshot: Snapshot, hits: Scored, ask: Ask) -> tuple[int, ...]:
    """The ids of the hits asked for, best or newest first."""
    c = snapshot.columns
    at = np.flatnonzero(hits.mask)
    quotes = ask.kind == "quotes"
    days = c.days[c.quote_articles[at]] if quotes else c.days[at]
    ids = c.quote_ids[at] if quotes else c.ids[at]
    by_day = ask.newest_first or ask.query is None
    keys = days.astype(np.float64) if by_day else hits.scores[at].astype(np.float64)
    best = _best(keys, ask.stop)
    order = best[np.lexsort((-ids[best], -days[best], -keys[best]))]
    return tuple(ids[order[ask.start : ask.stop]].tolist())


def _best(keys: NDArray[Any], number: int) -> Ints:
    """Where the highest keys stand, ties included."""
    if not number or len(keys) <= number:
        return np.arange(len(keys))
    least = np.partition(keys, len(keys) - number)[len(keys) - number]
    return np.flatnonzero(keys >= least)


def _counts(snapshot: Snapshot, ask: Ask, facet: str, mask: Mask) -> Ints:
    """How many hits have each value of a facet, by the number of the value."""
    c = snapshot.columns
    quotes = ask.kind == "quotes"
    articles = c.quote_articles[mask] if quotes else np.flatnonzero(mask)
    match facet:
        case "speaker" if quotes:
            values = c.quote_speakers[mask]
        case "speaker":
            values = c.speakers.values[mask[c.speakers.owners]]
        case "country" if quotes:
            values = c.about.values[mask[c.about.owners]]
        case "country":
            values = c.countries.values[mask[c.countries.owners]]
        case "source":
            values = c.sources[articles]
        case "kind" if quotes:
            values = c.quote_kinds[mask]
        case "kind":
            values = _kinds(snapshot, mask)
        case _:
            return _years(c.dates[articles])
    counts: Ints = np.bincount(values, minlength=1)
    if facet in ("speaker", "source"):
        counts[NOBODY] = 0
    return counts


def _kinds(snapshot: Snapshot, mask: Mask) -> Ints:
    """The kinds of the quotes of articles, each once an article."""
    c = snapshot.columns
    there = np.zeros((snapshot.articles, len(KINDS)), bool)
    there[c.quote_articles, c.quote_kinds] = True
    return np.nonzero(there[mask])[1]


def _years(dates: Ints) -> Ints:
    """How many dates each year has, by the year; unknown dates are left out."""
    known = dates[dates > 0]
    days = (known - dt.date(1970, 1, 1).toordinal()).astype("datetime64[D]")
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970
    return np.bincount(years) if len(years) else np.zeros(1, np.int64)


def _top(vocabulary: Vocabulary, ask: Ask, facet: str, counts: Ints) -> tuple[Value, ...]:
    """The most frequent values; all years."""
    found = np.flatnonzero(counts)
    if facet != "year" and len(found) > ask.facets:
        found = found[_best(counts[found], ask.facets)]
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
