"""The schedule against schedules by hand."""

from graphlib import CycleError

import pytest

from archsmith.kernel.ids import WorkPackageId
from archsmith.kernel.units import Days
from archsmith.plan.schedule import Task, length, schedule


def task(name: str, days: float, *depends: str, people: int = 1, rank: int = 0) -> Task:
    return Task(WorkPackageId(name), Days(days), people, tuple(WorkPackageId(d) for d in depends), rank)


def spans(tasks: list[Task], engineers: int) -> dict[str, tuple[float, float]]:
    return {str(k): (float(v.start), float(v.end)) for k, v in schedule(tasks, engineers).items()}


def test_a_chain_and_a_branch() -> None:
    tasks = [task("a", 2), task("b", 3, "a"), task("c", 1, "a"), task("d", 2, "b", "c")]
    slots = schedule(tasks, 2)
    assert spans(tasks, 2) == {"a": (0, 2), "b": (2, 5), "c": (2, 3), "d": (5, 7)}
    assert {str(k): float(v.slack) for k, v in slots.items()} == {"a": 0, "b": 0, "c": 2, "d": 0}


def test_one_person_does_one_thing_at_a_time() -> None:
    tasks = [task("a", 2), task("b", 3, "a"), task("c", 1, "a"), task("d", 2, "b", "c")]
    slots = schedule(tasks, 1)
    assert float(max(s.end for s in slots.values())) == 8
    assert all(s.critical for s in slots.values())


def test_the_longer_way_goes_first() -> None:
    assert spans([task("short", 1), task("long", 1), task("end", 5, "long")], 1)["long"] == (0, 1)


def test_what_is_less_urgent_waits() -> None:
    assert spans([task("could", 5, rank=2), task("must", 1)], 1)["must"] == (0, 1)


def test_two_people_on_one_package() -> None:
    found = spans([task("big", 2, people=2), task("small", 1)], 2)
    assert found == {"big": (0, 2), "small": (2, 3)}


def test_order_of_the_list_breaks_ties_only() -> None:
    tasks = [task("a", 2), task("b", 3, "a"), task("c", 1, "a")]
    assert spans(tasks, 2) == spans(list(reversed(tasks)), 2)


def test_a_cycle_is_refused() -> None:
    with pytest.raises(CycleError):
        schedule([task("a", 1, "b"), task("b", 1, "a")], 1)


def test_length_in_quarters_of_a_day() -> None:
    assert length(3.0, 1, 0.75) == 4.0
    assert length(3.1, 2, 0.75) == 2.25
