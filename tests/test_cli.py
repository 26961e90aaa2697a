import datetime as dt
import errno
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support import broken_off

from webapp.cli import main
from webapp.config import PACKAGE, load_settings
from webapp.intake import Given, take
from webapp.library import open_library

Run = Callable[..., Result]

ARTICLES = Path(__file__).parent / "data" / "articles"


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DATELINE_HOME", str(home))

    def invoke(*arguments: str | Path) -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert "Traceback" not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return invoke


def test_help_names_every_command(run: Run) -> None:
    text = run("--help").output
    for name in ("import", "serve", "search", "reindex", "annotate"):
        assert f"  {name} " in text
        assert run(name, "--help").exit_code == 0


def test_import_twice_then_search(run: Run) -> None:
    first, again = run("import", ARTICLES), run("import", ARTICLES)
    assert "3 imported, 0 already there, 0 failed" in first.stdout
    assert "0 imported, 3 already there, 0 failed" in again.stdout
    assert first.exit_code == again.exit_code == 0
    found = run("search", "almanac")
    assert "Lock keepers win a quiet spring  (2026-04-14, The Harbour Courier)" in found.stdout
    assert "1 found" in found.stdout


def test_import_goes_on_after_a_failure_and_says_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"a\0b")
    result = run("import", tmp_path / "bad.txt", tmp_path / "missing.txt", ARTICLES)
    assert result.exit_code == 1
    assert "3 imported, 0 already there, 2 failed" in result.stdout
    assert "bad.txt: It holds NUL bytes" in result.stderr
    assert "missing.txt: It cannot be read: No such file" in result.stderr


def test_search_json(run: Run) -> None:
    run("import", ARTICLES)
    result = json.loads(run("search", "--json", "anna", "kovac").stdout)
    assert result["total"] == 2
    hit = next(hit for hit in result["hits"] if hit["title"].startswith("Lock"))
    assert set(hit) == {
        "id", "title", "url", "source", "author", "date", "speakers", "countries", "snippet",
        "published_at", "story", "folded", "original",
    }  # fmt: skip
    assert (hit["source"], hit["date"]) == ("The Harbour Courier", "2026-04-14")
    assert hit["url"] == f"http://127.0.0.1:8000/articles/{hit['id']}"
    assert "Anna Kovac" in hit["snippet"]


def test_a_bad_search_ends_with_a_sentence(run: Run) -> None:
    run("import", ARTICLES)
    result = run("search", "a" * 2001)
    assert result.exit_code == 2
    assert result.stderr.startswith("dateline: The search is 2,001 characters long")


def test_what_was_not_understood_is_said_and_the_rest_searched(run: Run) -> None:
    run("import", ARTICLES)
    result = run("search", "almanac (")
    assert "bracket at character 9 was not closed" in result.stderr
    assert "1 found" in result.stdout


def test_reindex(run: Run) -> None:
    run("import", ARTICLES)
    assert run("reindex").stdout == "3 articles indexed\n"


def test_annotate_raw_counts_code_points_of_the_file(run: Run, tmp_path: Path) -> None:
    text = "😀 Title\r\n\r\n“It rose,” said Anna Kovac of Iraq."
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    record = json.loads(run("annotate", "--raw", path).stdout)
    assert set(record) == {"file", "quotes", "speakers", "countries"}
    assert record["file"] == str(path)
    (quote,) = record["quotes"]
    assert text[quote["start"] : quote["end"]] == "“It rose,”"
    assert (quote["kind"], quote["cue"]["text"]) == ("direct", "said")
    (speaker,) = record["speakers"]
    assert (speaker["name"], speaker["kind"]) == ("Anna Kovac", "person")
    assert quote["speaker"] == speaker["id"]
    (country,) = record["countries"]
    assert country["code"] == "IQ"
    assert country["mentions"] == [
        {"start": len(text) - 5, "end": len(text) - 1, "text": "Iraq", "via": "name"}
    ]


@pytest.mark.parametrize("raw", [True, False])
def test_annotate_offsets_slice_to_the_stated_text(run: Run, raw: bool) -> None:
    files = sorted(ARTICLES.glob("*.txt"))
    lines = run("annotate", *(["--raw"] if raw else []), *files).stdout.splitlines()
    assert len(lines) == len(files)
    for path, line in zip(files, lines, strict=True):
        record = json.loads(line)
        text = path.read_bytes().decode() if raw else record["text"]
        places = [m for s in record["speakers"] + record["countries"] for m in s["mentions"]]
        places += [q[part] for q in record["quotes"] for part in ("cue", "source") if q[part]]
        assert places
        for place in places:
            assert text[place["start"] : place["end"]] == place["text"]


def test_annotate_goes_on_after_a_failure(run: Run, tmp_path: Path) -> None:
    result = run("annotate", tmp_path / "missing.txt", ARTICLES / "grain-scales.txt")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "missing.txt: It cannot be read" in result.stderr


def test_annotate_all_brings_the_store_up_to_date(run: Run) -> None:
    run("import", ARTICLES)
    assert run("annotate", "--all").stdout == "0 articles annotated again, 3 were up to date\n"


@pytest.mark.parametrize("arguments", [[], ["--all", "a.txt"]])
def test_annotate_takes_files_or_all(run: Run, arguments: list[str]) -> None:
    result = run("annotate", *arguments)
    assert result.exit_code == 2
    assert "Give files, or --all" in result.stderr


def test_a_home_that_cannot_be_used_ends_with_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("import", "--home", tmp_path / "file" / "x", ARTICLES)
    assert result.exit_code == 1
    assert "cannot be made" in result.stderr


def test_a_bad_setting_in_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_PORT", "eighty")
    result = run("reindex")
    assert result.exit_code == 2
    assert "DATELINE_PORT must be a whole number" in result.stderr


def test_serve_loads_samples_answers_and_refuses_a_taken_port(home: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "webapp", "serve", "--port", "0", "--samples"],
        env=os.environ | {"DATELINE_HOME": str(home), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    try:
        line = server.stdout.readline()
        assert line.startswith("Dateline is at http://127.0.0.1:")
        address = line.split()[-1]
        with urllib.request.urlopen(address) as page:
            samples = len(list((PACKAGE / "samples").glob("*.txt")))
            assert f"{samples} articles, newest first" in page.read().decode()
        taken = subprocess.run(
            [sys.executable, "-m", "webapp", "serve", "--port", address.split(":")[-1].strip("/")],
            env=os.environ | {"DATELINE_HOME": str(home)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert taken.returncode == 2
        assert "Choose another with --port" in taken.stderr
    finally:
        server.terminate()
        server.communicate(timeout=60)


def test_the_command_line_loads_neither_flask_nor_alembic_needlessly() -> None:
    code = "import sys, webapp.cli; print('flask' in sys.modules, 'alembic' in sys.modules)"
    command = [sys.executable, "-W", "ignore", "-c", code]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert shown.stdout == "False False\n"


def test_search_finds_quotes(run: Run) -> None:
    run("import", ARTICLES)
    result = run("search", "--quotes", "by:kovac", "said:lock")
    assert "Anna Kovac: “A lock that never sleeps is a lock that breaks,”" in result.stdout
    assert "1 found" in result.stdout


@pytest.mark.parametrize(
    ("form", "begins"), [("csv", "id,speaker,"), ("json", "[\n{"), ("markdown", "- ")]
)
def test_search_exports_all_that_is_found(run: Run, form: str, begins: str) -> None:
    run("import", ARTICLES)
    total = json.loads(run("search", "--quotes", "--json", "the").stdout)["total"]
    written = run("search", "--quotes", "--export", form, "the").stdout
    assert written.startswith(begins)
    assert written.count("/quotes/") == total


def test_a_saved_search_shows_what_is_new_once(run: Run) -> None:
    run("import", ARTICLES / "grain-scales.txt")
    run("search", "--save", "locks", "lock")
    run("import", ARTICLES)
    assert "Lock keepers" in run("search", "--saved", "locks", "--new").stdout
    assert "0 found" in run("search", "--saved", "locks", "--new").stdout
    assert "Lock keepers" in run("search", "--saved", "locks").stdout
    missing = run("search", "--saved", "doors")
    assert missing.exit_code != 0
    assert "no saved search “doors”" in missing.stderr


def test_check_says_what_is_wrong_and_repairs_it(run: Run, home: Path) -> None:
    run("import", ARTICLES)
    assert run("check").exit_code == 0
    shutil.rmtree(home / "search")
    wrong = run("check")
    assert wrong.exit_code == 1
    assert "--repair" in wrong.stdout
    assert run("check", "--repair").exit_code == 0
    assert run("check").exit_code == 0


def test_import_takes_standard_input_and_says_what_is_given(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "The river rose\n\n“It rose in Iraq,” said Anna Kovac on the bridge of the old town."
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    library = open_library(load_settings())
    report = take(library, ["-"], Given("The Wire", dt.date(2026, 3, 14)))
    library.close()
    assert (report.imported, report.failures) == (1, [])
    (hit,) = json.loads(run("search", "--json", "river").stdout)["hits"]
    assert (hit["source"], hit["date"]) == ("The Wire", "2026-03-14")


def test_import_refuses_addresses_of_this_machine(run: Run) -> None:
    result = run("import", "http://127.0.0.1:9/", ARTICLES)
    assert result.exit_code == 1
    assert "http://127.0.0.1:9/: " in result.stderr
    assert "3 imported, 0 already there, 1 failed" in result.stdout


def test_a_file_of_many_articles_loses_only_what_is_wrong(run: Run, tmp_path: Path) -> None:
    rows = [{"title": f"Story {n}", "text": f"The river number {n} rose again."} for n in range(3)]
    lines = [*map(json.dumps, rows), "{broken"]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    result = run("import", "--jobs", "1", tmp_path / "many.jsonl")
    assert "3 imported, 0 already there, 1 failed" in result.stdout


def test_an_export_is_read_back_to_the_same_collection(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", ARTICLES)
    run("remove", 1)
    saved, again = tmp_path / "saved.jsonl", tmp_path / "again.jsonl"
    assert run("export", "--output", saved).exit_code == 0
    before = json.loads(run("search", "--quotes", "--json", "the").stdout)
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "other"))
    assert "2 imported" in run("import", saved).stdout
    assert "0 imported, 2 already there" in run("import", saved).stdout
    assert run("export", "--output", again).exit_code == 0
    assert again.read_text() == saved.read_text()
    assert json.loads(run("search", "--quotes", "--json", "the").stdout) == before


def test_a_broken_backup_loses_only_its_broken_lines(run: Run, tmp_path: Path) -> None:
    run("import", ARTICLES)
    saved = tmp_path / "saved.jsonl"
    run("export", "--output", saved)
    first, *rest = saved.read_text().splitlines()
    saved.write_text("\n".join([first, '{"dateline": 1, "article": 5}', *rest]))
    result = run("import", saved)
    assert "0 imported, 3 already there, 1 failed" in result.stdout
    assert "Line 2 is no article of a backup" in result.stderr


def test_an_export_that_fails_leaves_the_file_that_was_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    run("import", ARTICLES)
    saved = tmp_path / "saved.jsonl"
    saved.write_text("as it was")
    with monkeypatch.context() as broken:
        broken.setattr("webapp.backup.line", full)
        result = run("export", "--output", saved)
    assert result.exit_code == 2
    assert result.stderr == f"dateline: {saved} cannot be written: No space left on device.\n"
    assert saved.read_text() == "as it was"
    assert run("export", "--output", saved).exit_code == 0
    assert len(saved.read_text().splitlines()) == 3
    assert sorted(tmp_path.iterdir()) == [tmp_path / "home", saved]


def piped(command: str, home: Path) -> "subprocess.CompletedProcess[bytes]":
    """What a shell makes of a command whose output is not in UTF-8."""
    dateline = f"{shlex.quote(sys.executable)} -m webapp"
    return subprocess.run(
        ["bash", "-c", command.format(dateline)],
        env=os.environ | {"DATELINE_HOME": str(home), "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where there is a full device")
def test_an_export_to_standard_output(run: Run, home: Path) -> None:
    run("import", ARTICLES)
    whole = piped("{} export", home)
    assert len(whole.stdout.decode("utf-8").splitlines()) == 3
    full = piped("{} export > /dev/full", home)
    assert full.returncode == 2
    assert b"Standard output cannot be written: No space left on device." in full.stderr
    assert b"Traceback" not in piped("{} export | head -c 9", home).stderr
    assert b"\\u201cA lock" in piped("{} search --quotes said:lock", home).stdout


@pytest.mark.parametrize(
    "command",
    [
        ["export"], ["search", "storm"], ["quotes"], ["check"], ["reindex"], ["annotate", "--all"],
        ["edit", "1", "--title", "x"], ["remove", "1"], ["removed"], ["bring-back", "1"],
    ],
)  # fmt: skip
def test_a_slip_in_the_home_makes_no_collection(
    run: Run, tmp_path: Path, command: list[str]
) -> None:
    result = run(*command, "--home", tmp_path / "slip")
    assert result.exit_code == 2
    assert f"There is no collection in {tmp_path / 'slip'}" in result.stderr
    assert not (tmp_path / "slip").exists()


@pytest.mark.usefixtures("names")
def test_names_that_are_no_files(run: Run) -> None:
    result = run("import", "", " ", "www.wire.example/news", "ftp://wire.example/a", "news.txt")
    assert result.exit_code == 1
    assert result.stderr.count("“”: This names nothing.") == 2
    assert "There is no such file, and as an address it gives nothing: No site" in result.stderr
    assert "ftp://wire.example/a: The address must begin with http://" in result.stderr
    assert "news.txt: It cannot be read: No such file" in result.stderr
    assert "0 imported, 0 already there, 5 failed" in result.stdout


def test_a_file_that_is_called_like_an_address(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wire.example").mkdir()
    shutil.copy(ARTICLES / "grain-scales.txt", "wire.example/news")
    assert "1 imported, 0 already there, 0 failed" in run("import", "wire.example/news").stdout


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--date", "0026-03-14", "There was no news in the year 26."),
        ("--date", "2026-W11-6", "“2026-W11-6” is no date."),
        ("--source", "x" * 5000, "The source has 5,000 characters."),
    ],
)
def test_what_is_given_of_all_articles_is_checked(
    run: Run, home: Path, option: str, value: str, told: str
) -> None:
    result = run("import", ARTICLES, option, value)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not home.exists()


def test_a_given_source_is_one_line() -> None:
    assert Given.of(" The\tHarbour \n Courier", "2026-03-14") == Given(
        "The Harbour Courier", dt.date(2026, 3, 14)
    )


def test_files_that_nothing_reads_are_counted(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a.doc", "b.DOC", "c.jpg", "NOTES", ".hidden.doc"):
        (folder / name).write_text("x")
    shutil.copy(ARTICLES / "grain-scales.txt", folder)
    result = run("import", folder)
    assert result.exit_code == 0
    assert result.stdout == "1 imported, 0 already there, 0 failed\n"
    told = "Left out, as nothing here reads their kind: 4 files (.doc, no ending, .jpg)\n"
    assert result.stderr.endswith(told)


def test_ctrl_c_ends_an_import_with_what_came_of_it(home: Path, tmp_path: Path) -> None:
    """It is sent while the import waits for more on standard input."""
    (tmp_path / "bad.txt").write_bytes(b"a\0b")
    command = ["import", str(tmp_path / "bad.txt"), "-", "--home", str(home)]
    _, said, further, status = broken_off(command, "NUL bytes")
    assert said == "0 imported, 0 already there, 1 failed\n"
    assert "Broken off. What is imported stays" in further
    assert "Traceback" not in further
    assert status == 130


def test_a_home_that_cannot_be_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("import", ARTICLES)
    monkeypatch.setattr("os.access", lambda *_: False)
    result = run("search", "almanac")
    assert result.exit_code == 1
    assert "cannot be written, which a collection needs also to be read" in result.stderr
