"""Where a search shows in a text: the spans to mark, and the passage to show."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from webapp.model import Snippet, Span
from webapp.search.tree import Leaf, Near, Phrase, Query, Term, leaves
from webapp.search.words import COMMON, LONGEST, folded, forms, spelled, stemmed, tokens, words

SNIPPET_LENGTH = 240
"""Code points of a passage, about three lines of a result."""

_IN_TEXT = ("", "text", "title", "said")
_REACH = 80  # how far back from the end of a passage a blank is looked for
_BLANK = re.compile(r"\s+")


def find_hits(text: str, query: Query | None) -> tuple[Span, ...]:
    """The spans of `text` that the words and phrases of the query match, in order, disjoint."""
    wanted = dict.fromkeys(leaf for leaf in leaves(query) if leaf.field in _IN_TEXT)
    if not wanted:
        return ()
    places = _Places(text, _initials(wanted))
    longest: dict[int, int] = {}
    for leaf in wanted:
        for first, length in _matches(leaf, places):
            if longest.get(first, 0) < length:
                longest[first] = length
    return tuple(_disjoint(longest, places))


def _initials(wanted: Iterable[Leaf]) -> frozenset[str] | None:
    """What words that match can begin with; None when with anything. No stemmer changes that."""
    if any(isinstance(leaf, Term) and leaf.fuzzy for leaf in wanted):
        return None
    spoken = (leaf.word if isinstance(leaf, Term) else leaf.text for leaf in wanted)
    return frozenset(form[0] for text in spoken for form in forms(text) if form)


class _Places:
    """The words of a text by number: their exact forms, their stems, and where they stand.

    Every leaf looks its words up here, so a text is read once, not once a leaf. Words with other
    initials are counted and not looked at; where words stand is only asked when some match.
    """

    def __init__(self, text: str, initials: frozenset[str] | None) -> None:
        self._text = text
        written = spelled(text)
        known = {
            word: (folded(word), stemmed(word[:LONGEST]))
            for word in set(written)
            if initials is None or _initial(word) in initials
        }
        nothing = ("", "")
        self.forms = [known.get(word, nothing)[0] for word in written]
        self.stems = [known.get(word, nothing)[1] for word in written]
        self.of_form = _numbers(self.forms)
        self.of_stem = _numbers(self.stems)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        return [token.span() for token in tokens(self._text)]


def _initial(word: str) -> str:
    first = word[0]
    return first.lower() if first.isascii() else folded(first)[:1]


def _numbers(there: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, word in enumerate(there):
        if word:
            found.setdefault(word, []).append(number)
    return found


def _matches(leaf: Leaf, places: _Places) -> Iterator[tuple[int, int]]:
    """The first word of each place where the leaf matches, and how many words it has there."""
    match leaf:
        case Phrase():
            yield from _runs(forms(leaf.text), places.forms, places.of_form)
        case Near():
            yield from ((at, 1) for at in _near(forms(leaf.text), leaf.distance, places))
        case Term(prefix=False, fuzzy=False):
            spoken = [word.term for word in words(leaf.word)]
            if len(spoken) != 1 or spoken[0] not in COMMON:
                yield from _runs(spoken, places.stems, places.of_stem)
                yield from _runs(forms(leaf.word), places.forms, places.of_form)
        case Term():
            wanted = folded(leaf.word)
            like = _beginning(wanted, places) if leaf.prefix else _one_edit_from(wanted, places)
            for form in like:
                if form not in COMMON:
                    yield from ((at, 1) for at in places.of_form[form])


def _runs(
    wanted: list[str], there: list[str], at: dict[str, list[int]]
) -> Iterator[tuple[int, int]]:
    """Where the wanted words follow each other, and how many they are."""
    length = len(wanted)
    for first in at.get(wanted[0], ()) if wanted else ():
        if length == 1 or there[first : first + length] == wanted:
            yield first, length


def _near(wanted: Iterable[str], distance: int, places: _Places) -> Iterator[int]:
    """Each place of a wanted word in a stretch that has them all, none further apart."""
    different = set(wanted)
    found = sorted(at for form in different for at in places.of_form.get(form, ()))
    inside: Counter[str] = Counter()
    first = marked = 0
    for last, at in enumerate(found):
        inside[places.forms[at]] += 1
        while found[first] < at - distance:
            gone = places.forms[found[first]]
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            first += 1
        if len(inside) == len(different):
            yield from found[max(first, marked) : last + 1]
            marked = last + 1


def _beginning(start: str, places: _Places) -> list[str]:
    return [form for form in places.of_form if form.startswith(start)]


def _one_edit_from(word: str, places: _Places) -> list[str]:
    """The forms that one edit makes of the word."""
    half = len(word) // 2
    head, tail = word[:half], word[half:]
    # One edit leaves one of the halves as it is, unless it swaps the letters between them.
    swapped = word[: half - 1] + word[half - 1 : half + 1][::-1] + word[half + 1 :]
    return [
        form
        for form in places.of_form
        if (form.startswith(head) or form.endswith(tail) or form == swapped)
        and _one_edit(form, word)
    ]


def _one_edit(a: str, b: str) -> bool:
    """Whether one letter more, less, another, or two neighbours swapped make a into b."""
    if abs(len(a) - len(b)) > 1:
        return False
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if same is None:
        return True
    a, b = a[same:], b[same:]
    swapped = a[:2] == b[:2][::-1] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]


def _disjoint(longest: dict[int, int], places: _Places) -> Iterator[Span]:
    free = 0
    for first in sorted(longest):
        if first >= free:
            free = first + longest[first]
            yield Span(places.spans[first][0], places.spans[free - 1][1])


def best_snippet(text: str, hits: Sequence[Span]) -> Snippet:
    """The passage of about SNIPPET_LENGTH code points with most hits; the beginning without any.

    It is cut at blanks; `hits` of the result are spans in the passage.
    """
    hit = _densest(hits) if hits else 0
    start = _word_start(text, max(0, hit - SNIPPET_LENGTH // 4), hit)
    end = _word_end(text, min(len(text), start + SNIPPET_LENGTH))
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


def _word_start(text: str, start: int, limit: int) -> int:
    """The first start of a word from here to the limit; here when there is none."""
    blank = _BLANK.search(text, start - 1, limit) if start else None
    return blank.end() if blank else start


def _word_end(text: str, end: int) -> int:
    """The last end of a word up to here; here when there is none within reach."""
    if end == len(text) or text[end].isspace():
        return end
    blanks = [blank.start() for blank in _BLANK.finditer(text, end - _REACH, end)]
    return blanks[-1] if blanks else end


def _with_ellipses(passage: str, hits: tuple[Span, ...], before: bool, after: bool) -> Snippet:
    shift = 2 * before
    moved = tuple(Span(hit.start + shift, hit.end + shift) for hit in hits)
    return Snippet("… " * before + passage + " …" * after, moved)
