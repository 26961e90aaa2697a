"""How a text is cut into words and sentences for the index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.search.words import folded, openings, spelled, tokens


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("The storm’s end", "the storm end"),
        ("O’Brien don't", "obrien dont"),
        ("Café Müller, Łódź, Yıldız", "cafe muller lodz yildiz"),
        ("well-known", "well known"),
        ("$1.5bn and 1,000 or 3D", "1.5bn and 1000 or 3d"),
        ("the U.S. and e.g. this", "the u.s and e.g this"),
        ("王芳说", "王 芳 说"),
        ("A350 2026-03", "a350 2026 03"),
        ("“Yes,” he said.", "yes he said"),
    ],
)
def test_forms(text: str, forms: str) -> None:
    assert " ".join(folded(word) for word in spelled(text)) == forms


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("He left. She came.", ["She"]),
        ("Mr. Lang left. Dr. Bek too.", ["Dr."]),
        ("J. Smith left! “No,” he said.", ["“No,”"]),
        ("It cost 1.5 dollars. Then more.", ["Then"]),
        ("One\n\nTwo", ["¶Two"]),
        ("One.\n\nTwo.", ["¶Two."]),
    ],
)
def test_openings(text: str, starts: list[str]) -> None:
    found = [("¶" if paragraph else "") + text[at:].split()[0] for at, paragraph in openings(text)]
    assert found == starts


@given(st.text())
def test_no_word_is_empty_and_all_are_in_the_text(text: str) -> None:
    for token in tokens(text):
        assert folded(token[0])
        assert text[token.start() : token.end()] == token[0]
    assert spelled(text) == [token[0] for token in tokens(text)]
