"""What roles tell of identity: offices, fields of life, countries and places, he or she.

Limits: a role is a few words of one article, and often not the whole truth. People change office
and field (`[careers]` in `data/roles.txt` has the usual moves), work abroad, and are described by
what they did that day. So a conflict of roles keeps two bearers of one name apart, at the price of
some who are one; roles without known words tell nothing; and two of one name of whom an article
gives no role are taken for one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from webapp import tables
from webapp.identity.verdict import Reason

_FOUND = tables.sections(__package__, "roles.txt")
_FIELDS = (
    "politics", "science", "arts", "sport", "military", "business", "religion", "law", "medicine",
    "media", "everyday",
)  # fmt: skip


def _fields() -> dict[str, frozenset[str]]:
    """Each office with the fields that it belongs to."""
    found: dict[str, frozenset[str]] = {}
    for field in _FIELDS:
        for word in tables.words(_FOUND[field]):
            found[word] = found.get(word, frozenset()) | {field}
    return found


_FIELD_OF = _fields()
_HEADS = tables.words(_FOUND["heads"])
_LOCAL = tables.words(_FOUND["local"])
_GENERIC = tables.words(_FOUND["generic"])
_HE = tables.words(_FOUND["he"])
_SHE = tables.words(_FOUND["she"])
_INSTEAD = dict(line.split(": ") for line in _FOUND["instead"])
_PAST = frozenset({"former", "retired", "onetime", "ex", "turned"})
_CAREERS = frozenset(frozenset(line.split()) for line in _FOUND["careers"])

_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_POSSESSIVE = re.compile(r"[’']s?\b")
_INSIDE = re.compile(r"\b(" + "|".join(map(re.escape, _INSTEAD)) + r")\b", re.IGNORECASE)
_RELATION = re.compile(r"\s(?:of|to|at|in|for|with|from|who|on)\s", re.IGNORECASE)
_ABROAD = re.compile(r"\s(?:to|for|on|with|about|against)\s", re.IGNORECASE)
"""What a country behind these is to somebody is another matter: "envoy to Iraq"."""
_ELSEWHERE = re.compile(rf"{_ABROAD.pattern}|\s(?:in|at|near)\s", re.IGNORECASE)
"""And of a city: "buyer in Nouadhibou"."""
_LONGEST_COUNTRY = 4
_SHORTEST_WORD = 4
_WORDS_COUNTED = 2


Find = Callable[[str], str]
"""Words -> the ISO 3166-1 alpha-2 code of a country, or ""."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a role tells. `text` is all of it in lower case, `nations` are ISO codes, `homes` too
    and where none is named those of cities, `places` the words with capitals that are no office,
    party or nation, `words` all that tell something."""

    text: str = ""
    offices: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    nations: frozenset[str] = frozenset()
    homes: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    genders: frozenset[str] = frozenset()

    @property
    def past(self) -> bool:
        """Whether it is said to be over, so that any other may follow: "former boxer"."""
        return not _PAST.isdisjoint(self.text.split())

    @property
    def told(self) -> bool:
        return bool(self.fields or self.nations or self.words)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two roles have in common, in points, or the reason why two persons bear them. `kindred`
    are two with points, or in one field."""

    points: int = 0
    kindred: bool = False
    conflict: Reason | None = None


def no_country(_: str) -> str:
    """For callers without a table of countries or cities."""
    return ""


def tells(title: str) -> bool:
    """Whether a title in lower case tells an office, he or she."""
    return title in _FIELD_OF or title in _HE or title in _SHE


@lru_cache(maxsize=1 << 14)
def read(role: str, code_of: Find = no_country, city_of: Find = no_country) -> Role:
    """What a role tells. `code_of` gives the ISO code of a country by name or demonym, `city_of` by
    one of its cities, or ""."""
    role = _POSSESSIVE.sub("", role.replace(".", ""))
    role = _INSIDE.sub(lambda found: _INSTEAD[found[1].lower()], role)
    words = _WORD.findall(role)
    own, home = (len(_WORD.findall(end.split(f" {role}")[0])) for end in (_ABROAD, _ELSEWHERE))
    _, national = _nations(words, code_of)
    nations, _ = _nations(words[:own], code_of)
    telling = [word for word in words if word not in national and word.lower() not in _GENERIC]
    offices = frozenset(low for word in telling if (low := word.lower()) in _FIELD_OF)
    rest = [word for word in telling if word.lower() not in offices]
    return Role(
        " ".join(words).lower(),
        offices,
        frozenset().union(*(_FIELD_OF.get(word.lower(), ()) for word in words)),
        nations,
        nations or _nations(words[:home], city_of)[0],
        frozenset(word.lower() for word in rest if word[0].isupper()),
        frozenset(w.lower() for w in rest if len(w) >= _SHORTEST_WORD or w[0].isupper()),
        _genders(role),
    )


def likeness(one: Role, other: Role, *, frequent: bool) -> Likeness:
    """How much two roles agree. Of a `frequent` name every difference is a conflict."""
    if conflict := _conflict(one, other, frequent=frequent):
        return Likeness(conflict=conflict)
    offices = one.offices & other.offices
    points = len(offices) + len(offices & _HEADS)
    points += min(len(one.words & other.words), _WORDS_COUNTED)
    # A country, or the whole role word for word, adds to what is shared and is nothing alone.
    points += bool(points and one.nations & other.nations)
    points += bool(offices and one.text == other.text and " " in one.text)
    kindred = bool(points or one.fields & other.fields)
    if frequent and not kindred and one.told and other.told:
        return Likeness(conflict=Reason.COMMON)
    return Likeness(points, kindred)


def _conflict(one: Role, other: Role, *, frequent: bool) -> Reason | None:
    if one.genders and other.genders and not one.genders & other.genders:
        return Reason.OTHER_GENDER
    if one.homes and other.homes and not one.homes & other.homes:
        return Reason.OTHER_COUNTRY
    if one.fields and other.fields and not _compatible(one, other, frequent):
        return Reason.OTHER_FIELD
    local = one.offices & other.offices & _LOCAL
    if local and one.places and other.places and not one.places & other.places:
        return Reason.OTHER_PLACE
    if frequent and one.words and other.words and not one.nations & other.nations:
        return None if one.words & other.words else Reason.COMMON
    return None


def _compatible(one: Role, other: Role, frequent: bool) -> bool:
    if one.fields & other.fields:
        return True
    if frequent:
        return False
    moves = any(frozenset({f, g}) in _CAREERS for f in one.fields for g in other.fields)
    return moves or one.past or other.past


def _nations(words: list[str], code_of: Find) -> tuple[frozenset[str], set[str]]:
    """The codes of the countries that are named, and the words that name them."""
    codes, naming, at = set(), set(), 0
    while at < len(words):
        for size in range(min(_LONGEST_COUNTRY, len(words) - at), 0, -1):
            run = words[at : at + size]
            if _may_be_country(run) and (code := code_of(" ".join(run))):
                codes.add(code)
                naming |= set(run)
                break
        at += size
    return frozenset(codes), naming


def _may_be_country(run: list[str]) -> bool:
    """Two letters are a title more often than a code: "PM", "MP"."""
    return run[0][0].isupper() and (len(run) > 1 or len(run[0]) > 2 or run[0] in {"US", "UK"})


def _genders(role: str) -> frozenset[str]:
    head = set(_RELATION.split(f" {role.lower()} ")[0].split())
    return frozenset({"he"} if head & _HE else ()) | frozenset({"she"} if head & _SHE else ())
