"""The targets and loads that each decision answers to."""

from collections.abc import Callable
from typing import Any, Final

from archsmith.kernel.provenance import Fact
from archsmith.model.decisions import Dimension as D
from archsmith.model.design import Design
from archsmith.render import show

TARGETS: Final[dict[str, tuple[str, Callable[[Any], str]]]] = {
    "availability": ("availability", show.nines),
    "latency_p95": ("response time, p95", show.duration),
    "rpo": ("data lost at most", show.duration),
    "rto": ("working again after", show.duration),
    "headroom": ("capacity left free at the peak", show.percent),
    "horizon": ("months over which building is spread", show.months),
    "hourly_rate": ("an hour of an engineer", show.money),
    "outage_cost": ("an hour without service", show.money),
    "budget": ("budget a month", show.money),
    "team": ("engineers", show.number),
    "teams": ("teams", show.number),
}
LOADS: Final[dict[str, tuple[str, Callable[[Any], str]]]] = {
    "peak": ("requests at the peak", show.rate),
    "reads": ("share of reads", show.percent),
    "users": ("users", show.number),
    "connections": ("connections held open", show.number),
    "egress": ("data sent out a month", show.size),
    "stored_3y": ("database after 3 years", show.size),
    "blobs_3y": ("files after 3 years", show.size),
}
EVERY: Final = ("hourly_rate", "horizon")
"""All costs of work are weighed with these."""
_OF: Final[dict[D, tuple[str, ...]]] = {
    D.STYLE: ("team", "teams", "peak"),
    D.PARTITION: ("team", "teams"),
    D.PLATFORM: ("availability", "budget", "peak", "team"),
    D.PROVIDER: ("budget", "egress"),
    D.REGION: (),
    D.ZONES: ("availability", "outage_cost", "budget"),
    D.PRIMARY_STORE: ("peak", "stored_3y"),
    D.STORE_HOSTING: ("availability", "rpo", "rto", "outage_cost"),
    D.SPECIAL_STORE: ("peak", "stored_3y"),
    D.OBJECT_STORE: ("blobs_3y", "egress"),
    D.CACHE: ("peak", "reads", "latency_p95"),
    D.BROKER: ("peak",),
    D.SEARCH: ("peak",),
    D.ANALYTICS: ("stored_3y",),
    D.CDN: ("egress",),
    D.EDGE: ("availability", "peak"),
    D.REALTIME: ("connections",),
    D.IDENTITY: ("users",),
    D.LANGUAGE: ("team", "peak"),
    D.FRAMEWORK: ("peak",),
    D.SIZING: ("peak", "headroom", "stored_3y", "budget"),
    D.BACKUP: ("rpo", "rto", "stored_3y"),
    D.DEPLOYMENT: ("availability", "outage_cost"),
}


def topics(dimension: D) -> tuple[str, ...]:
    """Names of targets and loads, those that all decisions share last."""
    return (*_OF.get(dimension, ()), *EVERY)


def fact_of(design: Design, topic: str) -> Fact[Any] | None:
    """The target or load with this name."""
    holder = design.derivation.targets if topic in TARGETS else design.derivation.workload
    fact = getattr(holder, topic)
    return fact if isinstance(fact, Fact) else None


def said(topic: str, value: Any) -> tuple[str, str]:
    """What a topic is called, and its value."""
    what, shown = (TARGETS | LOADS)[topic]
    return what, shown(value)
