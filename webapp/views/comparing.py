"""What differs between two articles: their texts in one, with what only one of them has marked."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from flask import Blueprint, url_for
from werkzeug import Response

from webapp.importing.similarity import Difference
from webapp.model import Article
from webapp.views.htmx import library, render

blueprint = Blueprint("comparing", __name__)

SHORT = 40
"""Words of both texts up to which a stretch without differences is shown."""

_BREAK = "\n\n"

Where = Literal["both", "first", "second"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words, and which of the two texts has them."""

    where: Where
    text: str


Paragraph = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs that all have differences, or that have none."""

    paragraphs: tuple[Paragraph, ...]
    is_same: bool

    @property
    def words(self) -> int:
        return sum(count(paragraph) for paragraph in self.paragraphs)

    @property
    def is_long(self) -> bool:
        """Whether it has nothing to see, and much of that."""
        return self.is_same and self.words > SHORT


@blueprint.get("/articles/<int(max=2147483647):article_id>/compared/<int(max=2147483647):other_id>")
def compare(article_id: int, other_id: int) -> Response:
    first, second, differences = library().compared(article_id, other_id)
    found = tuple(runs(differences))
    return render(
        "comparing",
        first=first,
        second=second,
        words={where: count(found, where) for where in ("both", "first", "second")},
        stretches=stretches(found),
        live="",
    )


@blueprint.app_template_global()
def compared_url(article: Article, other: Article) -> str:
    """The address that tells what differs, from the older of the two to the newer."""
    dated = article.published and other.published
    first, second = sorted(
        (article, other), key=lambda a: ((a.published if dated else None) or dt.date.min, a.id)
    )
    return url_for("comparing.compare", article_id=first.id, other_id=second.id)


def runs(differences: Iterable[Difference]) -> Iterator[Run]:
    """The differences in text order; blanks around them are no difference."""
    for piece in differences:
        first, second = piece.one.strip(), piece.other.strip()
        if piece.kind == "same" or not first + second:
            yield Run("both", max(piece.one, piece.other, key=len))
            continue
        yield Run("both", max(_before(piece.one), _before(piece.other), key=len))
        yield Run("first", first)
        if first and second:
            yield Run("both", _BREAK if _BREAK in f"{first}{second}" else " ")
        yield Run("second", second)
        yield Run("both", max(_behind(piece.one), _behind(piece.other), key=len))


def _before(text: str) -> str:
    """The blanks before a text."""
    return text[: len(text) - len(text.lstrip())]


def _behind(text: str) -> str:
    """The blanks behind a text."""
    return text[len(text.rstrip()) :]


def stretches(found: Iterable[Run]) -> tuple[Stretch, ...]:
    """The paragraphs, those with differences and those without taken together."""
    grouped = groupby(_paragraphs(found), key=_is_same)
    return tuple(Stretch(tuple(paragraphs), is_same) for is_same, paragraphs in grouped)


def _is_same(paragraph: Paragraph) -> bool:
    return all(run.where == "both" for run in paragraph)


def _paragraphs(found: Iterable[Run]) -> Iterator[Paragraph]:
    paragraph: list[Run] = []
    for run in found:
        first, *others = re.split(r"\n\n+", run.text)
        paragraph.append(Run(run.where, first))
        for other in others:
            yield from _apart(paragraph)
            paragraph = [Run(run.where, other)]
    yield from _apart(paragraph)


def _apart(paragraph: Iterable[Run]) -> Iterator[Paragraph]:
    """A paragraph without what is empty; two when the second text has another in its place."""
    told = tuple(run for run in paragraph if run.text)
    words = [(run,) for run in told if run.text.strip()]
    if any(run.where == "both" for (run,) in words):
        yield told
    else:
        yield from words


def count(found: Iterable[Run], *where: Where) -> int:
    """How many words there are, or how many of them are there."""
    return sum(len(run.text.split()) for run in found if not where or run.where in where)
