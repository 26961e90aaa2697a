"""Adding articles on the page, without a browser; restarts; what may be fetched."""

import errno
import io
import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from threading import Semaphore
from typing import Any

import pytest
from filelock import FileLock
from flask.testing import FlaskClient
from support import DATA
from werkzeug.test import TestResponse

from webapp import create_app
from webapp.config import Settings
from webapp.errors import Unavailable
from webapp.inbox import Inbox, Upload
from webapp.library import Library
from webapp.model import Article

OURS = {"Sec-Fetch-Site": "same-origin"}
HARVEST = """Kenya counts its maize twice

By Ruth Achieng, Lake Journal

3 March 2026

The first count was wrong. "We forgot a whole valley," said Peter Odhiambo of Nairobi.
"""


@pytest.fixture
def client(library: Library, home: Path) -> FlaskClient:
    return create_app(Settings(home), library).test_client()


def inbox(client: FlaskClient) -> Inbox:
    found = client.application.extensions["inbox"]
    assert isinstance(found, Inbox)
    return found


def send(client: FlaskClient, address: str, **form: object) -> TestResponse:
    return client.post(address, data=form, headers=OURS)


def added(client: FlaskClient, *files: tuple[str, bytes], **form: object) -> str:
    """Send files and a form; the address of the import, when it has been read."""
    parts = [(io.BytesIO(data), name) for name, data in files]
    answer = send(client, "/add", files=parts, **form)
    assert answer.status_code == 303, answer.text
    inbox(client).join()
    return answer.location


def saved(client: FlaskClient, address: str) -> str:
    """Save an import; its page when that is done."""
    assert send(client, f"{address}/save").status_code == 303
    inbox(client).join()
    return client.get(address).text


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_pasted_text_is_understood_corrected_and_saved(
    client: FlaskClient, library: Library
) -> None:
    address = added(client, pasted=HARVEST)
    page = client.get(address).text
    for value in ("Kenya counts its maize twice", "Ruth Achieng", "Lake Journal", "2026-03-03"):
        assert f'value="{value}"' in page
    facts = {
        "title": "Kenya counts again",
        "author": "",
        "source": "Lake Journal",
        "date": "2026-03-04",
        "url": "https://lake.example/maize",
        "text": "The count was wrong.\r\n\r\n“We forgot a valley,” said Peter Odhiambo.",
    }
    assert send(client, f"{address}/1", then="save", **facts).status_code == 303
    inbox(client).join()
    article = library.page().summaries[0].article
    assert (article.title, article.author) == ("Kenya counts again", "")
    assert str(article.published) == "2026-03-04"
    assert article.url == "https://lake.example/maize"
    assert article.text.split("\n\n") == [
        "Kenya counts again",
        "The count was wrong.",
        "“We forgot a valley,” said Peter Odhiambo.",
    ]
    assert library.search("valley").total == 1


def test_a_preview_that_is_kept_as_it_is_stores_what_an_import_stores(
    client: FlaskClient,
) -> None:
    """The form shows the article; sent back unchanged it changes nothing."""
    for path in sorted((DATA / "articles").glob("*.txt")):
        address = added(client, (path.name, path.read_bytes()))
        before = inbox(client).draft(int(address.split("/")[-1]), 1).article
        html = client.get(f"{address}/1").text
        form = dict(re.findall(r'name="(\w+)"[^>]* value="([^"]*)"', html))
        text = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", html, re.DOTALL)
        assert text
        sent = {name: _plain(value) for name, value in (form | {"text": text[1]}).items()}
        assert send(client, f"{address}/1", **sent).status_code == 303
        assert inbox(client).draft(int(address.split("/")[-1]), 1).article == before


def _plain(html: str) -> str:
    from html import unescape

    return unescape(html).replace("\n", "\r\n")


def test_many_files_and_a_reason_for_each_failure(client: FlaskClient, library: Library) -> None:
    table = b"title,text,published\nOne,A text about Chad.,2026-01-05\nTwo,,2026-01-06\n"
    address = added(
        client,
        ("maize.txt", HARVEST.encode()),
        ("rows.csv", table),
        ("empty.txt", b""),
        ("sneaky/../../etc/<b>name</b>.docx", b"no Word file"),
        source="The Desk",
    )
    page = client.get(address).text
    told = text_of(page)
    assert "2 to be saved, 3 not read" in told
    assert "<b>name" not in page
    assert "Save 2 articles" in told
    done = text_of(saved(client, address))
    assert "Saved 2" in done
    assert "Not read 3" in done
    assert {s.article.source for s in library.page().summaries} == {"The Desk"}


def test_what_is_there_already_is_told_before_and_after(client: FlaskClient) -> None:
    saved(client, added(client, pasted=HARVEST))
    again = added(client, ("again.txt", HARVEST.encode()))
    page = client.get(again).text
    assert "Already there" in page
    assert 'href="/articles/1"' in page
    assert "Save " not in text_of(page)


def test_an_article_is_left_out_and_taken_in_again(client: FlaskClient, library: Library) -> None:
    other = HARVEST.replace("maize", "sorghum")
    address = added(client, ("a.txt", HARVEST.encode()), ("b.txt", other.encode()))
    # One goes on with the next one, not at the end of the page with what is left out.
    assert send(client, f"{address}/1/leave").location.endswith("#draft-2")
    assert send(client, f"{address}/2/leave").location.endswith("#draft-2")
    assert "Left out 2" in text_of(client.get(address).text)
    assert send(client, f"{address}/2/take").status_code == 303
    assert "Save 1 article" in text_of(client.get(address).text)
    saved(client, address)
    assert [s.article.title for s in library.page().summaries] == ["Kenya counts its sorghum twice"]


def test_a_backup_is_read_on_the_page_too(client: FlaskClient, library: Library) -> None:
    from webapp import backup

    saved(client, added(client, pasted=HARVEST))
    lines = "".join(backup.line(*pair) for pair in library.everything())
    library.remove(1)
    page = saved(client, added(client, ("all.jsonl", lines.encode())))
    assert "Saved" in page
    assert library.count() == 1


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({}, "There is nothing to add."),
        ({"pasted": "  \n "}, "There is nothing to add."),
        ({"pasted": "A text.", "date": "yesterday"}, "“yesterday” is no date."),
    ],
)
def test_what_cannot_be_added_is_told_and_stays_in_the_form(
    client: FlaskClient, form: dict[str, str], told: str
) -> None:
    answer = send(client, "/add", **form)
    assert answer.status_code == 400
    assert told in answer.text
    assert form.get("pasted", "").strip() in answer.text


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", " ", "An article needs a title."),
        ("date", "3/4/2026", "is no date"),
        ("url", "javascript:alert(1)", "begins with http"),
        ("text", "", "It has no text."),
    ],
)
def test_a_wrong_correction_is_told_and_what_was_typed_stays(
    client: FlaskClient, field: str, value: str, told: str
) -> None:
    address = added(client, pasted=HARVEST)
    form = {"title": "Typed title", "text": "Typed text.", field: value}
    answer = send(client, f"{address}/1", **form)
    assert answer.status_code == 400
    assert told in answer.text
    assert "Typed" in answer.text
    assert re.findall(r"name=\"(\w+)\"[^>]* autofocus>", answer.text) == [field]
    assert send(client, f"{address}/1", then="save", **form).status_code == 400


def test_too_much_at_a_time(library: Library, home: Path) -> None:
    client = create_app(Settings(home, max_upload_bytes=2000), library).test_client()
    answer = send(client, "/add", files=[(io.BytesIO(b"x" * 3000), "long.txt")])
    assert answer.status_code == 413
    assert "dateline import" in answer.text


@pytest.mark.parametrize(
    ("host", "names", "fetch", "may"),
    [
        ("127.0.0.1", "", "auto", True),
        ("0.0.0.0", "", "auto", False),
        ("0.0.0.0", "", "yes", True),
        ("127.0.0.1", "", "no", False),
        ("127.0.0.1", "news.example", "auto", False),
        ("127.0.0.1", "news.example", "yes", True),
    ],
)
def test_addresses_are_fetched_where_that_is_allowed(
    library: Library, home: Path, host: str, names: str, fetch: str, may: bool
) -> None:
    settings = Settings(home, host=host, allowed_hosts=names, fetch=fetch)
    client = create_app(settings, library).test_client()
    assert ("address of a page" in client.get("/add").text) == may
    answer = send(client, "/add", pasted="http://127.0.0.1:1/page\nhttp://192.168.0.1/feed")
    if may:
        inbox(client).join()
        page = text_of(client.get(answer.location).text)
        assert "Not read 2" in page
        assert "http://192.168.0.1/feed" in page
    else:
        assert answer.status_code == 400
        assert "Addresses are not fetched by this reader." in answer.text


@pytest.mark.parametrize(
    ("pasted", "told"),
    [
        ("ftp://news.example/1", "must begin with http:// or https://"),
        ("https://news.example/1\nftp://news.example/2", "must begin with http:// or https://"),
        ("news.example/1 https://ana@news.example/2", ""),
    ],
)
def test_an_address_that_cannot_be_one_is_no_article(
    client: FlaskClient, pasted: str, told: str
) -> None:
    answer = send(client, "/add", pasted=pasted)
    if told:
        assert answer.status_code == 400
        assert told in answer.text
        assert pasted in answer.text
        assert inbox(client).latest() == []
    else:
        inbox(client).join()
        assert "Not read 2" in text_of(client.get(answer.location).text)


@pytest.mark.parametrize(
    "pasted",
    ["127.0.0.1.nip.invalid", "WWW.paper.invalid/news/1?a=b", "paper.invalid:8080 paper.invalid#a"],
)
def test_an_address_needs_no_scheme(client: FlaskClient, pasted: str) -> None:
    page = client.get(added(client, pasted=pasted)).text
    assert "<h1>https://" in page
    assert "No site" in page


@pytest.mark.parametrize("text", ["Rain.", "It rained.Then it snowed.", "The U.S. waits.\n\nSo."])
def test_a_short_text_is_no_address(client: FlaskClient, text: str) -> None:
    assert added(client, pasted=text)
    assert inbox(client).latest()[0].title == f"Pasted text: {text.splitlines()[0]}"


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"date": "0026-03-14"}, "no news in the year 26"),
        ({"date": "2026-W11-6"}, "is no date"),
        ({"source": "x" * 5000}, "The source has 5,000 characters."),
    ],
)
def test_what_holds_for_all_is_checked(
    client: FlaskClient, form: dict[str, str], told: str
) -> None:
    answer = send(client, "/add", pasted=HARVEST, **form)
    assert answer.status_code == 400
    assert told in answer.text
    assert inbox(client).latest() == []


def test_the_source_of_all_is_written_in_one_line(client: FlaskClient) -> None:
    page = client.get(added(client, pasted=HARVEST, source=" The\tDesk ")).text
    assert 'value="The Desk"' in page


def test_a_text_too_long_for_a_form_is_saved_as_it_was_read(client: FlaskClient) -> None:
    long = "\n\n".join(f"The tide came at {n}." for n in range(20_000))
    address = added(client, ("tides.txt", f"The tides of Oslo\n\n{long}".encode()))
    page = client.get(address).text
    assert "too long to be corrected here" in page
    assert "<textarea" not in page
    facts = {"title": "The tides of Bergen", "author": "", "source": "", "date": "", "time": ""}
    assert send(client, f"{address}/1", **facts, url="").status_code == 303
    made = inbox(client).draft(1, 1).article
    assert made
    assert made.text == f"The tides of Bergen\n\n{long}"


def test_a_feed_without_texts_fails_once_for_each_entry(client: FlaskClient) -> None:
    feed = (
        b'<rss version="2.0"><channel><title>Desk</title><item><title>A</title></item></channel>'
        b"</rss>"
    )
    page = text_of(client.get(added(client, ("broken.xml", feed))).text)
    assert "Not read 1 broken.xml Entry 1" in page


class Slow:
    """Reads as many articles as it is told to, one after the other."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on = Semaphore(0)
        self.read = Semaphore(0)
        monkeypatch.setattr("webapp.inbox.read", self._read)

    def _read(self, *_: object) -> Iterator[tuple[str, Article]]:
        for n in range(100):
            yield "tides.txt", Article(f"Tide {n}", f"Tide {n}\n\nThe tide came at {n} in Oslo.")
            self.read.release()
            self.go_on.acquire()


def test_reading_is_stopped_and_what_was_read_stays(
    client: FlaskClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    first = send(client, "/add", pasted=HARVEST).location
    slow.read.acquire()
    slow.go_on.release()
    slow.read.acquire()
    second = send(client, "/add", pasted="A second text.", source="Desk").location
    page = client.get(first).text
    assert f"reading {len(HARVEST)} Bytes: 2 articles so far" in page
    assert f'action="{first}/stop"' in page
    page = client.get(second).text
    assert "waits to be read: 14 Bytes" in page
    assert f'<a href="{first}">Pasted text: {HARVEST.splitlines()[0]}</a> is read first.' in page
    assert f'action="{second}/discard"' in page

    assert send(client, f"{first}/stop").location == first
    page = client.get(first).text
    assert "You stopped it." in page
    assert "Save 2 articles" in page
    send(client, f"{first}/save")  # while the stopped reading has not noticed yet
    slow.go_on.release(200)
    inbox(client).join()
    page = client.get(first).text
    assert "Saved <span" in page
    assert "You stopped it." not in page
    assert library.count() == 2
    assert inbox(client).get(2).total == 100


def test_saving_is_stopped_and_what_was_saved_stays(
    client: FlaskClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [(f"{n}.txt", f"Tide {n}\n\nThe tide came at {n}.".encode()) for n in range(3)]
    address = added(client, *texts, ("none.txt", b""))
    add_each = library.add_each

    def stopped(*given: Any, **further: Any) -> Iterator[int | None]:
        for stored in add_each(*given, **further):
            if library.count() == 2:
                assert "2 of 3" in client.get(address).text  # what failed is not counted
                send(client, f"{address}/stop")
            yield stored

    monkeypatch.setattr(library, "add_each", stopped)
    page = saved(client, address)
    assert "You stopped it." in page
    assert "Save 1 article<" in page
    assert library.count() == 2
    assert library.search("tide").total == 2
    monkeypatch.undo()
    assert 'Saved <span class="number">3' in saved(client, address)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Unavailable("The collection cannot be used now: disk is full."), "disk is full."),
        (RuntimeError("spam"), "Something went wrong here."),
    ],
)
def test_why_saving_was_broken_off_is_told(
    client: FlaskClient,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    told: str,
) -> None:
    def fails(*_: object, **__: object) -> Iterator[int]:
        raise error
        yield

    address = added(client, ("a.txt", HARVEST.encode()), ("b.txt", b"Rain\n\nIt rained."))
    monkeypatch.setattr(library, "add_each", fails)
    page = saved(client, address)
    assert f"Saving was broken off. {told}" in page.replace(
        "The collection cannot be used now: ", ""
    )
    assert "Save 2 articles" in page
    monkeypatch.undo()
    assert "broken off" not in saved(client, address)


def test_why_reading_was_broken_off_is_told(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> Iterator[tuple[str, Article]]:
        yield "rain.txt", Article("Rain", "Rain\n\nIt rained.")
        raise Unavailable("The disk is full.")

    monkeypatch.setattr("webapp.inbox.read", fails)
    page = client.get(added(client, pasted=HARVEST)).text
    assert "Reading was broken off. The disk is full. What was read until then is kept." in page
    assert 'value="Rain"' in page


def test_an_import_is_discarded(client: FlaskClient, library: Library, home: Path) -> None:
    address = added(client, pasted=HARVEST)
    assert f'formaction="{address}/discard"' in client.get(address).text
    assert send(client, f"{address}/discard").location == "/add"
    assert client.get(address).status_code == 404
    assert library.count() == 0
    assert not list((home / "inbox").glob("*/*"))


@pytest.mark.parametrize("path", ["/add/99", "/add/99/1", "/add/1/99"])
def test_what_is_not_there(client: FlaskClient, path: str) -> None:
    added(client, pasted=HARVEST)
    assert client.get(path).status_code == 404


def test_another_site_adds_nothing(client: FlaskClient) -> None:
    answer = client.post("/add", data={"pasted": HARVEST}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert inbox(client).latest() == []


def test_long_imports_have_pages(client: FlaskClient) -> None:
    lines = [json.dumps({"title": f"Tide {n}", "text": f"The tide {n}."}) for n in range(45)]
    address = added(client, ("tides.jsonl", "\n".join(lines).encode()))
    page = client.get(address).text
    assert "All 45" in page
    third = client.get(f"{address}?only=&page=3").text
    assert "Tide 44" in third
    assert "Page 3 of 3" in text_of(third)
    assert "Tide 44" in client.get(f"{address}?only=&page={10**20}").text
    left = send(client, f"{address}/45/leave?only=&page=3")
    assert left.location == f"{address}?only=&page=3#draft-45"


def test_what_was_read_meanwhile_is_not_read_again(client: FlaskClient, home: Path) -> None:
    (home / "inbox").mkdir()
    with FileLock(home / "inbox" / "1.lock"):  # as another process does that reads it
        address = send(client, "/add", pasted=HARVEST).location
        page = client.get(address).text
        assert "Reading" in page
        assert f"reading {len(HARVEST)} Bytes" in page
        for _ in range(2):
            inbox(client).resume()
    inbox(client).join()
    assert 'value="Kenya counts its maize twice"' in client.get(address).text


def test_a_full_disk_is_told_and_leaves_nothing(client: FlaskClient, home: Path) -> None:
    (home / "inbox").write_text("a file where the folder should be")
    answer = send(client, "/add", pasted=HARVEST)
    assert answer.status_code == 503
    assert "Nothing was added." in answer.text
    assert inbox(client).latest() == []


def test_what_does_not_fit_on_the_disk_makes_room_again(
    client: FlaskClient, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Endless(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(errno.ENOSPC, "No space left on device")

    def cannot(*_: object) -> None:
        raise Unavailable("The collection cannot be used now: database or disk is full.")

    monkeypatch.setattr("webapp.store.imports.remove", cannot)
    with pytest.raises(Unavailable, match="cannot be kept: No space left"):
        inbox(client).begin("", [Upload("a.txt", io.BytesIO(b"Rain")), Upload("b", Endless())])
    assert list((home / "inbox").iterdir()) == []


class Reader:
    """`dateline serve` as a process."""

    def __init__(self, home: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "webapp", "serve", "--port", "0"],
            env=os.environ | {"DATELINE_HOME": str(home), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout
        self.address = self._process.stdout.readline().split()[-1]

    def page(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path) as answer:
            return text_of(answer.read().decode())

    def post(self, path: str, body: bytes = b"", kind: str = "text/plain") -> str:
        headers = OURS | {"Content-Type": kind}
        asked = urllib.request.Request(self.address + path, body, headers, method="POST")
        with urllib.request.urlopen(asked) as answer:
            return str(answer.url)

    def until(self, path: str, said: str) -> str:
        for _ in range(600):
            if said in (page := self.page(path)):
                return page
            time.sleep(0.1)
        raise AssertionError(f"{said!r} is not on the page: {page}")

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


def test_a_restart_goes_on_with_what_was_broken_off(home: Path) -> None:
    lines = "\n".join(
        json.dumps({"title": f"Tide {n}", "text": f"The tide came at {n} in Oslo."})
        for n in range(150)
    )
    body = (
        '--line\r\nContent-Disposition: form-data; name="files"; filename="tides.jsonl"\r\n\r\n'
        f"{lines}\r\n--line--\r\n"
    )
    reader = Reader(home)
    try:
        where = reader.post("add", body.encode(), "multipart/form-data; boundary=line")
        path = where.removeprefix(reader.address)
        reader.until(path, "Save 150 articles")
        reader.post(f"{path}/save")
        reader.until(path, " saved, ")
    finally:
        reader.kill()
    again = Reader(home)
    try:
        page = again.until(path, "Saved 150")
        assert "Already there" not in page
        assert "150 articles, newest first" in again.page("")
    finally:
        again.kill()


def test_each_of_several_files_is_named_beside_its_article(client: FlaskClient) -> None:
    files = [("crane.txt", b"Crane\n\nIt fell."), ("ferry.txt", b"Ferry\n\nIt sails.")]
    page = client.get(added(client, *files)).text
    assert [f"From <bdi>{name}</bdi>" in page for name, _ in files] == [True, True]
