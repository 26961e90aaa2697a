"""The model, what it is read with, and that it stays out of where it is not needed."""

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from webapp.annotation import annotate, version
from webapp.annotation.pipeline import OURS, Parsed, load, parse, plain
from webapp.annotation.reports import read
from webapp.errors import Unavailable
from webapp.model import Span


def test_our_model_is_small_and_says_what_it_is() -> None:
    size = sum(path.stat().st_size for path in OURS.rglob("*") if path.is_file())
    assert size <= 12_000_000
    card = (OURS / "README.md").read_text("utf-8")
    for licence in ("CC BY-SA 4.0", "CC BY 4.0", "MIT"):
        assert licence in card


def test_a_model_that_is_not_installed_is_told() -> None:
    with pytest.raises(Unavailable, match=r"python -m spacy download en_nowhere"):
        annotate("It rained.", "en_nowhere")


def test_the_version_tells_the_model() -> None:
    assert version() != version("en_core_web_lg")
    assert len(version("a" * 100)) <= 40


@given(st.text())
def test_plain_keeps_every_code_point_in_its_place(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    assert all(
        a == b or not (a.isalnum() and b.isalnum()) for a, b in zip(text, shown, strict=True)
    )


@given(st.lists(st.sampled_from(["word ", "U.S. ", "end. ", "“Yes,” ", "x" * 3_000]), max_size=40))
def test_long_paragraphs_are_read_in_pieces(parts: list[str]) -> None:
    text = "".join(parts).rstrip() or "x"
    read_back = "".join(part.doc.text for part in parse(text, [Span(0, len(text))]))
    assert read_back == plain(text)


def test_pages_do_not_load_spacy(articles_home: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from webapp import create_app\n"
        "from webapp.config import Settings\n"
        "client = create_app(Settings(Path(sys.argv[1]))).test_client()\n"
        "for path in ('/', '/search?q=river', '/help'):\n"
        "    assert client.get(path).status_code == 200\n"
        "assert client.get('/articles/1', follow_redirects=True).status_code == 200\n"
        "print('spacy' in sys.modules)\n"
    )
    command = [sys.executable, "-W", "ignore", "-c", code, str(articles_home)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"


# One sentence in the labels of both schemes: what is read of it must be the same.


def doc(words: str, heads: list[int], deps: str, tags: str) -> Doc:
    spaces = [not w.endswith("|") for w in words.split()]
    texts = [w.rstrip("|") for w in words.split()]
    return Doc(
        spacy.blank("en").vocab,
        texts,
        spaces=spaces,
        heads=heads,
        deps=deps.split(),
        tags=tags.split(),
    )


WORDS = "Kovac accused ministers of waste"
TAGS = "NNP VBD NNS IN NN"
BY = "The plan was reported by the Courier"
BY_TAGS = "DT NN VBD VBN IN DT NNP"
WHO = "Kovac who denied guilt said it rained"
WHO_TAGS = "NNP WP VBD NN VBD PRP VBD"


@pytest.mark.parametrize(
    ("universal", "clearnlp", "content", "source"),
    [
        (
            doc(WORDS, [1, 1, 1, 4, 1], "nsubj ROOT obj case obl", TAGS),
            doc(WORDS, [1, 1, 1, 1, 3], "nsubj ROOT dobj prep pobj", TAGS),
            ["waste"],
            ["Kovac"],
        ),
        (
            doc(
                BY,
                [1, 3, 3, 3, 6, 6, 3],
                "det nsubj:pass aux:pass ROOT case det obl:agent",
                BY_TAGS,
            ),
            doc(BY, [1, 3, 3, 3, 3, 6, 4], "det nsubjpass auxpass ROOT agent det pobj", BY_TAGS),
            ["The plan"],
            ["the Courier"],
        ),
        (
            doc(WHO, [4, 2, 0, 2, 4, 6, 4], "nsubj nsubj acl:relcl obj ROOT nsubj ccomp", WHO_TAGS),
            doc(WHO, [4, 2, 0, 2, 4, 6, 4], "nsubj nsubj relcl dobj ROOT nsubj ccomp", WHO_TAGS),
            ["guilt", "it rained"],
            ["Kovac", "Kovac"],
        ),
    ],
    ids=["oblique", "passive", "relative clause"],
)
def test_both_schemes_are_read_alike(
    universal: Doc, clearnlp: Doc, content: list[str], source: list[str]
) -> None:
    for parsed in (universal, clearnlp):
        reports = read([Parsed(0, parsed)]).reports
        assert [report.content.of(parsed.text) for report in reports] == content
        assert [r.source.of(parsed.text) if r.source else "" for r in reports] == source


def test_labels_of_names_of_both_schemes() -> None:
    from webapp.annotation.pipeline import names_in

    made = doc(
        "Omar met NATO in Ghent on Monday", [1, 1, 1, 1, 3, 1, 5], "x x x x x x x", "X X X X X X X"
    )
    for labels in (("PERSON", "ORG", "LOC"), ("PERSON", "ORG", "GPE")):
        spans = [made.char_span(0, 4, labels[0]), made.char_span(9, 13, labels[1])]
        spans += [made.char_span(17, 22, labels[2]), made.char_span(26, 32, "DATE")]
        made.set_ents([span for span in spans if span is not None])
        assert [name.label for name in names_in([Parsed(0, made)])] == ["PERSON", "ORG", "LOC"]


def test_the_model_is_loaded_once() -> None:
    assert load() is load()
