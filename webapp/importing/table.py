"""CSV and TSV -> articles, one of each row."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from webapp.errors import UnreadableFile
from webapp.importing.records import article_of, day_first_of, known, without_text
from webapp.importing.text import decode
from webapp.model import Article

LARGEST_FIELD = 10_000_000
"""In code points. The standard 131,072 is less than some articles have."""

_DELIMITERS = (",", "\t", ";", "|")
# Excel's own first line, which names the delimiter.
_SEP = re.compile(r"\ufeff?[\r\n]*\"?sep=.\"?\r?\n", re.IGNORECASE)


def looks_like_table(head: str) -> bool:
    """Does the text begin with the names of columns, a text's among them?"""
    text = _SEP.sub("", head, count=1).lstrip("\ufeff")
    first = _first_line(text)
    if not text[len(first) :].strip() or len(first) > 1000:
        return False
    try:
        fields = [known(name) for name in _header(first)[1]]
    except csv.Error:
        return False
    return "text" in fields and len(set(filter(None, fields))) > 1


def _first_line(text: str) -> str:
    return re.split(r"[\r\n]", text, maxsplit=1)[0]


def _header(line: str) -> tuple[str, list[str]]:
    """The delimiter and the names of the columns: what gives the most names that are known."""

    def split(delimiter: str) -> list[str]:
        return next(csv.reader([line], delimiter=delimiter), [])

    best = max(_DELIMITERS, key=lambda d: (sum(map(bool, map(known, split(d)))), line.count(d)))
    return best, [name.strip() for name in split(best)]


def read_table(data: bytes) -> Iterator[Article | UnreadableFile]:
    """An article of each row; a row without one is given as an error that names the row."""
    csv.field_size_limit(LARGEST_FIELD)  # of the whole process; nothing else here reads tables
    text = _SEP.sub("", decode(data), count=1).lstrip("\ufeff\r\n")
    try:
        delimiter, names = _header(_first_line(text)[:100_000])
    except csv.Error as error:
        raise UnreadableFile(f"Its first line gives no names of columns: {error}.") from error
    if "text" not in map(known, names):
        raise UnreadableFile(without_text(filter(None, names), "column"))
    day_first = day_first_of(
        _record(names, row) for row in _rows(text, delimiter) if isinstance(row, list)
    )
    for number, row in enumerate(_rows(text, delimiter), 1):
        if number == 1:
            continue
        try:
            if isinstance(row, csv.Error):
                raise row
            if any(map(str.strip, row)):
                yield _article(names, row, day_first)
        except (UnreadableFile, csv.Error) as error:
            yield UnreadableFile(f"Row {number}: {_sentence(error)}")


def _rows(text: str, delimiter: str) -> Iterator[list[str] | csv.Error]:
    """The rows, the header too. One that cannot be read is an error, and the next line follows.

    Read strictly, so that a quotation mark that is never closed does not take the rows below it
    into its cell; but a stray one in a row of one line does no harm.
    """
    source = StringIO(text, newline="")
    rows = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        start = source.tell()
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            told = text[start : source.tell()]
            further = f"{error}; it goes on to line {rows.line_num}"
            yield _loose(told, delimiter) or csv.Error(further)


def _loose(line: str, delimiter: str) -> list[str] | None:
    """The row of one line however its marks stand, None when one is open at its end."""
    try:
        # What is open takes the second line into its cell.
        rows = list(csv.reader([line, ""], delimiter=delimiter))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 2 and not re.search(r"[\r\n].", line) else None


def _article(names: list[str], row: list[str], day_first: bool | None) -> Article:
    if any(cell.strip() for cell in row[len(names) :]):
        # Its columns are shifted, most often by a comma in a text without quotation marks.
        raise UnreadableFile(
            f"It has {len(row)} cells for {len(names)} columns. "
            "Put texts that hold the delimiter into quotation marks."
        )
    return article_of(_record(names, row), day_first)


def _record(names: list[str], row: list[str]) -> dict[str, str]:
    return dict(zip(names, row, strict=False))


def _sentence(error: Exception) -> str:
    if isinstance(error, csv.Error):
        return (
            f"It cannot be read ({error}). "
            "Look for a quotation mark that is not closed, or not doubled."
        )
    return str(error)
