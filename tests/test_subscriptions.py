"""Feeds from a local server. Time between requests is asked for, not spent."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import format_datetime
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from local_server import HERE, PUBLIC, Answer, Names, Server, page

from webapp.cli import main
from webapp.config import Settings
from webapp.errors import BadInput, NotFound
from webapp.importing.visitor import DELAY, LONGEST_DELAY, Visitor
from webapp.intake import Report, take
from webapp.library import Library, open_library
from webapp.model import Article, Feed
from webapp.subscriptions import Progress, Subscriptions

STORY = (
    "The old crane at the harbour of Ancona fell into the water before dawn, and no one was hurt"
)
MORE = "“It had stood there since my father was a boy,” said the harbour master Ana Kos of Slovenia"
ROBOTS = "/robots.txt"


def item(number: int, text: str = "", link: bool = True, **facts: str) -> str:
    told = {"title": f"Story {number}", "guid": f"urn:story:{number}"} | facts
    if link:
        told["link"] = f"/story/{number}"
    tags = "".join(f"<{name}>{value}</{name}>" for name, value in told.items() if value)
    content = f"<content:encoded>&lt;p&gt;{text}&lt;/p&gt;</content:encoded>" if text else ""
    return f"<item>{tags}{content}</item>"


def full(number: int) -> str:
    return item(number, f"{STORY}, says report {number}.")


def rss(*items: str, title: str = "The Harbour Courier") -> bytes:
    top = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    return f"{top}<channel><title>{title}</title>{''.join(items)}</channel></rss>".encode()


def html(title: str, *paragraphs: str, head: str = "") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


@dataclass
class World:
    """A site with a feed, a collection that keeps it, and the seconds that were waited."""

    server: Server
    library: Library
    waits: list[float] = field(default_factory=list)

    @property
    def feed(self) -> str:
        return self.server.at("/feed.xml")

    def serve(self, *items: str, **headers: str) -> None:
        self.server.pages["/feed.xml"] = page(200, rss(*items), **headers)

    def subscriptions(self) -> Subscriptions:
        """As of a new run of the command."""
        return Subscriptions(self.library, Visitor(HERE, sleep=self.waits.append))

    def add(self) -> None:
        self.subscriptions().add(self.feed)

    def fetch(self, jobs: int = 1) -> Report:
        return self.subscriptions().fetch([self.feed], jobs)[self.feed]

    def articles(self) -> list[Article]:
        return [article for article, _ in self.library.everything()]

    def asked(self, path: str = "/feed.xml") -> list[dict[str, str]]:
        return [seen for seen in self.server.seen if seen["path"] == path]

    def kept(self) -> Feed:
        (feed,) = self.subscriptions().every()
        return feed


@pytest.fixture
def world(server: Server, library: Library) -> World:
    server.pages[ROBOTS] = page(404)
    made = World(server, library)
    made.serve(full(2), full(1))
    made.add()
    return made


# Which feeds are kept.


def test_a_feed_is_kept_with_its_title(world: World) -> None:
    assert world.kept() == Feed(world.feed, "The Harbour Courier")
    assert not world.articles()


def test_adding_it_again_says_that_it_is_there(world: World) -> None:
    number = len(world.server.seen)
    assert world.subscriptions().add(f" {world.feed} ") == (world.kept(), False)
    assert len(world.server.seen) == number


def test_a_feed_without_title_and_entries_is_one(world: World) -> None:
    world.server.pages["/new.xml"] = page(200, rss(title=""))
    feed, is_new = world.subscriptions().add(world.server.at("/new.xml"))
    assert (feed.title, is_new) == ("127.0.0.1", True)
    assert world.subscriptions().fetch([feed.address])[feed.address] == Report()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (page(200, html("News", STORY), Content_Type="text/html"), "It is no RSS or Atom feed."),
        (page(200, b""), "It is no RSS or Atom feed."),
        (
            page(200, b"<rss><x:y/><item><title>&#xD800;</title></item></rss>"),
            "is damaged or cut off (UnicodeEncodeError)",
        ),
        (page(404), "There is no such page."),
    ],
)
def test_what_is_no_feed_is_not_kept(world: World, answer: Answer, said: str) -> None:
    world.server.pages["/other"] = answer
    with pytest.raises(BadInput, match=re.escape(said)):
        world.subscriptions().add(world.server.at("/other"))
    assert world.kept().address == world.feed


def test_a_removed_feed_is_gone_and_its_articles_stay(world: World) -> None:
    world.fetch()
    world.subscriptions().remove(world.feed)
    assert world.subscriptions().every() == []
    assert len(world.articles()) == 2
    with pytest.raises(NotFound, match="is not among the feeds"):
        world.subscriptions().remove(world.feed)
    with pytest.raises(NotFound, match="is not among the feeds"):
        world.fetch()


def test_a_feed_that_is_added_again_begins_anew(world: World) -> None:
    world.fetch()
    world.subscriptions().remove(world.feed)
    world.add()
    assert world.fetch().there == 2


# What is new.


def test_entries_become_articles_the_oldest_first(world: World) -> None:
    report = world.fetch()
    assert (report.imported, report.there, report.failures) == (2, 0, [])
    first, second = world.articles()
    assert (first.title, second.title) == ("Story 1", "Story 2")
    assert first.text == f"Story 1\n\n{STORY}, says report 1."
    assert first.source == "The Harbour Courier"
    assert first.url == world.server.at("/story/1")
    assert world.library.search("crane").total == 2


def test_only_new_entries_are_taken(world: World) -> None:
    world.fetch()
    world.serve(full(3), full(2), full(1))
    assert world.fetch() == Report(imported=1)
    assert [article.title for article in world.articles()] == ["Story 1", "Story 2", "Story 3"]


def test_a_removed_article_is_not_taken_again(world: World) -> None:
    world.fetch()
    world.library.remove(1)
    assert world.fetch() == Report()
    assert [article.title for article in world.articles()] == ["Story 2"]


def test_an_article_that_is_there_already_is_said_to_be(world: World) -> None:
    world.library.add(Article(title="Story 1", text=f"Story 1\n\n{STORY}, says report 1."))
    assert world.fetch() == Report(imported=1, there=1)
    assert world.fetch() == Report()


@pytest.mark.parametrize(
    ("facts", "link"),
    [({}, True), ({"guid": ""}, True), ({"guid": ""}, False), ({"guid": "", "title": ""}, False)],
    ids=["id", "link", "title", "text"],
)
def test_an_entry_is_known_by_what_it_has(world: World, facts: dict[str, str], link: bool) -> None:
    long = f"{STORY}. " * 20
    world.serve(item(1, long, link, **facts), item(1, long, link, **facts))
    assert world.fetch() == Report(imported=1)
    world.library.remove(1)
    assert world.fetch() == Report()


def test_an_entry_can_say_from_where_it_is(world: World) -> None:
    source = '<source url="https://wire.example/">The Wire &amp;amp; Co</source>'
    world.serve(full(1).replace("</item>", f"{source}</item>"))
    world.fetch()
    assert world.articles()[0].source == "The Wire & Co"


@pytest.mark.parametrize(
    "date", ["some day", "Tue, 99 Mar 2026 25:61:00", "0000-00-00", "9" * 90, "2026-02-30T10:00Z"]
)
def test_a_bad_date_does_no_harm(world: World, date: str) -> None:
    world.serve(item(1, STORY, pubDate=date))
    assert world.fetch() == Report(imported=1)
    assert world.articles()[0].published is None


def test_of_two_dates_the_one_that_can_be_read_counts(world: World) -> None:
    other = '<date xmlns="http://purl.org/dc/elements/1.1/">2026-03-01</date>'
    world.serve(item(1, STORY, pubDate="some day").replace("</item>", f"{other}</item>"))
    world.fetch()
    assert world.articles()[0].published == dt.date(2026, 3, 1)


def test_another_language_is_told(world: World) -> None:
    world.serve(
        item(1, "Der alte Kran im Hafen ist in der Nacht umgefallen, niemand wurde verletzt.")
    )
    world.fetch()
    assert world.articles()[0].language == "de"


# What the site says of its last change.


@pytest.mark.parametrize(
    ("says", "asks", "value"),
    [
        ("ETag", "If-None-Match", '"abc"'),
        ("Last_Modified", "If-Modified-Since", "Tue, 03 Mar 2026 10:00:00 GMT"),
    ],
)
def test_an_unchanged_feed_is_not_sent_again(
    world: World, says: str, asks: str, value: str
) -> None:
    world.serve(full(1), **{says: value})
    world.fetch()
    assert asks not in world.asked()[-1]
    world.server.pages["/feed.xml"] = page(304)
    assert world.fetch() == world.fetch() == Report()
    assert world.asked()[-1][asks] == value
    assert world.kept().problem == ""
    world.serve(full(2), full(1))
    assert world.fetch().imported == 1


def test_adding_does_not_count_as_a_look(world: World) -> None:
    """Or its articles would never come."""
    world.subscriptions().remove(world.feed)
    world.serve(full(1), ETag='"abc"')
    world.add()
    world.fetch()
    assert "If-None-Match" not in world.asked()[-1]


def test_a_fetch_that_was_broken_off_goes_on(world: World) -> None:
    """What was stored is not taken again, and the site is not asked what changed since."""
    world.serve(*(full(number) for number in (3, 2, 1)), ETag='"abc"')

    def stop(_: Feed, progress: Progress) -> None:
        if progress.report.imported == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.subscriptions().fetch(jobs=1, told=stop)
    assert world.library.search("crane").total == 2
    assert world.fetch() == Report(imported=1)
    assert "If-None-Match" not in world.asked()[-1]
    assert world.fetch() == Report()
    assert len(world.articles()) == 3


# Feeds that fail.


def test_a_broken_feed_is_noted_and_the_rest_goes_on(world: World) -> None:
    world.server.pages |= {"/a.xml": page(200, rss(full(7))), "/b.xml": page(200, rss(full(8)))}
    for path in ("/a.xml", "/b.xml"):
        world.subscriptions().add(world.server.at(path))
    world.server.pages["/a.xml"] = page(200, b"\x00\x01 no feed")
    reports = world.subscriptions().fetch(jobs=1)
    assert reports[world.server.at("/b.xml")].imported == 1
    ((name, reason),) = reports[world.server.at("/a.xml")].failures
    assert name == world.server.at("/a.xml")
    assert "It is no RSS or Atom feed." in reason
    problems = {feed.address: feed.problem for feed in world.subscriptions().every()}
    assert problems == {
        world.feed: "",
        world.server.at("/a.xml"): reason,
        world.server.at("/b.xml"): "",
    }


def test_a_feed_that_is_gone_says_so_until_it_is_back(world: World) -> None:
    world.fetch()
    world.server.pages["/feed.xml"] = page(404)
    assert world.fetch().failed == 1
    assert "127.0.0.1 answers 404" in world.kept().problem
    world.serve(full(3))
    assert world.fetch().imported == 1
    assert world.kept().problem == ""


def test_a_feed_that_robots_may_not_read(world: World) -> None:
    world.server.pages[ROBOTS] = page(200, b"User-agent: *\nDisallow: /feed")
    number = len(world.asked())
    assert "asks programs not to read it (robots.txt)" in world.fetch().failures[0][1]
    world.server.pages[ROBOTS] = page(500)
    assert "robots.txt of 127.0.0.1 cannot be read" in world.fetch().failures[0][1]
    assert len(world.asked()) == number


def test_a_feed_that_is_removed_while_it_is_fetched(world: World) -> None:
    def forget(feed: Feed, progress: Progress) -> None:
        if progress.report.imported == 1:
            world.subscriptions().remove(feed.address)

    assert world.subscriptions().fetch(jobs=1, told=forget)[world.feed].imported == 2
    assert world.subscriptions().every() == []


def test_a_break_is_known_until_the_next_fetch(world: World) -> None:
    world.server.pages["/b.xml"] = page(200, rss(full(8), title="The Pier"))
    world.subscriptions().add(world.server.at("/b.xml"))

    def stop(_: Feed, progress: Progress) -> None:
        if progress.report.imported:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.subscriptions().fetch(jobs=1, told=stop)
    assert all(feed.begun for feed in world.subscriptions().every())
    reports = world.subscriptions().fetch(jobs=1)
    assert [report.imported for report in reports.values()] == [1, 1]
    assert not any(feed.begun for feed in world.subscriptions().every())


def test_how_far_a_feed_is(world: World) -> None:
    world.serve(summary(1, ""), full(2), full(3))
    world.server.pages["/story/1"] = page(404)
    seen: list[tuple[int, int, int]] = []

    def told(_: Feed, progress: Progress) -> None:
        report = progress.report
        seen.append((progress.read, progress.entries, report.imported + report.failed))

    world.subscriptions().fetch(jobs=1, told=told)
    assert seen[0] == (0, 3, 0)
    assert seen[-1] == (3, 3, 3)
    assert seen == sorted(seen)
    assert (1, 3, 0) in seen  # read, and not stored yet


# Sites that want to be left alone.


def test_a_feed_that_is_gone_is_asked_again_only_by_name(world: World) -> None:
    world.server.pages["/feed.xml"] = page(410)
    assert world.subscriptions().fetch()[world.feed].failed == 1
    assert world.kept().gone
    number = len(world.server.seen)
    assert world.subscriptions().fetch() == {}
    assert len(world.server.seen) == number
    assert "answers 410" in world.kept().problem
    world.server.pages["/feed.xml"] = page(500)
    assert world.fetch().failed == 1
    assert world.kept().gone
    world.serve(full(1))
    assert world.fetch().imported == 1
    assert not world.kept().gone
    assert world.subscriptions().fetch() == {world.feed: Report()}


def hours_ahead(hours: float) -> str:
    at = dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours)
    return format_datetime(at, usegmt=True)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("after", "hours"),
    [
        (lambda: "7200", 2),
        (partial(hours_ahead, 2), 2),
        (lambda: "9" * 400, 24),
        (partial(hours_ahead, 9_999), 24),
    ],
    ids=["seconds", "date", "many seconds", "a far date"],
)
def test_a_site_that_was_asked_too_often_is_left_alone(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    after: Callable[[], str],
    hours: int,
) -> None:
    world.server.pages["/feed.xml"] = page(status, Retry_After=after())
    assert world.fetch().failed == 1
    until, problem = world.kept().rests_until, world.kept().problem
    assert until is not None
    left = until - dt.datetime.now(dt.UTC).replace(tzinfo=None)
    assert dt.timedelta(hours=hours, minutes=-2) < left <= dt.timedelta(hours=hours)

    number = len(world.server.seen)
    assert world.subscriptions().fetch() == {}
    assert "wants to be asked nothing before" in world.fetch().failures[0][1]
    assert len(world.server.seen) == number
    assert (world.kept().problem, world.kept().begun) == (problem, None)

    world.serve(full(1))
    monkeypatch.setattr("webapp.subscriptions.utc_now", lambda: until)
    assert world.subscriptions().fetch()[world.feed].imported == 1


@pytest.mark.parametrize(
    "after",
    ["", "soon", "-5", "0", pytest.param(hours_ahead(-1), id="an hour ago"), "Wed, 99 Foo 2026"],
)
def test_a_site_that_does_not_say_when_is_asked_again(world: World, after: str) -> None:
    world.server.pages["/feed.xml"] = page(429, Retry_After=after)
    world.fetch()
    world.serve(full(1))
    assert world.subscriptions().fetch()[world.feed].imported == 1


def test_pages_of_a_site_that_was_asked_too_often_wait_as_well(world: World) -> None:
    world.serve(*(summary(number, "") for number in (1, 2, 3)))
    for number in (1, 2, 3):
        answer = page(200, html(f"Crane {number}", STORY, f"{MORE} {number}"))
        world.server.pages[f"/story/{number}"] = answer
    world.server.pages["/story/2"] = page(429, Retry_After="60")
    report = world.fetch()
    assert (report.imported, report.failed) == (1, 2)  # 3 came first; 1 is not even asked for
    assert not world.asked("/story/1")
    assert world.kept().rests_until is not None
    assert world.subscriptions().fetch() == {}


# Entries that have a summary alone.

SUMMARY = "The crane fell."


def summary(number: int, text: str = SUMMARY, **facts: str) -> str:
    return item(number, description=text, **facts)


def test_the_page_of_a_summary_is_fetched(world: World) -> None:
    world.serve(
        summary(1, pubDate="Tue, 03 Mar 2026 10:00:00 +0000", author="ana@x.example (Ana Kos)")
    )
    world.server.pages["/story/1"] = page(200, html("The Crane Falls", STORY, MORE))
    assert world.fetch() == Report(imported=1)
    (article,) = world.articles()
    assert article.text == f"The Crane Falls\n\n{STORY}\n\n{MORE}"
    assert (article.source, article.author) == ("The Harbour Courier", "Ana Kos")
    assert article.published == dt.date(2026, 3, 3)
    assert article.url == world.server.at("/story/1")


def test_what_the_page_says_comes_first(world: World) -> None:
    world.serve(summary(1, pubDate="Wed, 04 Mar 2026 10:00:00 +0000", author="The Desk"))
    head = (
        '<meta property="og:site_name" content="Courier Online">'
        '<meta property="article:published_time" content="2026-03-03T10:00:00+01:00">'
        '<meta name="author" content="Ben Lee">'
        '<link rel="canonical" href="https://courier.example/crane">'
    )
    world.server.pages["/story/1"] = page(200, html("The Crane Falls", STORY, MORE, head=head))
    world.fetch()
    (article,) = world.articles()
    assert (article.source, article.author) == ("Courier Online", "Ben Lee")
    assert (article.published, article.url) == (
        dt.date(2026, 3, 3),
        "https://courier.example/crane",
    )


def test_a_page_that_names_only_its_host_is_of_the_feed(world: World) -> None:
    world.serve(summary(1))
    head = '<link rel="canonical" href="https://www.courier.example/crane">'
    world.server.pages["/story/1"] = page(200, html("The Crane Falls", STORY, MORE, head=head))
    world.fetch()
    assert world.articles()[0].source == "The Harbour Courier"


def test_a_long_text_or_content_is_the_article(world: World) -> None:
    world.serve(summary(2, f"{STORY}. " * 12), full(1))
    assert world.fetch().imported == 2
    assert not world.asked("/story/1") + world.asked("/story/2")


@pytest.mark.parametrize(
    "answer",
    [
        page(404),
        page(500),
        page(200, b"<html><body></body></html>"),
        page(200, html("No", "Log in")),
    ],
    ids=["gone", "failing", "empty", "less than the summary"],
)
def test_without_its_page_the_summary_is_the_article(world: World, answer: Answer) -> None:
    world.serve(summary(1, f"{STORY}."))
    world.server.pages["/story/1"] = answer
    assert world.fetch() == Report(imported=1)
    assert world.articles()[0].text == f"Story 1\n\n{STORY}."


def test_robots_may_not_read_the_page(world: World) -> None:
    world.server.pages[ROBOTS] = page(200, b"User-agent: *\nDisallow: /story/")
    world.server.pages["/story/1"] = page(200, html("The Crane Falls", STORY, MORE))
    world.serve(summary(1), summary(2, ""))
    report = world.fetch()
    assert report.imported == 1
    assert world.articles()[0].text == f"Story 1\n\n{SUMMARY}"
    ((_, reason),) = report.failures
    assert reason.startswith("Entry 2 (“Story 2”): It has no text of its own, and its page ")
    assert "asks programs not to read it (robots.txt)" in reason
    assert not world.asked("/story/1")


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        (page(404), False),
        (page(200, b"<p></p>", Content_Type="text/html"), False),
        (page(503), True),
        (page(429), True),
    ],
)
def test_an_entry_without_article_is_tried_again_where_that_helps(
    world: World, answer: Answer, again: bool
) -> None:
    world.serve(summary(1, ""), full(2), ETag='"abc"')
    world.server.pages["/story/1"] = answer
    report = world.fetch()
    assert (report.imported, report.failed) == (1, 1)
    assert world.kept().problem == ""
    world.server.pages["/story/1"] = page(200, html("The Crane Falls", STORY, MORE))
    assert world.fetch() == Report(imported=int(again))
    assert ("If-None-Match" in world.asked()[-1]) is not again
    assert world.fetch() == Report()


def test_an_entry_with_nothing_at_all(world: World) -> None:
    world.serve(item(1, link=False), "<item></item>", full(2))
    report = world.fetch()
    assert (report.imported, report.failed) == (1, 2)
    assert "Entry 1 (“Story 1”): It has no text of its own; it names no page." in str(
        report.failures
    )
    assert world.fetch() == Report()


# Slowly.


def test_a_host_has_its_rest_between_two_requests(world: World) -> None:
    world.waits.clear()
    world.serve(summary(1), summary(2), full(3))
    world.server.pages |= {
        f"/story/{n}": page(200, html(f"Crane {n}", STORY, f"{MORE} {n}")) for n in (1, 2)
    }
    number = len(world.server.seen)
    assert world.fetch().imported == 3
    asked = [seen["path"] for seen in world.server.seen[number:]]
    assert asked == [ROBOTS, "/feed.xml", "/story/2", "/story/1"]
    assert len(world.waits) == 3
    assert all(DELAY / 2 < seconds <= DELAY for seconds in world.waits)


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [("5", 5), ("3600", LONGEST_DELAY), ("0", DELAY), ("often", DELAY)],
)
def test_a_site_says_how_slowly(world: World, asked: str, seconds: float) -> None:
    world.server.pages[ROBOTS] = page(200, f"User-agent: *\nCrawl-delay: {asked}".encode())
    world.waits.clear()
    world.fetch()
    assert len(world.waits) == 1
    assert seconds - DELAY / 2 < world.waits[0] <= seconds


def test_other_hosts_are_asked_at_once(world: World) -> None:
    other = f"http://localhost:{world.server.port}/feed.xml"
    world.subscriptions().add(other)
    world.waits.clear()
    world.subscriptions().fetch(jobs=1)
    assert len(world.waits) == 2  # before each feed, after its robots.txt
    assert len(world.asked(ROBOTS)) == 4


# A feed that is imported by its address.


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been waited."""
    waits: list[float] = []
    for module in ("webapp.intake", "webapp.commands.feeds"):
        monkeypatch.setattr(f"{module}.Visitor", partial(Visitor, sleep=waits.append))
    return waits


def test_an_imported_feed_gives_whole_articles(world: World, patient: list[float]) -> None:
    world.serve(summary(1), summary(2), full(3))
    world.server.pages |= {
        "/story/1": page(200, html("The Crane Falls", STORY, MORE)),
        "/story/2": page(404),
    }
    report = take(world.library, [world.feed], policy=HERE, jobs=1)
    assert (report.imported, report.failures) == (3, [])
    texts = {article.title: article.text for article in world.articles()}
    assert MORE in texts["The Crane Falls"]
    assert texts["Story 2"] == f"Story 2\n\n{SUMMARY}"
    assert len(patient) == 3


def test_a_feed_in_a_file_stays_as_it_is(world: World, tmp_path: Path) -> None:
    link = world.server.at("/story/1")
    (tmp_path / "feed.xml").write_bytes(rss(summary(1).replace("/story/1", link), summary(2, "")))
    number = len(world.server.seen)
    report = take(world.library, [str(tmp_path / "feed.xml")], policy=HERE, jobs=1)
    assert (report.imported, report.failed) == (1, 1)
    assert world.articles()[0].text == f"Story 1\n\n{SUMMARY}"
    assert len(world.server.seen) == number


# The commands.

Run = Callable[..., Result]
FEED = "http://news.example/feed.xml"


@pytest.fixture
def run(home: Path, server: Server, names: Names, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command where news.example is the local server."""
    monkeypatch.setenv("DATELINE_HOME", str(home))
    names["news.example"] = [PUBLIC]
    server.pages |= {ROBOTS: page(404), "/feed.xml": page(200, rss(full(2), full(1)))}

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return invoke


@pytest.mark.usefixtures("dialled", "patient")
def test_the_commands(run: Run, server: Server, home: Path) -> None:
    assert "There is no feed." in run("feeds", "list").stderr
    assert run("feeds", "add", FEED).stdout == f"Added: The Harbour Courier ({FEED})\n"
    assert run("feeds", "add", FEED).stdout.startswith("Already there: The Harbour Courier")
    assert run("feeds", "list").stdout == f"{FEED}  The Harbour Courier  never\n"

    fetched = run("feeds", "fetch", "--jobs", "1")
    assert fetched.stdout == "2 imported, 0 already there, 0 failed\n"
    assert fetched.exit_code == 0
    assert run("feeds", "fetch", FEED).stdout == "0 imported, 0 already there, 0 failed\n"

    server.pages["/feed.xml"] = page(410)
    failed = run("feeds", "fetch")
    assert failed.exit_code == 1
    assert failed.stdout == "0 imported, 0 already there, 1 failed\n"
    assert failed.stderr == f"{FEED}: news.example answers 410 (Gone). The page was taken down.\n"
    listed = run("feeds", "list").stdout
    assert "answers 410 (Gone). The page was taken down. It is asked again only by name" in listed
    assert "never" not in listed
    assert run("feeds", "fetch").exit_code == 0
    server.pages["/feed.xml"] = page(429, Retry_After="600")
    assert run("feeds", "fetch", FEED).exit_code == 1
    assert "It is not asked before 20" in run("feeds", "list").stdout

    assert run("feeds", "remove", FEED).stdout == f"Removed: {FEED}\n"
    library = open_library(Settings(home))
    assert library.count() == 2
    library.close()


@pytest.mark.usefixtures("dialled", "patient")
@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["add", "http://127.0.0.1/feed.xml"], 2, "No site 127.0.0.1 was found"),
        (["add", "ftp://news.example/"], 2, "must begin with http"),
        (["remove", FEED], 1, "is not among the feeds. `dateline feeds list`"),
        (["fetch", FEED], 1, "is not among the feeds. `dateline feeds list`"),
    ],
)
def test_a_command_that_cannot_be_done(
    run: Run, arguments: list[str], status: int, said: str
) -> None:
    result = run("feeds", *arguments)
    assert result.exit_code == status
    assert result.stderr.startswith("dateline: ")
    assert said in result.stderr
