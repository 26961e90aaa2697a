"""Imports and their drafts. Every function works in the transaction of its connection."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from webapp.days import utc_now
from webapp.model import Article, Draft, Import
from webapp.packing import packed_article, unpacked_article
from webapp.store.schema import drafts, imports

_COLUMNS = [column for column in drafts.columns if column is not drafts.c.import_id]


def begin(connection: Connection, title: str, state: str) -> int:
    """The id of a new import."""
    values = {"title": title, "state": state, "at": utc_now()}
    key = connection.execute(insert(imports).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def turn(
    connection: Connection, import_id: int, state: str, before: Collection[str], problem: str = ""
) -> bool:
    """Put an import into a state; False when it is in none of the states `before`."""
    this = (imports.c.id == import_id) & imports.c.state.in_(before)
    turned = update(imports).where(this).values(state=state, problem=problem)
    return connection.execute(turned).rowcount > 0


def state_of(connection: Connection, import_id: int) -> str | None:
    state: str | None = connection.scalar(select(imports.c.state).where(imports.c.id == import_id))
    return state


def note_feed(connection: Connection, import_id: int, address: str) -> None:
    """Say that what is added is the feed at this address."""
    connection.execute(update(imports).where(imports.c.id == import_id).values(feed=address))


def get(connection: Connection, import_id: int) -> Import | None:
    return next(iter(_imports(connection, select(imports).where(imports.c.id == import_id))), None)


def latest(connection: Connection, limit: int) -> list[Import]:
    """The last ones, the newest first."""
    return _imports(connection, select(imports).order_by(imports.c.id.desc()).limit(limit))


def in_states(connection: Connection, states: Collection[str]) -> list[Import]:
    """All imports in one of these states, the oldest first."""
    some = select(imports).where(imports.c.state.in_(states)).order_by(imports.c.id)
    return _imports(connection, some)


def remove(connection: Connection, ids: Iterable[int]) -> None:
    """Forget imports and their drafts; the articles stay."""
    connection.execute(delete(imports).where(imports.c.id.in_(list(ids))))


def _imports(connection: Connection, asked: Select[Any]) -> list[Import]:
    rows = connection.execute(asked).all()
    counted = (
        select(drafts.c.import_id, drafts.c.outcome, func.count())
        .where(drafts.c.import_id.in_([row.id for row in rows]))
        .group_by(drafts.c.import_id, drafts.c.outcome)
    )
    outcomes: dict[int, dict[str, int]] = defaultdict(dict)
    for import_id, outcome, number in connection.execute(counted):
        outcomes[import_id][outcome] = number
    return [Import(**row._asdict(), outcomes=outcomes[row.id]) for row in rows]


def put(connection: Connection, import_id: int, draft: Draft) -> None:
    """Add a draft to an import."""
    values = {name: getattr(draft, name) for name in ("position", "name", "outcome", "problem")}
    article = packed_article(draft.article) if draft.article else None
    connection.execute(insert(drafts).values(import_id=import_id, article=article, **values))


def clear(connection: Connection, import_id: int) -> None:
    """Forget the drafts of an import."""
    connection.execute(delete(drafts).where(drafts.c.import_id == import_id))


def draft(connection: Connection, import_id: int, position: int) -> Draft | None:
    this = (drafts.c.import_id == import_id) & (drafts.c.position == position)
    row = connection.execute(select(*_COLUMNS).where(this)).first()
    return _draft(row) if row else None


def some(
    connection: Connection,
    import_id: int,
    outcomes: Collection[str],
    limit: int,
    offset: int = 0,
    after: int = 0,
) -> list[Draft]:
    """Drafts with one of these outcomes, by position; those above `after`."""
    those = (drafts.c.import_id == import_id) & drafts.c.outcome.in_(outcomes)
    asked = select(*_COLUMNS).where(those, drafts.c.position > after).order_by(drafts.c.position)
    return [_draft(row) for row in connection.execute(asked.limit(limit).offset(offset))]


def change(connection: Connection, import_id: int, position: int, article: Article) -> None:
    """Correct the article of a draft."""
    _update(connection, import_id, position, article=packed_article(article))


def decide(
    connection: Connection,
    import_id: int,
    position: int,
    outcome: str,
    article: Article,
    article_id: int | None = None,
) -> None:
    """Say what became of a draft. Its text is kept only while it can still be wanted."""
    kept = article if outcome in ("", "left") else Article(article.title, "")
    _update(
        connection,
        import_id,
        position,
        outcome=outcome,
        article=packed_article(kept),
        article_id=article_id,
    )


def _update(connection: Connection, import_id: int, position: int, **values: Any) -> None:
    this = (drafts.c.import_id == import_id) & (drafts.c.position == position)
    connection.execute(update(drafts).where(this).values(**values))


def _draft(row: Row[Any]) -> Draft:
    article = unpacked_article(row.article) if row.article else None
    return Draft(**row._asdict() | {"article": article})
