"""Train the pipeline on what prepare.py wrote.

    python -m training.train CORPUS OUT [--KEY VALUE ...]

The options override values of config.cfg, as `spacy train` has them.
"""

import sys
from pathlib import Path

from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from thinc.api import NumpyOps, set_current_ops


def main(corpus: Path, out: Path, *options: str) -> None:
    # NumPy's matrix products are 2 to 3 times faster here than those of blis.
    set_current_ops(NumpyOps(use_blis=False))
    overrides = {k.removeprefix("--"): _value(v) for k, v in zip(*[iter(options)] * 2, strict=True)}
    overrides |= {
        "paths.train": str(corpus / "train.spacy"),
        "paths.dev": str(corpus / "dev.spacy"),
    }
    config = load_config(Path(__file__).parent / "config.cfg", overrides=overrides)
    out.mkdir(parents=True, exist_ok=True)
    train(init_nlp(config), out, stdout=sys.stdout, stderr=sys.stderr)


def _value(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
