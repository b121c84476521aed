"""Figures of the workload that can hardly be meant."""

from collections.abc import Iterator
from typing import Final

from archsmith.evaluate.rules.base import Evaluated, Hit, rule
from archsmith.kernel.findings import Severity
from archsmith.kernel.phrases import number
from archsmith.model.domain import Workload
from archsmith.model.requirements import OperationKind

DAY: Final = 86_400.0
MANKIND: Final = 8e9
"""People there are. Source: United Nations, World Population Prospects 2024, rounded."""
BUSY: Final = 5_000.0
"""Requests of one person on one day: eight hours with a request every six seconds. Estimate."""
HOARD: Final = 1e12
"""Bytes kept for one user after three years: more than a telephone holds. Estimate."""
CROWD: Final = 1_000.0
"""Users from which what is kept for each says something."""
WAREHOUSE: Final = 1e17
"""Bytes after three years that only a few companies keep. Estimate."""


@rule("CAP004", severity=Severity.WARNING, title="Figure of the workload is implausible")
def implausible(found: Evaluated) -> Iterator[Hit]:
    """What: compares the computed workload with what people can do and keep: users, requests of each on a day, those at
    the same moment, bytes for each.

    Why: a figure far beyond what there is comes from a number that was read wrongly or belongs to something else, and
    machines are bought by it. Fix: look at the steps of the figure, correct the number in requirements.yaml and run
    again.
    """
    load = found.view.workload
    users = load.users.value
    asked = sum(
        o.average.value
        for o in found.view.domain.operations
        if o.kind in (OperationKind.COMMAND, OperationKind.QUERY) and o.actor not in _machines(found)
    )
    checks = (
        (users > MANKIND, f"{number(users)} users are more than there are people", "users"),
        (
            users >= 1 and asked * DAY / max(users, 1.0) > BUSY,
            f"each of {number(users)} users would make {number(asked * DAY / max(users, 1.0))} requests a day",
            "average_rps",
        ),
        (load.concurrent.value > users, f"{number(load.concurrent.value)} at once of {number(users)} users", "users"),
        (_kept(load) > WAREHOUSE, f"{number(_kept(load) / 1e15)} PB after three years", "rows_3y"),
        (
            users >= CROWD and _kept(load) / max(users, 1.0) > HOARD,
            f"{number(_kept(load) / max(users, 1.0) / 1e9)} GB kept for each of {number(users)} users",
            "files_3y",
        ),
    )
    for wrong, fact, step in checks:
        if wrong:
            yield Hit("workload", fact, f"check the numbers behind the step {step}, and correct the one that is wrong")


def _kept(load: Workload) -> float:
    return float(load.stored_3y.value + load.blobs_3y.value)


def _machines(found: Evaluated) -> frozenset[str]:
    """Actors that are no people: the system itself, and what sends by itself."""
    streams = {o.actor for o in found.view.domain.operations if o.kind is OperationKind.STREAM}
    return frozenset({"system", *streams})
