"""When something was published: the moment, with its zone, in all notations and formats."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp import backup
from webapp.config import Settings
from webapp.days import moment
from webapp.importing import read_articles
from webapp.importing.corrections import typed
from webapp.importing.dates import date_of, moment_of
from webapp.intake import Given
from webapp.library import Library, open_library
from webapp.model import Article

UTC = dt.UTC


def zone(hours: float) -> dt.timezone:
    return dt.timezone(dt.timedelta(hours=hours))


def at(hour: int, minute: int, zone: dt.tzinfo, second: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, 14, hour, minute, second, tzinfo=zone)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2026-03-14T22:30:00Z", at(22, 30, UTC)),
        ("2026-03-14t22:30:00z", at(22, 30, UTC)),
        ("2026-03-14T22:30:07+01:00", at(22, 30, zone(1), 7)),
        ("2026-03-14T22:30:00.123456+01:00", at(22, 30, zone(1))),
        ("2026-03-14 22:30:00 +0530", at(22, 30, zone(5.5))),
        ("2026-03-14T22:30-05", at(22, 30, zone(-5))),
        ("2026-03-14T22:30−03:30", at(22, 30, zone(-3.5))),
        ("20260314T223000Z", at(22, 30, UTC)),
        ("Sat, 14 Mar 2026 22:30:00 -0500", at(22, 30, zone(-5))),
        ("Sat, 14 Mar 2026 22:30:00 -0500 (EST)", at(22, 30, zone(-5))),
        ("14 Mar 2026 22:30 GMT", at(22, 30, UTC)),
        ("14 Mar 2026 22:30 UT", at(22, 30, UTC)),
        ("14 Mar 2026 22:30 EST", at(22, 30, zone(-5))),
        ("14 Mar 2026 22:30 EDT", at(22, 30, zone(-4))),
        ("14 Mar 2026 22:30 CST", at(22, 30, zone(-6))),
        ("14 Mar 2026 22:30 CDT", at(22, 30, zone(-5))),
        ("14 Mar 2026 22:30 MST", at(22, 30, zone(-7))),
        ("14 Mar 2026 22:30 MDT", at(22, 30, zone(-6))),
        ("14 Mar 2026 22:30 PST", at(22, 30, zone(-8))),
        ("14 Mar 2026 22:30 PDT", at(22, 30, zone(-7))),
        ("Saturday, 14 March 2026, 14:05 GMT", at(14, 5, UTC)),
        ("Published on March 14, 2026 at 2:05 p.m. EST", at(14, 5, zone(-5))),
        ("March 14, 2026 12:05 AM (PST)", at(0, 5, zone(-8))),
        ("March 14, 2026 12:05pm UTC", at(12, 5, UTC)),
        ("14 March 2026, 14.05 GMT+1", at(14, 5, zone(1))),
        ("14 March 2026, 22:30 (UTC+5:30)", at(22, 30, zone(5.5))),
        ("14 March 2026 | 14:05 UTC", at(14, 5, UTC)),
        ("Published 10:30 PM EDT, March 14, 2026", at(22, 30, zone(-4))),
        ("Updated 9:01 AM UTC, March 14, 2026", at(9, 1, UTC)),
        ("14:05 GMT, 14 March 2026", at(14, 5, UTC)),
        ("2026.03.14 22:30 +01:00", at(22, 30, zone(1))),
        ("14/3/2026 22:30 +01:00", at(22, 30, zone(1))),
        ("Sat Mar 14 2026 22:30:00 GMT+0100 (Central European Standard Time)", at(22, 30, zone(1))),
        ("1773527400", at(22, 30, UTC)),
        ("1773527400123", at(22, 30, UTC)),
    ],
)
def test_a_time_with_its_zone_is_a_moment(told: str, expected: dt.datetime) -> None:
    found = moment_of(told)
    assert found is not None
    assert (found, found.utcoffset()) == (expected, expected.utcoffset())
    assert date_of(told) == expected.date()


@pytest.mark.parametrize(
    "told",
    [
        "2026-03-14",
        "2026-03-14T22:30:00",
        "14 March 2026, 22:30",
        "14 Mar 2026 22:30 CET",
        "14 Mar 2026 22:30 IST",
        "14 Mar 2026 22:30 ET",
        "14 Mar 2026 22:30 BST",
        "Sat, 14 Mar 2026 22:30:00 -0000",
        "2026-03-14T22:30:00-00:00",
        "2026-03-14T22:30:00+15:00",
        "2026-03-14T25:30:00Z",
        "2026-03-14T22:61:00Z",
        "March 14, 2026 13:05 p.m. EST",
        "March 14, 2026 0:05 a.m. EST",
    ],
)
def test_a_day_without_a_moment_is_a_day(told: str) -> None:
    assert date_of(told) == dt.date(2026, 3, 14)
    assert moment_of(told) is None


@pytest.mark.parametrize(
    "told", ["", "yesterday 14:05 GMT", "3/4/2026 14:05Z", "0000-01-01T00:00Z"]
)
def test_without_a_day_there_is_no_moment(told: str) -> None:
    assert date_of(told) is None
    assert moment_of(told) is None


@given(
    st.datetimes(dt.datetime(1700, 1, 1), dt.datetime(2999, 12, 31)),
    st.integers(-14 * 60, 14 * 60),
)
def test_what_is_written_as_iso_8601_is_read_back(when: dt.datetime, minutes: int) -> None:
    told = when.replace(tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))
    assert moment_of(told.isoformat()) == told.replace(microsecond=0)


@given(st.text(st.sampled_from("0123456789-:/.,+ TZgmtesp|()"), max_size=40))
def test_a_moment_lies_on_its_day(told: str) -> None:
    found = moment_of(told)
    assert found is None or found.date() == date_of(told)


# Each format

LONG = (
    "The harbour of Rijeka was closed on Monday, after a crane had fallen into the water in front "
    "of the fish market and the divers had found that it could not be lifted before Thursday."
)
LATE = "2026-03-14T22:30:00+01:00"


def page(head: str = "", below: str = "", above: str = "") -> bytes:
    return (
        f"<!doctype html><html><head><title>Crane</title>{head}</head><body>{above}<article>"
        f"<h1>Crane Falls</h1>{below}<p>{LONG}</p><p>{LONG[::-1]}</p></article></body></html>"
    ).encode()


RSS = (
    "<rss version='2.0'><channel><title>Wire</title><item><title>Crane</title>"
    "<description>It fell.</description><pubDate>Sat, 14 Mar 2026 22:30:00 +0100</pubDate></item>"
    "</channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title><entry><title>Crane</title>"
    f"<summary>It fell.</summary><published>{LATE}</published>"
    "<updated>2026-03-15T09:00:00Z</updated></entry></feed>"
)
MAIL = "From: ana@wire.example\nSubject: Crane\nMessage-ID: <1@x>\nMIME-Version: 1.0\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (page(f'<meta property="article:published_time" content="{LATE}">'), "meta.html"),
        (page(f'<meta itemprop="datePublished" content="{LATE}">'), "itemprop.html"),
        (page('<meta name="date" content="Sat, 14 Mar 2026 22:30:00 +0100">'), "name.html"),
        (
            page(
                '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",'
                '"dateModified": "2026-03-14T23:00:00Z", "headline": "Crane Falls",'
                '"datePublished": "2026-03-14T22:30:00\\u002B01:00"}]}</script>'
            ),
            "json-ld.html",
        ),
        (page(below=f'<time datetime="{LATE}">Saturday</time>'), "time.html"),
        (
            page(
                below=f'<time class="updated" datetime="2026-03-14T23:00Z"></time>'
                f'<time datetime="{LATE}"></time>',
                above='<time datetime="2026-03-14T08:00:00Z">Another story</time>',
            ),
            "times.html",
        ),
        (
            page(
                below=f'<time datetime="{LATE}">22.30 Uhr</time>'
                '<time class="updated" datetime="2026-03-15T09:00:00+01:00">aktualisiert</time>',
            ).replace(b"h1>", b"h2>"),
            "changed.html",
        ),
        (page(below="<p>By Ana Kos</p><p>14 March 2026, 22:30 UTC+1</p>"), "text.html"),
        (RSS.encode(), "a.rss"),
        (ATOM.encode(), "a.atom"),
        (json.dumps({"text": "It fell.", "published": LATE}).encode(), "a.json"),
        (
            json.dumps({"text": "It fell.", "date": "2026-03-14", "published_at": LATE}).encode(),
            "two.json",
        ),
        (f"title,text,date\nCrane,It fell.,{LATE}\n".encode(), "a.csv"),
        (f"{MAIL}Date: Sat, 14 Mar 2026 22:30:00 +0100\n\nIt fell.".encode(), "a.eml"),
        (b"Crane\n\nBy Ana Kos\nSaturday, 14 March 2026, 22:30 GMT+1\n\nIt fell.", "a.txt"),
        (b"Crane\n\nBy Ana Kos | 14 March 2026 22:30 +01:00\n\nIt fell.", "byline.txt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_format_tells_the_moment(data: bytes, name: str) -> None:
    [article] = read_articles(data, name)
    assert isinstance(article, Article)
    assert article.published == dt.date(2026, 3, 14)
    assert article.published_at == at(22, 30, zone(1))
    assert article.published_at.utcoffset() == dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (page('<meta property="article:published_time" content="2026-03-14T22:30:00">'), "a.html"),
        (
            page(
                '<meta property="article:published_time" content="2026-03-14">'
                '<meta property="article:modified_time" content="2026-03-14T23:00:00Z">'
            ),
            "changed.html",
        ),
        (RSS.replace("+0100", "CET").encode(), "a.rss"),
        (f"{MAIL}Date: Sat, 14 Mar 2026 22:30:00 CET\n\nIt fell.".encode(), "a.eml"),
        (b"title,text,date\nCrane,It fell.,2026-03-14 22:30\n", "a.csv"),
        (b"Crane\n\n14 March 2026, 22:30\n\nIt fell.", "a.txt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_time_without_a_zone_gives_the_day_alone(data: bytes, name: str) -> None:
    [article] = read_articles(data, name)
    assert isinstance(article, Article)
    assert (article.published, article.published_at) == (dt.date(2026, 3, 14), None)


def test_the_text_tells_the_moment_of_the_day_that_the_file_tells() -> None:
    text = "14 March 2026, 14:05 GMT\n\nIt fell."
    for told, expected in (("2026-03-14", at(14, 5, UTC)), ("2026-03-15", None)):
        record = json.dumps({"title": "Crane", "text": text, "date": told})
        [article] = read_articles(record.encode(), "a.json")
        assert isinstance(article, Article)
        assert article.published == dt.date.fromisoformat(told)
        assert article.published_at == expected


# What is kept and shown

CRANE = Article(
    "Crane", "Crane\n\nIt fell.", published=dt.date(2026, 3, 14), published_at=at(22, 30, zone(1))
)


@pytest.mark.parametrize(
    "when", [dt.datetime(2026, 3, 13, 9, tzinfo=UTC), dt.datetime(2026, 3, 14)]
)
def test_no_article_has_a_moment_of_another_day_or_without_a_zone(when: dt.datetime) -> None:
    with pytest.raises(ValueError, match="no moment of"):
        replace(CRANE, published_at=when)


@pytest.mark.parametrize(
    ("day", "kept"), [(None, True), (dt.date(2026, 3, 14), True), (dt.date(2026, 3, 15), False)]
)
def test_a_day_that_is_given_goes_before_the_moment(day: dt.date | None, kept: bool) -> None:
    filled = Given(date=day).fill(CRANE)
    assert filled.published == (day or CRANE.published)
    assert filled.published_at == (CRANE.published_at if kept else None)


@pytest.mark.parametrize("when", [at(22, 30, zone(1)), at(0, 5, zone(-3.5), 7), None])
def test_the_store_and_a_backup_keep_the_moment(
    library: Library, tmp_path: Path, when: dt.datetime | None
) -> None:
    article_id = library.add(replace(CRANE, published_at=when))
    assert article_id is not None
    kept = library.article(article_id).article
    assert kept.published_at == when
    assert when is None or kept.published_at.utcoffset() == when.utcoffset()
    [(told, found)] = list(library.everything())
    [(back, _)] = list(backup.read([backup.line(told, found)]))
    assert back == told
    other = open_library(Settings(tmp_path / "other"))
    restored = other.restore(back, found)
    assert restored is not None
    assert other.article(restored).article == replace(told, id=restored)
    other.close()


@pytest.mark.parametrize(
    ("when", "shown", "in_the_form"),
    [
        (at(22, 30, zone(1)), "14 March 2026, 22:30 (UTC+1)", "22:30 +01:00"),
        (at(0, 5, UTC, 9), "14 March 2026, 00:05 (UTC)", "00:05:09 +00:00"),
        (at(9, 0, zone(-3.5)), "14 March 2026, 09:00 (UTC−3:30)", "09:00 -03:30"),
    ],
)
def test_how_a_moment_is_shown(when: dt.datetime, shown: str, in_the_form: str) -> None:
    assert moment(when) == shown
    assert moment_of(shown) == when.replace(second=0)
    assert typed(replace(CRANE, published_at=when)).time == in_the_form
