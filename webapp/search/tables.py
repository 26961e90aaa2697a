"""What is counted over all hits by month, and over all quotes by speaker."""

import datetime as dt
from functools import partial

import numpy as np

from webapp.search.index import Ask, Heard, Order, Value
from webapp.search.matching import Evaluation
from webapp.search.results import counted
from webapp.search.snapshot import Snapshot
from webapp.search.vocabulary import Vocabulary

_EPOCH = dt.date(1970, 1, 1).toordinal()


def months(evaluation: Evaluation, ask: Ask) -> tuple[Value, ...]:
    """How many of what is counted was published in each month."""
    c = evaluation.snapshot.columns
    mask = counted(evaluation, ask)
    dates = c.dates[c.quote_articles[mask]] if ask.kind == "quotes" else c.dates[mask]
    known = (dates[dates > 0] - _EPOCH).astype("datetime64[D]").astype("datetime64[M]")
    found, counts = np.unique(known, return_counts=True)
    return tuple(
        Value(str(month), str(month), int(count))
        for month, count in zip(found, counts, strict=True)
    )


def heard(
    snapshot: Snapshot, vocabulary: Vocabulary, order: Order, having: str, start: int, stop: int
) -> tuple[tuple[Heard, ...], int]:
    """Speakers with quotes in an order."""
    counts, last = snapshot.speakers
    found = np.flatnonzero(counts)
    if having.strip():
        named = [n for n in vocabulary.named("speaker", having, prefix=True) if n < len(counts)]
        found = found[np.isin(found, named)]
    if order == "name":
        rank = snapshot.names_in_order(partial(vocabulary.alphabetical, "speaker"))
        found = found[np.argsort(rank[found], kind="stable")]
    elif order == "quotes":
        found = found[np.lexsort((-last[found], -counts[found]))]
    else:
        found = found[np.lexsort((-counts[found], -last[found]))]
    shown = found[start:stop].tolist()
    return tuple(
        Heard(
            Value(value.key, value.name, int(counts[number])),
            dt.date.fromordinal(int(last[number])) if last[number] else None,
        )
        for number, value in zip(shown, vocabulary.values(shown), strict=True)
    ), len(found)
