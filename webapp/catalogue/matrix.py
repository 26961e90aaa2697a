"""Who says how much about which country: speakers by countries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from webapp.finding import names
from webapp.library import Library
from webapp.model import Name
from webapp.search import Ask, Filters, parse
from webapp.search.words import folded

By = Literal["most", "total", "name", "one"]


@dataclass(frozen=True, slots=True)
class Order:
    """What rows or columns are ordered by: `most` quotes of a speaker about countries, or about a
    country by speakers; the `total` of their quotes; their `name`; or, with `one`, by the column of
    the country or the row of the speaker that has this `key`."""

    by: By = "most"
    key: str = ""


MOST = Order()


@dataclass(frozen=True, slots=True)
class Matrix:
    """How many quotes each speaker (a row) has about each country (a column).

    A row counts all quotes of the speaker, a column all about the country, whoever says them;
    `quotes` all that are asked for. `more_rows`, `more_columns`: whether some are not shown.
    `problems` and `missing` are as in SearchResult.
    """

    rows: tuple[Name, ...] = ()
    columns: tuple[Name, ...] = ()
    cells: tuple[tuple[int, ...], ...] = ()
    quotes: int = 0
    more_rows: bool = False
    more_columns: bool = False
    problems: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def matrix(
    library: Library,
    text: str,
    filters: Filters,
    size: tuple[int, int],
    rows: Order = MOST,
    columns: Order = MOST,
) -> Matrix:
    """The quotes that the text and the filters find, at most `size` rows and columns: of those who
    speak most about countries and are most spoken about, or have most in the row or column that
    orders them. Chosen speakers and countries are there, and no others.

    Raises BadQuery when the text is too long, Unavailable when the index cannot be read.
    """
    parsed = parse(text)
    problems = tuple(map(str, parsed.problems))
    if parsed.query is None and text.strip():
        return Matrix(problems=problems or ("There is no word in the search.",))
    ask = Ask(parsed.query, filters, "quotes")
    cross = library.indexed(lambda index: index.cross(ask, size, columns.key, rows.key))
    made = Matrix(
        names(cross.rows),
        names(cross.columns),
        cross.cells,
        cross.quotes,
        cross.speakers > len(cross.rows),
        cross.countries > len(cross.columns),
        (*problems, *cross.problems),
        cross.missing,
    )
    return _arranged(made, _places(made.rows, rows), _places(made.columns, columns))


def _places(found: Sequence[Name], order: Order) -> list[int]:
    """Where the first of an order stands, the second, and so on."""
    places = list(range(len(found)))
    if order.by == "name":
        return sorted(places, key=lambda at: folded(found[at].name))
    if order.by == "total":
        return sorted(places, key=lambda at: -found[at].count)
    return places


def _arranged(made: Matrix, rows: Sequence[int], columns: Sequence[int]) -> Matrix:
    return replace(
        made,
        rows=tuple(made.rows[row] for row in rows),
        columns=tuple(made.columns[column] for column in columns),
        cells=tuple(tuple(made.cells[row][column] for column in columns) for row in rows),
    )
