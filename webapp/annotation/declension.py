"""How a name changes in a text: is a word of a text that word of a name, declined or not?

Snowball's stemmers (Porter 2001) bring the forms of a word together, and other words with them:
what an ending of the language cannot make is refused again. Tried on the 60,000 most frequent words
of each language; in doubt a name is not found.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import takewhile

_SNOWBALL = {
    "bs": "serbian", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "et": "estonian", "eu": "basque", "fi": "finnish", "hr": "serbian", "hy": "armenian",
    "lt": "lithuanian", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
}  # fmt: skip
"""Languages that decline names; of others the words of a name are compared as they are."""
_CASES = {
    "be": "[аеёіоуыэюяйь]|[аяоеі]й|ою|ею|[ая]мі|[ая]х|[аоя]ў|[аяое]м",
    "hu": "i|[oe]n|[aeou]?t|b[ae]n?|[brt]ol|r[ae]|n[ae]k|[a-z]?[ae]l|h[oe]z|ert|ig",
    "lv": "[aeiouāēīū][sm]?|š",
    "sk": "[aeiouyáéíóúý]|ou|ej|[aáoýí]m|[aáoýí]ch|[aý]mi|ov",
    "sl": "[aeiou]|ih|[aeio]m|[aeo]mi|ah|oma|ega|emu",
    "uk": "[аеєиіїоуюяйь]|[аяо]ми|[аяо]х|ою|єю|ею|ією|[оеє]м|ів|[ая]м|ої|ій",
}
"""Endings of languages for which Snowball has no rules, or rules that need the accents."""
_GENITIVE = frozenset({"da", "de", "lb", "nn", "no", "sv"})
"""Languages whose names take an s: “Österreichs”."""
_DECLINES_FEW = _GENITIVE | {"nl"}
"""Languages whose names of one word take no other ending."""
_SLAVIC = frozenset({"be", "bs", "cs", "hr", "pl", "ru", "sk", "sl", "sr", "uk"})
_NOUN = re.compile(
    "[aeiouyąęíůěаеиоуыюяіїєьй]?|i[ei]|ou|oj|i?em|[aáeoů]m|[aáeí]ch|[ae]mi|o[wv]i|ów"
    "|[еоє][йјю]|[аеоєя]м|[ая]х|[ая]ми|[еоі]в|[ое]ві"
)
_ADJECTIVE = re.compile(
    "[aeiouyąęáéíóúýůаеиоуыюяіїє]*(?:j|m|c?h|m[aiu]|[gh]o|[wv]|[йјмхв]|м[аиу]|го)?"
)
"""The endings of Slavic names of one word, and of the words of longer names."""
_ENDINGS = {
    "el": re.compile("[συ]?|ων"),
    "hu": re.compile(f"{_CASES['hu']}|"),
    "lt": re.compile("[aąoeęuėiy]?|os|oje?|ai|ės|ėje|ei|i[ou]|i?ui|as|us|yje|uose|ų|ams"),
    "lv": re.compile("[aāeēiīuūo]?[smj]?|iem|iju"),
    "ro": re.compile("ei|u?l(?:ui)?|"),
} | dict.fromkeys(_SLAVIC, _NOUN)
"""The endings of names of one word, after what they have in common with the name."""
_LONGEST_ENDING = 5
"""Letters, where the endings are not listed."""
_WHOLE = frozenset({"et", "eu", "fi", "hu", "hy"})
"""Languages that add to a name and change nothing in it."""
_UNDECLINED = re.compile("(?:[aoаоuу][oо]|[aoао][uу]|[oо][aа])$")
""" "Samoa", "Macau"."""
_PLURAL = "yыиі"
"""Names that end so can lose it: “Филиппин”."""
_SHORT = 4
"""Letters; a shorter name is much else but for its last letter: "Mali", “Малые”."""
_PLAIN = frozenset({"el", "hu"})
"""Languages in which an accent is no part of a name: “ΗΠΑ”, “Kínában”."""
_FIRST_PLAIN = frozenset({"ca", "es", "fr", "gl", "it", "oc", "pt"})
"""Languages in which a capital can go without its accent: “Etats-Unis”."""
_DOTLESS = frozenset({"az", "tr"})
_PREFIXES = {"ar": re.compile("[وف]?[بلك]?"), "he": re.compile("ו?[בלמהשכ]{0,2}")}
"""Words that are written as one with the next."""
_LETTERS = str.maketrans(
    {"ё": "е", "ş": "ș", "ţ": "ț", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ي": "ی", "ى": "ی",
     "ك": "ک", "ۀ": "ه", "ة": "ه"}
)  # fmt: skip
"""Letters that are written in several ways."""
_POINTS = re.compile("[\u064b-\u065f\u0670\u0640]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_VOWELS = "aeiouyąęáéíóúýăâîāēīūäöõüjаеиоуыэюяйіїєўјαεηιουω"


def key(word: str, language: str) -> str:
    """A word as it is compared: without case, and in one way of writing."""
    if language in _DOTLESS:
        word = word.replace("İ", "i").replace("I", "ı")
    word = unicodedata.normalize("NFC", word).casefold().translate(_LETTERS)
    word = _POINTS.sub("", word)
    if language in _PLAIN:
        return _plain(word)
    return _plain(word[:1]) + word[1:] if language in _FIRST_PLAIN else word


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", word)))


def stems(key: str, language: str) -> frozenset[str]:
    """What two forms of a word share one of: a name's own stem can be longer than theirs."""
    stem = _stemmer(language)
    if stem is None:
        return frozenset({key})
    short = ((word.rstrip(_VOWELS), word) for word in (stem(key), key))
    return frozenset(cut if len(cut) > 2 else word for cut, word in short)


@cache
def _stemmer(language: str) -> Callable[[str], str] | None:
    import Stemmer

    if language in _CASES:
        ending = re.compile(f"(?:{_CASES[language]})$")
        return lambda word: ending.sub("", word) if len(word) > _SHORT else word
    algorithm = _SNOWBALL.get(language)
    if algorithm not in Stemmer.algorithms():
        return None
    stem: Callable[[str], str] = Stemmer.Stemmer(algorithm).stemWord
    return stem


def declines(language: str) -> bool:
    """Whether names change in a language, as far as it is known here."""
    return language in _SNOWBALL or language in _CASES or language in _GENITIVE


def bare(key: str, language: str) -> Iterator[str]:
    """The word, and what it can be without an s at its end or words written as one with it."""
    yield key
    if language in _GENITIVE and key.endswith("s"):
        yield key[:-1]
    prefixes = _PREFIXES[language].match(key) if language in _PREFIXES else None
    for size in range(1, prefixes.end() + 1 if prefixes else 0):
        rest = key[size:]
        if key[size - 1 : size + 1] == "لل":
            rest = "ا" + rest  # "للصين" is written for "لالصين"
        if len(rest) > 2:
            yield rest


def declined(key: str, name: str, language: str, alone: bool) -> bool:
    """Whether a word that shares a stem with a word of a name is a form of it.

    `alone` says that the name has no other word; in others an adjective changes more.
    """
    if language in _GENITIVE and key == name + "s":
        return True
    if (alone and language in _DECLINES_FEW) or (
        language not in _WHOLE and _UNDECLINED.search(name)
    ):
        return False
    loose = (1 if alone else 2) if name[-1] in _VOWELS + "ьsσ" else 0
    if language in _WHOLE or (len(name) <= _SHORT and name[-1] not in "aаá"):
        loose = 0
    same = common(key, name)
    if same < len(name) - loose or (len(key) < len(name) and name[-1] not in _PLURAL):
        return False
    if alone and language in _ENDINGS:
        return bool(_ENDINGS[language].fullmatch(key, same))
    if language in _SLAVIC:
        return bool(_ADJECTIVE.fullmatch(key, same))
    return len(key) - same <= _LONGEST_ENDING


def common(one: str, other: str) -> int:
    """How many letters they begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
