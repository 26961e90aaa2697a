"""An entry -> what is written of it: words with positions, and columns of numbers."""

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from webapp.search.columns import KINDS, LAST_POSITION, NOBODY
from webapp.search.index import Entry
from webapp.search.words import LONGEST, folded, openings, tokens

Words = dict[str, "array[int]"]
Number = Callable[[str, str, str], int]
"""(kind of name, key, name) -> its number."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """An entry, its words, and where its sentences and quotes begin and end, in words."""

    entry: Entry
    text: Words
    title: Words
    lengths: tuple[int, int]
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]
    pieces: tuple[tuple[int, int, int], ...]
    """(number of the quote in the article, first word, word after the last)."""


def analysed(entry: Entry) -> Analysed:
    text, starts = _words(entry.text)
    title, title_starts = _words(entry.title)
    opened = [(bisect_left(starts, at), paragraph) for at, paragraph in openings(entry.text)]
    return Analysed(
        entry,
        text,
        title,
        (len(starts), len(title_starts)),
        (0, *(at for at, _ in opened)),
        (0, *(at for at, paragraph in opened if paragraph)),
        tuple(_pieces(entry, starts)),
    )


def _words(text: str) -> tuple[Words, list[int]]:
    """The words of a text with their positions, and where each word starts."""
    found: Words = defaultdict(lambda: array("I"))
    starts = []
    for at, token in enumerate(tokens(text)):
        starts.append(token.start())
        found[folded(token[0][:LONGEST])].append(min(at, LAST_POSITION))
    return found, starts


def _pieces(entry: Entry, starts: Sequence[int]) -> list[tuple[int, int, int]]:
    """The pieces of the quotes by their starts; one inside another cuts it in two."""
    spans = sorted(
        (piece.start, -piece.end, number)
        for number, quote in enumerate(entry.quotes)
        for piece in quote.pieces
    )
    found: list[tuple[int, int, int]] = []
    open_: list[tuple[int, int]] = []  # (end, quote) of the pieces around, the innermost last
    at = 0

    def close(until: int) -> None:
        nonlocal at
        while open_ and open_[-1][0] <= until:
            end, number = open_.pop()
            if end > at:
                found.append((number, at, end))
                at = end

    for start, end, number in spans:
        first, last = bisect_left(starts, start), bisect_left(starts, -end)
        close(first)
        if open_ and first > at:
            found.append((open_[-1][1], at, first))
        at = max(at, first)
        open_.append((min(last, open_[-1][0]) if open_ else last, number))
    close(len(starts))
    return found


def columns(made: Analysed, number: Number) -> dict[str, bytes]:
    """The columns of an article as 32-bit numbers."""
    entry = made.entry
    quotes = entry.quotes
    speakers = {slug: number("speaker", slug, name) for slug, name in entry.speakers}
    return {
        "head": _packed(
            entry.id,
            entry.day.toordinal() if entry.day else 0,
            entry.date.toordinal() if entry.date else 0,
            number("source", folded_name(entry.source), entry.source),
            number("author", folded_name(entry.author), entry.author),
            number("lang", entry.language, entry.language),
            entry.story or entry.id,
            *made.lengths,
        ),
        "speakers": _packed(*speakers.values()),
        "countries": _packed(*map(country_number, entry.countries)),
        "sentences": _packed(*made.sentences),
        "paragraphs": _packed(*made.paragraphs),
        "quotes": _packed(
            *(
                part
                for quote in quotes
                for part in (
                    quote.id,
                    speakers.get(quote.speaker, NOBODY),
                    KINDS.index(quote.kind),
                    round(100 * quote.confidence),
                    quote.first or quote.id,
                )
            )
        ),
        "about": _packed(
            *(
                part
                for local, quote in enumerate(quotes)
                for code in quote.about
                for part in (local, country_number(code))
            )
        ),
        "pieces": _packed(*(part for piece in made.pieces for part in piece)),
    }


def _packed(*numbers: int) -> bytes:
    return array("I", numbers).tobytes()


def folded_name(name: str) -> str:
    """The key of a source or an author."""
    return " ".join(name.casefold().split())


def country_number(code: str) -> int:
    """AA is 0, ZZ 675, what is no code -1."""
    if not re.fullmatch("[A-Z]{2}", code):
        return -1
    return (ord(code[0]) - 65) * 26 + ord(code[1]) - 65


def country_code(number: int) -> str:
    return chr(number // 26 + 65) + chr(number % 26 + 65)
