"""What somebody forwarded or quoted in an e-mail -> the text and the headers that it had at first.

Mail programs write the headers of the first message above its text, each in its own way and
language. They are known by what they name: who wrote, and about what.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.utils import parseaddr

from webapp.importing.made import Facts

LONGEST_NOTE = 300
"""In code points, of what the person who forwards a message writes above it ("FYI")."""

_DEEPEST = 10  # times that one message was forwarded
_MOST_HEADERS = 12  # lines

_PREFIX = re.compile(r"(?:(?:fwd?|wg|tr)\s*:\s*)+", re.IGNORECASE)
_QUOTED = re.compile(r"(?:> ?)+")
_RULE = re.compile(r"[-_*=–—\s]*")
_MARK = re.compile(
    r"[-\s]*(?:(?:begin )?forwarded message|original message|weitergeleitete nachricht"
    r"|ursprüngliche nachricht|message (?:transféré|d’origine|d'origine)|mensaje reenviado"
    r"|messaggio (?:inoltrato|originale)|doorgestuurd bericht)[-:\s]*",
    re.IGNORECASE,
)
_HEADER = re.compile(r"\*?(?P<name>[^\W\d_][\w -]{0,14}?)\s?:\*?\s*(?P<value>.*)")
_NAMES = {
    "author": ("from", "von", "de", "da", "van"),
    "title": ("subject", "betreff", "objet", "asunto", "oggetto", "onderwerp"),
    "published": ("date", "sent", "datum", "gesendet", "envoyé", "fecha", "enviado", "data",
                  "inviato", "verzonden"),
    "": ("to", "an", "à", "para", "a", "aan", "cc", "bcc", "reply-to", "antwort an"),
}  # fmt: skip
_FIELDS = {name: field for field, names in _NAMES.items() for name in names}


@dataclass(frozen=True, slots=True)
class _Block:
    """The headers of a message inside another: lines `start` to `end` of it."""

    start: int
    end: int
    told: dict[str, str]


def without_prefix(subject: str) -> str:
    """ "Fwd: FW: Crane Falls" -> "Crane Falls"."""
    return _PREFIX.sub("", subject, count=1) if _PREFIX.match(subject) else subject


def unquoted(text: str) -> str:
    """The text without the ">" that its lines begin with."""
    lines: list[str] = []
    before = 0
    for line in text.splitlines():
        mark = _QUOTED.match(line)
        depth = mark[0].count(">") if mark else 0
        if depth != before:
            lines.append("")  # what one person wrote is no paragraph with what another did
        lines.append(line[mark.end() :] if mark else line)
        before = depth
    return "\n".join(lines)


def first_message(facts: Facts, lines: list[str]) -> tuple[Facts, list[str]]:
    """What the message that was forwarded says of itself, and its lines.

    Where it is not clear that one was, all stays as it is: with no headers, or much above them.
    """
    title = without_prefix(facts.title)
    is_forwarded = title != facts.title
    facts = replace(facts, title=title)
    for _ in range(_DEEPEST):
        block = next(_blocks(lines), None)
        if block is None:
            break
        above = [line for line in lines[: block.start] if not _RULE.fullmatch(line)]
        is_marked = any(map(_MARK.fullmatch, above))
        note = " ".join(line for line in above if not _MARK.fullmatch(line))
        if not (is_forwarded or (is_marked and not note)) or len(note) > LONGEST_NOTE:
            break
        facts = replace(
            facts,
            title=without_prefix(block.told["title"]) or facts.title,
            author=_sender(block.told["author"]) or facts.author,
            # When it was forwarded is not when it was published.
            published=block.told.get("published", ""),
        )
        lines = lines[block.end :]
    return facts, lines


def _blocks(lines: list[str]) -> Iterator[_Block]:
    for start, line in enumerate(lines):
        if _header(line) and (block := _block(lines, start)):
            yield block


def _block(lines: list[str], start: int) -> _Block | None:
    """The headers that begin here: at least three, of them who wrote and the subject."""
    found: list[tuple[str, str]] = []
    end = start
    for line in lines[start : start + _MOST_HEADERS]:
        if header := _header(line):
            found.append(header)
        elif "@" not in line:  # else a header goes on: many got the message
            break
        end += 1
    told = dict(reversed(found))
    is_clear = len(found) >= 3 and told.get("author") and "title" in told
    return _Block(start, end, told) if is_clear and any(lines[end:]) else None


def _header(line: str) -> tuple[str, str] | None:
    """Which fact a line gives, "" for one that is not kept, and the fact; None for no header."""
    match = _HEADER.match(line.strip())
    field = _FIELDS.get(match["name"].casefold()) if match else None
    return (field, match["value"]) if match and field is not None else None


def _sender(told: str) -> str:
    name, address = parseaddr(told)
    # Old Outlook: Ana Kos [mailto:ana@wire.example]; some names have commas.
    plain = re.sub(r"\s*[<\[(].*", "", told).strip(" \"'*")
    return plain or name or address
