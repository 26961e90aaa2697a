"""Plain text of an article, as people have it -> headline, byline, date and clean paragraphs.

Cleaning is idempotent: the text it gives, cleaned again, stays as it is.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import groupby

LONGEST_TITLE = 300
"""In code points; a longer first line is the article's text, not its headline."""

_DROPPED = {"Cc", "Cs"}
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_BYLINE = re.compile(r"by\s+(?P<author>\w.{1,150})", re.IGNORECASE)
_DATE_LABEL = re.compile(r"(published|updated|posted|date)( on| at)?\s*:?\s+", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\.?,?\s+", re.IGNORECASE
)
_TIME = re.compile(
    r"[\s,|–-]*(at\s+)?\d{1,2}[:.]\d{2}(:\d{2})?\s*([ap]\.?m\.?)?(\s*\(?[A-Z]{2,4}\)?)?$",
    re.IGNORECASE,
)
_DATE_FORMATS = (
    "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%Y/%m/%d",
)  # fmt: skip
_DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Z.'’ -]{2,40}(,\s[A-Z][\w.'’ -]{1,40}?)?)"
    r"(\s*[,(]\s*(?P<agency>[A-Z][\w.&' -]{1,40}?)\s*\))?\s*(—|–|--|-)\s"
)


@dataclass(frozen=True, slots=True)
class CleanText:
    """What a plain text says about itself. `text` begins with the title unless that was cut."""

    title: str
    text: str
    author: str = ""
    source: str = ""
    dateline: str = ""
    published: dt.date | None = None


def clean(raw: str) -> CleanText:
    """The article in `raw`; its text is empty when there is nothing but blanks."""
    lines = [_squeezed(line) for line in raw.splitlines()]
    first = next((i for i, line in enumerate(lines) if line), None)
    if first is None:
        return CleanText("", "")
    lines = lines[first:]
    while not lines[-1]:
        lines.pop()
    # A text without any blank line has a paragraph on each line.
    split = _blocks if "" in lines else list
    title = lines[0]
    if len(title) > LONGEST_TITLE:
        return _finished(CleanText(_shortened(title), ""), split(lines))
    rest = [line for line in lines[1:] if line.casefold() != title.casefold()]
    top, rest = _top_matter(CleanText(title, ""), rest)
    # Joined lines can spell the title, a byline or a date that no single line was.
    body = [p for p in split(rest) if p.casefold() != title.casefold()]
    top, body = _top_matter(top, body)
    return _finished(top, [title, *body], body_at=1)


def _squeezed(line: str) -> str:
    """One line without control and invisible characters, blanks collapsed, in NFC."""
    line = " ".join(line.translate(_INVISIBLE).split())
    if not line.isascii() or not line.isprintable():
        kept = "".join(c for c in line if unicodedata.category(c) not in _DROPPED)
        line = " ".join(unicodedata.normalize("NFC", kept).split())
    return line


def _blocks(lines: list[str]) -> list[str]:
    """What blank lines separate, each block's lines joined by blanks."""
    return [" ".join(group) for blank, group in groupby(lines, key="".__eq__) if not blank]


def _shortened(line: str, length: int = 100) -> str:
    head, _, _ = line[:length].rpartition(" ")
    return (head or line[:length]) + "…"


def _top_matter(top: CleanText, lines: list[str]) -> tuple[CleanText, list[str]]:
    """Take bylines and date lines off the top; the first of each is kept."""
    for i, line in enumerate(lines):
        if not line:
            continue
        if published := parse_date(line):
            top = replace(top, published=top.published or published)
        elif byline := _byline(line):
            author, source = byline
            top = replace(top, author=top.author or author, source=top.source or source)
        else:
            return top, lines[i:]
    return top, []


def _byline(line: str) -> tuple[str, str] | None:
    """Author and source of "By Ana Kos, The Wire" or "By Ana Kos | The Wire"."""
    match = _BYLINE.fullmatch(line)
    # A sentence that begins with "By" ends with a stop; "By Friday the river had risen" is long.
    if not match or line.endswith((".", "?", "!", ":", ",", "”", '"')) or len(line.split()) > 14:
        return None
    author, _, source = re.sub(
        r"\s*[|,]\s*|\s+for\s+(?=[A-Z])", "\0", match["author"], count=1
    ).partition("\0")
    return (author, source) if author[0].isupper() else None


def parse_date(line: str) -> dt.date | None:
    """The day that a line of nothing but a date names ("Tuesday, 3 March 2026, 14:05 GMT")."""
    if not any(c.isdigit() for c in line) or len(line) > 80:
        return None
    bare = _TIME.sub("", _WEEKDAY.sub("", _DATE_LABEL.sub("", line, count=1), count=1))
    for form in _DATE_FORMATS:
        try:
            return dt.datetime.strptime(
                bare.replace("Sept ", "Sep ").replace(". ", " "), form
            ).date()
        except ValueError:
            continue
    return None


def _finished(top: CleanText, paragraphs: list[str], body_at: int = 0) -> CleanText:
    """Join the paragraphs; read the dateline of the first one of the body, which stays there."""
    body = paragraphs[body_at:]
    match = _DATELINE.match(body[0]) if body else None
    if match:
        top = replace(
            top, dateline=match["place"].strip(), source=top.source or match["agency"] or ""
        )
    return replace(top, text="\n\n".join(paragraphs))
