"""Speed and memory of an import, of text files, saved pages and JSON Lines; and its check for
near-duplicates.

    python -m benchmarks.importing [NUMBER OF ARTICLES ...] [--full]

Of 1,000 and 20,000 articles by default, each import in a process and a home of its own, on all
cores. "Not annotated" goes through the same doors with an annotator that finds nothing. Annotating
many articles takes long: of more than 2,000 the first 2,000 are annotated, unless --full is given.
Read the ratios, and the time of the processors: rates are those of this machine at this time.
Memory is the most that was resident, of the command and, all together, of its workers (Linux).
"""

import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median

from benchmarks import similarity
from benchmarks.collection import documents
from benchmarks.files import WRITERS, page
from benchmarks.memory import watched
from webapp import store
from webapp.annotation.gazetteer import code_of
from webapp.config import Settings
from webapp.importing.html import read_html
from webapp.intake import Report, take
from webapp.library import Library, open_library
from webapp.model import Annotations, Article
from webapp.search.whoosh_index import WhooshIndex

SIZES = (1_000, 20_000)
SAMPLE = 2_000
"""Articles of a larger collection that are annotated without --full."""

PAGES = 200
"""Saved pages that are read by us and by trafilatura."""

SEED = 1
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Case:
    """An import of the first `measured` of so many articles; no `jobs` are all cores."""

    kind: str
    size: int
    measured: int
    annotated: bool
    jobs: int = 0

    @property
    def name(self) -> str:
        annotated = "annotated" if self.annotated else "not annotated"
        return f"{self.kind}, {annotated}, {self.measured:,} of {self.size:,}"


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds until the last article was stored, and until all could be found; seconds of all
    processors; megabytes."""

    stored: float
    found: float
    processors: float
    own: float = 0.0
    children: float = 0.0


def main() -> None:
    match sys.argv[1:]:
        case ["--one", folder, packed]:
            print(json.dumps(asdict(_import(Path(folder), Case(**json.loads(packed))))))
        case given:
            sizes = [int(number) for number in given if number != "--full"] or list(SIZES)
            _print_imports(sizes, "--full" in given)
            _print_beside(min(*sizes, SAMPLE))
            print("\n## Near-duplicates\n")
            similarity.measure()


# One import, in its own process


def nothing(_: Article) -> Annotations:
    """What an annotator finds that finds nothing."""
    return Annotations("nothing")


def _import(folder: Path, case: Case) -> Measured:
    logging.disable()
    library = _opened(folder / "home", case.annotated)
    begun = last = time.perf_counter()

    def told(report: Report) -> None:
        nonlocal last
        last = time.perf_counter()
        if report.imported % 1_000 == 0:
            print(f"{case.name}: {report.imported:,}", file=sys.stderr)

    report = take(library, [str(folder / "files")], jobs=case.jobs, told=told)
    found = time.perf_counter()
    library.close()
    assert report.imported == case.measured, (report.imported, report.there, report.failures[:3])
    return Measured(last - begun, found - begun, sum(map(_spent, (RUSAGE_SELF, RUSAGE_CHILDREN))))


def _spent(who: int) -> float:
    used = getrusage(who)
    return used.ru_utime + used.ru_stime


def _opened(home: Path, annotated: bool) -> Library:
    if annotated:
        return open_library(Settings(home))
    index = WhooshIndex(home / "search", code_of)
    return Library(store.open_store(home / "dateline.sqlite"), index, nothing, "nothing")


# All of them


def _print_imports(sizes: list[int], full: bool) -> None:
    print("## Imports\n")
    print(
        "| files | annotated | articles | imported | a second | and indexed "
        "| ms of processors each | memory, MB | of its workers |\n"
        "|---|---|---:|---:|---:|---:|---:|---:|---:|"
    )
    for case in _cases(sizes, full):
        told = _measured(case)
        print(
            f"| {case.kind} | {'yes' if case.annotated else 'no'} | {case.size:,} "
            f"| {'all' if case.measured == case.size else f'the first {case.measured:,}'} "
            f"| {case.measured / told.stored:.1f} | {case.measured / told.found:.1f} "
            f"| {told.processors / case.measured * 1000:.0f} "
            f"| {told.own:.0f} | {told.children:.0f} |",
            flush=True,
        )


def _cases(sizes: list[int], full: bool) -> Iterator[Case]:
    for annotated in (False, True):
        for kind in WRITERS:
            for size in sizes:
                most = size if full or not annotated else SAMPLE
                yield Case(kind, size, min(size, most), annotated)


def _measured(case: Case) -> Measured:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "files").mkdir()
        WRITERS[case.kind](folder / "files", islice(documents(case.size, SEED), case.measured))
        packed = json.dumps(asdict(case))
        command = [sys.executable, "-m", "benchmarks.importing", "--one", place, packed]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        own, children = watched(process)
        told, _ = process.communicate()
        if process.returncode:
            sys.exit(f"The import failed: {case.name}.")
        return Measured(**json.loads(told) | {"own": own, "children": children})


# Beside other ways


def _print_beside(number: int) -> None:
    print("\n## Beside other ways\n")
    print("| | Dateline | the other | ratio |\n|---|---:|---:|---:|")
    alone, spread = (_measured(Case("text", number, number, True, jobs)) for jobs in (1, 0))
    one, all_ = number / alone.stored, number / spread.stored
    print(
        f"| {number:,} texts annotated a second, all cores beside one process "
        f"| {all_:.1f} | {one:.1f} | {all_ / one:.2f} |"
    )
    pages = [page(document).encode() for document in documents(PAGES, SEED)]
    ours, theirs = _side_by_side(read_html, _by_trafilatura, pages)
    print(
        f"| a saved page read, beside trafilatura alone, ms "
        f"| {ours:.2f} | {theirs:.2f} | {ours / theirs:.2f} |"
    )


def _by_trafilatura(data: bytes) -> object:
    from trafilatura import bare_extraction

    return bare_extraction(data, include_comments=False, with_metadata=True)


def _side_by_side(
    one: Callable[[bytes], object], other: Callable[[bytes], object], given: list[bytes]
) -> tuple[float, float]:
    """The median milliseconds of each, in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for data in given:
        for work, taken in zip((one, other), times, strict=True):
            begun = time.perf_counter()
            work(data)
            taken.append((time.perf_counter() - begun) * 1000)
    return median(times[0]), median(times[1])


if __name__ == "__main__":
    main()
