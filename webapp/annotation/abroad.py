"""Which countries a text names that is not English: by their names in its language, in any case.

In scripts with borders between words the words are compared (`declension`), else the letters; the
longest name counts. A name that is a common word too counts with a capital inside a sentence.
Adjectives (“русский”) are left out. English names, and cities, count beside them as in `countries`,
unless they could be another word.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise

from webapp.annotation import lexicon, places
from webapp.annotation.declension import bare, common, declined, key, stems
from webapp.annotation.gazetteer import short_names
from webapp.annotation.names_abroad import Name, names
from webapp.model import Country, Mention, Span

_BORDERLESS = frozenset({"bo", "dz", "ja", "km", "ko", "lo", "my", "th", "wuu", "yue", "zh"})
"""Languages that put no blanks between words, or in which particles cling to a name."""
_TWO_ARE_ONE = frozenset({"ca", "es", "fr", "gl", "it", "oc", "pt"})
"""Languages in which two capitalised words side by side are one name: “Radio France”."""
_GAP = re.compile(r"[ \t\u00a0\u202f\u200c'’ʼʻ״\"·・־‐‑–—-]{1,3}\n?|\n")
"""What stands between the words of a name."""
_SHORT_GAP = re.compile(r"\.[ \u00a0]?")
""" "EE. UU.": after a word of two letters."""
_OPENING = re.compile(r"(?:^|[.!?…:;•\n])[\s\"'“”„«»‘’‹›¿¡(\[—–-]*\Z")
_ABBREVIATION = 4
"""Letters; what is as short and in capitals is written in no other way: "US"."""
_PARTICLES = (
    "은|는|이|가|을|를|의|에|에서|에게|와|과|로|으로|도|만|까지|부터|보다|측|산|군|정부|정부가|"
    "정부는|대통령|대통령이|대통령은|총리|총리가|총리는"
)
"""What follows a name in Korean."""
_SHORT_ENGLISH = frozenset({"UAE", "U.A.E.", "UK", "U.K.", "US", "U.S.", "USA", "U.S.A."})
_LONG_ENGLISH = 5
"""Letters from which an English form is seldom a word of another language."""


def countries_abroad(
    text: str, language: str, english: Sequence[Country] = ()
) -> tuple[Country, ...]:
    """The countries of a text in `language` (ISO 639-1) in the order of their first mentions.

    `english` is what `countries` finds in it; all of it stands where the names of countries in the
    language are not known.
    """
    if not names(language):
        return tuple(english)
    found = _finds(text, language)
    found += _english(text, language, english, found)
    mentions: dict[str, list[Mention]] = {}
    for find in sorted(found, key=lambda find: find.span):
        if find.code:
            mentions.setdefault(find.code, []).append(Mention(find.span, find.via))
    return tuple(Country(code, short_names()[code], tuple(ms)) for code, ms in mentions.items())


def _english(
    text: str, language: str, english: Sequence[Country], found: Sequence["_Find"]
) -> list["_Find"]:
    """The English names, and cities, that stand where nothing was found and are no other word."""
    taken = [find.span for find in found]
    sure = {find.code for find in found}
    careful = {name.text for name in names(language) if name.careful}
    safe: list[_Find] = []
    for country in english:
        for mention in country.mentions:
            form = mention.span.of(text)
            short = len(form) <= _LONG_ENGLISH or mention.via == "city"
            if short and country.code not in sure and _opens(text, mention.span.start):
                continue  # a Danish sentence that begins with “Lille”
            if form not in careful and _is_safe(form, mention.via) and _is_free(mention, taken):
                safe.append(_Find(mention.span, country.code, mention.via))
    return safe


def _is_safe(form: str, via: str) -> bool:
    """Whether an English form is hardly a word or a person's name in another language."""
    if via in {"capital", "city"}:
        return via == "capital" or len(form) >= _LONG_ENGLISH
    if via == "demonym" or form in places.GIVEN:
        return False
    return via == "name" or form in _SHORT_ENGLISH or len(form) >= _LONG_ENGLISH


def _is_free(mention: Mention, taken: Sequence[Span]) -> bool:
    at = bisect_right(taken, mention.span)
    return not any(span.overlaps(mention.span) for span in taken[max(0, at - 1) : at + 1])


@dataclass(frozen=True, slots=True)
class _Find:
    """A name in the text; `code` is "" where it does not count."""

    span: Span
    code: str
    via: str


def _finds(text: str, language: str) -> list[_Find]:
    """The names in the text in its order, none of which overlap."""
    return _by_letters(text, language) if language in _BORDERLESS else _by_words(text, language)


# Scripts without borders between words


def _by_letters(text: str, language: str) -> list[_Find]:
    pattern, known = _letters(language)
    finds = ((match, known["".join(match.group().split())]) for match in pattern.finditer(text))
    return [_Find(Span(*match.span()), name.code, name.via) for match, name in finds]


@cache
def _letters(language: str) -> tuple[re.Pattern[str], dict[str, Name]]:
    """What finds the names, the longest first, and the names by their letters."""
    known = {"".join(name.text.split()): name for name in names(language)}
    known = {letters: name for letters, name in known.items() if len(letters) > 1}
    longest = sorted(known.values(), key=lambda name: -len(name.text))
    before = r"(?<![가-힣\"'”’」』])" if language == "ko" else ""
    listed = "|".join(_spelled(name, language) for name in longest)
    return re.compile(f"{before}(?:{listed})(?![{_marks()}])"), known


def _spelled(name: Name, language: str) -> str:
    spelled = re.escape(name.text).replace(r"\ ", r"\s?")
    if name.careful and language == "ko":
        return rf"{spelled}(?=(?:{_PARTICLES})?(?![가-힣]))"
    for letters in ("ァ-ヴー", "A-Za-z"):
        if re.fullmatch(f"[{letters}・ ]+", name.text):
            return f"(?<![{letters}]){spelled}(?![{letters}])"
    return spelled


@cache
def _marks() -> str:
    """The combining marks, which are letters of many scripts but none for `re`."""
    marks = [c for c in range(0x300, 0x11000) if unicodedata.category(chr(c))[0] == "M"]
    runs = ([c for _, c in run] for _, run in groupby(enumerate(marks), lambda p: p[1] - p[0]))
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


# Scripts with borders between words


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the text or of a name: as it is compared, and its stems."""

    start: int
    end: int
    text: str
    key: str
    stems: frozenset[str]

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class _Known:
    """A name in words."""

    name: Name
    words: tuple[_Word, ...]


@cache
def _known(language: str) -> dict[str, list[_Known]]:
    """The names by the stems of their first words."""
    table: dict[str, list[_Known]] = {}
    for name in names(language):
        words = tuple(_words(name.text, language))
        for stem in words[0].stems if words and len(name.text) > 1 else ():
            table.setdefault(stem, []).append(_Known(name, words))
    return table


def _words(text: str, language: str) -> Iterator[_Word]:
    seen: dict[str, tuple[str, frozenset[str]]] = {}
    for match in _word_pattern().finditer(text):
        word = match.group()
        if word not in seen:
            compared = key(word, language)
            seen[word] = compared, stems(compared, language)
        yield _Word(*match.span(), word, *seen[word])


@cache
def _word_pattern() -> re.Pattern[str]:
    letter = r"(?![ʼʻ])[^\W_]"
    return re.compile(f"{letter}(?:{letter}|[{_marks()}])*")


def _by_words(text: str, language: str) -> list[_Find]:
    words = list(_words(text, language))
    low = {word.key for word in words if not word.capital}
    found: list[_Find] = []
    doubtful: list[_Find] = []
    end = 0
    for at, word in enumerate(words):
        if at < end or (known := _longest(text, words, at, language)) is None:
            continue
        end = at + len(known.words)
        find = _Find(Span(word.start, words[end - 1].end), known.name.code, known.name.via)
        if len(known.words) == 1 and word.capital:
            if not _is_place(text, words, at, known.name, language, found):
                find = replace(find, code="")
            elif _opens(text, word.start) and (known.name.careful or word.key in low):
                doubtful.append(replace(find, code="") if word.key in low else find)
                continue
        found.append(find)
    sure = {find.code for find in found}
    found += [find if find.code in sure else replace(find, code="") for find in doubtful]
    return sorted(found, key=lambda find: find.span)


def _longest(text: str, words: Sequence[_Word], at: int, language: str) -> _Known | None:
    """The longest name that starts at a word; of two alike the nearer one ("Niger", "Nigeria")."""
    best: _Known | None = None
    most = (0, 0, 0)
    for first in _bare(words[at], language):
        for known in {k for stem in first.stems for k in _known(language).get(stem, ())}:
            here = [first, *words[at + 1 : at + len(known.words)]]
            if not _reads(text, here, known, language):
                continue
            alike = sum(common(w.key, o.key) for w, o in zip(here, known.words, strict=True))
            worth = len(here), alike, -len(known.name.text)
            if best is None or worth > most:
                best, most = known, worth
    return best


def _bare(word: _Word, language: str) -> Iterator[_Word]:
    for rest in bare(word.key, language):
        yield word if rest == word.key else replace(word, key=rest, stems=stems(rest, language))


def _reads(text: str, words: Sequence[_Word], known: _Known, language: str) -> bool:
    """Whether the words are the name, declined or not, with nothing else between them."""
    alone = len(known.words) == 1
    if len(words) < len(known.words):
        return False
    for word, own in zip(words, known.words, strict=True):
        if own.capital and not word.capital:
            return False
        short = alone and own.text.isupper() and len(own.text) <= _ABBREVIATION
        if short and word.text != own.text:
            return False
        if word.key == own.key:
            continue
        if not known.name.code or word.stems.isdisjoint(own.stems):
            return False
        if not declined(word.key, own.key, language, alone):
            return False
    return all(_joined(text[a.end : b.start], a) for a, b in pairwise(words))


def _joined(gap: str, before: _Word) -> bool:
    if _GAP.fullmatch(gap):
        return True
    return len(before.text) < 3 and bool(_SHORT_GAP.fullmatch(gap))


def _is_place(
    text: str,
    words: Sequence[_Word],
    at: int,
    name: Name,
    language: str,
    found: Sequence[_Find],
) -> bool:
    """Whether a name of one word is not a person's or part of a longer one."""
    word = words[at]
    if (name.careful or word.text in places.GIVEN) and at + 1 < len(words):
        follows = words[at + 1]
        if follows.capital and text[word.end : follows.start] == " ":
            return False
    before = words[at - 1] if at and text[words[at - 1].end : word.start] == " " else None
    if before is None or not before.capital:
        return True
    if lexicon.gender_of(before.text) or before.key in places.NAMED_OF:
        return False  # “Air France”
    listed = bool(found and found[-1].code and found[-1].span.end == before.end)
    opens = _opens(text, before.start) or _opens(text, word.start)
    return language not in _TWO_ARE_ONE or listed or opens or before.text.isupper()


def _opens(text: str, start: int) -> bool:
    """Whether a word there begins a sentence, where it has a capital anyway."""
    return _OPENING.search(text, max(0, start - 20), start) is not None
