"""Who wrote an article, and from where: bylines, credits at the end, datelines."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from webapp.importing.dates import parse_date

_BYLINE = re.compile(
    r"(?:(?:written|words|story|text) )?by:?\s+(?P<author>\w.{1,150})", re.IGNORECASE
)
_BARE_BYLINE = re.compile(r"(?P<author>[^|]{3,80}?)\s*\|\s*(?P<rest>[^|]{2,60}(\|[^|]{2,60})?)")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_SEPARATOR = re.compile(
    r"\s*[|,•·]\s*|\s+[–—-]\s+|\s+for\s+(?=[A-Z])|\s+(?=(?:published|updated)\b)"
    rf"|\s+(?=(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH}),?\s\d{{4}}\b)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(writers?|correspondents?|reporters?|editors?|staff|columnists?|journalists?|analysts?"
    r"|bureau chief|agencies)\b|^in\s",
    re.IGNORECASE,
)
_BARE_ROLE = re.compile(
    r"(?:[\w’'-]+ )?(?:writer|correspond[ae]n(?:t|ts|ce)|reporter|editor|columnist|journalist"
    r"|analyst|rédaction|redaktion|redacción|redazione)",
    re.IGNORECASE,
)
# In "By Ana Kos, Ben Lee" the second is an author; what has one of these words is a paper or a
# place, and so is a single word.
_NO_PERSON = re.compile(
    r"""^(?:the|an?|le|la|les|der|die|das|el|il|los|las|new|north|south|east|west|united|saint|st
        |san|santa|cape|port|abu|tel|hong|buenos|rio|special|for)\b
    |\b(?:times|post|news(?:paper)?s?|journal|herald|tribune|review|ledger|courier|wires?|gazette
        |observer|guardian|telegraph|independent|mail|mirror|star|sun|express|chronicle|press
        |dispatch|records?|standard|bulletin|examiner|inquirer|register|sentinel|monitor|argus
        |echo|daily|weekly|today|network|radio|tv|television|broadcast\w*|services?|agency|agence
        |associated|media|online|magazine|reports?|world|globe|union|republic|nation|national
        |international|global|voices?|eye|watch|quill|insider|policy|affairs|bureau|desk|team
        |institute|university|foundation|presse?|zeitung|tageblatt|rundschau|allgemeine|nachrichten
        |kurier|anzeiger|welle|corriere|gazz?etta|giornale|mundo|monde|libération|noticias|diario
        |jornal|folha|correo|gazeta|jazeera|asia|africa|europe|america|city|town|angeles|francisco
        |york|bloomberg|reuters)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_PLACE_AFTER = re.compile(r"\s+in\s+[A-Z][\w’' ]*?(?=,| and |$)")
_JOINING_WORDS = "and & de da di do dos del della der den von van la le el al bin ibn wa y e of the"
_JOINING = frozenset(_JOINING_WORDS.split())
_CREDIT = re.compile(
    r"\(?(?:additional |further )?(?:reporting|report|writing|written|compiled) by "
    r"(?P<author>[^;.]{3,120})(?P<rest>[;.].{0,200})?",
    re.IGNORECASE,
)
_EDITING = re.compile(r"\(?(?:edited|editing) by (?P<author>[^;.]{3,80})[.)\s]*", re.IGNORECASE)

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_DAY = rf"(?:,\s(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?)?"
_REGION = rf"(?:,\s(?!{_MONTH}\s\d)[^\W\d_a-z][\w.'’ -]{{1,40}}?)?"
_AGENCY = r"[^\W\d_a-z][\w.&' -]{1,40}?"
_DASH = r"\s*(?:—|–|--|-)\s"
_DATELINES = (
    # TEHRAN, Iran (AP) — ; TEHRAN, March 3 — ; ZAGREB/BELGRADE, 3 March (Meridian Wire) -
    re.compile(
        rf"(?P<place>{_UPPER}(?:{_UPPER}|[.'’/ -]){{2,40}}{_REGION}){_DAY}"
        rf"(?:\s*[,(]\s*(?P<agency>{_AGENCY})\s*\))?{_DASH}"
    ),
    # Tehran (AP) — ; a place in small letters needs the agency beside it.
    re.compile(
        rf"(?P<place>[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]+){{0,3}}{_REGION}){_DAY}"
        rf"\s*\(\s*(?P<agency>{_AGENCY})\s*\){_DASH}"
    ),
    re.compile(rf"(?P<place>)\((?P<agency>{_AGENCY})\){_DASH}"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Byline:
    """`published` is the date as it is written there."""

    author: str
    source: str = ""
    published: str = ""


def dates_in(line: str) -> list[str]:
    """The parts of a line of nothing but dates, "Published 3 March 2026 | Updated 4 March 2026"."""
    parts = [line] if parse_date(line) else re.split(r"\s*[|•·]\s*", line)
    return parts if all(map(parse_date, parts)) else []


def byline(line: str) -> Byline | None:
    """Who wrote: "By Ana Kos and Ben Lee, The Wire", "Ana Kos | The Wire | 3 March 2026"."""
    # A sentence that begins with "By" ends with a stop; "By Friday the river had risen" is long.
    if line.endswith((".", "?", "!", ":", ",", "”", '"')) or len(line.split()) > 20:
        return None
    if match := _BYLINE.fullmatch(line):
        return _byline(match["author"])
    match = _BARE_BYLINE.fullmatch(line)
    if match and 2 <= len(match["author"].split()) <= 6 and _are_names(match["author"]):
        return _byline(line)
    return None


def joined(names: Iterable[str]) -> str:
    """ "Ana Kos", "Ben Lee", "Cy Dorn" -> "Ana Kos, Ben Lee and Cy Dorn".

    Pages and feeds list "Transport Editor" as if it were another person; that is left out.
    """
    told = [name.strip() for name in names if name.strip()]
    *others, last = [name for name in told if not _BARE_ROLE.fullmatch(name)] or told or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _byline(told: str) -> Byline | None:
    if _is_list(told):
        return Byline(told)
    # A date has a comma of its own.
    parts = [part for part in _SEPARATOR.split(told) if part]
    author = _PLACE_AFTER.sub("", parts[0])
    if not _are_names(author):
        return None
    authors, rest = [author], told[len(parts[0]) :]
    for part in parts[1:]:
        if not (rest.startswith(",") and _are_people(part, beside=author)):
            break
        authors.append(part)
        rest = rest.partition(part)[2]
    source = published = ""
    rest = rest.lstrip(" ,|•·–—-")
    for part in [*re.split(r"\s*[|•·]\s*", rest), *parts[len(authors) :]]:
        published = published or (part if parse_date(part) else "")
        if not (source or parse_date(part) or _ROLE.search(part) or any(map(str.isdigit, part))):
            source = re.sub(r"^for\s+", "", part)
    author = joined(name for told in authors for name in told.split(" and "))
    return Byline(author, source, published)


def _is_list(told: str) -> bool:
    """ "Ana Kos, Ben Lee and Cy Dorn"."""
    parts = told.split(", ")
    return len(parts) > 1 and " and " in f" {parts[-1]}" and _are_names(told.replace(",", ""))


def _are_people(part: str, beside: str) -> bool:
    """Is the part further authors, rather than the paper or the place of the one beside it?"""
    names = part.split(" and ")
    if part.isupper() != beside.isupper() or _NO_PERSON.search(part) or _ROLE.search(part):
        return False
    return all(2 <= len(name.split()) <= 4 and _are_names(name) for name in names)


def _are_names(words: str) -> bool:
    """Has each word a capital ("al-Khatib") or a place between those that have ("van der")?"""
    found = words.replace(",", " ").split()
    if not found or not (found[0][0].isupper() or found[0][0] == "@"):
        return False
    return all(any(map(str.isupper, word)) or word.lower() in _JOINING for word in found)


def credit(paragraph: str) -> str | None:
    """The reporters in "Reporting by Ana Kos; editing by Ben Lee", None for any other paragraph.

    "" when it names only those who edited or helped.
    """
    if _EDITING.fullmatch(paragraph):
        return ""
    match = _CREDIT.fullmatch(paragraph) if len(paragraph) <= 250 else None
    if not match:
        return None
    named = _PLACE_AFTER.sub("", match["author"].strip(" )]"))
    helped = re.match(r"\(?(additional|further)\b", paragraph, re.IGNORECASE)
    return ("" if helped else named) if _are_names(named) else None


def dateline(paragraph: str) -> tuple[str, str]:
    """Place and agency that the paragraph begins with ("TEHRAN, Iran (AP) — "), "" without."""
    for form in _DATELINES:
        if match := form.match(paragraph):
            return match["place"].strip(), match["agency"] or ""
    return "", ""
