"""Work on many things in several processes, in order."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

from webapp.errors import Unavailable

K = TypeVar("K")
T = TypeVar("T")
R = TypeVar("R")

FEW = 8
"""Things that one process has done before another has started."""


def spread(
    work: Callable[[T], R], items: Iterable[tuple[K, T | None]], jobs: int = 0
) -> Iterator[tuple[K, R | None]]:
    """Each key with what `work` makes of its thing (None of None), in the order of the items.

    `jobs` processes share the work, as many as there are cores by default; few things are done
    here. `work` must be a function of a module, or a partial of one. Raises Unavailable when one
    of the processes is ended from outside.
    """
    walk = iter(items)
    head = list(islice(walk, FEW + 1))
    jobs = jobs or _cores()
    if len(head) <= FEW or jobs == 1:
        for key, item in chain(head, walk):
            yield key, None if item is None else work(item)
        return
    try:
        yield from _shared(work, chain(head, walk), jobs)
    except BrokenProcessPool as error:
        raise Unavailable(
            "A process that was at work was ended from outside, perhaps because memory ran out. "
            "What was done stays. `dateline import --jobs 1` needs less memory."
        ) from error


def _shared(
    work: Callable[[T], R], items: Iterable[tuple[K, T | None]], jobs: int
) -> Iterator[tuple[K, R | None]]:
    waiting: deque[tuple[K, Future[R | None] | None]] = deque()
    with ProcessPoolExecutor(jobs, get_context("spawn"), _end_with_parent) as pool:
        for key, item in items:
            with _uninterrupted():
                waiting.append((key, None if item is None else pool.submit(work, item)))
            if len(waiting) > 2 * jobs:
                yield _done(waiting.popleft())
        while waiting:
            yield _done(waiting.popleft())


def _end_with_parent() -> None:
    """A parent that is killed tells its processes nothing: they would wait for work for ever."""
    parent = parent_process()
    assert parent

    def wait() -> None:
        parent.join()
        os._exit(1)

    Thread(target=wait, name="parent", daemon=True).start()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """A process that is started in it never gets a Ctrl-C: this one gets it, and ends the others.

    A terminal sends it to all of them, and each would show where it was at work.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _done(waiting: "tuple[K, Future[R | None] | None]") -> tuple[K, R | None]:
    key, future = waiting
    return key, future.result() if future else None


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
