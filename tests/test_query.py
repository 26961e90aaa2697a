import datetime as dt
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.errors import BadInput, BadQuery
from webapp.search.query import LONGEST, MOST_PROBLEMS, MOST_TERMS, parse
from webapp.search.tree import (
    FIELDS,
    And,
    Dates,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Same,
    Term,
    from_json,
    joined,
    leaves,
    negated,
    to_json,
    without,
)

A, B, C, D = Term("storm"), Term("flood"), Term("rain"), Term("hail")
AB = Phrase("storm flood")
TITLE_A, TITLE_B = Term("storm", "title"), Term("flood", "title")
MARCH = (dt.date(2016, 3, 1), dt.date(2016, 3, 31))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        ("  ?! ", None),
        ("storm", A),
        ("storm,", A),
        ("'storm'", A),
        ("storm flood", And((A, B))),
        ("storm AND flood", And((A, B))),
        ("storm & flood", And((A, B))),
        ("storm - flood", And((A, B))),
        ("storm OR flood", Or((A, B))),
        ("storm | flood", Or((A, B))),
        ("storm|flood", Or((A, B))),
        ("storm || flood", Or((A, B))),
        ("storm flood OR rain", Or((And((A, B)), C))),
        ("storm OR flood rain", Or((A, And((B, C))))),
        ("(storm OR flood) rain", And((Or((A, B)), C))),
        ("rain(storm OR flood)", And((C, Or((A, B))))),
        ("(storm flood) rain", And((A, B, C))),
        ("storm OR (flood OR rain)", Or((A, B, C))),
        ("((storm))", A),
        ("storm -flood", And((A, Not(B)))),
        ("storm NOT flood", And((A, Not(B)))),
        ("storm AND NOT flood", And((A, Not(B)))),
        ("-storm", Not(A)),
        ("-(storm OR flood)", Not(Or((A, B)))),
        ("-(storm flood)", Not(And((A, B)))),
        ("NOT NOT storm", A),
        ("-(-storm)", A),
        ("NOT -storm", A),
        ("-title:storm", Not(TITLE_A)),
        ('-"storm flood"', Not(AB)),
        ("or and not", And((Term("or"), Term("and"), Term("not")))),
        ("Or And Not", And((Term("Or"), Term("And"), Term("Not")))),
        # words
        ("well-known", Term("well-known")),
        ("Iraq's", Term("Iraq's")),
        ("AT&T", Term("AT&T")),
        ("U.S.", Term("U.S.")),
        ("1,000.50", Term("1,000.50")),
        ("12:30", Term("12:30")),
        ("http://example.org/a", Term("http://example.org/a")),
        ("HTTPS://example.org", Term("HTTPS://example.org")),
        ("What: now", And((Term("What"), Term("now")))),
        ("and/or", Term("and/or")),
        ("tariff/s", Term("tariff/s")),
        # phrases
        ('"storm flood"', AB),
        ('"storm"', Phrase("storm")),
        ('""', None),
        ("“storm  flood”", AB),
        ("„storm flood“ rain", And((AB, C))),
        ("«storm flood»", AB),
        ("「storm flood」", AB),
        ("＂storm flood＂", AB),
        ('"storm (flood) OR"', Phrase("storm (flood) OR")),
        ('storm"flood"', And((A, Phrase("flood")))),
        # prefixes and one letter
        ("storm*", Term("storm", prefix=True)),
        ("storm*,", Term("storm", prefix=True)),
        ("title:sto*", Term("sto", "title", prefix=True)),
        ("storm~", Term("storm", fuzzy=True)),
        ("storm~1", Term("storm", fuzzy=True)),
        ("storm~1.", Term("storm", fuzzy=True)),
        ("a~b", Term("a~b")),
        ("speaker:kovak~", Term("kovak", "speaker", fuzzy=True)),
        # near
        ('"storm flood"~5', Near("storm flood", 5)),
        ('said:"storm flood"~20', Near("storm flood", 20, "said")),
        ('"storm flood"~ 5', And((AB, Term("5")))),
        # in one sentence or paragraph
        ("storm /s flood", Same((A, B), "sentence")),
        ("storm /S flood", Same((A, B), "sentence")),
        ("storm /p flood", Same((A, B), "paragraph")),
        ("storm /s flood /s rain", Same((A, B, C), "sentence")),
        ("storm /s flood rain", And((Same((A, B), "sentence"), C))),
        ("rain OR storm /s flood", Or((C, Same((A, B), "sentence")))),
        ("(storm OR flood) /s rain", Same((Or((A, B)), C), "sentence")),
        ('"storm flood" /s rain*', Same((AB, Term("rain", prefix=True)), "sentence")),
        ("-(storm /s flood)", Not(Same((A, B), "sentence"))),
        ("title:storm /s title:flood", Same((TITLE_A, TITLE_B), "sentence")),
        ("title:(storm /p flood)", Same((TITLE_A, TITLE_B), "paragraph")),
        ("same:sentence(storm flood)", Same((A, B), "sentence")),
        ("same:s(storm flood) rain", And((Same((A, B), "sentence"), C))),
        ("same:paragraph(storm flood)", Same((A, B), "paragraph")),
        ("SAME:P((storm OR flood) rain)", Same((Or((A, B)), C), "paragraph")),
        ("-same:s(storm flood)", Not(Same((A, B), "sentence"))),
        # fields
        ("title:storm", TITLE_A),
        ("TITLE:storm", TITLE_A),
        ('speaker:"anna kovac"', Phrase("anna kovac", "speaker")),
        ("title:(storm OR flood)", Or((TITLE_A, TITLE_B))),
        ("title:(storm (flood OR by:lee))", And((TITLE_A, Or((TITLE_B, Term("lee", "by")))))),
        ("title:(storm) flood", And((TITLE_A, B))),
        ("title:weather:storm", Term("weather:storm", "title")),
        ("kind:Direct", Term("direct", "kind")),
        ("kind:(direct OR mixed)", Or((Term("direct", "kind"), Term("mixed", "kind")))),
        ("about:CN lang:en", And((Term("CN", "about"), Term("en", "lang")))),
        # dates
        ("date:2016", Dates(dt.date(2016, 1, 1), dt.date(2016, 12, 31))),
        ("date:2016-03", Dates(*MARCH)),
        ("date:2016-3,", Dates(*MARCH)),
        ("date:2016-02", Dates(dt.date(2016, 2, 1), dt.date(2016, 2, 29))),
        ("date:2016-03-14", Dates(dt.date(2016, 3, 14), dt.date(2016, 3, 14))),
        ("date:2016-03..2016-05", Dates(MARCH[0], dt.date(2016, 5, 31))),
        ("date:2016-03..", Dates(MARCH[0], None)),
        ("date:..2016-03", Dates(None, MARCH[1])),
        ("date:>=2016-03", Dates(MARCH[0], None)),
        ("date:<=2016-03", Dates(None, MARCH[1])),
        ("date:(2016-03 OR >=2017)", Or((Dates(*MARCH), Dates(dt.date(2017, 1, 1), None)))),
        # full width, one character for one
        ("（ｓｔｏｒｍ　OR　flood）rain", And((Or((A, B)), C))),
        ("title：storm －flood", And((TITLE_A, Not(B)))),
        ("storm＊ flood～", And((Term("storm", prefix=True), Term("flood", fuzzy=True)))),
        ("date:２０１６", Dates(dt.date(2016, 1, 1), dt.date(2016, 12, 31))),
        ("ﬁne", Term("ﬁne")),
    ],
)
def test_what_a_text_asks_for(text: str, tree: Query | None) -> None:
    parsed = parse(text)
    assert parsed.problems == ()
    assert parsed.query == tree


@pytest.mark.parametrize(
    ("text", "tree", "sentence"),
    [
        (
            'storm "flood rain',
            And((A, Phrase("flood rain"))),
            "The quotation mark at character 7 was not closed; the phrase was read to the end.",
        ),
        (
            "storm (flood OR rain",
            And((A, Or((B, C)))),
            "The bracket at character 7 was not closed; it was read as closed at the end.",
        ),
        (
            "storm title:(flood",
            And((A, TITLE_B)),
            "The bracket at character 13 was not closed; it was read as closed at the end.",
        ),
        (
            "storm) flood",
            And((A, B)),
            "The bracket at character 6 closes none that is open; it was ignored.",
        ),
        (
            "(" * 11 + "storm" + ")" * 11,
            A,
            "The bracket at character 11 is nested deeper than 10; it was ignored.",
        ),
        (
            "storm OR",
            A,
            "The OR at character 7 needs words on both sides; what is there was searched.",
        ),
        (
            "| storm",
            A,
            "The OR at character 1 needs words on both sides; what is there was searched.",
        ),
        ("storm NOT", A, "The NOT at character 7 needs a word; it was ignored."),
        ("NOT NOT AND storm", A, "The NOT at character 1 needs a word; it was ignored."),
        (
            "storm /s",
            A,
            "“/s” at character 7 needs two words or more; what is there was searched.",
        ),
        (
            "/p storm",
            A,
            "“/p” at character 1 needs two words or more; what is there was searched.",
        ),
        (
            "same:s(storm OR flood)",
            Or((A, B)),
            "“same:” at character 1 needs two words or more; what is there was searched.",
        ),
        (
            "storm /s title:flood",
            And((A, TITLE_B)),
            "“/s” at character 7 takes words and phrases of one field "
            "(title, text, said or none); AND was read.",
        ),
        (
            "speaker:lee /s speaker:kim rain",
            And((Term("lee", "speaker"), Term("kim", "speaker"), C)),
            "“/s” at character 13 takes words and phrases of one field "
            "(title, text, said or none); AND was read.",
        ),
        (
            "storm /s -flood",
            And((A, Not(B))),
            "“/s” at character 7 takes words and phrases of one field "
            "(title, text, said or none); AND was read.",
        ),
        (
            "storm /s (flood rain)",
            And((A, B, C)),
            "“/s” at character 7 takes words and phrases of one field "
            "(title, text, said or none); AND was read.",
        ),
        (
            "storm /s flood /p rain",
            And((A, B, C)),
            "The /s at character 7 cannot be mixed with the other unit; AND was read.",
        ),
        (
            "storm st*",
            And((A, Term("st"))),
            "The * behind “st” at character 7 needs one word of 3 letters or more; "
            "it was left out.",
        ),
        (
            "sto~",
            Term("sto"),
            "The ~ behind “sto” at character 1 needs one word of 4 letters or more; "
            "it was left out.",
        ),
        (
            "well-kno*",
            Term("well-kno"),
            "The * behind “well-kno” at character 1 needs one word of 3 letters or more; "
            "it was left out.",
        ),
        (
            "storm~2",
            Term("storm", fuzzy=True),
            "What follows the ~ of “storm~2” at character 1 was left out.",
        ),
        (
            "*storm",
            A,
            "The * before “storm” at character 1 was left out: it can only end a word.",
        ),
        (
            "-*storm",
            Not(A),
            "The * before “storm” at character 2 was left out: it can only end a word.",
        ),
        (
            "flood st*rm",
            B,
            "“st*rm” at character 7 was left out: a * can only end a word.",
        ),
        ("OR*", Term("or"), "The * behind “or” at character 1 needs one word of 3 letters or more"),
        (
            '"storm flood*"',
            AB,
            "The * in the phrase at character 1 was left out: phrases are exact.",
        ),
        (
            '"storm"~5',
            Phrase("storm"),
            "“~5” at character 1 needs two words or more; it was left out.",
        ),
        (
            '"storm flood"~50',
            Near("storm flood", 20),
            "The distance of the phrase at character 1 must be 1 to 20; it was read as 20.",
        ),
        (
            'rain "storm flood hail"~1',
            And((C, Near("storm flood hail", 2))),
            "The distance of the phrase at character 6 must be 2 to 20; it was read as 2.",
        ),
        (
            "rain weather:storm",
            And((C, Term("weather"), A)),
            "“weather:” at character 6 is no field and was searched as a word; "
            f"the fields are {', '.join(FIELDS)}.",
        ),
        (
            "-weather:storm",
            Not(And((Term("weather"), A))),
            "“weather:” at character 2 is no field and was searched as a word",
        ),
        (
            "weather:title:storm",
            And((Term("weather"), Term("title"), A)),
            "“weather:” at character 1 is no field and was searched as a word",
        ),
        (
            'weather:"storm flood"',
            And((Term("weather"), AB)),
            "“weather:” at character 1 is no field and was searched as a word",
        ),
        (
            "weather:(storm OR flood)",
            Or((A, B)),
            "“weather:” at character 1 is no field and was left out",
        ),
        (
            "storm title: flood",
            And((A, B)),
            "“title:” at character 7 needs a word right behind it; it was left out.",
        ),
        (
            "storm date:march",
            A,
            "“date:march” at character 7 was left out: "
            "dates look like 2016, 2016-03, 2016-03-14 or 2016-03..2016-05.",
        ),
        ("storm date:2016-13", A, "“date:2016-13” at character 7 was left out: month must be"),
        ("storm date:2016-00", A, "“date:2016-00” at character 7 was left out: month must be"),
        ("storm date:2015-02-29", A, "“date:2015-02-29” at character 7 was left out: day"),
        ("storm date:0000", A, "“date:0000” at character 7 was left out: year"),
        (
            "storm date:2017..2016",
            A,
            "“date:2017..2016” at character 7 was left out: its first day comes after its last.",
        ),
        ("storm date:..", A, "“date:..” at character 7 was left out: a day, month or year"),
        (
            "storm kind:reported",
            A,
            "“kind:reported” at character 7 was left out: kinds are direct, mixed, indirect.",
        ),
        (
            "storm " * 33,
            And((A,) * 32),
            "Only the first 32 words are searched; those from character 193 on were left out.",
        ),
        (
            "storm OR " * 40 + "rain",
            Or((A,) * 32),
            "Only the first 32 words are searched; those from character 289 on were left out.",
        ),
        (
            '"' + "storm " * 40 + '"',
            Phrase("storm " * 31 + "storm"),
            "Only the first 32 words are searched; those from character 194 on were left out.",
        ),
        (
            "「（storm",
            Phrase("storm"),
            "The quotation mark at character 1 was not closed; the phrase was read to the end.",
        ),
    ],
)
def test_a_mistake_is_explained_and_the_rest_is_searched(
    text: str, tree: Query | None, sentence: str
) -> None:
    parsed = parse(text)
    assert parsed.query == tree
    [problem] = parsed.problems
    assert str(problem).startswith(sentence)
    assert str(problem).endswith(".")


def test_problems_come_in_the_order_of_the_text_and_end_somewhere() -> None:
    places = [problem.at for problem in parse("(storm* st* *flood weather:x").problems]
    assert places == [0, 8, 12, 19]
    assert len(parse(")" * 100).problems) == MOST_PROBLEMS


def test_a_text_that_is_too_long_is_refused() -> None:
    parse("a" * LONGEST)
    with pytest.raises(BadQuery, match="2,000"):
        parse("a" * (LONGEST + 1))


@pytest.mark.parametrize(
    "text",
    ["NOT " * 500, "-(" * 1000, "a /s " * 400, "~1" * 1000, "*" * 2000, "-," * 1000, '"' * 2000],
)
def test_the_longest_texts_parse(text: str) -> None:
    parse(text)


PIECES = st.sampled_from(
    [*' ()"-*:~|,_\n', "/s ", " /p ", "OR ", " NOT ", "AND ", "ab", "storm", "U.S.", "2016", ".."]
    + [f"{name}:" for name in FIELDS]
    + [
        "same:s(",
        "x:",
        "~5",
        "（",
        "＊",
        "“",
        "ſ",
        "/ſ ",
        "İ",
        "é",
        "中国",
        "\u0301",
        "http:",
        "１",
    ]
)
TEXTS = st.text(max_size=200) | st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS)
def test_any_text_parses_and_prints_and_is_json(text: str) -> None:
    parsed = parse(text)
    assert len(list(leaves(parsed.query))) <= MOST_TERMS
    assert len(set(parsed.problems)) == len(parsed.problems)
    assert all(0 <= problem.at < len(text) for problem in parsed.problems)
    if parsed.query:
        assert parse(str(parsed.query)).query == parsed.query
        assert from_json(json.loads(json.dumps(to_json(parsed.query)))) == parsed.query


WORDS = st.text("abcdé", min_size=4, max_size=6)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
MARKS = st.sampled_from([(False, False), (True, False), (False, True)])


def _leaves(fields: st.SearchStrategy[str]) -> st.SearchStrategy[Term | Phrase]:
    terms = st.builds(lambda word, name, marks: Term(word, name, *marks), WORDS, fields, MARKS)
    return terms | st.builds(Phrase, PHRASES, fields)


def _many(
    kind: type[And] | type[Or], children: st.SearchStrategy[Query]
) -> st.SearchStrategy[Query]:
    def made(found: list[Query]) -> Query:
        whole = joined(kind, found)
        assert whole
        return whole

    return st.lists(children, min_size=2, max_size=3).map(made)


def _same(name: str) -> st.SearchStrategy[Same]:
    leaf = _leaves(st.just(name))
    children = st.lists(leaf | _many(Or, leaf), min_size=2, max_size=3).map(tuple)
    return st.builds(Same, children, st.sampled_from(["sentence", "paragraph"]))


FIELD = st.sampled_from(["", *(name for name in FIELDS if name not in ("date", "kind"))])
DATES = (
    st.builds(lambda first: Dates(first, None), st.dates())
    | st.builds(lambda last: Dates(None, last), st.dates())
    | st.builds(lambda one, other: Dates(min(one, other), max(one, other)), st.dates(), st.dates())
)
NEAR = st.builds(
    Near, st.lists(WORDS, min_size=2, max_size=3).map(" ".join), st.integers(2, 20), FIELD
)
SAME = st.sampled_from(["", "text", "title", "said"]).flatmap(_same)
KIND = st.builds(Term, st.sampled_from(["direct", "mixed", "indirect"]), st.just("kind"))
TREES: st.SearchStrategy[Query] = st.recursive(
    _leaves(FIELD) | NEAR | SAME | DATES | KIND,
    lambda inner: inner.map(negated) | _many(And, inner) | _many(Or, inner),
    max_leaves=5,
).filter(lambda tree: len(re.findall(r"\w+", str(tree))) <= MOST_TERMS)


@given(TREES)
def test_a_tree_printed_and_parsed_is_the_same(tree: Query) -> None:
    parsed = parse(str(tree))
    assert parsed.query == tree
    assert parsed.problems == ()


@given(TREES)
def test_a_tree_as_json_and_back_is_the_same(tree: Query) -> None:
    assert from_json(json.loads(json.dumps(to_json(tree)))) == tree


@given(TREES)
def test_a_leaf_can_be_taken_out(tree: Query) -> None:
    for leaf in leaves(tree):
        left = without(tree, leaf)
        assert leaf not in list(leaves(left))
        assert left is None or parse(str(left)).query == left


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Or((And((A, B)), C)), "storm flood OR rain"),
        (And((Or((A, B)), C)), "(storm OR flood) rain"),
        (Not(And((A, B))), "-(storm flood)"),
        (Not(Same((A, B), "sentence")), "-(storm /s flood)"),
        (Same((Or((A, B)), C), "paragraph"), "(storm OR flood) /p rain"),
        (Near("a b", 5, "said"), 'said:"a b"~5'),
        (Term("storm", "title", fuzzy=True), "title:storm~"),
        (Dates(MARCH[0], dt.date(2016, 5, 31)), "date:2016-03-01..2016-05-31"),
        (Dates(MARCH[0], None), "date:2016-03-01.."),
        (Dates(None, MARCH[1]), "date:..2016-03-31"),
        (Dates(MARCH[0], MARCH[0]), "date:2016-03-01"),
    ],
)
def test_how_a_tree_prints(tree: Query, text: str) -> None:
    assert str(tree) == text


@pytest.mark.parametrize(
    ("text", "leaf", "left"),
    [
        ("storm", A, None),
        ("-storm", A, None),
        ("storm flood", B, A),
        ("storm (flood OR rain)", C, And((A, B))),
        ("storm (flood OR (rain hail))", B, And((A, C, D))),
        ("storm -flood", B, A),
        ("-(storm -flood)", A, B),
        ("storm /s flood /s rain", A, Same((B, C), "sentence")),
        ("storm /s flood", A, B),
        ("storm date:2016-03", Dates(*MARCH), A),
        ("storm", B, A),
    ],
)
def test_a_search_without_a_part_of_it(text: str, leaf: Query, left: Query | None) -> None:
    tree = parse(text).query
    assert tree
    assert without(tree, leaf) == left


def test_leaves_are_what_a_hit_can_show() -> None:
    text = 'storm -flood (rain OR "a b"~3) hail /s "x y" date:2016'
    shown = [A, C, Near("a b", 3), D, Phrase("x y")]
    assert list(leaves(parse(text).query)) == shown


def test_json_is_readable() -> None:
    tree = parse('storm* -said:"a b" "c d"~3 (rain /s hail) date:2016-03..').query
    assert tree
    assert to_json(tree) == {
        "and": [
            {"word": "storm", "prefix": True},
            {"not": {"phrase": "a b", "field": "said"}},
            {"near": "c d", "distance": 3},
            {"same": [{"word": "rain"}, {"word": "hail"}], "unit": "sentence"},
            {"dates": {"first": "2016-03-01"}},
        ]
    }


DEEP: object = {"word": "storm"}
for _ in range(60):
    DEEP = {"not": DEEP}


@pytest.mark.parametrize(
    "value",
    [
        *(None, "storm", 5, [], {}, DEEP),
        *({"word": ""}, {"word": "a b"}, {"word": '"'}, {"word": "st*rm"}, {"word": 5}),
        *({"word": "a", "field": "weather"}, {"word": "a", "field": "date"}),
        *({"word": "a", "field": None}, {"word": "a", "prefix": 1}, {"word": "a", "more": 1}),
        *({"word": "a", "prefix": True, "fuzzy": True}, {"word": "a", 5: 5}),
        *({"phrase": 'a"'}, {"phrase": ""}, {"phrase": "a", "prefix": True}),
        *({"near": "a b"}, {"near": "a b", "distance": 21}, {"near": "a b", "distance": "5"}),
        *({"dates": {}}, {"dates": {"first": "x"}}, {"dates": {"first": 5}}, {"dates": []}),
        *({"dates": {"first": "2017-01-01", "last": "2016-01-01"}}, {"dates": {"more": ""}}),
        *({"and": [{"word": "a"}]}, {"and": {}}, {"or": []}, {"not": None}, {"xor": []}),
        *({"and": [{"word": "a"}, {}]}, {"or": [{"word": "a"}] * 1000}),
        {"same": [{"word": "a"}, {"word": "b"}], "unit": "page"},
        {"same": [{"word": "a"}, {"word": "b", "field": "title"}], "unit": "sentence"},
        {"same": [{"word": "a"}, {"not": {"word": "b"}}], "unit": "sentence"},
    ],
)
def test_json_that_is_no_query_is_refused(value: object) -> None:
    with pytest.raises(BadInput, match=r"\.$"):
        from_json(value)
