"""What is taken along, as plain values: the objects of exports and of the API.

Names of fields stay, and new ones come last. `root` is the address of the reader, with its last
slash. Offsets are code points of the article's "text", `start` included, `end` not. What is not
known is None.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from webapp.catalogue import countries, speakers
from webapp.catalogue.matrix import Matrix
from webapp.citing import quote_hash
from webapp.library import View
from webapp.model import (
    Annotations,
    Article,
    Country,
    Hit,
    Mention,
    Name,
    Person,
    Quote,
    QuoteHit,
    Span,
    Speaker,
)
from webapp.search import Value
from webapp.store.articles import content_hash

Record = dict[str, Any]


def record(hit: Hit | QuoteHit, root: str) -> Record:
    """A hit.

    Articles that tell the same have the same "story"; "folded" is for how many further ones that
    were found this one stands. Quotes of the same words have the same "first".
    """
    return _quote(hit, root) if isinstance(hit, QuoteHit) else _article(hit, root)


def _article(hit: Hit, root: str) -> Record:
    article = hit.article
    return {
        "id": article.id,
        "title": article.title,
        "url": f"{root}articles/{article.id}",
        "source": article.source,
        "author": article.author,
        "date": _iso(article.published),
        "speakers": [name.name for name in hit.summary.speakers],
        "countries": [name.id for name in hit.summary.countries],
        "snippet": hit.snippet.text,
        "story": hit.story,
        "folded": hit.folded,
        "published_at": _iso(article.published_at),
        "original": article.url or None,
    }


def _quote(hit: QuoteHit, root: str) -> Record:
    article, quote = hit.article, hit.quote
    return {
        "id": quote.id,
        "speaker": hit.speaker.name if hit.speaker else None,
        "role": (hit.speaker.role or None) if hit.speaker else None,
        "words": quote.line(article.text),
        "kind": quote.kind.value,
        "cue": hit.cue or None,
        "source_words": hit.source or None,
        "countries": [country.code for country in hit.countries],
        "confidence": round(quote.confidence, 2),
        "url": f"{root}quotes/{quote.id}",
        "title": article.title,
        "source": article.source,
        "date": _iso(article.published),
        "published_at": _iso(article.published_at),
        "original": article.url or None,
        "article": article.id,
        "speaker_id": hit.person or None,
        "first": hit.first or quote.id,
        "hash": quote_hash(article, quote),
    }


def quote_in_full(hit: QuoteHit, root: str) -> Record:
    """A quote with its places in the text of its article."""
    return _quote(hit, root) | _places(hit.quote)


def _places(quote: Quote) -> Record:
    return {
        "content": [_span(piece) for piece in quote.content],
        "cue_at": _span(quote.cue) if quote.cue else None,
        "source_at": _span(quote.source) if quote.source else None,
        "evidence": quote.evidence,
    }


def article_in_full(view: View, root: str) -> Record:
    """An article with its text and what was found in it."""
    article, found, ids = view.article, view.found, view.people
    return {
        **_facts(article, root),
        "story": view.story,
        "versions": view.versions,
        "text": article.text,
        "quotes": [_quote_of(article, found, quote, ids) for quote in found.quotes],
        "speakers": [_speaker_of(speaker, ids) for speaker in found.speakers],
        "countries": [_country_of(country) for country in found.countries],
        "annotator": found.version,
        "content_hash": content_hash(article),
    }


def _facts(article: Article, root: str) -> Record:
    return {
        "id": article.id,
        "title": article.title,
        "headline": article.headline or None,
        "url": f"{root}articles/{article.id}",
        "original": article.url or None,
        "source": article.source,
        "author": article.author,
        "date": _iso(article.published),
        "published_at": _iso(article.published_at),
        "dateline": article.dateline,
        "language": article.language,
    }


def _quote_of(article: Article, found: Annotations, quote: Quote, ids: Mapping[str, str]) -> Record:
    return {
        "id": quote.id,
        "words": quote.line(article.text),
        "kind": quote.kind.value,
        "speaker": quote.speaker or None,
        "speaker_id": ids.get(quote.speaker),
        "countries": [country.code for country in found.countries_in([quote])],
        "confidence": round(quote.confidence, 2),
        **_places(quote),
        "hash": quote_hash(article, quote),
    }


def _speaker_of(speaker: Speaker, ids: Mapping[str, str]) -> Record:
    return {
        "id": speaker.id,
        "speaker_id": ids.get(speaker.id),
        "name": speaker.name,
        "kind": speaker.kind,
        "role": speaker.role or None,
        "mentions": _mentions(speaker.mentions),
    }


def _country_of(country: Country) -> Record:
    mentions = _mentions(country.mentions)
    return {"code": country.code, "name": country.name, "mentions": mentions}


def _mentions(mentions: Iterable[Mention]) -> list[Record]:
    return [{**_span(mention.span), "via": mention.via} for mention in mentions]


def _span(span: Span) -> Record:
    return {"start": span.start, "end": span.end}


def speaker(line: speakers.Line, root: str) -> Record:
    """A speaker in a list."""
    return {
        "id": line.slug,
        "name": line.name,
        "kind": line.kind,
        "role": line.role or None,
        "quotes": line.quotes,
        "last": _iso(line.last),
        "url": f"{root}speakers/{line.slug}",
    }


def speaker_in_full(portrait: speakers.Portrait, root: str) -> Record:
    """What there is about a speaker."""
    return {
        **_person(portrait.person, root),
        "quotes": portrait.quotes,
        "articles": portrait.articles,
        "countries": [_counted("code", name, "quotes") for name in portrait.countries],
        "sources": [_counted("id", name, "quotes") for name in portrait.sources],
        "months": _months(portrait.months, "quotes"),
        "beside": [_counted("id", name, "articles") for name in portrait.beside],
        "namesakes": [speaker(line, root) for line in portrait.namesakes],
    }


def _person(person: Person, root: str) -> Record:
    return {
        "id": person.slug,
        "name": person.name,
        "kind": person.kind,
        "url": f"{root}speakers/{person.slug}",
        "roles": [
            {
                "role": told.role or None,
                "first": _iso(told.first),
                "last": _iso(told.last),
                "articles": told.articles,
            }
            for told in person.roles
        ],
        "variants": [
            {"name": variant.name, "articles": variant.articles, "why": variant.why or None}
            for variant in person.variants
        ],
    }


def country(named: countries.Named, root: str) -> Record:
    """A country in a list."""
    return {
        "code": named.code,
        "name": named.name,
        "articles": named.articles,
        "quotes": named.quotes,
        "url": f"{root}countries/{named.code}",
    }


def country_in_full(portrait: countries.Portrait, root: str) -> Record:
    """What there is about a country."""
    return {
        **country(portrait.country, root),
        "speakers": [_counted("id", name, "quotes") for name in portrait.speakers],
        "others": [_counted("code", name, "articles") for name in portrait.others],
        "sources": [_counted("id", name, "quotes") for name in portrait.sources],
        "months": _months(portrait.months, "articles"),
    }


def matrix(made: Matrix) -> Record:
    """Who says how much about which country: `cells[row][column]` is a number of quotes."""
    return {
        "quotes": made.quotes,
        "rows": [_counted("id", name, "quotes") for name in made.rows],
        "columns": [_counted("code", name, "quotes") for name in made.columns],
        "cells": [list(row) for row in made.cells],
        "more_rows": made.more_rows,
        "more_columns": made.more_columns,
    }


def matrix_lines(made: Matrix) -> Iterable[Record]:
    """The matrix as a table: a line a speaker, a column a country."""
    codes = [name.id for name in made.columns]
    for name, cells in zip(made.rows, made.cells, strict=True):
        counts = dict(zip(codes, cells, strict=True))
        yield {"id": name.id, "speaker": name.name, "quotes": name.count, **counts}


def _counted(key: str, name: Name, what: str) -> Record:
    return {key: name.id, "name": name.name, what: name.count}


def _months(months: Iterable[Value], what: str) -> list[Record]:
    return [{"month": month.key, what: month.count} for month in months]


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None
