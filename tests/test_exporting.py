"""What is taken along can be read by what reads such files."""

import csv
import io
import json

from webapp.exporting import FORMATS
from webapp.library import EVERYTHING, Library
from webapp.model import Article, Hit, Snippet, Summary

ROOT = "http://reader.example/"


def written(form: str, hits: list[Hit]) -> str:
    return "".join(FORMATS[form].write(hits, ROOT))


def hit(title: str) -> Hit:
    article = Article(title, title, id=7)
    return Hit(Summary(article), Snippet(title, ()), Snippet("a, “b”\nc", ()))


def test_csv_is_read_back() -> None:
    (row,) = csv.DictReader(io.StringIO(written("csv", [hit('A; "b", c')])))
    assert (row["id"], row["title"], row["snippet"]) == ("7", 'A; "b", c', "a, “b”\nc")
    assert row["url"] == f"{ROOT}articles/7"


def test_a_cell_is_no_formula() -> None:
    for title in ("=1+1", "+cmd", "-2", "@SUM(A1)"):
        (row,) = csv.DictReader(io.StringIO(written("csv", [hit(title)])))
        assert row["title"] == f"'{title}"


def test_json_is_read_back_and_nothing_is_a_list() -> None:
    assert [record["title"] for record in json.loads(written("json", [hit("A"), hit("B")]))] == [
        "A",
        "B",
    ]
    assert json.loads(written("json", [])) == []


def test_citations_of_quotes_name_speaker_article_and_address(filled: Library) -> None:
    hits = filled.every_hit("said:lock by:kovac", EVERYTHING, "quotes")
    (line,) = list(FORMATS["markdown"].write(hits, ROOT))
    assert line.startswith(
        "- Anna Kovac, quoted in “Lock keepers win a quiet spring”, The Harbour Courier, "
        "Ilse Vermeulen, 14 April 2026. “A lock"
    )
    assert line.rstrip().endswith(">")
    assert f"<{ROOT}quotes/" in line
