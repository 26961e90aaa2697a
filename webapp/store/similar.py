"""Articles of nearly the same words. Every function works in the transaction of its connection.

What a band is says `importing.similarity`: here it is a number that alike articles share.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, Select, delete, func, insert, literal, select

from webapp.store.articles import id_list
from webapp.store.schema import appearances, articles, countries, people, stories
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
    connection.execute(insert(stories), {"article_id": article_id, "story": story})


def story_of(connection: Connection, ids: Iterable[int]) -> dict[int, int]:
    """The story of each of these articles: the id of the first article that told it."""
    wanted = list(ids)
    told = stories.c.article_id.in_(id_list(wanted))
    rows = connection.execute(select(stories.c.article_id, stories.c.story).where(told))
    return {i: i for i in wanted} | {row.article_id: row.story for row in rows}


def telling(connection: Connection, story: int) -> list[int]:
    """The articles of a story, the oldest first (by day, then as they were imported)."""
    statement = select(articles.c.id).join(stories, stories.c.article_id == articles.c.id)
    ordered = statement.where(stories.c.story == story).order_by(articles.c.day, articles.c.id)
    return list(connection.scalars(ordered))


def untold(connection: Connection, limit: int) -> list[int]:
    """Some articles of which no story is known: an older Dateline stored them."""
    told = select(1).where(stories.c.article_id == articles.c.id).exists()
    return list(connection.scalars(select(articles.c.id).where(~told).limit(limit)))


def count_with_person(connection: Connection, slug: str, story: int) -> int:
    """How many other stories than this one have a person speak."""
    theirs = select(appearances.c.article_id).join(people, people.c.id == appearances.c.person_id)
    return _others(connection, theirs.where(people.c.slug == slug), story)


def count_with_country(connection: Connection, code: str, story: int) -> int:
    """How many other stories than this one name a country."""
    naming = select(countries.c.article_id).where(countries.c.code == code)
    return _others(connection, naming, story)


def _others(connection: Connection, which: Select[tuple[int]], story: int) -> int:
    found = which.subquery()
    told = func.coalesce(stories.c.story, found.c.article_id)
    joined = found.outerjoin(stories, stories.c.article_id == found.c.article_id)
    counted = select(func.count(told.distinct())).select_from(joined)
    return connection.scalar(counted.where(told != story)) or 0
