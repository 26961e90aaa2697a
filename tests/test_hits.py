import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.search.hits import SNIPPET_LENGTH, best_snippet, find_hits
from webapp.search.query import parse
from webapp.search.tree import And, Near, Phrase, Query, Term


@pytest.mark.parametrize(
    ("query", "text"),
    [
        # a word, its forms and its accents
        ("storm", "The [Storm]. Two [storms] [stormed] the stormy port"),
        ("cafe", "A [café] and two [Cafés]"),
        ("Iraq", "[Iraq’s] ministers in [Iraq]"),
        ("storm flood", "A [storm] and a [flood]"),
        ("storm OR flood", "A [storm] and a [flood]"),
        ("storm -flood", "A [storm] and a flood"),
        ("-storm", "A storm"),
        ("well-known", "A [well-known] port, [well known], known well"),
        ("U.S.", "The [U.S.] said: come with us"),
        ("中国", "[中国]人"),
        # common words show in phrases alone
        ("the storm", "The [storm]"),
        ("was*", "It was [Washington]"),
        ('"the storm"', "[The storm]; the big storm"),
        ('"to be"~3', "[to] live and [be]"),
        # exact forms in quotation marks
        ('"storm"', "[Storm], storms, stormed"),
        ('"storm warning"', "A [storm warning], storm warnings, a warning"),
        ('"storm warning"', "[storm\n\nWarning]"),
        ('"storm storm"', "[storm storm] storm"),
        ('"anna’s well-known port"', "[Anna's well known port]"),
        ('storm "storm warning"', "A [storm warning], a [storm]"),
        # beginnings and one letter
        ("war*", "[War], [warning], wear"),
        ("ÉCO*", "[economy] and [École]"),
        ("storm~", "[storm] [stom] [storem] [sturm] [sotrm] [torm] [storms] [stomr] stem strm2x"),
        ("flip~", "[flip] [lip] [filp] [fllip] [flipp] [flpi] [fip] pilf fl"),
        # near each other, in any order
        ('"storm flood"~2', "[flood] then [storm]; storm and then a flood"),
        ('"storm flood"~1', "storm and flood, [flood] [storm]"),
        ('"storm flood rain"~3', "[rain] and [storm] [flood]. Later came rain"),
        ('"storm flood"~3', "[storm] [storm] [storm] [flood] floods"),
        ('"storm flood"~3', "storm alone"),
        # in one sentence: every word shows
        ("(storm OR rain) /s flood", "A [storm], a [flood], [rain]"),
        # fields of the text show, others do not
        ("title:storm text:flood said:rain", "[storm] [flood] [rain]"),
        ("speaker:storm about:flood source:rain by:hail", "storm flood rain hail"),
        ("date:2016", "2016"),
        ("", "storm"),
        ("storm", ""),
    ],
)
def test_what_is_marked(query: str, text: str) -> None:
    plain = text.replace("[", "").replace("]", "")
    assert marked(plain, parse(query).query) == text


def marked(text: str, query: Query | None) -> str:
    for span in reversed(find_hits(text, query)):
        text = f"{text[: span.start]}[{span.of(text)}]{text[span.end :]}"
    return text


TEXTS = st.text(max_size=300) | st.text("ab .\n", max_size=600)
QUERIES = st.sampled_from(
    ["a", "aab*", "abab~", '"a b"', '"a a"', '"a b"~3', 'a "a b" -b', "ab OR ba", '"a b aa bb"~4']
)


@given(TEXTS, QUERIES | st.text(max_size=40))
def test_hits_and_snippets_of_any_text_are_in_range_and_disjoint(text: str, query: str) -> None:
    hits = find_hits(text, parse(query).query)
    snippet = best_snippet(text, hits)
    for spans, where in [(hits, text), (snippet.hits, snippet.text)]:
        assert all(span.start < span.end <= len(where) for span in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
    assert len(snippet.text) <= SNIPPET_LENGTH + 4


@given(st.lists(st.text("abc", min_size=1, max_size=20), max_size=120), st.sampled_from(" \n"))
def test_a_passage_is_whole_words_of_the_text(parts: list[str], blank: str) -> None:
    text = blank.join(parts)
    snippet = best_snippet(text, find_hits(text, parse("ab*").query or Term("ab", prefix=True)))
    shown = snippet.text.removeprefix("… ").removesuffix(" …").split()
    assert f" {' '.join(shown)} " in f" {' '.join(parts)} "


def test_a_passage_shows_most_hits() -> None:
    text = "A storm. " + "Nothing happened. " * 40 + "Storm and storm again. " + "Calm. " * 60
    snippet = best_snippet(text, find_hits(text, Term("storm")))
    assert [hit.of(snippet.text) for hit in snippet.hits] == ["Storm", "storm"]
    assert snippet.text.startswith("… ")
    assert snippet.text.endswith("Calm. …")


def test_a_passage_without_hits_is_the_beginning() -> None:
    assert best_snippet("A calm day.\n\nNothing.", ()).text == "A calm day.  Nothing."


def test_a_text_without_blanks_is_cut_at_the_length() -> None:
    text = "中" * 300 + "国" + "中" * 300
    snippet = best_snippet(text, find_hits(text, Term("国")))
    assert len(snippet.text) == SNIPPET_LENGTH + 4
    assert [hit.of(snippet.text) for hit in snippet.hits] == ["国"]


def test_a_long_word_is_not_cut() -> None:
    address = "http://example.org/" + "a" * 60
    text = f"{'Calm. ' * 29}{address} {address} storm {'calm ' * 33}{address} end"
    snippet = best_snippet(text, find_hits(text, Term("storm")))
    assert snippet.text.startswith("… storm calm")
    assert snippet.text.endswith("calm …")


WIDE = [f"w{i}x{i * 7919 % 1009}" for i in range(20_000)]


@pytest.mark.parametrize(
    "query",
    [
        And(tuple(Term(word) for word in WIDE[:32])),
        And(tuple(Term(word, fuzzy=True) for word in WIDE[:32])),
        And(tuple(Term(word[:3], prefix=True) for word in WIDE[:32])),
        Phrase(" ".join(WIDE[:32])),
        Near(" ".join(WIDE[:20]), 20),
    ],
)
def test_a_long_text_is_marked_in_linear_time(query: Query) -> None:
    text = " ".join(WIDE * 6)
    assert len(text) > 1_000_000
    started = time.process_time()
    assert find_hits(text, query)
    # About half a second here; anything quadratic takes minutes.
    assert time.process_time() - started < 10


@pytest.mark.parametrize("query", ['"a a a a"', '"a b"~20', '"a a"~20', "a*b", "a"])
def test_a_text_of_one_word_is_marked_in_linear_time(query: str) -> None:
    started = time.process_time()
    find_hits("a " * 200_000, parse(query).query)
    assert time.process_time() - started < 10
