"""Articles made up by `collection`, written as files of the formats that people have.

WRITERS["HTML"](folder, documents(1_000, seed=1))
"""

import json
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from random import Random
from string import Template

from benchmarks.collection import Document

PAGE = Template(Path(__file__).with_name("saved_page.html").read_text("utf-8"))
SECTIONS = ("World", "Politics", "Business", "Markets", "Science", "Sport", "Culture", "Weather")
STYLES = "\n".join(f".s{n} {{ margin: {n % 7}px {n % 5}em; color: #{n:06x}; }}" for n in range(150))
SCRIPTS = "\n".join(f'layer.push({{"slot": "s{n}", "sizes": [[300, {n}]]}});' for n in range(200))
"""They stand twice in a page: a page has 36 kB, which is little for a news site."""


def write_texts(folder: Path, documents: Iterable[Document]) -> None:
    """A text file of each article: headline, byline, paragraphs."""
    for document in documents:
        title, _, body = document.text.partition("\n\n")
        text = f"{title}\n\nBy {_author(document)}\n\n{body}"
        (folder / f"{document.id:06}.txt").write_text(text, "utf-8")


def write_pages(folder: Path, documents: Iterable[Document]) -> None:
    """A web page of each article as a browser saves it."""
    for document in documents:
        (folder / f"{document.id:06}.html").write_text(page(document), "utf-8")


def write_lines(folder: Path, documents: Iterable[Document]) -> None:
    """All articles in one file of JSON Lines."""
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for document in documents:
            file.write(json.dumps(_record(document), ensure_ascii=False) + "\n")


WRITERS: dict[str, Callable[[Path, Iterable[Document]], None]] = {
    "text": write_texts,
    "HTML": write_pages,
    "JSON Lines": write_lines,
}


def page(document: Document) -> str:
    """The article among navigation, captions, invitations, related stories and scripts."""
    paragraphs = [f"<p>{escape(told, quote=False)}</p>" for told in document.text.split("\n\n")[1:]]
    links = Random(document.id).sample(range(1_000_000), 8)
    return PAGE.substitute(
        id=document.id,
        title=document.title,
        author=_author(document),
        source=document.source,
        date=document.date,
        address=_address(document),
        styles=STYLES,
        scripts=SCRIPTS,
        sections="\n".join(f'<li><a href="/{s.lower()}">{s}</a></li>' for s in SECTIONS),
        related="\n".join(f'<li><a href="/world/{n}">Story number {n}</a></li>' for n in links),
        first="\n".join(paragraphs[:3]),
        rest="\n".join(paragraphs[3:]),
    )


def _record(document: Document) -> dict[str, str]:
    return {
        "title": document.title,
        "text": document.text.partition("\n\n")[2],
        "author": _author(document),
        "source": document.source,
        "date": document.date.isoformat(),
        "url": _address(document),
    }


def _author(document: Document) -> str:
    return next((name for _, name in document.speakers), "Anna Kovac")


def _address(document: Document) -> str:
    site = document.source.lower().replace(" ", "-")
    return f"https://www.{site}.example/world/{document.id}"
