"""Speakers across articles. Every function works in the transaction of its connection.

Who is who decides `webapp.identity`; here it is kept.
"""

import datetime as dt
import json
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from webapp.model import Person, RoleTold, Variant
from webapp.store.articles import id_list
from webapp.store.schema import (
    appearances,
    articles,
    people,
    people_keys,
    people_variants,
    quotes,
    speakers,
)

CROWDED = 50
"""People of one key that are compared: more share it by chance."""


LOOKED_AT = 50
"""Articles of a person that are looked at for the latest role."""


class Listed(NamedTuple):
    """A person in one line; `role` is "" when no article gives one."""

    name: str
    kind: str
    role: str


class Candidate(NamedTuple):
    """A person who may be meant, with the names and roles that articles have."""

    id: int
    slug: str
    kind: str
    name: str
    variants: tuple[tuple[str, str], ...]


def candidates(connection: Connection, keys: Collection[str]) -> list[Candidate]:
    """The people who share a key, the first ones known first; at most CROWDED of each key."""
    variants: dict[tuple[int, str, str, str], list[tuple[str, str]]] = defaultdict(list)
    found = connection.execute(_sharing(), {"keys": json.dumps(list(keys))})
    for person_id, slug, name, kind, variant, role in found:
        variants[person_id, slug, kind, name].append((variant, role))
    return [Candidate(*person, tuple(told)) for person, told in variants.items()]


@cache  # it is asked for every speaker of every article, and to build it takes longer than to run
def _sharing() -> Select[Any]:
    """People with their variants, by a list of keys as JSON."""
    asked = select(func.json_each(bindparam("keys")).table_valued("value").c.value).cte()
    one_too_many = (
        select(people_keys.c.person_id)
        .where(people_keys.c.key == asked.c.value)
        .order_by(people_keys.c.person_id)
        .offset(CROWDED)
        .limit(1)
        .correlate(asked)
        .scalar_subquery()
    )
    bearers = people_keys.alias()
    ids = (
        select(bearers.c.person_id)
        .join(asked, bearers.c.key == asked.c.value)
        .where(bearers.c.person_id < func.coalesce(one_too_many, sys.maxsize))
    )
    return (
        select(*people.c, people_variants.c.name, people_variants.c.role)
        .join(people_variants, people_variants.c.person_id == people.c.id)
        .where(people.c.id.in_(ids))
        .order_by(people.c.id)
    )


def add(connection: Connection, slug: str, name: str, kind: str) -> int:
    """A new person; the slug gets a number when another has it already."""
    number = 1
    while True:
        free = slug if number == 1 else f"{slug}-{number}"
        statement = sqlite_insert(people).values(slug=free, name=name, kind=kind)
        made = connection.execute(statement.on_conflict_do_nothing().returning(people.c.id))
        if (person_id := made.scalar_one_or_none()) is not None:
            return int(person_id)
        number += 1


def rename(connection: Connection, person_id: int, name: str) -> None:
    """Call a person by a fuller name; the slug stays."""
    connection.execute(update(people).where(people.c.id == person_id).values(name=name))


def add_variant(
    connection: Connection, person_id: int, name: str, role: str, why: str, keys: Iterable[str]
) -> None:
    """Note under which name and in which role a person speaks, and what finds them by it."""
    variant = {"person_id": person_id, "name": name, "role": role, "why": why}
    connection.execute(sqlite_insert(people_variants).on_conflict_do_nothing(), variant)
    found = [{"key": key, "person_id": person_id} for key in keys]
    connection.execute(sqlite_insert(people_keys).on_conflict_do_nothing(), found)


def of_article(connection: Connection, article_id: int) -> dict[tuple[str, str, str], int]:
    """(slug, name, role) of each speaker of an article -> the person."""
    own = select(appearances).where(appearances.c.article_id == article_id)
    return {(row.slug, row.name, row.role): row.person_id for row in connection.execute(own)}


def put(connection: Connection, article_id: int, found: Mapping[tuple[str, str, str], int]) -> None:
    """Say which person each speaker (slug, name, role) of an article is, in place of before."""
    connection.execute(delete(appearances).where(appearances.c.article_id == article_id))
    rows: list[dict[str, Any]] = [
        {
            "article_id": article_id,
            "slug": slug,
            "name": name,
            "role": role,
            "person_id": person_id,
        }
        for (slug, name, role), person_id in found.items()
    ]
    if rows:
        connection.execute(insert(appearances), rows)


def put_quotes(connection: Connection, article_id: int, whose: Mapping[int, int]) -> None:
    """Say which person says each quote of an article."""
    of_article = update(quotes).where(quotes.c.article_id == article_id)
    connection.execute(of_article.values(person_id=None))
    one = update(quotes).where(quotes.c.id == bindparam("quote"))
    rows = [{"quote": quote_id, "person": person_id} for quote_id, person_id in whose.items()]
    if rows:
        connection.execute(one.values(person_id=bindparam("person")), rows)


def unknown(connection: Connection, limit: int) -> list[int]:
    """Some articles whose speakers were not related to those of others yet."""
    related = select(1).where(appearances.c.article_id == speakers.c.article_id).exists()
    asked = select(speakers.c.article_id).where(~related).distinct().limit(limit)
    return list(connection.scalars(asked))


def slugs(connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, tuple[str, str]]]:
    """For each article: its speakers' slugs -> slug and name of the person."""
    told = (
        select(appearances.c.article_id, appearances.c.slug, people.c.slug, people.c.name)
        .join(people, people.c.id == appearances.c.person_id)
        .where(appearances.c.article_id.in_(id_list(ids)))
    )
    found: dict[int, dict[str, tuple[str, str]]] = {i: {} for i in ids}
    for article_id, slug, person, name in connection.execute(told):
        found[article_id][slug] = (person, name)
    return found


def names(connection: Connection, wanted: Collection[str]) -> dict[str, str]:
    """The names of people by their slugs."""
    told = select(people.c.slug, people.c.name).where(people.c.slug.in_(list(wanted)))
    return {row[0]: row[1] for row in connection.execute(told)}


def listed(connection: Connection, wanted: Collection[str]) -> dict[str, Listed]:
    """What a list says of people, by their slugs. The role is the latest that the last LOOKED_AT
    articles give, so that it does not matter how many there are."""
    last = (
        select(appearances.c.article_id, appearances.c.role)
        .where(appearances.c.person_id == people.c.id)
        .order_by(appearances.c.article_id.desc())
        .limit(LOOKED_AT)
        .correlate(people)
        .subquery()
    )
    role = (
        select(last.c.role)
        .join(articles, articles.c.id == last.c.article_id)
        .where(last.c.role != "")
        .order_by(articles.c.day.desc(), articles.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    told = select(people.c.slug, people.c.name, people.c.kind, func.coalesce(role, ""))
    rows = connection.execute(told.where(people.c.slug.in_(list(wanted))))
    return {slug: Listed(*facts) for slug, *facts in rows}


def called(connection: Connection, slug: str) -> list[str]:
    """The slugs of the people whom articles have under this one of their own; two at most."""
    here = (appearances.c.article_id == speakers.c.article_id) & (appearances.c.slug == slug)
    told = (
        select(people.c.slug)
        .distinct()
        .select_from(speakers)
        .join(appearances, here)
        .join(people, people.c.id == appearances.c.person_id)
        .where(speakers.c.slug == slug)
    )
    return list(connection.scalars(told.limit(2)))


def articles_with(
    connection: Connection, slug: str, column: Literal["name", "role"], told: str
) -> list[int]:
    """The articles that have a person under a name or in a role, newest first."""
    whose = (people.c.slug == slug) & (people.c.id == appearances.c.person_id)
    found = (
        select(appearances.c.article_id)
        .join(people, whose)
        .join(articles, articles.c.id == appearances.c.article_id)
        .where(appearances.c[column] == told)
    )
    newest = found.group_by(articles.c.id).order_by(articles.c.day.desc(), articles.c.id.desc())
    return list(connection.scalars(newest))


def get(connection: Connection, slug: str) -> Person | None:
    """A person as articles have them; None when no article has."""
    row = connection.execute(select(people).where(people.c.slug == slug)).first()
    if row is None:
        return None
    number = func.count(appearances.c.article_id.distinct())
    here = appearances.c.person_id == row.id
    with_days = select(
        appearances.c.role, func.min(articles.c.day), func.max(articles.c.day), number
    ).join(articles, articles.c.id == appearances.c.article_id)
    roles = [
        RoleTold(role, _day(first), _day(last), count)
        for role, first, last, count in connection.execute(
            with_days.where(here).group_by(appearances.c.role)
        )
    ]
    counted = select(appearances.c.name, number).where(here).group_by(appearances.c.name)
    known = people_variants.c.person_id == row.id
    reasons = select(people_variants.c.name, func.max(people_variants.c.why)).where(known)
    why = {row[0]: row[1] for row in connection.execute(reasons.group_by(people_variants.c.name))}
    told = [Variant(name, count, why.get(name, "")) for name, count in connection.execute(counted)]
    if not told:
        return None
    return Person(
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        roles=tuple(sorted(roles, key=lambda told: told.last, reverse=True)),
        variants=tuple(sorted(told, key=lambda variant: (-variant.articles, variant.name))),
    )


def _day(told: str | dt.date) -> dt.date:
    """min() and max() of a date lose its type."""
    return dt.date.fromisoformat(told) if isinstance(told, str) else told
