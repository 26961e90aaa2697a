"""Quotes counted by who says them and by the countries that they are about."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from webapp.search.analysis import country_code, country_number
from webapp.search.columns import NOBODY, Columns, Ints, Mask
from webapp.search.index import Ask, Cross, Value
from webapp.search.matching import Evaluation
from webapp.search.results import hits
from webapp.search.vocabulary import Vocabulary

COUNTRIES = 26 * 26
"""Above every number of a country."""


class _Pairs(NamedTuple):
    """Who says a quote and a country that it is about, once for each such country."""

    speakers: Ints
    countries: Ints


def cross(
    evaluation: Evaluation, ask: Ask, size: tuple[int, int], speaker: str = "", country: str = ""
) -> Cross:
    """Quotes by speaker and country."""
    c, vocabulary = evaluation.snapshot.columns, evaluation.vocabulary
    mask = hits(evaluation, ask, quotes=True).mask
    countries, speakers = list(_countries(ask)), list(_speakers(evaluation, ask))
    pairs, names = _pairs(c, mask, countries), evaluation.snapshot.names + 1
    first = pairs.speakers == vocabulary.number("speaker", speaker) if speaker else None
    columns = _ordered(pairs.countries, first, COUNTRIES, countries)
    across = columns[: size[1]]
    inside = _inside(pairs, across)
    first = inside.countries == country_number(country) if country else None
    shown = _ordered(inside.speakers, first, names, speakers)[: size[0]]
    said = np.bincount(c.quote_speakers[mask], minlength=names)
    about = np.bincount(c.about.values[mask[c.about.owners]], minlength=COUNTRIES)
    return Cross(
        rows=tuple(_named(vocabulary, shown, said)),
        columns=tuple(Value(code, code, int(about[n])) for n, code in _codes(across)),
        cells=_cells(inside, shown, across, names),
        speakers=len(_present(np.bincount(pairs.speakers, minlength=names), speakers)),
        countries=len(columns),
        quotes=int(np.count_nonzero(mask)),
        missing=tuple(evaluation.missing),
        problems=tuple(dict.fromkeys(evaluation.problems)),
    )


def _countries(ask: Ask) -> Iterator[int]:
    """The numbers of the countries that are chosen."""
    for facet, key in ask.filters.chosen:
        if facet == "country" and (number := country_number(key)) >= 0:
            yield number


def _speakers(evaluation: Evaluation, ask: Ask) -> Iterator[int]:
    """The numbers of the speakers that are chosen, of those who have quotes."""
    counts, _ = evaluation.snapshot.speakers
    for facet, key in ask.filters.chosen:
        number = evaluation.vocabulary.number("speaker", key) if facet == "speaker" else None
        if number is not None and number < len(counts) and counts[number]:
            yield number


def _pairs(c: Columns, mask: Mask, countries: Sequence[int]) -> _Pairs:
    """The pairs of the quotes in a mask; a quote about a chosen country may be about others."""
    speakers = c.quote_speakers[c.about.owners]
    kept = mask[c.about.owners] & (speakers != NOBODY)
    if countries:
        kept &= np.isin(c.about.values, countries)
    return _Pairs(speakers[kept], c.about.values[kept])


def _inside(pairs: _Pairs, columns: Ints) -> _Pairs:
    """The pairs whose country has a column."""
    kept = _places(columns, COUNTRIES)[pairs.countries] >= 0
    return _Pairs(pairs.speakers[kept], pairs.countries[kept])


def _ordered(values: Ints, first: Mask | None, size: int, always: Sequence[int]) -> Ints:
    """The values, which are below `size`, and those that are there `always`: those with most pairs
    first, or before them those with most of the `first` pairs."""
    counts = np.bincount(values, minlength=size)
    found = _present(counts, always)
    leads = counts if first is None else np.bincount(values[first], minlength=size)
    order: Ints = found[np.lexsort((-counts[found], -leads[found]))]
    return order


def _present(counts: Ints, always: Sequence[int]) -> Ints:
    """Where something was counted, and what is there always."""
    present = counts > 0
    present[always] = True
    return np.flatnonzero(present)


def _named(vocabulary: Vocabulary, numbers: Ints, counts: Ints) -> Iterator[Value]:
    for number, value in zip(numbers, vocabulary.values(numbers.tolist()), strict=True):
        yield Value(value.key, value.name, int(counts[number]))


def _codes(numbers: Ints) -> Iterator[tuple[int, str]]:
    return ((number, country_code(number)) for number in numbers.tolist())


def _cells(pairs: _Pairs, rows: Ints, columns: Ints, names: int) -> tuple[tuple[int, ...], ...]:
    """How many pairs there are of each row with each column, which all have one."""
    row = _places(rows, names)[pairs.speakers]
    shown = row >= 0
    column = _places(columns, COUNTRIES)[pairs.countries[shown]]
    counts = np.bincount(row[shown] * len(columns) + column, minlength=len(rows) * len(columns))
    return tuple(map(tuple, counts.reshape(len(rows), len(columns)).tolist()))


def _places(kept: Ints, size: int) -> Ints:
    """For each number below `size` its place among those that are kept, -1 for others."""
    places = np.full(size, -1, np.int32)
    places[kept] = np.arange(len(kept))
    return places
