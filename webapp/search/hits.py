"""Where a search shows in a text: the spans to mark, and the passage to show."""

import re
from collections.abc import Iterator, Sequence

from webapp.model import Snippet, Span
from webapp.search.query import Phrase, Query, Term, leaves
from webapp.search.words import COMMON, folded, term_of, tokens, words

SNIPPET_LENGTH = 240
"""Code points of a passage, about three lines of a result."""

_IN_TEXT = ("", "title")


def find_hits(text: str, query: Query | None) -> tuple[Span, ...]:
    """The spans of `text` that the words and phrases of the query match, in order, disjoint."""
    wanted = [leaf for leaf in leaves(query) if leaf.field in _IN_TEXT]
    if not wanted:
        return ()
    found = list(tokens(text))
    terms = [term_of(token) for token in found]
    spans = sorted({span for leaf in wanted for span in _matches(leaf, found, terms)})
    return tuple(_disjoint(spans))


def _matches(
    leaf: Term | Phrase, found: Sequence[re.Match[str]], terms: Sequence[str]
) -> Iterator[Span]:
    if isinstance(leaf, Term) and leaf.prefix:
        start = folded(leaf.word)
        yield from (Span(*t.span()) for t in found if folded(t[0]).startswith(start))
        return
    spoken = [word.term for word in words(leaf.word if isinstance(leaf, Term) else leaf.text)]
    if not spoken or (isinstance(leaf, Term) and spoken[0] in COMMON):
        return
    for i, term in enumerate(terms):
        if term == spoken[0] and terms[i : i + len(spoken)] == spoken:
            yield Span(found[i].start(), found[i + len(spoken) - 1].end())


def _disjoint(spans: Sequence[Span]) -> Iterator[Span]:
    end = -1
    for span in spans:
        if span.start >= end:
            yield span
            end = span.end


def best_snippet(text: str, hits: Sequence[Span]) -> Snippet:
    """The passage of about SNIPPET_LENGTH code points with most hits; the beginning without any.

    It is cut at blanks; `hits` of the result are spans in the passage.
    """
    start = max(0, _densest(hits) - SNIPPET_LENGTH // 4) if hits else 0
    start = _after_blank(text, start)
    end = _before_blank(text, min(len(text), start + SNIPPET_LENGTH))
    passage = text[start:end].rstrip()
    inside = (Span(h.start - start, h.end - start) for h in hits if start <= h.start)
    shown = tuple(hit for hit in inside if hit.end <= len(passage))
    return _with_ellipses(passage.replace("\n\n", "  "), shown, start > 0, end < len(text))


def _densest(hits: Sequence[Span]) -> int:
    """Where the hit stands that most others follow within a passage's length."""
    reach = SNIPPET_LENGTH * 3 // 4
    best, most, last = hits[0].start, 0, 0
    for first, hit in enumerate(hits):
        while last < len(hits) and hits[last].end <= hit.start + reach:
            last += 1
        if last - first > most:
            best, most = hit.start, last - first
    return best


def _after_blank(text: str, start: int) -> int:
    blank = text.find(" ", start, start + 40) if start else -1
    return blank + 1 if blank >= 0 else start


def _before_blank(text: str, end: int) -> int:
    blank = text.rfind(" ", max(0, end - 40), end) if end < len(text) else -1
    return blank if blank >= 0 else end


def _with_ellipses(passage: str, hits: tuple[Span, ...], before: bool, after: bool) -> Snippet:
    shift = 2 * before
    moved = tuple(Span(hit.start + shift, hit.end + shift) for hit in hits)
    return Snippet("… " * before + passage + " …" * after, moved)
