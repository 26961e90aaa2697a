"""Which articles the index has yet to see, as a queue that survives kills."""

from sqlalchemy import Connection, delete, func, insert, select

from webapp.store.schema import changes


def note(connection: Connection, article_id: int) -> None:
    """Say, in the transaction that changes the article, that the index must look at it."""
    connection.execute(insert(changes), {"article_id": article_id})


def pending(connection: Connection, limit: int) -> tuple[int, list[int]]:
    """The oldest changes: the last one's number and their articles, each once."""
    oldest = select(changes.c.seq, changes.c.article_id).order_by(changes.c.seq).limit(limit)
    rows = connection.execute(oldest).all()
    return (rows[-1].seq if rows else 0), sorted({row.article_id for row in rows})


def count(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(changes)) or 0


def forget(connection: Connection, through: int) -> None:
    """Drop the changes up to this number: the index has them."""
    connection.execute(delete(changes).where(changes.c.seq <= through))


def last(connection: Connection) -> int:
    """The number of the newest change, 0 when there is none."""
    return connection.scalar(select(func.max(changes.c.seq))) or 0
