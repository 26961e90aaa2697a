"""Who is named: names -> entities, so that "Maliki" and "Nouri al-Maliki" are one person."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from webapp.annotation import lexicon
from webapp.annotation.casing import VERBAL
from webapp.annotation.names import Name
from webapp.model import Mention, Span

_PREFIX = re.compile(r"^(?:al|el|an|as|ash|ad|at|az|ar|ul)[-’'‑](?=\w)")
_ROLE = re.compile(
    r",\s+(?:(?:a|an|the|its|his|her|their)\s+)?([^\W\d_][^,;.:()“”\"\n]{2,90})(?=[,.;])"
)
_ROLE_BEFORE = re.compile(
    r"(?:\b(?:the|an?|its|his|her|their)|[’'](?:s\b)?)\s+([^\W\d_][\w\s-]{2,60}),\s+$"
)
_RELATIVE = re.compile(r"\s(?:who|whom|whose|which|that)\b")
_NO_ROLE = (
    lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS | lexicon.AUXILIARIES | lexicon.PRONOUNS
    | lexicon.SAYING | lexicon.ADVERBS | {"whose", "whom"}
)  # fmt: skip
_MOST_BEARERS = 50
"""Entities that may share a word; more are no article, and looking through them takes too long."""
_SOON = 5
"""Paragraphs within which a full name follows the first short one."""
_NEAR = 1
"""Paragraphs within which a full name decides which of two bearers a bare surname means."""


@dataclass(slots=True, eq=False)
class Entity:
    """A person or organisation with what the article tells of it."""

    words: tuple[str, ...]
    kind: str
    gender: str = ""
    roles: list[str] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    others: list[Mention] = field(default_factory=list)

    @property
    def name(self) -> str:
        return " ".join(self.words)

    @property
    def role(self) -> str:
        return max(self.roles, key=len, default="")

    def last_before(self, at: int) -> Name | None:
        """The last name before a place; `names` are in text order while this is asked."""
        number = bisect_left(self.names, at, key=_start)
        return self.names[number - 1] if number else None


def _start(name: Name) -> int:
    return name.span.start


def fold(word: str) -> str:
    """A word of a name for comparing: without case, accents and a leading "al-"."""
    plain = unicodedata.normalize("NFKD", word.casefold().strip('“”"'))
    return _PREFIX.sub("", "".join(c for c in plain if not unicodedata.combining(c)))


def slug(name: str) -> str:
    """Lower-case words joined by "-", ASCII where accents can be dropped; never empty."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))
    return "-".join(words) or "-".join(f"{ord(c):x}" for c in name) or "nobody"


def entities(
    text: str, found: Sequence[Name], described: Iterable[tuple[int, Span]] = ()
) -> list[Entity]:
    """The persons and organisations of an article in the order of their first full names.

    `described` are the numbers of names and what the parse says that their bearers are.
    """
    told: dict[Span, list[str]] = {}
    for number, span in described:
        told.setdefault(found[number].span, []).append(span.of(text))
    known: list[Entity] = []
    by_word: dict[str, list[Entity]] = {}
    for name in found:
        if len(name.words) > 1:
            _join(text, _find_full(name, by_word) or _add(name, known, by_word), name)
    for name in found:
        if len(name.words) == 1:
            _join(text, _find_short(name, by_word) or _add(name, known, by_word), name)
    for entity in known:
        entity.names.sort(key=_start)
        for name in entity.names:
            _describe(entity, told.get(name.span, ()))
    return known


def _describe(entity: Entity, told: Iterable[str]) -> None:
    """Keep what the parse says of a person, if it reads like a role."""
    for description in told:
        role = re.sub(
            r"^(?:an?|the|its|his|her|their|one)\s+", "", description, flags=re.IGNORECASE
        )
        if entity.kind == "person" and role and not any(role in known for known in entity.roles):
            entity.roles.append(role)
            entity.gender = entity.gender or _role_gender(role)


def _add(name: Name, known: list[Entity], by_word: dict[str, list[Entity]]) -> Entity:
    entity = Entity(name.words, name.kind)
    known.append(entity)
    for word in dict.fromkeys(map(fold, name.words)):
        bearers = by_word.setdefault(word, [])
        if len(bearers) < _MOST_BEARERS:
            bearers.append(entity)
    initials = "".join(w[0] for w in name.words if w[0].isupper())
    if len(initials) > 2 and name.kind == "organization":
        by_word.setdefault(fold(initials), []).append(entity)
    return entity


def _join(text: str, entity: Entity, name: Name) -> None:
    entity.names.append(name)
    if len(name.words) > len(entity.words) and name.kind == "person":
        entity.words = name.words
    if entity.name.isupper() and entity.name.casefold() == " ".join(name.words).casefold():
        entity.words = name.words  # the dateline shouts: "HANOI, Vietnam"
    if name.title:
        entity.kind = "person"
        if name.title.lower() not in lexicon.TITLES or lexicon.TITLES[name.title.lower()] == "":
            entity.roles.append(name.title)
    entity.gender = entity.gender or name.gender
    if entity.kind == "person" and len(name.words) > 1:
        for role in _roles_beside(text, name.span):
            entity.roles.append(role)
            entity.gender = entity.gender or _role_gender(role)


def _roles_beside(text: str, name: Span) -> Iterator[str]:
    """The roles between commas after a name ("…, the mayor of Ghent,") and before it."""
    after = _ROLE.match(text, name.end)
    if after and _is_role(after[1]):
        yield _RELATIVE.split(after[1])[0].strip()
    before = _ROLE_BEFORE.search(text, max(0, name.start - 100), name.start)
    if before and text.startswith(",", name.end) and _names_office(before[1]):
        yield before[1]


def _names_office(role: str) -> bool:
    """ "deputy mayor", "President of Chad", but not "day of the storm"."""
    words = role.lower().split()
    cut = next((at for at, word in enumerate(words) if word in lexicon.PREPOSITIONS), len(words))
    return cut > 0 and words[cut - 1] in lexicon.TITLES


def _is_role(words: str) -> bool:
    first, *rest = words.split()
    if not first.islower() or first in _NO_ROLE or first.endswith(("ing", "ly")):
        return False
    # "laughed when asked" tells what somebody did, "retired teacher" who he is.
    did = first in VERBAL or first.endswith("ed")
    goes_on = bool(rest) and rest[0] not in _NO_ROLE | lexicon.DETERMINERS
    return not did or (first.endswith("ed") and goes_on)


def _role_gender(words: str) -> str:
    return next((g for w in words.lower().split() if (g := lexicon.GENDERED.get(w))), "")


def _find_full(name: Name, by_word: dict[str, list[Entity]]) -> Entity | None:
    """A person known by the same first and last word, or an organisation by all words."""
    mine = [fold(w) for w in name.words]
    for entity in by_word.get(mine[-1], ()):
        theirs = [fold(w) for w in entity.words]
        if mine == theirs or theirs[-len(mine) :] == mine:
            return entity
        if (
            entity.kind == name.kind == "person"
            and mine[-1] == theirs[-1]
            and any(_same_given(mine[0], given) for given in _given(entity, theirs))
        ):
            return entity
    return None


def _given(entity: Entity, folded: Sequence[str]) -> list[str]:
    """The words that somebody can be called by: the first, and nicknames in quotation marks."""
    return [word for i, word in enumerate(folded) if i == 0 or entity.words[i][0] in '“"']


def _same_given(one: str, other: str) -> bool:
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    return long.startswith(short) and (len(short) >= 3 or short == long)


def _find_short(name: Name, by_word: dict[str, list[Entity]]) -> Entity | None:
    """The bearer of a surname: of two, the one named in full nearby, else the one named first."""
    word = fold(name.words[0])
    bearers = [e for e in by_word.get(word, ()) if _bears(e, word, name)]
    if not bearers:
        return None
    surnamed = [e for e in bearers if fold(e.words[-1]) == word] or bearers
    # Who is named in full only much later is somebody else of that name.
    soon = [e for e in surnamed if e.names[0].paragraph <= name.paragraph + _SOON]
    return _nearby(name, soon) or next(iter(soon), None)


def _bears(entity: Entity, word: str, name: Name) -> bool:
    if name.gender and entity.gender and name.gender != entity.gender:
        return False
    if entity.kind == "organization":
        return len(entity.words) == 1 or (name.kind == "organization" and name.words[0].isupper())
    return not name.title or fold(entity.words[-1]) == word or len(entity.words) > 1


def _nearby(name: Name, bearers: Iterable[Entity]) -> Entity | None:
    close = [
        (last.span.start, entity)
        for entity in bearers
        if (last := entity.last_before(name.span.start))
        and name.paragraph - last.paragraph <= _NEAR
    ]
    return max(close, key=lambda c: c[0])[1] if close else None


def mentions(entity: Entity) -> tuple[Mention, ...]:
    """All mentions in text order, none twice."""
    spans: dict[Span, Mention] = {n.span: Mention(n.span, "name") for n in entity.names}
    for mention in entity.others:
        spans.setdefault(mention.span, mention)
    return tuple(spans[s] for s in sorted(spans))
