"""Files -> articles. A new format is one reader in `READERS`."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from webapp.errors import UnreadableFile
from webapp.importing.text import decode, read_text
from webapp.model import Article

__all__ = ["READERS", "decode", "find_files", "read_bytes", "read_file"]

READERS: dict[str, Callable[[bytes], Article]] = {".txt": read_text, ".text": read_text}
"""File ending -> the reader that makes an article of the file's bytes."""


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and below each folder those that some reader knows, sorted by name.

    Hidden files and folders are left out. A path that does not exist is given as it is, so that
    reading it says so.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if _wanted(p.relative_to(path), p))
        else:
            yield path


def _wanted(below: Path, path: Path) -> bool:
    hidden = any(part.startswith(".") for part in below.parts)
    return not hidden and path.suffix.lower() in READERS and path.is_file()


def read_file(path: Path) -> Article:
    """The article in one file. Raises UnreadableFile with the reason when there is none."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise UnreadableFile(f"Its ending {path.suffix!r} is not known. Known are {known}.")
    return reader(read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """The file's bytes; what the system says goes into UnreadableFile."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"It cannot be read: {error.strerror or error}.") from error
