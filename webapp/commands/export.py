"""`dateline export`: the collection as a backup."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from webapp import backup
from webapp.commands import HOME, collection
from webapp.config import load_settings
from webapp.errors import BadInput


@click.command()
@click.option(
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="File to write.  [default: standard output]",
)
@HOME
def export(output: Path | None, home: Path | None) -> None:
    """Write all articles with what was found in them as JSON Lines: a backup.

    `dateline import FILE` reads it into a collection. A file that is there is replaced when all of
    it is written.
    """
    library = collection(load_settings(home=home))
    number = 0
    try:
        with _written(output) as file:
            for article, found in library.everything():
                file.write(backup.line(article, found).encode())
                number += 1
    except BrokenPipeError:
        raise  # who reads has enough
    except OSError as error:
        where = output or "Standard output"
        raise BadInput(f"{where} cannot be written: {error.strerror or error}.") from error
    click.echo(f"{number} articles written", err=True)


@contextmanager
def _written(path: Path | None) -> Iterator[BinaryIO]:
    """A file that is at the path when all is written; until then, what was there before."""
    if path is None:
        yield sys.stdout.buffer  # UTF-8 whatever the terminal has
        sys.stdout.buffer.flush()
    elif path.exists() and not path.is_file():  # a pipe or a device, which takes what comes
        with path.open("wb") as file:
            yield file
    else:
        path = path.resolve()
        beside = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            with beside.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, beside)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
