"""Lines as they stand on printed pages -> paragraphs.

A PDF knows where its lines stand, not which of them belong together: that is told here by the
gaps, the size of the letters and the indents. Columns come in the order in which the file has
them, and one after the other where it has them row by row; tables come cell by cell.
"""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from webapp.importing.credits import byline, dates_in

MARGIN = 3
"""How many lines at the top and at the bottom of a page may be a running header or footer."""

_NARROWEST = 20  # code points, of a line in a column
_FEWEST_ROWS = 4

_PAGE_NUMBER = re.compile(r"\W*(page|p\.)?\s*\d{1,4}(\s*(of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_PRINTED = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d{2}.*|(https?|file)://\S+(\s+\d+\s?/\s?\d+)?"
)
_DROP_CAP = re.compile(r"[“„«\"‘]?[^\W\d_a-z]")
_BULLET = re.compile(r"[•▪◦‣*–-]\s")
ENDS = (".", "!", "?", "…", "”", '"', "’", "»", ":", "。", "！", "？", "」")
"""How a paragraph ends."""

_JOINING = frozenset(("and", "or", "to", "und", "oder", "bis", "et", "ou"))
LETTERS = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line at (x, y) from the left and the bottom of its page; all in points."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    size: float


def in_columns(rows: list[list[Line]]) -> list[list[Line]]:
    """The rows of a page that was written across its columns, column by column.

    A row is what stands at one height, in pieces. Other pages stay as they are.
    """
    starts = _columns(rows)

    def column(line: Line) -> int:
        return bisect(starts, line.x + 1)

    split = [list(part) for row in rows for _, part in groupby(row, key=column)]
    at = next((i for i, row in enumerate(split) if round(row[0].x) in starts), None)
    if at is None:
        return rows
    first = last = at
    while first > 0 and _same_size(split[first - 1][0], split[at][0]):
        first -= 1
    while last < len(split) and _same_size(split[last][0], split[at][0]):
        last += 1
    across = sorted(split[first:last], key=lambda row: column(row[0]))
    return [*split[:first], *across, *split[last:]]


def _columns(rows: list[list[Line]]) -> list[float]:
    """Where the columns but the first begin: there begins a piece of nearly each row."""
    begun: Counter[int] = Counter()
    levels = _levels(rows)
    for row in levels:
        lengths = [len(piece.text) for piece in row]
        for i in range(1, len(row)):
            if min(sum(lengths[:i]), sum(lengths[i:])) >= _NARROWEST:
                begun[round(row[i].x)] += 1
    found: list[float] = []
    for x, count in sorted(begun.items()):
        across = sum(row[0].x < x - 2 and row[-1].x > x - 2 for row in levels)
        if count >= max(_FEWEST_ROWS, 0.6 * across):
            found.append(x)
    return found


def _levels(rows: list[list[Line]]) -> list[list[Line]]:
    """The pieces that stand side by side, also where those on the right are a little lower."""
    levels: list[list[Line]] = []
    for piece in (piece for row in rows for piece in row):
        before = levels[-1][-1] if levels else None
        if before and piece.x > before.x and abs(piece.y - before.y) < 0.7 * piece.size:
            levels[-1].append(piece)
        else:
            levels.append([piece])
    return levels


def without_margins(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without page numbers and without headers and footers that repeat."""
    margins = [_margins(page) for page in pages]
    often = Counter(key for lines in margins for key in {_key(line) for line in lines})
    enough = max(2, (len(pages) + 1) // 2)

    def is_running(line: Line) -> bool:
        return (
            often[_key(line)] >= enough
            or _PAGE_NUMBER.fullmatch(line.text) is not None
            or _PRINTED.fullmatch(line.text) is not None
        )

    kept: list[list[Line]] = []
    for page, lines in zip(pages, margins, strict=True):
        before = kept[-1][-1:] if kept else []
        running = [line for line in lines if is_running(line)]
        gone = {id(line) for line in running if not _ends_sentence(line, page, before)}
        kept.append([line for line in page if id(line) not in gone])
    return kept


def _margins(page: list[Line]) -> list[Line]:
    ordered = sorted(page, key=lambda line: -line.y)
    # Of a short page no line is both at the top and in the middle of its text.
    most = min(MARGIN, (len(ordered) + 1) // 2)
    return ordered[:most] + ordered[max(most, len(ordered) - most) :]


def _ends_sentence(line: Line, page: list[Line], before: list[Line]) -> bool:
    """Is it a number ("1999.") that ends the sentence in the line above or on the page before?"""

    def is_open(other: Line) -> bool:
        at_left = abs(other.x - line.x) <= 3 * line.size
        return at_left and _same_size(other, line) and not other.text.endswith(ENDS)

    if not re.fullmatch(r"\d+\W*", line.text):
        return False
    above = [other for other in page if 0 < other.y - line.y <= 2 * line.size]
    return any(map(is_open, above if above or not line.text.endswith(".") else before))


def _key(line: Line) -> str:
    """What the lines of a header have in common from page to page."""
    return re.sub(r"\d+", "#", line.text).casefold()


def with_drop_caps(page: list[Line]) -> list[Line]:
    """The lines, with large letters that stand beside some put back into the first of these."""
    lines = list(page)
    for cap in [line for line in page if _DROP_CAP.fullmatch(line.text)]:
        beside = [line for line in lines if _is_beside(cap, line)]
        if not beside:
            continue
        lines = [line for line in lines if line is not cap]
        first = max(beside, key=lambda line: line.y)
        # "A" and "I" can be words, and what cleans the text knows which of them are.
        blank = " " if cap.text[-1] in "AI" else ""
        for line in beside:
            text = cap.text + blank + line.text if line is first else line.text
            lines[lines.index(line)] = replace(line, text=text, x=cap.x)
    return lines


def _is_beside(cap: Line, line: Line) -> bool:
    away = (line.x - cap.x) / cap.size
    is_level = cap.y - 0.8 * line.size < line.y < cap.y + cap.size
    return cap.size > 1.7 * line.size and 0 < away < 2 and is_level


def paragraphs(pages: list[list[Line]]) -> list[Paragraph]:
    """The paragraphs of the pages; one that goes on over a page or a column is one."""
    spacing = _spacing(pages)
    words = Counter(word for page in pages for line in page for word in LETTERS.findall(line.text))
    groups: list[list[Line]] = []
    top = True  # above the text, where no paragraph is long
    for page in pages:
        full = _full_length(page)
        before = groups[-1][-1] if groups else None
        for i, line in enumerate(page):
            if before is None or _begins(before, line, spacing, full, i == 0, top):
                groups.append([])
            groups[-1].append(line)
            top = top and len(groups[-1]) <= 3
            before = line
    return [Paragraph(joined((line.text for line in g), words), g[0].size) for g in groups]


def _spacing(pages: list[list[Line]]) -> float:
    """The usual distance of lines, as a multiple of the size of their letters."""
    found = sorted(ratio for page in pages for ratio in _distances(page))
    # Not the median: a text of short paragraphs has more gaps than lines that belong together.
    return found[len(found) // 4] if found else 1.2


def _distances(page: list[Line]) -> Iterator[float]:
    for above, line in pairwise(page):
        ratio = (above.y - line.y) / line.size
        if _same_size(above, line) and 0.8 <= ratio <= 4:
            yield ratio


def _full_length(page: list[Line]) -> int:
    lengths = sorted(len(line.text) for line in page)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _same_size(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= 0.12 * max(one.size, other.size)


def _begins(above: Line, line: Line, spacing: float, full: int, new_page: bool, top: bool) -> bool:
    """Does `line` begin a paragraph?"""
    if top and (_is_alone(above) or _is_alone(line)):
        return True
    if not _same_size(above, line) or _BULLET.match(line.text):
        return True
    ends = above.text.endswith(ENDS)
    fell = (above.y - line.y) / line.size
    if new_page or fell < 0 or fell > 8 * spacing:
        return ends and not line.text[0].islower()
    if fell > 1.3 * spacing:
        return True
    indent = (line.x - above.x) / line.size
    if 0.6 <= indent <= 6 and fell > 0.5:
        return True
    return ends and len(above.text) < 0.7 * full


def _is_alone(line: Line) -> bool:
    """Is it a byline or a date, to which the lines around do not belong?"""
    # In a narrow column a sentence may go on with "by Ana Kos and".
    return not line.text[0].islower() and bool(dates_in(line.text) or byline(line.text))


def joined(lines: Iterable[str], words: Counter[str], whole: bool = True) -> str:
    """The lines as one; a word that a hyphen breaks at a line's end is made whole.

    Whether the hyphen belongs to the word is told by how the word is written elsewhere (`words`),
    and by `whole` where it is not.
    """
    text = ""
    for line in lines:
        if not text:
            text = line
        elif text.endswith("\u00ad"):
            text = text[:-1] + line
        elif re.search(r"\w[-\u2010]$", text):
            text = _unbroken(text, line, words, whole)
        else:
            text = f"{text} {line}"
    return text


def _unbroken(text: str, line: str, words: Counter[str], whole: bool) -> str:
    if not line[:1].islower():
        return text + line
    first = re.split(r"\W", text[:-1])[-1]
    rest = re.split(r"[^\w-]", line)[0]
    if rest in _JOINING:  # "north- and southbound"
        return f"{text} {line}"
    with_hyphen, without = words[f"{first}-{rest}"], words[first + rest]
    if with_hyphen != without:
        whole = without > with_hyphen
    return text[:-1] + line if whole else text + line
