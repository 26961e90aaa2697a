"""JSON Lines, a JSON array, or one JSON object -> articles."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from webapp.backup import is_record
from webapp.errors import UnreadableFile
from webapp.importing.records import FIELDS, article_of, day_first_of, known, without_text
from webapp.importing.text import decode, lines_of
from webapp.model import Article

_DECODER = json.JSONDecoder()
_BLANK = re.compile(r"[\s\ufeff]*")
_BETWEEN = re.compile(r"\s*,?\s*")

# Where answers of news services and JSON Feed keep their articles.
_LISTS = ("articles", "items", "results", "docs", "entries", "data", "documents", "news", "stories")


def read_json(data: bytes) -> Iterator[Article | UnreadableFile]:
    """An article of each object; one that has none is given as an error that names it."""
    day_first = day_first_of(
        _flat(value) for _, value in _places(data) if isinstance(value, Mapping)
    )
    for place, value in _places(data):
        try:
            if isinstance(value, UnreadableFile):
                raise value
            yield _article(value, day_first)
        except UnreadableFile as error:
            yield UnreadableFile(f"{place}: {error}")


def _places(data: bytes) -> Iterator[tuple[str, Any]]:
    """Each value of the file, and where it stands; one at a time."""
    return _lines(data) if _has_lines(data) else _values(decode(data))


def _flat(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record with what The Guardian's service has inside of it under "fields"."""
    inner = value.get("fields")
    return {**value, **inner} if isinstance(inner, Mapping) else value


def _article(value: Any, day_first: bool | None) -> Article:
    if not isinstance(value, Mapping):
        raise UnreadableFile("It is no object with the fields of an article.")
    if is_record(value):
        raise UnreadableFile("It is of a backup. Give that file as `dateline export` wrote it.")
    value = _flat(value)
    if not any(known(str(name)) == "text" for name in value):
        raise UnreadableFile(without_text(map(str, value), "field"))
    return article_of(value, day_first)


def _has_lines(data: bytes) -> bool:
    """Is the first of several lines an object of its own?"""
    first = list(islice(_filled(data), 2))
    return len(first) == 2 and isinstance(_decoded(first[0][1]), Mapping)


def _decoded(text: str) -> Any:
    try:
        return _DECODER.decode(text.strip())
    except RecursionError:
        return UnreadableFile("It is nested too deeply to be an article.")
    except ValueError as error:
        return UnreadableFile(f"It is no JSON ({_reason(error)}).")


def _reason(error: ValueError) -> str:
    """What the decoder says; without the number of the line where there is one line alone, whose
    number in the file is another."""
    if isinstance(error, json.JSONDecodeError) and "\n" not in error.doc:
        return f"{error.msg}: column {error.colno}"
    return str(error)


def _lines(data: bytes) -> Iterator[tuple[str, Any]]:
    return ((f"Line {number}", _decoded(line)) for number, line in _filled(data))


def _filled(data: bytes) -> Iterator[tuple[int, str]]:
    """The number of each line that is not blank, and the line."""
    for number, line in enumerate(lines_of(data), 1):
        if told := line.strip("\ufeff \t\r\n"):
            yield number, told


def _values(text: str) -> Iterator[tuple[str, Any]]:
    start = _BLANK.match(text).end()  # type: ignore[union-attr]  # it matches nothing, too
    return _elements(text, start + 1) if text.startswith("[", start) else _whole(text, start)


def _elements(text: str, at: int) -> Iterator[tuple[str, Any]]:
    """One after the other, so that a large array never stands in memory as objects."""
    number = 0
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing, too
        if text.startswith("]", at):
            return
        number += 1
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            # Where the next element would begin is not known.
            deep = isinstance(error, RecursionError)
            why = "It is nested too deeply" if deep else f"It is no JSON ({error})"
            yield f"Element {number}", UnreadableFile(f"{why}; what follows it was not read.")
            return
        yield f"Element {number}", value


def _whole(text: str, start: int) -> Iterator[tuple[str, Any]]:
    """One object: an article, or one that holds a list of them."""
    value = _decoded(text[start:])
    if isinstance(value, UnreadableFile):
        raise value
    held = _held(value) if isinstance(value, Mapping) else None
    if held is None:
        yield "The object", value
    else:
        yield from ((f"Element {i}", one) for i, one in enumerate(held, 1))


def _held(value: Mapping[str, Any]) -> list[Any] | None:
    if any(isinstance(value.get(name), str) for name in FIELDS["text"]):
        return None
    if isinstance(answer := value.get("response"), Mapping):
        value = answer
    lists = (value.get(name) for name in _LISTS)
    return next((one for one in lists if isinstance(one, list)), None)
