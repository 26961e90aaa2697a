"""The source of truth: articles, what was found in them, and what the index has yet to see.

`Store` gives transactions; `articles`, `annotations` and `changes` work inside them.
"""

from sqlalchemy import Connection

from webapp.store import (
    annotations,
    articles,
    changes,
    feeds,
    imports,
    people,
    removed,
    repeats,
    saved,
    similar,
)
from webapp.store.schema import countries, speakers
from webapp.store.store import Store, open_store

__all__ = [
    "Connection",
    "Store",
    "annotations",
    "articles",
    "changes",
    "countries",
    "feeds",
    "imports",
    "open_store",
    "people",
    "removed",
    "repeats",
    "saved",
    "similar",
    "speakers",
]
