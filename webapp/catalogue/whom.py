"""Names as people type them -> the speakers and countries that are meant."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from webapp.annotation.gazetteer import code_of, short_names
from webapp.catalogue import speakers
from webapp.errors import BadInput, NotFound
from webapp.library import Library
from webapp.search.words import folded

MOST = 8
"""Candidates that are told."""

NEAREST = 3
MANY = 100_000
"""Speakers among whom the nearest are looked for."""


def speaker(library: Library, told: str) -> str:
    """The slug of the speaker that a slug, a name, or words of a name mean.

    Raises BadInput with the candidates when it may be several, NotFound with the nearest names
    when it is nobody, Unavailable.
    """
    if library.people_names([told]):
        return told
    found = speakers.called(library, told)
    if not found.lines:
        raise NotFound(f"Nobody called “{told}” is quoted here.{_nearest_speakers(library, told)}")
    if len(found.lines) > 1:
        raise BadInput(f"“{told}” may be {_listed(found)}. Give one of these short names.")
    return found.lines[0].slug


def _listed(found: speakers.Listed) -> str:
    """The candidates by their slugs, and what tells them apart."""
    shown = [f"{line.slug} ({_described(line)})" for line in found.lines[:MOST]]
    more = found.total - len(shown)
    return _alternatives([*shown, *([f"one of {more:,} more"] if more else [])])


def _described(line: speakers.Line) -> str:
    return ", ".join(filter(None, (line.name, line.role)))


def _nearest_speakers(library: Library, told: str) -> str:
    found, _ = library.indexed(lambda index: index.heard("quotes", "", 0, MANY))
    return _nearest(told, [one.speaker.name for one in found])


def country(told: str) -> str:
    """The code of the country that a code, a name or a demonym means. Raises BadInput with the
    nearest names when there is none."""
    code = code_of(told)
    if not code:
        nearest = _nearest(told, short_names().values())
        raise BadInput(f"There is no country “{told}”.{nearest}")
    return code


def _nearest(told: str, names: Iterable[str]) -> str:
    """ " Did you mean Iraq or Iran?", "" when nothing is near."""
    by_form = {folded(name): name for name in names}
    near = get_close_matches(folded(told), by_form, NEAREST)
    return f" Did you mean {_alternatives([by_form[form] for form in near])}?" if near else ""


def _alternatives(told: Sequence[str]) -> str:
    *first, last = told
    return f"{', '.join(first)} or {last}" if first else last
