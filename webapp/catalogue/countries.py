"""The countries of a collection: how much there is about each, and about one what there is."""

from dataclasses import dataclass

from webapp.annotation.gazetteer import short_names
from webapp.library import Library
from webapp.model import Hit, Name, QuoteHit
from webapp.search import Ask, Filters, Kind, Value

ALL = 1_000
"""More than there are codes."""

LATEST = 5
"""Articles that are shown of a country; of its quotes there is a page."""


@dataclass(frozen=True, slots=True)
class Named:
    """A country with how many articles name it, one of each story, and how many quotes are about
    it, that is, name it in what is said."""

    code: str
    name: str
    articles: int = 0
    quotes: int = 0

    def number(self, kind: str) -> int:
        return self.quotes if kind == "quotes" else self.articles


@dataclass(frozen=True, slots=True)
class Portrait:
    """What there is about one country.

    `months` counts all articles that name it, also those that tell the same; `undated` those among
    them that no month has. `speakers` count their quotes about it, `others` the articles that name
    them too. `said` are the newest quotes about it, `latest` the newest articles.
    """

    country: Named
    months: tuple[Value, ...]
    undated: int
    speakers: tuple[Name, ...]
    others: tuple[Name, ...]
    sources: tuple[Name, ...]
    years: tuple[Name, ...]
    said: tuple[QuoteHit, ...]
    latest: tuple[Hit, ...]


def every(library: Library) -> list[Named]:
    """All countries that are named. Raises Unavailable."""
    articles, quotes = _counts(library, "articles"), _counts(library, "quotes")
    return [
        Named(code, short_names().get(code, code), articles.get(code, 0), quotes.get(code, 0))
        for code in articles.keys() | quotes.keys()
    ]


def _counts(library: Library, kind: Kind) -> dict[str, int]:
    ask = Ask(None, kind=kind, facets=ALL, both=False)
    values = library.indexed(lambda index: index.values(ask, "country", ""))
    return {value.key: value.count for value in values}


def get(library: Library, code: str) -> Portrait:
    """What there is about a country, by its code. Raises Unavailable."""
    about = Filters((("country", code),))
    every_version = Ask(None, about, folded=False)
    months = library.indexed(lambda index: index.months(every_version))
    articles = library.search("", about)
    quotes = library.search("", about, kind="quotes")
    named = library.facet_values("", "country", "", about, "articles")
    dated = sum(month.count for month in months)
    return Portrait(
        country=Named(code, short_names().get(code, code), articles.total, quotes.total),
        months=months,
        undated=articles.total + articles.folded - dated,
        speakers=library.facet_values("", "speaker", "", about, "quotes"),
        others=tuple(other for other in named if other.id != code),
        sources=quotes.facets.get("source", ()),
        years=quotes.facets.get("year", ()),
        said=quotes.quotes,
        latest=articles.hits[:LATEST],
    )
