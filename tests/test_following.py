"""The page of the feeds, against a local server."""

import io
import re
import time
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from flask.testing import FlaskClient
from local_server import HERE, Answer, Handler, Server, page

from webapp import create_app
from webapp.config import Settings
from webapp.days import utc_now
from webapp.importing.visitor import Visitor
from webapp.inbox import Inbox
from webapp.library import Library
from webapp.store import feeds
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
    assert "0 new articles" in done(client)
    server.pages["/feed.xml"] = page(304)
    client.post("/feeds/fetch", headers=OURS)
    assert "0 new articles" in done(client)
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
    unknown = {"address": "https://else.example/feed"}
    answer = client.post("/feeds/fetch", data=unknown, headers=OURS)
    assert answer.status_code == 404
    assert "is not among the feeds" in answer.text


def waiting_for(event: Event, answer: Answer) -> Answer:
    """The answer, once something has happened."""

    def give(handler: Handler) -> None:
        assert event.wait(20)
        answer(handler)

    return give


def test_a_feed_that_is_kept_while_others_are_fetched_is_fetched_after_them(
    client: FlaskClient, library: Library, server: Server
) -> None:
    client.post("/feeds", data={"address": server.at("/feed.xml")}, headers=OURS)
    done(client)
    go = Event()
    server.pages |= {
        "/feed.xml": waiting_for(go, page(200, FEED)),
        "/pier.xml": page(200, FEED.replace(b"crane", b"pier").replace(b"Harbour", b"Pier")),
    }
    client.post("/feeds/fetch", headers=OURS)
    client.post("/feeds", data={"address": server.at("/pier.xml")}, headers=OURS)
    html = client.get("/feeds").text
    told = " ".join(html.split())
    assert "Fetching Harbour Courier; 1 more feed to come" in told
    assert "Waits to be fetched" in told
    assert "Fetch what is new" not in told
    # What asks again takes the list alone along; the form and what is told of it stay.
    (polled,) = re.findall(r'<div id="kept-feeds"[^>]*hx-trigger="every 1s"[^>]*>', html)
    assert 'hx-select="#kept-feeds"' in polled
    assert html.index('<form class="sheet"') < html.index(polled)
    assert 'http-equiv="refresh"' not in html
    go.set()
    told = done(client)
    assert library.count() == 4
    assert "Waits" not in told
    assert "hx-trigger" not in told.partition('id="kept-feeds"')[2]


def test_how_far_a_feed_is_while_it_is_fetched(client: FlaskClient, server: Server) -> None:
    go = Event()
    bare = b"<item><title>A third crane</title><guid>3</guid><link>%s</link></item>"
    link = server.at("/third").encode()
    server.pages |= {
        "/feed.xml": page(200, FEED.replace(b"<item>", bare % link + b"<item>", 1)),
        "/third": waiting_for(go, page(404)),
    }
    client.post("/feeds", data={"address": server.at("/feed.xml")}, headers=OURS)
    for _ in range(200):
        told = " ".join(client.get("/feeds").text.split())
        if "2 of 3 new entries read" in told:
            break
        time.sleep(0.05)
    assert '<progress aria-label="Fetching" value="2" max="3">' in told
    assert "Not looked at yet" not in told
    go.set()
    assert re.search(r"Looked at <time [^>]*>[^<]*</time>: 2 new articles, 1 failed", done(client))
    part = client.get("/feeds", headers={"HX-Request": "true"}).text
    assert "The feeds were fetched" in part


def test_a_fetch_that_was_broken_off_is_told_until_the_next_one(
    client: FlaskClient, library: Library, server: Server
) -> None:
    client.post("/feeds", data={"address": server.at("/feed.xml")}, headers=OURS)
    assert "broken off" not in done(client)
    with library.store.write() as connection:  # as a kill leaves it
        feeds.begin(connection, [server.at("/feed.xml")], utc_now())
    assert "The last fetch was broken off" in done(client)
    client.post("/feeds/fetch", headers=OURS)
    assert "broken off" not in done(client)


def test_a_feed_that_is_gone_can_be_asked_by_hand(client: FlaskClient, server: Server) -> None:
    address = {"address": server.at("/feed.xml")}
    client.post("/feeds", data=address, headers=OURS)
    done(client)
    assert "Ask again" not in done(client)
    server.pages["/feed.xml"] = page(410)
    for _ in range(2):
        client.post("/feeds/fetch", headers=OURS)
        assert "Ask again" in done(client)
    assert "It is not asked again, unless you do." in done(client)
    assert [seen["path"] for seen in server.seen].count("/feed.xml") == 3
    server.pages["/feed.xml"] = page(200, FEED)
    client.post("/feeds/fetch", data=address, headers=OURS)
    assert "Ask again" not in done(client)


def test_a_site_that_wants_to_be_left_alone_is_told(client: FlaskClient, server: Server) -> None:
    client.post("/feeds", data={"address": server.at("/feed.xml")}, headers=OURS)
    done(client)
    server.pages["/feed.xml"] = page(429, Retry_After="600")
    client.post("/feeds/fetch", headers=OURS)
    assert "Its site wants to be asked nothing before <time" in done(client)


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
    for path in ("/add", "/help"):
        assert "/feeds" not in client.get(path).text
