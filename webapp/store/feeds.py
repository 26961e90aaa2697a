"""Feeds that are kept, and which of their entries were taken."""

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import Connection, Row, Select, delete, func, insert, literal, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from webapp.model import Feed
from webapp.store.schema import feed_entries, feeds


def put(connection: Connection, feed: Feed) -> bool:
    """Keep a feed; False when one of its address is kept, which then stays as it is."""
    statement = sqlite_insert(feeds).values(**asdict(feed)).on_conflict_do_nothing()
    return connection.execute(statement).rowcount > 0


def get(connection: Connection, address: str) -> Feed | None:
    row = connection.execute(select(feeds).where(feeds.c.address == address)).first()
    return _feed(row) if row else None


def every(connection: Connection) -> list[Feed]:
    """All of them by title."""
    rows = connection.execute(select(feeds).order_by(feeds.c.title, feeds.c.address))
    return [_feed(row) for row in rows]


def note(connection: Connection, feed: Feed) -> None:
    """Note what the last look at a feed told, if it is still kept."""
    this = feeds.c.address == feed.address
    connection.execute(update(feeds).where(this).values(**asdict(feed)))


def begin(connection: Connection, addresses: Collection[str], at: dt.datetime) -> None:
    """Note when a look at these feeds began; `note` ends it."""
    these = feeds.c.address.in_(_values(addresses))
    connection.execute(update(feeds).where(these).values(begun=at))


def remove(connection: Connection, address: str) -> bool:
    """Keep a feed no more, and forget its entries; whether it was there."""
    return connection.execute(delete(feeds).where(feeds.c.address == address)).rowcount > 0


def known(connection: Connection, address: str, entries: Collection[str]) -> set[str]:
    """Those of the entries that were taken from this feed."""
    taken = select(feed_entries.c.entry).where(
        feed_entries.c.feed == address, feed_entries.c.entry.in_(_values(entries))
    )
    return set(connection.scalars(taken))


def note_entry(connection: Connection, address: str, entry: str) -> None:
    """Note that an entry was taken, if its feed is still kept."""
    kept = select(feeds.c.address, literal(entry)).where(feeds.c.address == address)
    columns = [feed_entries.c.feed, feed_entries.c.entry]
    connection.execute(insert(feed_entries).prefix_with("OR IGNORE").from_select(columns, kept))


def _values(texts: Collection[str]) -> Select[tuple[str]]:
    """The texts as one bound value: SQLite limits how many a statement may bind."""
    return select(func.json_each(json.dumps(list(texts))).table_valued("value").c.value)


def _feed(row: Row[tuple[object, ...]]) -> Feed:
    return Feed(**row._asdict())
