"""A folder of which every file is imported as soon as it is complete."""

import time
from collections.abc import Callable
from pathlib import Path

from webapp.errors import BadInput
from webapp.importing import find_files
from webapp.intake import NOTHING, Given, Report, Told, take
from webapp.library import Library

INTERVAL = 2.0
"""In seconds, between two looks."""

_Stamp = tuple[int, int]  # size in bytes, time of the last change in nanoseconds


class Watch:
    """What was seen in a folder, and what was taken of it."""

    def __init__(self, folder: Path) -> None:
        """Raises BadInput when there is no such folder."""
        if not folder.is_dir():
            raise BadInput(f"{folder} is no folder. Make it, or give another one.")
        self._folder = folder
        self._seen: dict[Path, _Stamp] = {}
        self._taken: dict[Path, _Stamp] = {}

    def look(self) -> list[Path]:
        """The files that are as they were at the last look, and were not given before as they are.

        So no file is given while it is being written.
        """
        try:
            now = {path: _stamp(path) for path in find_files([self._folder]) if self._has(path)}
        except OSError:  # something went away meanwhile
            return []
        still = {path: stamp for path, stamp in now.items() if self._seen.get(path) == stamp}
        ready = [path for path, stamp in still.items() if self._taken.get(path) != stamp]
        kept = {path: stamp for path, stamp in self._taken.items() if path in now}
        self._seen, self._taken = now, kept | still
        return ready

    def _has(self, path: Path) -> bool:
        """Whether a file is in the folder itself: who may put a link there must not have files read
        that only this process can read."""
        return not path.is_symlink() or path.resolve().is_relative_to(self._folder.resolve())


def _stamp(path: Path) -> _Stamp:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def watch(
    library: Library,
    folder: Path,
    report: Report,
    given: Given = NOTHING,
    *,
    once: bool = False,
    interval: float = INTERVAL,
    jobs: int = 0,
    told: Told = lambda _: None,
    sleep: Callable[[float], object] = time.sleep,
) -> None:
    """Import what is in a folder and what appears there or changes, until the process is stopped.

    once: end when what is there has been imported.
    interval: in seconds, between two looks; what changes in it is left for the next one.
    report: is counted on, so that it is there when the process is stopped.
    Raises BadInput when there is no such folder.
    """
    watching = Watch(folder)
    watching.look()
    while True:
        sleep(interval)
        if ready := watching.look():
            take(library, map(str, ready), given, None, jobs, told, report)
        if once:
            return
