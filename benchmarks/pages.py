"""Server time of the pages on 1,000 articles of 300 to 900 words, and the start of the server.

    python -m benchmarks.pages [NUMBER OF ARTICLES]

The first table beside the aim of each row; times in milliseconds, measured inside the process
(routing, store, index, template), without a network.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median, quantiles

from benchmarks.collection import Kind, cases, documents
from benchmarks.memory import megabytes
from webapp import create_app
from webapp.config import Settings
from webapp.library import open_library

RUNS = 300
SEED = 1


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _fill(home, number)
        print("| served | median ms | p95 ms | aim p95 |\n|---|---|---|---|")
        for name, aim, get in _pages(home, number):
            times = _times(get)
            print(f"| {name} | {median(times):.1f} | {quantiles(times, n=20)[-1]:.1f} | {aim} |")
        seconds, megabytes = _start(home)
        print("\n| `dateline serve` | measured | aim |\n|---|---|---|")
        print(f"| first page after the start | {seconds:.2f} s | 1.5 s |")
        print(f"| memory after it and a search | {megabytes:.0f} MB | 150 MB |")


def _fill(home: Path, number: int) -> None:
    library = open_library(Settings(home))
    begun = time.perf_counter()
    for document in documents(number, SEED):
        library.add(document.article)
    stored = time.perf_counter()
    library.reindex()
    done = time.perf_counter()
    print(
        f"{number:,} articles: annotated and stored at {number / (stored - begun):.0f} a second, "
        f"indexed at {number / (done - stored):.0f} a second\n"
    )
    library.close()


def _pages(home: Path, number: int) -> list[tuple[str, str, Callable[[], object]]]:
    library = open_library(Settings(home))
    client = create_app(Settings(home), library).test_client()
    dice = Random(2)
    asked = cases(SEED, number, 100)
    common = sorted({case.words[0] for case in asked if case.kind is Kind.COMMON_WORD})
    paths = [f"/articles/{dice.randint(1, number)}" for _ in range(100)]
    addresses = [client.get(path).location.removeprefix("http://localhost") for path in paths]
    lit = []
    for address in addresses:
        found = library.article(int(address.split("/")[2])).found
        if found.speakers and found.countries:
            who, where = found.speakers[0].id, found.countries[0].code
            lit.append(f"{address}?lit=speaker:{who}&lit=country:{where}")
    queries = [" ".join(dice.sample(common, dice.randint(1, 3))) for _ in range(100)]
    searches = [f"/search?q={query.replace(' ', '+')}" for query in queries]

    def any_of(choices: Sequence[str], **headers: str) -> Callable[[], object]:
        return lambda: client.get(dice.choice(choices), headers=headers)

    fragment = {"HX-Request": "true"}
    return [
        ("list of articles", "–", any_of(["/", "/?page=7"])),
        ("article page", "15 ms", any_of(addresses)),
        ("lens fragment, a speaker and a country lit", "15 ms", any_of(lit, **fragment)),
        ("search page, one to three common words", "–", any_of(searches)),
        ("search fragment, the same", "60 ms", any_of(searches, **fragment)),
    ]


def _times(get: Callable[[], object]) -> list[float]:
    for _ in range(10):
        get()
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        get()
        times.append((time.perf_counter() - begun) * 1000)
    return times


def _start(home: Path) -> tuple[float, float]:
    """Seconds from the start of the command to its first page; resident megabytes (Linux)."""
    begun = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "webapp", "serve", "--home", str(home), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        text=True,
    )
    assert server.stdout is not None
    try:
        address = server.stdout.readline().split()[-1]
        urllib.request.urlopen(address).read()
        seconds = time.perf_counter() - begun
        urllib.request.urlopen(f"{address}search?q=ba*").read()
        status = Path(f"/proc/{server.pid}/status").read_text()
        return seconds, megabytes(status=status)
    finally:
        server.terminate()
        server.communicate()


if __name__ == "__main__":
    main()
