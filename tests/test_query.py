import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.errors import BadQuery
from webapp.search.query import (
    FIELDS,
    LONGEST,
    MOST_TERMS,
    And,
    Not,
    Or,
    Phrase,
    Query,
    Term,
    leaves,
    parse,
)

A, B, C = Term("storm"), Term("flood"), Term("rain")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("storm", A),
        ("storm flood", And((A, B))),
        ("storm AND flood", And((A, B))),
        ("storm OR flood", Or((A, B))),
        ("storm flood OR rain", Or((And((A, B)), C))),
        ("(storm OR flood) rain", And((Or((A, B)), C))),
        ("storm -flood", And((A, Not(B)))),
        ("storm NOT flood", And((A, Not(B)))),
        ("-storm", Not(A)),
        ("NOT NOT storm", A),
        ('"storm flood"', Phrase("storm flood")),
        ("“storm  flood”", Phrase("storm flood")),
        ("„storm flood“ rain", And((Phrase("storm flood"), C))),
        ("storm*", Term("storm", prefix=True)),
        ("title:storm", Term("storm", "title")),
        ("TITLE:storm", Term("storm", "title")),
        ('speaker:"anna kovac"', Phrase("anna kovac", "speaker")),
        ("date:2026-03", Term("2026-03", "date")),
        ("well-known", Term("well-known")),
        ("Iraq's", Term("Iraq's")),
        ("or and not", And((Term("or"), Term("and"), Term("not")))),
        ("", None),
        ("  ?! ", None),
    ],
)
def test_what_a_text_asks_for(text: str, tree: Query | None) -> None:
    parsed = parse(text)
    assert parsed.query == tree
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("text", "tree", "problem"),
    [
        ('storm "flood rain', And((A, Phrase("flood rain"))), "was not closed"),
        ("storm (flood OR rain", And((A, Or((B, C)))), "bracket was not closed"),
        ("storm) flood", And((A, B)), "no opening one"),
        ("storm OR", A, "both sides"),
        ("OR storm", A, "both sides"),
        ("storm NOT", A, "needs a word"),
        ("storm st*", And((A, Term("st"))), "3 letters"),
        ("weather:storm", Phrase("weather storm"), "is no field"),
        ("storm date:march", A, "“date:” takes"),
        ("storm " * (MOST_TERMS + 1), And((A,) * MOST_TERMS), "Only the first"),
        ("(" * 12 + "storm" + ")" * 12, A, "nested deeper"),
    ],
)
def test_a_mistake_is_explained_and_the_rest_is_searched(
    text: str, tree: Query | None, problem: str
) -> None:
    parsed = parse(text)
    assert parsed.query == tree
    assert problem in " ".join(parsed.problems)


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadQuery, match=str(LONGEST)):
        parse("a" * (LONGEST + 1))


@given(st.text(max_size=LONGEST) | st.text('ab()"-*: ORNDT“”', max_size=60))
def test_any_text_parses(text: str) -> None:
    assert len(list(leaves(parse(text).query))) <= MOST_TERMS


WORDS = st.text("abcdé", min_size=3, max_size=6)
FIELD = st.sampled_from(["", *(f for f in FIELDS if f != "date")])
LEAVES = st.builds(Term, WORDS, FIELD, st.booleans()) | st.builds(
    Phrase, st.lists(WORDS, min_size=1, max_size=3).map(" ".join), FIELD
)


def _flat(
    kind: type[And] | type[Or], children: st.SearchStrategy[Query]
) -> st.SearchStrategy[Query]:
    return st.lists(children.filter(lambda c: not isinstance(c, kind)), min_size=2, max_size=3).map(
        lambda found: kind(tuple(found))
    )


TREES = st.recursive(
    LEAVES,
    lambda inner: (
        inner.filter(lambda c: not isinstance(c, Not)).map(Not)
        | _flat(And, inner)
        | _flat(Or, inner)
    ),
    max_leaves=5,
)


@given(TREES.filter(lambda tree: len(str(tree)) <= LONGEST))
def test_a_tree_printed_and_parsed_is_the_same(tree: Query) -> None:
    assert parse(str(tree)).query == tree
