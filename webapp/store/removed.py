"""Articles that were removed, kept whole so that a removal can be taken back."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Date, DateTime, Select, Table, delete, insert, select

from webapp.days import utc_now
from webapp.model import Removed
from webapp.store import changes
from webapp.store.schema import (
    Moment,
    annotations,
    appearances,
    articles,
    bands,
    countries,
    fingerprints,
    quotes,
    removed,
    repeats,
    speakers,
    stories,
)

_TABLES: tuple[Table, ...] = (
    articles, annotations, quotes, speakers, countries, bands, stories, appearances, repeats,
    fingerprints,
)  # fmt: skip


def remove(connection: Connection, article_id: int) -> str | None:
    """Take an article out of all tables and keep its rows; its title, None when it is not there."""
    rows = {table.name: _rows(connection, table, article_id) for table in _TABLES}
    if not rows["articles"]:
        return None
    article = rows["articles"][0]
    title = str(article["title"])
    values = {
        "article_id": article_id,
        "title": title,
        "at": utc_now(),
        "rows": json.dumps(rows, default=_iso, ensure_ascii=False),
        "content_hash": article["content_hash"],
    }
    connection.execute(delete(removed).where(removed.c.article_id == article_id))
    connection.execute(insert(removed), values)
    for table in reversed(_TABLES):
        key = table.c.id if table is articles else table.c.article_id
        connection.execute(delete(table).where(key == article_id))
    changes.note(connection, article_id)
    return title


def restore(connection: Connection, article_id: int) -> bool:
    """Put a removed article back as it was; False when it is not among the removed ones, or an
    article of the same content has come since."""
    packed = connection.scalar(select(removed.c.rows).where(removed.c.article_id == article_id))
    if packed is None:
        return False
    rows = json.loads(packed)
    same = articles.c.content_hash == rows["articles"][0]["content_hash"]
    if connection.scalar(select(articles.c.id).where(same)) is not None:
        return False
    for table in _TABLES:
        for row in rows.get(table.name, ()):  # an older Dateline had fewer tables
            connection.execute(insert(table), _typed(table, row))
    connection.execute(delete(removed).where(removed.c.article_id == article_id))
    changes.note(connection, article_id)
    return True


def every(connection: Connection) -> list[Removed]:
    """The removed articles, the last one first."""
    return [Removed(*row) for row in connection.execute(_told().order_by(removed.c.at.desc()))]


def get(connection: Connection, article_id: int) -> Removed | None:
    row = connection.execute(_told().where(removed.c.article_id == article_id)).first()
    return Removed(*row) if row else None


def _told() -> Select[Any]:
    same = articles.c.content_hash == removed.c.content_hash
    return select(removed.c.article_id, removed.c.title, removed.c.at, articles.c.id).select_from(
        removed.outerjoin(articles, same)
    )


def _rows(connection: Connection, table: Table, article_id: int) -> Sequence[dict[str, Any]]:
    key = table.c.id if table is articles else table.c.article_id
    found = connection.execute(select(table).where(key == article_id))
    return [dict(row._mapping) for row in found]


def _iso(value: object) -> str:
    assert isinstance(value, dt.date)
    return value.isoformat()


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row as the database takes it: JSON has no dates."""
    made = dict(row)
    for column in table.columns:
        value = row.get(column.name)
        if isinstance(column.type, DateTime | Moment) and value:
            made[column.name] = dt.datetime.fromisoformat(value)
        elif isinstance(column.type, Date) and value:
            made[column.name] = dt.date.fromisoformat(value)
    return made
