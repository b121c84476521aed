"""What the brief demands by name is obeyed, or said not to be; either way with its price."""

import functools
from typing import NamedTuple

import msgspec
import pytest
from tests.decide.shop import CATALOGUE, DERIVATION, REQUIREMENTS, SPAN, TARGETS, fact

from archsmith.decide.argue import cases
from archsmith.decide.program import CENT
from archsmith.decide.run import decide, stand
from archsmith.decide.wishes import Wishes
from archsmith.kernel.ids import DecisionId, TechId
from archsmith.kernel.provenance import Stated
from archsmith.kernel.units import UsdPerMonth
from archsmith.model.decisions import Clash, Wished
from archsmith.model.requirements import Requirements, Stance, TechnologyWish

AMPLE = msgspec.structs.replace(
    DERIVATION, targets=msgspec.structs.replace(TARGETS, budget=fact(UsdPerMonth(20_000.0)))
)


def naming(*wishes: tuple[str, Stance]) -> Requirements:
    def wish(tech: str, stance: Stance) -> TechnologyWish:
        name = CATALOGUE_NAMES.get(tech, tech)
        return TechnologyWish(name=name, tech=TechId(tech), stance=stance, why=Stated(at=SPAN))

    rows = [wish(*w) for w in wishes]
    return msgspec.structs.replace(
        REQUIREMENTS,
        must_use=tuple(w for w in rows if w.stance is Stance.MUST_USE),
        must_not_use=tuple(w for w in rows if w.stance is Stance.MUST_NOT_USE),
        technologies=tuple(w for w in rows if w.stance is Stance.PREFER),
    )


CATALOGUE_NAMES = {"kafka": "Kafka", "mongodb": "MongoDB", "mysql": "MySQL", "cassandra": "Cassandra"}


class Found(NamedTuple):
    """What one set of wishes comes to."""

    wishes: tuple[Wished, ...]
    techs: set[str]
    total: float
    clash: Clash | None


@functools.cache
def decided(*wishes: tuple[str, Stance]) -> Found:
    here, clash = stand(naming(*wishes), AMPLE, CATALOGUE, ())
    ids = {axis: DecisionId(axis) for axis in here.settled.chosen}
    rows = Wishes(here.settled, here.ground, cases(here.settled, here.ground), ids, ()).all()
    techs = {str(o.tech) for o in here.settled.chosen.values()}
    return Found(rows, techs, here.settled.outcome.objective / (CENT * 100), clash)


def only(found: Found) -> Wished:
    (row,) = found.wishes
    return row


PLAIN = decided()


@pytest.mark.parametrize(
    "tech", ["kafka", "mysql", "mongodb", "kubernetes", "clickhouse", "nats", "hetzner", "go", "graphql"]
)
def test_a_demand_is_obeyed_or_said_not_to_be(tech: str) -> None:
    found = decided((tech, Stance.MUST_USE))
    row = only(found)
    assert found.clash is not None or row.obeyed == (tech in found.techs)
    if row.obeyed and found.clash is None:
        assert row.month == pytest.approx(max(0.0, found.total - PLAIN.total), abs=0.6)
        assert row.decision
    elif not row.obeyed:
        assert row.fact


def test_no_log_is_no_way_to_obey_a_demanded_one() -> None:
    """`none` is out where something that leads its axis is demanded, even where no stream arrives."""
    found = decided(("kafka", Stance.MUST_USE))
    assert "kafka" in found.techs
    row = only(found)
    assert row.month
    assert row.month > 100
    assert row.decision == "stream"
    assert "no event log" in row.fact


def test_the_price_of_a_demand_stands_in_the_reason_of_its_decision() -> None:
    found = decide(naming(("kafka", Stance.MUST_USE)), AMPLE, CATALOGUE)
    (row,) = found.wishes
    decision = next(d for d in found.decisions if d.id == row.decision)
    assert decision.tech == "kafka"
    assert row.fact in decision.reason


def test_a_demand_of_one_of_two_axes_is_met_by_either() -> None:
    found = decided(("nats", Stance.MUST_USE))
    assert "nats" in found.techs
    assert only(found).decision in ("broker", "stream")


def test_two_demands_of_one_axis_are_no_clash_and_the_one_not_taken_is_told() -> None:
    found = decided(("mysql", Stance.MUST_USE), ("mongodb", Stance.MUST_USE))
    assert found.clash is None
    by_name = {w.name: w for w in found.wishes}
    assert by_name["MySQL"].obeyed != by_name["MongoDB"].obeyed
    missing = next(w for w in found.wishes if not w.obeyed)
    assert "demanded too" in missing.fact


def test_what_speaks_the_same_tongue_stands_in() -> None:
    """Redis is no option of its own: Valkey is of its kind, and worked with by the same skill."""
    found = decided(("redis", Stance.MUST_USE))
    row = only(found)
    assert row.obeyed
    assert "valkey" in found.techs
    assert "redis (as Valkey)" in row.fact
    assert row.month == pytest.approx(max(0.0, found.total - PLAIN.total), abs=0.6)


def test_what_has_no_work_in_this_system_is_told() -> None:
    row = only(decided(("cassandra", Stance.MUST_USE)))
    assert not row.obeyed
    assert row.month is None
    assert "Cassandra" in row.fact


def test_a_preference_is_priced_and_not_obeyed_at_any_price() -> None:
    found = decided(("mongodb", Stance.PREFER))
    row = only(found)
    assert not row.obeyed
    assert row.month
    forced = decided(("mongodb", Stance.MUST_USE))
    assert row.month == pytest.approx(forced.total - found.total, rel=0.25)


def test_a_ban_of_what_would_win_has_a_price_and_of_anything_else_none() -> None:
    (first,) = PLAIN.techs & {"aws", "gcp", "azure", "hetzner"}
    dear = decided((first, Stance.MUST_NOT_USE))
    assert first not in dear.techs
    assert only(dear).month == pytest.approx(dear.total - PLAIN.total, abs=0.6)
    free = only(decided(("kubernetes", Stance.MUST_NOT_USE)))
    assert free.obeyed
    assert free.month == 0.0


def test_demands_that_clash_are_quoted_with_the_price_of_each_way_out() -> None:
    found = decided(("hetzner", Stance.MUST_USE), ("dynamodb", Stance.MUST_USE))
    assert found.clash
    assert set(found.clash.constraints) >= {"demanded.hetzner", "demanded.dynamodb"}
    assert any(w.startswith("do without hetzner") for w in found.clash.relaxations)
    assert [w.obeyed for w in found.wishes].count(False) == 1
