"""The tables of countries, regions and towns: a form as people write it -> what it can mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from webapp import tables

_COLUMNS = ("name", "alias", "demonym", "capital")

_MUCH_LARGER = 10
"""Times that a city has the people of its namesakes abroad, when it alone is meant by the name."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a country: "Iraqi" is a demonym of IQ."""

    text: str
    code: str
    via: str


@dataclass(frozen=True, slots=True)
class Town:
    """A place of some name: the code of its country, its state ("US.KY") or "", and how many
    thousand people live there."""

    code: str
    region: str
    thousands: int


@cache
def forms() -> dict[str, tuple[Form, ...]]:
    """All forms of countries by their first word, the longest first."""
    table: dict[str, list[Form]] = {}
    for form in _all():
        table.setdefault(first_word(form.text), []).append(form)
    return {word: tuple(sorted(fs, key=lambda f: -len(f.text))) for word, fs in table.items()}


@cache
def short_names() -> dict[str, str]:
    """ISO 3166-1 alpha-2 code (and XK) -> English short name."""
    return {row[0]: row[1] for row in tables.rows(__package__, "countries.tsv")}


@cache
def _codes() -> dict[str, str]:
    named = {f.text.casefold(): f.code for f in _all() if f.via in {"name", "alias", "demonym"}}
    return named | {code.casefold(): code for code in short_names()}


def code_of(text: str) -> str:
    """The code of a country by code, name, alias or demonym in any case; "" when it is none."""
    return _codes().get(" ".join(text.casefold().split()), "")


@cache
def _cities() -> dict[str, str]:
    return {f.text: f.code for f in _all() if f.via in {"capital", "city"}}


@cache
def capitals() -> frozenset[str]:
    return frozenset(f.text for f in _all() if f.via == "capital")


def country_of_city(name: str) -> str:
    """The code of the country of a large city, "" when it is none, or other countries have a town
    of that name that is not much smaller."""
    code = _cities().get(name, "")
    there, abroad = (
        max((t.thousands for t in towns(name) if (t.code == code) is at_home), default=0)
        for at_home in (True, False)
    )
    return code if there >= abroad * _MUCH_LARGER else ""


@cache
def groups() -> frozenset[str]:
    """Demonyms that name people and end in s: "Iraqis"."""
    return frozenset(f.text for f in _all() if f.via == "demonym" and f.text.endswith("s"))


@cache
def places() -> frozenset[str]:
    """Forms that name a place rather than people."""
    return frozenset(f.text for f in _all() if f.via != "demonym")


@cache
def demonyms() -> frozenset[str]:
    return frozenset(f.text for f in _all() if f.via == "demonym")


@cache
def regions() -> dict[str, str]:
    """States, provinces and the like -> the code of the country, with the state where known."""
    return {
        form: code
        for code, listed in tables.rows(__package__, "regions.tsv")
        for form in listed.split("|")
    }


@cache
def _town_rows() -> dict[str, str]:
    return dict(tables.rows(__package__, "towns.tsv"))


def is_town(name: str) -> bool:
    return name in _town_rows()


def towns(name: str) -> tuple[Town, ...]:
    """The towns of a name, the largest first."""
    found = []
    for part in _town_rows().get(name, "").split():
        place, _, thousands = part.partition(":")
        code = place.partition(".")[0]
        found.append(Town(code, place if place != code else "", int(thousands)))
    return tuple(found)


def first_word(form: str) -> str:
    """Up to the first blank, hyphen, comma or apostrophe: what a form is looked up by."""
    for at, char in enumerate(form):
        if at and not (char.isalnum() or char == "."):
            return form[:at].rstrip(".")
    return form.rstrip(".")


def _all() -> Iterator[Form]:
    for code, *columns in tables.rows(__package__, "countries.tsv"):
        for via, listed in zip(_COLUMNS, columns, strict=True):
            yield from (Form(text, code, via) for text in listed.split("|") if text)
    for code, listed in tables.rows(__package__, "cities.tsv"):
        yield from (Form(text, code, "city") for text in listed.split("|"))
