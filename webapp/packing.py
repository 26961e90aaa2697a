"""Annotations as plain values, for the store and for backups."""

from dataclasses import asdict
from typing import Any

from webapp.model import (
    Annotations,
    Country,
    Mention,
    Quote,
    QuoteKind,
    Span,
    Speaker,
)


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
