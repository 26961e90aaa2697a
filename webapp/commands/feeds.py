"""`dateline feeds`: which feeds are kept, and taking what is new in them."""

import datetime as dt
from collections import defaultdict
from functools import partial
from pathlib import Path

import click

from webapp.commands import HOME, JOBS, Teller, finish, progress
from webapp.config import load_settings
from webapp.days import local, utc_now
from webapp.importing.visitor import Visitor
from webapp.intake import Report
from webapp.library import open_library
from webapp.model import Feed
from webapp.subscriptions import UNFINISHED, Progress, Subscriptions


@click.group()
def feeds() -> None:
    """Keep feeds, and take what is new in them.

    \b
        dateline feeds add https://news.example/feed.xml
        dateline feeds fetch
    """


@feeds.command()
@click.argument("address")
@HOME
def add(address: str, home: Path | None) -> None:
    """Keep the RSS or Atom feed at ADDRESS; `dateline feeds fetch` takes its articles."""
    feed, is_new = _subscriptions(home).add(address)
    click.echo(f"{'Added' if is_new else 'Already there'}: {feed.title} ({feed.address})")


@feeds.command("list")
@HOME
def list_(home: Path | None) -> None:
    """Show the feeds: address, title, when it was last looked at, and what went wrong then."""
    rows = [_row(feed) for feed in _subscriptions(home).every()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
    if not rows:
        click.echo("There is no feed. `dateline feeds add ADDRESS` adds one.", err=True)


def _row(feed: Feed) -> tuple[str, str, str, str]:
    told = [feed.problem]
    if feed.begun:
        told.append(UNFINISHED)
    if feed.gone:
        told.append("It is asked again only by name: `dateline feeds fetch ADDRESS`.")
    if feed.rests_until and feed.rests_until > utc_now():
        told.append(f"It is not asked before {_time(feed.rests_until)}.")
    looked = _time(feed.checked) if feed.checked else "never"
    return feed.address, feed.title, looked, " ".join(filter(None, told))


def _time(at: dt.datetime) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}"


@feeds.command()
@click.argument("address")
@HOME
def remove(address: str, home: Path | None) -> None:
    """Keep the feed at ADDRESS no more. Its articles stay."""
    _subscriptions(home).remove(address)
    click.echo(f"Removed: {address}")


@feeds.command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS...]")
@JOBS
@HOME
def fetch(addresses: tuple[str, ...], jobs: int | None, home: Path | None) -> None:
    """Take what is new in all feeds, or in those at ADDRESS.

    An entry is taken once. Where a feed has summaries alone the pages of the articles are fetched.
    Sites are asked at most once a second, more slowly where their robots.txt says so, and only for
    what it allows. Without ADDRESS a feed that is gone (410) is not asked again, nor one whose site
    wants to be left alone for a while. What fails is named, and the rest goes on; the exit status
    is then 1.
    """
    with progress("Fetching") as bar:
        tellers: defaultdict[str, Teller] = defaultdict(partial(Teller, bar))

        def told(feed: Feed, progress: Progress) -> None:
            tellers[feed.address](progress.report)

        reports = _subscriptions(home).fetch(addresses, jobs or 0, told).values()
    finish(
        Report(
            sum(report.imported for report in reports),
            sum(report.there for report in reports),
            [failure for report in reports for failure in report.failures],
        )
    )


def _subscriptions(home: Path | None) -> Subscriptions:
    return Subscriptions(open_library(load_settings(home=home)), Visitor())
