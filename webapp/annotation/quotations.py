"""Spans in quotation marks: text -> quotations.

Knows “ ”, „ “, straight ", doubled single '' (and ``), single ‘ ’ and ', « » and ‹ ›. Marks are
paired within a paragraph with a stack, so that one bad mark costs itself and nothing else.
"""

import re
from dataclasses import dataclass, field

from webapp.model import Span

_MARK = re.compile(r"''|``|[\"“”„‟‘’'«»‹›]")
_CLOSERS = {
    '"': {'"', "”"}, "“": {"”", '"'}, "”": {"”"}, "„": {"“", "”"}, "‟": {"”"},
    "''": {"''", '"'}, "``": {"''", '"'}, "‘": {"’"}, "'": {"'"}, "«": {"»"}, "‹": {"›"},
}  # fmt: skip
_SINGLE = {"‘", "’", "'"}
_EITHER = {'"', "''", "'", "”"}
"""Marks that open and close alike; what stands beside them tells which."""
_ELISION = re.compile(r"['’‘](?:\d0?s|\d\d|em|tis|twas|til|till|n|cause|cuz)\b", re.IGNORECASE)
_CLOSES_LATER = re.compile(r"[^‘“\"\n]{0,200}?[,.!?…][’'](?!\w)")
_SHORT_LINE = 60
"""Code points; a shorter line without a full stop is a headline, not a hard-wrapped line."""


@dataclass(slots=True)
class _Open:
    """A mark that waits for its partner, and the finished quotations since it."""

    mark: str
    start: int
    inner: list[Span] = field(default_factory=list)


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text without the blanks around them.

    A blank line ends one; a single line feed does when the line is short, ends a sentence or the
    next one opens a quotation, for texts that separate their paragraphs so.
    """
    found: list[Span] = []
    start = 0
    for gap in re.finditer(r"\n\s*|\Z", text):
        if gap.end() < len(text) and not _breaks(text, start, gap):
            continue
        line = text[start : gap.start()]
        if line.strip():
            lead = len(line) - len(line.lstrip())
            found.append(Span(start + lead, start + len(line.rstrip())))
        start = gap.end()
    return found


def _breaks(text: str, start: int, gap: re.Match[str]) -> bool:
    if gap.group().count("\n") > 1:
        return True
    line = text[max(text.rfind("\n", start, gap.start()) + 1, start) : gap.start()].rstrip()
    return len(line) < _SHORT_LINE or line[-1] in ".!?:;\"”'’…)" or text[gap.end()] in '"“'


def quotations(text: str, places: list[Span]) -> list[tuple[Span, ...]]:
    """The outermost quotations in the paragraphs of a text, each one span or more, with marks.

    A quotation that its paragraph leaves open and the next paragraph opens again is one
    quotation with a span in each. One that nothing closes ends with its paragraph when it began
    it (or follows a comma or colon), else it is no quotation.
    """
    found: list[tuple[Span, ...]] = []
    chain: tuple[Span, ...] = ()
    for i, place in enumerate(places):
        closed, tail = _pair(text, place)
        whole = tail is not None and _runs_to_end(text, tail, place)
        goes_on = tail is not None and whole and _goes_on(text, tail, places[i + 1 : i + 2])
        if tail is not None and (goes_on or (whole and not closed)):
            closed = [s for s in closed if s.end <= tail.start] + [tail]
        groups: list[tuple[Span, ...]] = [(span,) for span in closed]
        if chain and closed and closed[0].start == place.start:
            groups[0] = (*chain, closed[0])
        elif chain:
            found.append(chain)
        chain = groups.pop() if goes_on else ()
        found += groups
    return [*found, chain] if chain else found


def _pair(text: str, place: Span) -> tuple[list[Span], Span | None]:
    """The outermost closed quotations of a paragraph, and the first one left open to its end."""
    stack = [_Open("", place.start)]
    for match in _MARK.finditer(text, place.start, place.end):
        mark, at = match.group(), match.span()
        # Straight marks open and close alike, so where an opening makes sense it comes first.
        if (mark in _EITHER and _can_open(text, mark, at, place)) or mark in "“„‟``‘«‹":
            if mark == "“" and stack[-1].mark == "„":
                _close(stack, mark, match.end())
            elif mark not in _SINGLE or _can_open(text, mark, at, place):
                stack.append(_Open(mark, match.start()))
        elif mark not in _SINGLE or _can_close(text, match.end()):
            _close(stack, mark, match.end())
    left = next((o for o in stack[1:] if o.mark not in _SINGLE), None)
    spans = [span for waiting in stack for span in waiting.inner]
    return spans, Span(left.start, place.end) if left else None


def _close(stack: list[_Open], mark: str, end: int) -> None:
    """Closes the nearest mark that this one can close; what was opened since then is dropped."""
    # Only the last few count: a partner further away than that is no partner, and a text of
    # thousands of unbalanced marks stays cheap.
    for depth in range(len(stack) - 1, max(0, len(stack) - 4), -1):
        if mark in _CLOSERS[stack[depth].mark]:
            span = Span(stack[depth].start, end)
            del stack[depth:]
            stack[-1].inner.append(span)
            return


def _can_open(text: str, mark: str, at: tuple[int, int], place: Span) -> bool:
    before = text[at[0] - 1] if at[0] > place.start else " "
    after = text[at[1]] if at[1] < place.end else " "
    if after.isspace() or not (before.isspace() or before in "([{—–-/\"“‘'"):
        return False
    return mark not in _SINGLE or (after.isalnum() and not _ELISION.match(text, at[0]))


def _can_close(text: str, end: int) -> bool:
    """Whether a single mark can be more than an apostrophe: "workers' rights" goes on."""
    after = text[end : end + 1]
    if after.isalnum():
        return False
    before = text[end - 2 : end - 1]
    return before != "s" or after != " " or not _CLOSES_LATER.match(text, end)


def _goes_on(text: str, tail: Span, following: list[Span]) -> bool:
    if not following or text[tail.end - 1] not in ".!?…—–-,:;":
        return False
    mark = text[tail.start : tail.start + 2]
    mark = mark if mark in ("''", "``") else mark[0]
    return text.startswith(mark, following[0].start)


def _runs_to_end(text: str, tail: Span, place: Span) -> bool:
    return tail.start == place.start or text[max(0, tail.start - 2) : tail.start] in (", ", ": ")
