"""Read-heavy load: replicas and edges take what may be old, before a store is split; writes and fresh reads stay."""

from typing import Any

import pytest
from msgspec.structs import replace
from tests.decide.shop import CATALOGUE, DERIVATION, DOMAIN, REQUIREMENTS, TARGETS, demand, fact, ground

from archsmith.compose import compose
from archsmith.decide import decide
from archsmith.decide.constraints import recovery_time
from archsmith.decide.constraints.recovery_time import restore
from archsmith.decide.dimensions import files, size
from archsmith.decide.dimensions.store import load, spread
from archsmith.decide.gather import gather
from archsmith.decide.option import Demands, Option
from archsmith.decide.prune import prune
from archsmith.decide.settle import settle
from archsmith.decide.space import build
from archsmith.decide.staleness import tolerant
from archsmith.evaluate import evaluate
from archsmith.formulas.sizing import ttl_hit_ratio
from archsmith.kernel.units import Count, PerSecond, Ratio, Seconds
from archsmith.model.architecture import Topology
from archsmith.model.decisions import Dimension
from archsmith.model.domain import Consistency, DataClass, Derivation

READERS: dict[str, Any] = {
    "web": 60_000.0,
    "web_average": 20_000.0,
    "reads": 59_000.0,
    "writes": 1_000.0,
    "tolerant": 58_000.0,
    "cacheable": 0.0,
    "budget": None,
}


def sizes(**change: Any) -> list[Option]:
    return list(size.size(ground(replace(demand(), **{**READERS, **change}))))


def replicated(rows: list[Option]) -> list[Option]:
    return [o for o in rows if "read replica" in o.label]


def test_reads_that_may_be_old_go_to_replicas_before_the_store_is_split() -> None:
    here = ground(replace(demand(), **READERS))
    settled = settle(build(here, REQUIREMENTS), here)
    assert settled is not None
    chosen = settled.chosen["size"]
    assert "read replica" in chosen.label
    assert chosen.parts[0].shards == 1


def test_reads_that_must_be_fresh_are_not_spread() -> None:
    assert replicated(sizes())
    assert not replicated(sizes(tolerant=0.0))
    assert spread(ground(replace(demand(), **{**READERS, "tolerant": 0.0}))) == 0.0


def test_a_small_store_has_no_replicas_to_choose_from() -> None:
    assert not replicated(list(size.size(ground(demand()))))


def test_replicas_are_as_many_as_the_load_asks_for_and_no_more() -> None:
    here = ground(replace(demand(), **READERS))
    machines = {i.id: i for name in ("aws.rds", "aws.ec2", "gcp.cloudsql") for i in here.family(name)}
    tried = [o for o in replicated(sizes()) if o.parts[0].instance in machines]
    assert tried
    for option in tried:
        row, more = machines[option.parts[0].instance], option.parts[0].count - 2
        fewer = [n for n in (0, *size.REPLICAS) if n < more]
        assert size.carried(here, row, fewer[-1]) < load(here)
        assert size.carried(here, row, more) > size.carried(here, row, fewer[-1])
    enough = [o for o in tried if size.carried(here, machines[o.parts[0].instance], o.parts[0].count - 2) >= load(here)]
    assert enough


def test_with_a_cache_before_it_fewer_replicas_will_do() -> None:
    many = ground(replace(demand(), **{**READERS, "cacheable": 50_000.0}))
    found = settle(build(many, REQUIREMENTS), many)
    assert found is not None
    assert found.chosen["size"].parts[0].shards == 1
    assert "valkey" in found.chosen["cache"].key


def test_what_a_cache_would_answer_first_is_not_counted_for_replicas_too() -> None:
    cached = ground(replace(demand(), **{**READERS, "cacheable": 58_000.0}))
    plain = ground(replace(demand(), **READERS))
    assert spread(cached) == pytest.approx(spread(plain) * (1 - plain.capacity("cache.hit_ratio")))


def test_strong_reads_and_those_fresher_than_the_lag_are_not_tolerant() -> None:
    view = next(o for o in DOMAIN.operations if o.id == "view-article")
    assert tolerant(view, 1.0)
    assert not tolerant(replace(view, consistency=Consistency.STRONG), 1.0)
    assert not tolerant(replace(view, freshness=fact(Seconds(0.5))), 1.0)


def test_the_replicas_stand_in_the_architecture_and_evaluate_spreads_the_reads() -> None:
    busy = tuple(
        replace(o, peak=fact(PerSecond(38_000)), average=fact(PerSecond(19_000))) if o.id == "view-photo" else o
        for o in DOMAIN.operations
    )
    private = tuple(replace(e, data_class=DataClass.PERSONAL) if e.id == "photo" else e for e in DOMAIN.entities)
    many = replace(DERIVATION.workload, peak=fact(PerSecond(40_000)), average=fact(PerSecond(20_000)))
    derived = Derivation(
        domain=replace(DOMAIN, operations=busy, entities=private),
        workload=many,
        targets=replace(TARGETS, budget=None),
    )
    found = decide(REQUIREMENTS, derived, CATALOGUE)
    architecture = compose(REQUIREMENTS, derived, found, CATALOGUE)
    store = next(s for s in architecture.stores if s.id == "primary")
    assert store.topology is Topology.PRIMARY_REPLICAS
    assert store.replicas > 0
    assert store.shards == 1
    assert "read_replica" in store.kinds
    report = evaluate(REQUIREMENTS, derived, found, architecture, CATALOGUE)
    (load_,) = [s for s in report.stations if s.element == "store:primary"]
    assert load_.utilisation < 1
    record = next(d for d in found.decisions if d.dimension is Dimension.SIZING and d.subject == "store:primary")
    assert "go to the replicas" in record.reason


def test_answers_kept_at_the_edge_take_work_off_the_services() -> None:
    def through(at_edge: float) -> Option:
        rows = files.cdn(ground(replace(demand(), at_edge=at_edge, edge_hit=demand().hit)))
        return next(o for o in rows if str(o.id) == "cloudflare")

    assert (through(0.0).saves, through(0.0).store) == (0.0, 0.0)
    assert 0 < through(30.0).saves < 1
    assert through(30.0).store < 0
    here = ground(replace(demand(), at_edge=30.0, edge_hit=demand().hit))
    cache = max(o.saves for o in build(here, REQUIREMENTS).options if o.axis == "cache")
    assert cache + through(30.0).saves < 1, "what both would answer is spared once"


def test_only_public_answers_whose_age_is_allowed_are_kept_at_the_edge() -> None:
    assert gather(REQUIREMENTS, DERIVATION, CATALOGUE).at_edge == 0.0
    open_ = replace(
        DERIVATION,
        domain=replace(
            DOMAIN,
            entities=tuple(
                replace(e, data_class=DataClass.PUBLIC) if e.id == "article" else e for e in DOMAIN.entities
            ),
            operations=tuple(
                replace(o, freshness=fact(Seconds(60))) if o.id == "view-article" else o for o in DOMAIN.operations
            ),
        ),
    )
    kept = gather(REQUIREMENTS, open_, CATALOGUE).at_edge
    whole = ttl_hit_ratio(PerSecond(42), Count(4200), Seconds(60), Ratio(0.8))
    assert kept == pytest.approx(42 * whole, rel=0.03)
    assert 0 < whole < 0.8, "a minute is too short for the rare articles"


RPO: list[tuple[float, set[str]]] = [(300.0, set()), (60.0, {"failover", "ships_log"}), (0.0, {"failover"})]


@pytest.mark.parametrize(("seconds", "asked"), RPO)
def test_below_five_minutes_a_log_of_our_own_or_a_standby_is_asked_for(seconds: float, asked: set[str]) -> None:
    here = ground(replace(demand(), rpo=seconds, soft=frozenset()))
    space, _ = prune(build(here, REQUIREMENTS))
    rules = [r for r in space.rules if r.because.name == "recovery_point"]
    assert {t for r in rules for t in getattr(r, "one_of", ())} == asked
    settled = settle(build(here, REQUIREMENTS), here)
    assert settled is not None
    assert not asked or asked & {t for o in settled.chosen.values() for t in o.gives}


def test_a_store_too_large_to_be_copied_back_in_time_takes_a_volume_or_a_standby() -> None:
    """2 TB of our own take hours even in four streams; a provider's volume is there within the hour."""
    here = ground(replace(demand(), database_gb=2000.0, rto=3600.0, soft=frozenset()))
    assert restore(here, managed=True) < 3600 < restore(here, managed=False)
    (rule,) = recovery_time.check(here, (), REQUIREMENTS, ())
    assert isinstance(rule, Demands)
    assert set(rule.one_of) == {"failover", "restores:managed"}
    small = ground(replace(demand(), database_gb=20.0, rto=3600.0))
    assert not list(recovery_time.check(small, (), REQUIREMENTS, ()))
