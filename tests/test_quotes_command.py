"""`dateline quotes`: who said what about which country, on the command line."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from collection import made_articles
from flask.testing import FlaskClient

from webapp.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(articles_home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DATELINE_HOME", str(articles_home))

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(main, ["quotes", *arguments])
        assert "Traceback" not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return invoke


def words(result: Result) -> list[str]:
    assert result.exit_code == 0, result.stderr
    return [row["words"] for row in csv.DictReader(io.StringIO(result.stdout))]


def truth(speaker: str, country: str) -> set[str]:
    said = [one for made in made_articles() for one in made.said]
    found = {one.words for one in said if (one.speaker, one.country) == (speaker, country)}
    assert found
    return found


@pytest.mark.parametrize("by", ["Dagny Ravensholm", "ravensholm", "dagny-ravensholm", "dagny rav"])
@pytest.mark.parametrize("about", ["KE", "Kenya", "kenyan"])
def test_a_speaker_and_a_country_as_one_names_them(run: Run, by: str, about: str) -> None:
    found = words(run("--by", by, "--about", about, "--csv"))
    assert set(found) == truth("Dagny Ravensholm", "KE")


def test_another_spelling_is_the_same_person(run: Run) -> None:
    one, other = (run("--by", name).stdout for name in ("Yusuf al-Karimi", "Youssef Al Karimi"))
    assert one == other
    assert "Yusef al-Karimi" in one


def test_several_of_one_kind_are_alternatives(run: Run) -> None:
    both = words(run("--by", "ravensholm", "--by", "oduya", "--about", "KE", "--csv"))
    assert set(both) == truth("Dagny Ravensholm", "KE") | truth("Miriam Oduya", "KE")


def test_the_first_page_is_listed_and_all_are_counted(run: Run) -> None:
    lines = run("--about", "Fiji").stdout.splitlines()
    assert lines[-1] == "18 found"
    assert run().stdout.splitlines()[-1].endswith(" found, 20 shown")


def test_filters_narrow(run: Run) -> None:
    rows = csv.DictReader(
        io.StringIO(
            run(
                *("--since", "2025-01-01", "--until", "2025-12-31", "--kind", "direct"),
                *("--confidence", "90", "--source", "Lantern Weekly", "--csv"),
            ).stdout
        )
    )
    found = list(rows)
    assert found
    for row in found:
        assert row["date"].startswith("2025-")
        assert (row["kind"], row["source"]) == ("direct", "Lantern Weekly")
        assert float(row["confidence"]) >= 0.9
    days = [row["date"] for row in found]
    assert days == sorted(days, reverse=True)


def test_words_are_in_the_language_of_the_search_box(run: Run) -> None:
    found = words(run("--q", "lock OR almanac", "--by", "kovac", "--csv"))
    assert any("lock" in text for text in found)
    result = run("--q", "lock (")
    assert "bracket at character 6 was not closed" in result.stderr
    assert result.exit_code == 0


def test_it_prints_what_the_api_answers(run: Run, client: FlaskClient) -> None:
    printed = json.loads(run("--about", "IQ", "--json").stdout)
    address = "/api/quotes?about=IQ&sort=date&per_page=100"
    answer = client.get(address, base_url="http://127.0.0.1:8000").json
    assert answer is not None
    assert printed == answer["quotes"]


@pytest.mark.parametrize(
    ("form", "begins", "each"),
    [
        ("--bibtex", "@article{dagny-ravensholm-", "@article{"),
        ("--ris", "TY  - NEWS", "ER  - "),
        ("--markdown", "- Dagny Ravensholm, ", "- Dagny"),
        ("--csl", "[\n{", '"type": "article-newspaper"'),
    ],
)
def test_citations(run: Run, form: str, begins: str, each: str) -> None:
    text = run("--by", "ravensholm", "--about", "KE", form).stdout
    assert text.startswith(begins)
    assert text.count(each) == len(truth("Dagny Ravensholm", "KE"))
    assert "http://127.0.0.1:8000/quotes/" in text


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("--by", "Adelino Fortes"), 2, "“Adelino Fortes” may be adelino-fortes"),
        (("--by", "Dagny Ravensholme"), 1, "Did you mean Dagny Ravensholm?"),
        (("--by", "Qwxyz Jklmn"), 1, "Nobody called “Qwxyz Jklmn” is quoted here."),
        (("--by", ""), 2, "more. Give one of these short names."),
        (("--about", "Irak"), 2, "There is no country “Irak”. Did you mean Iraq"),
        (("--about", "Atlantis"), 2, "There is no country “Atlantis”."),
        (("--since", "March"), 2, "'March' does not match the format"),
        (("--kind", "loud"), 2, "'loud' is not one of 'direct', 'mixed', 'indirect'"),
        (("--confidence", "101"), 2, "101 is not in the range"),
    ],
)
def test_what_is_wrong_is_a_sentence(
    run: Run, arguments: tuple[str, ...], status: int, sentence: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == status
    assert sentence in result.stderr
    assert not result.stdout


def test_namesakes_are_told_apart_by_their_roles(run: Run) -> None:
    told = run("--by", "Fortes").stderr
    assert "president of the Cape Verdean Football Federation" in told
    assert "director of the port of Beira" in told
    one, other = (words(run("--by", f"adelino-fortes{n}", "--csv")) for n in ("", "-2"))
    assert one
    assert other
    assert not set(one) & set(other)


def test_help_says_how(run: Run) -> None:
    told = run("--help").stdout
    assert "/api/quotes" in told
    assert "--about IQ --since 2026-01-01 --csv" in told
