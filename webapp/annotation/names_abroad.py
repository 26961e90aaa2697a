"""What countries, their capitals and some large cities are called in other languages: CLDR's names
by way of Babel, and what news says beside them.

Cities are those that CLDR names time zones after. Babel is loaded when an article in another
language is annotated.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from webapp import tables
from webapp.annotation.declension import declines
from webapp.annotation.gazetteer import capitals, country_of_city, short_names

_LOCALES = {
    "es": ("es", "es_419"),
    "no": ("no", "nb"),
    "pt": ("pt", "pt_PT"),
    "sr": ("sr", "sr_Latn"),
    "tl": ("fil",),
    "wuu": ("zh", "zh_Hant"),
    "zh": ("zh", "zh_Hant", "zh_Hant_HK"),
}
"""CLDR's locales of a language that is written in several ways, or called otherwise there."""
_FEWEST = 100
"""Names that make a list of countries; of a few languages CLDR has next to none."""
_EVERY, _CAREFUL, _NEVER = "*", "~", "-"
"""Signs of our table."""
_NOTE = re.compile(r"\s*(?:[(（][^()（）]*[)）]|[,،].*)$")
""" "Hongkong (China)", "Macau, RAE da China": what follows the name."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a country in some language: `code` is "" for what is none, but holds the name of
    one; a `careful` one is a common word too."""

    text: str
    code: str
    via: str = "alias"
    careful: bool = False


@cache
def names(language: str) -> tuple[Name, ...]:
    """The names of countries in a language (ISO 639-1), () where no list of them is known.

    The first call for a language reads it, which takes up to a third of a second.
    """
    told = list(_told(language))
    if len(told) < _FEWEST:
        return ()
    ours: dict[str, set[str]] = {}
    for code, listed in _rows("names_abroad.tsv", language):
        for form in listed.split("|"):
            ours.setdefault(form, set()).add(code)
    meant: dict[str, dict[str, str]] = {}
    for form, code, via in told:
        if not ours.get(form, {_CAREFUL}) - {_CAREFUL}:
            meant.setdefault(form, {}).setdefault(code, via)
    for form, codes in ours.items():
        for code in codes - {_CAREFUL}:
            meant.setdefault(form, {})[code.replace(_NEVER, "")] = "alias"
    return tuple(
        Name(form, code, via, _CAREFUL in ours.get(form, ()))
        for form, codes in meant.items()
        if len(codes) == 1  # "Congo" is two countries
        for code, via in codes.items()
    )


def _told(language: str) -> Iterator[tuple[str, str, str]]:
    """CLDR's names, and other capitals: form, code of the country and `via`."""
    from babel import Locale, UnknownLocaleError  # a quarter of a second

    for locale in _LOCALES.get(language, (language,)):
        try:
            known = Locale.parse(locale)
        except (UnknownLocaleError, ValueError):
            continue
        for code, name in known.territories.items():
            if code in short_names():
                yield from ((form, code, "name") for form in _readings(name))
        for code, listed in _rows("cldr_other_names.tsv", locale):
            if code in short_names():
                for name in listed.split("|"):
                    yield from ((form, code, "alias") for form in _readings(name))
        for zone, (city, code) in _zones().items():
            # A city without a name in the locale is called as in English there, but for its cases.
            via = "capital" if city in capitals() else "city"
            spare = city if via == "capital" and declines(language) else ""
            if own := known.time_zones.get(zone, {}).get("city", spare):
                yield from ((form, code, via) for form in _readings(own))
    for code, listed in _rows("capitals_abroad.tsv", language):
        yield from ((form, code, "capital") for form in listed.split("|"))


@cache
def _zones() -> dict[str, tuple[str, str]]:
    """Time zones that are named after a large city: its English name, the code of its country."""
    from babel.core import get_global

    named = (
        (zone, zone.rpartition("/")[2].replace("_", " "), code)
        for zone, code in get_global("zone_territories").items()
    )
    return {zone: (city, code) for zone, city, code in named if country_of_city(city) == code}


def _readings(name: str) -> set[str]:
    return {name, _NOTE.sub("", name)}


def _rows(file: str, language: str) -> Iterator[tuple[str, str]]:
    for listed, code, forms in tables.rows(__package__, file):
        if listed in {language, _EVERY}:
            yield code, forms
