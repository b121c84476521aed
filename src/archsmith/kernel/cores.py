"""A second core for work that can be told apart: the same result, only sooner.

The process forks; the copy works and sends its result back. A copy sees all that is there and can change nothing here,
so the work needs no locks, and of its result only that it is a value. Where there is no second core or no fork, or the
copy does not answer for whatever reason, the work is done here, when its result is asked for.
"""

import os
import pickle
import threading
from collections.abc import Callable
from typing import TypeVar

R = TypeVar("R")


def beside(work: Callable[[], R]) -> Callable[[], R]:
    """Begins the work beside what comes next; what it returns waits for the result.

    >>> begun = beside(lambda: 6 * 7)
    >>> begun()
    42
    """
    if not _room():
        return work
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(work, writing)
    os.close(writing)

    def result() -> R:
        with os.fdopen(reading, "rb") as pipe:
            answer = pipe.read()
        _, status = os.waitpid(child, 0)
        return work() if status or not answer else pickle.loads(answer)  # noqa: S301 - our own copy wrote it

    return result


def _room() -> bool:
    """Whether a copy would have a core: on Linux, where this process may use two, and has no threads to lose in it."""
    cores = getattr(os, "sched_getaffinity", None)
    return cores is not None and len(cores(0)) > 1 and threading.active_count() == 1


def _answer(work: Callable[[], object], writing: int) -> None:
    """What the copy does: it never comes back from here, whatever happens."""
    failed = 1
    try:
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(work(), pipe, pickle.HIGHEST_PROTOCOL)
        failed = 0
    finally:
        os._exit(failed)
