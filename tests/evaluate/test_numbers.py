"""Figures: they follow from the formulas, agree with each other, and survive a round trip."""

import math

import pytest
from msgspec.structs import replace
from tests.evaluate.designs import CATALOGUE, shop

from archsmith.evaluate.cost import Machine, Scale, cost
from archsmith.evaluate.stack import Stack
from archsmith.formulas.queueing import mmc_response_percentile
from archsmith.kernel.canonical import from_json, to_json
from archsmith.knowledge.capacity import coefficient
from archsmith.knowledge.thirdparty import ASSUMPTIONS, DELAYS, THIRD_PARTIES
from archsmith.model.report import CostKind, Report


def test_report_reads_back_and_repeats() -> None:
    first, second = to_json(shop().report()), to_json(shop().report())
    assert first == second
    assert from_json(first, Report) == shop().report()


def test_station_by_hand() -> None:
    load = shop().report().stations[0]
    assert load.element == "service:shop"
    assert load.offered == pytest.approx(load.arrivals * load.service_time)
    assert load.utilisation == pytest.approx(load.offered / load.servers)
    assert load.saturates_at == pytest.approx(1 / load.utilisation)
    assert load.servers == pytest.approx(2 * 2 * 0.2), "two t4g.small with a fifth of two cores each for hours"
    waited = [o for o in shop().derivation.domain.operations if o.kind in ("command", "query")]
    arrivals = sum(o.peak.value for o in waited)
    assert load.offered >= arrivals / coefficient(CATALOGUE, "web.fastapi")


def test_latency_is_not_a_sum_of_percentiles_and_grows_with_load() -> None:
    calm = {str(x.operation): x for x in shop().report().latencies}
    busy = {str(x.operation): x for x in shop().faster(5).report().latencies}
    for ident, row in calm.items():
        assert 0 < row.p50 < row.p95 < row.p99
        assert row.p50 < row.mean * 1.5
        assert busy[ident].p95 > row.p95
    one = calm["view-product"]
    alone = mmc_response_percentile(0.0001, 0.0208, 1, 0.95)  # type: ignore[arg-type]
    assert one.p95 > alone
    assert one.path[0].startswith("edge:")
    assert one.path[1:] == ("service:shop", "store:main")


def test_saturation_is_a_missed_target_and_stays_finite() -> None:
    report = shop().faster(20).report()
    assert report.stations[0].utilisation > 1
    assert all(math.isfinite(x.p99) and not x.met for x in report.latencies)
    assert from_json(to_json(report), Report) == report


def test_availability_multiplies_and_names_sources() -> None:
    (path,) = shop().report().availability
    assert path.predicted == pytest.approx(math.prod(p.result for p in path.parts))
    assert path.met
    service = next(p for p in path.parts if p.element == "service:shop")
    assert (service.needed, service.of) == (1, 2)
    assert service.result > service.single
    assert all(p.source for p in path.parts)
    assert path.error_budget_month == pytest.approx(0.001 * 2_630_000)


def test_recovery_against_targets() -> None:
    (row,) = shop().report().recovery
    assert row.met
    assert (float(row.rpo), float(row.rto)) == (0.0, 120.0), "a standby in another zone takes over without loss"
    store = shop().architecture.stores[0]
    bare = shop().design(stores=(replace(store, backup=None), *shop().architecture.stores[1:]))
    (lost,) = bare.report().recovery
    assert not lost.met
    assert "no backup" in lost.how


def test_bill_adds_up() -> None:
    bill = shop().report().cost
    for row in bill.lines:
        assert row.month == pytest.approx(row.quantity * row.unit_price)
        assert row.source
    assert len({row.id for row in bill.lines}) == len(bill.lines)
    assert bill.infrastructure == pytest.approx(sum(r.month for r in bill.lines if r.kind is not CostKind.PEOPLE))
    assert bill.total == pytest.approx(bill.infrastructure + bill.people)
    assert bill.ops_hours == pytest.approx(shop().decisions.ops_hours)
    compute = next(r for r in bill.lines if "t4g.small" in r.what and r.kind is CostKind.COMPUTE)
    assert compute.quantity == 2 * 730
    assert compute.unit_price == pytest.approx(0.0168 * 1.18)


def test_bill_of_other_machines() -> None:
    stack = Stack(shop().view())
    deployment = next(d for d in shop().architecture.deployments if "service:shop" in d.runs)
    more = cost(stack, Scale(1.0, {deployment.id: Machine("aws.ec2.m7g.large", 3)}))
    assert any(r.what == "3 x aws.ec2.m7g.large" for r in more.lines)
    assert more.total > cost(stack).total
    assert cost(stack, Scale(10.0)).infrastructure > cost(stack).infrastructure


def test_payment_fees_are_not_part_of_the_bill() -> None:
    assert not [r for r in shop().report().cost.lines if "payment" in r.element]


def test_growth_steps_and_bills_rise() -> None:
    rows = shop().report().growth
    assert [float(r.factor) for r in rows] == [1, 3, 10, 30, 100]
    assert rows[0].month == shop().report().cost.total
    assert [r.month for r in rows] == sorted(r.month for r in rows)
    assert rows[0].holds
    assert not rows[2].holds
    assert "Shop" in rows[2].step
    used = rows[2].utilisation
    assert used == pytest.approx(rows[0].utilisation * 10)
    counts = {str(c.id): c.value for c in rows[2].changes}
    assert counts["growth.10x.shop"] >= 2


def test_the_way_to_more_load_is_told_in_the_order_in_which_it_falls_due() -> None:
    report = shop().report()
    way = report.path
    busiest = report.stations[0]
    assert [(s.until, s.at) for s in way] == sorted((s.until, s.at) for s in way)
    assert all(1 <= s.at < s.until for s in way)
    free = 1 - shop().derivation.targets.headroom.value
    assert way[0].at == pytest.approx(max(1.0, free * busiest.saturates_at))
    assert way[0].element == busiest.element
    bills = {float(r.factor): r.month for r in report.growth}
    assert all(s.month == bills[float(s.until)] for s in way)
    due = {s.until for s in way}
    assert due == {r.factor for r in report.growth if not r.holds}, "where a load does not hold, a step says what to do"
    assert not any(s.rewrite for s in way if s.until <= 10), "ten times the shop is more of the same machines"


def test_figures_have_arithmetic() -> None:
    report = shop().report()
    ids = [f.id for f in report.figures]
    assert len(ids) == len(set(ids))
    assert all(f.formula and f.unit for f in report.figures)
    by_id = {f.id: f.value for f in report.figures}
    assert by_id["cost.total"] == report.cost.total
    assert by_id["availability.predicted"] == report.availability[0].predicted


def test_own_estimates_have_reasons_and_ranges() -> None:
    for row in CATALOGUE.table(ASSUMPTIONS).values():
        assert row.low <= row.value <= row.high
        assert row.reason
    for delay in CATALOGUE.table(DELAYS).values():
        assert 0 < delay.p50 <= delay.p99
        assert delay.source != "estimate" or delay.reason
    for system in CATALOGUE.table(THIRD_PARTIES).values():
        assert 0 < system.p50 <= system.p99
        assert 0.9 < system.availability < 1
        assert system.reason
    kinds = {
        "payment",
        "mail",
        "sms",
        "identity",
        "erp",
        "crm",
        "maps",
        "files",
        "calendar",
        "partner",
        "device",
        "other",
    }
    assert set(CATALOGUE.table(THIRD_PARTIES)) == kinds


def test_the_pool_carries_what_arrives_by_mean_value_analysis() -> None:
    for case in (shop(), shop().faster(4)):
        report = case.report()
        values = {f.id: f.value for f in report.figures}
        store = next(s for s in report.stations if s.element.startswith("store:") and s.resource == "CPU")
        if store.utilisation < 0.7:
            assert values["load.pool_carries"] >= store.arrivals
        assert values["load.pool_carries"] <= store.capacity * 1.0001
