"""Side by side: two speakers on one country, or one speaker at two times."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from flask import Blueprint, redirect, request
from werkzeug import Response
from werkzeug.datastructures import MultiDict

from webapp.annotation.gazetteer import short_names
from webapp.catalogue import offers, sides
from webapp.catalogue.sides import Side, Sides
from webapp.catalogue.speakers import Line
from webapp.days import MONTHS, day
from webapp.errors import BadInput
from webapp.search import Kind, parse
from webapp.views.asking import NO_DAY, Asked, Pair, day_of, read_asked
from webapp.views.facets import Chip, chips
from webapp.views.htmx import library, render

blueprint = Blueprint("sides", __name__)

LONGEST_NAME = 100
"""Characters of a name that is looked for."""


@dataclass(frozen=True, slots=True)
class Beside(Asked):
    """What stands side by side, as its address says it: one speaker before and after `split`, or
    two.

    `/sides?by=anna-kovac&by=pieter-de-smedt&about=IQ`,
    `/sides?by=anna-kovac&about=IQ&split=2026-03-01`
    """

    kind: Kind = "quotes"
    split: dt.date | None = None

    @property
    def endpoint(self) -> str:
        return "sides.index"

    @property
    def speakers(self) -> tuple[str, ...]:
        return self.keys("speaker")

    def state(self, elsewhere: bool = False) -> Iterator[Pair]:
        yield from Asked.state(self, elsewhere)
        if self.split:
            yield "split", self.split.isoformat()


def read_beside(speakers: Sequence[str]) -> Beside:
    """Raises BadInput when there are too many filters."""
    values = MultiDict(request.args)
    values.setlist("by", list(speakers))
    values.poplist("speaker")
    asked = read_asked(values, "quotes")
    told = {field.name: getattr(asked, field.name) for field in fields(Asked)}
    typed = values.get("split", "").strip()
    split = day_of(typed)
    no_day = (f"“{typed[:40]}” {NO_DAY}",) if typed and not split else ()
    parsed = parse(asked.query)
    no_word = ("There is no word in the search.",) if asked.query and not parsed.query else ()
    told |= {
        "query": asked.query if parsed.query else "",
        "sort": "relevance",
        "problems": (*asked.problems, *map(str, parsed.problems), *no_word, *no_day),
    }
    return Beside(**told, split=split)


@dataclass(frozen=True, slots=True)
class Unsure:
    """A name that was typed, and who may be meant, each with the address that chooses them."""

    typed: str
    choices: tuple[tuple[Line, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A side as it is headed: of which time, with the address of its quotes."""

    side: Side
    time: str
    href: str


@blueprint.get("/sides")
def index() -> Response:
    typed = _typed()
    known = _known(typed)
    asked = read_beside([known.get(told, told) for told in typed])
    if typed != list(known.values()) and len(known) == len(typed):
        return redirect(asked.address())
    split = _split(asked) if len(known) == 1 == len(typed) else None
    found = _found(asked, split) if len(known) == len(typed) else None
    names = library().people_names(known.values())
    return render(
        "sides",
        asked=asked,
        names=[names[known[told]] if told in known else told for told in typed],
        unsure=[_unsure(asked, told) for told in typed if told not in known],
        split=split,
        found=found,
        columns=_columns(asked, found, split) if found else (),
        chips=_chips(asked),
        about=[short_names().get(code, code) for code in asked.keys("country")],
        countries=offers.countries(library()),
        examples=[] if typed else offers.examples(library()),
        live="",
    )


def _typed() -> list[str]:
    """The speakers asked for, by slug or by name. Raises BadInput when there are too many."""
    told = (" ".join(name.split())[:LONGEST_NAME] for name in request.args.getlist("by"))
    typed = list(dict.fromkeys(filter(None, told)))
    if len(typed) > 2:
        raise BadInput("At most two speakers can stand side by side. Leave out the others.")
    return typed


def _known(typed: Sequence[str]) -> dict[str, str]:
    """The slugs of those who are meant without a doubt. The form says in `known` whom it has shown
    under their names: they still are, though there may be others of the name."""
    slugs = library().people_names(typed)
    shown = library().people_names(request.args.getlist("known")[:2])
    by_name = {name: slug for slug, name in shown.items()} | {slug: slug for slug in slugs}
    known = {}
    for told in typed:
        meant = () if told in by_name else offers.named(library(), told)
        if slug := by_name.get(told) or (meant[0].slug if len(meant) == 1 else ""):
            known[told] = slug
    return known


def _unsure(asked: Beside, told: str) -> Unsure:
    def choosing(slug: str) -> str:
        speakers = [slug if one == told else one for one in asked.speakers]
        chosen = (*(("speaker", one) for one in speakers), *asked.apart_from("speaker").chosen)
        return replace(asked, filters=replace(asked.filters, chosen=chosen)).address()

    found = offers.named(library(), told)
    return Unsure(told, tuple((line, choosing(line.slug)) for line in found))


def _chips(asked: Beside) -> list[Chip]:
    """The filters that have no field of the form, which has one for one country."""
    told = {"speaker", "since", "until"}
    if len(asked.keys("country")) < 2:
        told.add("country")
    if not asked.filters.excluded and all(facet in told for facet, _ in asked.filters.chosen):
        return []
    return [one for one in chips(library(), asked) if one.is_excluded or one.facet not in told]


def _split(asked: Beside) -> dt.date | None:
    (slug,) = asked.speakers
    return asked.split or sides.middle(library(), asked.query, slug, asked.apart_from("speaker"))


def _found(asked: Beside, split: dt.date | None) -> Sides | None:
    rest = asked.apart_from("speaker")
    match asked.speakers:
        case [left, right]:
            return sides.two_speakers(library(), asked.query, (left, right), rest, asked.page)
        case [slug] if split:
            return sides.two_times(library(), asked.query, slug, rest, split, asked.page)
    return None


def _columns(asked: Beside, found: Sides, split: dt.date | None) -> tuple[Column, Column]:
    times = (f"before {day(split)}", f"from {day(split)} on") if split else ("", "")
    left, right = (
        Column(side, time, Asked(asked.query, "quotes", side.filters).address())
        for side, time in zip((found.left, found.right), times, strict=True)
    )
    return left, right


@blueprint.app_template_filter()
def month(first: dt.date) -> str:
    """`March 2026`."""
    return f"{MONTHS[first.month - 1]} {first.year}"


@blueprint.get("/sides/speakers")
def speakers() -> Response:
    """Speakers whose name has words that begin as it was typed."""
    name = next(iter(_typed()), "")
    return render("sides-speakers", found=offers.named(library(), name), live="")
