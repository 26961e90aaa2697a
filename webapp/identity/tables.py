"""The data files beside this package: sections of lines, and rows of tab-separated columns."""

from collections.abc import Iterator
from importlib.resources import files


def sections(name: str) -> dict[str, list[str]]:
    """The lines below each `[heading]` of a file; `#` begins a comment."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in _lines(name):
        if line.startswith("["):
            lines = found[line[1:-1]] = []
        else:
            lines.append(line)
    return found


def words(lines: list[str]) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


def rows(name: str) -> Iterator[list[str]]:
    yield from (line.split("\t") for line in _lines(name))


def _lines(name: str) -> Iterator[str]:
    text = files("webapp.identity").joinpath("data", name).read_text("utf-8")
    yield from (line for line in text.splitlines() if line and not line.startswith("#"))
