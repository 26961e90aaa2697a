"""Speech that the layout tells: transcripts, headlines, a paragraph below a colon."""

from webapp.annotation import annotate


def spoken(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each quote."""
    found = annotate(text)
    names = {s.id: s.name for s in found.speakers}
    return [(names.get(q.speaker, ""), q.words(text)) for q in found.quotes]


def test_transcript() -> None:
    text = (
        "Partial transcript\n\nThe anchor, Peter Wallis, asked Anna Kovac.\n\n"
        "WALLIS: Will you come?\n\nKOVAC: We will. Everybody will.\n\nWALLIS: Thank you."
    )
    assert spoken(text) == [
        ("Peter Wallis", "Will you come?"),
        ("Anna Kovac", "We will. Everybody will"),
        ("Peter Wallis", "Thank you"),
    ]


def test_a_list_with_colons_is_no_transcript() -> None:
    assert spoken("Results\n\nGHENT: three goals.\n\nANTWERP: two goals.\n\nBRUGES: none.") == []


def test_headline_with_a_name_and_a_colon() -> None:
    text = "Kovac: The Port Will Never Close\n\nAnna Kovac, the mayor, spoke on Monday."
    assert spoken(text) == [("Anna Kovac", "The Port Will Never Close")]


def test_headline_with_another_label() -> None:
    assert spoken("Analysis: The Port Will Never Close\n\nIt rained on Monday.") == []


def test_headline_with_a_verb_of_saying() -> None:
    text = "Kovac Says the Port Will Never Close\n\nAnna Kovac, the mayor, spoke on Monday."
    assert spoken(text) == [("Anna Kovac", "the Port Will Never Close")]


def test_the_paragraph_below_a_colon() -> None:
    text = "Anna Kovac spoke.\n\nThe mayor, Anna Kovac, added:\n\nThe port is ours. It stays so."
    assert spoken(text) == [("Anna Kovac", "The port is ours. It stays so.")]


def test_a_quotation_below_a_colon() -> None:
    text = "On Monday, Anna Kovac made the following remark:\n\n“The port is ours.”"
    assert spoken(text) == [("Anna Kovac", "“The port is ours.”")]


def test_list_of_quotations() -> None:
    text = "What they said\n\n“It rained.” — Anna Kovac\n\n“It poured.” — Peter Lang"
    assert spoken(text) == [("Anna Kovac", "“It rained.”"), ("Peter Lang", "“It poured.”")]


def test_tweet() -> None:
    text = "Anna Kovac left. Kovac tweeted: “Ghent, I love you.”"
    assert spoken(text) == [("Anna Kovac", "“Ghent, I love you.”")]
