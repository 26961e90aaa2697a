"""The words that the rules know, out of `data/lexicon.txt`, where each list says what it is for."""

from collections.abc import Iterable, Iterator
from functools import cache

from webapp import tables

_FOUND = tables.sections(__package__, "lexicon.txt")
_IRREGULAR = {line.split()[0]: line.split()[1:] for line in _FOUND["irregular"]}


def _words(name: str) -> frozenset[str]:
    return tables.words(_FOUND[name])


def _verbs(name: str) -> frozenset[str]:
    """All forms of the verbs of a section."""
    return frozenset(form for verb in _words(name) for form in _forms(verb))


def _forms(verb: str) -> Iterator[str]:
    yield verb
    if verb in _IRREGULAR:
        yield from _IRREGULAR[verb]
    elif verb.endswith("e"):
        yield from (verb + "s", verb + "d", verb[:-1] + "ing")
    elif verb[-1] == "y" and verb[-2] not in "aeou":
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    else:
        sibilant = verb.endswith(("s", "sh", "ch", "x", "z"))
        yield from (verb + ("es" if sibilant else "s"), verb + "ed", verb + "ing")


def _genders(section: str, known: Iterable[str]) -> dict[str, str]:
    """Words with the gender they tell: "m", "f" or "" for either."""
    marks = {"he": "m", "she": "f", "any": ""}
    return {word: marks[who] for who in known for word in _words(f"{section}: {who}")}


SAYING = _verbs("saying")
CLAUSE_VERBS = _words("reporting") | _words("clauses too")
TO_VERBS = _words("to do")
OBJECT_VERBS = _words("objects")
NAMING_VERBS = _words("naming")
PHRASE_VERBS = tables.phrases(_FOUND["phrases"])
SETTINGS = _words("settings")
LABELS = tables.phrases(_FOUND["labels"])
SAYING_NOUNS = _words("saying nouns")
REPORTING = _verbs("reporting")
NEEDS_THAT = _verbs("needs that")
TO_DO = _verbs("to do")
LABELLING = _verbs("labelling")
TO_SOMEBODY = _verbs("to do with an object")
LABELLING_PLAINLY = _verbs("labelling plainly")
PLAIN_VERBS = _words("plain verbs")
NOUNS_TOO = _words("nouns too")
FINITE_ONLY = _words("verbs alone")
AUXILIARIES = _words("auxiliaries")
ADVERBS = _words("adverbs")
PREPOSITIONS = _words("prepositions")
CONJUNCTIONS = frozenset({"and", "but", "or", "yet", "nor"})
PRONOUNS = _words("pronouns")
DETERMINERS = _words("determiners")
TITLES = _genders("titles", ("he", "she", "any"))
GENDERED = _genders("roles", ("he", "she"))
ORGANIZATION = _words("organization")
NOT_A_NAME = _words("not a name")
PARTICLES = _words("particles")
ADJECTIVES = _words("adjectives")
GROUPS = _words("groups")
BODIES = _words("bodies")
EPITHETS = _genders("epithets", ("he", "she", "any"))
SPOKESPERSONS = _words("spokespersons")
PARTIES = tuple(frozenset(line.split()) for line in _FOUND["parties"])


@cache
def _lemmas() -> dict[str, str]:
    verbs = _words("saying") | CLAUSE_VERBS | TO_VERBS | OBJECT_VERBS | NAMING_VERBS
    verbs |= {phrase.split()[0] for phrase in PHRASE_VERBS}
    return {form: verb for verb in sorted(verbs) for form in _forms(verb)}


def lemma(form: str) -> str:
    """The bare form of a verb that can report speech, or ""."""
    return _lemmas().get(form, "")


def singular(noun: str) -> str:
    return noun.removesuffix("s")


@cache
def _given_names() -> dict[str, str]:
    found = tables.sections(__package__, "given_names.txt")
    male, female = tables.words(found["male"]), tables.words(found["female"])
    return dict.fromkeys(male - female, "m") | dict.fromkeys(female - male, "f")


def gender_of(given: str) -> str:
    """m, f or "" (unknown, or a name that both bear)."""
    return _given_names().get(given.lower(), "")
