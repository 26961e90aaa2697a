"""The axes of bars over time: round numbers upwards, a few labels across.

Lengths across are in per cent: on a phone the bars get narrower and the labels stay as large.
"""

from collections.abc import Iterator, Sequence, Sized
from math import ceil, floor, log10

from markupsafe import Markup

HEIGHT = 140
"""Pixels of the highest bar."""

FEW = 3
"""So many labels fit on a phone, or are years enough to be an axis."""

MOST_YEARS = 7

_LINE = Markup('<line x2="100%" y1="{y}" y2="{y}"/><text x="-8" y="{y}" dy="4">{text}</text>')
_LABEL = Markup(f'<text class="{{kind}}" x="{{x}}%" y="{HEIGHT + 22}">{{text}}</text>')


def ticks_to(most: int) -> list[int]:
    """0 and one to three round numbers above it, the last at least `most`."""
    third = max(most, 1) / 3
    unit = 10 ** floor(log10(third))
    step = max(1, int(next(unit * times for times in (1, 2, 5, 10) if unit * times >= third)))
    return list(range(0, max(most, 1) + step, step))


def axis(ticks: Sequence[int], labels: Sequence[str]) -> Markup:
    """Lines at the ticks, which begin with 0, and some of the labels of all bars."""
    lines = (
        _LINE.format(y=short(HEIGHT - HEIGHT * tick / ticks[-1]), text=_compact(tick))
        for tick in ticks
    )
    # The names of the links say all of this.
    drawn = Markup("").join([*lines, *_labels(labels)])
    return Markup('<g class="axis" aria-hidden="true">{}</g>').format(drawn)


def _compact(number: int) -> str:
    """`9,000`, `10k`, `2.5M`."""
    if number < 10_000:
        return f"{number:,}"
    return f"{number / 1000:g}k" if number < 1_000_000 else f"{number / 1_000_000:g}M"


def _labels(labels: Sequence[str]) -> Iterator[Markup]:
    """The years where there are three or more, else all of few labels, else both ends and the
    middle, which a phone has no room for."""
    middle, last = len(labels) // 2, len(labels) - 1
    if years := _years(labels):
        yield from (_label(labels, at, text) for at, text in years)
    elif last < FEW:
        yield from (_label(labels, at, text) for at, text in enumerate(labels))
    else:
        yield _label(labels, 0, labels[0], "begins", -0.5)
        yield _label(labels, middle, labels[middle], "middle")
        yield _label(labels, last, labels[last], "ends", 0.5)


def _label(labels: Sized, at: int, text: str, kind: str = "label", aside: float = 0) -> Markup:
    return _LABEL.format(kind=kind, x=short(100 * (at + 0.5 + aside) / len(labels)), text=text)


def _years(labels: Sequence[str]) -> list[tuple[int, str]]:
    """Where a year begins ("March 2026", "2026"), thinned out; none for fewer than three years."""
    years = [label.split()[-1] if label.split() else "" for label in labels]
    begins = [at for at, year in enumerate(years) if at == 0 or year != years[at - 1]]
    if len(begins) < FEW or not all(year.isdecimal() for year in years):
        return []
    if begins[1] < min(len(labels) / MOST_YEARS, begins[2] - begins[1]):
        # The first year is cut off, and its label would run into the next.
        del begins[0]
    return [(at, years[at]) for at in begins[:: ceil(len(begins) / MOST_YEARS)]]


def short(number: float) -> str:
    """A length as an attribute."""
    return f"{number:.5g}"
