"""Pairs of quotes that are, or are not, one; what an outlet changed; which group a quote joins."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.repeats import (
    MOST,
    Candidate,
    changes,
    fingerprints,
    grouped,
    relation,
)

TABLE = Path(__file__).parent / "data" / "repeats.tsv"
ROWS = [
    line.split("\t")
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
KINDS = {"same": "identical", "nearly": "nearly", "piece": "piece", "apart": None}

STRIKE = "“Nobody wants this strike, but nobody can live on these wages either.”"
MINE = (
    "“We came with a plan. It was a modest one. It asked for two buses a day and a doctor on "
    "Fridays. They did not open the envelope.”"
)
PLAN = "“It asked for two buses a day and a doctor on Fridays.”"
ENVELOPE = "“We came with a plan. … They did not open the envelope.”"
SLOGAN = "“Bread first, and then the stadium!”"
MOTHER = f"{SLOGAN} That is what my mother shouted from the window, and I shout it now."
ROOF = f"They promised a roof for the market. {SLOGAN} And where is the roof, I ask you?"


FIRST_SHORT = 410563194207651511
FIRST = (
    1993942655633091282,
    2481535234590988614,
    2547278797970353274,
    2658907364683525099,
    2912627769533973323,
)

# How two quotes are one


@pytest.mark.parametrize(("kind", "why", "one", "other"), ROWS, ids=[row[1] for row in ROWS])
def test_quotes_are_one_or_not(kind: str, why: str, one: str, other: str) -> None:
    found = relation(one, other)
    assert (found.kind if found else None) == KINDS[kind], why
    assert relation(other, one) == found
    if found:
        assert set(fingerprints(one)) & set(fingerprints(other))


def test_the_table_has_enough_of_each() -> None:
    kinds = [row[0] for row in ROWS]
    assert len(kinds) >= 40
    assert min(kinds.count(kind) for kind in KINDS) >= 10


def test_shares_are_counted_in_words() -> None:
    found = relation("The mill has been shut for two years", "The mill has been shut for ten years")
    assert found
    assert (found.share, found.of_longer) == (7 / 8, 7 / 8)
    found = relation(MINE, PLAN)
    assert found
    assert (found.share, found.of_longer) == (1, 12 / 28)


def test_a_quote_is_one_with_itself_in_other_marks() -> None:
    found = relation(STRIKE, STRIKE.replace("“", '"').replace("”", '"').upper())
    assert found
    assert (found.kind, found.share, found.of_longer) == ("identical", 1, 1)


# Fingerprints


def test_fingerprints_are_numbers_that_the_database_takes_and_finds_again() -> None:
    # They are stored: later versions must find them.
    assert fingerprints("the harbour is closed") == fingerprints("that the harbour is closed")
    assert fingerprints("the harbour is closed") == (FIRST_SHORT,)
    assert fingerprints(STRIKE) == FIRST
    assert all(0 <= number < 2**63 for _, _, one, _ in ROWS for number in fingerprints(one))


@pytest.mark.parametrize(
    ("words", "count"),
    [("", 0), ("“…”", 0), ("No comment.", 0), ("that he lied", 0), ("We are ready.", 1),
     ("We have been ready since", 1), ("We have been ready since spring", 1), ("word " * 200, 1)],
)  # fmt: skip
def test_so_many_fingerprints_has_a_quote(words: str, count: int) -> None:
    assert len(fingerprints(words)) == count


def test_there_are_few_fingerprints_for_each_word() -> None:
    quotes = [quote for _, _, *pair in ROWS for quote in pair if len(quote.split()) >= 10]
    numbers = sum(len(fingerprints(quote)) for quote in quotes)
    assert 0.3 < numbers / sum(len(quote.split()) for quote in quotes) < 0.5


def test_of_runs_those_with_the_fewest_common_words_are_taken() -> None:
    phrase = "and it has been said by many that we have to"
    (rare,) = fingerprints("we cranes lifted copper wire and")
    assert rare in fingerprints(f"{phrase} cranes lifted copper wire {phrase}")
    assert rare in fingerprints("it was there that cranes lifted copper wire")


SPOKEN = [
    "we",
    "will",
    "not",
    "leave",
    "the",
    "port",
    "of",
    "Açıl",
    "until",
    "1,200",
    "men’s",
    "don't",
]
PHRASES = st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=60)


@given(PHRASES, st.data())
def test_other_marks_and_capitals_make_no_other_fingerprints(
    told: list[str], data: st.DataObject
) -> None:
    between = st.sampled_from([" ", ", ", " — ", "… ", " “", "” ", ". ", " … ", "\n"])
    marked = "".join(f"{word}{data.draw(between)}" for word in told)
    plain = " ".join(told)
    assert fingerprints(f"“{marked}”") == fingerprints(plain)
    assert fingerprints(plain.replace("’", "'").title()) == fingerprints(plain)


@given(
    st.lists(st.one_of(st.sampled_from(SPOKEN), st.text("abc", min_size=1)), min_size=8),
    st.data(),
)
def test_a_piece_of_eight_words_shares_a_fingerprint(told: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(told) - 8))
    end = data.draw(st.integers(start + 8, len(told)))
    piece = fingerprints(" ".join(told[start:end]))
    assert set(piece) & set(fingerprints(" ".join(told)))


# What was changed


def marked(longest: str, other: str) -> str:
    """The longest quote with [what was left out] and {what was added}."""
    around = {"same": "%s", "left out": "[%s]", "added": "{%s}"}
    pieces = changes(longest, other)
    return "".join(around[p.kind] % (p.longest.of(longest) or p.other.of(other)) for p in pieces)


@pytest.mark.parametrize(
    ("longest", "other", "expected"),
    [
        (STRIKE, STRIKE.replace("“", '"').replace("Nobody", "nobody"), STRIKE),
        ("We will not go back.", "We will go back", "We will [not ]go back."),
        (
            "“It will cost us €4 million and the summer.”",
            "“It will cost us $4 million, and the summer”",
            "“It will cost us [€]{$}4 million and the summer.”",
        ),
        (
            "It was 10.5 degrees in the tents",
            "It was -10,5 degrees in the tents",
            "It was [10.5 ]{-10,5 }degrees in the tents",
        ),
        (
            MINE,
            ENVELOPE,
            "“We came with a plan. [It was a modest one. It asked for two buses a day and a doctor "
            "on Fridays. ]They did not open the envelope.”",
        ),
        (
            "“We will stay. We will fight. We will win.”",
            "We will stay. We will win.",
            "“We will stay. [We will fight. ]We will win.”",
        ),
        # No "the" and "of the" between changes.
        (
            "He told the judges of the court that nobody had asked for the ships of the navy.",
            "He told the members of the jury that nobody had asked for a boat of the guard.",
            "He told the [judges of the court ]{members of the jury }that nobody had asked for "
            "[the ships of the navy.]{a boat of the guard.}",
        ),
        ("“Never!”", "“No comment”", "[“Never!”]{“No comment”}"),
        ("“…”", "", "[“…”]"),
        ("", "“…”", "{“…”}"),
        ("“…”", "“…”", "“…”"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_changes_are_marked(longest: str, other: str, expected: str) -> None:
    assert marked(longest, other) == expected


@pytest.mark.parametrize("row", [row for row in ROWS if row[0] == "nearly"], ids=lambda row: row[1])
def test_every_changed_word_is_marked(row: list[str]) -> None:
    _, _, one, other = row
    kinds = [piece.kind for piece in changes(one, other)]
    assert set(kinds) > {"same"}


QUOTES = st.one_of(
    st.text(),
    st.text(st.characters()),  # with surrogates
    st.lists(st.sampled_from(["a", "the", "½", "é", " … ", "İ", "“", "” ", "-5", "."])).map(
        "".join
    ),
    PHRASES.map(" ".join),
)


@given(QUOTES, QUOTES)
def test_changes_make_both_quotes(one: str, other: str) -> None:
    found = changes(one, other)
    assert "".join(piece.longest.of(one) for piece in found) == one
    assert "".join(piece.other.of(other) for piece in found) == other
    for piece in found:
        assert piece.longest or piece.other
        assert piece.kind != "left out" or not piece.other
        assert piece.kind != "added" or not piece.longest


@given(PHRASES, PHRASES)
def test_what_is_the_same_has_the_same_words(one: list[str], other: list[str]) -> None:
    longest, quote = " ".join(one), " ".join(other).upper()
    for piece in changes(longest, quote):
        if piece.kind == "same":
            same = piece.longest.of(longest), piece.other.of(quote)
            assert same[0].upper().split() == same[1].split()


@given(QUOTES, QUOTES)
def test_any_two_quotes_can_be_compared(one: str, other: str) -> None:
    found = relation(one, other)
    assert found == relation(other, one)
    assert found is None or 0 < found.of_longer <= found.share <= 1


@pytest.mark.parametrize("one", ["word " * 200_000, "word other " * 100_000, "“é… " * 250_000])
def test_of_very_long_quotes_the_beginning_is_compared(one: str) -> None:
    other = "other word word " * 70_000
    relation(one, other)
    assert len(fingerprints(one)) < MOST
    found = changes(one, other)
    assert "".join(piece.longest.of(one) for piece in found) == one
    assert "".join(piece.other.of(other) for piece in found) == other


def test_what_is_not_compared_is_not_called_the_same() -> None:
    speech = " ".join(f"word{n}" for n in range(MOST))
    assert [p.kind for p in changes(f"{speech} and more", f"{speech} or less")] == [
        "same", "left out", "added",
    ]  # fmt: skip


# The group of a quote


def group(words: str, person: str, *candidates: tuple[int, int, str, str]) -> tuple[int, ...]:
    offered = [Candidate(*candidate) for candidate in candidates]
    found = grouped(words, person, offered)
    assert grouped(words, person, offered[::-1]) == found
    return found


def test_a_quote_joins_the_group_of_the_same_words() -> None:
    assert group(STRIKE, "mona", (1, 1, STRIKE, "mona")) == (1,)
    assert group(STRIKE, "mona", (7, 3, MINE, "mona")) == ()
    assert group(STRIKE, "mona") == ()


@pytest.mark.parametrize(
    ("person", "of_group", "joins"),
    [("mona", "mona", True), ("mona", "", True), ("", "mona", True), ("", "", True),
     ("mona", "karim", False)],
)  # fmt: skip
def test_two_known_speakers_are_in_no_group(person: str, of_group: str, joins: bool) -> None:
    assert bool(group(STRIKE, person, (1, 1, STRIKE, of_group))) == joins


def test_one_known_speaker_of_a_group_is_enough_to_keep_others_out() -> None:
    quotes = [(1, 1, STRIKE, ""), (2, 1, STRIKE, "karim")]
    assert group(STRIKE, "mona", *quotes) == ()
    assert group(STRIKE, "", *quotes) == (1,)
    assert group(STRIKE, "mona", *quotes, (3, 3, STRIKE, "mona")) == (3,)


@pytest.mark.parametrize("words", ["“Thank you very much.”", "“We will do everything we can.”"])
def test_what_everybody_says_is_one_in_the_mouth_of_one_person_only(words: str) -> None:
    assert group(words, "mona", (1, 1, words, "mona")) == (1,)
    assert group(words, "mona", (1, 1, words, "")) == ()
    assert group(words, "", (1, 1, words, "mona")) == ()
    assert group(words, "", (1, 1, words, "")) == ()


def test_the_best_group_is_taken_then_the_first() -> None:
    changed = STRIKE.replace("live", "eat")
    assert group(STRIKE, "", (1, 1, changed, ""), (2, 2, STRIKE, "")) == (2, 1)
    assert group(PLAN, "", (1, 1, MINE, ""), (2, 2, PLAN.lower(), "")) == (2,)
    assert group(STRIKE, "mona", (1, 1, STRIKE, ""), (2, 2, STRIKE, "mona"))[0] == 2
    assert group(STRIKE, "", (5, 5, STRIKE, ""), (4, 4, STRIKE, ""))[0] == 4


def test_the_whole_brings_the_groups_of_its_pieces_together() -> None:
    pieces = [(1, 1, PLAN, ""), (2, 2, ENVELOPE, "mona")]
    assert set(group(MINE, "", *pieces)) == {1, 2}
    assert group(PLAN, "", (2, 2, ENVELOPE, "mona")) == ()
    # Not those of two people.
    assert len(group(MINE, "", (1, 1, PLAN, "karim"), (2, 2, ENVELOPE, "mona"))) == 1


def test_a_slogan_makes_no_group_of_what_it_stands_in() -> None:
    in_group = [(1, 1, SLOGAN, "mona"), (2, 1, MOTHER, "mona")]
    assert group(ROOF, "mona", *in_group) == ()
    assert group(SLOGAN, "mona", *in_group, (3, 3, ROOF, "mona")) == (1,)


def test_identical_words_are_in_one_group_whatever_else_is_in_it() -> None:
    changed = STRIKE.replace("live", "eat")
    in_group = [(1, 1, changed, "mona"), (2, 1, f"{MINE} {MINE} {MOTHER}", "mona")]
    assert group(STRIKE, "mona", *in_group) == ()
    assert group(changed, "mona", *in_group) == (1,)


def test_a_sentence_of_a_speech_does_not_join_the_speech() -> None:
    speech = " ".join(f"Point {n} of {n + 3} is the road to village {n * 7}." for n in range(60))
    assert relation(STRIKE, f"{speech} {STRIKE}")
    assert group(STRIKE, "mona", (1, 1, f"{speech} {STRIKE}", "mona")) == ()
