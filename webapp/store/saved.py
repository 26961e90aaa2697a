"""Searches that are kept under a name."""

from dataclasses import asdict

from sqlalchemy import Connection, Row, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from webapp.model import SavedSearch
from webapp.store.schema import articles, saved_searches


def put(connection: Connection, search: SavedSearch) -> None:
    """Keep a search, in place of another one of its name."""
    values = asdict(search)
    statement = sqlite_insert(saved_searches).values(**values)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))


def get(connection: Connection, name: str) -> SavedSearch | None:
    row = connection.execute(select(saved_searches).where(saved_searches.c.name == name)).first()
    return _saved(row) if row else None


def every(connection: Connection) -> list[SavedSearch]:
    """All of them by name."""
    rows = connection.execute(select(saved_searches).order_by(saved_searches.c.name))
    return [_saved(row) for row in rows]


def look(connection: Connection, name: str) -> None:
    """Note that all articles that are there now have been looked at."""
    this = saved_searches.c.name == name
    connection.execute(update(saved_searches).where(this).values(seen=last_article(connection)))


def remove(connection: Connection, name: str) -> bool:
    """Whether it was there."""
    gone = connection.execute(delete(saved_searches).where(saved_searches.c.name == name))
    return gone.rowcount > 0


def last_article(connection: Connection) -> int:
    """The highest id of an article, 0 without articles."""
    return connection.scalar(select(func.max(articles.c.id))) or 0


def _saved(row: Row[tuple[object, ...]]) -> SavedSearch:
    return SavedSearch(**row._asdict())
