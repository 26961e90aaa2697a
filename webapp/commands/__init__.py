"""What commands share. A module here has the commands of one noun; `webapp.cli` has the others."""

import sys
from pathlib import Path
from typing import Any

import click

from webapp.config import Settings
from webapp.intake import Report
from webapp.model import QuoteHit

HOME = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the collection.  [default: $DATELINE_HOME, else index/]",
)
JOBS = click.option(
    "--jobs", type=click.IntRange(1), help="Processes that annotate.  [default: cores]"
)


def progress(label: str, length: int = 0) -> Any:
    """A bar on the terminal, nothing elsewhere."""
    hidden = not sys.stderr.isatty()
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=hidden)


class Teller:
    """Says what failed in an import as soon as it does, and how many articles there were so far."""

    def __init__(self, bar: Any) -> None:
        self._bar = bar
        self._said = 0

    def __call__(self, report: Report) -> None:
        for name, reason in report.failures[self._said :]:
            click.echo(f"{name}: {reason}", err=True)
        self._said = report.failed
        # A file can hold any number of articles, so only how many there were is known.
        self._bar.label = f"Importing {report.imported + report.there}"
        self._bar.render_progress()


def finish(report: Report) -> None:
    """Say what came of an import; the exit status is 1 when something failed."""
    click.echo(f"{report.imported} imported, {report.there} already there, {report.failed} failed")
    if report.failed:
        sys.exit(1)


def root(settings: Settings) -> str:
    """Where the reader is when it is served with these settings."""
    return f"http://{settings.host}:{settings.port}/"


def quote_line(hit: QuoteHit) -> str:
    """A quote in a list: its number, who says it, the words, and where."""
    by = hit.speaker.name if hit.speaker else hit.source or "not named"
    about = [str(hit.article.published or ""), hit.article.source, hit.article.title]
    return f"{hit.quote.id}  {by}: {hit.words.text}\n    {', '.join(filter(None, about))}\n"
