"""Who wrote an article, and from where: bylines, credits at the end, datelines."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from webapp.importing.dates import parse_date

_BYLINE = re.compile(
    r"(?:(?:written|words|story|text|posted|interview) )?by:?\s+(?P<author>\w.{1,150})",
    re.IGNORECASE,
)
# In other languages two words at least: "Von Mäusen" and "Di Roma" name nobody.
_FOREIGN_BYLINE = re.compile(
    r"(?:Von|VON|Par|PAR|Por|POR|Di|DI)\s+(?P<author>\w[^|,]{3,100}?)"
    r"(?:,\s*(?P<place>[^|,]{2,40}))?(?P<rest>\s*\|.{2,60})?"
)
_BARE_BYLINE = re.compile(r"(?P<author>[^|]{3,80}?)\s*\|\s*(?P<rest>[^|]{2,60}(\|[^|]{2,60})?)")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_SEPARATOR = re.compile(
    r"\s*[|,•·]\s*|\s+[–—-]\s+|\s+for\s+(?=[A-Z])|\s+(?=(?:published|updated)\b)"
    # Not after a label, "Updated on: 3 March 2026".
    rf"|(?<!:)\s+(?:on\s+)?(?=(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH}),?\s\d{{4}}\b)",
    re.IGNORECASE,
)
_TO = re.compile(r"^(?:for|in|at|from|special to)\s+", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(writers?|correspondents?|reporters?|editors?|staff|columnists?|journalists?|analysts?"
    r"|bureau chief|agencies|correspondant[es]{0,2}|correspondance|rédaction|redaktion"
    r"|korrespondent(?:in)?|redacción|redazione|redação)\b|^in\s",
    re.IGNORECASE,
)
_DAY_OR_MONTH = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:january|february|march|april|may|june|july"
    r"|august|september|october|november|december|christmas|easter)$",
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
        |san|santa|cape|port|abu|tel|hong|buenos|rio|kuala|addis|sao|são|al|asharq|dar|phnom|panama
        |guatemala|mexico|cox|sky|politico|foreign|special|for)\b
    |\b(?:times|post|news(?:paper)?s?|journal|herald|tribune|review|ledger|courier|wires?|gazette
        |observer|guardian|telegraph|independent|mail|mirror|star|sun|express|chronicle|press
        |dispatch|records?|standard|bulletin|examiner|inquirer|register|sentinel|monitor|argus
        |echo|daily|weekly|today|network|radio|tv|television|broadcast\w*|services?|agency|agence
        |associated|media|online|magazine|reports?|world|globe|union|republic|nation|national
        |international|global|voices?|eye|watch|quill|insider|policy|affairs|bureau|desk|team
        |institute|university|foundation|presse?|zeitung|tageblatt|rundschau|allgemeine|nachrichten
        |kurier|anzeiger|welle|corriere|gazz?etta|giornale|mundo|monde|libération|noticias|diario
        |jornal|folha|correo|gazeta|jazeera|asia|africa|europe|america|city|town|angeles|francisco
        |minister|arabiya|york|bloomberg|reuters)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?", re.IGNORECASE)
_PLACE_AFTER = re.compile(r"\s+in\s+[A-Z][\w’' ]*?(?=,| and |$)")
_AND = re.compile(r"\s+(?:und|et|y|e)\s+", re.IGNORECASE)
_JOINING_WORDS = """
    and & de da di do dos del della der den von van la le el es al bin ibn wa y e of the und et du
    des
"""
_JOINING = frozenset(_JOINING_WORDS.split())
_CREDIT = re.compile(
    r"\(?(?:additional |further )?(?:reporting|report|writing|written|compiled) by "
    r"(?P<author>[^;.]{3,120})"
    # A sentence that goes on ("Report by Amnesty. It names China.") is none.
    r"(?:[;.]\s*(?:(?:additional |further )?(?:reporting|report|writing|written|compiled|editing"
    r"|edited|translated|translation) by [^;.]{3,80}|$)){0,4}[.)\s]*",
    re.IGNORECASE,
)
_CONTRIBUTION = re.compile(
    # Not "to this report", which the article may be about.
    r"(?P<author>[^.,;:]{3,100}) contributed (?:reporting(?: from [^.,;:]{3,40})?"
    r"|to this (?:story|article))\.?"
)
_EDITING = re.compile(r"\(?(?:edited|editing) by (?P<author>[^;.]{3,80})[.)\s]*", re.IGNORECASE)

_DAY = rf"(?:,\s(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?)?"
_REGION = rf"(?:,\s(?!{_MONTH}\s\d)[^\W\d_a-z][\w.'’ -]{{1,40}}?)?"
_AGENCY = r"[^\W\d_a-z][\w.&' -]{1,40}?"
_DASH = r"\s*(?:—|–|--|-)\s"
_CAPITAL = r"[^\W\d_a-z][\w.'’-]+"
_DATELINES = (
    # TEHRAN, Iran (AP) — ; TEHRAN, March 3 — ; ZAGREB/BELGRADE, 3 March (Meridian Wire) -
    re.compile(
        rf"(?P<city>[^\W\d_a-z](?:[^\W\d_a-z]|[.'’/ -]){{2,40}}(?<![ -]))"
        rf"(?P<region>{_REGION}){_DAY}"
        rf"(?:\s*[,(]\s*(?P<agency>{_AGENCY})\s*\))?{_DASH}"
    ),
    # Tehran (AP) — ; a place in small letters needs the agency beside it.
    re.compile(
        rf"(?P<city>{_CAPITAL}(?: {_CAPITAL}){{0,3}})(?P<region>{_REGION}){_DAY}"
        rf"\s*\(\s*(?P<agency>{_AGENCY})\s*\){_DASH}"
    ),
    re.compile(rf"(?P<city>)(?P<region>)\((?P<agency>{_AGENCY})\){_DASH}"),
)


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
    if match := _FOREIGN_BYLINE.fullmatch(line):
        persons = _AND.split(match["author"])
        place = match["place"] or persons[0]
        # "Von Ana Kos, Ben Lee und Cy Dorn" is left as it is.
        # "Von Trier Film Wins Palme" is a headline.
        short = all(sum(w.lower() not in _JOINING for w in one.split()) <= 3 for one in persons)
        named = short and all(map(_is_person, persons))
        known = named and _is_aside(place) and not _AND.search(place)
        return _byline(match["author"] + (match["rest"] or "")) if known else None
    match = _BARE_BYLINE.fullmatch(line)
    # Numbers make the row of a table.
    if match and _is_person(match["author"]) and all(map(_is_fact, match["rest"].split("|"))):
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
    # The line of a sentence that a stop ends further down: "By Sunday, Oman had agreed to".
    if not _are_names(author) or _DAY_OR_MONTH.match(author) or not all(map(_is_aside, parts[1:])):
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
            source = _TO.sub("", part)
    author = joined(name for told in authors for name in told.split(" and "))
    return Byline(author, source, published)


def _is_person(words: str) -> bool:
    return 2 <= len(words.split()) <= 6 and _are_names(words)


def _is_fact(part: str) -> bool:
    return bool(parse_date(part.strip()) or _CLOCK.fullmatch(part.strip()) or _are_names(part))


def _is_aside(part: str) -> bool:
    """Can it follow a name in a byline: a paper, a place, a role, a date, an address?"""
    words = part.split()
    short = len(words) <= 8 and any(
        _ROLE.search(word) or any(c.isdigit() or c == "@" for c in word) for word in words
    )
    return short or _is_fact(_TO.sub("", part))


def is_role(words: str) -> bool:
    """Is it what somebody does at a paper ("Transport Editor")?"""
    return _ROLE.search(words) is not None


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
    helper = _EDITING.fullmatch(paragraph) or _CONTRIBUTION.fullmatch(paragraph)
    if helper and _are_names(_PLACE_AFTER.sub("", helper["author"])):
        return ""
    match = _CREDIT.fullmatch(paragraph) if len(paragraph) <= 250 else None
    if not match:
        return None
    named = _PLACE_AFTER.sub("", match["author"].strip(" )]"))
    helped = re.match(r"\(?(additional|further)\b", paragraph, re.IGNORECASE)
    return ("" if helped else named) if _are_names(named) else None


def dateline(paragraph: str) -> tuple[str, str]:
    """Place and agency that the paragraph begins with ("TEHRAN, Iran (AP) — "), "" without.

    Only capitals tell a place, so scripts that have none have no datelines here.
    """
    in_capitals, beside_agency, agency_alone = (form.match(paragraph) for form in _DATELINES)
    if in_capitals and not in_capitals["city"].isupper():
        in_capitals = None
    if beside_agency and not all(word[0].isupper() for word in beside_agency["city"].split()):
        beside_agency = None
    match = in_capitals or beside_agency or agency_alone
    if match is None:
        return "", ""
    return (match["city"] + match["region"]).strip(), match["agency"] or ""
