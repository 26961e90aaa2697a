"""A folder that is watched. What happens in it between two looks happens while the watch sleeps."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner
from support import broken_off

from webapp.cli import main
from webapp.config import Settings
from webapp.errors import BadInput
from webapp.intake import NOTHING, Given, Report
from webapp.library import Library, open_library
from webapp.watching import watch

Step = Callable[[Path], object]


def story(number: int) -> str:
    return (
        f"The Crane Fell {number}\n\nThe old crane number {number} fell into the harbour of Ancona."
    )


def write(name: str, text: str | bytes) -> Step:
    def step(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    return step


def append(name: str, text: str) -> Step:
    def step(folder: Path) -> None:
        with (folder / name).open("a") as file:
            file.write(text)

    return step


def touch(name: str, seconds: int) -> Step:
    return lambda folder: os.utime(folder / name, (seconds, seconds))


def nothing(_: Path) -> None:
    pass


def watched(
    library: Library, folder: Path, steps: Iterable[Step], given: Given = NOTHING
) -> Report:
    """What came of watching a folder in which these things happen, each between two looks."""
    report = Report()
    coming = iter(steps)

    def sleep(_: float) -> None:
        step = next(coming, None)
        if step is None:
            raise KeyboardInterrupt
        step(folder)

    with pytest.raises(KeyboardInterrupt):
        watch(library, folder, report, given, jobs=1, sleep=sleep)
    return report


def titles(library: Library) -> list[str]:
    return [article.title for article, _ in library.everything()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "incoming"
    made.mkdir()
    return made


def test_what_is_there_and_what_appears(library: Library, folder: Path) -> None:
    write("a.txt", story(1))(folder)
    steps = [nothing, write("below/b.txt", story(2)), nothing, nothing]
    report = watched(library, folder, steps, Given("The Wire"))
    assert report == Report(imported=2)
    assert titles(library) == ["The Crane Fell 1", "The Crane Fell 2"]
    assert [article.source for article, _ in library.everything()] == ["The Wire", "The Wire"]
    assert library.search("crane").total == 2


def test_a_file_is_read_when_it_stands_still(library: Library, folder: Path) -> None:
    head, tail = story(1)[:40], story(1)[40:]
    report = watched(library, folder, [write("a.txt", head), append("a.txt", tail), nothing])
    assert report == Report(imported=1)
    ((article, _),) = library.everything()
    assert article.text == story(1)


def test_a_file_that_is_still_written_is_not_read(library: Library, folder: Path) -> None:
    steps = [write("a.txt", story(1)), *(append("a.txt", f"\n\nLine {n}.") for n in range(3))]
    assert watched(library, folder, steps) == Report()


def test_also_the_time_of_a_file_must_stand_still(library: Library, folder: Path) -> None:
    """It is made as large as it will be and then filled."""
    steps = [write("a.txt", b"\0" * 99), touch("a.txt", 1), touch("a.txt", 2)]
    assert watched(library, folder, steps) == Report()


def test_a_changed_file_is_read_again(library: Library, folder: Path) -> None:
    both = f"{story(1)}\n\nIt is being lifted."
    steps = [write("a.txt", story(1)), nothing, write("a.txt", both), nothing, nothing]
    assert watched(library, folder, steps) == Report(imported=2)
    steps = [touch("a.txt", 1), nothing, nothing]
    assert watched(library, folder, [nothing, *steps]) == Report(there=2)


def test_a_failure_is_named_once_until_the_file_changes(library: Library, folder: Path) -> None:
    bad = write("bad.txt", b"a\0b")
    report = watched(library, folder, [bad, nothing, nothing, write("a.txt", story(1)), nothing])
    assert report.imported == 1
    ((name, reason),) = report.failures
    assert name == str(folder / "bad.txt")
    assert "NUL bytes" in reason
    report = watched(library, folder, [nothing, write("bad.txt", story(2)), nothing])
    assert (report.imported, report.failed) == (1, 1)


def test_what_is_no_article_by_its_name_is_left(library: Library, folder: Path) -> None:
    hidden = [write(name, story(1)) for name in (".a.txt", "a.part", ".trash/a.txt")]
    assert watched(library, folder, [*hidden, nothing, nothing]) == Report()


def test_links_that_lead_out_of_the_folder_are_left(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    write("b.txt", story(2))(tmp_path)
    write("a.txt", story(1))(folder)
    (folder / "out.txt").symlink_to(tmp_path / "b.txt")
    (folder / "below").symlink_to(tmp_path)
    (folder / "within.txt").symlink_to("a.txt")
    assert watched(library, folder, [nothing, nothing]) == Report(imported=1, there=1)
    assert titles(library) == ["The Crane Fell 1"]


def test_a_folder_without_a_name(home: Path) -> None:
    result = CliRunner().invoke(main, ["watch", "", "--once", "--home", str(home)])
    assert result.exit_code == 2
    assert result.stderr == "dateline: No folder is named.\n"


def test_a_file_that_comes_back_as_it_was_is_read(library: Library, folder: Path) -> None:
    def away(folder: Path) -> None:
        (folder / "a.txt").unlink()

    again = write("a.txt", story(1))
    report = watched(library, folder, [again, nothing, away, nothing, again, nothing])
    assert report == Report(imported=1, there=1)


def test_a_folder_that_goes_away_for_a_while(library: Library, folder: Path) -> None:
    def away(folder: Path) -> None:
        folder.rename(folder.with_name("away"))

    def back(folder: Path) -> None:
        folder.with_name("away").rename(folder)

    steps = [write("a.txt", story(1)), nothing, away, back, write("b.txt", story(2)), nothing]
    assert watched(library, folder, steps) == Report(imported=2)


def test_a_folder_that_is_none(library: Library, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is no folder"):
        watch(library, tmp_path / "none", Report())


def test_the_command_once(home: Path, folder: Path) -> None:
    write("a.txt", story(1))(folder)
    write("bad.txt", b"a\0b")(folder)
    command = ["watch", str(folder), "--once", "--interval", "0.01", "--source", "The Wire"]
    result = CliRunner().invoke(main, [*command, "--jobs", "1", "--home", str(home)])
    assert result.exit_code == 1
    assert result.stdout == "1 imported, 0 already there, 1 failed\n"
    assert result.stderr.startswith(f"{folder / 'bad.txt'}: It holds NUL bytes")
    library = open_library(Settings(home))
    ((article, _),) = library.everything()
    assert article.source == "The Wire"
    library.close()


def test_ctrl_c_ends_the_command_with_what_came_of_it(home: Path, folder: Path) -> None:
    """It is sent when a failure was named, so the first look is over."""
    write("bad.txt", b"a\0b")(folder)
    command = ["watch", str(folder), "--interval", "0.01", "--home", str(home)]
    line, said, further, status = broken_off(command, "NUL bytes")
    assert line.startswith(str(folder / "bad.txt"))
    assert said == "0 imported, 0 already there, 1 failed\n"
    assert "Traceback" not in further
    assert status == 1
