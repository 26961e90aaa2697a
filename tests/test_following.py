"""The page of the feeds, against a local server."""

import io
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from local_server import HERE, Server, page

from webapp import create_app
from webapp.config import Settings
from webapp.importing.visitor import Visitor
from webapp.inbox import Inbox
from webapp.library import Library
from webapp.subscriptions import Fetching

OURS = {"Sec-Fetch-Site": "same-origin"}
FEED = b"""<rss version="2.0"><channel><title>Harbour Courier</title>
<item><title>The crane of Ancona</title><guid>1</guid><link>https://courier.example/1</link>
<description>%s</description></item>
<item><title>A second crane</title><guid>2</guid><link>https://courier.example/2</link>
<description>%s</description></item></channel></rss>""" % (
    b"&lt;p&gt;The old crane at the harbour of Ancona fell into the water before dawn.&lt;/p&gt;"
    * 20,
    b"&lt;p&gt;Another crane stands in Bari, and it will stand for a while yet.&lt;/p&gt;" * 20,
)


@pytest.fixture
def client(
    library: Library, home: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> FlaskClient:
    """A browser on a reader that may fetch from this machine, without waiting."""
    for module in ("webapp.intake", "webapp.subscriptions"):
        monkeypatch.setattr(f"{module}.Visitor", partial(Visitor, sleep=lambda _: None))
    app = create_app(Settings(home), library)
    app.extensions["fetching"] = Fetching(library, HERE)
    app.extensions["inbox"] = Inbox(library, home / "inbox", HERE)
    server.pages |= {"/robots.txt": page(404), "/feed.xml": page(200, FEED)}
    return app.test_client()


def done(client: FlaskClient) -> str:
    """The page of the feeds when nothing is being fetched any more."""
    client.application.extensions["fetching"].join()
    return " ".join(client.get("/feeds").text.split())


def preview(client: FlaskClient, sent: dict[str, Any]) -> str:
    """The page of what is added, when it has been read."""
    where = client.post("/add", data=sent, headers=OURS).location
    client.application.extensions["inbox"].join()
    return " ".join(client.get(where).text.split())


def test_a_feed_is_kept_fetched_and_removed(
    client: FlaskClient, library: Library, server: Server
) -> None:
    answer = client.post("/feeds", data={"address": server.at("/feed.xml")}, headers=OURS)
    assert answer.location == "/feeds"
    assert "Harbour Courier" in (told := done(client))
    assert "2 new articles" in told
    assert {s.article.source for s in library.page().summaries} == {"Harbour Courier"}
    client.post("/feeds/fetch", headers=OURS)
    assert "0 new articles" in done(client) or "Looked at" in done(client)
    assert library.count() == 2
    client.post("/feeds/remove", data={"address": server.at("/feed.xml")}, headers=OURS)
    assert "Harbour Courier" not in done(client)
    assert library.count() == 2


def test_what_goes_wrong_is_told_at_the_feed(client: FlaskClient, server: Server) -> None:
    client.post("/feeds", data={"address": server.at("/feed.xml")}, headers=OURS)
    done(client)
    server.pages["/feed.xml"] = page(404)
    client.post("/feeds/fetch", headers=OURS)
    assert "404" in done(client)


def test_an_unknown_feed_cannot_be_fetched(client: FlaskClient) -> None:
    client.post("/feeds/fetch", data={"address": "https://else.example/feed"}, headers=OURS)
    assert "is not among the feeds" in done(client)


@pytest.mark.parametrize(
    "address", ["", "nonsense", "ftp://courier.example/feed", "http://10.0.0.1:99999/"]
)
def test_what_is_no_feed_is_told_and_stays_in_the_form(client: FlaskClient, address: str) -> None:
    answer = client.post("/feeds", data={"address": address}, headers=OURS)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert f'value="{address}"' in answer.text


def test_a_page_is_no_feed(client: FlaskClient, server: Server) -> None:
    answer = client.post("/feeds", data={"address": server.at("/")}, headers=OURS)
    assert answer.status_code == 400
    assert "feed" in answer.text


def test_the_preview_of_a_feed_offers_to_keep_it(client: FlaskClient, server: Server) -> None:
    shown = preview(client, {"pasted": server.at("/feed.xml")})
    assert "Keep this feed" in shown
    assert f'value="{server.at("/feed.xml")}"' in shown
    assert "Save 2 articles" in shown
    assert "Keep this feed" not in preview(client, {"pasted": server.at("/")})


@pytest.mark.parametrize("ending", ["txt", "jsonl", "xml"])
def test_what_is_not_fetched_is_no_feed_to_keep(client: FlaskClient, ending: str) -> None:
    contents = {
        "txt": b"Rain in Bari\n\nIt rained.",
        "jsonl": b'{"title": "Rain", "text": "It rained.", "url": "https://courier.example/3"}',
        "xml": FEED,
    }
    sent = {"files": [(io.BytesIO(contents[ending]), f"new.{ending}")]}
    assert "Keep this feed" not in preview(client, sent)


def test_a_page_with_another_address_of_its_own_is_no_feed_to_keep(
    client: FlaskClient, server: Server
) -> None:
    html = b"""<html><head><title>Rain in Bari</title>
<link rel="canonical" href="https://courier.example/rain"></head><body><article>
<h1>Rain in Bari</h1><p>It rained on the harbour of Bari for most of the night and the day, and the
boats stayed where they were.</p></article></body></html>"""
    server.pages["/rain?from=mail"] = page(200, html, Content_Type="text/html")
    shown = preview(client, {"pasted": server.at("/rain?from=mail")})
    assert 'value="https://courier.example/rain"' in shown
    assert "Keep this feed" not in shown


def test_where_nothing_is_fetched_there_are_no_feeds(library: Library, home: Path) -> None:
    client = create_app(Settings(home, fetch="no"), library).test_client()
    assert client.get("/feeds").status_code == 400
    assert "/feeds" not in client.get("/add").text
