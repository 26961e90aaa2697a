from hypothesis import given
from hypothesis import strategies as st

from webapp.model import Span
from webapp.views.segments import Mark, by_paragraph, segments

PARAGRAPHS = st.lists(st.sampled_from(["a", "b c", "\n", "\n\n", "😀", "ש", "e\u0301"])).map(
    "".join
)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(PARAGRAPHS)
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places).map(sorted), max_size=12))
    return text, [Mark(Span(*span), "quote", str(i)) for i, span in enumerate(spans)]


@given(marked())
def test_segments_reproduce_the_text(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    assert "".join(segment.text for segment in segments(text, marks)) == text


@given(marked())
def test_segments_reproduce_every_span(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    flat = segments(text, marks)
    for mark in marks:
        covered = [s for s in flat if mark in s.marks]
        if len(mark.span):
            assert covered[0].span.start == mark.span.start
            assert covered[-1].span.end == mark.span.end
        assert "".join(s.text for s in covered) == mark.span.of(text)


@given(marked())
def test_the_shortest_mark_comes_first(given_: tuple[str, list[Mark]]) -> None:
    for segment in segments(*given_):
        lengths = [len(mark.span) for mark in segment.marks]
        assert lengths == sorted(lengths)


@given(marked())
def test_paragraphs_leave_out_nothing_but_the_gaps(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    shown = ["".join(s.text for s in paragraph) for paragraph in by_paragraph(text, marks)]
    assert shown == [paragraph for paragraph in text.split("\n\n") if paragraph]


def test_a_speaker_wins_over_a_country_of_the_same_span() -> None:
    marks = [Mark(Span(0, 4), "country", "country:IR"), Mark(Span(0, 4), "speaker", "speaker:iran")]
    assert segments("Iran", marks)[0].marks[0].kind == "speaker"
