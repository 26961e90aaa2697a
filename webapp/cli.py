"""The command line: `dateline COMMAND`. Errors end with one sentence and a status that is not 0."""

import json
import logging
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from webapp.commands import (
    HOME,
    JOBS,
    Teller,
    collection,
    counted,
    finish,
    progress,
    quote_line,
    root,
)
from webapp.commands.editing import bring_back, edit, remove, removed
from webapp.commands.export import export
from webapp.commands.feeds import feeds
from webapp.commands.quotes import quotes
from webapp.commands.watch import watch
from webapp.config import PACKAGE, Settings, load_settings
from webapp.errors import BadInput, DatelineError, IndexDamaged, UnreadableFile
from webapp.exporting import FORMATS
from webapp.finding import asked
from webapp.importing import decode, read_bytes
from webapp.importing.clean import clean
from webapp.importing.fetch import Policy
from webapp.intake import NOTHING, Given, Report, take
from webapp.library import Library, open_library
from webapp.model import (
    Annotations,
    Hit,
    Mention,
    Quote,
    QuoteHit,
    SearchResult,
    Span,
)
from webapp.records import record
from webapp.search import Filters, Kind


class Command(click.Group):
    """A group of commands whose DatelineErrors become one line on standard error."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DatelineError as error:
            click.echo(f"dateline: {error}", err=True)
            ctx.exit(2 if isinstance(error, BadInput) else 1)


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline")
def main() -> None:
    """Dateline reads news: who said what about which country.

    Import articles, then serve the reader and open it in the browser:

    \b
        dateline import articles/
        dateline serve
    """
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.INFO)
    for quiet in ("alembic", "waitress.queue", "charset_normalizer", "filelock"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
    if isinstance(sys.stdout, TextIOWrapper):  # an older encoding than UTF-8 has not all letters
        sys.stdout.reconfigure(errors="backslashreplace")


@main.command("import")
@click.argument("names", nargs=-1, required=True, metavar="FILE|FOLDER|ADDRESS|-...")
@click.option("--source", default="", help="The publisher of all of them.")
@click.option(
    "--date", default="", help="The day on which all of them were published, such as 2026-03-14."
)
@JOBS
@HOME
def import_(
    names: tuple[str, ...],
    source: str,
    date: str,
    jobs: int | None,
    home: Path | None,
) -> None:
    """Add articles: files, folders with all below them, web addresses, - for standard input.

    Text, saved web pages, RSS and Atom, JSON Lines, CSV, e-mail, Word and PDF (both need extras),
    and zip archives of these; and what `dateline export` wrote. What is there already, by its
    content, is not added again. What cannot be read is named with the reason, and the rest goes
    on; the exit status is then 1.
    """
    given = Given.of(source, date)
    library = open_library(load_settings(home=home))
    report = Report()
    with counted(report):
        _import(library, names, report, given, jobs or 0)
    finish(report)


def _import(
    library: Library, names: Iterable[str], report: Report, given: Given = NOTHING, jobs: int = 0
) -> None:
    """Import, show how it goes, and say what failed."""
    with progress("Importing") as bar:
        take(library, names, given, Policy(), jobs, Teller(bar), report)


@main.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.  [default: 8000]")
@click.option(
    "--allowed-hosts",
    help="Further host names that browsers may use for this reader, comma-separated.",
)
@click.option(
    "--fetch",
    type=click.Choice(["auto", "yes", "no"]),
    help="Whether the page may fetch addresses; auto: only when served to this computer alone.",
)
@click.option("--samples", is_flag=True, help="Load the sample articles into an empty collection.")
@HOME
def serve(
    host: str | None,
    port: int | None,
    allowed_hosts: str | None,
    fetch: str | None,
    samples: bool,
    home: Path | None,
) -> None:
    """Serve the reader; open the address it prints in a browser."""
    from webapp.views.serving import serve_forever  # Flask is loaded by this command alone

    settings = load_settings(
        host=host, port=port, allowed_hosts=allowed_hosts, fetch=fetch, home=home
    )
    library = open_library(settings)
    if samples and not library.count():
        _import(library, [str(PACKAGE / "samples")], Report())
    if due := library.count_outdated():
        click.echo(
            f"{due} articles were annotated by an older version. `dateline annotate --all` brings "
            "them up to date, also while this serves.",
            err=True,
        )
    library.repair_soon()
    serve_forever(settings, library, lambda address: click.echo(f"Dateline is at {address}"))


@main.command()
@click.argument("query", nargs=-1)
@click.option("--quotes", is_flag=True, help="Find quotes instead of articles.")
@click.option("--by-date", is_flag=True, help="Newest first; without it the best first.")
@click.option("--no-recency", is_flag=True, help="Do not let recent articles count a little more.")
@click.option(
    "--all-versions",
    "folded",
    flag_value=False,
    default=True,
    help="List each article; without it one stands for all that tell its story.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--export",
    type=click.Choice(list(FORMATS)),
    help="Print all that is found, not the first page alone.",
)
@click.option("--saved", help="The search saved under this name, in place of a QUERY.")
@click.option("--save", help="Keep the search under this name.")
@click.option("--new", is_flag=True, help="Of a saved search what is new since it was looked at.")
@HOME
def search(
    query: tuple[str, ...],
    quotes: bool,
    by_date: bool,
    no_recency: bool,
    folded: bool,
    as_json: bool,
    export: str | None,
    saved: str | None,
    save: str | None,
    new: bool,
    home: Path | None,
) -> None:
    """Search the articles; the first page of results, best first.

    \b
        dateline search storm warning        both words, in any form
        dateline search '"storm warning"'    the phrase
        dateline search 'storm OR flood'     either
        dateline search -- storm -flood      the first without the second
        dateline search 'speaker:kovac'      fields; the help page has all of them
        dateline search --quotes 'by:kovac about:iraq said:grain'
        dateline search --saved grain --new  what a saved search has that is new
    """
    if (saved is None) == (not query) or (new and not saved):
        raise click.UsageError("Give a QUERY or --saved NAME; --new goes with --saved.")
    settings = load_settings(home=home)
    library = collection(settings)
    library.catch_up()
    wanted = _wanted(library, " ".join(query), quotes, saved, new)
    if save:
        library.save(save, wanted.text, wanted.filters, wanted.kind)
    if export:
        hits = library.every_hit(
            wanted.text, wanted.filters, wanted.kind, by_date or new, not no_recency, folded
        )
        for line in FORMATS[export].write(hits, root(settings)):
            click.echo(line, nl=False)
    else:
        result = library.search(
            wanted.text, wanted.filters, 1, by_date or new, wanted.kind, not no_recency, folded
        )
        _print_result(result, settings, as_json)
    if new and saved:
        library.looked(saved)


@dataclass(frozen=True, slots=True)
class _Wanted:
    text: str
    filters: Filters
    kind: Kind


def _wanted(library: Library, text: str, quotes: bool, saved: str | None, new: bool) -> _Wanted:
    """What a search asks for: what was typed, or what was saved."""
    if saved is None:
        return _Wanted(text, Filters(), "quotes" if quotes else "articles")
    kept = library.saved_search(saved)
    query, filters, kind = asked(kept)
    if new:
        filters = replace(filters, after=kept.seen)
    return _Wanted(str(query or ""), filters, kind)


def _print_result(result: SearchResult, settings: Settings, as_json: bool) -> None:
    for problem in result.problems:
        click.echo(f"dateline: {problem}", err=True)
    shown = result.quotes if result.kind == "quotes" else result.hits
    if as_json:
        hits = [record(hit, root(settings)) for hit in shown]
        click.echo(json.dumps({"total": result.total, "hits": hits}, ensure_ascii=False))
        return
    for hit in shown:
        click.echo(quote_line(hit) if isinstance(hit, QuoteHit) else _hit_line(hit))
    for other in result.instead:
        click.echo(f"{other.why}: {other.query} ({other.count})")
    click.echo(f"{result.total} found" + (f", {len(shown)} shown" if result.pages > 1 else ""))


def _hit_line(hit: Hit) -> str:
    article = hit.article
    about = [str(article.published or ""), article.source]
    heading = f"{article.id}  {article.title}  ({', '.join(filter(None, about))})"
    versions = f"    Found in {hit.folded + 1} versions of this story\n" if hit.folded else ""
    return f"{heading.removesuffix('  ()')}\n    {hit.snippet.text}\n{versions}"


@main.command()
@click.option("--repair", is_flag=True, help="Make the index agree with the stored articles.")
@HOME
def check(repair: bool, home: Path | None) -> None:
    """Say whether the search index agrees with the stored articles; the exit status is 1 if not."""
    library = collection(load_settings(home=home))
    wrong = _disagreement(library)
    if wrong and repair:
        library.repair()
        wrong = _disagreement(library)
    click.echo(wrong or f"{library.count()} articles are stored, and all of them can be found")
    if wrong:
        sys.exit(1)


def _disagreement(library: Library) -> str:
    """What is wrong with the index, "" when nothing is."""
    try:
        apart, waiting = library.verify()
    except IndexDamaged as error:
        return f"{error} `dateline check --repair` builds the index again."
    if waiting:
        return f"{waiting} changes are not in the index yet; `dateline check --repair` shows them."
    if apart:
        return (
            f"{len(apart)} articles are in the store or in the index alone; "
            "`dateline check --repair` makes them agree."
        )
    return ""


@main.command()
@HOME
def reindex(home: Path | None) -> None:
    """Throw the search index away and build it again from the stored articles."""
    number = collection(load_settings(home=home)).reindex()
    click.echo(f"{number} articles indexed")


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--raw", is_flag=True, help="Annotate the text as it is, without cleaning it.")
@click.option(
    "--all",
    "again",
    is_flag=True,
    help="Instead: bring all stored articles up to date that an older version annotated.",
)
@HOME
def annotate(files: tuple[Path, ...], raw: bool, again: bool, home: Path | None) -> None:
    """Print what is found in each FILE as one JSON object a line; nothing is stored.

    Offsets count code points of the cleaned text, which is given as "text"; with --raw of the
    decoded file.

    With --all no file is given: the stored articles are annotated again where that is due, while
    they can be read. Broken off, it goes on where it was.
    """
    if again == bool(files):
        raise click.UsageError("Give files, or --all for the stored articles.")
    settings = load_settings(home=home)
    if again:
        _annotate_again(collection(settings))
    else:
        _annotate_files(files, raw, settings.model)


def _annotate_again(library: Library) -> None:
    due = library.count_outdated()
    done = 0
    try:
        with progress("Annotating", due) as bar:
            for _ in library.annotate_again():
                done += 1
                bar.update(1)
    finally:
        library.catch_up()
    click.echo(f"{done} articles annotated again, {library.count() - done} were up to date")


def _annotate_files(files: Iterable[Path], raw: bool, model: str) -> None:
    failed = False
    for path in files:
        try:
            record = _annotated(path, raw, model)
        except UnreadableFile as error:
            click.echo(f"{path}: {error}", err=True)
            failed = True
        else:
            click.echo(json.dumps(record, ensure_ascii=False))
    if failed:
        sys.exit(1)


def _annotated(path: Path, raw: bool, model: str) -> dict[str, Any]:
    from webapp.annotation import annotate as find  # the other commands need not load it

    text = decode(read_bytes(path))
    if not raw:
        text = clean(text).text
    return (
        {"file": str(path)}
        | ({} if raw else {"text": text})
        | _found_record(text, find(text, model))
    )


def _found_record(text: str, found: Annotations) -> dict[str, Any]:
    speakers = [
        {"id": s.id, "name": s.name, "kind": s.kind, "mentions": _mentions(s.mentions, text)}
        for s in found.speakers
    ]
    countries = [
        {"code": c.code, "name": c.name, "mentions": _mentions(c.mentions, text)}
        for c in found.countries
    ]
    quotes = [record for quote in found.quotes for record in _quote_records(text, quote)]
    return {"quotes": quotes, "speakers": speakers, "countries": countries}


def _quote_records(text: str, quote: Quote) -> Iterable[dict[str, Any]]:
    """One record for each span of the content."""
    for piece in quote.content:
        yield {
            "start": piece.start,
            "end": piece.end,
            "kind": quote.kind.value,
            "cue": _at(quote.cue, text) if quote.cue else None,
            "source": _at(quote.source, text) if quote.source else None,
            "speaker": quote.speaker or None,
        }


def _mentions(mentions: Iterable[Mention], text: str) -> list[dict[str, Any]]:
    return [_at(mention.span, text) | {"via": mention.via} for mention in mentions]


def _at(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


main.add_command(feeds)
main.add_command(watch)
for command in (export, quotes, edit, remove, removed, bring_back):
    main.add_command(command)
