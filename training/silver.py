"""Sentences of our own with names from all over the world: examples that the corpora lack."""

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import spacy

from webapp import tables

if TYPE_CHECKING:
    from training.prepare import Sentence

HERE = Path(__file__).parent


def _lists(name: str) -> list[dict[str, list[str]]]:
    """The blocks of `key: values` lines; values are separated by blanks, or by bars if any."""
    blocks: list[dict[str, list[str]]] = [{}]
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.startswith("["):
            blocks.append({})
        elif line and line[0] != "#":
            key, _, values = line.partition(": ")
            parts = values.split(" | ") if "|" in values else values.split()
            blocks[-1][key] = [part.strip() for part in parts]
    return [block for block in blocks if block]


@dataclass
class Person:
    full: str
    family: str


class Names:
    """Draws names of persons, organisations and places."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._cultures = _lists("names.txt")
        self._organizations = _lists("organizations.txt")[0]
        rows = list(tables.rows("webapp.annotation", "countries.tsv"))
        self.countries = [row[1] for row in rows] + [
            alias for row in rows for alias in row[2].split("|") if alias
        ]
        self.demonyms = [form for row in rows for form in row[3].split("|")[:1] if form]
        self.cities = [c for row in rows for c in row[4].split("|") if c]
        self.cities += [
            c for row in tables.rows("webapp.annotation", "cities.tsv") for c in row[1].split("|")
        ]

    def person(self) -> Person:
        culture = self._dice.choice(self._cultures)
        pattern = self._dice.choice(culture["patterns"])
        words, family = [], ""
        for part in re.split(r"(\W+|\b[a-zA-Z]{2,}\b)", pattern):
            if part == "G":
                words.append(self._dice.choice(culture["given"]))
            elif part == "F":
                family = self._dice.choice(culture["family"])
                words.append(family)
            else:
                words.append(part)
        full = "".join(words)
        return Person(full, family or full)

    def organization(self) -> str:
        dice, lists = self._dice, self._organizations
        if dice.random() < 0.5:
            return dice.choice(lists["names"])
        made = dice.choice(lists["patterns"])
        fills = {
            "SUR": lambda: self.person().family,
            "CITY": lambda: dice.choice(self.cities),
        }
        while match := re.search(r"\[(\w+)\]", made):
            key = match[1]
            value = fills[key]() if key in fills else dice.choice(lists[key])
            made = made[: match.start()] + value + made[match.end() :]
        return made


_TOKENIZER = spacy.blank("en").tokenizer


def pieces(text: str) -> tuple[list[str], list[bool]]:
    """Words as the tokenizer splits them, and whether a blank follows each."""
    doc = _TOKENIZER(text)
    return [t.text for t in doc], [bool(t.whitespace_) for t in doc[:-1]] + [True]


class News:
    """Makes a sentence of a template of `news.txt`."""

    def __init__(self, dice: Random) -> None:
        self._dice, self._names = dice, Names(dice)
        lines = (HERE / "news.txt").read_text("utf-8").splitlines()
        self._templates = [line.split() for line in lines if line and line[0] != "#"]

    def __call__(self) -> "Sentence":
        from training.prepare import Sentence

        dice, names = self._dice, self._names
        made = Sentence([], [], ents=[])
        person = names.person()
        for slot in dice.choice(self._templates):
            label, filled = "", slot
            if slot == "{PER}":
                person = names.person()
                label, filled = "PERSON", person.full
            elif slot == "{SUR}":
                label, filled = "PERSON", person.family
                person = names.person() if dice.random() < 0.5 else person
            elif slot == "{ORG}":
                label, filled = "ORG", names.organization()
            elif slot in ("{CTY}", "{CITY}"):
                label = "LOC"
                filled = dice.choice(names.countries if slot == "{CTY}" else names.cities)
            elif slot == "{DEM}":
                filled = dice.choice(names.demonyms)
            if label and filled.lower().startswith("the "):
                _append(made, "the" if made.words else "The", "")
                filled = filled[4:]
            _append(made, filled, label)
        return made


class Renamer:
    """A sentence with other names for its persons, and now and then other places."""

    def __init__(self, dice: Random) -> None:
        self._dice, self._names = dice, Names(dice)

    def __call__(self, sentence: "Sentence") -> "Sentence":
        from training.prepare import Sentence

        made = Sentence([], [], ents=[])
        at = 0
        for start, end, label in sentence.ents or ():
            _copy(sentence, at, start, made)
            _append(made, self._other(sentence.words[start:end], label), label)
            made.spaces[-1] = sentence.spaces[end - 1]
            at = end
        _copy(sentence, at, len(sentence.words), made)
        return made

    def _other(self, old: list[str], label: str) -> str:
        dice, names = self._dice, self._names
        if label == "PERSON":
            person = names.person()
            return person.full if len(old) > 1 else person.family
        if label == "LOC" and dice.random() < 0.5:
            if " ".join(old) in names.countries:
                return dice.choice(names.countries)
            if len(old) == 1:
                return dice.choice(names.cities)
        return " ".join(old)


def _append(sentence: "Sentence", text: str, label: str) -> None:
    words, spaces = pieces(text)
    start = len(sentence.words)
    sentence.words += words
    sentence.spaces += spaces
    if label and sentence.ents is not None:
        sentence.ents.append((start, len(sentence.words), label))


def _copy(old: "Sentence", start: int, end: int, new: "Sentence") -> None:
    new.words += old.words[start:end]
    new.spaces += old.spaces[start:end]
