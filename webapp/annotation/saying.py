"""A quote whose speaker is still to be found: what the finders yield and the resolver reads."""

from dataclasses import dataclass

from webapp.model import Span


@dataclass(frozen=True, slots=True)
class Saying:
    """Content, cue and source of a quote in `paragraph`, counted from 0.

    A saying without source `follows` the speaker before it, or else the lead-in in `hint`. `why`
    names the construction that told it, "" for the rules over words. A `labelled` one is no quote
    unless the label turns out to name somebody.
    """

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    paragraph: int
    follows: bool = False
    hint: Span | None = None
    why: str = ""
    labelled: bool = False
