"""What was found in the articles: whole per article, and as rows for questions across them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, Table, case, delete, func, insert, select, update

from webapp.model import Annotations, Name, Span
from webapp.packing import packed, unpacked
from webapp.store.articles import are_free, id_list
from webapp.store.schema import annotations, articles, countries, quotes, speakers

CONTEXT = 32
"""Code points kept before and after a quote, to know it again (W3C TextQuoteSelector)."""


def put(connection: Connection, article_id: int, text: str, found: Annotations) -> None:
    """Store what was found in the article, in place of what was known of it.

    Quotes of a backup keep their ids where all of them are free.
    """
    for table in (annotations, speakers, countries):
        connection.execute(delete(table).where(table.c.article_id == article_id))
    row = {"article_id": article_id, "version": found.version, "found": packed(found)}
    connection.execute(insert(annotations), row)
    _put_quotes(connection, article_id, text, found)
    said = Counter(quote.speaker for quote in found.quotes)
    names = [(s.id, s.name, said[s.id]) for s in found.speakers]
    _insert(connection, speakers, [_row(speakers, article_id, *name) for name in names])
    named = [(c.code, c.name, len(c.mentions)) for c in found.countries]
    _insert(connection, countries, [_row(countries, article_id, *name) for name in named])


def _row(table: Table, *values: str | int) -> dict[str, Any]:
    return dict(zip(table.columns.keys(), values, strict=True))


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _put_quotes(connection: Connection, article_id: int, text: str, found: Annotations) -> None:
    """Quotes known before keep their id; those no longer found keep their row, unplaced."""
    known: dict[tuple[str, ...], list[int]] = defaultdict(list)
    before = select(quotes).where(quotes.c.article_id == article_id).order_by(quotes.c.id)
    for row in connection.execute(before):
        known[row.exact, row.prefix, row.suffix].append(row.id)
    this_article = quotes.c.article_id == article_id
    connection.execute(update(quotes).where(this_article).values(position=None))
    new: list[dict[str, Any]] = []
    for position, quote in enumerate(found.quotes):
        selector = _selector(text, quote.span)
        words = quote.words(text) if len(quote.content) > 1 else None
        if same := known[selector]:
            kept = quotes.c.id == same.pop(0)
            values = {"position": position, "words": words}
            connection.execute(update(quotes).where(kept).values(**values))
        else:
            exact, prefix, suffix = selector
            told = {"words": words, "article_id": article_id, "position": position}
            told |= {"exact": exact, "prefix": prefix, "suffix": suffix}
            new.append(told | {"id": quote.id})
    if new and not are_free(connection, quotes, [told["id"] for told in new]):
        for told in new:
            del told["id"]
    _insert(connection, quotes, new)


def _selector(text: str, span: Span) -> tuple[str, str, str]:
    before, after = max(0, span.start - CONTEXT), span.end + CONTEXT
    return span.of(text), text[before : span.start], text[span.end : after]


def get(connection: Connection, article_id: int) -> Annotations:
    """What was found in the article, its quotes with their ids; nothing when never annotated."""
    return many(connection, [article_id])[article_id]


def many(connection: Connection, ids: Sequence[int]) -> dict[int, Annotations]:
    """What was found in each of these articles, as `get` gives it."""
    own = annotations.c.article_id.in_(id_list(ids))
    rows = connection.execute(select(annotations.c.article_id, annotations.c.found).where(own))
    found = {row.article_id: unpacked(row.found) for row in rows}
    placed = quotes.c.article_id.in_(id_list(ids)) & quotes.c.position.is_not(None)
    order = select(quotes.c.article_id, quotes.c.id).where(placed).order_by(quotes.c.position)
    numbers: dict[int, list[int]] = defaultdict(list)
    for row in connection.execute(order):
        numbers[row.article_id].append(row.id)
    return {i: _numbered(found.get(i, Annotations(version="")), numbers[i]) for i in ids}


def _numbered(found: Annotations, ids: Sequence[int]) -> Annotations:
    numbered = tuple(replace(q, id=i) for q, i in zip(found.quotes, ids, strict=True))
    return replace(found, quotes=numbered)


def outdated(
    connection: Connection, versions: Mapping[str, str], after: int, limit: int
) -> list[int]:
    """Up to `limit` ids above `after` of articles that another version annotated, or none.

    `versions` are the present ones by language; "" stands for all others.
    """
    current = _current(versions, annotations.c.article_id)
    other = (articles.c.id > after) & articles.c.id.not_in(current)
    walk = select(articles.c.id).where(other).order_by(articles.c.id)
    return list(connection.scalars(walk.limit(limit)))


def count_outdated(connection: Connection, versions: Mapping[str, str]) -> int:
    """How many articles another version annotated, or none."""
    current = _current(versions, func.count())
    every = select(func.count()).select_from(articles)
    return (connection.scalar(every) or 0) - (connection.scalar(current) or 0)


def _current(versions: Mapping[str, str], found: Any) -> Select[Any]:
    present = case(
        {k: v for k, v in versions.items() if k}, value=articles.c.language, else_=versions[""]
    )
    joined = annotations.join(articles, annotations.c.article_id == articles.c.id)
    return select(found).select_from(joined).where(annotations.c.version == present)


def article_of_quote(connection: Connection, quote_id: int) -> int | None:
    """The id of the article that holds the quote, also of a quote that is no longer found."""
    return connection.scalar(select(quotes.c.article_id).where(quotes.c.id == quote_id))


def articles_of_quotes(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    """Quote id -> the id of its article."""
    rows = select(quotes.c.id, quotes.c.article_id).where(quotes.c.id.in_(id_list(ids)))
    return {row.id: row.article_id for row in connection.execute(rows)}


def names_of(connection: Connection, table: Table, ids: Sequence[int]) -> dict[int, list[Name]]:
    """For each article its `speakers` (counting quotes) or `countries` (counting mentions)."""
    article_id, key, name, number = table.columns
    rows = select(article_id, key, name, number).where(article_id.in_(id_list(ids)))
    named: dict[int, list[Name]] = defaultdict(list)
    for row in connection.execute(rows.order_by(number.desc(), name)):
        named[row[0]].append(Name(row[1], row[2], row[3]))
    return named


def quotes_of(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    """For each article how many quotes it has."""
    placed = quotes.c.article_id.in_(id_list(ids)) & quotes.c.position.is_not(None)
    counted = select(quotes.c.article_id, func.count()).where(placed).group_by(quotes.c.article_id)
    return {row[0]: row[1] for row in connection.execute(counted)}
