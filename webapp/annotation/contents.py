"""What is said: a sentence and a cue -> the token ranges of the content.

It stands before the cue ("…, Kovac said"), after it ("Kovac said that …") or on both sides.
"""

from collections.abc import Sequence

from webapp.annotation import lexicon
from webapp.annotation.clauses import Range, clause_start
from webapp.annotation.cues import Cue
from webapp.annotation.openings import DAYS, SHORTEST, start_after
from webapp.annotation.words import Token

_NOTING = {"noted", "notes", "added", "adds", "reported", "explained", "recalled", "complained"}
DASHES = {"—", "–", "--", "―"}
_PARTICIPLES = {v for v in lexicon.SAYING if v.endswith("ing")} | {"citing", "referring"}
_CORE = lexicon.REPORTING - (lexicon.NEEDS_THAT - _NOTING)
"""Verbs that may follow a clause without marks ("The plan failed, Kovac noted")."""
_SUBORDINATE = {"although", "though", "while", "when", "after", "as", "if", "since"}
_TURNS = {"but", "although", "though", "while"}
_SCENES = {
    "about",
    "after",
    "amid",
    "as",
    "at",
    "before",
    "citing",
    "concerning",
    "during",
    "following",
    "for",
    "in",
    "on",
    "regarding",
    "since",
    "so",
    "when",
    "while",
    "with",
}
_SHORTEST_BROKEN = 2
"""Words before an attribution that stands between commas."""
_LONGEST_SETTING = 12
_GOES_ON = {"to", "that", "which", "who", "where", "and"}
_WHEN = {"on", "during", "in", "at", "after", "before", "while", "when", "last", "earlier"}


def content(tokens: Sequence[Token], cue: Cue, taken: int, following: Sequence[Cue]) -> list[Range]:
    """The token ranges of what the cue says is said."""
    if cue.low == "according":
        return _according(tokens, cue, taken)
    start, end = cue.start, cue.end
    if cue.subject and not cue.shared:
        start, end = min(start, cue.subject[0]), max(end, cue.subject[1])
    before = [] if cue.shared else _before(tokens, start, taken, _resumes(tokens, end))
    quoted = any(t.quotation for part in before for t in tokens[part[0] : part[1]])
    if not quoted and cue.low not in _CORE:
        before = []
    if cue.inverted:
        return before + (_resumed(tokens, end, quoted=True) if before else [])
    if before and _ends_here(tokens, cue):
        return before + _resumed(tokens, cue.end, quoted)
    if not before and cue.low in _CORE and start_after(tokens, cue) is None:
        return _resumed(tokens, cue.end, quoted=False)
    return _after(tokens, cue, following)


def _before(tokens: Sequence[Token], attribution: int, taken: int, resumes: bool) -> list[Range]:
    """The clause that stands before "…, X said", or nothing when that is a mere lead-in."""
    end = attribution
    while end > taken and tokens[end - 1].text in {","} | DASHES:
        end -= 1
    if end <= taken or (end == attribution and not tokens[end - 1].quotation):
        return []
    start = end - 1
    while start > taken and tokens[start - 1].text not in {";"}:
        start -= 1
    while start < end and tokens[start].low in lexicon.CONJUNCTIONS:
        start += 1
    marked = [t for t in tokens[start:end] if t.quotation]
    if marked and tokens[start].low.endswith("ing") and end - start > len(marked):
        return []  # "Mocking the “phony system,” Kovac accused …"
    if marked:
        titled = tokens[start].low in lexicon.PREPOSITIONS and all(map(is_title, marked))
        return [(start, end)] if start < end and not titled else []
    if (
        start == end
        or _sets_scene(tokens[start:end])
        or (end - start < (_SHORTEST_BROKEN if resumes else SHORTEST))
    ):
        return []
    return [(start, end)]


def _sets_scene(words: Sequence[Token]) -> bool:
    """Whether the words before "X said" tell when or where he said it: "On Monday, …"."""
    if words[0].low in {"asked", "speaking"}:
        return True
    return len(words) < 8 and words[0].low in _SCENES


def _resumes(tokens: Sequence[Token], end: int) -> bool:
    """Whether the clause that an attribution broke goes on after it: "…, he said, would"."""
    return end + 2 < len(tokens) and tokens[end].text == ","


def _ends_here(tokens: Sequence[Token], cue: Cue) -> bool:
    """Whether nothing that the cue could report follows it."""
    head = min(cue.start, cue.subject[0]) if cue.subject else cue.start
    if (head and tokens[head - 1].quotation) or start_after(tokens, cue) is None:
        return True
    start = cue.end
    if tokens[start].text == "," and start + 1 < len(tokens) and tokens[start + 1].quotation:
        letters = tokens[start + 1].text.lstrip("\"“'‘«")
        return letters[:1].islower() or tokens[cue.start - 1].quotation or _opens_quoted(tokens)
    return False


def _opens_quoted(tokens: Sequence[Token]) -> bool:
    return tokens[0].quotation


def _resumed(tokens: Sequence[Token], end: int, quoted: bool) -> list[Range]:
    """What goes on after "…," he said, "…" or, without marks, after "…, he said, …"."""
    last = last_word(tokens, len(tokens))
    for at in range(end + 1, len(tokens)):
        if tokens[at].quotation and _pauses(tokens[at - 1]):
            return [(at, _quoted_end(tokens, at, last))]
    if quoted or end + 1 >= len(tokens) or tokens[end].text != ",":
        return []
    if tokens[end + 1].low in _PARTICIPLES or last - end <= SHORTEST:
        return []
    return [(end + 1, last)]


def _pauses(token: Token) -> bool:
    return token.text in {",", ":"} | DASHES or token.quotation


def _after(tokens: Sequence[Token], cue: Cue, following: Sequence[Cue]) -> list[Range]:
    start = start_after(tokens, cue)
    if start is None:
        return []
    end = last_word(tokens, len(tokens))
    for later in following:
        if later.start > start and _cuts(tokens, later):
            end = min(end, _cut_at(tokens, later))
            break
    if tokens[start].quotation:
        end = _quoted_end(tokens, start, end)
    end = _trimmed(tokens, start, _clause_end(tokens, start, end, cue), cue)
    quoted = any(t.quotation for t in tokens[start:end])
    return [(start, end)] if quoted or end - start >= SHORTEST else []


def reported_clause(tokens: Sequence[Token], cue: Cue, start: int) -> Range:
    """From `start`, which the parse gave, to where the reporter goes on."""
    end = last_word(tokens, len(tokens))
    if tokens[start].quotation:
        end = _quoted_end(tokens, start, end)
    return start, _trimmed(tokens, start, _clause_end(tokens, start, end, cue), cue)


def _clause_end(tokens: Sequence[Token], start: int, end: int, cue: Cue) -> int:
    """Where the reporter goes on after words without quotation marks: at ", but" and ", and"."""
    head = cue.subject[0] if cue.subject else 0
    turns = _TURNS | {"and"}
    if head and tokens[head - 1].low in _SUBORDINATE:
        turns = turns | lexicon.PRONOUNS | lexicon.DETERMINERS  # "While Kovac said no, the mayor"
    for at in range(start + SHORTEST, end - 1):
        if tokens[at].quotation:
            return end
        if tokens[at].text == ";":
            return at
        if _pauses(tokens[at]) and tokens[at + 1].low in turns:
            return at
    return end


def _trimmed(tokens: Sequence[Token], start: int, end: int, cue: Cue) -> int:
    """Without what follows the quotation marks and is the reporter's: "… on Monday", "…, but"."""
    end = without_setting(tokens, start, end)
    for at in range(start, end - 1):
        if not tokens[at].quotation:
            continue
        inner, after = tokens[at].text.rstrip("\"”’'»›"), tokens[at + 1]
        if inner.endswith(",") and (after.low in _TURNS or after.low.endswith("ing")):
            return at + 1
        if cue.low in lexicon.LABELLING and (after.low in _WHEN | DAYS or _pauses(after)):
            return at + 1
    return end


def without_setting(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where "in a statement on Thursday" begins at the end of a content, or its end."""
    for at in range(max(start + SHORTEST, end - _LONGEST_SETTING), end - 2):
        low = [token.low for token in tokens[at:end]]
        noun = next((i for i in (2, 3) if low[i : i + 1] and low[i] in lexicon.SETTINGS), 0)
        if noun and low[0] in {"in", "during", "at", "on"} and low[1] in {"a", "an"}:
            return at if not _GOES_ON & {*low[noun:]} else end
    return end


def _quoted_end(tokens: Sequence[Token], start: int, limit: int) -> int:
    """The end of a content that begins with a quotation: there if that is a whole sentence."""
    inner = tokens[start].text.rstrip("\"”’'»›")
    if inner[-1:] in {".", ",", "!", "?", "…", "—"}:
        return start + 1
    return limit


def last_word(tokens: Sequence[Token], end: int) -> int:
    while end > 0 and not (tokens[end - 1].word or tokens[end - 1].quotation):
        if tokens[end - 1].text in {")", "%", "]"}:
            break
        end -= 1
    return end


def _cuts(tokens: Sequence[Token], later: Cue) -> bool:
    head = _cut_at(tokens, later)
    return (
        later.low == "according"
        or (later.shared and tokens[later.start - 1].low not in lexicon.PREPOSITIONS)
        or (head > 0 and tokens[head - 1].low in {"but", "and", "though", "although", "while"})
    )


def _cut_at(tokens: Sequence[Token], later: Cue) -> int:
    head = later.start if later.shared or later.low == "according" else (later.subject or (0,))[0]
    return last_word(tokens, head - (tokens[head - 1].low in lexicon.CONJUNCTIONS))


def _according(tokens: Sequence[Token], cue: Cue, taken: int) -> list[Range]:
    if not any(t.word or t.quotation for t in tokens[: cue.start]):
        comma = next((i for i in range(cue.end, len(tokens)) if tokens[i].text == ","), None)
        last = last_word(tokens, len(tokens))
        return [(comma + 1, last)] if comma is not None and comma + 1 < last else []
    start = max(taken, clause_start(tokens, cue.start) if taken else 0)
    end = last_word(tokens, cue.start)
    quoted = any(t.quotation for t in tokens[start:end])
    return [(start, end)] if quoted or end - start >= SHORTEST else []


def is_title(token: Token) -> bool:
    """Whether a quotation is written like the title of a work: "Face the Nation,"."""
    words = [w.strip("\"“”‘’'`«».,:;!?") for w in token.text.split()]
    return (
        all(w[:1].isupper() or len(w) < 5 for w in words)
        and sum(w[:1].isupper() for w in words) > len(words) // 2
    )
