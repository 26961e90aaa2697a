"""An import of 1,000 articles is killed twenty times: nothing is lost, nothing is there twice, and
what the import says at its end is true."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest

from webapp.config import Settings
from webapp.intake import read
from webapp.library import open_library
from webapp.model import Article

TEXTS, LINES, PACKED = 400, 300, 300
ALL = TEXTS + LINES + PACKED
KILLS = 20
PATIENCE = 300.0
"""Seconds that nothing should take; then the test fails."""

INDEXING = 0.15
"""Seconds in which a kill comes when the index is written; about as long as that takes."""

_WORDS = """
    river bridge harbour market winter school engine letter garden window council farmer teacher
    doctor driver sailor morning evening summer village island valley forest railway paper
    copper silver cotton coffee sugar barley timber stone water bread money number question
    answer border customs ticket journey weather thunder lightning shelter hospital library
    museum theatre kitchen corner street station platform carriage captain soldier minister
    president parliament election budget contract factory worker union strike payment pension
    price rent house tower church lesson student language grammar story history picture camera
    mirror colour circle
"""
WORDS = _WORDS.split()
COUNTRIES = ("Iraq", "Chile", "France", "Kenya", "Japan", "Peru", "Egypt", "Norway", "Ghana")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")


# The articles


def article(number: int) -> tuple[str, str]:
    """Headline and text of about thirty words; no two are alike."""
    dice = Random(number)
    lost = " and the ".join(dice.sample(WORDS, 6))
    said = f"“We lost the unique{number} and the {lost} on Monday,” said Anna Kovac"
    return f"Story {number}", f"{said}, who came from {dice.choice(COUNTRIES)}."


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with three: texts, JSON Lines, a zip."""
    folder = tmp_path / "files"
    for name in ("texts", "lines", "packed"):
        (folder / name).mkdir(parents=True)
    made = [article(number) for number in range(ALL)]
    for number, (title, text) in enumerate(made[:TEXTS]):
        (folder / "texts" / f"{number:03}.txt").write_text(f"{title}\n\n{text}", "utf-8")
    records = [{"title": title, "text": text} for title, text in made[TEXTS : TEXTS + LINES]]
    lines = folder / "lines" / "all.jsonl"
    lines.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    with ZipFile(folder / "packed" / "all.zip", "w") as archive:
        for number, (title, text) in enumerate(made[TEXTS + LINES :]):
            archive.writestr(f"{number:03}.txt", f"{title}\n\n{text}")
    return folder


def contents(articles: Iterable[Article]) -> Counter[tuple[str, str]]:
    return Counter((article.title, article.text) for article in articles)


# Moments


Moment = Callable[[Path], bool]
"""Has it come, in this home?"""


def made(home: Path) -> bool:
    """The tables are being made."""
    return (home / "dateline.sqlite").exists()


def stored(number: int) -> Moment:
    return lambda home: _count(home) >= number


def _count(home: Path) -> int:
    """Articles in the database, without opening it as Dateline does: that would make it."""
    try:
        path = f"file:{home / 'dateline.sqlite'}?mode=ro"
        with closing(sqlite3.connect(path, uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


class Indexing:
    """Files of the index are other ones than at the start: it is being built or added to."""

    def __init__(self) -> None:
        self._before: set[tuple[str, int]] | None = None

    def __call__(self, home: Path) -> bool:
        now = set(_written(home / "search"))
        self._before = now if self._before is None else self._before
        return now != self._before


def _written(folder: Path) -> Iterator[tuple[str, int]]:
    for path in folder.glob("*/*"):
        with suppress(FileNotFoundError):
            yield str(path), path.stat().st_mtime_ns


# Imports


def start(home: Path, names: Iterable[Path], jobs: int) -> subprocess.Popen[str]:
    options = ["--home", str(home), "--jobs", str(jobs)]
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "webapp", "import", *options, *map(str, names)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill(home: Path, names: Iterable[Path], jobs: int, moment: Moment, later: float) -> bool:
    """Kill an import so many seconds after the moment; False when it was done before."""
    process = start(home, names, jobs)
    deadline = time.monotonic() + PATIENCE
    while not moment(home) and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    time.sleep(later)
    process.kill()
    # It waits for all that hold its pipes: the processes that annotated must end by themselves.
    process.communicate(timeout=PATIENCE)
    return process.returncode == -signal.SIGKILL


def finish(home: Path, names: Iterable[Path], number: int) -> None:
    """Import without a kill; what it reports is what was missing of so many articles."""
    there = _count(home)
    process = start(home, names, jobs=2)
    told, why = process.communicate()
    assert process.returncode == 0, why
    assert told == f"{number - there} imported, {there} already there, 0 failed\n"
    assert _count(home) == number


class Series:
    """Imports into one home that are killed, and how many articles it had after each kill."""

    def __init__(self, home: Path, seed: int) -> None:
        self._home = home
        self._dice = Random(seed)
        self.kills = 0
        self.counts = [0]

    def kill(
        self, names: Iterable[Path], moment: Moment, within: float = 0.04, jobs: int = 1
    ) -> None:
        later = self._dice.uniform(0, within)
        self.kills += kill(self._home, names, jobs, moment, later)
        library = open_library(Settings(self._home))  # it can be opened
        self.counts.append(library.count())
        library.close()


def test_twenty_kills_lose_and_double_nothing(files: Path, home: Path) -> None:
    texts, lines = [files / "texts"], [files / "lines"]
    series = Series(home, seed=1)
    # While the tables are made, articles stored, all of them there, the index built.
    series.kill(texts, made)
    for jobs, number in ((1, 1), (2, 90), (1, 200), (2, 310), (1, TEXTS)):
        series.kill(texts, stored(number), jobs=jobs)
    for _ in range(4):
        series.kill(texts, Indexing(), INDEXING)
    finish(home, texts, TEXTS)
    # While more are stored, all of them there, the index is told of them.
    for number in (60, 180, LINES):
        series.kill(lines, stored(TEXTS + number))
    for _ in range(4):
        series.kill(lines, Indexing(), INDEXING)
    # The rest. An import that was done before its kill came is made up for.
    while left := KILLS - series.kills:
        there = series.counts[-1]
        series.kill([files], stored(there + (ALL - there) // (left + 1)))
    assert series.counts == sorted(series.counts)
    assert series.counts[-1] < ALL
    finish(home, [files], ALL)
    check(home, files)


def check(home: Path, files: Path) -> None:
    """The collection has what the files hold, each once, annotated and found."""
    library = open_library(Settings(home))
    stored = list(library.everything())
    held = [found for _, found in read([str(files)]) if isinstance(found, Article)]
    assert len(held) == ALL
    assert contents(article for article, _ in stored) == contents(held)
    assert all([q.speaker for q in found.quotes] == ["anna-kovac"] for _, found in stored)
    for number in range(ALL):
        assert library.search(f"unique{number}").total == 1, number
    assert library.search("story").total == ALL
    library.close()
    command = [sys.executable, "-W", "ignore", "-m", "webapp", "check", "--home", str(home)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert told == f"{ALL} articles are stored, and all of them can be found\n"
