"""Speech that the layout tells: transcripts, headlines, a paragraph after a colon.

PENCE: We are going to win.                       a line of a transcript
Pence: Flowers Will Not Attend the Debate         a headline
The governor added:                               a lead-in, and the paragraph below it
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from webapp.annotation import lexicon
from webapp.annotation.cues import cues
from webapp.annotation.saying import Saying
from webapp.annotation.words import Sentence
from webapp.model import Span

_TURN = re.compile(
    r"(?P<mark>[\"“]?)(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,4}"
    r"|(?:[A-Z][\w.'’-]+ ?){1,4})(?: \([^)\n]{1,40}\))?(?P<colon>:)\s+(?=\S)"
)
_HEADLINE = re.compile(r"(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})(?P<colon>:) (?=\S)")
_FEWEST_TURNS = 3
"""Paragraphs that begin with a name and a colon before they are taken for a transcript."""


def turns(text: str, places: Sequence[Span]) -> Iterator[Saying]:
    """The lines of a transcript: "NAME: words"; a text with few such lines is none."""
    found = [
        (number, match)
        for number, place in enumerate(places)
        if number  # the first line is a headline
        if (match := _TURN.match(text, place.start, place.end)) and _can_speak(match["name"])
    ]
    names = [match["name"] for _, match in found]
    if len(found) < _FEWEST_TURNS or len(set(names)) == len(names):
        return
    for number, match in found:
        end = places[number].end
        if (
            match["mark"]
            and text[end - 1] in '"”'
            and text.count(match["mark"], match.end(), end) == 0
        ):
            end -= 1
        yield _saying(text, Span(match.end(), end), match, number)


def headline(text: str, places: Sequence[Span]) -> Iterator[Saying]:
    """ "Kovac: the port will close" as the first line of an article."""
    if len(places) < 2:
        return
    match = _HEADLINE.match(text, places[0].start, places[0].end)
    if match and _can_speak(match["name"]) and places[0].end - match.end() > 10:
        yield _saying(text, Span(match.end(), places[0].end), match, 0)


def below(places: Sequence[Span], sentences: Sequence[Sentence]) -> Iterator[Saying]:
    """The paragraph below "The governor added:", when it has no quotation marks of its own."""
    for sentence, following in pairwise(sentences):
        tokens, number = sentence.tokens, following.paragraph
        if tokens[-1].text != ":" or number == sentence.paragraph or following.tokens[0].quotation:
            continue
        cue = next((c for c in cues(tokens) if c.end == len(tokens) - 1), None)
        if cue is None or cue.subject is None or cue.low not in lexicon.SAYING:
            continue
        first, last = tokens[cue.subject[0]], tokens[cue.subject[1] - 1]
        yield Saying(
            (places[number],),
            Span(tokens[cue.start].start, tokens[cue.end - 1].end),
            Span(first.start, last.end),
            number,
            why="the paragraph after a colon",
        )


def _can_speak(name: str) -> bool:
    return name.lower().rstrip(".") not in lexicon.LABELS


def _saying(text: str, content: Span, match: re.Match[str], number: int) -> Saying:
    end = content.end
    while end > content.start + 1 and text[end - 1] in ". \n":
        end -= 1
    return Saying(
        (Span(content.start, end),),
        Span(*match.span("colon")),
        Span(*match.span("name")),
        number,
        why="a name and a colon",
        labelled=True,
    )
