"""A database with transactions: `read()` and `write()` give connections for the sibling modules."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from webapp.errors import Unavailable
from webapp.store.schema import HEAD

WAIT_SECONDS = 30
"""How long a writer waits for another one before it gives up."""


class Store:
    """Transactions on the database; errors of the database become Unavailable."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the store until it is left."""
        with _translated(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it happens or nothing. Waits for other writers."""
        engine = self._engine.execution_options(begin="IMMEDIATE")
        with _translated(), engine.begin() as connection:
            yield connection

    def close(self) -> None:
        self._engine.dispose()


def open_store(path: Path) -> Store:
    """The store in an SQLite file, made or brought up to date when it is not.

    Raises Unavailable when the folder or the file cannot be used.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise Unavailable(f"The folder {path.parent} cannot be made: {reason}.") from error
    for place in (path.parent, path):
        if place.exists() and not os.access(place, os.W_OK):
            raise Unavailable(
                f"{place} cannot be written, which a collection needs also to be read. "
                "Copy the collection to a folder of your own."
            )
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": WAIT_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    with _translated():
        _migrate(engine, path)
    return Store(engine)


def _prepare(connection: Any, _record: object) -> None:
    # Python's sqlite3 must not begin transactions by itself; _begin does.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once: upgrading later can fail however long it waits.
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', '')}")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise Unavailable(f"The collection cannot be used now: {error.orig}.") from error
    except SQLAlchemyError as error:
        raise Unavailable(f"The collection cannot be used now: {error}.") from error


def _migrate(engine: Engine, path: Path) -> None:
    if _version(engine) == HEAD:
        return
    try:
        with FileLock(path.with_suffix(".lock"), timeout=WAIT_SECONDS):
            if (found := _version(engine)) == HEAD:
                return
            if found and found > HEAD:
                raise Unavailable(f"{path} was written by a newer Dateline. Install that one.")
            _upgrade(engine)
    except Timeout as error:
        message = f"Another Dateline is bringing {path} up to date. Try again in a minute."
        raise Unavailable(message) from error


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return version


def _upgrade(engine: Engine) -> None:
    from alembic import command  # only here: a start without migration need not load it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
