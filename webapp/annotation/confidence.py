"""How sure an attribution is: how often attributions of its kind were right on development texts.

A product of two shares, of the quote and of its speaker, each by how it was found; the table is
coarse on purpose, so that it holds for other texts. `make score` prints it beside what is right.
"""

from webapp.annotation.reports import THAT_CLAUSE
from webapp.annotation.saying import Saying
from webapp.annotation.speakers import Verdict
from webapp.model import QuoteKind

_BY_RULES = {QuoteKind.DIRECT: 0.98, QuoteKind.MIXED: 0.92, QuoteKind.INDIRECT: 0.86}
_WITHOUT_CUE = 0.75
_BY_PARSE = {THAT_CLAUSE: 0.75}
_BY_PARSE_ELSE = 0.6
_BY_LAYOUT = 0.9
_SPEAKER = {
    "name": 0.98,
    "label": 0.95,
    "following": 0.9,
    "pronoun": 0.9,
    "description": 0.85,
    "body": 0.85,
    "salient": 0.7,
    "nobody": 0.95,
}


def confidence(saying: Saying, kind: QuoteKind, verdict: Verdict) -> float:
    """From 0 to 1: the share of attributions found so that were right, quote and speaker."""
    return round(_quote(saying, kind) * _SPEAKER[verdict.by], 2)


def _quote(saying: Saying, kind: QuoteKind) -> float:
    if saying.labelled or saying.why.startswith("the paragraph"):
        return _BY_LAYOUT
    if saying.why:
        return _BY_PARSE.get(saying.why, _BY_PARSE_ELSE)
    return _BY_RULES[kind] if saying.cue else _WITHOUT_CUE
