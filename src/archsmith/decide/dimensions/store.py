"""The primary store: its engine, and the load on it."""

from archsmith.decide.ground import Ground
from archsmith.decide.option import Option
from archsmith.decide.words import tenth, work
from archsmith.kernel.ids import OptionId, element
from archsmith.knowledge.technologies import Technology
from archsmith.model.decisions import Dimension
from archsmith.model.domain import DataClass

ENGINES = ("postgresql", "mysql", "sqlite", "mongodb", "dynamodb")
SUBJECT = element("store", "primary")
_COSTLY = frozenset({DataClass.FINANCIAL, DataClass.CARD, DataClass.HEALTH})
"""Classes of data where a broken record costs a multiple: money, health."""


def engine(ground: Ground) -> tuple[Option, ...]:
    """Engines: what one lacks (joins, constraints, row security) is written by hand, for each module."""
    rivals = frozenset(ENGINES)
    found = []
    for ident in ENGINES:
        tech = ground.tech(ident)
        by_hand = _by_hand(ground, tech)
        days = tech.build.value + by_hand + ground.switching(ident, rivals, "switch.store_days")
        heavy = "horizontal_writes" in tech.traits
        days += ground.learning(tech) * (0.6 if heavy else 0.2)
        found.append(
            Option(
                axis="engine",
                dimension=Dimension.PRIMARY_STORE,
                key=ident,
                id=OptionId(ident),
                label=tech.product,
                tech=tech.id,
                gives=(f"engine:{ident}", *(f"engine.{t}" for t in sorted(tech.traits))),
                build=days,
                ops=0.0 if "joins" in tech.traits else ground.figure("ops.access_patterns"),
                risk=_risk(ground, tech),
                why=work(0.0, days) + (f", {tenth(by_hand)} of them for what it lacks" if by_hand >= 0.05 else ""),
            )
        )
    return tuple(found)


def _risk(ground: Ground, tech: Technology) -> float:
    """USD a month: a provider that can't be left, invariants that no store holds."""
    bound = ground.figure("risk.lock_in") if "provider_bound" in tech.traits else 0.0
    loose = 0.0 if "constraints" in tech.traits else ground.figure("risk.no_constraints")
    if ground.demand.data_class in _COSTLY:
        loose *= 3
    return bound + loose


def _by_hand(ground: Ground, tech: Technology) -> float:
    """Person-days for invariants that the engine does not hold itself."""
    demand, days = ground.demand, 0.0
    if "transactions" not in tech.traits:
        days += 1.5 * demand.modules + 2.0 * demand.crossings
    if "joins" not in tech.traits:
        days += ground.figure("store.finder_days") * (demand.finders + demand.batches)
        days += ground.figure("store.relation_days") * demand.relations
    if "row_security" not in tech.traits:
        days += 1.0 if demand.multi_tenant else 0.3
    if "full_text" not in tech.traits and demand.searches > 0:
        days += 4.0
    return days


def load(ground: Ground) -> float:
    """Cores that the relational work takes at the peak without cache, search or queue, headroom included."""
    demand = ground.demand
    queries = ground.capacity("queries.per_request")
    reads, writes = demand.reads + demand.behind_reads, demand.writes + demand.behind_writes
    work = reads * queries / ground.capacity("sql.read") + writes / ground.capacity("sql.write")
    return work / (1 - demand.headroom)


def spread(ground: Ground) -> float:
    """Cores of the reads that replicas may answer: those that may be old, without what a cache would answer first."""
    demand = ground.demand
    kept = min(demand.tolerant, demand.cacheable) * demand.hit
    work = (demand.tolerant - kept) * ground.capacity("queries.per_request") / ground.capacity("sql.read")
    return max(0.0, work / (1 - demand.headroom))


def hot_memory(ground: Ground) -> float:
    """GB of memory that keep what is read often."""
    gb, share = ground.demand.database_gb, ground.figure("store.hot_share")
    return 0.5 + share * min(gb, 100.0) + share / 10 * max(0.0, gb - 100.0)
