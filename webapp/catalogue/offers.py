"""What can be put side by side: speakers by their names, countries, and examples."""

from dataclasses import dataclass
from heapq import nlargest

from webapp import finding
from webapp.catalogue import speakers
from webapp.catalogue.countries import ALL
from webapp.catalogue.speakers import Line
from webapp.library import Library
from webapp.model import Name
from webapp.search import Ask
from webapp.search.words import folded

NAMED = 12
"""Speakers who are offered for a name."""

EXAMPLES, WIDEST = 5, 200
"""Countries of which an example is given, and speakers among whom it is looked for."""


@dataclass(frozen=True, slots=True)
class Example:
    """Two speakers who both speak about a country."""

    country: Name
    left: Name
    right: Name


def named(library: Library, name: str) -> tuple[Line, ...]:
    """The speakers who may be meant, at most `NAMED`, as `speakers.called` has them."""
    return speakers.called(library, name).lines[:NAMED] if name else ()


def countries(library: Library) -> list[Name]:
    """The countries that quotes are about, by their names. Raises Unavailable."""
    ask = Ask(None, kind="quotes", facets=ALL)
    found = finding.names(library.indexed(lambda index: index.values(ask, "country", "")))
    return sorted(found, key=lambda country: folded(country.name))


def examples(library: Library) -> list[Example]:
    """The two who have most quotes about each of the countries most spoken about. Raises
    Unavailable."""
    ask = Ask(None, kind="quotes")
    cross = library.indexed(lambda index: index.cross(ask, (WIDEST, EXAMPLES)))
    people, made = finding.names(cross.rows), []
    columns = zip(*cross.cells, strict=True)
    for country, counts in zip(finding.names(cross.columns), columns, strict=True):
        both = nlargest(2, (at for at, count in enumerate(counts) if count), counts.__getitem__)
        if len(both) == 2:
            made.append(Example(country, *(people[at] for at in both)))
    return made
