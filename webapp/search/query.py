"""A person's search text -> a tree (`webapp.search.tree`), and what in it was not understood.

    storm warning          both words          storm OR flood, storm | flood   either
    storm -flood           without, also NOT   (storm OR flood) rain           brackets
    "storm warning"        the exact phrase    "storm warning"~5               within 5 words
    warn*                  words that begin so warning~                        one letter differs
    tariff /s china        in one sentence, /p in one paragraph; also same:sentence(tariff china)
    title:storm            in a field, also title:(storm OR flood), said:"a phrase"
    date:2016-03..2016-05  days, also 2016, 2016-03-14, 2016.., >=2016

Nothing that a person types can raise: mistakes become `Parsed.problems` and the rest is searched.
Only a text that is too long is refused, with BadQuery.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from webapp.errors import BadQuery
from webapp.search.lexer import DEEPEST, Problem, Token, read_dates, tokenize
from webapp.search.tree import (
    FARTHEST,
    KINDS,
    LONGEST,
    And,
    Near,
    Or,
    Phrase,
    Query,
    Same,
    Term,
    Unit,
    can_be_same,
    joined,
    negated,
)
from webapp.search.words import Word, words

__all__ = ["DEEPEST", "LONGEST", "MOST_TERMS", "SHORTEST_PREFIX", "Parsed", "Problem", "parse"]

MOST_TERMS = 32
SHORTEST_PREFIX = 3
SHORTEST_FUZZY = 4
MOST_PROBLEMS = 10


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree, None when nothing is left to search, and what was wrong, in the text's order."""

    query: Query | None
    problems: tuple[Problem, ...] = ()


def parse(text: str) -> Parsed:
    """The search that `text` asks for. Raises BadQuery when it is longer than LONGEST."""
    if len(text) > LONGEST:
        raise BadQuery(
            f"The search is {len(text):,} characters long; {LONGEST:,} are read. Shorten it."
        )
    problems: list[Problem] = []
    query = _Parser(tokenize(text, problems), problems).either()
    ordered = sorted(dict.fromkeys(problems), key=lambda problem: problem.at)
    return Parsed(query, tuple(ordered[:MOST_PROBLEMS]))


_UNITS: dict[str, Unit] = {"s": "sentence", "p": "paragraph"}
_OPERATORS = ("OR", "AND", "NOT")
_NUMBER = re.compile(r"(?:~\d+[\W_]*)+$")


@dataclass
class _Parser:
    """Recursive descent: either -> all -> together -> one -> part, loosest first."""

    tokens: Sequence[Token]
    problems: list[Problem]
    at: int = 0
    field: str = ""  # of the brackets around
    left: int = MOST_TERMS
    full: bool = False

    def either(self) -> Query | None:
        found = [self.all()]
        while token := self._take("or"):
            found.append(self.all())
            if None in found[-2:]:
                place = f"The OR at character {token.at + 1}"
                self._say(f"{place} needs words on both sides; what is there was searched.", token)
        return joined(Or, found)

    def all(self) -> Query | None:
        found: list[Query | None] = []
        while self.at < len(self.tokens) and self.tokens[self.at].kind not in ("or", ")"):
            if not self._take("and"):
                found.append(self.together())
        return joined(And, found)

    def together(self) -> Query | None:
        found = [self.one()]
        connectors = []
        while token := self._take("unit"):
            connectors.append(token)
            found.append(self.one())
        if not connectors:
            return found[0]
        if len({token.text for token in connectors}) > 1:
            place = f"The /{connectors[0].text} at character {connectors[0].at + 1}"
            self._say(f"{place} cannot be mixed with the other unit; AND was read.", connectors[0])
            return joined(And, found)
        return self._same(found, connectors[0], f"/{connectors[0].text}")

    def one(self) -> Query | None:
        first, negations = self._peek(), 0
        while self._take("not"):
            negations += 1
        child = self.part()
        if first and negations and child is None:
            self._say(f"The NOT at character {first.at + 1} needs a word; it was ignored.", first)
        return negated(child) if child and negations % 2 else child

    def part(self) -> Query | None:
        if token := self._take("(", "same"):
            return self._group(token)
        if token := self._take("word", "phrase"):
            return self._leaf(token)
        return None

    def _group(self, token: Token) -> Query | None:
        outer, self.field = self.field, token.field or self.field
        inner = self.either()
        self.at += 1  # the closing bracket, which is there
        self.field = outer
        if token.kind == "(":
            return inner
        parts = inner.children if isinstance(inner, And) else (inner,)
        return self._same(parts, token, "same:")

    def _same(self, found: Sequence[Query | None], token: Token, typed: str) -> Query | None:
        children = tuple(child for child in found if child)
        if can_be_same(children):
            return Same(children, _UNITS[token.text])
        if len(children) < 2:
            needs = "needs two words or more; what is there was searched"
        else:
            needs = "takes words and phrases of one field (title, text, said or none); AND was read"
        self._say(f"“{typed}” at character {token.at + 1} {needs}.", token)
        return joined(And, children)

    def _leaf(self, token: Token) -> Query | None:
        token = token._replace(field=token.field or self.field)
        found = list(words(token.text))
        if token.field == "date":
            # One word, however many numbers it has.
            return self._dates(token) if self._allowed(token, found[:1]) or not found else None
        found = self._allowed(token, found)
        if not found:
            return None
        if token.field == "kind":
            return self._kind(token, found)
        return self._phrase(token, found) if token.kind == "phrase" else self._word(token, found)

    def _allowed(self, token: Token, found: list[Word]) -> list[Word]:
        """As many of the words as the limit still leaves."""
        if len(found) > self.left:
            place = token.inside + found[self.left].start + 1
            self._say(
                f"Only the first {MOST_TERMS} words are searched; "
                f"those from character {place} on were left out.",
                token,
            )
            self.full = True
        found = found[: self.left]
        self.left -= len(found)
        return found

    def _word(self, token: Token, found: list[Word]) -> Query | None:
        start, end = found[0].start, found[-1].end
        word, behind = token.text[start:end], token.text[end:]
        place = f"at character {token.at + 1}"
        if "*" in word:
            self._say(f"“{word}” {place} was left out: a * can only end a word.", token)
            return None
        if "*" in token.text[:start]:
            self._say(f"The * before “{word}” {place} was left out: it can only end a word.", token)
        if number := _NUMBER.search(word):
            if number[0] != "~1":
                self._say(f"What follows the ~ of “{word}” {place} was left out.", token)
            found = list(words(word[: number.start()]))
            word, behind = word[: found[-1].end], "~"
        if word in _OPERATORS and not token.field:
            word = word.lower()  # OR* is no operator, and what is left of it must print as none
        mark = next((c for c in behind if c in "*~"), "")
        least = SHORTEST_PREFIX if mark == "*" else SHORTEST_FUZZY
        if mark and (len(found) > 1 or sum(map(str.isalnum, word)) < least):
            needs = f"one word of {least} letters or more"
            self._say(f"The {mark} behind “{word}” {place} needs {needs}; it was left out.", token)
            mark = ""
        return Term(word, token.field, prefix=mark == "*", fuzzy=mark == "~")

    def _phrase(self, token: Token, found: list[Word]) -> Query:
        text = " ".join(token.text[found[0].start : found[-1].end].split())
        place = f"at character {token.at + 1}"
        if "*" in token.text:
            self._say(f"The * in the phrase {place} was left out: phrases are exact.", token)
        if not token.distance:
            return Phrase(text, token.field)
        if len(found) < 2:
            self._say(
                f"“~{token.distance}” {place} needs two words or more; it was left out.", token
            )
            return Phrase(text, token.field)
        # Three words can be no nearer than two apart.
        least = min(len(found) - 1, FARTHEST)
        distance = min(max(int(token.distance), least), FARTHEST)
        if distance != int(token.distance):
            self._say(
                f"The distance of the phrase {place} must be {least} to {FARTHEST}; "
                f"it was read as {distance}.",
                token,
            )
        return Near(text, distance, token.field)

    def _dates(self, token: Token) -> Query | None:
        try:
            return read_dates(token.text.strip(" ,;"))
        except ValueError as error:
            place = f"“date:{token.text}” at character {token.at + 1}"
            self._say(f"{place} was left out: {error}.", token)
            return None

    def _kind(self, token: Token, found: list[Word]) -> Query | None:
        kind = token.text[found[0].start : found[-1].end].lower()
        if kind in KINDS:
            return Term(kind, "kind")
        place = f"“kind:{token.text}” at character {token.at + 1}"
        self._say(f"{place} was left out: kinds are {', '.join(KINDS)}.", token)
        return None

    def _say(self, sentence: str, token: Token) -> None:
        # Beyond the limit words are missing everywhere, which is no mistake of the person.
        if not self.full:
            self.problems.append(Problem(sentence, token.at))

    def _peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self, *kinds: str) -> Token | None:
        token = self._peek()
        if token is None or token.kind not in kinds:
            return None
        self.at += 1
        return token
