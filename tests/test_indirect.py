"""Reported speech without quotation marks, one construction a group: invented sentences ->
(content, cue, source)."""

import pytest

from webapp.annotation import annotate

Row = tuple[str, list[tuple[str, str, str]]]


def reported(text: str) -> list[tuple[str, str, str]]:
    """Content (pieces joined by a bar), cue and source of each quote."""
    return [
        (
            " | ".join(piece.of(text) for piece in quote.content),
            quote.cue.of(text) if quote.cue else "",
            quote.source.of(text) if quote.source else "",
        )
        for quote in annotate(text).quotes
    ]


CLAUSES: list[Row] = [
    (
        "The ministry said in a statement on Thursday that the dam was safe.",
        [("that the dam was safe", "said", "The ministry")],
    ),
    (
        "The ministers said on Tuesday after talks that ran until four that it would be filled.",
        [("that it would be filled", "said", "The ministers")],
    ),
    (
        "The premier vowed that no one would be left behind.",
        [("that no one would be left behind", "vowed", "The premier")],
    ),
    (
        "The teacher recalled that the bell had cracked in 1951.",
        [("that the bell had cracked in 1951", "recalled", "The teacher")],
    ),
    (
        "The president reiterated that Ghana backs the treaty.",
        [("that Ghana backs the treaty", "reiterated", "The president")],
    ),
    (
        "Mining companies argue that the law will cost jobs.",
        [("that the law will cost jobs", "argue", "Mining companies")],
    ),
    (
        "Residents say the river rose within an hour.",
        [("the river rose within an hour", "say", "Residents")],
    ),
    (
        "Nurses told the paper they had not been paid since May.",
        [("they had not been paid since May", "told", "Nurses")],
    ),
    (
        "The guild asked whether the tide tables were right.",
        [("whether the tide tables were right", "asked", "The guild")],
    ),
    (
        "The study found that bees avoid the new fields.",
        [("that bees avoid the new fields", "found", "The study")],
    ),
    (
        "The dispute began when the lawyer claimed the will was forged.",
        [("the will was forged", "claimed", "the lawyer")],
    ),
    (
        "The envoy, speaking in Accra, said the border would reopen.",
        [("the border would reopen", "said", "The envoy")],
    ),
    (
        "Officials insisted that the lists were complete, and the count went on.",
        [("that the lists were complete", "insisted", "Officials")],
    ),
    (
        "The pilot said he saw nothing, adding that the night was dark.",
        [
            ("he saw nothing", "said", "The pilot"),
            ("that the night was dark", "adding", "The pilot"),
        ],
    ),
    (
        "The spokesman declined to say who had signed the contract.",
        [("to say who had signed the contract", "declined", "The spokesman")],
    ),
    (
        "The paper quoted the mayor as saying that the bridge was safe.",
        [("that the bridge was safe", "saying", "the mayor")],
    ),
    (
        "Aside from saying he wants a quiet year, he refuses to discuss the budget.",
        [("he wants a quiet year", "saying", "he"), ("to discuss the budget", "refuses", "he")],
    ),
]
BROKEN: list[Row] = [
    (
        "The port, Kovac said, would open again in spring.",
        [("The port | would open again in spring", "said", "Kovac")],
    ),
    (
        "To win back the voters, Kovac said, the party must listen.",
        [("To win back the voters | the party must listen", "said", "Kovac")],
    ),
    (
        "Prices rose, experts warned, faster than wages.",
        [("Prices rose | faster than wages", "warned", "experts")],
    ),
    (
        "On Monday, Kovac said, the ferries would sail again.",
        [("the ferries would sail again", "said", "Kovac")],
    ),
    (
        "The road was closed, according to two engineers in the valley.",
        [("The road was closed", "according to", "two engineers in the valley")],
    ),
    (
        "As the captain said, the harbour was empty.",
        [("the harbour was empty", "said", "the captain")],
    ),
]
INFINITIVES: list[Row] = [
    (
        "The general promised to withdraw his troops by Friday.",
        [("to withdraw his troops by Friday", "promised", "The general")],
    ),
    (
        "The prince urged the two sides to keep talking.",
        [("the two sides to keep talking", "urged", "The prince")],
    ),
    (
        "The premier warned the rebels to refrain from raids that would cost lives.",
        [("the rebels to refrain from raids that would cost lives", "warned", "The premier")],
    ),
    (
        "The bank declined to name the buyer.",
        [("to name the buyer", "declined", "The bank")],
    ),
]
PHRASES: list[Row] = [
    (
        "The ambassador warned against a hasty withdrawal from the valley.",
        [("a hasty withdrawal from the valley", "warned", "The ambassador")],
    ),
    (
        "She accused the council of hiding the report.",
        [("the council of hiding the report", "accused", "She")],
    ),
    (
        "Farmers complained about the price of diesel.",
        [("the price of diesel", "complained", "Farmers")],
    ),
    (
        "Neither side commented on the ceasefire.",
        [("the ceasefire", "commented", "Neither side")],
    ),
    (
        "Kovac apologised for the delay.",
        [("the delay", "apologised", "Kovac")],
    ),
    (
        "The union has called for a pause in the talks.",
        [("a pause in the talks", "called", "The union")],
    ),
    (
        "Students continued to call for a fair exam.",
        [("a fair exam", "call", "Students")],
    ),
    (
        "The judge spoke of a long and bitter quarrel.",
        [("a long and bitter quarrel", "spoke", "The judge")],
    ),
]
OBJECTS: list[Row] = [
    (
        "The minister denied any knowledge of the letter.",
        [("any knowledge of the letter", "denied", "The minister")],
    ),
    (
        "Kovac, who has denied any wrongdoing, left by a side door.",
        [("any wrongdoing", "denied", "Kovac")],
    ),
    (
        "The bank announced plans to close forty branches.",
        [("plans to close forty branches", "announced", "The bank")],
    ),
    (
        "Kovac questioned the need for a second bridge.",
        [("the need for a second bridge", "questioned", "Kovac")],
    ),
    (
        "The envoy suggested moving the talks to Geneva.",
        [("moving the talks to Geneva", "suggested", "The envoy")],
    ),
    (
        "The captain mentioned the fog, which had lifted by noon.",
        [("the fog", "mentioned", "The captain")],
    ),
    (
        "A shortage of oxygen was first reported by the Evening Courier.",
        [("A shortage of oxygen", "reported", "the Evening Courier")],
    ),
    (
        "While the minister acknowledged delays, the mayor slept.",
        [("delays", "acknowledged", "the minister")],
    ),
]
NAMING: list[Row] = [
    (
        "The mayor called the bridge a monument to patience.",
        [("the bridge a monument to patience", "called", "The mayor")],
    ),
    (
        "He described the vote as a gift to the north.",
        [("the vote as a gift to the north", "described", "He")],
    ),
    (
        "Critics have called her work in the valley a waste.",
        [("her work in the valley a waste", "called", "Critics")],
    ),
]
NOUNS: list[Row] = [
    (
        "The captain repeated his claim that the engine had failed.",
        [("his claim that the engine had failed", "repeated", "The captain")],
    ),
    (
        "The court heard the claim that the ship had never left Lagos.",
        [("that the ship had never left Lagos", "claim", "")],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [*CLAUSES, *BROKEN, *INFINITIVES, *PHRASES, *OBJECTS, *NAMING, *NOUNS],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_reported_speech(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert reported(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The film was called The Long Table.",
        "They called an emergency meeting.",
        "He hopes for rain.",
        "The minister also hoped for closer ties between the two ports.",
        "The party backs the plan.",
        "She wants to open a bakery.",
        "They plan to sail in May.",
        "The report lay on the table.",
        "The clerk read the names of the winners.",
        "The note was long and the answer short.",
        "The harbour master calls at noon.",
        "The bridge was built by her father.",
        "It goes on record as the coldest week.",
        "He laughed when he was asked who would pay.",
        "It goes without saying that rain is wet.",
        "Seven buoys were found: four by fishermen, three, it seems, by children.",
    ],
)
def test_no_reported_speech(text: str) -> None:
    assert reported(text) == []
