"""Which word of a name is the surname, where it may be the first."""

import re

from webapp.identity import lexicon
from webapp.identity.readings import plain

# Syllables of Chinese and Korean, two at most, and one of Vietnamese; without tones.
_SYLLABLES = re.compile(
    r"(?:(?:[zcs]h|hs|t[sz]|[bpmfdtnlgkhjqxrzcswy])?[yw]?[aeiou]{1,3}(?:ng|[nmkptlh])?){1,2}"
    r"|(?:ngh?|nh|[gkpt]h|tr|qu|gi|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_MOST_SYLLABLES = 4


def is_asian(words: list[str]) -> bool:
    """Whether words in lower case can be a Chinese, Korean or Vietnamese name."""
    bare = [plain(word) for word in words]
    return (
        1 < len(bare) <= _MOST_SYLLABLES
        and not lexicon.ASIAN.isdisjoint({bare[0], bare[-1]})
        and all(_SYLLABLES.fullmatch(word) for word in bare)
    )


def is_reversible(words: list[str], *, asian: bool) -> bool:
    """Whether it can be told which word is the surname when the order is not known."""
    first, last = plain(words[0]), plain(words[-1])
    if not asian:
        return len(words) == 2 and _tells_surname(first, last)
    if len(words) > 2:
        return not lexicon.ASIAN.isdisjoint({first, last})
    surname, given = (first, last) if first in lexicon.ASIAN else (last, first)
    return given not in lexicon.ASIAN and surname not in lexicon.GIVEN_TOO


def _tells_surname(one: str, other: str) -> bool:
    """One of two words is a given name of a country where it stands last, the other is none."""
    given, surname = (one, other) if one in lexicon.SURNAME_FIRST else (other, one)
    if given not in lexicon.SURNAME_FIRST or surname in lexicon.SURNAME_FIRST:
        return False
    elsewhere = surname in lexicon.languages() or surname in lexicon.short_forms()
    return not elsewhere and not lexicon.is_iberian(surname)
