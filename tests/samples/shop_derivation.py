"""The seed shop's derivation: its domain, its workload, its targets."""

from tests.samples.parts import assumed, computed, fact
from tests.samples.shop_brief import BRIEF, actors, systems
from tests.samples.shop_domain import PAGES, PEAK, entities, operations

from archsmith.kernel.ids import EntityId, EventId, OperationId
from archsmith.kernel.provenance import Fact, Provenance
from archsmith.kernel.units import (
    Bytes,
    BytesPerMonth,
    Count,
    Months,
    PerSecond,
    Probability,
    Ratio,
    Seconds,
    UsdPerHour,
    UsdPerMonth,
)
from archsmith.model.base import Figure
from archsmith.model.domain import (
    Derivation,
    Domain,
    Event,
    Targets,
    Workload,
)
from archsmith.model.requirements import (
    OperationKind,
)


def _step(ident: str, what: str, value: float, unit: str, formula: str, why: Provenance) -> Figure:
    return Figure(id=ident, what=what, value=value, unit=unit, formula=formula, why=why)


def _workload() -> Workload:
    average = sum(op.average.value for op in operations() if op.kind in (OperationKind.COMMAND, OperationKind.QUERY))
    stored = sum(e.rows.value * e.row_bytes.value for e in entities())
    return Workload(
        users=fact(Count(60_000.0)),
        concurrent=fact(Count(250.0)),
        average=fact(PerSecond(average)),
        peak=fact(PerSecond(average * PEAK)),
        peak_factor=fact(Ratio(PEAK), assumed("a shop's evening against its mean", "defaults/peak_factor")),
        reads=fact(Ratio(0.99)),
        connections=fact(Count(0.0)),
        egress=fact(BytesPerMonth(average * 12_000 * 2_630_000.0)),
        blobs=fact(BytesPerMonth(0.0)),
        stored_1y=fact(Bytes(stored / 3)),
        stored_3y=fact(Bytes(stored)),
        blobs_1y=fact(Bytes(0.0)),
        blobs_3y=fact(Bytes(0.0)),
        growth_per_month=fact(Ratio(1.0), assumed("no growth is stated", "defaults/growth")),
        steps=(
            _step("visits", "visits", 20_000, "per day", "20000", BRIEF.said("20,000 visits a day")),
            _step("pages", "pages a visit", 8, "ratio", "8", BRIEF.said("8 pages each")),
            _step(
                "page_rate", "average page requests", PAGES, "rps", "20000 * 8 / 86400",
                computed("workload.rate", "visits * pages / day", "visits", "pages"),
            ),
            _step("orders", "orders", 500, "per day", "500", BRIEF.said("500 orders a day")),
            _step("peak_factor", "peak over mean", PEAK, "ratio", "4", assumed("a shop's evening")),
            _step(
                "peak", "peak requests", average * PEAK, "rps", f"{average:.4g} * 4",
                computed("workload.peak", "average * peak_factor", "page_rate", "orders", "peak_factor"),
            ),
        ),
    )  # fmt: skip


def sample_derivation() -> Derivation:
    """The shop's domain, workload and targets."""
    return Derivation(
        domain=Domain(
            title="Seed shop",
            archetypes=(fact("shop"),),
            actors=actors(),
            systems=systems(),
            entities=entities(),
            operations=operations(),
            events=tuple(
                Event(
                    id=EventId(name),
                    name=name,
                    entity=EntityId("order"),
                    operation=OperationId(operation),
                    why=computed("events.from_commands"),
                )
                for name, operation in (("order.placed", "place-order"), ("order.paid", "pay-order"))
            ),
            multi_tenant=fact(False),
        ),
        workload=_workload(),
        targets=Targets(
            availability=Fact(value=Probability(0.999), why=BRIEF.said("99.9%")),
            latency_p95=Fact(value=Seconds(0.8), why=BRIEF.said("0.8 seconds")),
            rpo=fact(Seconds(300.0), assumed("orders are money")),
            rto=fact(Seconds(14_400.0), assumed("half a working day")),
            headroom=fact(Ratio(0.3), assumed("queueing", "defaults/headroom")),
            horizon=fact(Months(36.0), assumed("three years", "defaults/horizon")),
            hourly_rate=fact(UsdPerHour(70.0), assumed("engineers in Western Europe", "defaults/hourly_rate")),
            outage_cost=fact(UsdPerHour(200.0), assumed("orders lost in an hour")),
            budget=Fact(value=UsdPerMonth(436.0), why=BRIEF.said("EUR 400 a month")),
            build_budget=None,
            deadline=None,
            team=Fact(value=Count(2.0), why=BRIEF.said("Two developers")),
            teams=fact(Count(1.0), assumed("two people are one team")),
            regions=(Fact(value="eu", why=BRIEF.said("their data stays in the EU")),),
        ),
    )
