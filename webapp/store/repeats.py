"""Quotes that several articles have. Every function works in the transaction of its connection.

What a fingerprint is says `webapp.repeats`: here it is a number that quotes of one wording share.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, union, update

from webapp.store.articles import id_list
from webapp.store.schema import fingerprints, people, quotes, repeats

CROWDED = 100
"""Quotes that may share a fingerprint: one of more is a set phrase."""

MOST = 30
"""Quotes that one is compared with."""


class Known(NamedTuple):
    """A stored quote that shares fingerprints with another: its article, its group (the id of the
    first quote of the same words), its words and the slug of the person, "" when nobody knows."""

    quote_id: int
    article_id: int
    first: int
    words: str
    person: str


def shared(connection: Connection, numbers: Collection[int], article_id: int) -> set[int]:
    """Which of these fingerprints quotes of other articles have."""
    asked = id_list(set(numbers)).cte("asked")
    same = fingerprints.c.fingerprint == asked.c.value
    elsewhere = select(1).where(same, fingerprints.c.article_id != article_id).correlate(asked)
    return set(connection.scalars(select(asked.c.value).where(elsewhere.exists())))


def candidates(connection: Connection, numbers: Collection[int], article_id: int) -> list[Known]:
    """Quotes of other articles that share a fingerprint with these, those that share most first,
    and the longest quote of the group of each.

    Reads at most `CROWDED` rows a fingerprint, however many quotes there are.
    """
    asked = id_list(set(numbers)).cte("asked")
    same = fingerprints.c.fingerprint == asked.c.value
    one_too_many = select(1).where(same).offset(CROWDED).limit(1).correlate(asked).exists()
    likely = (
        select(fingerprints.c.quote_id)
        .select_from(asked.join(fingerprints, same))
        .where(~one_too_many, fingerprints.c.article_id != article_id)
        .group_by(fingerprints.c.quote_id)
        .order_by(func.count().desc(), fingerprints.c.quote_id)
        .limit(MOST)
    )
    found = _known(connection, list(connection.scalars(likely)))
    groups = id_list({known.first for known in found})
    later = connection.scalars(select(repeats.c.quote_id).where(repeats.c.first.in_(groups)))
    members = _known(connection, [*later, *(known.first for known in found)])
    return list({known.quote_id: known for known in [*found, *_telling(members)]}.values())


def _telling(members: list[Known]) -> Iterator[Known]:
    """Of each group the longest quote, and the longest of those whose person is known."""
    by_length = sorted(members, key=lambda known: (-len(known.words), known.quote_id))
    for some in (by_length, [known for known in by_length if known.person]):
        yield from {known.first: known for known in reversed(some)}.values()


def _known(connection: Connection, ids: Collection[int]) -> list[Known]:
    if not ids:
        return []
    first = func.coalesce(repeats.c.first, quotes.c.id)
    words = func.coalesce(quotes.c.words, quotes.c.exact)
    person = func.coalesce(people.c.slug, "")
    told = (
        select(quotes.c.id, quotes.c.article_id, first, words, person)
        .outerjoin(repeats, repeats.c.quote_id == quotes.c.id)
        .outerjoin(people, people.c.id == quotes.c.person_id)
        .where(quotes.c.id.in_(id_list(set(ids))), quotes.c.position.is_not(None))
    )
    return [Known(*row) for row in connection.execute(told.order_by(quotes.c.id))]


def put(
    connection: Connection,
    article_id: int,
    numbers: Mapping[int, Iterable[int]],
    firsts: Mapping[int, int],
) -> None:
    """Keep the fingerprints of the quotes of an article and the groups of those that repeat
    earlier ones, in place of what was kept before."""
    for table in (fingerprints, repeats):
        connection.execute(delete(table).where(table.c.article_id == article_id))
    told: list[dict[str, Any]] = [
        {"fingerprint": number, "quote_id": quote_id, "article_id": article_id}
        for quote_id, of_quote in numbers.items()
        for number in set(of_quote)
    ]
    same: list[dict[str, Any]] = [
        {"quote_id": quote_id, "article_id": article_id, "first": first}
        for quote_id, first in firsts.items()
        if first != quote_id
    ]
    for table, rows in ((fingerprints, told), (repeats, same)):
        if rows:
            connection.execute(insert(table), rows)


def merge(connection: Connection, groups: Collection[int], into: int) -> list[int]:
    """Make quotes of these groups members of another one; the articles that have them."""
    if not groups:
        return []
    of_them = repeats.c.first.in_(list(groups))
    heads = select(quotes.c.id, quotes.c.article_id).where(quotes.c.id.in_(list(groups)))
    found = connection.execute(heads).all()
    changed = list(connection.scalars(select(repeats.c.article_id).where(of_them)))
    connection.execute(update(repeats).where(of_them).values(first=into))
    rows = [{"quote_id": key, "article_id": article, "first": into} for key, article in found]
    if rows:
        connection.execute(insert(repeats), rows)
    return sorted({*changed, *(article for _, article in found)})


def firsts(connection: Connection, article_ids: Sequence[int]) -> dict[int, int]:
    """The quotes of these articles that repeat another one -> the first of the same words."""
    own = repeats.c.article_id.in_(id_list(article_ids))
    told = select(repeats.c.quote_id, repeats.c.first).where(own)
    return {row[0]: row[1] for row in connection.execute(told)}


def group(connection: Connection, quote_id: int) -> tuple[int, list[int]]:
    """The first of the quotes that say what this one says, which may be gone; and the ids of all
    that are there, itself too, the longest first."""
    of_it = select(repeats.c.first).where(repeats.c.quote_id == quote_id)
    first = connection.scalar(of_it) or quote_id
    others = select(repeats.c.quote_id).where(repeats.c.first == first)
    ids = id_list([first, *connection.scalars(others)])
    there = quotes.c.id.in_(ids) & quotes.c.position.is_not(None)
    length = func.length(func.coalesce(quotes.c.words, quotes.c.exact))
    ordered = select(quotes.c.id).where(there).order_by(length.desc(), quotes.c.id)
    return first, list(connection.scalars(ordered))


def articles(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    """In how many articles each of these quotes stands: those that have a quote of its `group`."""
    first = func.coalesce(repeats.c.first, quotes.c.id).label("first")
    asked = (
        select(quotes.c.id, first)
        .outerjoin(repeats, repeats.c.quote_id == quotes.c.id)
        .where(quotes.c.id.in_(id_list(ids)))
        .cte("asked")
    )
    placed = quotes.c.position.is_not(None)
    same = select(asked.c.id, quotes.c.article_id).select_from(asked)
    heads = same.join(quotes, quotes.c.id == asked.c.first).where(placed)
    members = (
        same.join(repeats, repeats.c.first == asked.c.first)
        .join(quotes, quotes.c.id == repeats.c.quote_id)
        .where(placed)
    )
    found = union(heads, members).subquery()
    counted = select(found.c.id, func.count()).group_by(found.c.id)
    return dict.fromkeys(ids, 1) | {row[0]: row[1] for row in connection.execute(counted)}
