"""A made-up collection for the search benchmark, and the queries that are put to it.

    for document in documents(10_000, seed=1): ...
    for case in cases(seed=1, number=10_000): ...

Words follow Zipf's law: English function words first, then 30,000 roots of which every third has
the forms -s, -ed and -ing. `cases` knows from the law in how many documents a word is, so it reads
no documents. The same number and seed give the same collection, word for word.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from webapp.model import Article

ENGLISH = (
    "the of to and in a for that on is with was it as at by from are be this has an have but he "
    "not they which who will his were said their had or one been more its about would"
)
NATIONS = (
    "US United States|CN China|GB United Kingdom|RU Russia|FR France|DE Germany|JP Japan|IN India|"
    "IQ Iraq|IL Israel|TR Turkey|BR Brazil|MX Mexico|CA Canada|AU Australia|IT Italy|ES Spain|"
    "EG Egypt|SA Saudi Arabia|PK Pakistan|UA Ukraine|PL Poland|ZA South Africa|NG Nigeria|"
    "KE Kenya|ID Indonesia|VN Vietnam|TH Thailand|GR Greece|SE Sweden|NO Norway|NL Netherlands|"
    "BE Belgium|CH Switzerland|AT Austria|PT Portugal|CZ Czechia|HU Hungary|RO Romania|"
    "BG Bulgaria|RS Serbia|FI Finland|DK Denmark|IE Ireland|AR Argentina|CL Chile|CO Colombia|"
    "PE Peru|VE Venezuela|CU Cuba|MA Morocco|DZ Algeria|TN Tunisia|LY Libya|SD Sudan|ET Ethiopia|"
    "GH Ghana|NZ New Zealand|PH Philippines|MY Malaysia"
)
FUNCTION_WORDS = ENGLISH.split()
COUNTRIES = dict(nation.split(" ", 1) for nation in NATIONS.split("|"))
TOWNS = ("Meridian", "Harbour", "Sahel", "Northern", "Atlantic", "Levant", "River", "Evening")
PAPERS = ("Wire", "Courier", "Monitor", "Ledger", "Post")
FIRST_DAY, DAYS = dt.date(2011, 1, 1), 15 * 365
ROOTS, PHRASES, TAIL = 30_000, 2_000, 6_000
CONSONANTS, VOWELS, ENDS = "bdfgklmnprstv", "aeiou", "bdgkmnpt"
SHORTEST, LONGEST = 290, 810
"""Words drawn for an article; with speakers and countries about 300 to 900."""

QUOTED = 0.345
"""Of the sentences, the share that is a quote: 12 in an article on average."""

NEAR = 5
"""The most words that may stand between two words that are `Kind.NEAR` each other."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Document:
    """An article with what an annotator would have found in it.

    `text` begins with the title, as `Article.text` does. Each quote is its words as they stand in
    the text, its speaker's slug and the codes of the countries that it names.
    """

    id: int
    title: str
    text: str
    source: str
    date: dt.date
    speakers: tuple[tuple[str, str], ...]
    countries: tuple[str, ...]
    quotes: tuple[tuple[str, str, tuple[str, ...]], ...]

    @property
    def article(self) -> Article:
        return Article(
            title=self.title,
            text=self.text,
            source=self.source,
            published=self.date,
            id=self.id,
        )


class Kind(StrEnum):
    """The classes of queries; `words` are joined by AND unless it says otherwise."""

    RARE_WORD = "rare word"
    COMMON_WORD = "common word"
    AND_OF_2 = "AND of 2"
    AND_OF_4 = "AND of 4"
    OR = "OR of 3"
    PHRASE = "phrase"
    PREFIX = "prefix"
    FUZZY = "fuzzy"  # one letter is wrong
    NEAR = "near"  # two words in any order, at most NEAR words between them
    COUNTRY = "country filter"
    DATES = "date range"
    BY_ABOUT = "by/about"  # quotes, not articles
    NEWEST = "sort by date"
    FACETS = "facets"  # the twelve most frequent speakers and countries of all hits
    SNIPPETS = "snippets"  # the top ten with a passage each, the words marked
    SUGGESTIONS = "suggestions"  # ten words that begin so, most frequent first


@dataclass(frozen=True, slots=True)
class Case:
    """One query: which fields are set, the kind says. `last` is a day that is still let through."""

    kind: Kind
    words: tuple[str, ...] = ()
    country: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    speaker: str = ""


class Weighted(Generic[T]):
    """Things that are drawn as often as they weigh."""

    def __init__(self, things: Sequence[T], weights: Iterable[float]) -> None:
        self.things = things
        self._sums = list(accumulate(weights))

    def draw(self, dice: Random, number: int = 1) -> list[T]:
        return dice.choices(self.things, cum_weights=self._sums, k=number)


class World:
    """The words, people, countries and newspapers of a collection of `number` articles."""

    def __init__(self, seed: int, number: int) -> None:
        dice = Random(seed)
        self.number = number
        self.roots = _roots(dice, ROOTS)
        masses = list(_zipf(len(FUNCTION_WORDS) + ROOTS, 1.1, 2.7))
        total = sum(masses)
        self._masses = [mass / total for mass in masses[len(FUNCTION_WORDS) :]]
        self.words = Weighted(*_lexicon(self.roots, masses))
        topics = self.roots_in(0.005, 0.2)
        pairs = [" ".join(dice.sample(topics, 2)) for _ in range(PHRASES)]
        self.phrases = Weighted(pairs, _zipf(PHRASES, 0.8, 5))
        people = _people(dice, min(20_000, max(5_000, number // 5)))
        self.speakers = Weighted(people, _zipf(len(people), 0.9, 5))
        self.countries = Weighted(tuple(COUNTRIES), _zipf(len(COUNTRIES), 0.8, 2))
        self.sources = [f"{town} {paper}" for town in TOWNS for paper in PAPERS]

    def roots_in(self, low: float, high: float) -> list[str]:
        """The roots that stand in a share of `low` to `high` of the documents."""
        length = (SHORTEST + LONGEST) / 2
        shares = (1 - math.exp(-length * mass) for mass in self._masses)
        return [root for root, share in zip(self.roots, shares, strict=True) if low <= share < high]

    def rare(self) -> list[str]:
        """Roots in 1 to 5 documents, or the rarest there are in a large collection."""
        return self.roots_in(1.5 / self.number, 4.5 / self.number) or self.roots[-500:]


@lru_cache(maxsize=1)
def _world(seed: int, number: int) -> World:
    return World(seed, number)


def documents(number: int, seed: int) -> Iterator[Document]:
    """`number` articles of about 300 to 900 words and twelve quotes each; ids count from 1."""
    world = _world(seed, number)
    dice = Random(seed + 1)
    for count in range(1, number + 1):
        yield _document(world, dice, count)


def _document(world: World, dice: Random, count: int) -> Document:
    words = world.words.draw(dice, dice.randint(SHORTEST, LONGEST))
    for phrase in world.phrases.draw(dice, 4):
        words[dice.randrange(len(words))] = phrase
    title = " ".join(words[:7]).capitalize()
    people = list(dict.fromkeys(world.speakers.draw(dice, dice.randint(2, 5))))
    text, quotes, heard, named = [title], [], {}, {}
    for sentence in _sentences(words[7:], dice):
        country = world.countries.draw(dice)[0] if dice.random() < 0.25 else ""
        place = f" in {COUNTRIES[country]}" if country else ""
        if country:
            named[country] = True
        if dice.random() < QUOTED:
            slug, name = dice.choice(people)
            heard[slug] = name
            quote = f"“{sentence}{place},”"
            quotes.append((quote, slug, (country,) if country else ()))
            text.append(f"\n\n{quote} said {name}.")
        else:
            text.append(f"{dice.choice(_GAPS)}{sentence}{place}.")
    text[1] = "\n\n" + text[1].lstrip()
    return Document(
        id=count,
        title=title,
        text="".join(text),
        source=dice.choice(world.sources),
        date=FIRST_DAY + dt.timedelta(days=dice.randrange(DAYS)),
        speakers=tuple(heard.items()),
        countries=tuple(named),
        quotes=tuple(quotes),
    )


_GAPS = (" ", " ", "\n\n")


def _sentences(words: list[str], dice: Random) -> Iterator[str]:
    start = 0
    while start < len(words):
        end = start + dice.randint(8, 24)
        yield " ".join(words[start:end]).capitalize()
        start = end


def _zipf(number: int, steepness: float, shift: float) -> Iterator[float]:
    """Weights of the ranks by the law of Zipf and Mandelbrot, steeper from rank TAIL on.

    The second regime is that of large corpora (Ferrer i Cancho and Solé 2001); without it no word
    would be rare.
    """
    for rank in range(number):
        tail = (max(rank, TAIL) / TAIL) ** (steepness - 2)
        yield (rank + shift) ** -steepness * tail


def _roots(dice: Random, number: int) -> list[str]:
    """Different words that no English stemmer changes: they end in a plain consonant."""
    found: dict[str, bool] = {}
    while len(found) < number:
        syllables = dice.choice((1, 2, 2) if len(found) < 400 else (2, 2, 3, 3, 3, 4))
        start = "".join(dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(syllables))
        root = start + dice.choice(ENDS)
        if not root.endswith("ed") and root not in FUNCTION_WORDS:
            found[root] = True
    return list(found)


def _lexicon(roots: list[str], masses: list[float]) -> tuple[list[str], list[float]]:
    """All forms of all words and how often each is used."""
    words, weights = list(FUNCTION_WORDS), masses[: len(FUNCTION_WORDS)]
    for count, (root, mass) in enumerate(zip(roots, masses[len(words) :], strict=True)):
        shares = {"": 0.6, "s": 0.2, "ed": 0.12, "ing": 0.08} if count % 3 == 0 else {"": 1.0}
        words += [root + ending for ending in shares]
        weights += [mass * share for share in shares.values()]
    return words, weights


def _people(dice: Random, number: int) -> list[tuple[str, str]]:
    """Different people as slug and name."""
    first, last = _roots(dice, 300), _roots(dice, number // 3)
    found: dict[str, str] = {}
    while len(found) < number:
        one, other = dice.choice(first), dice.choice(last)
        found[f"{one}-{other}"] = f"{one.capitalize()} {other.capitalize()}"
    return list(found.items())


def cases(seed: int, number: int, each: int = 30) -> list[Case]:
    """`each` queries of every kind for `documents(number, seed)`, the kinds one after the other."""
    world = _world(seed, number)
    dice = Random(seed + 2)
    make = {kind: _maker(kind, world, dice) for kind in Kind}
    return [make[kind]() for kind in Kind for _ in range(each)]


def _maker(kind: Kind, world: World, dice: Random) -> Callable[[], Case]:
    """What makes a case of the kind."""
    common, middle = world.roots_in(0.2, 0.6), world.roots_in(0.002, 0.02)
    several = {Kind.AND_OF_2: 2, Kind.AND_OF_4: 4, Kind.OR: 3, Kind.SNIPPETS: 2}
    match kind:
        case Kind.RARE_WORD:
            rare = world.rare()
            return lambda: Case(kind, (dice.choice(rare),))
        case Kind.PHRASE | Kind.NEAR:
            return lambda: Case(kind, tuple(world.phrases.draw(dice)[0].split()))
        case Kind.PREFIX:
            # FTS5 stems the prefix too, so that one that ends in s is another for it.
            plain = [root for root in middle if root[2] != "s"]
            return lambda: Case(kind, (dice.choice(plain)[: dice.choice((3, 4))],))
        case Kind.SUGGESTIONS:
            return lambda: Case(kind, (dice.choice(common + middle)[:3],))
        case Kind.FUZZY:
            long = [root for root in middle if len(root) > 6]
            return lambda: Case(kind, (_misspell(dice, dice.choice(long)),))
        case Kind.BY_ABOUT:
            return lambda: _by_about(world, dice)
        case Kind.COUNTRY:
            return lambda: Case(kind, (dice.choice(common),), country=world.countries.draw(dice)[0])
        case Kind.DATES:
            return lambda: _in_a_range(dice, dice.choice(common))
        case _:
            return lambda: Case(kind, tuple(dice.sample(common, several.get(kind, 1))))


def _misspell(dice: Random, word: str) -> str:
    """The word with another letter from its third on, which keeps it a vowel or a consonant."""
    place = dice.randrange(2, len(word) - 1)
    letters = VOWELS if word[place] in VOWELS else CONSONANTS
    other = dice.choice(letters.replace(word[place], ""))
    return word[:place] + other + word[place + 1 :]


def _by_about(world: World, dice: Random) -> Case:
    slug, _ = dice.choice(world.speakers.things[:30])
    return Case(Kind.BY_ABOUT, speaker=slug, country=world.countries.draw(dice)[0])


def _in_a_range(dice: Random, word: str) -> Case:
    """A month to a year, and the word."""
    days = dice.choice((30, 90, 365))
    first = FIRST_DAY + dt.timedelta(days=dice.randrange(DAYS - days))
    return Case(Kind.DATES, (word,), first=first, last=first + dt.timedelta(days=days - 1))
