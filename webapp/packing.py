"""Articles and annotations as plain values, for the store and for backups."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from webapp.model import (
    Annotations,
    Article,
    Country,
    Mention,
    Quote,
    QuoteKind,
    Span,
    Speaker,
)

_DATES: dict[str, type[dt.date]] = {
    "published": dt.date, "published_at": dt.datetime, "imported_at": dt.datetime,
}  # fmt: skip


def packed_article(article: Article) -> dict[str, Any]:
    """What json.dumps takes; `unpacked_article` reads it."""
    dates = {name: getattr(article, name) for name in _DATES}
    return asdict(article) | {name: day.isoformat() if day else None for name, day in dates.items()}


def unpacked_article(packed: dict[str, Any]) -> Article:
    """What `packed_article` packed. Raises KeyError, TypeError or ValueError for anything else."""
    dates = {n: kind.fromisoformat(packed[n]) for n, kind in _DATES.items() if packed.get(n)}
    return Article(**packed | dict.fromkeys(_DATES) | dates)


def packed(found: Annotations) -> dict[str, Any]:
    """What json.dumps takes; `unpacked` reads it."""
    return asdict(found)


def unpacked(found: dict[str, Any]) -> Annotations:
    """What `packed` packed. Raises KeyError, TypeError or ValueError for anything else."""
    return Annotations(
        version=found["version"],
        quotes=tuple(_quote(quote) for quote in found["quotes"]),
        speakers=tuple(Speaker(**s | {"mentions": _mentions(s)}) for s in found["speakers"]),
        countries=tuple(Country(**c | {"mentions": _mentions(c)}) for c in found["countries"]),
    )


def _quote(packed: dict[str, Any]) -> Quote:
    spans = {name: Span(**packed[name]) if packed[name] else None for name in ("cue", "source")}
    content = tuple(Span(**piece) for piece in packed["content"])
    kind = QuoteKind(packed["kind"])
    return Quote(**packed | spans | {"content": content, "kind": kind})


def _mentions(packed: dict[str, Any]) -> tuple[Mention, ...]:
    return tuple(Mention(Span(**m["span"]), m["via"]) for m in packed["mentions"])
