"""Articles in the store. Every function works in the transaction of the connection it is given."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Row, Select, Table, func, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from webapp.days import utc_now
from webapp.model import Article
from webapp.store.schema import articles, removed

_FIELDS = (
    "id", "title", "text", "author", "source", "dateline", "published", "published_at", "url",
    "language", "headline", "imported_at",
)  # fmt: skip
_COLUMNS = [articles.c[name] for name in _FIELDS]

_HIGHEST_ID = 1_000_000_000  # that is taken from elsewhere: addresses end at twice that


def content_hash(article: Article) -> str:
    """What makes two articles the same: the title that they came with, and their cleaned text."""
    return hashlib.sha256(
        f"{article.headline or article.title}\n\n{article.text}".encode()
    ).hexdigest()


def add(connection: Connection, article: Article) -> int | None:
    """Store a new article and give its id; None when one of the same content is there.

    An article of a backup keeps its id where that is free, and when it was imported.
    """
    at = article.imported_at or utc_now()
    values = {name: getattr(article, name) for name in _FIELDS} | {"imported_at": at}
    if not are_free(connection, articles, [article.id]):
        del values["id"]
    statement = sqlite_insert(articles).values(
        **values, content_hash=content_hash(article), day=article.published or at.date()
    )
    added = connection.execute(statement.on_conflict_do_nothing().returning(articles.c.id))
    return added.scalar_one_or_none()


def are_free(connection: Connection, table: Table, ids: Sequence[int]) -> bool:
    """Whether new rows can have these ids: no others have them, nor will when brought back."""
    if len(set(ids)) < len(ids) or not all(0 < i <= _HIGHEST_ID for i in ids):
        return False
    taken = select(table.c.id).where(table.c.id.in_(id_list(ids)))
    return not any(
        connection.scalar(some.limit(1)) for some in (taken, select(removed.c.article_id))
    )


def id_of(connection: Connection, article: Article) -> int | None:
    """The id of the article of the same content, None when there is none."""
    same = articles.c.content_hash == content_hash(article)
    return connection.scalar(select(articles.c.id).where(same))


def edit(connection: Connection, article: Article) -> bool:
    """Correct title, author, source, date and address of an article; whether it is there.

    The text stays: annotations point into it.
    """
    known = get(connection, article.id)
    if known is None:
        return False
    article = replace(article, headline=known.retitled(article.title).headline)
    corrected = ("title", "headline", "author", "source", "published", "published_at", "url")
    values = {name: getattr(article, name) for name in corrected}
    values["day"] = article.published or func.date(articles.c.imported_at)
    connection.execute(update(articles).where(articles.c.id == article.id).values(**values))
    return True


def get(connection: Connection, article_id: int) -> Article | None:
    row = connection.execute(select(*_COLUMNS).where(articles.c.id == article_id)).first()
    return _article(row) if row else None


def by_ids(connection: Connection, ids: Iterable[int]) -> list[Article]:
    """These articles, in the order of the ids; those that are not there are left out."""
    wanted = list(ids)
    rows = connection.execute(select(*_COLUMNS).where(articles.c.id.in_(wanted)))
    found = {row.id: _article(row) for row in rows}
    return [found[i] for i in wanted if i in found]


def newest(connection: Connection, limit: int, offset: int = 0) -> list[Article]:
    """Articles by day, newest first; of one day the last imported first."""
    order = (articles.c.day.desc(), articles.c.id.desc())
    statement = select(*_COLUMNS).order_by(*order).limit(limit).offset(offset)
    return [_article(row) for row in connection.execute(statement)]


def days(connection: Connection, ids: Sequence[int]) -> dict[int, dt.date]:
    """The day that orders each article: published, else imported."""
    rows = select(articles.c.id, articles.c.day).where(articles.c.id.in_(id_list(ids)))
    return {row.id: row.day for row in connection.execute(rows)}


def all_ids(connection: Connection) -> list[int]:
    return list(connection.scalars(select(articles.c.id).order_by(articles.c.id)))


def neighbours(connection: Connection, article_id: int) -> tuple[Article | None, Article | None]:
    """The articles before (newer) and after (older) this one in the list."""
    here = select(articles.c.day, articles.c.id).where(articles.c.id == article_id)
    place = tuple_(articles.c.day, articles.c.id)
    day, key = connection.execute(here).one()
    newer = select(*_COLUMNS).where(place > (day, key)).order_by(articles.c.day, articles.c.id)
    older = (
        select(*_COLUMNS)
        .where(place < (day, key))
        .order_by(articles.c.day.desc(), articles.c.id.desc())
    )
    return _first(connection, newer), _first(connection, older)


def count(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(articles)) or 0


def ids_after(connection: Connection, article_id: int, limit: int) -> list[int]:
    """Up to `limit` ids above `article_id`, ascending: for walking over all articles."""
    walk = select(articles.c.id).where(articles.c.id > article_id)
    return list(connection.scalars(walk.order_by(articles.c.id).limit(limit)))


def id_list(ids: Iterable[int]) -> Select[tuple[int]]:
    """Ids as one bound value to select from: SQLite limits how many a statement may bind."""
    packed = f"[{','.join(map(str, ids))}]"
    return select(func.json_each(packed).table_valued("value").c.value)


def _first(connection: Connection, statement: Select[tuple[object, ...]]) -> Article | None:
    row = connection.execute(statement.limit(1)).first()
    return _article(row) if row else None


def _article(row: Row[tuple[object, ...]]) -> Article:
    return Article(**row._asdict())
