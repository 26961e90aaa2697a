"""What is found in the sample articles, beside the expected JSON in tests/data/annotations/.

A change of the annotation shows here as a difference to read. To accept it:
DATELINE_ACCEPT=1 python -m pytest tests/test_regression.py
"""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from webapp.cli import main
from webapp.config import PACKAGE

EXPECTED = Path(__file__).parent / "data" / "annotations"
SAMPLES = sorted((PACKAGE / "samples").glob("*.txt"))


def readable(record: dict[str, object]) -> str:
    """The record without the path and the text, which are elsewhere."""
    kept = {key: value for key, value in record.items() if key not in {"file", "text"}}
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_sample(sample: Path) -> None:
    shown = readable(json.loads(CliRunner().invoke(main, ["annotate", str(sample)]).stdout))
    expected = EXPECTED / f"{sample.stem}.json"
    if os.environ.get("DATELINE_ACCEPT"):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(shown, "utf-8")
    assert shown == expected.read_text("utf-8")
