"""Scores of the annotation on the development texts, in one table.

    python -m benchmarks.score EVAL       the folder with the scorers; `make score EVAL=...`

The first table is what the scorers say; the second one shows whether confidence means something:
of the attributions in each band of confidence, the share whose quote and source were right.
"""

import importlib
import itertools
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from webapp.annotation import annotate
from webapp.importing import decode
from webapp.model import Quote

BANDS = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
ROWS = (
    ("PolNeAR dev", "quotes", "all quotes, F1", "quotes_f1", 0.68),
    ("", "quotes", "all quotes, exact", "exact_f1", 0.52),
    ("", "quotes", "direct, F1", "direct_f1", 0.95),
    ("", "quotes", "mixed, F1", "mixed_f1", 0.80),
    ("", "quotes", "indirect with a verb of saying, recall", "speech_r", 0.78),
    ("", "quotes", "indirect, precision", "indirect_p", 0.75),
    ("", "quotes", "source", "source_acc", 0.93),
    ("", "quotes", "kind", "kind_acc", 0.93),
    ("", "quotes", "quoted false positives an article", "fp_quoted_per_article", 0.15),
    ("20 of them", "speakers", "speaker, recall", "speaker_recall", 0.75),
    ("", "speakers", "speaker, precision", "speaker_precision", 0.88),
    ("TR-News", "trnews", "mentions of countries, F1", "country_mention_f1", 0.92),
    ("", "trnews", "countries of an article, F1", "doc_f1", 0.94),
    ("LGL", "lgl", "name, recall", "name_r", 0.93),
    ("", "lgl", "demonym, recall", "demonym_r", 0.93),
    ("", "lgl", "capital, recall", "capital_r", 0.93),
)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else Path()
    if not (folder / "score_quotes.py").is_file():
        sys.exit("Name the folder with the scorers: make score EVAL=path/to/eval")
    scores = {
        "quotes": _quotes(folder),
        "speakers": _run(folder, "score_speakers.py", "polnear_dev"),
        "trnews": _run(folder, "score_countries.py", "trnews", "--corpus", "trnews"),
        "lgl": _run(folder, "score_countries.py", "lgl", "--corpus", "lgl"),
    }
    print("| development texts | measure | measured | to reach |\n|---|---|---|---|")
    for texts, scorer, measure, key, aim in ROWS:
        print(f"| {texts} | {measure} | {scores[scorer][key]:.3f} | {aim:.2f} |")
    print("\n| confidence | attributions | right |\n|---|---|---|")
    for band, (right, number) in sorted(_confidence(folder).items()):
        print(f"| {band} | {number} | {right / number:.2f} |")


def _quotes(folder: Path) -> dict[str, float]:
    whole = _run(folder, "score_quotes.py", "polnear_dev", whole=True)
    classes = whole["classes"]
    return whole["score"] | {
        "speech_r": classes["indirect/speech"]["R"],
        "indirect_p": classes["indirect"]["P"],
    }


def _run(folder: Path, scorer: str, corpus: str, *options: str, whole: bool = False) -> Any:
    """What a scorer says of our answers."""
    files = sorted(map(str, (folder / "data" / corpus).glob("*.txt")))
    with tempfile.TemporaryDirectory() as place:
        answers = Path(place) / "answers.jsonl"
        command = [sys.executable, "-m", "webapp", "annotate", "--raw", *files]
        with answers.open("w") as out:
            subprocess.run(command, stdout=out, check=True)
        told = subprocess.run(
            [sys.executable, folder / scorer, "--json", *options, answers],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
    found = json.loads(told.stdout)
    return found if whole else found["score"]


def _confidence(folder: Path) -> dict[str, tuple[int, int]]:
    """For each band of confidence how many attributions were right, and how many there were."""
    sys.path.insert(0, str(folder.resolve()))
    sys.dont_write_bytecode = True
    scorer = importlib.import_module("score_quotes")
    bands: dict[str, list[bool]] = defaultdict(list)
    for name, _text, gold in scorer.load_docs("polnear_dev"):
        path = folder / "data" / "polnear_dev" / name
        for quote in annotate(decode(path.read_bytes())).quotes:
            low, high = next((a, b) for a, b in itertools.pairwise(BANDS) if quote.confidence < b)
            bands[f"{low:.2f} to {min(high, 1):.2f}"].append(
                any(_is_right(scorer, quote, one) for one in gold["attributions"])
            )
    return {band: (sum(right), len(right)) for band, right in bands.items()}


def _is_right(scorer: Any, quote: Quote, gold: dict[str, Any]) -> bool:
    """Whether content (IoU of half) and source of an attribution are right."""
    content = [(piece.start, piece.end) for piece in quote.content]
    if scorer.iou_group(content, gold["content"]) < 0.5:
        return False
    source = (quote.source.start, quote.source.end) if quote.source else None
    if not gold["source"] or source is None:
        return not gold["source"] and source is None
    return bool(scorer.overlap(source, gold["source"]))


if __name__ == "__main__":
    main()
