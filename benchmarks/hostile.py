"""Queries that mean harm: none may take longer than 2 seconds or 200 MB (Linux).

    python -m benchmarks.hostile [SIZE] [NUMBER] [FOLDER]

SIZE articles, NUMBER random queries of up to 2,000 characters beside those that brought an engine
down before, and a FOLDER to keep the index in. Prints the slowest; the exit status is 1 when one
is too slow or takes too much.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.collection import cases, documents
from benchmarks.dateline_engine import entry
from benchmarks.memory import megabytes
from webapp.annotation.gazetteer import code_of
from webapp.search import Ask, parse
from webapp.search.tree import FIELDS, LONGEST
from webapp.search.whoosh_index import WhooshIndex

SECONDS, MEGABYTES = 2.0, 200
SEED = 1


def main() -> None:
    size, number = (int(given) for given in [*sys.argv[1:3], "10000", "2000"][:2])
    if len(sys.argv) == 4:
        sys.exit(_run(Path(sys.argv[3]), size, number))
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(_run(Path(folder), size, number))


def _run(folder: Path, size: int, number: int) -> int:
    if not (folder / "search").exists():
        WhooshIndex(folder / "search", code_of).rebuild(map(entry, documents(size, SEED)))
    index = WhooshIndex(folder / "search", code_of)
    for kind in ("articles", "quotes"):
        index.search(Ask(parse("the").query, kind=kind))  # opened, and what all searches share
    start = megabytes()
    slowest: list[tuple[float, str]] = []
    most = start
    for text in [*_written(size), *_random(size, number)]:
        begun = time.perf_counter()
        index.search(Ask(parse(text[:LONGEST]).query))
        slowest = sorted([*slowest, (time.perf_counter() - begun, text)], reverse=True)[:10]
        most = max(most, megabytes())
    print(f"{size:,} articles; the slowest, articles and quotes both counted:\n")
    print("| seconds | query |\n|---|---|")
    for seconds, text in slowest:
        print(f"| {seconds:.2f} | {text[:70].replace('|', ' ')} … ({len(text)}) |")
    print(f"\nMemory grew from {start:.0f} to {most:.0f} MB.")
    return int(slowest[0][0] > SECONDS or most - start > MEGABYTES)


def _words(size: int) -> list[str]:
    """Common, middling and rare words of the collection."""
    return ["the", "of", "to", *{word for case in cases(SEED, size, 30) for word in case.words}]


def _written(size: int) -> Iterator[str]:
    """What brought the engine down before, or would have."""
    words = _words(size)
    yield from ("*a*", "a*", "?????", "[a TO zz]", "word~3", "word~9", '"said said said said"~1000')
    yield " OR ".join(f"{chr(97 + n)}*" for n in range(26))
    yield " OR ".join(f"{word[:3]}*" for word in words[:300])
    yield " ".join(f"{word}~" for word in words[:250])
    yield " ".join(words[:300])
    yield " OR ".join(words[:300])
    yield " /s ".join(words[:300])
    yield " /p ".join(["the"] * 400)
    yield f'"{" ".join(words[:300])}"~20'
    yield f'"{" ".join(["the of to"] * 100)}"'
    yield "(" * 1000 + "the" + ")" * 1000
    yield "-" * 1999 + "a"
    yield "NOT (the OR of) " * 120
    yield " OR ".join(f"said:{word} by:{word} about:iraq" for word in words[:40])
    yield "date:2011..2026 " * 120
    yield "the " * 500
    yield "\u0301" * 2000
    yield "王" * 2000


def _random(size: int, number: int) -> Iterator[str]:
    """Words, operators, fields and marks in any order."""
    dice = Random(SEED)
    words = _words(size)
    signs = ["OR", "AND", "NOT", "-", "(", ")", '"', "~", "~5", "*", "/s", "/p", "..", ":"]
    fields = [f"{name}:" for name in FIELDS]
    for _ in range(number):
        parts = dice.choices([*words[:60], *signs, *fields], k=dice.randint(1, 400))
        yield "".join(part + dice.choice(("", " ")) for part in parts)[:LONGEST]


if __name__ == "__main__":
    main()
