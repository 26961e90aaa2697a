"""Memory of processes, as Linux tells it."""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import Popen

OWN = Path("/proc/self/status")
EVERY = 0.1
"""Seconds between two looks at a process that is watched."""


def megabytes(name: str = "VmRSS", status: str = "") -> float:
    """A line of a process's status in megabytes, of this one's without a status: VmRSS is what is
    resident, VmHWM the most that was, RssAnon what is no file's."""
    lines = (status or OWN.read_text()).splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(f"{name}:"))) / 1024


def watched(process: Popen[str]) -> tuple[float, float]:
    """Wait for a process to end: the most megabytes that it held, and the sum of what each of its
    children held at most. Pages that they share are counted in each."""
    most: dict[int, float] = {process.pid: 0.0}
    while process.poll() is None:
        for pid in [process.pid, *_below(process.pid)]:
            # It may just have ended.
            with suppress(OSError, StopIteration):
                most[pid] = megabytes("VmHWM", Path(f"/proc/{pid}/status").read_text())
        time.sleep(EVERY)
    own = most.pop(process.pid)
    return own, sum(most.values())


def _below(pid: int) -> Iterator[int]:
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, children.read_text().split()):
                yield child
                yield from _below(child)
