"""Reported speech by the parse: verbs of saying, "according to" and nouns such as "claim".

What a verb reports is the clause, the phrase or the object that hangs on it (cf. Pareti et al.
2013, "Automatically detecting and attributing indirect quotations"). The parse finds what the
rules over words miss: verbs far from their clause, shared subjects, objects as contents.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from webapp.annotation import lexicon
from webapp.annotation.grammar import (
    OBJECTS,
    OBLIQUE,
    PASSIVE_SUBJECTS,
    RELATIVE,
    child,
    is_passive,
    phrase,
    phrases,
    possessor,
    subject,
)
from webapp.annotation.pipeline import Parsed
from webapp.model import Span

_OFF = {"WDT", "WP", "WRB", "VBD", "VBN", "VBG"}
"""Tags after a comma that open a clause beside a noun phrase."""
_COMPLEMENTS = {"of", "for", "about", "to", "on", "between", "over", "against"}
_MAKING = {
    "made",
    "make",
    "makes",
    "making",
    "repeated",
    "repeats",
    "issued",
    "retracted",
    "voiced",
}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
THAT_CLAUSE = "that-clause"
_CLAUSE_MARKS = {"that", "to"}


@dataclass(frozen=True, slots=True)
class Report:
    """What a cue reports, by one construction of the grammar.

    `content` is what the parse takes for the content; when it is `clause`, its end is better
    found by the rules of `contents`. `why` names the construction for the evidence.
    """

    cue: Span
    content: Span
    source: Span | None
    why: str
    clause: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What the parse tells of an article: its reports in text order, and for cues in subordinate
    clauses (by their start) where that clause ends, which no content can pass."""

    reports: tuple[Report, ...] = ()
    limits: Mapping[int, int] = field(default_factory=dict)
    subjects: Mapping[int, Span] = field(default_factory=dict)


def read(parsed: Sequence[Parsed]) -> Reading:
    """What the parse of an article tells."""
    reports: list[Report] = []
    limits: dict[int, int] = {}
    subjects: dict[int, Span] = {}
    for part, token, lemma in _cues(parsed):
        source = _source(token)
        phrase = _phrase(part, source) if source is not None else None
        place = part.start + token.idx
        if lemma and (end := _limit(token)) is not None:
            limits[place] = _at(part, token.i, end).end
        if lemma and phrase is not None:
            subjects[place] = phrase
        found = _by_verb(token, lemma) if lemma else _by_noun(token)
        if found is not None:
            content, why, clause = found
            cue = _at(part, token.i, token.i + 1)
            reports.append(Report(cue, _at(part, *content), phrase, why, clause))
    return Reading(tuple(sorted(reports, key=lambda report: report.cue)), limits, subjects)


def _cues(parsed: Sequence[Parsed]) -> Iterator[tuple[Parsed, Token, str]]:
    """The verbs of saying with their bare form, and the nouns of saying with ""."""
    for part in parsed:
        for token in part.doc:
            low = token.lower_
            lemma = lexicon.lemma(low)
            if lemma and token.tag_.startswith("VB"):
                yield part, token, lemma
            elif lexicon.singular(low) in lexicon.SAYING_NOUNS and token.tag_ in {"NN", "NNS"}:
                yield part, token, ""


def _phrase(part: Parsed, noun: Token) -> Span:
    return _at(part, *phrase(noun))


def _limit(verb: Token) -> int | None:
    """Where the clause of a verb ends, if it is a subordinate one or is joined to another."""
    joined = [
        c
        for c in verb.children
        if c.dep_ == "conj" and child(c, "nsubj", *PASSIVE_SUBJECTS) and not child(c, "mark")
    ]
    ends = [
        c.left_edge.i
        for c in joined
        # One right after the subject of what is said comes of a misread clause.
        if any(token.tag_ in _FINITE for token in verb.doc[verb.i + 1 : c.left_edge.i])
    ]
    mark = child(verb, "mark") if verb.dep_ == "advcl" else None
    # "As the captain said, the harbour was empty" reports the main clause.
    if verb.dep_ in RELATIVE or (mark is not None and mark.lower_ != "as"):
        ends.append(verb.right_edge.i + 1)
    return min(ends, default=None)


def _at(part: Parsed, start: int, end: int) -> Span:
    last = part.doc[end - 1]
    return Span(part.start + part.doc[start].idx, part.start + last.idx + len(last))


def _by_verb(verb: Token, lemma: str) -> tuple[tuple[int, int], str, bool] | None:
    if lemma in lexicon.CLAUSE_VERBS and is_passive(verb) and _says_nothing(verb):
        return None
    if verb.i and verb.nbor(-1).lower_ == "without":
        return None  # "It goes without saying that"
    if (
        lemma in lexicon.CLAUSE_VERBS
        and (clause := child(verb, "ccomp")) is not None
        and clause.i > verb.i
    ):
        return _whole(clause), THAT_CLAUSE, True
    if lemma in lexicon.TO_VERBS and (clause := _infinitive(verb)) is not None:
        start = clause.left_edge.i
        obj = child(verb, *OBJECTS)
        if obj is not None and verb.i < obj.left_edge.i < start:
            start = obj.left_edge.i
        return (start, clause.right_edge.i + 1), "infinitive", True
    obj = child(verb, "obj", "dobj")
    if obj is not None and obj.i < verb.i:
        obj = None
    named = child(verb, "xcomp", "oprd")
    if lemma in lexicon.NAMING_VERBS and obj is not None and named is not None and named.i > obj.i:
        return (obj.left_edge.i, named.right_edge.i + 1), f"{lemma} somebody something", False
    for word, noun in phrases(verb):
        if f"{lemma} {word}" in lexicon.PHRASE_VERBS and noun.i > verb.i:
            start = obj.left_edge.i if obj is not None and word == "as" else _inside(noun)
            end = _with_complements(verb, noun.right_edge.i + 1)
            return (start, end), f"{lemma} {word}", False
    if lemma in lexicon.OBJECT_VERBS and is_passive(verb):
        told = child(verb, *PASSIVE_SUBJECTS)
        by = any(word == "by" for word, _ in phrases(verb))
        return (phrase(told), "passive", False) if told is not None and by else None
    if lemma in lexicon.OBJECT_VERBS:
        if named is not None and named.tag_ == "VBG" and named.i > verb.i:
            return _whole(named), "gerund", True
        if obj is not None and obj.tag_ not in {"WP", "WDT"}:
            start, end = _whole(obj)
            # "noted clients demand …": a clause that the parse took for an object.
            if lemma in lexicon.CLAUSE_VERBS and _goes_on(verb, phrase(obj)[1]):
                return (start, end), THAT_CLAUSE, True
            return (start, _with_complements(verb, end)), "object", False
    return None


def _says_nothing(verb: Token) -> bool:
    """ "Seven were found: four by …", "he was asked who would pay"; but "told that", "told to"."""
    clause = child(verb, "ccomp")
    told = clause is not None and child(clause, "mark") is not None
    return not (told or child(verb, "xcomp") or any(word == "by" for word, _ in phrases(verb)))


def _goes_on(verb: Token, after: int) -> bool:
    return after < len(verb.doc) and verb.doc[after].tag_ in _FINITE


def _by_noun(noun: Token) -> tuple[tuple[int, int], str, bool] | None:
    for clause in noun.children:
        mark = child(clause, "mark") if clause.dep_ in {"acl", "ccomp"} else None
        if mark is not None and mark.lower_ in _CLAUSE_MARKS and clause.i > noun.i:
            return _whole(clause), f"{noun.lower_} {mark.lower_}", True
    return None


def _infinitive(verb: Token) -> Token | None:
    clause = child(verb, "xcomp", "ccomp")
    if clause is None or clause.tag_ != "VB" or clause.i < verb.i:
        return None
    return clause


def _whole(token: Token) -> tuple[int, int]:
    """The tokens of a phrase or clause; of a noun without ", which …"."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    if token.tag_.startswith(("NN", "PRP")):
        for right in token.doc[token.i + 1 : end]:
            if right.tag_ in _OFF and token.doc[right.i - 1].text == ",":
                return start, right.i - 1
    return start, end


def _inside(noun: Token) -> int:
    """Where a prepositional phrase starts without its preposition."""
    start = noun.left_edge.i
    while start < noun.i and noun.doc[start].dep_ in {"case", "mark"}:
        start += 1
    return start


def _with_complements(verb: Token, end: int) -> int:
    """Where a noun phrase ends with what the parse hung on its verb: "the need | for a bridge"."""
    for c in verb.rights:
        if c.left_edge.i == end and c.left_edge.lower_ in _COMPLEMENTS and c.dep_ in OBLIQUE:
            end = c.right_edge.i + 1
    return end


def _source(cue: Token) -> Token | None:
    if cue.tag_.startswith("VB"):
        return subject(cue)
    owner = possessor(cue) or next((c for c in cue.lefts if c.tag_ == "NNP"), None)
    if owner is None and cue.dep_ in OBJECTS and cue.head.lower_ in _MAKING:
        return subject(cue.head)
    return owner
