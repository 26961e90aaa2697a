"""What is known of the collection that the tests share, and articles made for it.

The written articles (webapp/samples) tell of people who come back under other spellings, of
namesakes, and of sentences that several papers print. The made ones come from templates, with the
truth about them: who said what about which country.

The templates are chosen by counting, never by chance, so that every run has the same articles.
Two articles share two sentences at most, so that none is taken for a version of another, and no
speaker says a sentence twice, whatever the country in it.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from webapp.model import Article, QuoteKind


@dataclass(frozen=True, slots=True)
class Said:
    """One quote as it must be found: `words` as `Quote.words` gives them, `country` an ISO code.

    `country` is the one country named in the words, "" when they name none.
    """

    title: str
    source: str
    published: dt.date
    speaker: str
    kind: QuoteKind
    words: str
    country: str


@dataclass(frozen=True, slots=True)
class Made:
    """An article and its quotes in the order of the text."""

    article: Article
    said: tuple[Said, ...]


ONE_PERSON = (
    ("Yusef al-Karimi", "Youssef Al Karimi", "Yusuf al-Karimi", "Yousef al-Karimi",
     "Youssef Al-Karimi"),
    ("Marit Haugerud", "Marit K. Haugerud"),
    ("Tomasz Wilk", "Tomasz A. Wilk"),
    ("Abena Osei-Mensah", "Abena A. Osei-Mensah"),
    ("Aigul Temirbayeva", "Aygul Temirbayeva"),
    ("Giorgos Lemesianos", "Yorgos Lemesianos"),
    ("Nadia Benhassi", "Nadia Ben Hassi"),
)  # fmt: skip
"""Spellings of one person's name in the written articles."""

NAMESAKES = (
    ("Adelino Fortes", "president of the Cape Verdean Football Federation",
     "director of the port of Beira"),
)  # fmt: skip
"""A name of two persons in the written articles, and the roles that tell them apart."""

SAME_WORDS = (
    ("One cable is not a connection, it is a thread", 4),
    ("We are glad to mend what others need", 3),
    ("Eleven stamps have become two", 2),
    ("way to a full silo", 3),
    ("lain in cold water all that time", 3),
    ("A truck between the two is cheaper than", 2),
    ("somebody in Germany should stay up and read it", 2),
    ("We have moved the port to the first floor", 2),
    ("I was wrong by a third", 2),
)
"""Words of a quote that several written articles have, and how many; some outlets cut or changed
what stands beside them."""

ARTICLES = 30
FIRST_DAY = dt.date(2024, 1, 15)
DAYS_BETWEEN = 31
"""The articles are spread evenly over thirty months."""

OUTLETS = ("Lantern Weekly", "The Inland Post", "Coastline Report")
AUTHORS = ("Orla Vance", "Tobias Meinhardt", "Chiara Bellonzi", "Samuel Adjei")

# Code, name, capital. Neither the samples nor the articles in data/ name these countries.
COUNTRIES = (
    ("KE", "Kenya", "Nairobi"), ("PE", "Peru", "Lima"), ("IE", "Ireland", "Dublin"),
    ("UY", "Uruguay", "Montevideo"), ("FJ", "Fiji", "Suva"),
)  # fmt: skip

# Name, surname, role. The first of an article speaks about any country, the second about one.
TRAVELLERS = (
    ("Dagny Ravensholm", "Ravensholm", "director of the Lighthouse Trust"),
    ("Ramon Iturralde", "Iturralde", "president of the Seed Library"),
    ("Miriam Oduya", "Oduya", "chairwoman of the Road Safety Council"),
    ("Stefan Kolarik", "Kolarik", "secretary of the Railway Museum Association"),
    ("Claire Montbrun", "Montbrun", "director of the School Garden Fund"),
    ("Daniel Akerblad", "Akerblad", "president of the Map Society"),
    ("Rosa Quintero", "Quintero", "chairwoman of the Cold Store Union"),
    ("Victor Lindqvist", "Lindqvist", "secretary of the Bridge Builders Association"),
)
NEIGHBOURS = (
    ("Grace Wanjohi", "Wanjohi", "teacher"), ("Elena Huarcaya", "Huarcaya", "baker"),
    ("Michael Tolland", "Tolland", "farmer"), ("Laura Bentancor", "Bentancor", "pilot"),
    ("Joseph Vunibola", "Vunibola", "carpenter"),
)  # fmt: skip

TITLES = (
    "A small plan for {country}", "What {country} has in its cellars", "A long week in {capital}",
    "Old maps and new roads in {country}", "From {capital} to the last village",
    "A register for {country}",
)  # fmt: skip
LEDES = (
    "The plan for {country} has forty pages, six maps and no photographs. It was shown on the"
    " first floor of a school in {capital}.",
    "Nobody in {country} had counted them for thirty years. In the week after Easter two hundred"
    " volunteers went from door to door.",
    "A long table in a hall near the station in {capital} was enough for the first meeting of the"
    " year.",
    "Rain fell on the opening day in {country}, and the band played under the roof of the market.",
)
DIRECT = (
    ("{country} has kept more of its paper than anybody expected", "We shall need shelves"),
    ("{country} builds slowly and seldom builds twice", "That is the cheapest way"),
    ("The schools of {country} have asked for this since the spring",
     "They are better at asking than we are at answering"),
    ("Every second village in {country} has offered a room", "The others have offered two"),
    ("{country} does not need a second office", "It needs one office with a door"),
    ("Half of what we know about {country} was written by its postmen",
     "The other half was corrected by them"),
    ("In {country} the inspectors arrive on foot", "They see more and they arrive in better mood"),
)  # fmt: skip
INDIRECT = (
    "{country} would get the first two hundred copies",
    "the work in {country} would last until the harvest",
    "the office in {capital} would stay open on Saturdays",
    "{country} had paid its share in full and in advance",
    "the money for {country} came from eleven thousand small gifts",
)
MIXED = (
    ("the list was", "longer than the street"), ("the first winter had been", "mostly soup"),
    ("the new rooms were", "warm on one side"), ("the old register was", "a novel with gaps"),
    ("the whole matter was", "simpler by daylight"), ("the answer had been", "polite and late"),
)  # fmt: skip
SPLIT = (
    ("My grandmother walked across {country} with a clock", "and she was never late"),
    ("We measured {country} with a rope", "and the rope is still in use"),
    ("There is no word for this in {country}", "but there is a song"),
    ("I have waited for {country} to notice", "and I have a good chair"),
    ("The rivers of {country} run past my kitchen", "so the kitchen is my office"),
    ("People in {country} lend their tools", "but they count them in the evening"),
    ("A bicycle is the fastest thing in {country}", "and mine has no brakes"),
    ("You can see half of {country} from that roof", "and the other half can see you"),
    ("The best bread in {country} is made at night", "when nobody asks for it"),
)


def made_articles() -> Iterator[Made]:
    """The articles with their truth, oldest first."""
    return (_made(number) for number in range(ARTICLES))


def _made(number: int) -> Made:
    code, country, capital = COUNTRIES[number % len(COUNTRIES)]
    name, surname, role = TRAVELLERS[number % len(TRAVELLERS)]
    other, short, work = NEIGHBOURS[number % len(NEIGHBOURS)]
    title, lede, direct, went_on, indirect, clause, mixed, split, rest = (
        part.format(country=country, capital=capital) for part in _parts(number)
    )
    paragraphs = (
        title,
        f"{capital.upper()}, {country} — {lede}",
        f"“{direct},” said {name}, the {role}. “{went_on}.”",
        f"{surname} said that {indirect}.",
        f"{other}, a {work} from the north, was invited too. “{split},” {short} said, “{rest}.”",
        f"{short} said {clause} “{mixed}”.",
    )
    article = Article(
        title,
        "\n\n".join(paragraphs),
        author=AUTHORS[number % len(AUTHORS)],
        source=OUTLETS[number % len(OUTLETS)],
        dateline=f"{capital.upper()}, {country}",
        published=FIRST_DAY + number * dt.timedelta(DAYS_BETWEEN),
    )
    said = (
        (name, QuoteKind.DIRECT, f"“{direct},” … “{went_on}.”", code),
        (name, QuoteKind.INDIRECT, f"that {indirect}", code),
        (other, QuoteKind.DIRECT, f"“{split},” … “{rest}.”", code),
        (other, QuoteKind.MIXED, f"{clause} “{mixed}”", ""),
    )
    assert article.published is not None
    return Made(
        article, tuple(Said(title, article.source, article.published, *one) for one in said)
    )


def _parts(number: int) -> Iterator[str]:
    """The templates of one article in the order of the text, some of them in two halves."""
    yield TITLES[number // len(COUNTRIES)]
    yield LEDES[number % len(LEDES)]
    yield from DIRECT[number % len(DIRECT)]
    yield INDIRECT[number // 2 % len(INDIRECT)]
    yield from MIXED[number % len(MIXED)]
    yield from SPLIT[number % len(SPLIT)]
