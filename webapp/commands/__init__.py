"""What commands share. A module here has the commands of one noun; `webapp.cli` has the others."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from webapp.config import Settings
from webapp.errors import BadInput, DatelineError
from webapp.intake import Report
from webapp.library import DATABASE, Library, open_library
from webapp.model import QuoteHit

HOME = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the collection.  [default: $DATELINE_HOME, else index/]",
)
JOBS = click.option(
    "--jobs", type=click.IntRange(1), help="Processes that annotate.  [default: cores]"
)


def collection(settings: Settings) -> Library:
    """The collection that is there. Raises BadInput when there is none: a slip in its name must
    not make an empty one."""
    if not (settings.home / DATABASE).is_file():
        raise BadInput(
            f"There is no collection in {settings.home}. Give its folder with --home, or make one "
            "with `dateline import`."
        )
    return open_library(settings)


def progress(label: str, length: int = 0) -> Any:
    """A bar on the terminal, the label alone when the length is not known; nothing elsewhere."""
    hidden = not sys.stderr.isatty()
    shown = "%(label)s  [%(bar)s]  %(info)s" if length else "%(label)s"
    return click.progressbar(
        length=length, label=label, bar_template=shown, file=sys.stderr, hidden=hidden
    )


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


@contextmanager
def counted(report: Report) -> Iterator[None]:
    """An import that, broken off, says what came of it until then."""
    try:
        yield
    except KeyboardInterrupt:
        _say(report)
        click.echo("Broken off. What is imported stays; give the same command to go on.", err=True)
        sys.exit(130)
    except DatelineError:
        _say(report)
        raise


def finish(report: Report) -> None:
    """Say what came of an import; the exit status is 1 when something failed."""
    _say(report)
    if report.failed:
        sys.exit(1)


def _say(report: Report) -> None:
    click.echo(f"{report.imported} imported, {report.there} already there, {report.failed} failed")
    if report.unknown:
        click.echo(f"Left out, as nothing here reads their kind: {_some(report.unknown)}", err=True)


def _some(unknown: Counter[str]) -> str:
    """How many files, and which endings most of them have."""
    endings = [ending or "no ending" for ending, _ in unknown.most_common(5)]
    more = ["others"] if len(unknown) > len(endings) else []
    files = unknown.total()
    return f"{files} file{'s' if files > 1 else ''} ({', '.join(endings + more)})"


def root(settings: Settings) -> str:
    """Where the reader is when it is served with these settings."""
    return f"http://{settings.host}:{settings.port}/"


def quote_line(hit: QuoteHit) -> str:
    """A quote in a list: its number, who says it, the words, and where."""
    by = hit.speaker.name if hit.speaker else hit.source or "not named"
    about = [str(hit.article.published or ""), hit.article.source, hit.article.title]
    return f"{hit.quote.id}  {by}: {hit.words.text}\n    {', '.join(filter(None, about))}\n"
