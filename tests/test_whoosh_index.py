"""The index on Whoosh: the contract, and that damage is told as damage."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from search_contract import SearchContract, collection, entry
from support import leaves_files_open

import webapp.search.whoosh_index as whoosh_index
from webapp.annotation.gazetteer import code_of
from webapp.errors import IndexDamaged, Unavailable
from webapp.search import Ask, parse
from webapp.search.whoosh_index import WhooshIndex


@pytest.fixture
def index(tmp_path: Path) -> Iterator[WhooshIndex]:
    made = WhooshIndex(tmp_path / "search", code_of)
    made.rebuild([])
    yield made
    made.close()


@pytest.fixture
def harbour(index: WhooshIndex) -> WhooshIndex:
    index.put(collection())
    return index


def found(index: WhooshIndex, text: str) -> tuple[int, ...]:
    return tuple(sorted(index.search(Ask(parse(text).query)).ids))


@pytest.fixture(scope="module")
def harbour_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshIndex]:
    """The collection for a test that only reads."""
    made = WhooshIndex(tmp_path_factory.mktemp("once"), code_of)
    made.rebuild(collection())
    yield made
    made.close()


class TestWhoosh(SearchContract):
    @pytest.fixture
    def index(self, index: WhooshIndex) -> WhooshIndex:
        return index


def test_many_small_segments_become_one(index: WhooshIndex, tmp_path: Path) -> None:
    for number in range(1, 21):
        index.put([entry(number, f"storm word{number}")])
    assert len(list((tmp_path / "search").rglob("*.seg"))) < 12
    assert found(index, "storm") == tuple(range(1, 21))
    assert found(index, "word3") == (3,)


def test_another_process_sees_a_commit(harbour: WhooshIndex, tmp_path: Path) -> None:
    other = WhooshIndex(tmp_path / "search", code_of)
    assert found(other, "almanac") == ()
    harbour.put([entry(9, "almanac")])
    assert found(other, "almanac") == (9,)
    harbour.rebuild([entry(7, "almanac")])
    assert found(other, "almanac") == (7,)
    other.close()


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("pattern", ["*.toc", "*.seg", "words.sqlite"])
@pytest.mark.parametrize("damage", [_truncate, _empty, Path.unlink], ids=["half", "empty", "gone"])
@leaves_files_open
@pytest.mark.usefixtures("collected")
def test_damage_is_told_and_a_rebuild_heals(
    harbour: WhooshIndex, tmp_path: Path, pattern: str, damage: Callable[[Path], object]
) -> None:
    harbour.close()
    damage(next((tmp_path / "search").rglob(pattern)))
    with pytest.raises(IndexDamaged, match=r"No article is lost|no search index"):
        found(harbour, "storm")
    assert harbour.rebuild([entry(1, "storm")]) == 1
    assert found(harbour, "storm") == (1,)


def test_no_index_yet(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="no search index"):
        WhooshIndex(tmp_path).ids()


def test_an_index_of_another_version_is_built_anew(
    harbour: WhooshIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    harbour.close()
    monkeypatch.setattr(whoosh_index, "SCHEMA_VERSION", 99)
    with pytest.raises(IndexDamaged):
        harbour.ids()
    harbour.rebuild([entry(1, "storm")])
    assert found(harbour, "storm") == (1,)


def test_a_second_writer_waits_and_then_says_so(
    harbour: WhooshIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_index, "WAIT_SECONDS", 0.1)
    with (
        FileLock(tmp_path / "search" / "write.lock"),
        pytest.raises(Unavailable, match="Another Dateline is writing"),
    ):
        harbour.put([entry(9, "late")])
    assert found(harbour, "storm") == (1, 2, 3)


@pytest.mark.parametrize("reason", ["No space left on device", "Read-only file system"])
def test_a_disk_that_takes_nothing_more_is_told_and_nothing_is_lost(
    harbour: WhooshIndex, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, reason)

    with monkeypatch.context() as patched:
        patched.setattr(whoosh_index.Writer, "commit", full)
        with pytest.raises(Unavailable, match=reason):
            harbour.put([entry(9, "late")])
    assert found(harbour, "storm") == (1, 2, 3)
    harbour.put([entry(9, "late")])
    assert found(harbour, "late") == (9,)


def test_words_without_postings_do_no_harm(harbour: WhooshIndex, tmp_path: Path) -> None:
    """A kill between the words and the postings leaves words that no article has."""
    path = next((tmp_path / "search").rglob("words.sqlite"))
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO words VALUES ('stormy', 'stormi', 5)")
    connection.commit()
    connection.close()
    harbour.close()
    assert found(harbour, "stormy") == ()
    assert found(harbour, "storm*") == (1, 2, 3)


def test_a_folder_that_vanished_is_no_index(harbour: WhooshIndex, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "search")
    with pytest.raises(IndexDamaged):
        found(harbour, "storm")


@leaves_files_open
@pytest.mark.usefixtures("collected")
def test_what_is_overwritten_inside_is_seen_by_reading_all(
    harbour: WhooshIndex, tmp_path: Path
) -> None:
    harbour.verify()
    harbour.close()
    segment = next((tmp_path / "search").rglob("*.seg"))
    content = segment.read_bytes()
    quarter = len(content) // 4
    segment.write_bytes(content[:quarter] + bytes(2 * quarter) + content[3 * quarter :])
    with pytest.raises(IndexDamaged):
        harbour.verify()
