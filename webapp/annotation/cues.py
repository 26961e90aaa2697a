"""The words that say that something is said: sentence -> cues with their subjects."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from webapp.annotation import lexicon
from webapp.annotation.clauses import (
    Range,
    main_subject,
    skip_back,
    subject_after,
    subject_before,
)
from webapp.annotation.words import Token

_NOUN_BEFORE = (lexicon.DETERMINERS | lexicon.PREPOSITIONS) - {"all", "both", "each", "who"}
_NOUN_BEFORE -= {"that", "this", "those", "these", "one", "some", "many", "others", "several"}
_BE = {"is", "are", "was", "were", "be", "been", "being", "'s"}
_VERBS = lexicon.SAYING | lexicon.REPORTING | lexicon.TO_DO | lexicon.LABELLING


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of saying or "according to": its tokens, its subject, and on which side that is."""

    start: int
    end: int
    low: str
    subject: Range | None
    inverted: bool = False
    shared: bool = False
    """The subject is that of an earlier verb ("…, adding that", "rose and said")."""


def cues(tokens: Sequence[Token], titled: bool = False) -> Iterator[Cue]:
    """The cues of a sentence in order. In a `titled` one every word has a capital."""
    for at, token in enumerate(tokens):
        if token.low == "according" and at + 2 < len(tokens) and tokens[at + 1].low == "to":
            yield Cue(at, at + 2, "according", subject_after(tokens, at + 1))
        elif token.low in _VERBS and _may_be_verb(token, titled) and _is_verb(tokens, at):
            cue = _with_subject(tokens, at)
            if cue is not None:
                yield cue


def _may_be_verb(token: Token, titled: bool) -> bool:
    return not token.capital or (titled and token.low.endswith("s"))


def _with_subject(tokens: Sequence[Token], at: int) -> Cue | None:
    low = tokens[at].low
    before = tokens[at - 1] if at else None
    if before is None:
        return None
    if _inverts(tokens, at):
        return Cue(at, at + 1, low, subject_after(tokens, at), inverted=True)
    last = skip_back(tokens, at)
    if low.endswith("ing") and not (last < at - 1 and tokens[at - 1].low in _BE):
        return Cue(at, at + 1, low, main_subject(tokens, at), shared=True)
    shared = last >= 0 and tokens[last].low in lexicon.CONJUNCTIONS
    subject = subject_before(tokens, at)
    if subject is None or not _can_speak(tokens, subject, low):
        return None
    return Cue(at, at + 1, low, subject, shared=shared)


def _can_speak(tokens: Sequence[Token], subject: Range, low: str) -> bool:
    """Whether a phrase is a subject: no verb in it, and a name or "the …" before a noun-verb."""
    phrase = tokens[subject[0] : subject[1]]
    if any(t.low in lexicon.AUXILIARIES - {"'s", "to", "may", "will", "might"} for t in phrase):
        return False
    if any(t.low in lexicon.FINITE_ONLY for t in phrase):
        return False
    head = phrase[0]
    known = head.capital or head.low in lexicon.DETERMINERS | lexicon.PRONOUNS
    return known or low not in lexicon.NOUNS_TOO


def _inverts(tokens: Sequence[Token], at: int) -> bool:
    """Whether the subject follows: the verb comes right after what is said."""
    before = tokens[at - 1]
    if tokens[at].low not in lexicon.SAYING or at + 1 >= len(tokens):
        return False
    if before.text == "," and at >= 2 and tokens[at - 2].quotation:
        before = tokens[at - 2]
    subject = subject_after(tokens, at)
    if subject is None or tokens[at + 1].low in {"that", "it", "there"}:
        return False
    if before.quotation:
        return True
    end = subject[1]
    closes = end >= len(tokens) or tokens[end].text in {".", ",", ";"}
    return before.text == "," and closes and end - at <= 8 and _no_clause(tokens[at + 1 : end])


def _no_clause(tokens: Sequence[Token]) -> bool:
    return not any(t.low in lexicon.AUXILIARIES - {"'s"} for t in tokens)


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    low = tokens[at].low
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and (after.low in lexicon.AUXILIARIES - {"'s", "not", "to"}):
        return False
    if after is not None and after.low in lexicon.FINITE_ONLY | {"by", "of"} and low != "said":
        return False
    if before is None:
        return False
    if low.endswith("ing"):
        return before.text in {",", "—", "--", "–"} or before.quotation or before.low in _BE | {
            "and", "in", "by", "statement", "tweet", "email", "letter", "also", "not",
        }  # fmt: skip
    if before.low in _NOUN_BEFORE or before.text.endswith(("'s", "’s", "s'", "s’")):
        return False
    if low in lexicon.FINITE_ONLY:
        return not _passive(tokens, at)
    if low.endswith("ed") or low in {"put", "thought", "found", "knew", "felt", "spoke", "made"}:
        return not _passive(tokens, at) and (before.quotation or after is not None)
    return _agrees(tokens, at)


def _passive(tokens: Sequence[Token], at: int) -> bool:
    back = at - 1
    while back >= 0 and (tokens[back].low in lexicon.ADVERBS or tokens[back].low.endswith("ly")):
        back -= 1
    if back >= 0 and tokens[back].low in _BE | {"get", "got", "gets"}:
        return tokens[back].low != "'s" or tokens[at].low == "called"
    return False


def _agrees(tokens: Sequence[Token], at: int) -> bool:
    """Whether a present tense has a subject of its number: "the chair says", "they say"."""
    low, before = tokens[at].low, tokens[skip_back(tokens, at)] if at else None
    if before is None or skip_back(tokens, at) < 0:
        return False
    if skip_back(tokens, at) < at - 1 and tokens[at - 1].low in lexicon.AUXILIARIES:
        return tokens[at - 1].low != "to" or before.low in {"went", "on", "continued", "wants"}
    if before.low in {"who", "which", "that"} or before.text == "," or before.quotation:
        return True
    if low in lexicon.PLAIN_VERBS:
        return before.word and before.low not in {"he", "she", "it"}
    last = skip_back(tokens, at)
    if before.capital and any(t.low == "and" for t in tokens[max(0, last - 4) : last]):
        return True
    singular = low.endswith("s") and not low.endswith("ss")
    if before.low in lexicon.PRONOUNS:
        return singular == (before.low in {"he", "she", "it", "one"})
    if not before.word:
        return False
    if singular:
        return before.capital or not before.low.endswith("s")
    return before.low.endswith(("s", "people", "men", "women"))
