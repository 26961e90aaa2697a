"""Which articles or quotes the values of facets let through."""

import datetime as dt

import numpy as np

from webapp.search.analysis import country_number, folded_name
from webapp.search.columns import KINDS, Mask
from webapp.search.index import Filters
from webapp.search.snapshot import Snapshot
from webapp.search.vocabulary import Vocabulary


def filtered(snapshot: Snapshot, filters: Filters, vocabulary: Vocabulary, quotes: bool) -> Mask:
    """The articles or quotes that filters let through."""
    columns = snapshot.columns
    mask = snapshot.quotes_alive.copy() if quotes else columns.alive.copy()
    if filters.after:
        late: Mask = columns.ids > filters.after
        mask &= late[columns.quote_articles] if quotes else late
    having = having_quotes if quotes else having_articles
    single: dict[str, Mask] = {}
    for facet, key in filters.chosen:
        there = having(snapshot, vocabulary, facet, key)
        if facet in ("speaker", "country") and not quotes:
            mask &= there
        else:
            single[facet] = single[facet] | there if facet in single else there
    for one in single.values():
        mask &= one
    for facet, key in filters.excluded:
        mask &= ~having(snapshot, vocabulary, facet, key)
    return mask


def having_articles(snapshot: Snapshot, vocabulary: Vocabulary, facet: str, key: str) -> Mask:
    """The articles that have a value of a facet."""
    c = snapshot.columns
    mask = np.zeros(snapshot.articles, bool)
    match facet:
        case "speaker":
            number = vocabulary.number("speaker", key)
            mask = c.speakers.having(number, snapshot.articles) if number is not None else mask
        case "country":
            mask = c.countries.having(country_number(key), snapshot.articles)
        case "source":
            number = vocabulary.number("source", folded_name(key))
            mask = c.sources == number if number is not None else mask
        case "year" if key.isascii() and key.isdecimal() and len(key) == 4 and 0 < int(key) < 9999:
            first, next_first = (dt.date(int(key) + n, 1, 1).toordinal() for n in (0, 1))
            mask = (c.dates >= first) & (c.dates < next_first)
        case "since" if day := _day(key):
            mask = c.dates >= day
        case "until" if day := _day(key):
            mask = (c.dates > 0) & (c.dates <= day)
        case "story" if _is_number(key):
            mask = c.stories == int(key)
        case "first" if _is_number(key):
            mask[c.quote_articles[c.firsts == int(key)]] = True
        case "confidence" if _is_number(key):
            mask[c.quote_articles[c.confidences >= int(key)]] = True
        case "kind" if key in KINDS:
            mask[c.quote_articles[c.quote_kinds == KINDS.index(key)]] = True
    return mask


def having_quotes(snapshot: Snapshot, vocabulary: Vocabulary, facet: str, key: str) -> Mask:
    """The quotes that have a value of a facet: their speaker, the countries they are about."""
    c = snapshot.columns
    mask = np.zeros(snapshot.quotes, bool)
    match facet:
        case "speaker":
            number = vocabulary.number("speaker", key)
            return c.quote_speakers == number if number is not None else mask
        case "country":
            return c.about.having(country_number(key), snapshot.quotes)
        case "first" if _is_number(key):
            same: Mask = c.firsts == int(key)
            return same
        case "confidence" if _is_number(key):
            sure: Mask = c.confidences >= int(key)
            return sure
        case "kind":
            return c.quote_kinds == KINDS.index(key) if key in KINDS else mask
    return having_articles(snapshot, vocabulary, facet, key)[c.quote_articles]


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) < 19


def _day(key: str) -> int:
    """The number of a day, 0 for what is none."""
    try:
        return dt.date.fromisoformat(key).toordinal()
    except ValueError:
        return 0
