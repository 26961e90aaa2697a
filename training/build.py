"""Build the model that Dateline ships: `python -m training.build DATA [WORK]`.

Prepares the corpora, trains (hours on two cores), scores, and puts the pipeline into
`webapp/annotation/model` with its card. WORK keeps what lies between (`build/` by default).
"""

import json
import shutil
import sys
from pathlib import Path

import spacy
from spacy.language import Language

from training import prepare, score, train

MODEL = Path(__file__).parents[1] / "webapp" / "annotation" / "model"
CARD = Path(__file__).parent / "card.md"
META = {
    "name": "dateline",
    "version": "1.0.0",
    "description": "A small English pipeline for news: tags, parse, names. See README.md.",
    "author": "Dateline",
    "license": "CC BY-SA 4.0",
}


def main(data: Path, work: Path) -> None:
    corpus, trained = work / "corpus", work / "trained"
    prepare.main(data, corpus)
    train.main(corpus, trained)
    ship(trained / "model-last", corpus)


def ship(trained: Path, corpus: Path) -> None:
    """Put a trained pipeline into the package, with its card."""
    nlp = spacy.load(trained)
    nlp.meta.update(META)
    nlp.meta.pop("performance", None)
    nlp.config["paths"] = {"train": None, "dev": None}  # of the machine that trained
    shutil.rmtree(MODEL, ignore_errors=True)
    nlp.to_disk(MODEL)
    _forget_words(nlp)
    card = CARD.read_text("utf-8").replace("SCORES", "\n".join(score.table(MODEL, corpus)))
    (MODEL / "README.md").write_text(card, "utf-8")


def _forget_words(nlp: Language) -> None:
    """Keep the labels alone of the strings: the words of the corpora are hashed, not looked up."""
    labels = {label for labels in nlp.pipe_labels.values() for label in labels}
    path = MODEL / "vocab" / "strings.json"
    path.write_text(json.dumps(sorted(labels)), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "build"))
