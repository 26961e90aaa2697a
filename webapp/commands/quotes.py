"""`dateline quotes`: who said what about which country."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from webapp.catalogue import whom
from webapp.commands import HOME, collection, quote_line, root
from webapp.config import load_settings
from webapp.exporting import FORMATS
from webapp.library import Library
from webapp.model import QuoteKind
from webapp.search import Filters

DAY = click.DateTime(["%Y-%m-%d"])
KIND = click.Choice([kind.value for kind in QuoteKind])


def _formats(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each way to write what is found."""
    for name, form in reversed(FORMATS.items()):
        told = f"Print all that is found as {form.name}."
        command = click.option(f"--{name}", "form", flag_value=name, help=told)(command)
    return command


@click.command(
    epilog="The same quotes are at /quotes and /api/quotes of the reader, with the same filters."
)
@click.option(
    "--by", multiple=True, help="Who says it: a name, words of one, or a short name (anna-kovac)."
)
@click.option("--about", multiple=True, help="About which country: a name or code, Iraq or IQ.")
@click.option("--q", "text", default="", help="What is said, in the language of the search box.")
@click.option("--source", multiple=True, help="The publisher, as the articles have it.")
@click.option("--since", type=DAY, metavar="DAY", help="Not before this day, such as 2026-03-14.")
@click.option("--until", type=DAY, metavar="DAY", help="Not after this day.")
@click.option("--kind", multiple=True, type=KIND, help="How it is quoted.")
@click.option(
    "--confidence",
    type=click.IntRange(0, 100),
    help="How sure it is at least that it is said by this speaker, in per cent.",
)
@_formats
@HOME
def quotes(
    by: tuple[str, ...],
    about: tuple[str, ...],
    text: str,
    form: str | None,
    home: Path | None,
    **limits: Any,
) -> None:
    """Who said what about which country, the newest first.

    \b
        dateline quotes --by Kovac --about Iraq
        dateline quotes --by Kovac --by Haugerud --q 'storm OR flood'
        dateline quotes --about IQ --since 2026-01-01 --csv > quotes.csv

    Of --by, --about, --source and --kind several can be given: any of them will do. Without a
    format the first page is listed.
    """
    settings = load_settings(home=home)
    library = collection(settings)
    library.catch_up()
    filters = Filters((*_who_and_where(library, by, about), *_pairs(limits)))
    if form:
        hits = library.every_hit(text, filters, "quotes", newest_first=True)
        for line in FORMATS[form].write(hits, root(settings)):
            click.echo(line, nl=False)
    else:
        _list(library, text, filters)


def _who_and_where(
    library: Library, by: tuple[str, ...], about: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    yield from (("speaker", whom.speaker(library, name)) for name in by)
    yield from (("country", whom.country(name)) for name in about)


def _pairs(limits: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What filters are set to, each value as it is written in an address."""
    for facet, told in limits.items():
        for key in told if isinstance(told, tuple) else (told,):
            if key is not None:
                yield facet, str(key.date() if isinstance(key, dt.datetime) else key)


def _list(library: Library, text: str, filters: Filters) -> None:
    found = library.search(text, filters, 1, newest_first=True, kind="quotes", folded=False)
    for problem in found.problems:
        click.echo(f"dateline: {problem}", err=True)
    for hit in found.quotes:
        click.echo(quote_line(hit))
    shown = f", {len(found.quotes)} shown" if found.pages > 1 else ""
    click.echo(f"{found.total} found{shown}")
