"""The data files of a package: sections of lines, and rows of tab-separated columns."""

from collections.abc import Iterator
from importlib.resources import files


def sections(package: str, name: str) -> dict[str, list[str]]:
    """The lines below each `[heading]` of a file; `#` begins a comment."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in _lines(package, name):
        if line.startswith("["):
            lines = found[line[1:-1]] = []
        else:
            lines.append(line)
    return found


def words(lines: list[str]) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


def phrases(lines: list[str]) -> frozenset[str]:
    """Phrases that a bar separates."""
    return frozenset(phrase.strip() for phrase in " ".join(lines).split("|"))


def rows(package: str, name: str) -> Iterator[list[str]]:
    yield from (line.split("\t") for line in _lines(package, name))


def _lines(package: str, name: str) -> Iterator[str]:
    text = files(package).joinpath("data", name).read_text("utf-8")
    yield from (line for line in text.splitlines() if line and not line.startswith("#"))
