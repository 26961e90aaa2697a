"""What can be asked of the API: parameters, each with what it may be."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from webapp.errors import BadInput
from webapp.views.asking import day_of
from webapp.views.schemas import Schema, number, text

MOST = 100
"""Entries of one page."""

LAST_PAGE = 1_000_000
LONGEST_VALUE = 2_000
"""Characters: as long as a search can be."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """`schema` says what one value may be; with `several` there can be more, and any will do.
    `place` is query or path."""

    name: str
    schema: Schema
    several: bool = False
    place: str = "query"

    @property
    def told(self) -> str:
        told: str = self.schema["description"]
        return told

    @property
    def limits(self) -> str:
        """What a value may be, and what it is when it is not given, as a person reads it."""
        match self.schema:
            case {"enum": choices}:
                may_be = f"One of {', '.join(map(str, choices))}"
            case {"minimum": least, "maximum": most} if most <= MOST:
                may_be = f"{least} to {most}"
            case _:
                may_be = ""
        default = f"{self.schema['default']} by default" if "default" in self.schema else ""
        told = (may_be, default, "several" if self.several else "")
        return "; ".join(filter(None, told))

    def described(self) -> Schema:
        """The parameter as OpenAPI has it."""
        one = {key: value for key, value in self.schema.items() if key != "description"}
        return {
            "name": self.name,
            "in": self.place,
            "required": self.place == "path",
            "description": self.told,
            "schema": {"type": "array", "items": one} if self.several else one,
        }

    def problem(self, value: str) -> str:
        """What is wrong with a value, "" when nothing is."""
        match self.schema:
            case {"enum": choices}:
                is_one, wanted = (
                    value in map(str, choices),
                    f"one of {', '.join(map(str, choices))}",
                )
            case {"type": "integer", "minimum": least, "maximum": most}:
                is_one, wanted = _is_within(value, least, most), f"a number from {least} to {most}"
            case {"format": "date"}:
                is_one, wanted = str(day_of(value)) == value, "a day such as 2026-03-14"
            case _:
                is_one, wanted = (
                    len(value) <= LONGEST_VALUE,
                    f"at most {LONGEST_VALUE:,} characters",
                )
        return "" if is_one else f"“{value[:40]}” is not {wanted}"


def _is_within(value: str, least: int, most: int) -> bool:
    is_number = value.isascii() and value.isdecimal() and len(value) <= len(str(most))
    return is_number and least <= int(value) <= most


def checked(parameters: Iterable[Parameter], values: MultiDict[str, str]) -> None:
    """Raises BadInput with what is wrong with the values, when something is."""
    known = {parameter.name: parameter for parameter in parameters if parameter.place == "query"}
    if problems := list(_problems(known, values)):
        raise BadInput(". ".join(problems) + ".")


def _problems(known: Mapping[str, Parameter], values: MultiDict[str, str]) -> Iterator[str]:
    for name, given in values.lists():
        if (parameter := known.get(name)) is None:
            yield f"There is no parameter “{name[:40]}” here, but {', '.join(known) or 'none'}"
        elif len(given) > 1 and not parameter.several:
            yield f"“{name}” was given more than once"
        else:
            told = (parameter.problem(value) for value in given)
            yield from (f"{name}: {problem}" for problem in told if problem)


PAGES = (
    Parameter("page", number("Which page, from 1.", minimum=1, maximum=LAST_PAGE, default=1)),
    Parameter("per_page", number("How many on a page.", minimum=1, maximum=MOST, default=20)),
)
Q = Parameter("q", text("Words, in the language of the search box (see the help page)."))
SORT = Parameter(
    "sort", text("Without q always by date.", enum=["relevance", "date"], default="relevance")
)
ID = Parameter("id", number("The number.", minimum=1, maximum=2**31 - 1), place="path")
SLUG = Parameter("id", text("The short name of the speaker, such as anna-kovac."), place="path")
CODE = Parameter("code", text("The code of the country, such as IQ."), place="path")

_KIND = Parameter(
    "kind", text("How it is quoted.", enum=["direct", "mixed", "indirect"]), several=True
)
_SOURCE = Parameter("source", text("The publisher, as the articles have it."), several=True)
_YEAR = Parameter("year", number("The year of publication.", minimum=1, maximum=9998), several=True)
_LIMITS = (
    Parameter("since", text("Published on this day or later.", format="date")),
    Parameter("until", text("Published on this day or earlier.", format="date")),
    Parameter(
        "confidence",
        number("How sure the speaker is at least, in per cent.", minimum=0, maximum=100),
    ),
)
_FIRST = Parameter(
    "first",
    number("The number of the first quote of one wording.", minimum=1, maximum=2**31 - 1),
    several=True,
)
_STORY = Parameter(
    "story", number("The number of a story.", minimum=1, maximum=2**31 - 1), several=True
)


def _excluding(parameters: Iterable[Parameter]) -> Iterator[Parameter]:
    """The same with what is not wanted."""
    for one in parameters:
        told = one.schema | {"description": f"Leaves out what {one.name} would find."}
        yield replace(one, name=f"not-{one.name}", schema=told)


_OF_QUOTES = (
    Parameter("by", text("The short name of who says it, such as anna-kovac."), several=True),
    Parameter("about", text("The code of a country that it names, such as IQ."), several=True),
    _SOURCE,
    _YEAR,
    _KIND,
)
_OF_ARTICLES = (
    Parameter("speaker", text("The short name of somebody who speaks in it."), several=True),
    Parameter("country", text("The code of a country that it names."), several=True),
    _SOURCE,
    _YEAR,
    _KIND,
)
QUOTES = (Q, *_OF_QUOTES, _FIRST, _STORY, *_LIMITS, *_excluding(_OF_QUOTES))
ARTICLES = (
    Q,
    *_OF_ARTICLES,
    _STORY,
    *_LIMITS,
    *_excluding(_OF_ARTICLES),
    Parameter(
        "versions",
        text(
            "all: each article, else the best of each story.", enum=["all", "best"], default="best"
        ),
    ),
)
