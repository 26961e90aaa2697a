"""The words that names are made of, out of `data/names.txt`, where each list says what it is."""

from functools import cache

from webapp import tables
from webapp.identity.readings import plain

_FOUND = tables.sections(__package__, "names.txt")


def _words(section: str) -> frozenset[str]:
    return tables.words(_FOUND[section])


TITLES = _words("titles")
STYLES = _words("styles") | _words("burmese")
AFTER = _words("after")
GENERATIONS = {form: line.split()[0] for line in _FOUND["generations"] for form in line.split()}
ARTICLES = _words("articles")
CHILD_OF = _words("child of")
PARTICLES = _words("particles")
LOOSE = _words("loose particles")
NAMES_TOO = _words("names first of all")
SERVANT_OF = _words("servant of")
OF_FAITH = _words("of the faith")
MANY_BEAR = _words("surnames many bear")
ASIAN = _words("asian surnames")
GIVEN_TOO = _words("asian surnames that are given too")
SURNAME_FIRST = _words("given in asia and hungary")
ENGLISH = _words("english forms")
SHARED = _words("short forms of several names")
_IBERIAN = _words("given in iberia")


def is_iberian(word: str) -> bool:
    """Whether a word is a given name of Spanish or Portuguese."""
    return plain(word) in _IBERIAN


@cache
def languages() -> dict[str, frozenset[str]]:
    """A given name -> its forms in other languages."""
    found: dict[str, frozenset[str]] = {}
    for line in _FOUND["one name in several languages"]:
        for word in line.split():
            found[word] = found.get(word, frozenset()) | frozenset(line.split())
    return found


@cache
def short_forms() -> dict[str, frozenset[str]]:
    """A given name -> the short forms that it goes by."""
    lines = (line.partition(": ") for line in _FOUND["short forms"])
    return {name: frozenset(forms.split()) for name, _, forms in lines}
