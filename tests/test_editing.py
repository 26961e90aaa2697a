"""Correcting, removing and bringing back, on the pages and on the command line."""

import csv
import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from webapp.cli import main
from webapp.library import Library
from webapp.model import Article
from webapp.views.slugs import slugify

OURS = {"Sec-Fetch-Site": "same-origin"}
HTMX = OURS | {"HX-Request": "true"}

HEADLINE = "Kovac: The port will close | The Courier"
PORT = Article(
    HEADLINE,
    f"{HEADLINE}\n\n“The harbour is shut,” said Anna Kovac in Rijeka. Iraq waits.\n\nIt rained.",
    author="Ana Kos",
    source="Wire",
    published=dt.date(2026, 3, 14),
    published_at=dt.datetime(2026, 3, 14, 22, 30, tzinfo=dt.timezone(dt.timedelta(hours=1))),
    url="https://wire.example/port",
)
OTHER = Article("Rain", "Rain\n\nIt rained in Iraq.", source="Post", published=dt.date(2026, 3, 1))


@pytest.fixture
def port(library: Library) -> int:
    """The id of an article, in a collection with another one."""
    library.add(OTHER)
    article_id = library.add(PORT)
    library.catch_up()
    assert article_id is not None
    return article_id


def post(client: FlaskClient, path: str, **form: str) -> TestResponse:
    return client.post(path, data=form, headers=OURS)


def heading(html: str) -> str:
    return re.sub("<[^>]+>", "", re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)[1]).strip()  # type: ignore[index]  # no heading is a failure


def value(html: str, name: str) -> str:
    """What a field of the form holds."""
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', html)
    assert found
    return found[1]


def found(library: Library, query: str) -> list[int]:
    return [hit.article.id for hit in library.search(query).hits]


# Correcting


def test_the_article_leads_to_a_form_with_what_is_known(
    empty_client: FlaskClient, port: int
) -> None:
    page = empty_client.get(f"/articles/{port}", follow_redirects=True).text
    assert f'href="/articles/{port}/edit"' in page
    html = empty_client.get(f"/articles/{port}/edit").text
    shown = {name: value(html, name) for name in ("title", "author", "source", "date", "time")}
    assert shown == {
        "title": HEADLINE,
        "author": "Ana Kos",
        "source": "Wire",
        "date": "2026-03-14",
        "time": "22:30 +01:00",
    }
    assert value(html, "url") == "https://wire.example/port"
    labelled = set(re.findall(r'<label for="edit-(\w+)"', html))
    assert labelled == {"title", "author", "source", "date", "time", "url"}


def test_a_correction_is_kept_and_found(
    empty_client: FlaskClient, library: Library, port: int
) -> None:
    done = post(
        empty_client, f"/articles/{port}/edit",
        title="  The port\nshuts ", author="", source="The Courier", date="2026-03-15",
        time="9:05 EST", url="",
    )  # fmt: skip
    assert (done.status_code, done.location) == (303, f"/articles/{port}/the-port-shuts")
    kept = library.article(port).article
    assert (kept.title, kept.author, kept.source, kept.url) == (
        "The port shuts", "", "The Courier", "",
    )  # fmt: skip
    assert kept.published == dt.date(2026, 3, 15)
    assert kept.published_at is not None
    assert kept.published_at.isoformat() == "2026-03-15T09:05:00-05:00"
    assert found(library, 'title:shuts source:"the courier" date:2026-03-15') == [port]
    assert found(library, "author:kos") == []
    assert found(library, "source:wire") == []


def test_a_form_that_is_sent_as_it_was_changes_nothing(
    empty_client: FlaskClient, library: Library, port: int
) -> None:
    before = library.article(port)
    html = empty_client.get(f"/articles/{port}/edit").text
    fields = ("title", "author", "source", "date", "time", "url")
    post(empty_client, f"/articles/{port}/edit", **{name: value(html, name) for name in fields})
    assert library.article(port) == before


def form_of(client: FlaskClient, article_id: int) -> dict[str, str]:
    """All that a browser would send of the form of an article, as it is shown."""
    html = client.get(f"/articles/{article_id}/edit").text
    return dict(re.findall(r'<input [^>]*name="([^"]+)"[^>]* value="([^"]*)"', html))


def test_what_was_corrected_in_another_window_stays(
    empty_client: FlaskClient, library: Library, port: int
) -> None:
    path = f"/articles/{port}/edit"
    first, second = form_of(empty_client, port), form_of(empty_client, port)
    post(empty_client, path, **first | {"title": "The port shuts", "date": "2026-03-15"})
    assert post(empty_client, path, **second | {"author": "Ben Lee"}).status_code == 303
    kept = library.article(port).article
    assert (kept.title, kept.author) == ("The port shuts", "Ben Lee")
    assert kept.published == dt.date(2026, 3, 15)


def test_a_field_that_was_corrected_in_two_windows_is_asked_about(
    empty_client: FlaskClient, library: Library, port: int
) -> None:
    path = f"/articles/{port}/edit"
    first, second = form_of(empty_client, port), form_of(empty_client, port)
    post(empty_client, path, **first | {"title": "The port shuts", "author": ""})
    mine = {"title": "Port to shut", "author": "Ben Lee", "source": "The Courier"}
    answer = post(empty_client, path, **second | mine)
    assert answer.status_code == 400
    assert re.findall(r'id="edit-wrong-(\w+)">(.*?)<', answer.text) == [
        ("title", "It was corrected to “The port shuts” elsewhere. Save again to have yours."),
        ("author", "It was corrected to nothing elsewhere. Save again to have yours."),
    ]
    assert value(answer.text, "title") == "Port to shut"
    assert library.article(port).article.title == "The port shuts"
    again = dict(re.findall(r'<input [^>]*name="([^"]+)"[^>]* value="([^"]*)"', answer.text))
    assert post(empty_client, path, **again).status_code == 303
    kept = library.article(port).article
    assert (kept.title, kept.author, kept.source) == tuple(mine.values())


def test_two_windows_that_correct_a_field_to_the_same_agree(
    empty_client: FlaskClient, port: int
) -> None:
    form = form_of(empty_client, port) | {"title": "The port shuts"}
    for _ in range(2):
        assert post(empty_client, f"/articles/{port}/edit", **form).status_code == 303


WRONG = [
    ("title", " \n", "An article needs a title."),
    ("title", "a" * 301, "The title has 301 characters. Shorten it to 300."),
    ("author", "a" * 201, "The author has 201 characters. Shorten it to 200."),
    ("source", "a" * 201, "The source has 201 characters. Shorten it to 200."),
    ("date", "2026-02-30", "“2026-02-30” is no date. Write it as 2026-03-14."),
    ("date", "0000-01-01", "“0000-01-01” is no date."),
    ("date", "3 March", "“3 March” is no date."),
    ("date", "20260314", "“20260314” is no date."),
    ("date", "0026-03-14", "There was no news in the year 26."),
    ("date", "", "A time needs its date."),
    ("time", "22:30", "“22:30” is no time with its zone. Write it as 22:30 +01:00."),
    ("time", "25:00 GMT", "“25:00 GMT” is no time with its zone."),
    ("time", "noon", "“noon” is no time with its zone."),
    ("url", "javascript:alert(1)", "That is no address of the web."),
    ("url", "wire.example/port", "That is no address of the web."),
]


@pytest.mark.parametrize(("name", "typed", "sentence"), WRONG)
def test_what_cannot_be_is_told_beside_the_field_and_what_was_typed_stays(
    empty_client: FlaskClient, library: Library, port: int, name: str, typed: str, sentence: str
) -> None:
    form = {"author": "Ben Lee", name: typed}
    answer = post(empty_client, f"/articles/{port}/edit", **form)
    assert answer.status_code == 400
    field = "time" if sentence.startswith("A time needs") else name
    assert f'id="edit-wrong-{field}">{sentence}' in answer.text
    assert f'aria-describedby="edit-wrong-{field}"' in answer.text
    assert value(answer.text, name) == typed
    assert value(answer.text, "author") == form["author"]
    assert library.article(port).article.author == "Ana Kos"


def test_all_that_is_wrong_is_told_at_once(empty_client: FlaskClient, port: int) -> None:
    html = post(empty_client, f"/articles/{port}/edit", title="", date="x", url="x").text
    assert re.findall(r'id="edit-wrong-(\w+)"', html) == ["title", "date", "url"]
    assert html.count("autofocus") == 1


def test_without_a_date_an_article_is_listed_by_the_day_it_came(
    empty_client: FlaskClient, library: Library, port: int
) -> None:
    post(empty_client, f"/articles/{port}/edit", date="1999-01-01", time="")
    assert library.page().summaries[-1].article.id == port
    post(empty_client, f"/articles/{port}/edit", date="")
    assert library.article(port).article.published is None
    assert library.page().summaries[0].article.id == port


@pytest.mark.parametrize("path", ["/articles/99/edit", "/articles/99/remove"])
def test_what_is_not_there_is_not_corrected(empty_client: FlaskClient, path: str) -> None:
    assert post(empty_client, path, title="x").status_code == 404
    assert empty_client.get("/articles/99/edit").status_code == 404


def test_an_article_called_edit_can_be_read(empty_client: FlaskClient, library: Library) -> None:
    article_id = library.add(Article("Edit!", "Edit!\n\nIt rained."))
    page = empty_client.get(f"/articles/{article_id}", follow_redirects=True)
    assert "It rained." in page.text
    assert slugify("Edit!") == slugify("编辑") == "article"


def test_nothing_is_changed_from_another_site(
    empty_client: FlaskClient, library: Library, port: int
) -> None:
    for action in ("edit", "remove", "bring-back"):
        assert empty_client.post(f"/articles/{port}/{action}").status_code == 403
    assert library.article(port).article.title == HEADLINE


# The headline in the text


def retitled(client: FlaskClient, article_id: int, title: str) -> str:
    done = post(client, f"/articles/{article_id}/edit", title=title)
    return str(done.location)


def test_a_corrected_title_stands_above_the_text_and_marks_stay(
    empty_client: FlaskClient, library: Library, port: int
) -> None:
    path = f"/articles/{port}"
    before = empty_client.get(path, follow_redirects=True).text
    marks = re.findall(r'<a id="m\d+" class="[^"]*"[^>]*>[^<]*', before)
    path = retitled(empty_client, port, "The port shuts")
    after = empty_client.get(path).text
    assert heading(after) == "The port shuts"
    body = re.sub("<[^>]+>", "", after.partition("</h1>")[2].partition('<div class="origin">')[0])
    assert "will close" not in body
    assert "“The harbour is shut,” said Anna Kovac" in body
    assert "The title was corrected. It came as “" in after
    wanted = {mark.replace(slugify(HEADLINE), "the-port-shuts") for mark in marks}
    assert wanted == set(re.findall(r'<a id="m\d+" class="[^"]*"[^>]*>[^<]*', after))
    assert "It rained" in library.article(port).article.text


def test_a_search_for_the_new_title_shows_and_marks_it(
    empty_client: FlaskClient, library: Library, port: int
) -> None:
    path = retitled(empty_client, port, "Shutters down: the port shuts")
    assert found(library, "shutters") == found(library, "title:shutters") == [port]
    assert found(library, "title:courier") == []
    (hit,) = library.search("shutters").hits
    assert hit.title.text == "Shutters down: the port shuts"
    assert "Courier" not in hit.snippet.text
    page = empty_client.get(f"{path}?q=shutters+port").text
    assert '<mark id="hit-1">Shutters</mark> down: the <mark id="hit-2">port</mark> shuts</h1>' in (
        re.sub(r"\s+", " ", page)
    )
    assert "3 hits for" in page
    assert sorted(re.findall(r'<mark id="hit-(\d)"', page)) == ["1", "2", "3"]
    assert "Shutters down: the port shuts" in empty_client.get("/").text


def test_a_title_that_is_corrected_back_is_as_it_was(
    empty_client: FlaskClient, library: Library, port: int
) -> None:
    before = library.article(port)
    for title in ("The port shuts", "The port closes", HEADLINE):
        retitled(empty_client, port, title)
    assert library.article(port) == before


def test_the_same_file_is_known_again_after_its_title_was_corrected(
    empty_client: FlaskClient, library: Library, port: int
) -> None:
    retitled(empty_client, port, "The port shuts")
    assert library.add(PORT) is None
    (corrected,) = (pair for pair in library.everything() if pair[0].id == port)
    assert library.restore(*corrected) is None


def test_a_title_that_the_text_does_not_begin_with_leaves_the_text_whole(
    empty_client: FlaskClient, library: Library
) -> None:
    article_id = library.add(Article("A shortened…", "A shortened line is here.\n\nIt rained."))
    assert article_id is not None
    page = empty_client.get(retitled(empty_client, article_id, "Short")).text
    assert heading(page) == "Short"
    assert "<p>A shortened line is here.</p>" in page
    assert "The title was corrected" not in page


# Removing


def test_a_removed_article_is_nowhere_and_undo_brings_it_back(
    empty_client: FlaskClient, port: int
) -> None:
    page = empty_client.get(f"/articles/{port}", follow_redirects=True).text
    assert f'action="/articles/{port}/remove"' in page
    done = post(empty_client, f"/articles/{port}/remove")
    assert (done.status_code, done.location) == (303, f"/?removed={port}")
    listed = empty_client.get(done.location).text
    assert f"<p>“<bdi>{HEADLINE}</bdi>” was removed.</p>" in listed
    assert f'<h2><a href="/articles/{port}' not in listed
    assert "1 article, newest first" in listed
    assert empty_client.get(f"/articles/{port}").status_code == 404
    for query in ("", "harbour", "speaker:kovac", "iraq"):
        result = empty_client.get("/search", query_string={"q": query}).text
        assert "port will close" not in result
        assert "Anna Kovac" not in result
        assert ">Wire<" not in result
    assert "Rain" in empty_client.get("/search?q=iraq").text
    assert f'action="/articles/{port}/bring-back"' in listed
    back = post(empty_client, f"/articles/{port}/bring-back")
    assert back.status_code == 303
    assert heading(empty_client.get(back.location).text) == HEADLINE
    assert "Anna Kovac" in empty_client.get("/search?q=harbour").text
    assert "Undo" not in empty_client.get(done.location).text


def test_the_page_of_what_was_removed_brings_each_back(
    empty_client: FlaskClient, port: int
) -> None:
    assert "Nothing is removed." in empty_client.get("/removed").text
    post(empty_client, "/articles/1/remove")
    post(empty_client, f"/articles/{port}/remove")
    assert "/removed" in empty_client.get("/").text
    page = empty_client.get("/removed").text
    assert re.findall(r'<p class="title" dir="auto">(.*?)</p>', page) == [HEADLINE, "Rain"]
    told = r"removed <time datetime=\"[\dT:+-]+\">[^<]+, \d\d:\d\d \(UTC[^<]*\)</time>"
    assert len(re.findall(told, page)) == 2
    left = empty_client.post("/articles/1/bring-back", headers=HTMX).text
    assert re.findall(r'<p class="title" dir="auto">(.*?)</p>', left) == [HEADLINE]
    assert "“Rain” is back" in left
    assert "<html" not in left
    assert empty_client.post("/articles/1/bring-back", headers=HTMX).status_code == 404


def test_what_came_again_is_not_brought_back_twice(
    empty_client: FlaskClient, library: Library, port: int
) -> None:
    post(empty_client, f"/articles/{port}/remove")
    again = library.add(PORT)
    answer = post(empty_client, f"/articles/{port}/bring-back")
    assert answer.status_code == 404
    assert f"is there again, as number {again}" in answer.text
    for path in ("/removed", f"/articles/{port}"):
        page = empty_client.get(path).text
        assert "bring-back" not in page
        assert f'<a href="/articles/{again}">It is there again' in page
    assert "Undo" not in empty_client.get(f"/?removed={port}").text


def test_the_address_of_a_removed_article_brings_it_back(
    empty_client: FlaskClient, port: int
) -> None:
    path = empty_client.get(f"/articles/{port}").location
    post(empty_client, f"/articles/{port}/remove")
    for where in (path, f"/articles/{port}/edit"):
        answer = empty_client.get(where)
        assert answer.status_code == 404
        assert heading(answer.text) == HEADLINE
        assert "This article was removed on <time" in answer.text
        assert f'action="/articles/{port}/bring-back"' in answer.text
        assert 'href="/removed"' in answer.text
    part = empty_client.get(path, headers=HTMX).text
    assert 'role="alert"' in part
    assert f'action="/articles/{port}/bring-back"' in part
    told = empty_client.get(f"/api/articles/{port}")
    assert told.status_code == 404
    assert told.json == {"error": f"“{HEADLINE}” was removed. It can come back."}
    post(empty_client, f"/articles/{port}/bring-back")
    assert empty_client.get(path).status_code == 200


def test_bringing_back_leaves_the_focus_at_the_next_one(
    empty_client: FlaskClient, port: int
) -> None:
    for article_id in (1, port):
        post(empty_client, f"/articles/{article_id}/remove")
    assert "autofocus" not in empty_client.get("/removed").text
    left = empty_client.post(f"/articles/{port}/bring-back", headers=HTMX).text
    assert re.findall(r"autofocus>Bring back<[^>]*> (.*?)<", left) == ["Rain"]
    empty = empty_client.post("/articles/1/bring-back", headers=HTMX).text
    assert re.findall(r"autofocus>(.*?)<", empty) == ["To the articles"]


def test_the_list_that_offers_to_undo_is_not_kept_by_the_browser(
    empty_client: FlaskClient, port: int
) -> None:
    done = post(empty_client, f"/articles/{port}/remove")
    assert empty_client.get(done.location).cache_control.no_store
    assert not empty_client.get("/").cache_control.no_store
    for strange in ("x", "-1", "9" * 30):
        assert empty_client.get(f"/?removed={strange}").status_code == 200


# The time of publication


def test_the_article_tells_the_time_with_its_zone_and_lists_the_day(
    empty_client: FlaskClient, port: int
) -> None:
    page = empty_client.get(f"/articles/{port}", follow_redirects=True).text
    told = '<time datetime="2026-03-14T22:30:00+01:00">14 March 2026, 22:30 (UTC+1)</time>'
    assert told in page
    for path in ("/", "/search?q=harbour", "/quotes?q=said:harbour"):
        listed = empty_client.get(path).text
        assert '<time datetime="2026-03-14">14 March 2026</time>' in listed
        assert "22:30" not in listed


@pytest.mark.usefixtures("port")
def test_exports_and_feeds_tell_the_time(empty_client: FlaskClient) -> None:
    for kind in ("articles", "quotes"):
        records = json.loads(empty_client.get(f"/search/export.json?q=kovac&in={kind}").text)
        assert records[0]["published_at"] == "2026-03-14T22:30:00+01:00"
        assert records[0]["date"] == "2026-03-14"
    rows = csv.DictReader(empty_client.get("/search/export.csv?q=iraq").text.splitlines())
    assert sorted(row["published_at"] for row in rows) == ["", "2026-03-14T22:30:00+01:00"]
    post(empty_client, "/saved", name="Iraq", q="iraq", **{"in": "articles"})
    feed = empty_client.get("/saved/Iraq/feed.atom").text
    assert feed.count("<updated>2026-03-14T22:30:00+01:00</updated>") == 2
    assert feed.count("<updated>2026-03-01T00:00:00Z</updated>") == 1


# The command line

Run = Callable[..., Result]


@pytest.fixture
def run(home: Path) -> Run:
    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(main, [*arguments, "--home", str(home)])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return invoke


def test_edit_corrects_what_it_names(run: Run, library: Library, port: int) -> None:
    done = run("edit", str(port), "--title", "The port shuts", "--author", "")
    assert (done.exit_code, done.stdout) == (0, "Corrected: The port shuts\n")
    kept = library.article(port).article
    assert (kept.title, kept.author, kept.source) == ("The port shuts", "", "Wire")
    assert kept.published_at == PORT.published_at


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-03-14", "2026-03-14T22:30:00+01:00"),
        ("2026-03-15", "2026-03-15"),
        ("2026-03-15T09:05-05:00", "2026-03-15T09:05:00-05:00"),
        ("2026-03-15 09:05 GMT", "2026-03-15T09:05:00+00:00"),
        ("", "None"),
    ],
)
def test_edit_of_the_date(run: Run, library: Library, port: int, date: str, expected: str) -> None:
    assert run("edit", str(port), "--date", date).exit_code == 0
    kept = library.article(port).article
    told = kept.published_at or kept.published
    assert (told.isoformat() if told else "None") == expected


@pytest.mark.usefixtures("port")
@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("edit", "2"), 2, "Say what to correct"),
        (("edit", "99", "--title", "x"), 1, "There is no such article"),
        (("edit", "2", "--title", " "), 2, "An article needs a title."),
        (("edit", "2", "--date", "2026-03-14T22:30"), 2, "is no time with its zone"),
        (("edit", "2", "--url", "ftp://x", "--date", "soon"), 2, "no date. Write it as 2026-03-14"),
        (("edit", "x", "--title", "x"), 2, "Invalid value"),
        (("remove",), 2, "Missing argument"),
        (("remove", "99999999999999999999"), 2, "Invalid value"),
    ],
)
def test_commands_that_cannot_say_why(
    run: Run, arguments: tuple[str, ...], status: int, sentence: str
) -> None:
    done = run(*arguments)
    assert done.exit_code == status
    assert sentence in done.stderr


def test_remove_removed_and_bring_back(run: Run, library: Library, port: int) -> None:
    done = run("remove", "99", str(port), "1")
    assert done.exit_code == 1
    assert done.stdout == f"Removed: {HEADLINE}\nRemoved: Rain\n"
    assert done.stderr.startswith("99: There is no such article.")
    assert library.count() == 0
    listed = run("removed").stdout.splitlines()
    assert [re.sub(r"  [\d-]{10} [\d:]{5}  ", " ", line) for line in listed] == [
        "1 Rain", f"{port} {HEADLINE}",
    ]  # fmt: skip
    assert run("bring-back", str(port)).stdout == f"Back: {HEADLINE}\n"
    again = run("bring-back", str(port), "1")
    assert again.exit_code == 1
    assert again.stdout == "Back: Rain\n"
    assert "cannot be brought back" in again.stderr
    empty = run("removed")
    assert (empty.exit_code, empty.stdout, empty.stderr) == (0, "", "Nothing is removed.\n")
    assert library.search("").total == 2
