"""Who is named: names -> entities, so that "Maliki" and "Nouri al-Maliki" are one person."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from webapp.annotation import lexicon
from webapp.annotation.names import Name
from webapp.model import Mention, Span

_PREFIX = re.compile(r"^(?:al|el|an|as|ash|ad|at|az|ar|ul)[-’'‑](?=\w)")
_ROLE = re.compile(
    r",\s+(?:(?:a|an|the|its|his|her|their)\s+)?([^\W\d_][^,;.:()“”\"\n]{2,90})(?=[,.;])"
)
_NO_ROLE = (
    lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS | lexicon.AUXILIARIES | lexicon.PRONOUNS
    | lexicon.SAYING | lexicon.ADVERBS | {"whose", "whom"}
)  # fmt: skip
_MOST_BEARERS = 50
"""Entities that may share a word; more are no article, and looking through them takes too long."""
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
    plain = unicodedata.normalize("NFKD", word.casefold())
    return _PREFIX.sub("", "".join(c for c in plain if not unicodedata.combining(c)))


def slug(name: str) -> str:
    """Lower-case words joined by "-", ASCII where accents can be dropped; never empty."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))
    return "-".join(words) or "-".join(f"{ord(c):x}" for c in name) or "nobody"


def entities(text: str, found: Sequence[Name]) -> list[Entity]:
    """The persons and organisations of an article in the order of their first full names."""
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
    return known


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
    if name.title:
        entity.kind = "person"
        if name.title.lower() not in lexicon.TITLES or lexicon.TITLES[name.title.lower()] == "":
            entity.roles.append(name.title)
    entity.gender = entity.gender or name.gender
    role = _ROLE.match(text, name.span.end) if len(name.words) > 1 else None
    if role and entity.kind == "person" and _is_role(role[1]):
        entity.roles.append(role[1].strip())
        entity.gender = entity.gender or _role_gender(role[1])


def _is_role(words: str) -> bool:
    first = words.split()[0]
    return first.islower() and first.lower() not in _NO_ROLE and not first.endswith(("ing", "ly"))


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
            and _same_given(mine[0], theirs[0])
        ):
            return entity
    return None


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
    return _nearby(name, surnamed) or surnamed[0]


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
