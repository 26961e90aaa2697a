"""The lens panel: what is lit, told as cards, and the lines of its lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from webapp.library import Library, View
from webapp.model import Country, Quote, Speaker
from webapp.views.lens import Lens


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A quote in the panel: its words, who says them, and the id of its place in the text."""

    quote: Quote
    words: str
    speaker: Speaker | None
    cue: str
    source: str
    anchor: str

    @property
    def key(self) -> str:
        return f"quote:{self.quote.id}"


@dataclass(frozen=True, slots=True)
class Card:
    """One lit thing: a speaker with role, quotes and the countries they name; a country with the
    quotes about it; or a quote. `others` counts other articles with it; `page` is the slug of the
    person or the code of the country, "" when it has no page."""

    key: str
    kind: str
    name: str
    role: str = ""
    quotes: tuple[QuoteLine, ...] = ()
    countries: tuple[Country, ...] = ()
    mentions: int = 0
    others: int = 0
    page: str = ""


def cards(library: Library, view: View, lens: Lens) -> list[Card]:
    """A card for each thing that is lit, in the order of the address."""
    return [_card(library, view, key) for key in lens.lit]


def quote_lines(view: View, quotes: Iterable[Quote]) -> tuple[QuoteLine, ...]:
    return tuple(_line(view, quote) for quote in quotes)


def _line(view: View, quote: Quote) -> QuoteLine:
    text = view.article.text
    return QuoteLine(
        quote=quote,
        words=quote.line(text),
        speaker=view.found.speaker(quote.speaker),
        cue=quote.cue.of(text) if quote.cue else "",
        source=quote.source.of(text) if quote.source else "",
        anchor=f"m{quote.span.start}",
    )


def _card(library: Library, view: View, key: str) -> Card:
    kind, _, name = key.partition(":")
    if kind == "speaker" and (speaker := view.found.speaker(name)):
        return _speaker_card(library, view, speaker)
    if kind == "country" and (country := view.found.country(name)):
        return _country_card(library, view, country)
    quotes = [quote for quote in view.found.quotes if str(quote.id) == name]
    return Card(
        key=key,
        kind="quote",
        name="Quote",
        page=view.people.get(quotes[0].speaker, ""),
        quotes=quote_lines(view, quotes),
        countries=view.found.countries_in(quotes),
    )


def _speaker_card(library: Library, view: View, speaker: Speaker) -> Card:
    quotes = view.found.quotes_by(speaker.id)
    person = view.people.get(speaker.id, "")
    return Card(
        key=f"speaker:{speaker.id}",
        kind="speaker",
        name=speaker.name,
        role=speaker.role,
        quotes=quote_lines(view, quotes),
        countries=view.found.countries_in(quotes),
        mentions=len(speaker.mentions),
        others=library.others_with_speaker(person, view.article.id),
        page=person,
    )


def _country_card(library: Library, view: View, country: Country) -> Card:
    return Card(
        key=f"country:{country.code}",
        kind="country",
        name=country.name,
        quotes=quote_lines(view, view.found.quotes_about(country.code)),
        mentions=len(country.mentions),
        others=library.others_with_country(country.code, view.article.id),
        page=country.code,
    )


def announcement(shown: Iterable[Card]) -> str:
    """What a screen reader hears after a change: "7 quotes by Hassan Rouhani"."""
    return "; ".join(_announced(card) for card in shown) or "Nothing is lit"


def _announced(card: Card) -> str:
    if card.kind == "speaker":
        return f"{plural(len(card.quotes), 'quote')} by {card.name}"
    if card.kind == "country":
        return f"{plural(card.mentions, 'mention')} of {card.name}"
    speaker = card.quotes[0].speaker
    return f"Quote by {speaker.name}" if speaker else "Quote, its speaker is not named"


def plural(number: int, noun: str) -> str:
    """`7 quotes`, `1 quote`, `2 countries`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("ry") else f"{number:,} {noun}s"
