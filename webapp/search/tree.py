"""What a search asks for, as a tree: its nodes, how they print, and their JSON.

A tree prints as a text that parses to the same tree (`webapp.search.query`), so a search can be
kept in an address. JSON is for programs: {"and": [{"word": "storm"}, {"not": {"phrase": "a b"}}]}.
"""

import datetime as dt
import re
import reprlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from webapp.errors import BadInput

LONGEST = 2000
"""Code points of a search, typed or printed."""

FIELDS = (
    *("title", "text", "speaker", "country", "source", "author", "date"),
    *("said", "by", "about", "lang", "kind"),
)
KINDS = ("direct", "mixed", "indirect")
FARTHEST = 20
"""Words that the words of a Near may be apart."""

Unit = Literal["sentence", "paragraph"]

_SAME_FIELDS = ("", "text", "title", "said")
_DEEPEST_JSON = 50  # what DEEPEST brackets can make has less; deeper ones could exhaust the stack
_JSON_WORD = re.compile(r'[^\W_](?:[^\s()"|*]*[^\W_]\.?)?')
_JSON_PHRASE = re.compile(r'[^"]*[^\W_][^"]*')


@dataclass(frozen=True, slots=True)
class Term:
    """One word and its other forms; with `prefix` all words that begin so, with `fuzzy` those
    that differ by one letter, never both. `field` is "" for the whole article.
    """

    word: str
    field: str = ""
    prefix: bool = False
    fuzzy: bool = False

    def __str__(self) -> str:
        return _in_field(self.field, self.word + "*" * self.prefix + "~" * self.fuzzy)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, in exactly these forms."""

    text: str
    field: str = ""

    def __str__(self) -> str:
        return _in_field(self.field, f'"{self.text}"')


@dataclass(frozen=True, slots=True)
class Near:
    """Two or more words in any order, none further than `distance` words from another."""

    text: str
    distance: int
    field: str = ""

    def __str__(self) -> str:
        return _in_field(self.field, f'"{self.text}"~{self.distance}')


@dataclass(frozen=True, slots=True)
class Same:
    """All of two or more in one sentence or paragraph; see `can_be_same` for what these may be."""

    children: tuple["Query", ...]
    unit: Unit

    def __str__(self) -> str:
        return f" /{self.unit[0]} ".join(map(_bracketed, self.children))


@dataclass(frozen=True, slots=True)
class Dates:
    """Days from `first` to `last`, both included; None is open. ValueError when no day is in it."""

    first: dt.date | None
    last: dt.date | None

    def __post_init__(self) -> None:
        if self.first is None and self.last is None:
            raise ValueError("a day, month or year is needed")
        if self.first and self.last and self.first > self.last:
            raise ValueError("its first day comes after its last")

    def __str__(self) -> str:
        first = self.first.isoformat() if self.first else ""
        last = self.last.isoformat() if self.last else ""
        return f"date:{first}" if first == last else f"date:{first}..{last}"


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    child: "Query"

    def __str__(self) -> str:
        inner = f"({self.child})" if isinstance(self.child, Same) else _bracketed(self.child)
        return f"-{inner}"


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more."""

    children: tuple["Query", ...]

    def __str__(self) -> str:
        return " ".join(str(c) if isinstance(c, Not) else _bracketed(c) for c in self.children)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more."""

    children: tuple["Query", ...]

    def __str__(self) -> str:
        # No brackets around AND, which binds tighter: with them a tree could print deeper than
        # it was typed, and too deep to be read again.
        return " OR ".join(map(str, self.children))


Query = Term | Phrase | Near | Same | Dates | Not | And | Or
Leaf = Term | Phrase | Near


def _in_field(name: str, text: str) -> str:
    return f"{name}:{text}" if name else text


def _bracketed(query: Query) -> str:
    return f"({query})" if isinstance(query, And | Or) else str(query)


def joined(kind: type[And] | type[Or], parts: Iterable[Query | None]) -> Query | None:
    """The parts that are there under one And or Or: no And in an And, none around one alone."""
    children: list[Query] = []
    for part in parts:
        if isinstance(part, kind):
            children.extend(part.children)
        elif part is not None:
            children.append(part)
    return kind(tuple(children)) if len(children) > 1 else next(iter(children), None)


def negated(query: Query) -> Query:
    return query.child if isinstance(query, Not) else Not(query)


def can_be_same(children: Sequence[Query]) -> bool:
    """Whether these can be in a Same: two or more words, phrases, or ORs of them, in one field."""
    leaves_of = [c.children if isinstance(c, Or) else (c,) for c in children]
    fields = {c.field if isinstance(c, Term | Phrase) else None for some in leaves_of for c in some}
    return len(children) > 1 and len(fields) == 1 and fields <= {*_SAME_FIELDS}


def leaves(query: Query | None) -> Iterator[Leaf]:
    """The words and phrases that a hit can show: those that are not excluded."""
    match query:
        case Term() | Phrase() | Near():
            yield query
        case And() | Or() | Same():
            for child in query.children:
                yield from leaves(child)


def without(query: Query, leaf: Query) -> Query | None:
    """The query with each part that equals `leaf` taken out; None when nothing is left."""
    if query == leaf:
        return None
    match query:
        case Not():
            child = without(query.child, leaf)
            return None if child is None else negated(child)
        case And() | Or():
            return joined(type(query), (without(child, leaf) for child in query.children))
        case Same():
            left = tuple(c for c in (without(child, leaf) for child in query.children) if c)
            return Same(left, query.unit) if len(left) > 1 else next(iter(left), None)
    return query


def replaced(query: Query, leaf: Query, other: Query) -> Query:
    """The query with `other` in place of each part that equals `leaf`."""
    if query == leaf:
        return other
    match query:
        case Not():
            return negated(replaced(query.child, leaf, other))
        case And() | Or():
            parts = [replaced(child, leaf, other) for child in query.children]
            return joined(type(query), parts) or other
        case Same():
            return Same(tuple(replaced(c, leaf, other) for c in query.children), query.unit)
    return query


def to_json(query: Query) -> dict[str, Any]:
    """The query as what json.dumps takes; `from_json` reads it."""
    match query:
        case Term():
            marks = {"prefix": query.prefix, "fuzzy": query.fuzzy}
            return _leaf_json(query, {"word": query.word} | {k: v for k, v in marks.items() if v})
        case Phrase():
            return _leaf_json(query, {"phrase": query.text})
        case Near():
            return _leaf_json(query, {"near": query.text, "distance": query.distance})
        case Dates():
            days = {"first": query.first, "last": query.last}
            return {"dates": {name: day.isoformat() for name, day in days.items() if day}}
        case Not():
            return {"not": to_json(query.child)}
        case Same():
            return {"same": [to_json(child) for child in query.children], "unit": query.unit}
        case And() | Or():
            name = "and" if isinstance(query, And) else "or"
            return {name: [to_json(child) for child in query.children]}


def _leaf_json(leaf: Leaf, made: dict[str, Any]) -> dict[str, Any]:
    return made | ({"field": leaf.field} if leaf.field else {})


def from_json(value: object) -> Query:
    """The query that `to_json` gave. Raises BadInput for a value that is none, or one too large."""
    query = _read(value, 0)
    if len(str(query)) > LONGEST:
        raise BadInput(f"The search is longer than {LONGEST:,} characters. Shorten it.")
    return query


def _read(value: Any, depth: int) -> Query:
    try:
        if depth < _DEEPEST_JSON and (found := _node(value, depth)):
            return found
    except (TypeError, ValueError):
        pass  # what a date or a node is not made of
    raise BadInput(f"This is no search, or none of its parts: {reprlib.repr(value)}.")


def _node(value: Any, depth: int) -> Query | None:
    """The node of this JSON object; None, TypeError or ValueError when it is none."""
    match value:
        case {"word": str(word), **rest} if _JSON_WORD.fullmatch(word):
            return _leaf(Term, rest, word)
        case {"phrase": str(text), **rest} if _JSON_PHRASE.fullmatch(text):
            return _leaf(Phrase, rest, text)
        case {"near": str(text), "distance": int(far), **rest} if _JSON_PHRASE.fullmatch(text):
            return _leaf(Near, rest, text, far) if 1 <= far <= FARTHEST else None
        case {"dates": dict(days), **rest} if not rest and days.keys() <= {"first", "last"}:
            return Dates(_day(days.get("first")), _day(days.get("last")))
        case {"not": child, **rest} if not rest:
            return negated(_read(child, depth + 1))
        case {"same": [*some], "unit": unit, **rest} if not rest and unit in get_args(Unit):
            children = tuple(_read(child, depth + 1) for child in some)
            return Same(children, unit) if can_be_same(children) else None
        case {"and": [_, _, *_] as some, **rest} if not rest:
            return joined(And, [_read(child, depth + 1) for child in some])
        case {"or": [_, _, *_] as some, **rest} if not rest:
            return joined(Or, [_read(child, depth + 1) for child in some])
    return None


def _leaf(kind: Callable[..., Leaf], rest: Any, *values: str | int) -> Leaf | None:
    """The leaf when the rest of its object is right, too: a dataclass takes anything."""
    leaf = kind(*values, **rest)
    marks = (leaf.prefix, leaf.fuzzy) if isinstance(leaf, Term) else ()
    if any(type(mark) is not bool for mark in marks) or marks == (True, True):
        return None
    return leaf if leaf.field in ("", *FIELDS) and leaf.field != "date" else None


def _day(value: Any) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(value)
