"""Who does it: the tokens of a sentence and a verb among them -> the words of its subject."""

from collections.abc import Sequence

from webapp.annotation.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    TITLES,
)
from webapp.annotation.words import Token

Range = tuple[int, int]
"""Token numbers, half-open."""

LONGEST = 16
"""Tokens; a longer stretch before a verb is no subject that these rules can read."""

_STOPS = {",", ";", ":", "—", "–", "--", "―", "(", ")", "-", "…", "..."}
_SUBORDINATORS = {
    "that", "because", "although", "though", "when", "while", "if", "as", "whether", "where",
    "who", "which", "whom", "what", "how", "why", "until", "unless", "since", "than", "before",
    "after",
}  # fmt: skip
_TIMES = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday",
    "today", "tomorrow", "earlier", "late", "last", "recently", "during", "after", "before",
    "when", "while", "as", "at", "in", "on", "by", "afterwards", "this", "through", "via", "then",
    "later", "again", "shortly",
}  # fmt: skip

_EMPTY = {"it", "there", "this", "that"}
"""Before an auxiliary they stand for nobody: "It is odd that …"."""


def skip_back(tokens: Sequence[Token], verb: int) -> int:
    """The last token before the verb group ("has also", "later") of the verb."""
    at = verb - 1
    while at >= 0 and (
        tokens[at].low in AUXILIARIES
        or (tokens[at].low in ADVERBS and tokens[at].low != "who")
        or (tokens[at].low.endswith("ly") and not tokens[at].capital)
    ):
        at -= 1
    return at


def subject_before(tokens: Sequence[Token], verb: int) -> Range | None:
    """The subject that stands before its verb, with an apposition between them left out."""
    last = skip_back(tokens, verb)
    if last < 0 or tokens[last].quotation:
        return None
    token = tokens[last]
    if token.low in {"who", "which", "that"}:
        return _antecedent(tokens, last)
    if token.low in PRONOUNS and not (token.low in DETERMINERS and last + 1 < verb - 1):
        return last, last + 1
    if token.low in CONJUNCTIONS:
        return main_subject(tokens, last)
    if token.text in _STOPS:
        return _before_apposition(tokens, last)
    return _phrase(tokens, last) if token.word else None


def subject_after(tokens: Sequence[Token], verb: int) -> Range | None:
    """The subject of an inverted verb ("said Anna Kovac, a teacher"), without its apposition."""
    start = verb + 1
    if start >= len(tokens) or not tokens[start].word or tokens[start].low in PREPOSITIONS:
        return None
    end = start
    while end < min(len(tokens), start + LONGEST) and _goes_on(tokens, start, end):
        end += 1
    return (start, end) if end > start else None


def _goes_on(tokens: Sequence[Token], start: int, at: int) -> bool:
    token = tokens[at]
    if token.low in _TIMES and at > start and not _inside_name(tokens, at):
        return token.low in {"at", "in", "on"} and _lower_head(tokens, start, at)
    return token.word or token.text in {"'", "’", "&"}


def _inside_name(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at].capital and tokens[at + 1].capital


def _lower_head(tokens: Sequence[Token], start: int, at: int) -> bool:
    """Whether "in" still belongs to the noun before it ("a teacher in Ghent")."""
    here = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return not tokens[at - 1].capital and at - start <= 3 and here not in {"a", "an"} | _TIMES


def main_subject(tokens: Sequence[Token], before: int) -> Range | None:
    """The subject at the head of the clause that `before` closes ("He rose … and said")."""
    start = max((i + 1 for i in range(before) if tokens[i].text in {";", ":"}), default=0)
    while start < before and not tokens[start].word:
        start += 1
    while start < before and (
        tokens[start].low in PREPOSITIONS | CONJUNCTIONS or tokens[start].low.isdigit()
    ):
        comma = next((i for i in range(start, before) if tokens[i].text == ","), None)
        if comma is None:
            return None
        start = comma + 1
    if start + 1 < before and tokens[start].low in _EMPTY and tokens[start + 1].low in AUXILIARIES:
        return None
    return _noun_phrase(tokens, start, before)


def _noun_phrase(tokens: Sequence[Token], start: int, limit: int) -> Range | None:
    """The pronoun, name or "the president" at `start`."""
    if start >= limit or not tokens[start].word:
        return None
    if tokens[start].low in PRONOUNS and tokens[start].low not in DETERMINERS:
        return start, start + 1
    end = start
    if tokens[start].low in DETERMINERS:
        end = start + 1
        while end < min(limit, start + 4) and tokens[end].word and not _verbal(tokens[end]):
            end += 1
        return (start, end) if end > start + 1 else None
    while end < limit and (tokens[end].capital or tokens[end].low in PARTICLES | set(TITLES)):
        end += 1
    return (start, end) if end > start else None


def _verbal(token: Token) -> bool:
    return token.low in AUXILIARIES | PREPOSITIONS or token.low.endswith("ed")


def _antecedent(tokens: Sequence[Token], relative: int) -> Range | None:
    """What "who" stands for: the phrase right before it."""
    last = relative - 1
    while last >= 0 and tokens[last].text in _STOPS:
        last -= 1
    return _phrase(tokens, last) if last >= 0 and tokens[last].word else None


def _before_apposition(tokens: Sequence[Token], comma: int) -> Range | None:
    """In "Kovac, a teacher in Ghent, said" the first phrase; lead-ins ("On Monday,") are passed."""
    start = clause_start(tokens, comma)
    while start < comma:
        end = next((i for i in range(start, comma + 1) if tokens[i].text in _STOPS), comma)
        if end > start and _starts_subject(tokens, start, end):
            return (start, end) if end - start <= LONGEST else _phrase(tokens, end - 1)
        start = end + 1
    return None


def _starts_subject(tokens: Sequence[Token], start: int, end: int) -> bool:
    first = tokens[start]
    if not first.word or first.low in PREPOSITIONS | CONJUNCTIONS | ADVERBS:
        return False
    named = any(token.capital for token in tokens[start:end])
    return named or first.low in DETERMINERS or end - start <= 4


def clause_start(tokens: Sequence[Token], before: int) -> int:
    """Where the clause of a token starts: after a quotation, semicolon, colon or dash."""
    for at in range(before - 1, -1, -1):
        if tokens[at].quotation or tokens[at].text in {";", ":", "—", "--", "–", "―"}:
            return at + 1
    return 0


def _phrase(tokens: Sequence[Token], last: int) -> Range | None:
    """The noun phrase that ends at `last`."""
    start = last
    while start > 0 and last - start < LONGEST and not _bounds(tokens, start - 1):
        start -= 1
    while start < last and tokens[start].low in CONJUNCTIONS | ADVERBS:
        start += 1
    if tokens[start].low in PREPOSITIONS - {"like"} or last - start >= LONGEST:
        start = _short_start(tokens, start, last)
    return (start, last + 1)


def _bounds(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.quotation or token.text in _STOPS or token.low in _SUBORDINATORS:
        return True
    if token.low in CONJUNCTIONS:
        return not (tokens[at - 1].capital and tokens[at + 1].capital) if at else True
    return not (token.word or token.text in {"&", "'", "’", "/"})


def _short_start(tokens: Sequence[Token], start: int, last: int) -> int:
    """The name or the determiner nearest before `last`."""
    at = last
    if tokens[last].capital:
        while at > start and (
            tokens[at - 1].capital or tokens[at - 1].low in PARTICLES | set(TITLES)
        ):
            at -= 1
        return at
    while at > start and tokens[at].low not in DETERMINERS:
        at -= 1
    return at if tokens[at].low in DETERMINERS else last
