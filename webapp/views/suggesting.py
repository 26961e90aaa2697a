"""What a search that is being typed could go on to say."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from webapp.library import Library
from webapp.model import Suggestion
from webapp.search.tree import FIELDS

MOST, MOST_LAST = 8, 5
"""Suggestions for all that was typed, and for its last word."""

_LAST = re.compile(r"(?:(?P<field>[a-z]+):)?(?P<word>\w[\w'’.-]*)$", re.IGNORECASE)
_NAMING = {"speaker": "speaker", "by": "speaker", "source": "source"}
_PLACING = ("country", "about")


def completions(library: Library, text: str, last_only: bool = False) -> list[Suggestion]:
    """Searches that begin with what was typed, each once; of them the names first."""
    whole = () if last_only else library.suggest(text)
    found = {s.query: s for s in (*whole, *_of_last_word(library, text)) if s.query != text.strip()}
    return list(found.values())[: MOST_LAST if last_only else MOST]


def _of_last_word(library: Library, text: str) -> Iterator[Suggestion]:
    """The text with its last word completed; nothing inside of a phrase, or behind a blank."""
    last = _LAST.search(text)
    if last is None or text.count('"') % 2:
        return
    field = (last["field"] or "").lower()
    if field and field not in FIELDS:
        return
    for found in _in_field(library.suggest(last["word"]), field):
        yield replace(found, query=text[: last.start()] + found.query)


def _in_field(found: Iterable[Suggestion], field: str) -> Iterator[Suggestion]:
    """Those that can stand in a field, written so: speakers behind `by:`, words behind `title:`."""
    for one in found:
        kind, colon, value = one.query.partition(":")
        if not field:
            yield one
        elif colon and (_NAMING.get(field) == kind or (field in _PLACING and kind == "country")):
            yield replace(one, query=f"{field}:{value}")
        elif not colon and field in ("title", "text", "said"):
            yield replace(one, query=f"{field}:{one.query}", why=f"{field}:{one.why}")
