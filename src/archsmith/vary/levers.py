"""The names that a change may have: what each moves, what it takes, and what stands in where the brief is silent."""

import enum
from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from archsmith.kernel.phrases import amount, duration, money, number, percent, size
from archsmith.kernel.provenance import Fact
from archsmith.model.domain import Derivation
from archsmith.vary.amounts import Kind


class Reach(enum.StrEnum):
    """Which figures of the brief change along with a lever.

    `PEOPLE`: counts of people and all that they do; `THINGS`: counts of what is no person; `WAITS`: every limit for an
    answer where a factor is given, else the one behind the need; `BEHIND`: the figure that the need was read from;
    `LOAD`: none, the factor is put on what follows from the brief.
    """

    PEOPLE = "people"
    THINGS = "things"
    WAITS = "waits"
    BEHIND = "behind"
    LOAD = "load"


class Lever(Struct, frozen=True):
    """`field` is that of `Needs`, empty where there is none; `silent` the figure that is used where nobody stated one.

    `unit` is that of the value as the model keeps it.
    """

    name: str
    what: str
    kind: Kind
    unit: str
    shown: Callable[[Any], str]
    reach: Reach = Reach.BEHIND
    field: str = ""
    silent: Callable[[Derivation], Fact[Any] | None] = lambda _: None


def _months(value: float) -> str:
    return amount(round(value, 2), "month")


def _monthly(value: float) -> str:
    return f"{money(value)} a month"


def _rate(value: float) -> str:
    return f"{number(value)} requests/s at the peak"


def _names(value: tuple[str, ...]) -> str:
    return ", ".join(value)


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _kept(derived: Derivation) -> Fact[Any]:
    load = derived.workload
    return Fact(value=load.stored_3y.value + load.blobs_3y.value, why=load.stored_3y.why)


LEVERS: Final = (
    Lever(
        "users",
        "people who use it, and with them all that they do",
        Kind.COUNT,
        "users",
        number,
        Reach.PEOPLE,
        "users",
        lambda d: d.workload.users,
    ),
    Lever(
        "concurrent",
        "people at the same moment",
        Kind.COUNT,
        "users",
        number,
        field="concurrent",
        silent=lambda d: d.workload.concurrent,
    ),
    Lever(
        "things",
        "counts of devices, places and other things that are no people",
        Kind.COUNT,
        "things",
        number,
        Reach.THINGS,
    ),
    Lever(
        "traffic",
        "requests a second of every operation, from the same people over the same data",
        Kind.RATE,
        "requests/s",
        _rate,
        Reach.LOAD,
        silent=lambda d: d.workload.peak,
    ),
    Lever(
        "peak",
        "peak over average of every operation, at the same average",
        Kind.RATIO,
        "ratio",
        number,
        Reach.LOAD,
        silent=lambda d: d.workload.peak_factor,
    ),
    Lever(
        "storage",
        "rows and files that are kept, at the same traffic",
        Kind.SIZE,
        "bytes",
        size,
        Reach.LOAD,
        silent=_kept,
    ),
    Lever(
        "growth",
        "factor by which the load of today grows until the planning horizon",
        Kind.RATIO,
        "ratio",
        number,
        field="growth",
    ),
    Lever(
        "availability",
        "share of time that it works, as a percentage",
        Kind.SHARE,
        "ratio",
        percent,
        field="availability",
        silent=lambda d: d.targets.availability,
    ),
    Lever(
        "latency",
        "time within which 95% of the answers are there",
        Kind.TIME,
        "s",
        duration,
        Reach.WAITS,
        "latency_p95",
        lambda d: d.targets.latency_p95,
    ),
    Lever(
        "rpo",
        "data that may be lost, as the time in which it came in",
        Kind.TIME,
        "s",
        duration,
        field="rpo",
        silent=lambda d: d.targets.rpo,
    ),
    Lever(
        "rto",
        "time until it works again after a disaster",
        Kind.TIME,
        "s",
        duration,
        field="rto",
        silent=lambda d: d.targets.rto,
    ),
    Lever(
        "budget",
        "money a month for running it; in the brief's currency, or USD, unless one is written",
        Kind.MONEY,
        "USD per month",
        _monthly,
        field="budget",
        silent=lambda d: d.targets.budget,
    ),
    Lever(
        "build_budget",
        "money for building it, once",
        Kind.MONEY,
        "USD",
        money,
        field="build_budget",
        silent=lambda d: d.targets.build_budget,
    ),
    Lever(
        "deadline",
        "time until the first release",
        Kind.MONTHS,
        "months",
        _months,
        field="deadline",
        silent=lambda d: d.targets.deadline,
    ),
    Lever(
        "team",
        "engineers who build and run it",
        Kind.COUNT,
        "engineers",
        number,
        field="team",
        silent=lambda d: d.targets.team,
    ),
    Lever(
        "teams",
        "teams that these engineers form",
        Kind.COUNT,
        "teams",
        number,
        field="teams",
        silent=lambda d: d.targets.teams,
    ),
    Lever(
        "skills",
        "languages, frameworks and stores that the team knows, the best known first",
        Kind.WORDS,
        "",
        _names,
        field="skills",
    ),
    Lever("regions", "where data must live: eu, us, uk, de, ...", Kind.WORDS, "", _names, field="regions"),
    Lever("on_premises", "in the client's own data centre, not in a cloud", Kind.FLAG, "", _flag, field="on_premises"),
    Lever("offline", "it must go on working without a network", Kind.FLAG, "", _flag, field="offline"),
    Lever(
        "multi_tenant",
        "several customers who must not see each other's data",
        Kind.FLAG,
        "",
        _flag,
        field="multi_tenant",
        silent=lambda d: d.domain.multi_tenant,
    ),
)
"""In the order in which they are listed."""

BY_NAME: Final = {lever.name: lever for lever in LEVERS}
