"""Speed and memory of the annotation, on articles of 700 words from the sample articles.

    python -m benchmarks.annotation [NUMBER OF ARTICLES]

Read the ratios: rates are those of this machine at this time.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median

import spacy
from spacy.language import Language
from thinc.api import NumpyOps, set_current_ops

from benchmarks.memory import megabytes
from webapp.annotation import annotate
from webapp.annotation.pipeline import OURS, load, plain
from webapp.annotation.quotations import paragraphs
from webapp.config import PACKAGE
from webapp.importing import decode
from webapp.processes import spread

WORDS = 700
SMALL, LARGE = 50_000, 1_000_000
"""Code points of the texts whose times are compared."""


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    texts = [article(seed) for seed in range(number)]
    annotate(texts[0])
    alone = _seconds(lambda: [annotate(text) for text in texts])
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    many = texts * 4
    spread_out = _seconds(lambda: list(spread(annotate, ((0, text) for text in many))))
    print(f"| articles of {WORDS} words | a second |\n|---|---|")
    print(f"| one core | {number / alone:.1f} |")
    print(f"| {cores} cores, with the start of the processes | {len(many) / spread_out:.1f} |")

    print("\n| stage | share |\n|---|---|")
    for stage, share in _shares(texts, alone):
        print(f"| {stage} | {share:.0%} |")

    print("\n| products of matrices by | time of the model |\n|---|---|")
    ours, theirs = _by(NumpyOps(use_blis=False), texts), _by(NumpyOps(use_blis=True), texts)
    print(f"| NumPy (ours) | 1.0 |\n| blis (thinc's) | {theirs / ours:.1f} |")

    small = [_of_size(SMALL) for _ in range(5)]
    print("\n| a text of | time |\n|---|---|")
    print(f"| 50 kB | 1.0 |\n| 1 MB | {_of_size(LARGE) / median(small):.1f} |")

    print("\n| `dateline annotate` of | seconds | memory, MB |\n|---|---|---|")
    for name, size in (("an article", len(texts[0])), ("50 kB", SMALL), ("1 MB", LARGE)):
        seconds, megabytes = _command(size)
        print(f"| {name} | {seconds:.1f} | {megabytes:.0f} |")


def article(seed: int, words: int = WORDS, size: int = 0) -> str:
    """Paragraphs of the sample articles in some order, of so many words or code points."""
    dice = Random(seed)
    pool = list(_paragraphs())
    chosen: list[str] = []
    have = 0
    while have < (size or words):
        chosen.append(dice.choice(pool))
        have += len(chosen[-1]) if size else len(chosen[-1].split())
    return "\n\n".join(chosen)


def _paragraphs() -> Iterator[str]:
    for path in sorted((PACKAGE / "samples").glob("*.txt")):
        yield from decode(path.read_bytes()).split("\n\n")[1:]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _shares(texts: list[str], total: float) -> Iterator[tuple[str, float]]:
    """The steps of the model, each run alone over all texts, and all that is not the model."""
    nlp = load()
    pieces = [[plain(p.of(text)) for p in paragraphs(text)] for text in texts]
    docs = []
    spent = {"tokens": _seconds(lambda: docs.extend([list(map(nlp.make_doc, p)) for p in pieces]))}
    for name, pipe in nlp.pipeline:
        spent[name] = _seconds(lambda pipe=pipe: [list(pipe.pipe(d, batch_size=999)) for d in docs])
    yield from ((f"model: {name}", seconds / total) for name, seconds in spent.items())
    yield "rules over words and parse", 1 - sum(spent.values()) / total


def _by(ops: NumpyOps, texts: list[str]) -> float:
    set_current_ops(ops)
    nlp: Language = spacy.load(OURS)
    pieces = [plain(p.of(text)) for text in texts[:20] for p in paragraphs(text)]
    list(nlp.pipe(pieces[:20]))
    return min(_seconds(lambda: list(nlp.pipe(pieces, batch_size=64))) for _ in range(3))


def _of_size(size: int) -> float:
    text = article(1, size=size)
    return _seconds(lambda: annotate(text))


def _command(size: int) -> tuple[float, float]:
    """Seconds of the command on one file, and the most memory that it held (Linux)."""
    watched = (
        "import sys\nfrom webapp.cli import main\nmain(standalone_mode=False)\n"
        "sys.stderr.write(open('/proc/self/status').read())"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.txt"
        path.write_text(article(1, size=size), "utf-8")
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", watched, "annotate", str(path)],
            capture_output=True,
            text=True,
            check=True,
        )
        seconds = time.perf_counter() - begun
    return seconds, megabytes("VmHWM", done.stderr)


if __name__ == "__main__":
    main()
