"""The shapes of the countries for a map of the world, and classes of counts to shade them by."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import ceil, floor, log10

from markupsafe import Markup

SHADES = 5

_SHAPE = Markup('<path d="{}"/>')
_DOT = Markup('<circle class="dot" cx="{}" cy="{}" r="3"/>')


@dataclass(frozen=True, slots=True)
class Atlas:
    """`shapes`: the drawing of each country by its ISO code, in units of a map of `size`.

    Those that are `small` have a dot besides or instead of a shape.
    """

    size: tuple[int, int]
    shapes: Mapping[str, Markup]
    small: frozenset[str]


@cache
def atlas() -> Atlas:
    """Read once; the file is made by training/world.py."""
    text = files("webapp.views").joinpath("data", "world.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    (_, width, height), *countries = rows
    return Atlas(
        size=(int(width), int(height)),
        shapes={code: _drawing(dot.split(), path) for code, dot, path in countries},
        small=frozenset(code for code, dot, _ in countries if dot),
    )


def _drawing(dot: Sequence[str], path: str) -> Markup:
    return (_SHAPE.format(path) if path else Markup("")) + (_DOT.format(*dot) if dot else "")


@dataclass(frozen=True, slots=True)
class Shade:
    """A class of counts, from `least` to `most`. `depth`: 1 to SHADES, the deepest for the most."""

    least: int
    most: int
    depth: int


def shades(counts: Iterable[int]) -> list[Shade]:
    """Up to five classes for counts above 0, each some times the one before it.

    News names few countries often and most of them seldom: classes of equal width would leave
    nearly all in the first.
    """
    each = sorted(set(counts))
    if not each:
        return []
    bounds = each if len(each) <= SHADES else _round_bounds(each[0], each[-1])
    ends = [*(bound - 1 for bound in bounds[1:]), each[-1]]
    return [
        Shade(least, most, ceil((at + 0.5) * SHADES / len(bounds)))
        for at, (least, most) in enumerate(zip(bounds, ends, strict=True))
    ]


def _round_bounds(least: int, most: int) -> list[int]:
    times = most / least
    digits = 1 if times >= 10 else 2
    steps = (_rounded(least * times ** (i / SHADES), digits) for i in range(1, SHADES))
    return sorted({least, *(step for step in steps if least < step <= most)})


def _rounded(number: float, digits: int) -> int:
    return int(round(number, min(0, digits - 1 - floor(log10(number)))))


def shade_of(count: int, classes: Sequence[Shade]) -> Shade:
    """The class that a count is in."""
    return classes[bisect_right([shade.least for shade in classes], count) - 1]
