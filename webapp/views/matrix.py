"""The matrix: who says how much about which country, each number a link to just these quotes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import quote

from flask import Blueprint, request, url_for
from werkzeug import Response

from webapp.catalogue.countries import ALL
from webapp.catalogue.matrix import MOST, By, Matrix, Order, matrix
from webapp.errors import BadInput
from webapp.model import Name
from webapp.search import Kind
from webapp.views.asking import MOST_FILTERS, Asked, Pair, read_asked
from webapp.views.atlas import Shade, shade_of, shades
from webapp.views.cards import plural
from webapp.views.facets import FacetValue, chips, facet_values
from webapp.views.htmx import library, render

blueprint = Blueprint("matrix", __name__)

SIZES = {10: (10, 8), 20: (20, 15), 40: (40, 40)}
"""Rows and columns."""

USUAL = 20

LONGEST = 100
"""Speakers in the list of one country; all countries have room in that of one speaker."""

WIDE = 20
"""With more columns these are headed by codes."""

FOUND = 8
"""Speakers, and countries, that are offered by name."""

AXES = {"rows": "about", "columns": "by"}
"""Rows are ordered by a country, columns by a speaker: what each is called in the address."""


@dataclass(frozen=True, slots=True)
class Wanted(Asked):
    """A matrix as its address asks for it: of which quotes, how large, in which order.

    `/matrix?about=IQ&since=2026-01-01&size=40&rows=name&columns=by:anna-kovac`
    """

    kind: Kind = "quotes"
    size: int = USUAL
    rows: Order = MOST
    columns: Order = MOST

    @property
    def endpoint(self) -> str:
        return "matrix.index"

    def state(self, elsewhere: bool = False) -> Iterator[Pair]:
        yield from Asked.state(self, elsewhere)
        if self.size != USUAL:
            yield "size", str(self.size)
        for axis, order in (("rows", self.rows), ("columns", self.columns)):
            if order != MOST:
                yield axis, f"{AXES[axis]}:{order.key}" if order.key else order.by

    def ordered(self, axis: str, by: By, key: str = "") -> str:
        """The address with the rows or the columns in another order."""
        order = Order(by, key)
        changed = replace(self, rows=order) if axis == "rows" else replace(self, columns=order)
        return changed.address()

    @property
    def is_list(self) -> bool:
        """Whether it is of one speaker or of one country."""
        return 1 in (len(self.keys("speaker")), len(self.keys("country")))

    @property
    def room(self) -> tuple[int, int]:
        """The most rows and columns."""
        return (LONGEST, ALL) if self.is_list else SIZES[self.size]


def read_wanted() -> Wanted:
    """Raises BadInput when there are too many filters."""
    asked = read_asked(request.args, "quotes")
    others = [pair for pair in asked.filters.chosen if pair[0] not in ("speaker", "country")]
    if len(others) + len(asked.filters.excluded) + 2 > MOST_FILTERS:
        raise BadInput(f"A matrix takes at most {MOST_FILTERS - 2} filters. Remove some of them.")
    size = request.args.get("size", USUAL, type=int)
    told = {field.name: getattr(asked, field.name) for field in fields(Asked)}
    return Wanted(
        **told | {"sort": "relevance", "page": 1},
        size=size if size in SIZES else USUAL,
        rows=_order("rows"),
        columns=_order("columns"),
    )


def made(wanted: Wanted) -> Matrix:
    """Raises BadQuery, Unavailable."""
    return matrix(library(), wanted.query, wanted.filters, wanted.room, wanted.rows, wanted.columns)


def _order(axis: str) -> Order:
    told = request.args.get(axis, "")
    kind, _, key = told.partition(":")
    if kind == AXES[axis] and key:
        return Order("one", key.upper() if axis == "rows" else key)
    return Order("name") if told == "name" else Order("total" if told == "total" else "most")


class Links:
    """The addresses of the quotes that the numbers count."""

    def __init__(self, asked: Asked) -> None:
        plain = Asked(asked.query, "quotes", asked.filters, folded=asked.folded)
        self.every = plain.address()
        by, about = (replace(plain, filters=plain.apart_from(f)) for f in ("speaker", "country"))
        self._by, self._about = by.address(), about.address()
        self._both = replace(plain, filters=by.apart_from("country")).address()

    def by(self, speaker: str) -> str:
        return _joined(self._by, f"by={quote(speaker)}")

    def about(self, country: str) -> str:
        return _joined(self._about, f"about={quote(country)}")

    def both(self, speaker: str, country: str) -> str:
        return _joined(self._both, f"by={quote(speaker)}&about={quote(country)}")


def _joined(address: str, more: str) -> str:
    # Adding to a text: to build hundreds of addresses takes longer than to count.
    return f"{address}{'&' if '?' in address else '?'}{more}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A number with its address and the depth of its shade (1 to 5), and what it says aloud."""

    count: int
    href: str = ""
    depth: int = 0
    label: str = ""


@blueprint.get("/matrix")
def index() -> Response:
    wanted = read_wanted()
    found = made(wanted)
    links = Links(wanted)
    classes = shades(count for row in found.cells for count in row if count)
    return render(
        "matrix",
        asked=wanted,
        found=found,
        links=links,
        chips=chips(library(), wanted),
        classes=classes,
        cells=[] if wanted.is_list else list(_cells(found, links, classes)),
        list=_list(wanted, found, links) if wanted.is_list else (),
        sources=_sources(wanted),
        sizes=SIZES,
        wide=len(found.columns) > WIDE,
        live=f"{plural(found.quotes, 'quote')} found",
    )


def _cells(found: Matrix, links: Links, classes: Sequence[Shade]) -> Iterator[list[Cell]]:
    for speaker, counts in zip(found.rows, found.cells, strict=True):
        row = zip(found.columns, counts, strict=True)
        yield [_cell(speaker, country, count, links, classes) for country, count in row]


def _cell(speaker: Name, country: Name, count: int, links: Links, classes: Sequence[Shade]) -> Cell:
    if not count:
        return Cell(0)
    return Cell(
        count,
        links.both(speaker.id, country.id),
        shade_of(count, classes).depth,
        f"{speaker.name} about {country.name}: {plural(count, 'quote')}",
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A country in the list of a speaker, or a speaker in that of a country: its own page, how
    many quotes, where these are, and their share of the most in the list, in per cent."""

    name: str
    page: str
    count: int
    href: str
    width: int


def _list(wanted: Wanted, found: Matrix, links: Links) -> list[Line]:
    if not found.rows:
        return []
    if len(wanted.keys("speaker")) == 1:
        pages = [url_for("countries.show", code=country.id) for country in found.columns]
        hrefs = [links.both(found.rows[0].id, country.id) for country in found.columns]
        return _lines(found.columns, found.cells[0], pages, hrefs)
    (code,) = wanted.keys("country")
    pages = [url_for("speakers.show", slug=speaker.id) for speaker in found.rows]
    hrefs = [links.both(speaker.id, code) for speaker in found.rows]
    return _lines(found.rows, [sum(row) for row in found.cells], pages, hrefs)


def _lines(
    names: Iterable[Name], counts: Sequence[int], pages: Iterable[str], hrefs: Iterable[str]
) -> list[Line]:
    most = max(counts, default=0)
    return [
        Line(name.name, page, count, href, round(100 * count / most))
        for name, count, page, href in zip(names, counts, pages, hrefs, strict=True)
        if count
    ]


def _sources(wanted: Wanted) -> list[str]:
    """The sources that one can choose, and what was chosen."""
    rest = wanted.apart_from("source")
    found = library().facet_values(wanted.query, "source", "", rest, "quotes")
    return list(dict.fromkeys((*wanted.keys("source"), *(name.name for name in found))))


@blueprint.get("/matrix/find")
def find() -> Response:
    """Speakers and countries whose name has words that begin as it was typed, to be chosen."""
    wanted, having = read_wanted(), request.args.get("having", "").strip()
    return render(
        "matrix-find",
        asked=wanted,
        having=having,
        found=[value for f in ("speaker", "country") for value in _found(wanted, f, having)],
        live="",
    )


def _found(wanted: Wanted, facet: str, having: str) -> tuple[FacetValue, ...]:
    if not having:
        return ()
    rest = wanted.apart_from(facet)
    names = library().facet_values(wanted.query, facet, having, rest, "quotes")
    return facet_values(wanted, facet, names[:FOUND])
