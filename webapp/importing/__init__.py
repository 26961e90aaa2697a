"""Files -> articles, one door for all formats. A new format is one reader in `READERS`."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path, PurePath

from webapp.errors import UnreadableFile
from webapp.importing.archive import Budget, read_zip
from webapp.importing.feed import read_feed
from webapp.importing.formats import ENDINGS, Format, format_of, reading
from webapp.importing.html import read_html
from webapp.importing.jsonl import read_json
from webapp.importing.mail import read_mail
from webapp.importing.pdf import read_pdf
from webapp.importing.table import read_table
from webapp.importing.text import decode, read_text
from webapp.importing.word import read_word
from webapp.model import Article

__all__ = [
    "ENDINGS", "LARGEST_FILE", "READERS", "Format", "OnlyErrors", "Reader", "decode", "find_files",
    "read_articles", "read_bytes", "read_file", "read_first", "read_path",
]  # fmt: skip

Found = Iterator[Article | UnreadableFile]
Reader = Callable[[bytes], Found]

LARGEST_FILE = 100_000_000
"""In bytes, of a file or of one in an archive."""

DEEPEST = 1
"""How often an archive may lie in another one."""


def _one(reader: Callable[[bytes], Article]) -> Reader:
    """A reader of files that hold one article, as one of files that hold any number."""

    def read(data: bytes) -> Found:
        yield reader(data)

    return read


READERS: dict[Format, Reader] = {
    Format.TEXT: _one(read_text),
    Format.HTML: _one(read_html),
    Format.FEED: read_feed,
    Format.JSON: read_json,
    Format.TABLE: read_table,
    Format.MAIL: _one(read_mail),
    Format.WORD: _one(read_word),
    Format.PDF: _one(read_pdf),
}
"""The reader of each format but zip. The libraries of a format are loaded when one is read."""


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
    return not hidden and _is_known(path.name) and path.is_file()


def _is_known(name: str) -> bool:
    return PurePath(name).suffix.lower() in ENDINGS


def read_articles(data: bytes, name: str, feed: Reader = read_feed) -> Found:
    """The articles in a file, in its order and one at a time.

    The format is what `data` looks like, else what `name` ends with; `feed` reads feeds. What is
    wrong with one entry of many (a row, a file in an archive) is given as the error, and the next
    entries follow. Raises UnreadableFile when the file is no article at all, at the end also when
    all of its entries were errors.
    """
    yield from _told(_read(data, name, 0, Budget(), feed))


def read_path(path: Path) -> Found:
    """The articles in the file at this path; see `read_articles`."""
    yield from read_articles(read_bytes(path), path.name)


def read_file(path: Path) -> Article:
    """The first article in a file. Raises UnreadableFile with the reason when there is none."""
    return read_first(read_bytes(path), path.name)


def read_first(data: bytes, name: str) -> Article:
    """The first of `read_articles`. Raises UnreadableFile with the reason when there is none."""
    found = _read(data, name, 0, Budget())
    first: UnreadableFile | None = None
    for one in found:
        if isinstance(one, Article):
            return one
        first = first or one
    raise first or _empty()


def read_bytes(path: Path) -> bytes:
    """The file's bytes; what the system says goes into UnreadableFile."""
    try:
        with path.open("rb") as file:
            # Not by the size that the system tells: a pipe has none.
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadableFile(f"It cannot be read: {reason}.") from error
    _check_size(data)
    return data


def _check_size(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise UnreadableFile(
            f"It is larger than {LARGEST_FILE // 1_000_000} MB. Make several files of it."
        )


def _told(found: Found) -> Found:
    """What was found, and an error at the end when none of it was an article."""
    articles = errors = False
    for one in found:
        articles = articles or isinstance(one, Article)
        errors = errors or isinstance(one, UnreadableFile)
        yield one
    if not articles:
        raise (OnlyErrors("Nothing in it can be read as an article.") if errors else _empty())


class OnlyErrors(UnreadableFile):
    """All entries of a file were errors, each of which was given before."""


def _empty() -> UnreadableFile:
    return UnreadableFile("It holds no article. Check that the right file was given.")


def _read(data: bytes, name: str, depth: int, budget: Budget, feed: Reader = read_feed) -> Found:
    _check_size(data)
    kind = format_of(data, name)
    if kind is Format.ZIP and depth > DEEPEST:
        raise UnreadableFile("It is an archive inside an archive inside an archive. Unpack it.")
    if kind is Format.ZIP:
        inner = partial(_read, depth=depth + 1, budget=budget, feed=feed)
        found = read_zip(data, _is_known, inner, budget)
    else:
        found = (feed if kind is Format.FEED else READERS[kind])(data)
    with reading(kind):
        yield from found
