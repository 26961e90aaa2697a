"""The whole of `annotate`: any text at all, and what the rooms around it rely on."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.annotation import ENGINE, annotate
from webapp.model import Annotations, QuoteKind

SAMPLE = Path(__file__).parents[2] / "shared" / "samples" / "baghdad-reassured.txt"

MARKS = [
    '"',
    "“",
    "”",
    "''",
    "``",
    "‘",
    "’",
    "'",
    "«",
    "»",
    "\n",
    "\n\n",
    " ",
    ", ",
    ". ",
    ": ",
    "—",
]
WORDS = ["said", " Anna Kovac ", "he", " according to ", "that", "Iraq", "the president", "U.S."]
ODD = [
    "IRAN",
    "🙂",
    "שלום",
    "مرحبا",
    "e\u0301",
    "\u200f",
    "\ud800",
    "_",
    "-",
    "al-",
    "Paris, Texas",
]
PIECES = st.sampled_from([*MARKS, *WORDS, *ODD])


def check(text: str) -> None:
    found = annotate(text)
    spans = [m.span for s in found.speakers for m in s.mentions]
    spans += [m.span for c in found.countries for m in c.mentions]
    for quote in found.quotes:
        assert quote.content
        assert all(a.end <= b.start for a, b in zip(quote.content, quote.content[1:], strict=False))
        assert quote.speaker == "" or found.speaker(quote.speaker)
        spans += [*quote.content, *filter(None, (quote.cue, quote.source))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert len({s.id for s in found.speakers}) == len(found.speakers)
    assert all(found.quotes_by(s.id) and s.id and s.mentions for s in found.speakers)
    assert found.quotes == tuple(sorted(found.quotes, key=lambda q: q.content[0]))


@given(st.text())
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_text_full_of_marks(text: str) -> None:
    check(text)


def test_nothing_in_nothing() -> None:
    assert annotate("") == Annotations(ENGINE)


def test_a_verb_at_the_end_of_a_sentence_that_is_no_english() -> None:
    check("Ketun an lumuk they bovated is.")


def test_is_pure() -> None:
    text = "“We won,” said Anna Kovac of Ghana."
    assert annotate(text) == annotate(text)


@pytest.mark.parametrize(
    "text",
    [
        '"He said ' * 3_750,
        "‘’“ " * 5_000,
        "s' " * 12_500,
        "he said that " * 5_000,
        "Anna Kovac, " * 5_000,
        "a" * 125_000,
        "\n".join(['"Yes'] * 2_500),
        "A. " * 12_500,
        " " * 75_000,
        "\n" * 75_000,
        "al-" * 25_000,
        '"Yes," he said. ' * 3_750,
        '"Yes." ' * 7_500,
        "".join(f"“Yes,” said Anna Kovac{chr(97 + i % 26)}{i}. " for i in range(2_000)),
        "".join(f"“Yes,” the president said of Mr. Lang{i}. " for i in range(2_000)),
    ],
    ids=lambda text: text[:12].strip() or "blanks",
)
def test_hostile_text_ends(text: str) -> None:
    check(text)


def test_sample() -> None:
    if not SAMPLE.exists():
        pytest.skip("shared/samples/baghdad-reassured.txt is not beside this checkout")
    text = SAMPLE.read_text("utf-8")
    found = annotate(text)
    marked = [q for q in found.quotes if q.kind is QuoteKind.DIRECT]
    assert [q.speaker for q in marked] == ["hassan-rouhani"] * 4 + ["nouri-al-maliki"] * 2
    assert {s.name for s in found.speakers} == {"Hassan Rouhani", "Nouri al-Maliki"}
    assert {c.code for c in found.countries} == {"IR", "IQ", "SY"}
    named = {m.span.of(text) for c in found.countries for m in c.mentions}
    assert {"Tehran", "Baghdad", "Iraqi"} <= named
