"""Articles of nearly the same words. Every function works in the transaction of its connection.

What a band is says `importing.similarity`: here it is a number that alike articles share.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, func, insert, literal, or_, select

from webapp.store.articles import id_list
from webapp.store.schema import articles, stories
from webapp.store.schema import bands as band_rows

CROWDED = 200
"""Articles that may share a band: one of more says boilerplate, and reading it costs time."""


def candidates(connection: Connection, bands: Collection[int], limit: int = 50) -> list[int]:
    """Articles that share a band with these, those that share most first, then the oldest.

    Reads at most `CROWDED` rows a band, however many articles there are.
    """
    asked = id_list(set(bands)).cte("asked")
    same_band = band_rows.c.band == asked.c.value
    one_too_many = select(1).where(same_band).offset(CROWDED).limit(1).correlate(asked).exists()
    statement = (
        select(band_rows.c.article_id)
        .select_from(asked.join(band_rows, same_band))
        .where(~one_too_many)
        .group_by(band_rows.c.article_id)
        .order_by(func.count().desc(), band_rows.c.article_id)
        .limit(limit)
    )
    return list(connection.scalars(statement))


def put(connection: Connection, article_id: int, bands: Collection[int], story: int) -> None:
    """Keep the bands of an article and its story, in place of what was kept before."""
    for table in (band_rows, stories):
        connection.execute(delete(table).where(table.c.article_id == article_id))
    numbers = id_list(set(bands)).subquery()
    rows = select(numbers.c.value, literal(article_id))
    connection.execute(insert(band_rows).from_select(["band", "article_id"], rows))
    if story != article_id:
        connection.execute(insert(stories), {"article_id": article_id, "story": story})


def story_of(connection: Connection, ids: Iterable[int]) -> dict[int, int]:
    """The story of each of these articles: the id of the first article that told it."""
    wanted = list(ids)
    told = stories.c.article_id.in_(id_list(wanted))
    rows = connection.execute(select(stories.c.article_id, stories.c.story).where(told))
    return {i: i for i in wanted} | {row.article_id: row.story for row in rows}


def others(connection: Connection, article_id: int) -> list[int]:
    """The other articles of its story, the oldest first (by day, then as they were imported)."""
    story = story_of(connection, [article_id])[article_id]
    later = select(stories.c.article_id).where(stories.c.story == story)
    tells_it = or_(articles.c.id == story, articles.c.id.in_(later))
    statement = select(articles.c.id).where(tells_it, articles.c.id != article_id)
    return list(connection.scalars(statement.order_by(articles.c.day, articles.c.id)))
