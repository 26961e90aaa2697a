"""Plain text whose lines were broken at a width -> the same text, its paragraphs kept apart.

Where blank lines separate the paragraphs these stay. Where none does, lines are taken together
when nearly each of them ends where the next word did not fit.
"""

import re
from collections import Counter
from collections.abc import Callable
from itertools import dropwhile, groupby, pairwise
from textwrap import dedent

from webapp.importing.layout import ENDS, LETTERS, joined

_NARROWEST, _WIDEST = 40, 120  # code points, of a line that was broken
_LONGEST_WORD = 25
_FEWEST = 3
_SHARE = 0.9
"""Of the lines that end within a sentence: how many end where the next word did not fit."""

_MANY_HYPHENS = 0.15
"""Of all lines: more than end in words like "well-known" by chance."""

_HYPHEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")


Split = Callable[[str, str], bool]


def unwrapped(text: str) -> str:
    """The text with a blank line between paragraphs, and with words made whole that hyphens break.

    Unchanged where its lines were not broken at a width.
    """
    lines = [line.rstrip() for line in dedent(text.expandtabs()).strip("\r\n").splitlines()]
    if "" in lines:
        blocks = [list(group) for blank, group in groupby(lines, key="".__eq__) if not blank]
        blocks = [part for block in blocks for part in _split(block, _is_indented)]
    elif _are_broken(lines):
        width = max(map(len, lines))
        blocks = _split(
            lines, lambda line, below: _is_indented(line, below) or _is_last(line, below, width)
        )
    else:
        return text
    words = Counter(word for line in lines for word in LETTERS.findall(line))
    whole = _are_hyphenated(lines, words)
    return "\n\n".join("\n".join(_without_hyphens(block, words, whole)) for block in blocks)


def _split(lines: list[str], between: Split) -> list[list[str]]:
    parts = [lines[:1]]
    for line, below in pairwise(lines):
        if between(line, below):
            parts.append([])
        parts[-1].append(below)
    return parts


def _are_broken(lines: list[str]) -> bool:
    width = max(map(len, lines), default=0)
    pairs = [(line, below) for line, below in pairwise(lines) if not line.endswith(ENDS)]
    # The title, a byline and the date may be above.
    pairs = list(dropwhile(lambda pair: _fits(*pair, width), pairs))
    full = sum(not _fits(*pair, width) for pair in pairs)
    going_on = sum(below.lstrip()[:1].islower() for _, below in pairs)
    return (
        _NARROWEST <= width <= _WIDEST
        and full >= max(_FEWEST, _SHARE * len(pairs))
        and going_on >= len(pairs) / 2
    )


def _fits(line: str, below: str, width: int) -> bool:
    """Would the first word below have fitted into the line?"""
    word = len(below.split()[0])
    return not _HYPHEN.search(line) and (len(line) + 1 + word <= width or word > _LONGEST_WORD)


def _is_last(line: str, below: str, width: int) -> bool:
    return _fits(line, below, width) and not below.lstrip()[:1].islower()


def _is_indented(line: str, below: str) -> bool:
    """Does the indent of the line below begin a paragraph?"""
    return line.endswith(ENDS) and _indent(below) > _indent(line) + 1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _are_hyphenated(lines: list[str], words: Counter[str]) -> bool:
    """Are words broken in the text, or do only lines end where a word has a hyphen anyway?"""
    pairs = [(line, below.lstrip()) for line, below in pairwise(lines) if _HYPHEN.search(line)]
    broken = sum(joined(pair, words) == pair[0][:-1] + pair[1] for pair in pairs)
    if broken >= max(3, _MANY_HYPHENS * len(lines)):
        return True
    return any(joined(pair, words, whole=False) == pair[0][:-1] + pair[1] for pair in pairs)


def _without_hyphens(lines: list[str], words: Counter[str], whole: bool) -> list[str]:
    found: list[str] = []
    for line in lines:
        if found and _HYPHEN.search(found[-1]):
            found[-1] = joined((found[-1], line.lstrip()), words, whole)
        else:
            found.append(line)
    return found
