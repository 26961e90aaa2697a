"""Full text: a person's query, the derived index, and the passages to show."""

from webapp.search.hits import best_snippet, find_hits
from webapp.search.index import (
    Ask,
    Cross,
    Entry,
    EntryQuote,
    Filters,
    Found,
    Heard,
    Kind,
    Order,
    SearchIndex,
    Told,
    Value,
)
from webapp.search.query import Parsed, parse
from webapp.search.tree import Query, Term, from_json, leaves, replaced, to_json, without

__all__ = [
    "Ask",
    "Cross",
    "Entry",
    "EntryQuote",
    "Filters",
    "Found",
    "Heard",
    "Kind",
    "Order",
    "Parsed",
    "Query",
    "SearchIndex",
    "Term",
    "Told",
    "Value",
    "best_snippet",
    "find_hits",
    "from_json",
    "leaves",
    "parse",
    "replaced",
    "to_json",
    "without",
]
