"""Files -> articles, one door for all formats. A new format is one reader in `READERS`."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BufferedReader, BytesIO, TextIOWrapper
from pathlib import Path, PurePath

from webapp import backup
from webapp.backup import Kept
from webapp.errors import UnreadableFile
from webapp.importing.archive import Budget, Found, read_zip
from webapp.importing.feed import read_feed
from webapp.importing.formats import ENDINGS, HEAD, Format, format_of, head_of, reading
from webapp.importing.html import read_html
from webapp.importing.jsonl import read_json
from webapp.importing.mail import read_mail
from webapp.importing.pdf import read_pdf
from webapp.importing.table import read_table
from webapp.importing.text import bom_encoding, decode, read_text
from webapp.importing.word import read_word
from webapp.model import Article

__all__ = [
    "ENDINGS", "LARGEST_FILE", "READERS", "Format", "Found", "OnlyErrors", "Reader", "decode",
    "find_files", "read_articles", "read_bytes", "read_file", "read_first", "read_open",
    "read_path",
]  # fmt: skip

Reader = Callable[[bytes], Found]

LARGEST_FILE = 100_000_000
"""In bytes, of a file or of one in an archive. A backup may have any size."""

DEEPEST = 1
"""How often an archive may lie in another one, or in a message."""

DEEPEST_MAIL = 3
"""In how many messages or archives a file may lie."""


def _one(reader: Callable[[bytes], Article]) -> Reader:
    """A reader of files that hold one article, as one of files that hold any number."""

    def read(data: bytes) -> Found:
        yield reader(data)

    return read


def _read_backup(file: BufferedReader) -> Found:
    """A line at a time, however large the file is. It stays open."""
    encoding = bom_encoding(file.peek(HEAD)) or "utf-8-sig"
    # One wrong byte costs its line alone.
    lines = TextIOWrapper(file, encoding, errors="surrogateescape", newline="\n")
    try:
        yield from backup.read(lines)
    finally:
        lines.detach()


READERS: dict[Format, Reader] = {
    Format.BACKUP: lambda data: _read_backup(BufferedReader(BytesIO(data))),
    Format.TEXT: read_text,
    Format.HTML: _one(read_html),
    Format.FEED: read_feed,
    Format.JSON: read_json,
    Format.TABLE: read_table,
    Format.WORD: _one(read_word),
    Format.PDF: _one(read_pdf),
}
"""The reader of each format but zip and e-mail, which hold files of other formats. The libraries of
a format are loaded when one is read."""


def find_files(
    paths: Iterable[Path], unknown: Callable[[Path], object] = lambda _: None
) -> Iterator[Path]:
    """The files named, and below each folder those that some reader knows, sorted by name.

    `unknown` is told the others. Hidden files and folders are left out. A path that does not exist
    is given as it is, so that reading it says so.
    """
    for path in paths:
        if not _is_folder(path):
            yield path
            continue
        for file in sorted(p for p in path.rglob("*") if _is_seen(p.relative_to(path), p)):
            if _is_known(file.name):
                yield file
            else:
                unknown(file)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # its name is too long, or what holds it is closed
        return False


def _is_seen(below: Path, path: Path) -> bool:
    return not any(part.startswith(".") for part in below.parts) and path.is_file()


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
    with _opened(path) as file:
        yield from read_open(file, path.name)


def read_open(file: BufferedReader, name: str) -> Found:
    """The articles in an open file; see `read_articles`. A backup may be of any size: no more than
    a line of it stands in memory at a time."""
    if backup.is_backup(head_of(file.peek(HEAD))):
        with reading(Format.BACKUP):
            yield from _told(_read_backup(file))
    else:
        yield from read_articles(file.read(LARGEST_FILE + 1), name)


def read_file(path: Path) -> Article:
    """The first article in a file. Raises UnreadableFile with the reason when there is none."""
    return read_first(read_bytes(path), path.name)


def read_first(data: bytes, name: str) -> Article:
    """The first of `read_articles`. Raises UnreadableFile with the reason when there is none."""
    found = _read(data, name, 0, Budget())
    first: UnreadableFile | None = None
    for one in found:
        if not isinstance(one, UnreadableFile):
            return one.article if isinstance(one, Kept) else one
        first = first or one
    raise first or _empty()


def read_bytes(path: Path) -> bytes:
    """The file's bytes; what the system says goes into UnreadableFile."""
    with _opened(path) as file:
        # Not by the size that the system tells: a pipe has none.
        data = file.read(LARGEST_FILE + 1)
    _check_size(data)
    return data


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    try:
        with path.open("rb") as file:
            yield file
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadableFile(f"It cannot be read: {reason}.") from error


def _check_size(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise UnreadableFile(
            f"It is larger than {LARGEST_FILE // 1_000_000} MB. Make several files of it."
        )


def _told(found: Found) -> Found:
    """What was found, and an error at the end when none of it was an article."""
    articles = errors = False
    for one in found:
        failed = isinstance(one, UnreadableFile)
        articles, errors = articles or not failed, errors or failed
        yield one
    if not articles:
        raise (OnlyErrors("Nothing in it can be read as an article.") if errors else _empty())


class OnlyErrors(UnreadableFile):
    """All entries of a file were errors, each of which was given before."""


def _empty() -> UnreadableFile:
    return UnreadableFile("It holds no article. Check that the right file was given.")


def _read(data: bytes, name: str, depth: int, budget: Budget, feed: Reader = read_feed) -> Found:
    kind = format_of(data, name)
    if kind is not Format.BACKUP:
        _check_size(data)
    if kind is Format.ZIP and depth > DEEPEST:
        raise UnreadableFile("It is an archive that lies too deep in others. Unpack it.")
    if depth > DEEPEST_MAIL:
        raise UnreadableFile("It lies too deep in messages and archives. Save it as a file.")
    inner = partial(_read, depth=depth + 1, budget=budget, feed=feed)
    if kind is Format.ZIP:
        found = read_zip(data, _is_known, inner, budget)
    elif kind is Format.MAIL:
        found = read_mail(data, inner)
    else:
        found = (feed if kind is Format.FEED else READERS[kind])(data)
    with reading(kind):
        yield from found
