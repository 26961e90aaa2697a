"""Score a pipeline on the test files of prepare.py: `python -m training.score MODEL CORPUS`."""

import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import DocBin
from spacy.training import Example
from thinc.api import NumpyOps, set_current_ops

COLUMNS = {"tag_acc": "tags", "dep_uas": "UAS", "dep_las": "LAS", "sents_f": "sentences F1"}
COLUMNS |= {"ents_p": "names P", "ents_r": "names R", "ents_f": "names F1"}


def table(model: Path, corpus: Path) -> Iterator[str]:
    """The rows of a table in Markdown."""
    set_current_ops(NumpyOps(use_blis=False))
    nlp = spacy.load(model)
    yield f"| test | {' | '.join(COLUMNS.values())} |"
    yield "|---" * (len(COLUMNS) + 1) + "|"
    for path in sorted(corpus.glob("test-*.spacy")):
        docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))
        scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs])
        have = {"tag_acc": "TAG", "dep_uas": "DEP", "dep_las": "DEP", "sents_f": "DEP"}
        told = []
        for key in COLUMNS:
            known = docs[0].has_annotation(have.get(key, "ENT_IOB"))
            value = scores.get(key) if known else None
            told.append(f"{100 * value:.1f}" if value is not None else "–")
        yield f"| {path.stem.removeprefix('test-')} | {' | '.join(told)} |"


if __name__ == "__main__":
    print(*table(Path(sys.argv[1]), Path(sys.argv[2])), sep="\n")
