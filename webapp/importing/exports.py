"""Articles as the databases Nexis and Factiva export them as text, often many in one file.

Around each text they write lines that say where it was printed, when, by whom and how long it is.
"""

import re

from webapp.importing.credits import byline
from webapp.importing.dates import parse_date
from webapp.importing.made import Facts, Part

_WORDS = re.compile(r"\d[\d,.]* words")
_RIGHTS = re.compile(r"(?:\(c\)|©|copyright\b).*", re.IGNORECASE)
_DAY_OF_WEEK = re.compile(r"\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*", re.IGNORECASE)

# Nexis
_END = re.compile(r"End of Document", re.IGNORECASE)
_NUMBER = re.compile(r"\d+ of \d+ DOCUMENTS?")
_PAGE = re.compile(r"Page \d+ of \d+")
_LABEL = re.compile(
    r"(headline|byline|section|length|dateline|highlight|series|source|body):\s*(.*)", re.IGNORECASE
)
_LONG = ("headline", "highlight")  # labels of what may be sentences
_BODY = re.compile(r"body:?", re.IGNORECASE)
_AFTER = re.compile(r"classification|graphic:?|(?:graphic|load-date):\s.*", re.IGNORECASE)

# Factiva
_DOCUMENT = re.compile(r"Document [A-Z][A-Z\d]{3,}[a-z\d]{8,}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}\b.*")
_MOST_ABOVE = 12
"""How many lines may stand above the one that says how long the text is."""


def exported(text: str) -> list[Part]:
    """The articles in an export; [] for any other text.

    What stands between them and is none is given with no facts.
    """
    lines = [line.strip() for line in text.splitlines()]
    forms = ((_END, _nexis), (_NUMBER, _nexis), (_DOCUMENT, _factiva))
    # A single article may have been copied without the mark that stands between two.
    for mark, read in [form for form in forms if any(map(form[0].fullmatch, lines))] or forms:
        parts = [(read(piece), piece) for piece in _pieces(lines, mark)]
        if any(part for part, _ in parts):
            return [part or (Facts(), "\n".join(piece)) for part, piece in parts]
    return []


def _pieces(lines: list[str], mark: re.Pattern[str]) -> list[list[str]]:
    """The lines between those that are a mark, without pieces that hold no word."""
    pieces: list[list[str]] = [[]]
    for line in lines:
        if mark.fullmatch(line):
            pieces.append([])
        else:
            pieces[-1].append(line)
    return [piece for piece in pieces if any(c.isalpha() for line in piece for c in line)]


def _nexis(piece: list[str]) -> Part | None:
    """Title, publication and date, labels ("Length: 412 words"), and below "Body" the text.

    Files of the older kind have the title below the date, and "Body" not always.
    """
    lines = [line for line in piece if not _PAGE.fullmatch(line)]
    labels = next((i for i, line in enumerate(lines) if _LABEL.fullmatch(line)), len(lines))
    told, said, start = _labelled(lines, labels)
    if not _WORDS.fullmatch(told.get("length", "")):
        return None
    dates = [i for i in range(labels) if _day(lines[i])]
    if not dates:
        return None
    *above, source = _told(lines[: dates[-1]]) or [""]
    title = told.get("headline") or (above[-1] if above else _last_block(lines[:labels]))
    end = next((i for i in range(start, len(lines)) if _AFTER.fullmatch(lines[i])), len(lines))
    body = [told.get("highlight", ""), "", *said, *lines[start:end]]
    facts = Facts(
        title=title,
        author=_author(told.get("byline", "")),
        source=re.sub(r"\s*\([^()]*\)$", "", source),  # The Gulf Ledger (Muscat)
        published=_day(lines[dates[-1]]),
    )
    return _part(facts, body, any(map(_BODY.fullmatch, lines[labels:])))


def _labelled(lines: list[str], start: int) -> tuple[dict[str, str], list[str], int]:
    """What the labels from line `start` on say, sentences among them that are none's, and the line
    below them in which the text begins."""
    told: dict[str, str] = {}
    said: list[str] = []
    below = next((i for i in range(start, len(lines)) if _BODY.fullmatch(lines[i])), None)
    name = ""
    for i in range(start, len(lines) if below is None else below):
        is_sentence = lines[i].endswith((".", "!", "?", "…"))
        if label := _LABEL.fullmatch(lines[i]):
            name = label[1].lower()
            told[name] = label[2]
        elif lines[i] and lines[i - 1] and name and (name in _LONG or not is_sentence):
            told[name] += f" {lines[i]}"  # a label goes on
        elif lines[i] and below is None:
            return told, said, i
        elif is_sentence:
            said += [lines[i], ""]
    return told, said, len(lines) if below is None else below + 1


def _factiva(piece: list[str]) -> Part | None:
    """Title, byline, "412 words", date, publication, its code, language, rights, and the text."""
    at = next((i for i, line in enumerate(piece) if _WORDS.fullmatch(line)), len(piece))
    below = [i for i in range(at + 1, len(piece)) if piece[i] and not _CLOCK.fullmatch(piece[i])]
    above = piece[:at]
    if len(below) < 3 or len(_told(above)) > _MOST_ABOVE or not _day(piece[below[0]]):
        return None
    rights = [i for i in below[:10] if _RIGHTS.fullmatch(piece[i])]
    blank = next((i for i in range(below[1], len(piece)) if not piece[i]), len(piece))
    author = ""
    if by := byline((_told(above) or [""])[-1]):
        author = by.author
        above = above[: above.index(_told(above)[-1])]
    facts = Facts(
        title=_last_block(above),
        author=author,
        source=piece[below[1]],
        published=piece[below[0]],
    )
    return _part(facts, piece[rights[0] + 1 if rights else blank :])


def _part(facts: Facts, body: list[str], is_certain: bool = False) -> Part | None:
    """None when the title is not where it should be, or no text is, where that is not certain:
    what was taken for the title may be the text. No paper's name is a sentence."""
    text = "\n".join(body).strip("\n")
    is_one = facts.title and (text or is_certain) and not facts.source.endswith((".", "!", "?"))
    return (facts, text) if is_one else None


def _told(lines: list[str]) -> list[str]:
    return [line for line in lines if line and not _RIGHTS.fullmatch(line)]


def _last_block(lines: list[str]) -> str:
    """The last lines that no blank one separates, as one."""
    text = "\n".join("" if _RIGHTS.fullmatch(line) else line for line in lines)
    return " ".join(re.split(r"\n{2,}", text.strip("\n"))[-1].split())


def _day(line: str) -> str:
    """The date that the line is ("March 29, 2026 Sunday"), as it is written; "" for none."""
    day = _DAY_OF_WEEK.sub("", line)
    return day if parse_date(day) else ""


def _author(told: str) -> str:
    name = re.sub(r"by:?\s+", "", told.partition(";")[0].strip(), count=1, flags=re.IGNORECASE)
    found = byline(f"By {name}")
    return found.author if found else name
