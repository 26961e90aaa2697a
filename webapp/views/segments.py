"""A text and marks that may nest and overlap -> flat segments that a template can loop over."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from webapp.model import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to show on a span. `kind`: quote | speaker | country | hit; `key` what it stands
    for ("speaker:hassan-rouhani"); `label` its name for people."""

    span: Span
    kind: str
    key: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text under the same marks throughout, the shortest mark first."""

    span: Span
    text: str
    marks: tuple[Mark, ...] = ()


def segments(text: str, marks: Iterable[Mark], span: Span | None = None) -> list[Segment]:
    """Flat segments of `text[span]` (all of it by default), in order and without gaps.

    Marks are cut to the span; a mark of no length shows nowhere.
    """
    within = span or Span(0, len(text))
    placed = [m for m in marks if len(m.span) and m.span.overlaps(within)]
    starts = sorted(placed, key=lambda mark: mark.span.start)
    edges = {within.start, within.end}
    for mark in placed:
        edges |= {max(mark.span.start, within.start), min(mark.span.end, within.end)}
    return list(_sweep(text, starts, sorted(edges)))


def _sweep(text: str, marks: Sequence[Mark], edges: Sequence[int]) -> Iterator[Segment]:
    coming, active = 0, list[Mark]()
    for start, end in pairwise(edges):
        active = [mark for mark in active if mark.span.end > start]
        while coming < len(marks) and marks[coming].span.start <= start:
            active.append(marks[coming])
            coming += 1
        shown = tuple(sorted((m for m in active if m.span.end > start), key=_inner_first))
        yield Segment(Span(start, end), text[start:end], shown)


def _inner_first(mark: Mark) -> tuple[int, bool]:
    # Of two marks on the same span the speaker is what a reader clicks.
    return len(mark.span), mark.kind != "speaker"


def by_paragraph(text: str, marks: Iterable[Mark]) -> list[list[Segment]]:
    """The segments of each paragraph; the blank lines between them belong to none."""
    flat = segments(text, [*marks, *(Mark(gap, "gap") for gap in _gaps(text))])
    grouped = groupby(flat, key=lambda s: any(mark.kind == "gap" for mark in s.marks))
    return [list(group) for is_gap, group in grouped if not is_gap]


def _gaps(text: str) -> Iterator[Span]:
    at = text.find("\n\n")
    while at >= 0:
        yield Span(at, at + 2)
        at = text.find("\n\n", at + 2)
