"""Texts that say what they are in lines of their own: "Title: …", "Author: …", and the text.

Also between lines "---", as in Markdown files for web sites ("front matter").
"""

import re
from itertools import takewhile, zip_longest

from webapp.importing.dates import date_of
from webapp.importing.made import LONGEST_FACT, Facts, Part, web_address

Split = tuple[list[str], list[str], list[str]]
"""The lines of a text: what stands above those that say what it is, these, and the text."""

_LINE = re.compile(r"\*{0,2}(?P<name>[A-Za-z][A-Za-z -]{1,20}?)\*{0,2}:\*{0,2}(?:\s+(?P<told>.*))?")
_NAMES = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "by", "byline", "writer"),
    "source": ("source", "publication", "publisher", "newspaper", "outlet"),
    "published": ("date", "published", "publication date", "date published", "pubdate"),
    "url": ("url", "link", "address"),
    "": ("section", "page", "pages", "language", "length", "word count", "edition", "category",
         "categories", "tags", "accessed", "retrieved"),
}  # fmt: skip
_FIELDS = {name: field for field, names in _NAMES.items() for name in names}
_FENCE = re.compile(r"-{3,}\s*")
_YAML = re.compile(r"\s|[-#]|$|[^:]+:(?:\s|$)")
"""How a line of front matter may begin: a key, or what belongs to one, or a comment."""
_RULE = re.compile(r"(?:[-=_*#~]{3,})?")
_LONGEST_FENCED = 60  # lines
_FEWEST = 2


def labelled(text: str) -> list[Part]:
    """What the lines at the top of each article say, and the text below them; [] where none do.

    A title without a label may stand above the lines of the only article.
    """
    lines = text.strip().splitlines()
    names = {i: named for i in range(len(lines)) if (named := _begun(lines, i))}
    starts = [0]
    if 0 in names:
        # A box about a book at the end has other labels than the articles of the file.
        starts = [i for i in names if len(names[i] ^ names[0]) <= 1]
    pieces = [lines[start:end] for start, end in zip_longest(starts, starts[1:])]
    return [*filter(None, map(_part, pieces))]


def _begun(lines: list[str], at: int) -> set[str]:
    """What the labels say that begin here, below a blank line or a rule, with the title's."""
    above = lines[at - 1].strip() if at else ""
    if not _RULE.fullmatch(above):
        return set()
    names = {
        told[0] for told in takewhile(bool, map(_told, lines[at : at + _LONGEST_FENCED])) if told
    } - {""}
    return names if "title" in names and len(names) >= _FEWEST else set()


def _part(lines: list[str]) -> Part | None:
    above, told, below = _fenced(lines) if _is_fence(lines[:1]) else _headed(lines)
    found = dict(reversed([*filter(None, map(_told, told))]))
    found.pop("", None)
    day, address = date_of(found.get("published", "")), web_address(found.get("url", ""))
    # Else somebody called "Source" may be talking.
    if len(found) < _FEWEST or not ("title" in found or day or address):
        return None
    if "title" not in found and above:
        found["title"] = above.pop()
    while below and _RULE.fullmatch(below[-1].strip()):
        below.pop()  # it stands between two articles
    return Facts(**found), "\n".join([*above, *below]).strip("\n")


def _is_fence(lines: list[str]) -> bool:
    return any(map(_FENCE.fullmatch, lines))


def _fenced(lines: list[str]) -> Split:
    for i in range(1, min(len(lines), _LONGEST_FENCED)):
        if _is_fence(lines[i : i + 1]):
            return [], lines[1:i], lines[i + 1 :]
        if not _YAML.match(lines[i]):
            break  # a text between two rules
    return [], [], lines


def _headed(lines: list[str]) -> Split:
    start = end = 0 if lines and _told(lines[0]) else 1
    for i, line in enumerate(lines[start:], start):
        if _told(line):
            end = i + 1
        elif line.strip():
            break
    return lines[:start], lines[start:end], lines[end:]


def _told(line: str) -> tuple[str, str] | None:
    """The fact that a line gives: its name, "" for one that is not kept, and what it is."""
    match = _LINE.fullmatch(line.strip())
    name = _FIELDS.get(match["name"].lower()) if match else None
    if match is None or name is None:
        return None
    told = (match["told"] or "").strip().strip("\"'")
    # What somebody says is no fact of an article, whatever its line begins with.
    if name != "title" and (len(told) > LONGEST_FACT or re.search('[“”"]', told)):
        return None
    return name, re.sub(r"^by\s+", "", told, flags=re.IGNORECASE) if name == "author" else told
