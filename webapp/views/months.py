"""Counts by month as points of a picture over time, without gaps."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from webapp.days import MONTHS
from webapp.search import Value
from webapp.views.pictures import Point

MOST = 60
"""Points of a picture; where months would be more they are years or tens of years."""

STEPS = (1, 12, 120)
"""Months that one point is for."""

Month = int
"""Months since January of the year 0."""


def over_time(months: Sequence[Value], href: Callable[[str, str], str]) -> list[Point]:
    """A point for each month from the first to the last, also for those with a count of 0.

    `months` are as SearchIndex.months gives them; `href` is given the first and the last day of a
    point, as ISO 8601, both included.
    """
    counts = {_number(value.key): value.count for value in months}
    if not counts:
        return []
    first, last = min(counts), max(counts)
    step = next((s for s in STEPS if last // s - first // s < MOST), STEPS[-1])
    by_step = dict.fromkeys(range(first // step, last // step + 1), 0)
    for month, count in counts.items():
        by_step[month // step] += count
    return [
        Point(_label(at * step, step), count, href(*_days(at * step, step)))
        for at, count in by_step.items()
    ]


def _number(month: str) -> Month:
    year, _, of_year = month.partition("-")
    return int(year) * 12 + int(of_year) - 1


def _label(month: Month, step: int) -> str:
    """`March 2026`, `2026`, `2020s`."""
    if step == 1:
        return f"{MONTHS[month % 12]} {month // 12}"
    return f"{month // 12}s" if step > 12 else f"{month // 12}"


def _days(month: Month, step: int) -> tuple[str, str]:
    after = month + step
    last = _day(after) - timedelta(days=1) if after < _number("9999-12") else date.max
    return _day(month).isoformat(), last.isoformat()


def _day(month: Month) -> date:
    """The first of a month."""
    return date(max(month // 12, 1), month % 12 + 1, 1)
