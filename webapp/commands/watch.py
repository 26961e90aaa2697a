"""`dateline watch`: importing what appears in a folder."""

from contextlib import suppress
from pathlib import Path

import click

from webapp import watching
from webapp.commands import HOME, JOBS, Teller, finish, progress
from webapp.config import load_settings
from webapp.errors import BadInput
from webapp.intake import Given, Report
from webapp.library import open_library


@click.command()
@click.argument("folder")
@click.option("--source", default="", help="The publisher of all of them.")
@click.option(
    "--interval",
    type=click.FloatRange(0, min_open=True),
    default=watching.INTERVAL,
    show_default=True,
    help="Seconds between two looks at the folder.",
)
@click.option("--once", is_flag=True, help="End when what is there has been imported.")
@JOBS
@HOME
def watch(
    folder: str, source: str, interval: float, once: bool, jobs: int | None, home: Path | None
) -> None:
    """Import what is in FOLDER, and what appears there or changes, until Ctrl-C.

    A file is read when its size and its time stand still from one look to the next. What cannot be
    read is named once with the reason; the exit status is then 1.
    """
    if not folder.strip():  # as a path it would be the folder where the command runs
        raise BadInput("No folder is named.")
    given = Given.of(source, "")
    library = open_library(load_settings(home=home))
    report = Report()
    with progress("Watching") as bar, suppress(KeyboardInterrupt):
        watching.watch(
            library,
            Path(folder),
            report,
            given,
            once=once,
            interval=interval,
            jobs=jobs or 0,
            told=Teller(bar),
        )
    finish(report)
