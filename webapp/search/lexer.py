"""A person's search text -> its tokens: words, phrases, operators, and brackets in pairs.

What is wrong at this level (a mark not closed, a field that we do not have) becomes a Problem.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from webapp.search.tree import FIELDS, Dates

DEEPEST = 10
"""Brackets that may be nested."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong, where, and what was done; `at` is a code-point offset into the text."""

    sentence: str
    at: int

    def __str__(self) -> str:
        return self.sentence


class Token(NamedTuple):
    """`at` is where it begins in the search text, `inside` where `text` or the bracket does."""

    kind: str  # "(", ")", "or", "and", "not", "unit", "same", "phrase", "word"
    at: int
    text: str = ""
    field: str = ""
    distance: str = ""
    inside: int = 0


# One character for one, so that places stay places: quotation marks, and full-width ASCII.
_PLAIN = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, "“”„‟«»‹›「」『』｢｣〝〞〟＂"), ord('"')
)
_TOKEN = re.compile(
    r"""(?P<close>\)) | (?P<bar>\|+)
      | /(?P<unit>[sp])(?![^\s()"|])
      | (?P<minus>-)(?=(?:[^-\w\s()"|]|_)*(?:[^\W_]|["(]))
      | (?P<before>(?:[^\w\s()"|]|_)*)
        (?: same:(?P<same>s|p|sentence|paragraph)\(
          | (?:(?!https?:)(?P<field>[^\W\d_]+):)?
            (?: (?P<open>\()
              | "(?P<phrase>[^"]*)(?P<closed>"?)(?:~(?P<distance>\d+))?
              | (?P<word>[^\s()"|]+)))""",
    re.VERBOSE | re.IGNORECASE,
)
_DAYS = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_OPERATORS = {"OR": "or", "AND": "and", "NOT": "not"}


def tokenize(text: str, problems: list[Problem]) -> list[Token]:
    """The tokens of the text; to `problems` is added what was wrong."""
    return list(_balanced(_known(text, problems), problems))


def _known(text: str, problems: list[Problem]) -> Iterator[Token]:
    for match in _TOKEN.finditer(text.translate(_PLAIN)):
        token = _token(match, problems)
        if token.text.endswith(":") and token.text[:-1].lower() in FIELDS:
            place = f"“{token.text}” at character {token.at + 1}"
            sentence = f"{place} needs a word right behind it; it was left out."
            problems.append(Problem(sentence, token.at))
        elif not token.field or token.field.lower() in FIELDS:
            yield token._replace(field=token.field.lower())
        else:
            yield from _without_field(token, problems)


def _token(match: re.Match[str], problems: list[Problem]) -> Token:
    at, name = match.start(), match["field"] or ""
    if match["close"]:
        return Token(")", at, inside=at)
    if match["bar"] or match["minus"]:
        return Token("or" if match["bar"] else "not", at)
    if unit := match["unit"] or match["same"]:
        # casefold: ignoring case, a pattern takes the long ſ for an s, too.
        kind = "unit" if match["unit"] else "same"
        return Token(kind, at, unit[0].casefold(), inside=match.end() - 1)
    if match["open"]:
        return Token("(", at, field=name, inside=match.end() - 1)
    if match["word"] is None:
        if not match["closed"]:
            sentence = f"The quotation mark at character {match.start('phrase')} was not closed"
            problems.append(Problem(f"{sentence}; the phrase was read to the end.", at))
        inside, distance = match.start("phrase"), match["distance"] or ""
        return Token("phrase", at, match["phrase"], name, distance, inside)
    if match[0] in _OPERATORS:
        return Token(_OPERATORS[match[0]], at)
    # What stands before a word counts only for its *, as in *storm.
    text = match["word"] if name else match[0]
    return Token("word", at, text, name, inside=match.end() - len(text))


def _without_field(token: Token, problems: list[Problem]) -> Iterator[Token]:
    """A token whose field we do not have: `weather:storm` as (weather storm)."""
    done = "left out" if token.kind == "(" else "searched as a word"
    sentence = f"“{token.field}:” at character {token.at + 1} is no field and was {done}"
    problems.append(Problem(f"{sentence}; the fields are {', '.join(FIELDS)}.", token.at))
    if token.kind == "(":
        yield token._replace(field="")
        return
    yield Token("(", token.at, inside=token.at)
    yield Token("word", token.at, token.field, inside=token.at)
    # All plain words: weather:title:storm, too, whose rest would print as a field.
    start = token.inside
    for part in token.text.split(":") if token.kind == "word" else [token.text]:
        yield token._replace(text=part, field="", inside=start)
        start += len(part) + 1
    yield Token(")", token.at)


def _balanced(tokens: Iterable[Token], problems: list[Problem]) -> Iterator[Token]:
    """The tokens with their brackets in pairs, and none nested deeper than DEEPEST."""
    opened: list[Token] = []
    for token in tokens:
        place = f"The bracket at character {token.inside + 1}"
        if token.kind in ("(", "same"):
            opened.append(token)
            if len(opened) > DEEPEST:
                sentence = f"{place} is nested deeper than {DEEPEST}; it was ignored."
                problems.append(Problem(sentence, token.inside))
                continue
        elif token.kind == ")":
            if not opened:
                sentence = f"{place} closes none that is open; it was ignored."
                problems.append(Problem(sentence, token.inside))
                continue
            opened.pop()
            if len(opened) >= DEEPEST:
                continue
        yield token
    for token in opened[:DEEPEST]:
        sentence = f"The bracket at character {token.inside + 1} was not closed"
        problems.append(Problem(f"{sentence}; it was read as closed at the end.", token.inside))
        yield Token(")", token.at)


def read_dates(text: str) -> Dates:
    """The days of 2016, 2016-03, 2016-03-14, a..b, >=a or <=b. ValueError says what is wrong."""
    if text.startswith((">=", "<=")):
        first, last = _days(text[2:])
        return Dates(first, None) if text[0] == ">" else Dates(None, last)
    start, dots, end = text.partition("..")
    if not dots:
        return Dates(*_days(text))
    return Dates(_days(start)[0] if start else None, _days(end)[1] if end else None)


def _days(text: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of a year, a month or a day."""
    match = _DAYS.fullmatch(text)
    if not match:
        raise ValueError("dates look like 2016, 2016-03, 2016-03-14 or 2016-03..2016-05")
    year, month, day = match.groups()
    first = dt.date(int(year), int(month or 1), int(day or 1))
    if day:
        return first, first
    end = int(month or 12)
    return first, dt.date(first.year, end, monthrange(first.year, end)[1])
