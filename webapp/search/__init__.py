"""Full text: a person's query, the derived index, and the passages to show."""

from webapp.search.hits import best_snippet, find_hits
from webapp.search.index import Entry, Filters, Found, SearchIndex
from webapp.search.query import Parsed, Query, parse

__all__ = [
    "Entry",
    "Filters",
    "Found",
    "Parsed",
    "Query",
    "SearchIndex",
    "best_snippet",
    "find_hits",
    "parse",
]
