"""Names: text -> chunks of capitalised words that name a person or an organisation.

There is no model behind it: a chunk is what capital letters, particles and titles make of it.
Names in title-case lines are not read.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from webapp.annotation import lexicon
from webapp.annotation.casing import POSSESSIVE, VERBAL, Case, headline, name_like, opens
from webapp.annotation.gazetteer import demonyms, groups, places, regions, towns
from webapp.annotation.pipeline import Named
from webapp.annotation.words import Token
from webapp.model import Span

_INSIDE = {"of", "&"}
_BODIES = {
    "alliance", "association", "campaign", "center", "centre", "coalition", "commission",
    "committee", "council", "department", "foundation", "fund", "health", "institute",
    "ministry", "network", "office", "organization", "society", "union",
}  # fmt: skip
"""Words after which the name of an organisation goes on with "for", "on" or "and"."""
_MOST_WORDS = 7
_LARGE = 200
"""Thousands of people from which a town's name is rather the town than a person."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name at a place: `span` and `words` without the title, which is kept as it stands."""

    span: Span
    words: tuple[str, ...]
    title: str
    kind: str
    gender: str
    paragraph: int


def names(
    text: str,
    lines: Sequence[Sequence[Token]],
    named: Sequence[Named] = (),
    tags: Mapping[int, str] = MappingProxyType({}),
) -> list[Name]:
    """The names of a text in its order, in quotations too, but not in title-case headlines.

    `lines` are the tokens of its paragraphs; `named` is what the model takes for names, which has
    a say in what kind each is; `tags` are its tags of words with capitals, by where they start.
    """
    case = Case(lines, tags, {name.span.start for name in named})
    persons = {name.span for name in named if name.label == "PERSON"}
    read = [
        name
        for number, line in enumerate(lines)
        if not headline(line, number == 0 and len(lines) > 1)
        for chunk in _chunks(line, case)
        if (name := _name(text, line, chunk, number, persons)) is not None
    ]
    votes = _votes(read, named)
    return [replace(name, kind=_voted(name, votes[name.words])) for name in read]


def _is_place(name: str) -> bool:
    large = any(town.thousands >= _LARGE for town in towns(name))
    return large or name in places() or name in regions()


def _votes(read: Sequence[Name], named: Sequence[Named]) -> dict[tuple[str, ...], Counter[str]]:
    """For each name how often the model takes it for a person, an organisation or a place."""
    starts = [name.span.start for name in named]
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for name in read:
        votes[name.words][""] += 1
        at = bisect_right(starts, name.span.start)
        for other in named[max(0, at - 1) : at + 1]:
            if other.span.overlaps(name.span):
                votes[name.words][other.label] += 1
                break
    return votes


def _voted(name: Name, votes: Counter[str]) -> str:
    """The kind of a name by capital letters, corrected where the model is of one mind."""
    if name.title or name.gender or name.kind == "group":
        return name.kind
    # One place alone is no proof: rare names of people are taken for places.
    place = votes["LOC"] if votes["LOC"] > 1 or votes["ORG"] else 0
    person, other = votes["PERSON"], votes["ORG"] + place
    known = {word.lower() for word in name.words} & lexicon.ORGANIZATION
    placed = _is_place(" ".join(name.words))
    if name.kind == "person":
        other_only = other > 0 and not person and (len(name.words) > 1 or other > 1)
        placed_here = placed and votes["ORG"] + votes["LOC"] > 0
        return "organization" if other_only or placed_here else "person"
    if name.kind == "organization" and person > other and not known and not placed:
        return "person"
    return name.kind


def _chunks(line: Sequence[Token], case: Case) -> Iterator[tuple[int, int]]:
    """Token ranges of names, titles included."""
    at = 0
    while at < len(line):
        if not _can_start(line, at, case):
            at += 1
            continue
        end = _chunk_end(line, at)
        yield at, end
        at = end


def _can_start(line: Sequence[Token], at: int, case: Case) -> bool:
    token = line[at]
    if not name_like(token) or token.low in lexicon.NOT_A_NAME - {"mr.", "mrs.", "ms.", "dr."}:
        return False
    return not opens(line, at) or not case.ordinary(line, at)


def _chunk_end(line: Sequence[Token], start: int) -> int:
    end = start + 1
    while end < len(line) and not POSSESSIVE.search(line[end - 1].text):
        if _league(line, end):
            end += 2
        elif _nickname(line, end):
            end += 3
        elif name_like(line[end]) and line[end].low not in {"i", "i'm", "i'll", "i've"}:
            end += 1
        elif line[end].low in lexicon.PARTICLES | _INSIDE and _continues(line, end):
            end += 2 if name_like(line[end + 1]) else 3
        elif _organization_goes_on(line, end):
            end += 2 + (line[end + 1].low in {"a", "the"})
        else:
            break
    return end


def _league(line: Sequence[Token], at: int) -> bool:
    """ "the Workers' League": an apostrophe inside the name of an organisation."""
    after = line[at + 1] if at + 1 < len(line) else None
    plural = line[at].text in "’'" and line[at - 1].low.endswith("s")
    return plural and after is not None and after.capital and after.low in lexicon.ORGANIZATION


def _nickname(line: Sequence[Token], at: int) -> bool:
    """ "Robert “Bobby” Scott"."""
    after = line[at : at + 4]
    return (
        len(after) == 4
        and after[0].text in '“"'
        and after[2].text in '”"'
        and after[1].capital
        and name_like(after[3])
    )


def _organization_goes_on(line: Sequence[Token], at: int) -> bool:
    """ "Committee for a …", "Department of Health and …"."""
    if line[at].low not in {"for", "on", "and", "to"} or line[at - 1].low not in _BODIES:
        return False
    after = [t for t in line[at + 1 : at + 3] if t.low not in {"a", "the"}]
    return bool(after) and after[0].capital and after[0].low not in lexicon.NOT_A_NAME


def _continues(line: Sequence[Token], at: int) -> bool:
    """Whether a capitalised word follows a particle, or two particles ("van der Berg")."""
    after = line[at + 1 : at + 3]
    if after and name_like(after[0]):
        return True
    return len(after) == 2 and after[0].low in lexicon.PARTICLES | {"the"} and name_like(after[1])


def _name(
    text: str, line: Sequence[Token], chunk: tuple[int, int], number: int, persons: set[Span]
) -> Name | None:
    start, end = chunk
    first = _title_end(line, start, end)
    of = next((i for i in range(first + 1, end) if line[i].low == "of"), end)
    person = Span(line[first].start, line[of - 1].end) in persons
    if first > start or lexicon.gender_of(line[first].text) or person:
        end = of  # "Jo Ray of Ghent" is a person and a place; "Bank of England" one name
    words = text[line[first].start : line[end - 1].end].split()
    words[-1] = POSSESSIVE.sub("", words[-1])
    last = line[end - 1]
    span = Span(line[first].start, last.end - len(last.text) + len(POSSESSIVE.sub("", last.text)))
    if not words[-1] or (len(words) == 1 and len(words[0]) < 2) or line[first].low == "of":
        return None  # "the President of Chad" is a role
    lead = _lower_title(line, start) if first == start else start
    title = text[line[lead].start : line[first - 1].end] if lead < first else ""
    kind = _kind(line, start, words, title)
    if not title and _adjective(words):
        return None
    return Name(span, tuple(words), title, kind, _gender(title, words, kind), number)


def _adjective(words: Sequence[str]) -> bool:
    """ "Iraqi", "Republican", "Islamic" before a noun: no name in itself."""
    if len(words) > 1:
        return False
    return words[0] in demonyms() - groups() or words[0].lower() in lexicon.ADJECTIVES


def _title_end(line: Sequence[Token], start: int, end: int) -> int:
    """Where the title ends and the name starts: "Iraqi Vice President | Nouri al-Maliki"."""
    first = start
    if line[end - 1].low in lexicon.ORGANIZATION - lexicon.TITLES.keys():
        return start
    for at in range(start, end - 1):
        if line[at].low in lexicon.TITLES:
            first = at + 1
    if first > start and line[first].low == "of" and first + 2 < end:
        first += 2 + (line[first + 1].low == "homeland")
    return first


def _lower_title(line: Sequence[Token], start: int) -> int:
    """The token at which a lower-case title before the name starts ("party spokesman | Jo Ray")."""
    at = start
    while at > 0 and start - at < 5 and line[at - 1].word:
        low = line[at - 1].low
        if at == start and low not in lexicon.TITLES:
            return start
        if low in lexicon.DETERMINERS | lexicon.PREPOSITIONS | lexicon.NOT_A_NAME - {"first"}:
            break
        told = line[at - 1].capital or low in lexicon.TITLES
        # One lower-case word may stand between: "Republican presidential nominee".
        between = at == start - 1 and not (low in VERBAL or low.endswith(("ed", "ing", "ly")))
        if not (told or between):
            break
        at -= 1
    return at


def _kind(line: Sequence[Token], start: int, words: Sequence[str], title: str) -> str:
    lows = [w.lower() for w in words]
    if title:
        return "person"
    if " ".join(words) in groups() or lows[-1] in lexicon.GROUPS:
        return "group"
    if " ".join(words) in places() or " ".join(words) in regions():
        return "organization"
    if any(low in lexicon.ORGANIZATION for low in lows) or len(words) > _MOST_WORDS:
        return "organization"
    if len(words) == 1 and len(words[0]) > 1 and words[0].isupper():
        return "organization"
    if "of" in lows or "&" in lows or words[0][0] in "@#":
        return "organization"
    if start and line[start - 1].low == "the" and not lexicon.gender_of(words[0]):
        return "organization"
    if len(words) > 3 and not any(low in lexicon.PARTICLES or len(low) < 3 for low in lows):
        return "organization"
    return "person"


def _gender(title: str, words: Sequence[str], kind: str) -> str:
    for word in reversed(title.lower().split()):
        if lexicon.TITLES.get(word) or lexicon.GENDERED.get(word):
            return lexicon.TITLES.get(word) or lexicon.GENDERED[word]
    return lexicon.gender_of(words[0]) if kind == "person" and len(words) > 1 else ""
