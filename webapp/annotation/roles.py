"""Who somebody is, by the parse: names and the descriptions that an article joins to them.

Anna Kovac, a teacher in Ghent,         apposition
An attorney for the union, Anna Kovac   the same the other way round
Kovac is a former senator               predicate
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from webapp.annotation.grammar import child, phrase
from webapp.annotation.pipeline import Parsed
from webapp.model import Span

_COPULAS = {"is", "was", "'s", "becomes", "became"}
_LONGEST = 12
"""Tokens of a description."""


def descriptions(parsed: Sequence[Parsed], names: Sequence[Span]) -> Iterator[tuple[int, Span]]:
    """The number of each name that the article describes, and the description."""
    starts = [part.start for part in parsed]
    for number, name in enumerate(names):
        at = bisect_right(starts, name.start) - 1
        if at < 0:
            continue
        part = parsed[at]
        span = part.doc.char_span(
            name.start - part.start, name.end - part.start, alignment_mode="expand"
        )
        if span is None:
            continue
        for noun in _described(span.root):
            start, end = phrase(noun)
            copula = child(noun, "cop")
            if copula is not None:  # "Kovac is | a senator"
                start = copula.i + 1
            placed = child(noun, "case") is not None or len(noun) < 2
            named = span.start <= noun.i < span.end
            # Of a sentence that is no English the copula can stand behind its noun.
            if 0 < end - start <= _LONGEST and not placed and not named:
                first, last = part.doc[start], part.doc[end - 1]
                yield number, Span(part.start + first.idx, part.start + last.idx + len(last))


def _described(head: Token) -> Iterator[Token]:
    """The nouns that say what the name at `head` is."""
    yield from (c for c in head.children if c.dep_ == "appos" and c.tag_ in {"NN", "NNP"})
    if head.dep_ == "appos" and head.head.tag_ in {"NN", "NNP"}:
        yield head.head
    if head.dep_ == "nsubj":
        copula = child(head.head, "cop")
        if copula is not None and copula.lower_ in _COPULAS and head.head.tag_ == "NN":
            yield head.head
        elif head.head.lower_ in _COPULAS:  # ClearNLP: the verb heads its predicate
            attribute = child(head.head, "attr")
            if attribute is not None and attribute.tag_ == "NN":
                yield attribute
