"""Whether two names are of one organization or group.

Acronyms are not resolved ("UN", "United Nations"): many organizations share each of them.
"""

import re
from functools import lru_cache

from webapp import tables
from webapp.identity.readings import plain
from webapp.identity.verdict import Reason

_FOUND = tables.sections(__package__, "organizations.txt")
_LEGAL = tables.words(_FOUND["legal forms"])
_GENERIC = tables.words(_FOUND["generic"])
_INSIDE = re.compile(r"(?<=\w)[.'’](?=\w|\W|$)")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1 << 16)
def folded(name: str) -> str:
    """A name without case, accents, punctuation, "the" and legal forms; never empty."""
    text = plain(name.casefold()).replace("&", " and ")
    words = _WORD.findall(_INSIDE.sub("", text))
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    return " ".join(words) or name.strip()


def compare(one: str, other: str, *, one_country: bool) -> Reason:
    """`one_country`: the same country is known of both, which tells generic names apart."""
    if folded(one) != folded(other):
        return Reason.OTHER_NAME
    if not one_country and _GENERIC.issuperset(folded(one).split()):
        return Reason.MANY_BEAR
    return Reason.SAME_NAME if one == other else Reason.SPELLING
