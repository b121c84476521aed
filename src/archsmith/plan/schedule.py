"""When each package is done, with so many people: list scheduling by longest remaining path, then slack backwards."""

import math
from collections.abc import Mapping, Sequence
from graphlib import TopologicalSorter

from msgspec import Struct

from archsmith.kernel.ids import WorkPackageId
from archsmith.kernel.units import Days

_TINY = 1e-6


class Task(Struct, frozen=True):
    """Something to schedule: working days of calendar time with `people` on it."""

    id: WorkPackageId
    length: Days
    people: int
    depends: tuple[WorkPackageId, ...]
    rank: int = 0
    """What is less urgent has a higher rank and waits, where both could start."""


class Slot(Struct, frozen=True):
    """Where a task lies. Slack counts the people too: who is busy elsewhere can't start sooner."""

    start: Days
    end: Days
    slack: Days

    @property
    def critical(self) -> bool:
        """Whether a day lost here is a day lost at the end."""
        return self.slack < _TINY


def schedule(tasks: Sequence[Task], engineers: int) -> Mapping[WorkPackageId, Slot]:
    """Slots by id. Deterministic: ties go to the longer remaining path, then the order given. Raises CycleError.

    >>> one = Task(WorkPackageId("a"), Days(2.0), 1, ())
    >>> two = Task(WorkPackageId("b"), Days(1), 1, (WorkPackageId("a"),))
    >>> schedule([two, one], 3)[WorkPackageId("b")]
    Slot(start=2.0, end=3.0, slack=0.0)
    """
    by_id = {t.id: t for t in tasks}
    order = list(TopologicalSorter({t.id: t.depends for t in tasks}).static_order())
    tail = _tails(by_id, order)
    place = {t.id: n for n, t in enumerate(tasks)}
    start: dict[WorkPackageId, float] = {}
    free = [0.0] * max(1, engineers)
    last: list[WorkPackageId | None] = [None] * len(free)
    after: dict[WorkPackageId, set[WorkPackageId]] = {t.id: set(t.depends) for t in tasks}
    todo = set(by_id)
    while todo:
        ready = [i for i in todo if all(d in start for d in by_id[i].depends)]
        earliest = {i: max((start[d] + by_id[d].length for d in by_id[i].depends), default=0.0) for i in ready}
        # who can begin first goes first; at the same moment the more urgent, then the one with more work behind it
        begins = {i: max(earliest[i], sorted(free)[min(by_id[i].people, len(free)) - 1]) for i in ready}
        chosen = min(ready, key=lambda i: (begins[i], by_id[i].rank, -tail[i], place[i]))
        task, begin = by_id[chosen], begins[chosen]
        hands = sorted(range(len(free)), key=lambda n: (free[n] > begin + _TINY, -free[n], n))[: task.people]
        for n in hands:
            if last[n] is not None and abs(free[n] - begin) < _TINY:
                after[chosen].add(last[n])  # type: ignore[arg-type]  # just checked
            free[n], last[n] = begin + task.length, chosen
        start[chosen] = begin
        todo.remove(chosen)
    return _slack(by_id, start, after)


def _tails(by_id: Mapping[WorkPackageId, Task], order: Sequence[WorkPackageId]) -> dict[WorkPackageId, float]:
    """Length of the longest path from the start of each task to the end of the project."""
    tail: dict[WorkPackageId, float] = {i: float(by_id[i].length) for i in order}
    for ident in reversed(order):
        for before in by_id[ident].depends:
            tail[before] = max(tail[before], by_id[before].length + tail[ident])
    return tail


def _slack(
    by_id: Mapping[WorkPackageId, Task],
    start: Mapping[WorkPackageId, float],
    after: Mapping[WorkPackageId, set[WorkPackageId]],
) -> dict[WorkPackageId, Slot]:
    """The backward pass, over dependencies and over who worked on what before."""
    end = {i: start[i] + by_id[i].length for i in start}
    whole = max(end.values(), default=0.0)
    latest = dict.fromkeys(start, whole)
    for ident in sorted(start, key=lambda i: (-start[i], -end[i])):
        for before in after[ident]:
            latest[before] = min(latest[before], latest[ident] - by_id[ident].length)
    return {
        i: Slot(Days(start[i]), Days(end[i]), Days(0.0 if latest[i] - end[i] < _TINY else latest[i] - end[i]))
        for i in start
    }


def length(mean: float, people: int, focus: float) -> Days:
    """Working days for `mean` person-days with so many people at this share of their time, in quarters of a day."""
    return Days(math.ceil(mean / (people * focus) * 4) / 4)
