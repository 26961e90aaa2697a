"""The parse, read alike in both schemes: UD's labels (our own model) and those of spaCy's models.

UD: de Marneffe et al. 2021, "Universal Dependencies". spaCy's English models use ClearNLP's labels,
in which a preposition stands between a verb and its oblique noun.
"""

from collections.abc import Iterator

from spacy.tokens import Token

PASSIVE_SUBJECTS = {"nsubj:pass", "nsubjpass"}
OBJECTS = {"obj", "dobj", "iobj", "dative"}
RELATIVE = {"acl:relcl", "relcl"}
SIDE_REMARKS = RELATIVE | {"appos", "parataxis", "acl", "punct", "advcl", "list", "cc", "conj"}
"""What hangs on a noun without being part of the name or description that it heads."""
OBLIQUE = {"obl", "nmod", "obl:agent", "advcl", "acl"}
PREPOSITIONS = {"prep", "agent"}
_SHARING = {"conj", "xcomp", "advcl", "ccomp", "parataxis", "pcomp"}
"""A verb on one of these arcs borrows its subject from the verb above it when it has none."""
_QUOTED = {"quoted", "quotes", "quoting", "cited", "cites", "citing"}
_DEEPEST = 6


def child(token: Token, *labels: str) -> Token | None:
    return next((c for c in token.children if c.dep_ in labels), None)


def is_passive(verb: Token) -> bool:
    return child(verb, "aux:pass", "auxpass", *PASSIVE_SUBJECTS) is not None


def phrases(head: Token) -> Iterator[tuple[str, Token]]:
    """The prepositional phrases of a verb and of its object: the preposition and what follows it,
    a noun or a verb ("of | lying")."""
    for c in head.children:
        if c.dep_ in PREPOSITIONS:
            yield from ((c.lower_, noun) for noun in c.children if noun.dep_ in {"pobj", "pcomp"})
        elif c.dep_ in OBLIQUE:
            word = child(c, "case", "mark")
            if word is not None and (c.tag_ not in {"VB", "VBD", "VBP", "VBZ"}):
                yield word.lower_, c
        elif c.dep_ in OBJECTS:
            yield from phrases(c)


def possessor(noun: Token) -> Token | None:
    return child(noun, "nmod:poss", "poss")


def subject(verb: Token) -> Token | None:
    """Who does what the verb says: its own subject, or the one that it shares with the verb above
    it; the noun that a participle or a relative clause hangs on; by whom, when it is passive."""
    if is_passive(verb):
        return next((noun for word, noun in phrases(verb) if word == "by"), None)
    at = verb
    for _ in range(_DEEPEST):
        own = child(at, "nsubj") or (child(at, *PASSIVE_SUBJECTS) if at is not verb else None)
        if at.dep_ == "advcl" and at.head.lower_ in _QUOTED and child(at, "mark", "case"):
            return child(at.head, *OBJECTS)  # "quoted the mayor as saying"
        if own is not None:
            return at.head if _stands_for_head(own, at) else own
        if at.dep_ in _SHARING:
            at = at.head
        elif at.dep_ == "acl" and at.tag_ == "VB":
            at = at.head.head  # "offered a platform to say"
        elif at.dep_ in RELATIVE | {"acl"}:
            return at.head
        else:
            return None
    return None


def _stands_for_head(pronoun: Token, verb: Token) -> bool:
    return verb.dep_ in RELATIVE and pronoun.lower_ in {"who", "which", "that"}


def phrase(noun: Token) -> tuple[int, int]:
    """The tokens of a noun phrase, half-open, without relative clauses, appositions and what is
    joined."""
    start, end = noun.left_edge.i, noun.i + 1
    while start < noun.i and (noun.doc[start].is_punct or noun.doc[start].dep_ == "case"):
        start += 1
    for right in noun.rights:
        if right.dep_ in SIDE_REMARKS:
            break
        end = right.right_edge.i + 1
    return start, end
