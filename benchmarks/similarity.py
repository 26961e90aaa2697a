"""How long the check of an article for near-duplicates takes.

    python -m benchmarks.similarity [n ...]

The numbers are sizes of the collection, 1,000 and 100,000 by default. Its bands are made up; each
article shares a few of them with others, as real ones do.
"""

import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random

from sqlalchemy import insert

from benchmarks.collection import documents
from webapp.importing.similarity import bands, body, differences, likeness, signature
from webapp.store import Connection, open_store, similar
from webapp.store.schema import articles as article_rows
from webapp.store.schema import bands as band_rows

SIZES = (1_000, 100_000)
SEED = 1
NOW = dt.datetime(2026, 1, 1)
CHECKS = 200
BATCH = 10_000
SLOWEST = 3.0
"""Milliseconds that a signature, and that a check of a stored article, may take."""


def main() -> None:
    sys.exit(int(measure([int(given) for given in sys.argv[1:]] or SIZES) > SLOWEST))


def measure(sizes: Sequence[int] = SIZES) -> float:
    """Print the table; the largest of the medians that must be no more than SLOWEST."""
    texts = [body(document.article) for document in documents(CHECKS, SEED)]
    length = statistics.mean(len(text.split()) for text in texts)
    print(f"{CHECKS} articles of {length:.0f} words on average; milliseconds each.\n")
    print("| | median | slowest of 20 |\n|---|---:|---:|")
    medians = [_row("signature", signature, texts)]
    _row("bands", bands, [signature(text) for text in texts])
    _row("likeness of two", lambda text: likeness(text, texts[0]), texts)
    _row("differences of a version", lambda text: differences(text, _edited(text)), texts)
    for size in sizes:
        medians += _at(size, texts)
    return max(medians)


def _check(connection: Connection, text: str, other: str, numbers: list[int]) -> None:
    """All that an import does for an article; the bands of the made-up collection are looked up."""
    bands(signature(text))
    similar.candidates(connection, numbers)
    likeness(text, other)


def _at(size: int, texts: list[str]) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dateline.sqlite"
        store = open_store(path)
        with store.write() as connection:
            _fill(connection, size)
        dice = Random(SEED + 1)
        new = [_numbers(dice, size) for _ in range(CHECKS)]
        with store.write() as connection:
            _row(
                f"whole check among {size:,}: signature, bands, candidates, likeness of one",
                lambda given: _check(connection, *given),
                zip(texts, reversed(texts), new, strict=True),
            )
            medians = [
                _row(
                    f"candidates among {size:,}",
                    lambda numbers: similar.candidates(connection, numbers),
                    new,
                ),
                _row(
                    f"put among {size:,}",
                    lambda numbers: similar.put(connection, dice.randint(1, size), numbers, 1),
                    new,
                ),
            ]
        store.close()
        megabytes = path.stat().st_size / 1e6
    print(f"| (database of {size:,}: {megabytes:,.0f} MB, nearly all bands) | | |")
    return medians


def _fill(connection: Connection, size: int) -> None:
    dice = Random(SEED)
    for start in range(1, size + 1, BATCH):
        ids = range(start, min(start + BATCH, size + 1))
        rows = [_article(number) for number in ids]
        connection.execute(insert(article_rows), rows)
        shared = [
            {"band": band, "article_id": number} for number in ids for band in _numbers(dice, size)
        ]
        connection.execute(insert(band_rows), shared)


def _article(number: int) -> dict[str, object]:
    empty = dict.fromkeys(("title", "text", "author", "source", "dateline", "url"), "")
    return {**empty, "content_hash": str(number), "day": NOW.date(), "imported_at": NOW}


def _numbers(dice: Random, size: int) -> list[int]:
    """32 bands: one of boilerplate (in each tenth article), two in about 50, the rest rare."""
    boilerplate = {dice.randrange(10)}
    common = {10 + dice.randrange(max(1, size // 25)) for _ in range(2)}
    rare = {dice.getrandbits(62) for _ in range(32 - len(boilerplate | common))}
    return [*boilerplate, *common, *rare]


def _edited(text: str) -> str:
    """A version of a text: each fiftieth word is another one."""
    words = text.split(" ")
    words[::50] = ["changed"] * len(words[::50])
    return " ".join(words)


def _row(name: str, work: Callable[..., object], given: Iterable[object]) -> float:
    """Print a row of the table and give the median, in milliseconds."""
    taken = []
    for each in given:
        begun = time.perf_counter()
        work(each)
        taken.append((time.perf_counter() - begun) * 1000)
    median = statistics.median(taken)
    print(f"| {name} | {median:.2f} | {statistics.quantiles(taken, n=20)[-1]:.2f} |")
    return median


if __name__ == "__main__":
    main()
