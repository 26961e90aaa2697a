"""The time at which a page says that it was published, with its zone: trafilatura gives the day."""

import json
import re
from collections.abc import Iterator
from typing import Any

from webapp.importing.dates import date_of, moment_of

# article:published_time, datePublished, parsely-pub-date, DC.date.issued, and what is like them.
_NAME = re.compile(
    r"publi|pub[-_]?date|^((dc|dcterms|sailthru)\.)?(date|created|issued)(\.(issued|created))?$",
    re.IGNORECASE,
)
_CHANGED = re.compile("modif|updat", re.IGNORECASE)
_IN_JSON = re.compile(r'"datePublished"\s*:\s*("[^"\n]{10,80}")')


def time_on(day: str, tree: Any) -> str:
    """How the page, parsed by lxml, writes the time on this day (ISO 8601) when it was published;
    the day itself when it tells no time on it, or none with a zone."""
    if not day:
        return ""
    found = next((told for told in _times(tree) if _is_on(day, told)), "")
    return found or _before_change(day, tree) or day


def _before_change(day: str, tree: Any) -> str:
    """The time beside the one at which the page says that it was changed on this day."""
    for node in tree.iter("time"):
        if _is_change(node) and node.get("datetime", "").startswith(day):
            for beside in (node.getprevious(), node.getnext()):
                if beside is None or beside.tag != "time" or _is_change(beside):
                    continue
                told: str = beside.get("datetime", "")
                if (before := date_of(told)) and before.isoformat() < day:
                    return told
    return ""


def _is_on(day: str, told: str) -> bool:
    moment = moment_of(told)
    return moment is not None and moment.date().isoformat() == day


def _times(tree: Any) -> Iterator[str]:
    """What may be the time, the likeliest first."""
    yield from _in_head(tree)
    yield from _in_json(tree)
    yield from _beside_headline(tree)


def _in_head(tree: Any) -> Iterator[str]:
    for node in tree.iter("meta"):
        name = next(filter(None, map(node.get, ("property", "name", "itemprop"))), "")
        if _NAME.search(name) and not _CHANGED.search(name):
            yield node.get("content", "")


def _in_json(tree: Any) -> Iterator[str]:
    """By its look: a part of a page that is cut off, or written by hand, need not be JSON."""
    for node in tree.iter("script"):
        if "json" in node.get("type", ""):
            for told in _IN_JSON.findall(node.text or ""):
                try:
                    yield json.loads(told)  # some write "+" as an escape
                except ValueError:
                    continue


def _beside_headline(tree: Any) -> Iterator[str]:
    """The times below the headline, then those above it."""
    nodes = list(tree.iter("h1", "time"))
    headline = next((at for at, node in enumerate(nodes) if node.tag == "h1"), 0)
    for node in nodes[headline:] + nodes[:headline]:
        if node.tag == "time" and not _is_change(node):
            yield node.get("datetime") or node.text or ""


def _is_change(node: Any) -> bool:
    return _CHANGED.search(f"{node.get('itemprop')} {node.get('class')}") is not None
