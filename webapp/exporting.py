"""Results to take along: as a table, as JSON, and as citations of several kinds."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from webapp.bibliography import bibtex, csl, ris
from webapp.citing import Citation, cite, markdown, plain
from webapp.model import Hit, QuoteHit
from webapp.records import Record, record

Hits = Iterable[Hit | QuoteHit]


@dataclass(frozen=True, slots=True)
class Style:
    """A way to write citations: what it is called, the ending of a file, its media type, and the
    writer."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Iterable[Citation]], Iterator[str]]


STYLES = {
    "text": Style("Plain text", "txt", "text/plain; charset=utf-8", plain),
    "markdown": Style("Markdown", "md", "text/markdown; charset=utf-8", markdown),
    "bibtex": Style("BibTeX", "bib", "application/x-bibtex; charset=utf-8", bibtex),
    "ris": Style("RIS", "ris", "application/x-research-info-systems; charset=utf-8", ris),
    "csl": Style("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl),
}
"""How one quote is cited, with the one that people read first."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write hits: what it is called, the ending of the file, its media type, and the
    writer, which is given the address of the reader too."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Hits, str], Iterator[str]]


def table(records: Iterable[Record]) -> Iterator[str]:
    """Records as CSV; all of them have the fields of the first. Lists are joined by semicolons."""
    headed = False
    for line in records:
        if not headed:
            yield _row(list(line))
            headed = True
        yield _row([_cell(value) for value in line.values()])


def _row(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _cell(value: object) -> str:
    told = "; ".join(map(str, value)) if isinstance(value, list) else value
    text = "" if told is None else str(told)
    # A spreadsheet would run it as a formula.
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def array(records: Iterable[Record]) -> Iterator[str]:
    """Records as a JSON array, one a line."""
    yield "["
    for number, line in enumerate(records):
        yield (",\n" if number else "\n") + json.dumps(line, ensure_ascii=False)
    yield "\n]\n"


TABLES = {
    "csv": ("text/csv; charset=utf-8", table),
    "json": ("application/json", array),
}
"""How records are written: media type and writer, by the ending of the file."""


def _recorded(ending: str) -> Format:
    media_type, write = TABLES[ending]
    return Format(
        ending.upper(),
        ending,
        media_type,
        lambda hits, root: write(record(hit, root) for hit in hits),
    )


def _cited(
    style: Style, ending: str, write: Callable[[Iterable[Citation]], Iterator[str]]
) -> Format:
    return Format(
        style.name,
        ending,
        style.media_type,
        lambda hits, root: write(cite(hit, root) for hit in hits),
    )


FORMATS = {
    "csv": _recorded("csv"),
    "json": _recorded("json"),
    "markdown": _cited(STYLES["markdown"], "md", partial(markdown, bullet="- ")),
    "bibtex": _cited(STYLES["bibtex"], "bib", bibtex),
    "ris": _cited(STYLES["ris"], "ris", ris),
    "csl": _cited(STYLES["csl"], "csl.json", csl),
}
"""How a result is taken along."""
