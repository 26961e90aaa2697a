"""Results to take along: as CSV, JSON or a Markdown list of citations."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.model import Article, Hit, Quote, QuoteHit, QuoteKind, Speaker

Record = dict[str, Any]
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def day(date: dt.date) -> str:
    """`3 March 2026`, the same in every locale of the machine."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def record(hit: Hit | QuoteHit, root: str) -> Record:
    """A hit as plain values; `root` is the address of the reader, with its last slash."""
    if isinstance(hit, QuoteHit):
        return _quote_record(hit, root)
    article = hit.article
    return {
        "id": article.id,
        "title": article.title,
        "url": f"{root}articles/{article.id}",
        "source": article.source,
        "author": article.author,
        "date": article.published.isoformat() if article.published else None,
        "speakers": [name.name for name in hit.summary.speakers],
        "countries": [name.id for name in hit.summary.countries],
        "snippet": hit.snippet.text,
    }


def _quote_record(hit: QuoteHit, root: str) -> Record:
    article, quote = hit.article, hit.quote
    return {
        "id": quote.id,
        "speaker": hit.speaker.name if hit.speaker else None,
        "role": hit.speaker.role if hit.speaker else None,
        "words": quote.words(article.text).replace("\n", " "),
        "kind": quote.kind.value,
        "cue": hit.cue or None,
        "source_words": hit.source or None,
        "countries": [country.code for country in hit.countries],
        "confidence": round(quote.confidence, 2),
        "url": f"{root}quotes/{quote.id}",
        "title": article.title,
        "source": article.source,
        "date": article.published.isoformat() if article.published else None,
    }


def citation(hit: Hit | QuoteHit, root: str) -> str:
    """A hit as one cites it, in Markdown."""
    article = hit.article
    if isinstance(hit, Hit):
        return f"{_article(article)} <{root}articles/{article.id}>"
    words = hit.quote.words(article.text).replace("\n", " ")
    told = attributed(hit.quote, hit.speaker, hit.source)
    return f"{told} {_article(article)} {words} <{root}quotes/{hit.quote.id}>"


def attributed(quote: Quote, speaker: Speaker | None, source: str) -> str:
    """How a citation begins: "Anna Kovac, quoted in"."""
    by = speaker.name if speaker else source or "A speaker not named"
    return f"{by}, {'paraphrased' if quote.kind is QuoteKind.INDIRECT else 'quoted'} in"


def _article(article: Article) -> str:
    known = [f"“{article.title}”", article.source, article.author]
    known += [day(article.published)] if article.published else []
    return ", ".join(filter(None, known)) + "."


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write hits: the ending of the file, its media type, and the writer."""

    ending: str
    media_type: str
    write: Callable[[Iterable[Hit | QuoteHit], str], Iterator[str]]


def _csv(hits: Iterable[Hit | QuoteHit], root: str) -> Iterator[str]:
    headed = False
    for hit in hits:
        found = record(hit, root)
        if not headed:
            yield _row(list(found))
            headed = True
        yield _row([_cell(value) for value in found.values()])


def _row(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _cell(value: object) -> str:
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    # A spreadsheet would run it as a formula.
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _json(hits: Iterable[Hit | QuoteHit], root: str) -> Iterator[str]:
    yield "["
    for number, hit in enumerate(hits):
        yield (",\n" if number else "\n") + json.dumps(record(hit, root), ensure_ascii=False)
    yield "\n]\n"


def _markdown(hits: Iterable[Hit | QuoteHit], root: str) -> Iterator[str]:
    yield from (f"- {citation(hit, root)}\n" for hit in hits)


FORMATS = {
    "csv": Format("csv", "text/csv; charset=utf-8", _csv),
    "json": Format("json", "application/json", _json),
    "markdown": Format("md", "text/markdown; charset=utf-8", _markdown),
}
