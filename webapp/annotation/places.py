"""What stands beside a place name and changes its meaning, out of `data/places.txt`."""

import re

from webapp import tables

_FOUND = tables.sections(__package__, "places.txt")

PREFIXES = tables.words(_FOUND["prefixes"])
NAMED_AFTER = tables.words(_FOUND["after"])
NAMED_OF = tables.words(_FOUND["of"])
PERSONAL = tables.words(_FOUND["personal"])
GIVEN = tables.words(_FOUND["given"])
DIRECTIONS = tables.words(_FOUND["directions"])
LANGUAGES = tables.words(_FOUND["languages"])
SPEAKING = tables.words(_FOUND["speaking"])
NEEDS_COUNTRY = tables.phrases(_FOUND["needs country"])
DOUBTFUL = NEEDS_COUNTRY | tables.phrases(_FOUND["doubtful"])
NO_TOWNS = tables.phrases(_FOUND["no towns"])
SEATS = tables.phrases(_FOUND["seats"])
TOWNLIKE = tables.words(_FOUND["townlike"])
LOCATIVE = tables.words(_FOUND["locative"])
LOCAL = tables.words(_FOUND["local"])
SUFFIXES = {
    form: frozenset(after.split())
    for form, _, after in (line.partition(": ") for line in _FOUND["suffixes"])
}

WORDS = frozenset({"US", "CAR"})
"""Forms that are common words in a line of capitals."""
SHORT_PEOPLE = frozenset({"Finn", "Dane", "Scot", "Brit", "Pole", "Swede", "Turk", "Lao"})
"""Peoples that persons are called by."""

INSTEAD = {"Congo": "CG", "Congolese": "CG", "Dominican": "DM", "Dominicans": "DM", "Korea": "KP"}
"""Where the article names only the second country otherwise, the form means that one."""

_AMERICAN = re.compile(
    r"\b(?:Atlanta|Savannah|Augusta|Macon|Marietta|Fulton County|Georgia Tech|Alabama|Florida"
    r"|University of Georgia|Tennessee|North Carolina|South Carolina|Mississippi|Ohio|Virginia"
    r"|Texas|Pennsylvania|Arizona|Nevada|Wisconsin|Michigan|Iowa|Ga\.|Republicans?|Democrats?)\b"
)
_CAUCASIAN = re.compile(
    r"\b(?:Tbilisi|Georgians|Abkhaz\w*|Ossetia\w*|Saakashvili|Ivanishvili|Margvelashvili|Caucasus"
    r"|Batumi|Armenia\w*|Azerbaijan\w*|Kutaisi|Gori|Russian?|Kremlin|Moscow|NATO)\b"
)


def georgia_is_a_state(text: str) -> bool:
    """Whether the text speaks more of the United States than of the Caucasus."""
    return len(_AMERICAN.findall(text)) > len(_CAUCASIAN.findall(text))
