"""Who says what: invented sentences -> (content, cue, source) as slices of the text."""

import pytest

from webapp.annotation import annotate
from webapp.model import QuoteKind, Span

DIRECT, MIXED, INDIRECT = QuoteKind.DIRECT, QuoteKind.MIXED, QuoteKind.INDIRECT


def sliced(text: str, span: Span | None) -> str | None:
    return span.of(text) if span else None


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("“We won,” said Anna Kovac.", ["“We won,”"], "said", "Anna Kovac"),
        ("“We won,” Anna Kovac said.", ["“We won,”"], "said", "Anna Kovac"),
        ("“We won!” she shouted.", ["“We won!”"], "shouted", "she"),
        ("“Who won?” asked Kovac.", ["“Who won?”"], "asked", "Kovac"),
        ("Kovac said: “We won.”", ["“We won.”"], "said", "Kovac"),
        ("Kovac added, “We won.”", ["“We won.”"], "added", "Kovac"),
        ("“We won,” Kovac told reporters in Ghent.", ["“We won,”"], "told", "Kovac"),
        ("“We won,” according to Anna Kovac.", ["“We won,”"], "according to", "Anna Kovac"),
        (
            "“We won,” Kovac said. “We earned it.”",
            ["“We won,”", "“We earned it.”"],
            "said",
            "Kovac",
        ),
        ("“We won,” she said, “and they lost.”", ["“We won,”", "“and they lost.”"], "said", "she"),
        ("“We won,” said Kovac, who leads the union.", ["“We won,”"], "said", "Kovac"),
        ("“We won,” Kovac, a teacher in Ghent, said.", ["“We won,”"], "said", "Kovac"),
        ("She rose from the bench and said, “We won.”", ["“We won.”"], "said", "She"),
        ("He said, “We won,” the Aldin agency reported.", ["“We won,”"], "said", "He"),
        ("On Monday, Kovac tweeted: “We won.”", ["“We won.”"], "tweeted", "Kovac"),
        ("Kovac told The Evening Courier, “We won.”", ["“We won.”"], "told", "Kovac"),
        ("Kovac: “We won.”", ["“We won.”"], ":", "Kovac"),
        ("“We won.” — Anna Kovac", ["“We won.”"], "—", "Anna Kovac"),
    ],
)
def test_direct(text: str, content: list[str], cue: str, source: str) -> None:
    (quote,) = annotate(text).quotes
    assert [span.of(text) for span in quote.content] == content
    assert (sliced(text, quote.cue), sliced(text, quote.source)) == (cue, source)
    assert quote.kind is DIRECT


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "kind"),
    [
        (
            "He said the plan was “a disaster” for voters.",
            "the plan was “a disaster” for voters",
            "said",
            "He",
            MIXED,
        ),
        (
            "Kovac called the offer “a bad joke.”",
            "the offer “a bad joke.”",
            "called",
            "Kovac",
            MIXED,
        ),
        (
            "The offer “is a bad joke” for nurses, Kovac said.",
            "The offer “is a bad joke” for nurses",
            "said",
            "Kovac",
            MIXED,
        ),
        (
            "Kovac said on Tuesday that the strike would end.",
            "that the strike would end",
            "said",
            "Kovac",
            INDIRECT,
        ),
        (
            "The minister told reporters in Accra that taxes would rise.",
            "that taxes would rise",
            "told",
            "The minister",
            INDIRECT,
        ),
        ("Taxes would rise, Kovac said.", "Taxes would rise", "said", "Kovac", INDIRECT),
        (
            "Kovac said the strike was over, but the mayor stayed away.",
            "the strike was over",
            "said",
            "Kovac",
            INDIRECT,
        ),
        (
            "According to Anna Kovac, taxes will rise.",
            "taxes will rise",
            "According to",
            "Anna Kovac",
            INDIRECT,
        ),
        (
            "Taxes will rise, according to Anna Kovac.",
            "Taxes will rise",
            "according to",
            "Anna Kovac",
            INDIRECT,
        ),
        ("Kovac vowed to fight the law.", "to fight the law", "vowed", "Kovac", INDIRECT),
        (
            "Kovac urged the members to stay calm.",
            "the members to stay calm",
            "urged",
            "Kovac",
            INDIRECT,
        ),
        (
            "Kovac says prices rose 2.5 percent in a year.",
            "prices rose 2.5 percent in a year",
            "says",
            "Kovac",
            INDIRECT,
        ),
    ],
)  # fmt: skip
def test_mixed_and_indirect(
    text: str, content: str, cue: str, source: str, kind: QuoteKind
) -> None:
    (quote,) = annotate(text).quotes
    assert [span.of(text) for span in quote.content] == [content]
    assert (sliced(text, quote.cue), sliced(text, quote.source)) == (cue, source)
    assert quote.kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “super tax” passed.",
        "She read “The Old House” to them.",
        "The report of the claim was long.",
        "Police demands for calm were read out.",
        "The state plans were his answer.",
        "It was said to be cold.",
        "He was told nothing.",
    ],
)
def test_no_quote(text: str) -> None:
    assert annotate(text).quotes == ()


@pytest.mark.parametrize(
    "dateline",
    [
        "GHENT, Belgium (Harbour Courier) — ",
        "NEW YORK -- ",
        "ÖREBRO, Sweden – ",
        "ST. LOUIS (AP) — ",
        "VALLETTA, March 14 (Reuters) - ",
        "OSLO - ",
    ],
)
def test_a_dateline_is_not_said(dateline: str) -> None:
    text = f"{dateline}The keepers will rest on Sundays, Anna Kovac said on Tuesday."
    (quote,) = annotate(text).quotes
    assert quote.words(text) == "The keepers will rest on Sundays"
    text = f"{dateline}“We will rest,” said Anna Kovac."
    (quote,) = annotate(text).quotes
    assert quote.words(text) == "“We will rest,”"


def test_two_attributions_in_a_sentence() -> None:
    text = "Kovac said the strike would end and added that wages would rise."
    contents = [q.words(text) for q in annotate(text).quotes]
    assert contents == ["the strike would end", "that wages would rise"]


def test_quotation_over_paragraphs_has_a_span_in_each() -> None:
    text = "Kovac said: “We won.\n\n“They lost.”\n\nThe strike is over."
    (quote,) = annotate(text).quotes
    assert [span.of(text) for span in quote.content] == ["“We won.", "“They lost.”"]


def test_paragraph_without_cue_goes_on_with_its_speaker() -> None:
    text = "“We won,” said Anna Kovac.\n\n“They lost. It took a year.”\n\nThe strike is over."
    assert [q.speaker for q in annotate(text).quotes] == ["anna-kovac", "anna-kovac"]


def test_cue_later_in_the_paragraph() -> None:
    text = "The strike is over.\n\n“We won. It took a year.” “They lost,” Anna Kovac said."
    (quote,) = annotate(text).quotes
    assert len(quote.content) == 2
    assert quote.speaker == "anna-kovac"


def test_lead_in_with_a_colon() -> None:
    text = "Anna Kovac wrote on Monday:\n\n“We won the strike.”"
    (quote,) = annotate(text).quotes
    assert quote.speaker == "anna-kovac"


def test_a_heading_in_quotation_marks_is_not_said() -> None:
    text = "“We won,” said Anna Kovac.\n\n“All Bets Are Off”\n\nThe strike is over."
    assert [q.words(text) for q in annotate(text).quotes] == ["“We won,”"]
