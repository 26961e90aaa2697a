"""The search beside other engines, on made-up articles; and how good its order is, on the samples.

    python -m benchmarks.search [SIZES ...]            collections of so many articles: 1000 10000
    python -m benchmarks.search --one ENGINE SIZE      one engine, its measures as JSON

Each engine runs in a process of its own that has not built the index, so that its memory is clean.
Every query is asked once, in mixed order, after other queries of every kind have warmed the engine.
Times in milliseconds; this machine's other work shows in p95 first.
"""

import importlib
import json
import math
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import mean, median, quantiles
from typing import Any

from benchmarks.collection import Case, Document, Kind, cases, documents
from benchmarks.memory import megabytes
from benchmarks.peers import MISSING, Engine

ENGINES = {
    "Dateline": "benchmarks.dateline_engine:Dateline",
    "FTS5": "benchmarks.peers:Fts5",
    "Tantivy": "benchmarks.peers:Tantivy",
}
SIZES = (1_000, 10_000)
SEED = 1
WARMING = 5
"""Queries of each kind that are asked before the measured ones."""

ROOT = Path(__file__).resolve().parent.parent
JUDGED = Path(__file__).with_name("relevance.tsv")
SAMPLES = ROOT / "webapp" / "samples"
DEEP = 10
WORST = 5


def main() -> None:
    match sys.argv[1:]:
        case ["--one", engine, size]:
            print(json.dumps(_measure(engine, int(size))))
        case sizes:
            for number in map(int, sizes or SIZES):
                _compare(number)
            _print_relevance()


# One engine, in its own process


def _measure(engine: str, size: int) -> dict[str, Any]:
    """What is measured of an engine, or why it cannot be: {"missing": reason}."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with ProcessPoolExecutor(1, get_context("spawn")) as other:
            try:
                speed = other.submit(_build, engine, size, folder).result()
            except (ImportError, NotImplementedError) as error:
                return {"missing": str(error)}
            asked = other.submit(_asked, size).result()
        searched = _open(engine, folder)
        before = megabytes()
        times, hits = _ask(searched, *asked)
        return {
            "articles a second": speed,
            "bytes": searched.size(),
            "resident MB": megabytes(),
            "private MB": megabytes("RssAnon"),
            "resident MB before": before,
            "times": times,
            "hits": hits,
        }


def _open(engine: str, folder: Path) -> Engine:
    module, name = ENGINES[engine].split(":")
    made: Engine = getattr(importlib.import_module(module), name)(folder)
    return made


def _build(engine: str, size: int, folder: Path) -> float:
    """Build the index; articles a second, without the time that making them up took."""
    clock = _Clock(documents(size, SEED))
    begun = time.perf_counter()
    _open(engine, folder).build(clock)
    return size / (time.perf_counter() - begun - clock.seconds)


class _Clock:
    """Documents, and how many seconds they took to make."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = iter(documents)
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Document]:
        return self

    def __next__(self) -> Document:
        begun = time.perf_counter()
        try:
            return next(self._documents)
        finally:
            self.seconds += time.perf_counter() - begun


def _asked(size: int) -> tuple[list[Case], list[Case]]:
    """The queries that warm and those that count, both mixed."""
    both = cases(SEED, size, WARMING + 30)
    warming, measured = [], []
    for kind in Kind:
        of_kind = [case for case in both if case.kind is kind]
        warming += of_kind[:WARMING]
        measured += of_kind[WARMING:]
    Random(SEED).shuffle(measured)
    return warming, measured


def _ask(
    engine: Engine, warming: Sequence[Case], measured: Sequence[Case]
) -> tuple[dict[str, list[float]], dict[str, list[int]]]:
    """Milliseconds and hits of the measured queries, by kind."""
    for case in warming:
        engine.run(case)
    times, hits = defaultdict(list), defaultdict(list)
    for case in measured:
        begun = time.perf_counter()
        found = engine.run(case)
        seconds = time.perf_counter() - begun
        if found != MISSING:
            times[case.kind.value].append(seconds * 1_000)
            hits[case.kind.value].append(found)
    return times, hits


# All engines, side by side


def _compare(size: int) -> None:
    told = {engine: _in_own_process(engine, size) for engine in ENGINES}
    for engine, measures in told.items():
        if reason := measures.get("missing"):
            print(f"{engine} is left out: {reason}.")
    there = {engine: measures for engine, measures in told.items() if "missing" not in measures}
    print(f"\n## {size:,} articles\n\n| | {' | '.join(there)} |\n|---|{'---|' * len(there)}")
    print(_row("articles indexed a second", there, lambda m: f"{m['articles a second']:,.0f}"))
    print(_row("on disk, MB", there, lambda m: f"{m['bytes'] / 1e6:.1f}"))
    print(
        _row(
            "memory after the queries (its own, before them), MB",
            there,
            lambda m: (
                f"{m['resident MB']:.0f} ({m['private MB']:.0f}, {m['resident MB before']:.0f})"
            ),
        )
    )
    print(f"\n| median, p95 in ms (mean hits) | {' | '.join(there)} |\n|---|{'---|' * len(there)}")
    for kind in Kind:
        print(_row(kind.value, there, partial(_cell, kind)))


def _in_own_process(engine: str, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.search", "--one", engine, str(size)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    measures: dict[str, Any] = json.loads(done.stdout)
    return measures


def _row(
    name: str, engines: dict[str, dict[str, Any]], cell: Callable[[dict[str, Any]], str]
) -> str:
    return f"| {name} | {' | '.join(map(cell, engines.values()))} |"


def _cell(kind: Kind, measures: dict[str, Any]) -> str:
    times = measures["times"].get(kind.value)
    if not times:
        return "–"
    late = quantiles(times, n=20)[-1]
    return f"{median(times):.2f}, {late:.2f} ({mean(measures['hits'][kind.value]):.1f})"


# The order of the hits


def _print_relevance() -> None:
    """NDCG at 10 of our search over the judged queries, and where it is lowest."""
    judged = _judged()
    scores = {query: _ndcg(found, judged[query]) for query, found in _search_judged(judged)}
    print(f"\n## Order of the hits: {len(scores)} judged queries over twelve sample articles\n")
    print(f"NDCG@{DEEP} {mean(scores.values()):.3f}\n\n| lowest | NDCG@{DEEP} |\n|---|---|")
    for query in sorted(scores, key=lambda query: scores[query])[:WORST]:
        print(f"| {query} | {scores[query]:.3f} |")


def _judged() -> dict[str, dict[str, int]]:
    """The grade of each relevant article, by query."""
    lines = [line for line in JUDGED.read_text().splitlines() if line and line[0] != "#"]
    rows = (line.split("\t") for line in lines)
    return {
        query: {name: int(grade) for name, grade in (one.split("=") for one in told.split())}
        for query, told in rows
    }


def _search_judged(judged: Mapping[str, dict[str, int]]) -> Iterator[tuple[str, list[str]]]:
    """Each query with the names of the judged sample articles that are found, best first."""
    from webapp.config import Settings
    from webapp.importing import read_file
    from webapp.library import open_library

    with tempfile.TemporaryDirectory() as home:
        library = open_library(Settings(Path(home)))
        stems = sorted({stem for grades in judged.values() for stem in grades})
        names = {library.add(read_file(SAMPLES / f"{stem}.txt")): stem for stem in stems}
        library.catch_up()
        for query in judged:
            found = library.search(query).hits[:DEEP]
            yield query, [names[hit.summary.article.id] for hit in found]
        library.close()


def _ndcg(found: Sequence[str], grades: dict[str, int]) -> float:
    """Normalized discounted cumulated gain (Järvelin and Kekäläinen 2002), 0 to 1.

    The grade is the gain and log2(rank + 1) the discount, as in trec_eval: with the paper's own
    discount ranks 1 and 2 would weigh the same.
    """
    best = sorted(grades.values(), reverse=True)[:DEEP]
    return _gain(grades.get(name, 0) for name in found) / _gain(best)


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


if __name__ == "__main__":
    main()
