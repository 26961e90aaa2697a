"""Articles made up with a seed: Zipf's words, invented people, real countries."""

import datetime as dt
from collections.abc import Iterator
from random import Random

from webapp.model import Article

FIRST = ("Anna", "Omar", "Mei", "Ilse", "Pieter", "Layla", "Chidi", "Sofia", "Rajesh", "Yuki")
LAST = ("Kovac", "Haddad", "Okafor", "Vermeulen", "Tran", "Silva", "Banerjee", "Novak", "Mensah")
COUNTRIES = ("Iraq", "Chile", "France", "Kenya", "Japan", "Peru", "Egypt", "Norway", "Ghana")
CONSONANTS, VOWELS = "bdfgklmnprstv", "aeiou"


def vocabulary(dice: Random, size: int = 8_000) -> list[str]:
    """Words of two to four syllables."""
    return [
        "".join(dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(dice.randint(2, 4)))
        for _ in range(size)
    ]


def articles(number: int, seed: int = 1) -> Iterator[Article]:
    """Articles of 300 to 900 words, about one paragraph in three with a quote."""
    dice = Random(seed)
    words = vocabulary(dice)
    weights = [1 / (rank + 3) for rank in range(len(words))]
    for count in range(number):
        title = " ".join(dice.choices(words, weights, k=6)).capitalize()
        body, length = [], dice.randint(300, 900)
        while sum(len(p.split()) for p in body) < length:
            body.append(_paragraph(dice, words, weights))
        yield Article(
            title=f"{title} {count}",
            text="\n\n".join([f"{title} {count}", *body]),
            source=dice.choice(["Meridian Wire", "The Harbour Courier"]),
            published=dt.date(2026, 1, 1) + dt.timedelta(days=dice.randrange(300)),
        )


def _paragraph(dice: Random, words: list[str], weights: list[float]) -> str:
    name = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
    country = dice.choice(COUNTRIES)
    first = " ".join(dice.choices(words, weights, k=dice.randint(8, 24)))
    second = " ".join(dice.choices(words, weights, k=dice.randint(8, 24)))
    if dice.random() < 1 / 3:
        return f"“The {first} of {country},” said {name}. “We {second}.”"
    return f"The {first} in {country}. The {second} of {name}."
