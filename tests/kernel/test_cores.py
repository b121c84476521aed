"""What is worked out beside is what would have been worked out here, whatever happens to the copy."""

import functools
import os
import subprocess
import sys

import pytest

from archsmith.kernel.cores import beside

MANY_CORES = hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) > 1


def told(script: str) -> str:
    """What a Python of its own prints, without the threads that a test runner has."""
    start = "import os, threading; from archsmith.kernel.cores import beside\n"
    done = subprocess.run([sys.executable, "-c", start + script], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_result_is_the_same_also_where_it_is_larger_than_a_pipe_holds() -> None:
    begun = [beside(functools.partial(list[int], range(n))) for n in (3, 300_000)]
    assert [result() for result in begun] == [[0, 1, 2], list(range(300_000))]


def test_a_fault_of_the_work_is_raised_where_the_result_is_asked_for() -> None:
    begun = beside(lambda: dict[str, int]()["missing"])
    with pytest.raises(KeyError, match="missing"):
        begun()


@pytest.mark.skipif(not MANY_CORES, reason="this machine has one core, or no fork: all work is done in one process")
def test_it_is_worked_out_in_a_copy_that_sees_what_is_here_and_changes_nothing() -> None:
    assert told(
        "seen = [1]\nb = beside(lambda: (seen.append(2), os.getpid())[1])\nprint(b() != os.getpid(), seen)"
    ) == ("True [1]")


@pytest.mark.skipif(not MANY_CORES, reason="this machine has one core, or no fork: all work is done in one process")
@pytest.mark.parametrize(
    "work",
    ["os._exit(9) if os.getpid() != here else 42", "(lambda: 0) if os.getpid() != here else 42"],
    ids=["dies", "can't be sent"],
)
def test_a_copy_that_does_not_answer_is_done_without(work: str) -> None:
    assert told(f"here = os.getpid()\nprint(beside(lambda: {work})())") == "42"


def test_a_process_with_threads_is_not_copied() -> None:
    """A lock that another thread holds would stay locked in the copy for ever."""
    script = "s = threading.Event(); threading.Thread(target=s.wait).start()\nprint(beside(os.getpid)() == os.getpid())"
    assert told(script + "; s.set()") == "True"
