"""What tests share that is no fixture."""

import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient

from webapp.config import Settings
from webapp.importing import find_files, read_file
from webapp.library import Library, open_library
from webapp.model import Article

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2] / "shared"

# Whoosh leaves files open when it cannot read them.
leaves_files_open = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


def fill(home: Path, *paths: Path, articles: Iterable[Article] = ()) -> None:
    """Import the files and folders, then the articles, into a collection."""
    library = open_library(Settings(home))
    for article in chain(map(read_file, find_files(paths)), articles):
        library.add(article)
    library.catch_up()
    library.close()


def broken_off(arguments: Sequence[str], told: str) -> tuple[str, str, str, int]:
    """Send Ctrl-C to a command, whose standard input stays open, when it has `told` something on
    standard error: the line that tells it, its output, what else it says, and its status."""
    running = subprocess.Popen(
        [sys.executable, "-m", "webapp", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr is not None
    try:
        line = next(line for line in running.stderr if told in line)
        running.send_signal(signal.SIGINT)
        output, further = running.communicate(timeout=60)
    finally:
        running.kill()
        running.communicate()
    return line, output, further, running.returncode


def article_path(library: Library, words: str) -> str:
    """The address of the article that these words find first."""
    hit = library.search(words).hits[0]
    return f"/articles/{hit.summary.article.id}"


class _Numbers(HTMLParser):
    """The elements of a page that say how many there are: `data-count` of a link, `data-total`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.counts: dict[str, set[int]] = {}
        self.totals: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if count := told.get("data-count"):
            assert tag == "a", "a number leads to what it counts"
            self.counts.setdefault(told.get("href") or "", set()).add(int(count))
        if total := told.get("data-total"):
            self.totals.append(int(total))


def counted_links(html: str) -> dict[str, int]:
    """The addresses of the links that say how many are there, with how many.

    A number that leads to no address, or one address with two numbers, fails.
    """
    counts = _Numbers(html).counts
    assert "" not in counts, "a number has no address"
    assert not [href for href, told in counts.items() if len(told) > 1], counts
    return {href: told.pop() for href, told in counts.items()}


def total_of(html: str) -> int:
    """How many a page says that it lists. It must say so once."""
    totals = _Numbers(html).totals
    assert len(totals) == 1, totals
    return totals[0]


def disagreements(client: FlaskClient, path: str) -> Iterator[tuple[str, int, int]]:
    """The links of a page that say another number than the page they lead to: address, both."""
    page = client.get(path, follow_redirects=True)
    assert page.status_code == 200, path
    for href, count in counted_links(page.text).items():
        found = client.get(urljoin(path, href), follow_redirects=True)
        assert found.status_code == 200, href
        if (total := total_of(found.text)) != count:
            yield href, count, total
