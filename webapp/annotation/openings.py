"""Where the reported words start after a cue: "told reporters in Ghent | that …"."""

from collections.abc import Sequence

from webapp.annotation import lexicon
from webapp.annotation.cues import Cue
from webapp.annotation.words import Token

_TELLING = {
    "told", "tells", "tell", "telling", "asked", "assured", "warned", "informed", "reminded",
}  # fmt: skip
_CLAUSE_WORDS = {"that", "how", "whether", "why", "if", "what", "where"}
_SUBJECTS = {"he", "she", "it", "they", "we", "i", "there", "you"}
DAYS = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday",
    "today", "earlier",
}  # fmt: skip
_NO_NOUNS = lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS | lexicon.AUXILIARIES | lexicon.DETERMINERS
_FAR = 14
"""Tokens between a cue and its "that" or quotation ("told reporters in Ghent on Friday that")."""
SHORTEST = 3
"""Words of a clause without quotation marks that can be speech."""


def start_after(tokens: Sequence[Token], cue: Cue) -> int | None:
    """Where the reported words start after the cue."""
    at = cue.end
    if at >= len(tokens):
        return None
    if tokens[at].text in {",", ":"} and at + 1 < len(tokens):
        quoted = tokens[at + 1].quotation or _said_as(tokens, cue)
        return at + 1 if quoted or (tokens[at].text == ":" and cue.low in lexicon.SAYING) else None
    if tokens[at].quotation:
        return at
    if _relative(tokens, cue):
        return None
    for rule in (_clause_start, _infinitive, _far_start, _label):
        start = rule(tokens, cue)
        if start is not None:
            return start
    return None


def _relative(tokens: Sequence[Token], cue: Cue) -> bool:
    """ "which advocates say hurts schools": the reported clause has a hole in it."""
    head = cue.subject[0] if cue.subject else 0
    return head > 0 and not cue.shared and tokens[head - 1].low in {"which", "what", "whom", "who"}


def _clause_start(tokens: Sequence[Token], cue: Cue) -> int | None:
    """ "said that …", "said the plan …", "announced it had …"."""
    if cue.low not in lexicon.SAYING | lexicon.REPORTING:
        return None
    low = tokens[cue.end].low
    if low in _CLAUSE_WORDS and (low in {"that", "whether"} or cue.low in lexicon.REPORTING):
        return cue.end
    if cue.low in _TELLING:
        return None
    bare = cue.low in lexicon.REPORTING - lexicon.NEEDS_THAT or (
        cue.low in lexicon.REPORTING
        and (low in _SUBJECTS or any(t.quotation for t in tokens[cue.end :]))
    )
    return cue.end if bare and _opens_clause(tokens, cue.end) else None


def _label(tokens: Sequence[Token], cue: Cue) -> int | None:
    """ "called it “…”", "accused them of", "called for"."""
    if cue.low not in lexicon.LABELLING:
        return None
    if cue.low.startswith("call") and tokens[cue.end].low == "for" and len(tokens) > cue.end + 1:
        return cue.end + 1
    plain = cue.low in lexicon.LABELLING_PLAINLY
    named = cue.low.startswith("call") and _names(tokens, cue.end)
    return cue.end if plain or named or any(t.quotation for t in tokens[cue.end :]) else None


def _names(tokens: Sequence[Token], start: int) -> bool:
    """Whether two noun phrases follow "called": "the vote | a gift"."""
    for at in range(start + 1, min(start + _FAR, len(tokens))):
        before = tokens[at - 1]
        if not before.word:
            return False
        if tokens[at].low in {"a", "an"}:
            return before.low not in _NO_NOUNS and not before.low.endswith(("ed", "ing"))
    return False


def _said_as(tokens: Sequence[Token], cue: Cue) -> bool:
    """ "As Kovac said, the plan …"."""
    return cue.subject is not None and tokens[cue.subject[0] - 1].low == "as"


def _far_start(tokens: Sequence[Token], cue: Cue) -> int | None:
    """Past an addressee, time and place: "told reporters on Friday that", "said in a tweet: …"."""
    if cue.low not in lexicon.SAYING | lexicon.REPORTING:
        return None
    tells = cue.low in _TELLING
    first = tokens[cue.end]
    if not tells and first.low not in lexicon.PREPOSITIONS | DAYS:
        return None
    for at in range(cue.end + 1, min(cue.end + _FAR, len(tokens))):
        if tokens[at].quotation and tokens[at - 1].text in {",", ":"}:
            return at
        if tokens[at].low == "that" and not _tells_which(tokens, at):
            return at
        if tokens[at].text in {";", "."}:
            break
    return _past_day(tokens, cue.end) or (_past_addressee(tokens, cue.end) if tells else None)


def _tells_which(tokens: Sequence[Token], that: int) -> bool:
    """Whether a "that" before another one tells which: "after talks | that ran until four that"."""
    after = tokens[that + 1 : that + _FAR]
    if not any(t.low == "that" for t in after):
        return False
    opens = after[0].capital or after[0].low in lexicon.DETERMINERS | lexicon.PRONOUNS
    return not opens and not after[0].low.endswith("s")


def _past_day(tokens: Sequence[Token], at: int) -> int | None:
    """After "said (on) Friday"."""
    at += tokens[at].low == "on"
    if at + 1 < len(tokens) and tokens[at].low in DAYS and _opens_clause(tokens, at + 1):
        return at + 1
    return None


def _past_addressee(tokens: Sequence[Token], at: int) -> int | None:
    """After "told me", "told reporters", "told The Evening Courier"."""
    for subject in range(at + 1, min(at + _FAR // 2, len(tokens))):
        if not tokens[subject].word:
            break
        if tokens[subject].low in _SUBJECTS:
            return subject
    end = at
    while end < len(tokens) and tokens[end].capital:
        end += 1
    end = max(end, at + 1)
    if end < len(tokens) and tokens[end].low in lexicon.PRONOUNS | {"the"} and end - at < _FAR:
        return end
    return None


def _infinitive(tokens: Sequence[Token], cue: Cue) -> int | None:
    """ "vowed to win", "urged voters to stay", "called on him to go"."""
    at = cue.end + (tokens[cue.end].low in {"on", "upon"})
    if cue.low not in lexicon.TO_DO:
        return None
    far = 8 if cue.low in lexicon.TO_SOMEBODY else 1
    for to in range(at, min(at + far, len(tokens))):
        if tokens[to].low == "to":
            return at
        if not tokens[to].word or tokens[to].low in lexicon.PREPOSITIONS - {"of"}:
            return None
    return None


def _opens_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause without "that" can begin here: not a preposition, an adverb, a stop."""
    token = tokens[at]
    if not token.word or token.low in DAYS | lexicon.PREPOSITIONS - {"if", "when", "while"}:
        return False
    rest = tokens[at : at + 20]
    return token.low not in {"so", "it.", "goodbye", "nothing", "much"} and len(rest) >= SHORTEST
