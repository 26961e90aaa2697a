"""How SQLite answers what the pages ask: by an index, never by reading a whole table."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from webapp import create_app
from webapp.config import Settings
from webapp.library import Library
from webapp.model import Article

LARGE = {
    "articles", "annotations", "quotes", "speakers", "countries", "bands", "stories", "people",
    "people_keys", "people_variants", "appearances", "repeats", "fingerprints",
}  # fmt: skip
SPEAKER = "yusef-al-karimi"
PAGES = [
    "/speakers",
    "/speakers?sort=name&page=2",
    "/speakers?q=al",
    f"/speakers/{SPEAKER}",
    "/countries",
    "/countries?by=quotes",
    "/countries/IQ",
    "/quotes",
    f"/quotes?by={SPEAKER}&about=TR",
    "/quotes?q=road&since=2025-01-01&confidence=80",
    "/matrix",
    f"/matrix?by={SPEAKER}",
    f"/sides?by={SPEAKER}&by=selin-karahan&about=TR",
    "/search?q=grain",
    f"/search?speaker={SPEAKER}&country=TR",
    f"/api/quotes?by={SPEAKER}",
    "/api/speakers",
    f"/api/speakers/{SPEAKER}",
    "/api/countries",
    "/api/matrix",
]


@contextmanager
def told() -> Iterator[list[tuple[str, Any]]]:
    """What the database is asked, with its values."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def scans(database: sqlite3.Connection, statement: str, values: Any) -> list[str]:
    """The large tables that a statement reads from end to end."""
    plan = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    named = _names(statement)
    read = [step.split()[1] for step in plan if step.startswith("SCAN ")]
    return [table for name in read if (table := named.get(name, name)) in LARGE]


def read_whole(home: Path, asked: list[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """The large tables that were read from end to end, each with the statement that did it."""
    database = sqlite3.connect(home / "dateline.sqlite")
    for statement, values in asked:
        if statement.lstrip().upper().startswith(("SELECT", "WITH", "UPDATE", "DELETE")):
            yield from ((table, statement) for table in scans(database, statement, values))
    database.close()


def _names(statement: str) -> dict[str, str]:
    """What the tables are called in the statement -> their names."""
    words = statement.replace("(", " ").replace(")", " ").replace(",", " ").split()
    triples = zip(words, words[1:], words[2:], strict=False)
    return {alias: table for table, known_as, alias in triples if known_as.upper() == "AS"}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_reads_by_indexes(filled: Library, articles_home: Path, page: str) -> None:
    client = create_app(Settings(articles_home), filled).test_client()
    with told() as asked:
        assert client.get(page).status_code == 200
    assert list(read_whole(articles_home, asked)) == []


def test_an_article_is_related_to_others_by_indexes(library: Library, home: Path) -> None:
    said = "“The third crane is painted in a colour that does not show salt,” said Ewa Tarkka"
    library.add(Article("One", f"One\n\n{said}, a Finnish engineer."))
    with told() as asked:
        library.add(Article("Two", f"Two\n\n{said}, an engineer from Finland, in May."))
    assert len({*library.article(1).people.values(), *library.article(2).people.values()}) == 1
    assert list(read_whole(home, asked)) == []


def test_a_scan_would_be_seen(articles_home: Path) -> None:
    with sqlite3.connect(articles_home / "dateline.sqlite") as database:
        assert scans(database, "SELECT * FROM quotes AS q WHERE q.exact = ?", ("x",)) == ["quotes"]
        assert scans(database, "SELECT * FROM quotes WHERE id = ?", (1,)) == []
    database.close()
