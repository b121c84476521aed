"""One region or two: chosen from availability, the loss of a region, residency, money; with known right answers."""

import functools
from typing import Any

import pytest
from msgspec.structs import replace
from tests.decide.bare import choices
from tests.decide.shop import CATALOGUE, DERIVATION, REQUIREMENTS, TARGETS, WHY, demand, fact, ground

from archsmith.compose import compose
from archsmith.decide import decide
from archsmith.decide.constraints.second_region import CONSTRAINT
from archsmith.decide.dimensions.regions import mode_of, remains
from archsmith.decide.ground import Ground
from archsmith.decide.option import Ban
from archsmith.decide.prune import prune
from archsmith.decide.regional import lost_region
from archsmith.decide.settle import settle, solved
from archsmith.decide.space import build, options
from archsmith.decide.worlds import world, worlds
from archsmith.evaluate import evaluate
from archsmith.formulas.availability import left_by_takeover
from archsmith.kernel.ids import RequirementId, TechId
from archsmith.kernel.units import Probability, Ratio, Seconds, UsdPerHour, UsdPerMonth
from archsmith.knowledge.instances import REGIONS
from archsmith.knowledge.region_modes import REGION_MODES
from archsmith.model.decisions import Decisions, Dimension
from archsmith.model.domain import Derivation, Targets
from archsmith.model.report import CostKind
from archsmith.model.requirements import (
    Priority,
    Requirement,
    RequirementClass,
    Requirements,
    Stance,
    TechnologyWish,
)

NINES = replace(TARGETS, availability=fact(Probability(0.9999)), budget=None)


@functools.cache
def designed(targets: Targets) -> Decisions:
    return decide(REQUIREMENTS, derived(targets), CATALOGUE)


def chosen(targets: Targets, requirements: Requirements = REQUIREMENTS) -> Decisions:
    """Without the argument."""
    return choices(requirements, derived(targets), CATALOGUE)


def derived(targets: Targets) -> Derivation:
    return replace(DERIVATION, targets=targets)


def option(found: Decisions, dimension: Dimension, place: int = 0) -> str:
    return str([d.option for d in found.decisions if d.dimension is dimension][place])


def saying(*statements: str) -> Requirements:
    rows = tuple(
        Requirement(
            id=RequirementId(f"R-{900 + n}"),
            kind=RequirementClass.RECOVERY,
            statement=said,
            priority=Priority.MUST,
            why=WHY,
        )
        for n, said in enumerate(statements)
    )
    return replace(REQUIREMENTS, requirements=(*REQUIREMENTS.requirements, *rows))


def banned(change: dict[str, Any]) -> dict[str, str]:
    here = ground(replace(demand(), **change))
    rules = CONSTRAINT.check(here, options(here), REQUIREMENTS, ())
    return {r.key: r.because.fact for r in rules if isinstance(r, Ban) and r.axis == "regions"}


def test_a_small_shop_stays_in_one_region_and_is_told_what_a_second_would_spare() -> None:
    found = designed(TARGETS)
    assert option(found, Dimension.REGIONS) == "single_region"
    record = next(d for d in found.decisions if d.dimension is Dimension.REGIONS)
    assert {str(row.option) for row in record.losers} == set(CATALOGUE.table(REGION_MODES))
    assert all("would spare" in row.reason for row in record.losers)


def test_four_nines_take_a_second_region_and_evaluate_agrees() -> None:
    found = designed(NINES)
    assert found.clash is None
    assert option(found, Dimension.REGIONS) in ("warm_standby", "active_active")
    architecture = compose(REQUIREMENTS, derived(NINES), found, CATALOGUE)
    report = evaluate(REQUIREMENTS, derived(NINES), found, architecture, CATALOGUE)
    assert architecture.second is not None
    assert architecture.regions == (option(found, Dimension.REGION), option(found, Dimension.REGION, 1))
    assert all(p.met for p in report.availability)
    away = next(f.value for d in found.decisions for f in d.figures if f.id == "away")
    assert all(1 - p.predicted <= away + 1e-6 for p in report.availability), "what decide adds up is an upper bound"
    assert all("takes over" in p.source for p in report.availability[0].parts)


def test_a_role_that_does_not_reach_the_target_says_what_it_reaches() -> None:
    record = next(d for d in designed(NINES).decisions if d.dimension is Dimension.REGIONS)
    reasons = {str(r.option): r.reason for r in record.losers if r.extra is None}
    assert "99.99%" in reasons["single_region"]
    assert "at best 99.9" in reasons["single_region"]


def test_the_bill_of_both_regions_is_that_of_decide() -> None:
    found = designed(NINES)
    architecture = compose(REQUIREMENTS, derived(NINES), found, CATALOGUE)
    report = evaluate(REQUIREMENTS, derived(NINES), found, architecture, CATALOGUE)
    bill = next(f.value for d in found.decisions for f in d.figures if f.id == "bill")
    assert report.cost.infrastructure == pytest.approx(bill, rel=0.25)
    there = [x for x in report.cost.lines if architecture.regions[1] in f"{x.what}{x.element}"]
    assert sum(x.month for x in there if x.kind is not CostKind.PEOPLE) > 0
    assert any(x.kind is CostKind.PEOPLE and "drills" in x.what for x in report.cost.lines)


def test_the_loss_of_the_region_is_a_row_of_the_recovery() -> None:
    found = designed(NINES)
    architecture = compose(REQUIREMENTS, derived(NINES), found, CATALOGUE)
    report = evaluate(REQUIREMENTS, derived(NINES), found, architecture, CATALOGUE)
    row = report.recovery[-1]
    mode = CATALOGUE.table(REGION_MODES)[option(found, Dimension.REGIONS)]
    assert row.element == f"region:{architecture.regions[0]}"
    assert (float(row.rto), float(row.rpo)) == (mode.switch, mode.lag)


def test_four_nines_on_a_small_budget_clash_and_both_are_named() -> None:
    found = chosen(replace(NINES, budget=fact(UsdPerMonth(40.0))))
    assert found.clash is not None
    assert set(found.clash.constraints) == {"availability", "budget"}
    assert "99.99%" in found.clash.fact
    assert "$40" in found.clash.fact
    assert any("raise the monthly budget" in way for way in found.clash.relaxations)


def test_residency_in_the_union_keeps_both_regions_in_it() -> None:
    here = ground(replace(demand(), places=("eu",)))
    known = CATALOGUE.table(REGIONS)
    seconds = [r for r in here.second.values() if r is not None]
    assert seconds
    assert all("eu" in known[r.id].places for r in seconds)
    assert all(r.id != here.region[str(r.provider)].id for r in seconds)


def test_where_residency_leaves_one_region_there_is_no_second() -> None:
    assert ground(replace(demand(), places=("za",))).second["aws"] is None
    facts = banned({"places": ("za",), "availability": 0.9999})
    assert {"pilot_light", "warm_standby", "active_active"} <= set(facts)
    assert "za" in facts["warm_standby"]


def test_outages_that_cost_more_than_the_second_region_argue_for_it() -> None:
    assert set(CATALOGUE.table(REGION_MODES)) == set(banned({}))
    assert "warm_standby" not in banned({"outage": 100_000.0})
    dear = replace(TARGETS, budget=None, outage_cost=fact(UsdPerHour(100_000.0)))
    assert option(chosen(dear), Dimension.REGIONS) in ("warm_standby", "active_active")


def test_one_operator_is_not_given_two_active_regions() -> None:
    alone = replace(NINES, team=fact(type(TARGETS.team.value)(1)))
    assert option(chosen(alone), Dimension.REGIONS) != "active_active"


LOST: list[tuple[str, float, float, bool]] = [
    ("RPO 1 min, RTO 1 h on loss of the region.", 60.0, 3600.0, False),
    ("The service must survive the outage of an AWS region with RTO 30 min.", float("inf"), 1800.0, False),
    ("Two regions, each must survive loss of the other for reads.", float("inf"), float("inf"), False),
    ("It runs active-active in Frankfurt and Dublin.", float("inf"), float("inf"), True),
    ("Multi-region failover with RPO 5 s and RTO 5 minutes.", 5.0, 300.0, False),
]


@pytest.mark.parametrize(("said", "rpo", "rto", "active"), LOST)
def test_a_lost_region_is_read_from_its_clause(said: str, rpo: float, rto: float, active: bool) -> None:
    found = lost_region(saying(said))
    assert found.requirements == (RequirementId("R-900"),)
    assert (found.rpo, found.rto, found.all_serve) == (rpo, rto, active)


@pytest.mark.parametrize(
    "said",
    [
        "RPO 0, RTO 5 min on loss of a zone.",
        "Sales by region and month are shown to each regional manager.",
        "No multi-region failover is needed.",
        "A single region is enough; losing it for a day is accepted.",
        "Customers choose the region in which their data is kept.",
    ],
)
def test_other_words_of_regions_ask_for_no_second_one(said: str) -> None:
    assert lost_region(saying(said)).requirements == ()


def test_the_stated_recovery_of_a_lost_region_picks_the_role() -> None:
    def role(said: str) -> str:
        return option(chosen(replace(TARGETS, budget=None), saying(said)), Dimension.REGIONS)

    assert role("RTO 1 h on loss of the region.") == "pilot_light"
    assert role("RTO 10 min on loss of the region.") == "warm_standby"
    assert role("RTO 3 min on loss of the region.") == "active_active"
    assert role("RTO 24 h on loss of the region.") == "single_region"


def test_what_stays_of_outages_falls_with_the_warmth_of_the_second_region() -> None:
    here = ground(demand())
    left = [remains(here, m) for m in CATALOGUE.table(REGION_MODES).values()]
    assert left == sorted(left, reverse=True)
    assert all(0 < x < 1 for x in left)
    assert left_by_takeover(Seconds(0), Seconds(60), Probability(1.0), Ratio(0.1)) == pytest.approx(0.1)
    assert left_by_takeover(Seconds(90), Seconds(60), Probability(0.9), Ratio(0.0)) == 1.0


def test_roles_have_ranges_that_hold_their_values() -> None:
    for mode in CATALOGUE.table(REGION_MODES).values():
        assert mode.switch_low <= mode.switch <= mode.switch_high
        assert mode.coverage_low <= mode.coverage <= mode.coverage_high
        assert mode.source
        assert mode.reason


def test_the_chosen_role_is_the_cheapest_of_all_worlds() -> None:
    here = ground(replace(demand(), outage=100_000.0, budget=None))
    space, _ = prune(build(here, REQUIREMENTS))
    found = chosen(replace(TARGETS, budget=None, outage_cost=fact(UsdPerHour(100_000.0))))
    totals = {}
    for role in (o for o in space.options if o.axis == "regions"):
        best = solved(world(space, here, role), here)
        if best:
            totals[str(role.id)] = best.objective
    assert min(totals, key=lambda r: totals[r]) == option(found, Dimension.REGIONS)
    assert len(totals) == len(list(worlds(space, here))) > 1
    assert mode_of(here, next(o for o in space.options if o.key == "single")) is None


WISHES = ("kubernetes", "kafka", "opensearch")


def test_a_wish_list_of_a_big_company_does_not_move_a_tiny_load() -> None:
    wished = tuple(TechnologyWish(name=t, tech=TechId(t), stance=Stance.PREFER, why=WHY) for t in WISHES)
    asked = replace(saying("We dream of serving millions from several regions one day."), technologies=wished)
    few = replace(demand(), web=0.3, web_average=0.05, reads=0.2, writes=0.1, cacheable=0.1, requests_month=130_000.0)
    here = Ground(replace(few, tolerant=0.1, messages=0.01), asked, CATALOGUE)
    settled = settle(build(here, asked), here)
    assert settled is not None
    assert settled.chosen["regions"].key == "single"
    assert not set(WISHES) & {str(o.id) for o in settled.chosen.values()}
    assert settled.counts[0] <= 2
    assert settled.chosen["style"].key in ("monolith", "modular_monolith")


def test_strict_changes_in_two_regions_keep_one_writer() -> None:
    """What must be atomic is written in one region; no store that takes writes in both is chosen."""
    here = ground(replace(demand(), strict=True, availability=0.9999, budget=None))
    settled = settle(build(here, REQUIREMENTS), here)
    assert settled is not None
    assert settled.chosen["regions"].key != "single"
    assert "engine.constraints" in settled.chosen["engine"].gives
    assert "hosting:use" not in settled.chosen["hosting"].gives


def test_five_nines_are_more_than_two_regions_give_and_are_said_to_be() -> None:
    found = chosen(replace(NINES, availability=fact(Probability(0.99999))))
    assert found.clash is not None
    assert found.clash.constraints == ("availability",)
    assert "99.999%" in found.clash.fact
    assert found.clash.relaxations


NO_LOSS = "The loss of the whole region must be survived with an RPO of zero and an RTO of 15 minutes."


def test_where_no_write_may_be_lost_with_a_region_each_waits_for_the_other() -> None:
    found = decide(saying(NO_LOSS), derived(replace(TARGETS, budget=None)), CATALOGUE)
    assert found.clash is None
    assert option(found, Dimension.REGIONS) == "standby_in_step"
    record = next(d for d in found.decisions if d.dimension is Dimension.REGIONS)
    assert "no write is lost" in record.reason
    assert "waits for the other region" in record.reason
    assert option(found, Dimension.STORE_HOSTING) in ("own_machines", "own_machine", "with_services")


def test_where_light_is_too_slow_for_that_it_is_a_clash() -> None:
    asked = ("R-900",)
    hurried = {"lost_region": asked, "region_rpo": 0.0, "region_rto": 900.0, "tightest": 0.05, "availability": 0.99}
    facts = banned(hurried)
    assert set(facts) == {*CATALOGUE.table(REGION_MODES), "single"}
    assert "each write waits" in facts["standby_in_step"]
    assert "standby_in_step" not in banned({**hurried, "tightest": 0.3})
    both = banned({**hurried, "tightest": 0.3, "all_serve": True})
    assert set(both) == {*CATALOGUE.table(REGION_MODES), "single"}


def test_no_loss_not_even_with_the_region_is_no_denial() -> None:
    asked = saying(
        "A booking must never be lost, not even when the whole region burns down: RPO of zero, RTO 15 minutes"
    )
    found = lost_region(asked)
    assert found.requirements
    assert (found.rpo, found.rto) == (0.0, 900.0)
    assert not lost_region(saying("We do not need a second region.")).requirements
