"""A person's search text -> a small tree, and what in it was not understood.

    storm warning          both words          storm OR flood     either
    "storm warning"        the phrase          storm -flood       without (also NOT flood)
    warn*                  words that begin so (storm OR flood) rain
    speaker:kovac          in a field: title, speaker, country, source, date

Nothing that a person types can raise: mistakes become sentences in `Parsed.problems` and the
rest is searched. Only a text that is too long is refused, with BadQuery.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from webapp.errors import BadQuery

LONGEST = 300
MOST_TERMS = 16
DEEPEST = 10
SHORTEST_PREFIX = 3
FIELDS = ("title", "speaker", "country", "source", "date")


@dataclass(frozen=True, slots=True)
class Term:
    """One word; with `prefix` all words that begin so. `field` is "" for the whole article."""

    word: str
    field: str = ""
    prefix: bool = False

    def __str__(self) -> str:
        return _in_field(self.field, self.word + "*" * self.prefix)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other."""

    text: str
    field: str = ""

    def __str__(self) -> str:
        return _in_field(self.field, f'"{self.text}"')


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    child: "Query"

    def __str__(self) -> str:
        return f"-{_bracketed(self.child)}"


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
        return " OR ".join(str(c) if isinstance(c, Not) else _bracketed(c) for c in self.children)


Query = Term | Phrase | Not | And | Or


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree, None when nothing is left to search, and sentences about what was wrong."""

    query: Query | None
    problems: tuple[str, ...] = ()


def _in_field(name: str, text: str) -> str:
    return f"{name}:{text}" if name else text


def _bracketed(query: Query) -> str:
    return str(query) if isinstance(query, Term | Phrase) else f"({query})"


def parse(text: str) -> Parsed:
    """The search that `text` asks for. Raises BadQuery when it is longer than LONGEST."""
    if len(text) > LONGEST:
        raise BadQuery(
            f"The search is {len(text):,} characters long; {LONGEST} are read. Shorten it."
        )
    parser = _Parser(list(_tokens(text)))
    query = parser.either(0)
    return Parsed(query, tuple(dict.fromkeys(parser.problems)))


def leaves(query: Query | None) -> Iterator[Term | Phrase]:
    """The words and phrases that a hit can show: those that are not excluded."""
    match query:
        case Term() | Phrase():
            yield query
        case And() | Or():
            for child in query.children:
                yield from leaves(child)


class _Token(NamedTuple):
    kind: str  # "(", ")", "or", "and", "not", "phrase", "word"
    text: str = ""
    field: str = ""


_QUOTES = str.maketrans("“”„‟«»＂", '"""""""')
_TOKEN = re.compile(
    r"""(?P<bracket>[()])
      | (?P<minus>-)(?=[^\s-])
      | (?:(?P<field>[^\W\d_]+):)?(?:"(?P<phrase>[^"]*)(?P<closed>"?)|(?P<word>[^\s()"]+))""",
    re.VERBOSE,
)
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_OPERATORS = {"OR": "or", "AND": "and", "NOT": "not", "|": "or", "&": "and"}


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text.translate(_QUOTES)):
        if match["bracket"]:
            yield _Token(match["bracket"])
        elif match["minus"]:
            yield _Token("not")
        elif match["word"] is None:
            # An empty second group is a quotation mark that was never closed.
            yield _Token(
                "phrase" if match["closed"] else "open", match["phrase"], match["field"] or ""
            )
        elif not match["field"] and match["word"] in _OPERATORS:
            yield _Token(_OPERATORS[match["word"]])
        else:
            yield _Token("word", match["word"], match["field"] or "")


@dataclass
class _Parser:
    """Recursive descent: either -> all -> one. Wrong input adds a problem and goes on."""

    tokens: list[_Token]
    at: int = 0
    terms: int = 0
    problems: list[str] = field(default_factory=list)

    def either(self, depth: int) -> Query | None:
        found = [self.all(depth)]
        while self._take("or"):
            found.append(self.all(depth))
        if len(found) > 1 and None in found:
            self.problems.append(
                "OR needs a word on both sides; the side that is there was searched."
            )
        return _joined(Or, found)

    def all(self, depth: int) -> Query | None:
        found: list[Query | None] = []
        while self.at < len(self.tokens):
            kind = self.tokens[self.at].kind
            if kind == "or" or (kind == ")" and depth):
                break
            self.at += 1
            if kind == ")":
                self.problems.append("A closing bracket has no opening one; it was ignored.")
            elif kind != "and":
                found.append(self.one(depth))
        return _joined(And, found)

    def one(self, depth: int) -> Query | None:
        token = self.tokens[self.at - 1]
        if token.kind == "not":
            return self._negated(depth)
        if token.kind == "(":
            return self._group(depth)
        return self._leaf(token)

    def _negated(self, depth: int) -> Query | None:
        if self.at >= len(self.tokens) or self.tokens[self.at].kind in ("or", "and", ")"):
            self.problems.append("NOT needs a word after it; it was ignored.")
            return None
        self.at += 1
        child = self.one(depth)
        if isinstance(child, Not):
            return child.child
        return Not(child) if child else None

    def _group(self, depth: int) -> Query | None:
        if depth >= DEEPEST:
            self.problems.append(
                f"Brackets are nested deeper than {DEEPEST}; the inner ones were ignored."
            )
            return None
        inner = self.either(depth + 1)
        if not self._take(")"):
            self.problems.append("A bracket was not closed; it was read as closed at the end.")
        return inner

    def _leaf(self, token: _Token) -> Query | None:
        text, name = self._field(token)
        if token.kind == "open":
            self.problems.append("A quotation mark was not closed; the phrase was read to the end.")
        if not any(c.isalnum() for c in text):
            return None
        if name == "date" and not _DATE.fullmatch(text):
            self.problems.append("“date:” takes 2026, 2026-03 or 2026-03-14; it was ignored.")
            return None
        self.terms += len(text.split())
        if self.terms > MOST_TERMS:
            self.problems.append(f"Only the first {MOST_TERMS} words were searched.")
            return None
        if token.kind != "word":
            return Phrase(" ".join(text.split()), name)
        return self._word(text, name)

    def _field(self, token: _Token) -> tuple[str, str]:
        """The text and its field; what is no field of ours is an ordinary word."""
        name = token.field.lower()
        if not name or name in FIELDS:
            return token.text, name
        known = ", ".join(FIELDS)
        self.problems.append(
            f"“{token.field}:” is no field, so it was searched as a word. Fields are {known}."
        )
        return f"{token.field} {token.text}", ""

    def _word(self, text: str, name: str) -> Query:
        word = text.rstrip("*")
        if " " in word:
            return Phrase(word, name)
        if word == text:
            return Term(text, name)
        if sum(c.isalnum() for c in word) >= SHORTEST_PREFIX:
            return Term(word, name, prefix=True)
        self.problems.append(
            f"“{text}” begins too many words; give {SHORTEST_PREFIX} letters or more before the *. "
            f"The word itself was searched."
        )
        return Term(word, name)

    def _take(self, kind: str) -> bool:
        there = self.at < len(self.tokens) and self.tokens[self.at].kind == kind
        self.at += there
        return there


def _joined(kind: type[And] | type[Or], found: list[Query | None]) -> Query | None:
    children = tuple(child for child in found if child is not None)
    return kind(children) if len(children) > 1 else next(iter(children), None)
