"""Server time of the pages across articles: speakers, countries, quotes, the matrix, the map.

    python -m benchmarks.entities [SIZES ...] [--keep FOLDER]     collections: 1000 20000

Made-up articles with twelve quotes each by 20,000 speakers, found for each article anew and related
as an import does it. Milliseconds inside the process, without a network: median and p95. With
--keep the collections stay in the folder and are used again.
"""

import argparse
import logging
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median, quantiles
from urllib.parse import urlencode

from flask.testing import FlaskClient

from benchmarks.search_page import fill
from webapp import create_app
from webapp.config import Settings
from webapp.library import Library, open_library
from webapp.search import Ask

SEED = 1
EACH = 40
"""Addresses of each kind of page."""

AIMS = {1_000: 60, 20_000: 60, 100_000: 200}
"""Milliseconds of p95."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("sizes", nargs="*", type=int, default=[1_000, 20_000])
    options.add_argument("--keep", type=Path)
    asked = options.parse_args()
    logging.disable()
    told: dict[str, list[str]] = {}
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            home = (asked.keep or Path(folder)) / str(size)
            if not home.is_dir():
                fill(home, size)
            library = open_library(Settings(home))
            client = create_app(Settings(home), library).test_client()
            for kind, addresses in _addresses(library):
                told.setdefault(kind, []).append(_times(client, addresses))
            library.close()
    _print(told, asked.sizes)


def _addresses(library: Library) -> Iterator[tuple[str, list[str]]]:
    """Kinds of pages, each with addresses: frequent speakers and countries, and rare ones."""
    dice = Random(SEED)
    heard, number = library.indexed(lambda index: index.heard("quotes", "", 0, 100_000))
    often = [one.speaker.key for one in heard[: EACH // 2]]
    speakers = often + [heard[dice.randrange(number)].speaker.key for _ in range(EACH // 2)]
    everything = Ask(None, kind="quotes", facets=300, stop=0, both=False)
    found = library.indexed(lambda index: index.values(everything, "country", ""))
    countries = [value.key for value in found][:EACH]
    yield "speakers", [f"/speakers?{urlencode(q)}" for q in _lists(dice, number)]
    yield "speaker", [f"/speakers/{slug}" for slug in speakers]
    yield "countries (map)", ["/countries", "/countries?by=quotes"] * (EACH // 4)
    yield "country", [f"/countries/{code}" for code in countries]
    pairs = [{"by": dice.choice(speakers), "about": dice.choice(countries)} for _ in range(EACH)]
    yield "quotes by", [f"/quotes?{urlencode({'by': slug})}" for slug in speakers]
    yield "quotes about", [f"/quotes?{urlencode({'about': code})}" for code in countries]
    yield "quotes by, about", [f"/quotes?{urlencode(pair)}" for pair in pairs]
    yield "matrix", [f"/matrix?{urlencode(q)}" for q in _matrices(dice, speakers, countries)]
    yield (
        "side by side",
        [
            f"/sides?{urlencode([('by', a), ('by', b), ('about', dice.choice(countries))])}"
            for a, b in zip(speakers, reversed(speakers), strict=True)
        ],
    )


def _lists(dice: Random, number: int) -> list[dict[str, str]]:
    last = max(1, number // 50)
    pages = [str(dice.randint(1, last)) for _ in range(8)]
    lists = [
        {"sort": sort, "page": page} for sort in ("name", "quotes", "latest") for page in pages
    ]
    return [*lists, *({"q": start} for start in ("a", "ba", "ka", "mo", "t"))]


def _matrices(dice: Random, speakers: list[str], countries: list[str]) -> list[dict[str, str]]:
    years = [{"since": f"{y}-01-01", "until": f"{y}-12-31"} for y in range(2012, 2026)]
    chosen = [{"by": dice.choice(speakers)} for _ in range(8)]
    return [{}, *years, *chosen, *({"about": code} for code in countries[:8])]


def _times(client: FlaskClient, addresses: list[str]) -> str:
    for address in addresses[:5]:
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
    times = []
    for address in addresses:
        begun = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - begun) * 1000)
    return f"{median(times):.0f}, {quantiles(times, n=20)[-1]:.0f}"


def _print(told: dict[str, list[str]], sizes: list[int]) -> None:
    aims = [f"{size:,} articles (aim p95 {AIMS.get(size, '–')})" for size in sizes]
    print(f"| page | {' | '.join(aims)} |")
    print(f"|---|{'---|' * len(sizes)}")
    for kind, cells in told.items():
        print(f"| {kind} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
