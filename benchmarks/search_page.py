"""Server time of the whole search page: facets, ten and more passages, tabs, from the real store.

    python -m benchmarks.search_page [SIZES ...]      collections of so many articles: 1000 10000

Made-up articles with twelve quotes each; milliseconds, inside the process, without a network.
"""

import logging
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median, quantiles
from urllib.parse import urlencode

from benchmarks.collection import COUNTRIES, Case, Document, Kind, cases, documents
from benchmarks.dateline_engine import entry, query
from webapp import create_app, store
from webapp.annotation.gazetteer import code_of, short_names
from webapp.config import Settings
from webapp.knowing import know
from webapp.library import Library, open_library
from webapp.model import Annotations, Country, Mention, Quote, QuoteKind, Span, Speaker
from webapp.search.whoosh_index import WhooshIndex

SEED = 1
AIMS = {1_000: 80, 10_000: 80, 100_000: 600}
"""Milliseconds of p95."""


def main() -> None:
    logging.disable()
    print("| articles | aim p95 | search page | fragment | quotes tab | by/about | open, s |")
    print("|---|---|---|---|---|---|---|")
    for size in [int(size) for size in sys.argv[1:]] or [1_000, 10_000]:
        with tempfile.TemporaryDirectory() as home:
            fill(Path(home), size)
            print(f"| {size:,} | {AIMS.get(size, '–')} | {' | '.join(_cells(Path(home), size))} |")


def fill(home: Path, size: int) -> None:
    """Articles with annotations into the store, several hundred in a transaction, and the index."""
    opened = store.open_store(home / "dateline.sqlite")
    batch: list[Document] = []
    for document in documents(size, SEED):
        batch.append(document)
        if len(batch) == 500 or document.id == size:
            with opened.write() as connection:
                for one in batch:
                    article_id = store.articles.add(connection, one.article)
                    assert article_id is not None
                    store.annotations.put(connection, article_id, one.text, annotated(one))
                    know(connection, article_id, one.text)
            batch.clear()
    library = Library(opened, WhooshIndex(home / "search", code_of), lambda _: Annotations(""), "")
    library.reindex()
    library.close()


def annotated(document: Document) -> Annotations:
    """What an annotator would have found in a made-up article."""
    text = document.text
    quotes = [
        Quote(made.pieces, QuoteKind.DIRECT, speaker=made.speaker, confidence=0.9)
        for made in entry(document).quotes
    ]
    speakers = tuple(
        Speaker(slug, name, "person", "", (Mention(_place(text, name), "name"),))
        for slug, name in document.speakers
    )
    countries = tuple(
        Country(code, short_names()[code], tuple(_mentions(text, code)))
        for code in document.countries
    )
    return Annotations("made up", tuple(quotes), speakers, countries)


def _place(text: str, words: str) -> Span:
    start = max(0, text.find(words))
    return Span(start, start + len(words))


def _mentions(text: str, code: str) -> Iterator[Mention]:
    name, start = COUNTRIES[code], 0
    while (start := text.find(name, start)) >= 0:
        yield Mention(Span(start, start + len(name)), "name")
        start += len(name)


def _cells(home: Path, size: int) -> Iterator[str]:
    library = open_library(Settings(home))
    begun = time.perf_counter()
    library.search("the")
    opened = time.perf_counter() - begun
    client = create_app(Settings(home), library).test_client()
    asked = [case for case in cases(SEED, size, 15) if case.kind not in _OTHER]
    Random(SEED).shuffle(asked)
    texts = [str(query(case) or "") for case in asked]
    for state, headers in (
        ({}, {}),
        ({}, {"HX-Request": "true"}),  # the fragment
        ({"in": "quotes"}, {}),
    ):
        addresses = [f"/search?{urlencode({'q': text} | state)}" for text in texts]
        yield _told(client, addresses, headers)
    pairs = [_by_about(case) for case in cases(SEED, size, 40) if case.kind is Kind.BY_ABOUT]
    yield _told(client, pairs, {})
    yield f"{opened:.2f}"
    library.close()


_OTHER = {Kind.SUGGESTIONS, Kind.BY_ABOUT}


def _by_about(case: Case) -> str:
    asked = {"q": f"by:{case.speaker} about:{case.country}", "in": "quotes"}
    return f"/search?{urlencode(asked)}"


def _told(client, addresses: list[str], headers: dict[str, str]) -> str:  # type: ignore[no-untyped-def]  # Flask's test client is generic
    for address in addresses[:10]:
        assert client.get(address, headers=headers).status_code == 200, address
    times = []
    for address in addresses:
        begun = time.perf_counter()
        client.get(address, headers=headers)
        times.append((time.perf_counter() - begun) * 1000)
    return f"{median(times):.0f}, {quantiles(times, n=20)[-1]:.0f}"


if __name__ == "__main__":
    main()
