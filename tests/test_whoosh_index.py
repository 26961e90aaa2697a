"""The index alone: what it finds, that it stays right, and that damage is told as damage."""

import datetime as dt
import itertools
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from support import leaves_files_open

import webapp.search.whoosh_index as whoosh_index
from webapp.errors import IndexDamaged, Unavailable
from webapp.search import Entry, Filters, parse
from webapp.search.whoosh_index import WhooshIndex

NO_FILTERS = Filters()
WORDS = [f"word{n}" for n in range(40)]


def entry(number: int, text: str, title: str = "Untitled", **more: object) -> Entry:
    return Entry(number, title, text, "Wire", dt.date(2026, 3, 1), **more)


@pytest.fixture
def index(tmp_path: Path) -> WhooshIndex:
    made = WhooshIndex(tmp_path / "search")
    made.rebuild([])
    return made


def found(index: WhooshIndex, text: str, filters: Filters = NO_FILTERS) -> tuple[int, ...]:
    return tuple(sorted(index.search(parse(text).query, filters).ids))


@pytest.fixture
def harbour(index: WhooshIndex) -> WhooshIndex:
    iraq, france, ana = ("IQ", "Iraq"), ("FR", "France"), ("ana-bek", "Ana Běk")
    index.put(
        [
            entry(1, "The storms of March", countries=(iraq,)),
            entry(2, "A flood followed the storm", "Café Müller", speakers=(ana,)),
            entry(3, "Governments met; Iraq's river fell", countries=(iraq, france)),
        ]
    )
    return index


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("storm", (1, 2)),
        ("STORMS", (1, 2)),
        ("storm flood", (2,)),
        ("storm -flood", (1,)),
        ("-storm", (3,)),
        ("march OR governments", (1, 3)),
        ('"storms of march"', (1,)),
        ('"march of storms"', ()),
        ("governm*", (3,)),
        ("the iraq", (3,)),
        ("cafe muller", (2,)),
        ("title:cafe", (2,)),
        ("title:storm", ()),
        ("speaker:bek", (2,)),
        ('speaker:"ana bek"', (2,)),
        ("country:iq", (1, 3)),
        ("country:france", (3,)),
        ("source:wire", (1, 2, 3)),
        ("date:2026-03", (1, 2, 3)),
        ("date:2025", ()),
        ("(storm OR river) -flood", (1, 3)),
        ("-storm -river", ()),
        ("unheard", ()),
    ],
)
def test_what_a_search_finds(harbour: WhooshIndex, text: str, ids: tuple[int, ...]) -> None:
    assert found(harbour, text) == ids


def test_filters_must_all_hold(harbour: WhooshIndex) -> None:
    assert found(harbour, "", Filters(countries=("IQ",))) == (1, 3)
    assert found(harbour, "", Filters(countries=("IQ", "FR"))) == (3,)
    assert found(harbour, "storm", Filters(speakers=("ana-bek",))) == (2,)
    assert found(harbour, "", Filters(speakers=("nobody",))) == ()


def test_a_title_weighs_more(index: WhooshIndex) -> None:
    index.put([entry(1, "ferry a b c"), entry(2, "x y z ferry", "Ferry"), entry(3, "d e f ferry")])
    assert index.search(parse("ferry").query, Filters()).ids[0] == 2


def test_a_prefix_of_too_many_words_is_cut_and_says_so(index: WhooshIndex) -> None:
    index.put([entry(1, " ".join(f"abc{n}" for n in range(300)))])
    assert "more than 200 words" in index.search(parse("abc*").query, Filters()).problems[0]


def test_searches_stay_right_through_add_update_delete_and_merge(index: WhooshIndex) -> None:
    """What a change of the Whoosh distribution would break (2.7.5 and 3.54 return old copies)."""
    truth: dict[int, str] = {}
    dice = random.Random(7)
    for step in range(30):
        new = {dice.randrange(60): dice.choice(WORDS) for _ in range(5)}
        gone = [key for key in list(truth) if dice.random() < 0.1 and key not in new]
        index.put([entry(number, word) for number, word in new.items()], gone)
        truth = {key: word for key, word in truth.items() if key not in gone} | new
        assert index.count() == len(truth), step
        for word in WORDS[::8]:
            assert found(index, word) == tuple(sorted(k for k, w in truth.items() if w == word))


def test_the_same_article_twice_in_a_batch_is_found_once(index: WhooshIndex) -> None:
    index.put([entry(1, "storm"), entry(1, "storm again")])
    assert found(index, "storm") == (1,)


def test_two_words_find_the_articles_with_both_and_no_other(index: WhooshIndex) -> None:
    """Whoosh's optimised search of two fields under AND gives wrong results; ours is not."""
    dice = random.Random(11)
    texts = [" ".join(dice.choices(WORDS, k=30)) for _ in range(150)]
    index.put(entry(n, text, text[:13]) for n, text in enumerate(texts, 1))
    for first, second in itertools.pairwise(WORDS):
        expected = [n for n, text in enumerate(texts, 1) if {first, second} <= set(text.split())]
        assert found(index, f"{first} {second}") == tuple(expected)


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("pattern", ["*.toc", "*.seg"])
@pytest.mark.parametrize("damage", [_truncate, _empty, Path.unlink], ids=["half", "empty", "gone"])
@leaves_files_open
@pytest.mark.usefixtures("collected")
def test_damage_is_told_and_a_rebuild_heals(
    harbour: WhooshIndex, tmp_path: Path, pattern: str, damage: Callable[[Path], object]
) -> None:
    damage(next((tmp_path / "search").rglob(pattern)))
    with pytest.raises(IndexDamaged, match=r"No article is lost|no search index"):
        harbour.search(parse("storm").query, Filters())
    assert harbour.rebuild([entry(1, "storm")]) == 1
    assert found(harbour, "storm") == (1,)


def test_no_index_yet(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="no search index"):
        WhooshIndex(tmp_path).count()


def test_an_index_of_another_version_is_built_anew(
    harbour: WhooshIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_index, "SCHEMA_VERSION", 2)
    with pytest.raises(IndexDamaged):
        harbour.count()
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
    assert found(harbour, "storm") == (1, 2)
