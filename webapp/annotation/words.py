"""Words and sentences: text -> tokens, and paragraphs -> sentences in which a quotation is one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from webapp.annotation import lexicon
from webapp.model import Span

_TOKEN = re.compile(
    r"(?:\w+-)?(?:[^\W\d_]\.){2,}"  # U.S., a.m., Canada-U.S.
    r"|(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Hon|Sen|Rep|Reps|Sens|Gov|Gen|Lt|Col|Capt|Sgt|Maj|Adm|Supt|Det|St|Del|Atty"
    r"|Jr|Sr|Messrs|Mme|Mlle|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No|vs|Fla|Calif|Ala|Ariz|Conn|Ga|Ill|Mass"
    r"|Mich|Minn|Miss|Mo|Okla|Ore|Pa|Tenn|Tex|Va|Wash|Wis|Inc|Corp|Co|Ltd)\.(?=\s|,)"
    r"|(?<!\w)[A-Z]\.(?=\s+[A-Z])"  # an initial
    r"|(?<=\()[A-Z]-(?:[A-Z][a-z]*\.)+"  # a party and a state
    r"|\d+(?:[.,:]\d+)+\w*"
    r"|[@#]\w+"
    r"|\w+(?:[’'‑-]\w+)*"
    r"|--+|\.\.\.|[^\w\s]"
)

# "TEHRAN, Iran (AP) —", "OSLO (Reuters) -" before an article's first sentence: no part of what is
# said in it.
_DATELINE = re.compile(
    r"[^\W\d_a-z](?:[^\W\d_a-z]|[.'’ -]){2,}(?:[,(][^—–\n!?\"“]{0,60}?)?(?:\s*(?:—|–|―|--)|\s-)\s+"
)

_LONGEST = 200
"""Tokens; what is longer is no sentence, and cutting it keeps the rules linear."""

_SHORT = 8
"""Tokens in which a name and its verb of saying follow a quotation."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a punctuation mark or (in a sentence) a whole quotation, with its place."""

    start: int
    end: int
    text: str
    low: str
    quotation: bool = False

    @property
    def word(self) -> bool:
        return not self.quotation and (self.text[0].isalnum() or self.text[0] in "@#")

    @property
    def capital(self) -> bool:
        return not self.quotation and self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one sentence; `paragraph` counts from 0."""

    tokens: tuple[Token, ...]
    paragraph: int


def tokens(text: str, span: Span) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, span.start, span.end):
        word = match.group()
        yield Token(match.start(), match.end(), word, word.lower().replace("’", "'"))


def sentences(
    text: str, places: list[Span], quotations: list[tuple[Span, ...]]
) -> Iterator[Sentence]:
    """The sentences outside quotations, where each span in quotation marks counts as one token."""
    quoted = [span for spans in quotations for span in spans]
    at = 0
    for number, place in enumerate(places):
        dateline = _DATELINE.match(text, place.start, place.end)
        sentence = Span(dateline.end(), place.end) if dateline else place
        inside = []
        while at < len(quoted) and quoted[at].end <= place.end:
            inside.append(quoted[at])
            at += 1
        for found in _split(text, list(_folded(text, sentence, inside))):
            yield Sentence(tuple(found), number)


def _folded(text: str, place: Span, quoted: list[Span]) -> Iterator[Token]:
    start = place.start
    for span in quoted:
        yield from tokens(text, Span(start, span.start))
        yield Token(span.start, span.end, span.of(text), "", True)
        start = span.end
    yield from tokens(text, Span(start, place.end))


def _split(text: str, found: list[Token]) -> Iterator[list[Token]]:
    start = 0
    for i in range(len(found)):
        if i + 1 == len(found) or i - start >= _LONGEST or _ends(text, found, i):
            yield found[start : i + 1]
            start = i + 1


def _ends(text: str, found: list[Token], at: int) -> bool:
    token, after = found[at], found[at + 1]
    if token.quotation:
        ending = token.text.rstrip("\"”’'»›")[-1:]
        starts = after.quotation or (after.capital and not _attributed(found, at + 1))
        return ending in (".", "!", "?", "…") and starts
    # A dotted short form ("U.S.", "p.m.") seldom ends a sentence; a missed end costs less here.
    return token.text in (".", "!", "?", "…", "...") and (
        after.quotation
        or after.capital
        or after.text[0].isdigit()
        or "\n" in text[token.end : after.start]
    )


def _attributed(found: list[Token], start: int) -> bool:
    """Whether the words after a quotation say who said it and no more: “Why?” Kovac asked."""
    if found[start].low in lexicon.PRONOUNS | lexicon.DETERMINERS:
        return False  # "She" with a capital begins a sentence of its own
    for at in range(start, min(start + _SHORT, len(found) - 1)):
        if found[at].quotation or found[at].text in {".", "!", "?"}:
            return False
        if found[at].low in lexicon.SAYING and at > start:
            after = found[at + 1]
            return after.text == "." or after.low in lexicon.PREPOSITIONS
    return False
