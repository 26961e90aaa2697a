"""Text of an article, as people have it -> headline, byline, date and clean paragraphs.

Cleaning is idempotent: the text it gives, cleaned again, stays as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from webapp.importing.characters import mended, squeezed, without_drop_cap
from webapp.importing.credits import byline, credit, dateline, dates_in
from webapp.importing.furniture import is_furniture, is_label, is_page_end

LONGEST_TITLE = 300
"""In code points; a longer first line is the article's text, not its headline."""

_MOST_PASSES = 10


@dataclass(frozen=True, slots=True)
class CleanText:
    """What a plain text says about itself. `text` begins with the title unless that was cut;
    `published` is the date as it is written there."""

    title: str
    text: str
    author: str = ""
    source: str = ""
    dateline: str = ""
    published: str = ""


def clean(raw: str) -> CleanText:
    """The article in `raw`; its text is empty when there is nothing but blanks."""
    found = _pass(raw)
    # What one pass took away can bring something to the top that the next one knows.
    for _ in range(_MOST_PASSES):
        again = _pass(found.text)
        if again.text == found.text:
            break
        found = _merged(found, again)
    return found


def _merged(known: CleanText, further: CleanText) -> CleanText:
    return replace(
        further,
        author=known.author or further.author,
        source=known.source or further.source,
        dateline=further.dateline or known.dateline,
        published=known.published or further.published,
    )


def _pass(raw: str) -> CleanText:
    lines = _without_margins([squeezed(line) for line in mended(raw).splitlines()])
    if not lines:
        return CleanText("", "")
    # A text without any blank line has a paragraph on each line.
    split = _blocks if "" in lines else list
    title = lines[0]
    if len(title) > LONGEST_TITLE:
        top = CleanText(_shortened(without_drop_cap(title)), "")
        first, *body = split(lines)
        return _finished(top, [without_drop_cap(first), *_body(body)])
    rest = [line for line in lines[1:] if line.casefold() != title.casefold()]
    top, rest = _top_matter(CleanText(title, ""), rest)
    # Joined lines can spell the title, a byline or a date that no single line was.
    body = [p for p in split(rest) if p.casefold() != title.casefold()]
    top, body = _top_matter(top, _body(_above_page_end(body)))
    top, body = _end_matter(top, body)
    return _finished(top, [title, *body], body_at=1)


def _without_margins(lines: list[str]) -> list[str]:
    """Without blank lines at both ends, and without labels that stand above the headline."""
    told = [i for i, line in enumerate(lines) if line]
    first = next((i for i in told if not is_label(lines[i])), told[0] if told else 0)
    return lines[first : told[-1] + 1] if told else []


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text: what blank lines separate, or without any its lines."""
    lines = [squeezed(line) for line in mended(text).strip().splitlines()]
    return _blocks(lines) if "" in lines else lines


def _blocks(lines: list[str]) -> list[str]:
    """What blank lines separate, each block's lines joined by blanks."""
    return [" ".join(group) for blank, group in groupby(lines, key="".__eq__) if not blank]


def _body(paragraphs: Iterable[str]) -> list[str]:
    return [without_drop_cap(p) for p in paragraphs if not is_furniture(p)]


def _above_page_end(paragraphs: list[str]) -> list[str]:
    """Without links and lives of reporters, which follow the credit and the paper's standards."""
    for i, (above, p) in enumerate(pairwise(paragraphs), 1):
        if is_page_end(p) and credit(above) is not None:
            return paragraphs[:i]
    return paragraphs


def _shortened(line: str, length: int = 100) -> str:
    head, _, _ = line[:length].rpartition(" ")
    return (head or line[:length]) + "…"


def _top_matter(top: CleanText, lines: list[str]) -> tuple[CleanText, list[str]]:
    """Take bylines and date lines off the top; the first of each is kept."""
    for i, line in enumerate(lines):
        if not line:
            continue
        if dates := dates_in(line):
            top = replace(top, published=top.published or dates[0])
        elif by := byline(line):
            top = replace(
                top,
                author=top.author or by.author,
                source=top.source or by.source,
                published=top.published or by.published,
            )
        elif top.author and not top.source and _is_outlet(line, lines[i + 1 :]):
            top = replace(top, source=line)
        else:
            return top, lines[i:]
    return top, []


def _is_outlet(line: str, below: list[str]) -> bool:
    """Whether a line below the byline names the paper: it is a name, and the date follows."""
    following = next(filter(None, below), "")
    is_name = len(line.split()) <= 6 and line[0].isupper() and line[-1].isalnum()
    return is_name and bool(dates_in(following))


def _end_matter(top: CleanText, body: list[str]) -> tuple[CleanText, list[str]]:
    """Take off the end who reported and who edited."""
    while body and (by := credit(body[-1])) is not None:
        top = replace(top, author=top.author or by)
        body = body[:-1]
    return top, body


def _finished(top: CleanText, paragraphs: list[str], body_at: int = 0) -> CleanText:
    """Join the paragraphs; read the dateline of the first one of the body, which stays there."""
    body = paragraphs[body_at:]
    place, agency = dateline(body[0]) if body else ("", "")
    top = replace(top, dateline=place, source=top.source or agency)
    return replace(top, text="\n\n".join(paragraphs))
