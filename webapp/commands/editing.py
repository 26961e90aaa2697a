"""`dateline edit`, `remove`, `removed`, `bring-back`: what the pages of an article do."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import click

from webapp.commands import HOME, collection
from webapp.config import load_settings
from webapp.days import local
from webapp.errors import DatelineError
from webapp.importing.corrections import corrected, typed

ID = click.IntRange(1, 2**31 - 1)
"""The number of an article: what its address has, and a search prints first."""


@click.command()
@click.argument("article_id", type=ID, metavar="ID")
@click.option("--title", help="The title. The text stays as it is.")
@click.option("--author", help="Who wrote it.")
@click.option("--source", help="The publisher.")
@click.option(
    "--date",
    help="When it was published: 2026-03-14, or 2026-03-14T22:30+01:00 to keep the time as well.",
)
@click.option("--url", help="The address of the original.")
@HOME
def edit(
    article_id: int,
    title: str | None,
    author: str | None,
    source: str | None,
    date: str | None,
    url: str | None,
    home: Path | None,
) -> None:
    """Correct what is known of the article ID.

    "" empties a field: --author "".
    """
    given = {"title": title, "author": author, "source": source, "url": url}
    told = {name: value for name, value in given.items() if value is not None}
    if not told and date is None:
        raise click.UsageError("Say what to correct: --title, --author, --source, --date or --url.")
    library = collection(load_settings(home=home))
    article = library.article(article_id).article
    shown = typed(article)
    if date is not None:
        day, time = date.strip()[:10], date.strip()[10:].lstrip("T ")
        told |= {"date": day, "time": time or (shown.time if day == shown.date else "")}
    library.edit(corrected(article, replace(shown, **told)))
    click.echo(f"Corrected: {library.article(article_id).article.title}")


@click.command()
@click.argument("ids", type=ID, nargs=-1, required=True, metavar="ID...")
@HOME
def remove(ids: tuple[int, ...], home: Path | None) -> None:
    """Remove the articles of these IDs; `dateline bring-back ID` undoes it."""
    library = collection(load_settings(home=home))
    _each(ids, lambda i: f"Removed: {library.remove(i)}")


@click.command()
@HOME
def removed(home: Path | None) -> None:
    """List the removed articles: id, when they were removed, title."""
    known = collection(load_settings(home=home)).removed()
    for one in known:
        click.echo(f"{one.id}  {local(one.at):%Y-%m-%d %H:%M}  {one.title}")
    if not known:
        click.echo("Nothing is removed.", err=True)


@click.command()
@click.argument("ids", type=ID, nargs=-1, required=True, metavar="ID...")
@HOME
def bring_back(ids: tuple[int, ...], home: Path | None) -> None:
    """Bring the removed articles of these IDs back; `dateline removed` lists them."""
    library = collection(load_settings(home=home))

    def back(article_id: int) -> str:
        library.bring_back(article_id)
        return f"Back: {library.article(article_id).article.title}"

    _each(ids, back)


def _each(ids: Iterable[int], act: Callable[[int], str]) -> None:
    """Do it to each, and say so; what fails is named, and the rest goes on."""
    failed = False
    for article_id in dict.fromkeys(ids):
        try:
            click.echo(act(article_id))
        except DatelineError as error:
            click.echo(f"{article_id}: {error}", err=True)
            failed = True
    if failed:
        sys.exit(1)
