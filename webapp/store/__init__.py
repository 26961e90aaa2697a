"""The source of truth: articles, what was found in them, and what the index has yet to see.

`Store` gives transactions; `articles`, `annotations` and `changes` work inside them.
"""

from sqlalchemy import Connection, Table

from webapp.store import annotations, articles, changes, removed, saved, similar
from webapp.store.schema import countries, speakers
from webapp.store.store import Store, open_store

__all__ = [
    "Connection",
    "Store",
    "Table",
    "annotations",
    "articles",
    "changes",
    "countries",
    "open_store",
    "removed",
    "saved",
    "similar",
    "speakers",
]
