"""A backup is read back to the same collection, however it comes."""

import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from webapp import importing
from webapp.backup import Kept, line
from webapp.config import Settings
from webapp.errors import UnreadableFile
from webapp.importing import read_articles, read_path
from webapp.intake import Report, read, take
from webapp.library import Library, open_library
from webapp.model import Annotations, Article

FERRY = Article(
    title="The ferry waits",
    text="The ferry waits\n\n“It waits for the tide,” said Anna Kovac of Croatia. “So do we.”",
)
MILL = Article(
    title="The mill turns",
    text="The mill turns\n\n“It turns again,” said Pieter De Smedt of Belgium.",
)
BRIDGE = Article(
    title="The bridge opens",
    text="The bridge opens\n\n“It opens twice a day,” said Marit Haugerud of Norway.",
)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """A further collection, empty."""
    opened = open_library(Settings(tmp_path / "other"))
    yield opened
    opened.close()


@pytest.fixture
def lines(library: Library) -> list[str]:
    """A backup of two articles, of which the first has the id 2."""
    for article in (FERRY, MILL, BRIDGE):
        library.add(article)
    library.remove(1)
    return backup_of(library)


def backup_of(library: Library) -> list[str]:
    return [line(*pair) for pair in library.everything()]


def restored(library: Library, path: Path) -> Report:
    report = take(library, [str(path)])
    assert report.failures == []
    return report


def write(path: Path, lines: list[str], encoding: str = "utf-8") -> Path:
    path.write_bytes("".join(lines).encode(encoding))
    return path


def test_ids_and_the_day_of_import_are_kept(
    lines: list[str], other: Library, tmp_path: Path
) -> None:
    mill, bridge = map(json.loads, lines)
    mill["article"]["imported_at"] = "2026-01-05T10:00:00"
    bridge["article"]["imported_at"] = "2026-01-04T10:00:00"
    lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in (mill, bridge)]
    assert restored(other, write(tmp_path / "b.jsonl", lines)).imported == 2
    assert backup_of(other) == lines
    # They have no date: the day of their import orders the list.
    assert [one.article.id for one in other.page().summaries] == [2, 3]
    quote = mill["found"]["quotes"][0]["id"]
    assert other.quote(quote).article.title == MILL.title
    assert other.add(FERRY) == 4


def test_a_restore_that_was_broken_off_goes_on_with_the_same_ids(
    lines: list[str], other: Library, tmp_path: Path
) -> None:
    restored(other, write(tmp_path / "first.jsonl", lines[1:]))
    report = restored(other, write(tmp_path / "b.jsonl", lines))
    assert (report.imported, report.there) == (1, 1)
    assert backup_of(other) == lines


def test_ids_that_others_have_are_given_anew(
    lines: list[str], other: Library, tmp_path: Path
) -> None:
    for article in (FERRY, BRIDGE):
        other.add(article)
    before = backup_of(other)
    restored(other, write(tmp_path / "b.jsonl", lines))
    assert backup_of(other)[:2] == before
    assert other.article(3).article.title == MILL.title
    quotes = [quote.id for _, found in other.everything() for quote in found.quotes]
    assert len(set(quotes)) == len(quotes) == 3


def test_what_was_removed_can_still_be_brought_back(
    lines: list[str], library: Library, tmp_path: Path
) -> None:
    for article_id in (2, 3):
        library.remove(article_id)
    restored(library, write(tmp_path / "b.jsonl", lines[:1]))
    assert [article.id for article, _ in library.everything()] == [4]
    library.bring_back(3)
    assert [article.title for article, _ in library.everything()] == [BRIDGE.title, MILL.title]


@pytest.mark.parametrize("number", [2**40, -1, 0])
def test_ids_that_no_address_can_have_are_given_anew(
    lines: list[str], other: Library, tmp_path: Path, number: int
) -> None:
    record = json.loads(lines[0])
    record["article"]["id"] = number
    record["found"]["quotes"][0]["id"] = number
    restored(other, write(tmp_path / "b.jsonl", [json.dumps(record)]))
    [(article, found)] = other.everything()
    assert (article.id, found.quotes[0].id) == (1, 1)


def test_a_backup_of_an_older_dateline_is_read(
    lines: list[str], library: Library, other: Library, tmp_path: Path
) -> None:
    records = list(map(json.loads, lines))
    for record in records:
        record["dateline"] = 1
        del record["article"]["imported_at"]
    old = [json.dumps(record) + "\n" for record in records]
    assert restored(other, write(tmp_path / "b.jsonl", old)).imported == 2
    assert list(other.everything()) == list(library.everything())


def _zipped(path: Path) -> Path:
    packed = path.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "below/all.jsonl")
    return packed


def _marked(path: Path) -> Path:
    return write(path, ["\ufeff\n \r\n", path.read_text()])


def _utf_16(path: Path) -> Path:
    return write(path, [path.read_text()], "utf-16")


def _named_otherwise(path: Path) -> Path:
    return path.rename(path.with_name("backup of march"))


@pytest.mark.parametrize("change", [_zipped, _marked, _utf_16, _named_otherwise])
def test_a_backup_is_known_however_it_is_kept(
    lines: list[str], other: Library, tmp_path: Path, change: Callable[[Path], Path]
) -> None:
    assert restored(other, change(write(tmp_path / "b.jsonl", lines))).imported == 2
    assert backup_of(other) == lines


def test_a_backup_may_be_larger_than_other_files(
    lines: list[str],
    library: Library,
    other: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = write(tmp_path / "b.jsonl", lines)
    zipped = _zipped(path)
    monkeypatch.setattr(importing, "LARGEST_FILE", zipped.stat().st_size)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    assert [found.title for _, found in read([str(path)])] == [MILL.title, BRIDGE.title]
    assert take(library, ["-"]).there == 2
    assert restored(other, zipped).imported == 2


def test_a_line_of_a_backup_is_in_memory_at_a_time(tmp_path: Path) -> None:
    large = Article(title="Large", text="Large\n\n" + "The ferry waits for the tide. " * 3_000)
    one = line(large, Annotations(version=""))
    path = tmp_path / "b.jsonl"
    with path.open("w") as file:
        for _ in range(200):
            file.write(one)
    tracemalloc.start()
    assert sum(isinstance(found, Kept) for found in read_path(path)) == 200
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * len(one) < path.stat().st_size / 9


def test_a_wrong_byte_costs_its_line(lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    path.write_bytes("".join(lines).encode().replace("“It turns".encode(), b"\xff It turns"))
    bad, good = read_path(path)
    assert str(bad).startswith("Line 1 is no article of a backup")
    assert isinstance(good, Kept)


def test_what_a_backup_holds_is_no_article_of_other_json(lines: list[str]) -> None:
    found = read_articles(f"[{','.join(lines)}]".encode(), "b.json")
    for _ in lines:
        assert "Give that file as `dateline export` wrote it" in str(next(found))
    with pytest.raises(UnreadableFile):
        next(found)


def test_articles_with_a_dateline_are_no_backup() -> None:
    rows = [
        {"dateline": "ZADAR, Croatia", "title": f"Ferry {n}", "text": FERRY.text} for n in (1, 2)
    ]
    data = "\n".join(map(json.dumps, rows)).encode()
    assert [article.title for article in read_articles(data, "a.jsonl")] == ["Ferry 1", "Ferry 2"]
