"""A whole small design by hand, for the renderers: the seed shop with its report and its plan."""

from tests.render.architecture import BECAUSE, sample_architecture
from tests.samples.shop import sample_decisions, sample_derivation, sample_requirements

from archsmith.kernel.findings import Finding, Severity
from archsmith.kernel.ids import DeploymentId, ElementId, OperationId, RequirementId, RiskId, SloId, WorkPackageId
from archsmith.kernel.provenance import Derived
from archsmith.kernel.units import (
    Count,
    Days,
    Erlangs,
    HoursPerMonth,
    Months,
    PerSecond,
    PersonDays,
    Probability,
    Ratio,
    Seconds,
    Usd,
    UsdPerMonth,
    Utilisation,
)
from archsmith.model import plan as roadmap
from archsmith.model import report as evaluated
from archsmith.model.base import Figure
from archsmith.model.design import Design, Status

SHOP, MAIN = ElementId("service:shop"), ElementId("store:main")


def sample_report() -> evaluated.Report:
    """One of each kind of figure."""
    pay = OperationId("pay-order")
    parts = (
        evaluated.PartAvailability(
            element=SHOP, single=Probability(0.995), needed=1, of=2, result=Probability(0.999975), source="SLA"
        ),
    )
    lines = (
        evaluated.CostLine(
            id="vm",
            element=SHOP,
            kind=evaluated.CostKind.COMPUTE,
            what="t4g.small",
            quantity=1460.0,
            unit="hour",
            unit_price=0.0192,
            month=UsdPerMonth(28.03),
            fixed=True,
            source="aws 2025-03",
        ),
        evaluated.CostLine(
            id="ops",
            element=SHOP,
            kind=evaluated.CostKind.PEOPLE,
            what="operations",
            quantity=8.0,
            unit="hour",
            unit_price=70.0,
            month=UsdPerMonth(560.0),
            fixed=True,
            source="defaults/hourly_rate",
        ),
    )
    return evaluated.Report(
        figures=(
            Figure(
                id="peak_db",
                what="queries at the peak",
                value=88.7,
                unit="rps",
                formula="29.57 * 3",
                why=Derived(rule="load.database"),
            ),
        ),
        stations=(
            evaluated.StationLoad(
                element=SHOP,
                deployment=DeploymentId("vm"),
                resource="CPU",
                arrivals=PerSecond(29.6),
                service_time=Seconds(0.012),
                servers=Count(4),
                offered=Erlangs(0.355),
                utilisation=Utilisation(0.089),
                capacity=PerSecond(333.0),
                saturates_at=Ratio(11.2),
                formula="29.6 * 0.012 / 4",
            ),
        ),
        latencies=(
            evaluated.Latency(
                operation=pay,
                mean=Seconds(0.21),
                p50=Seconds(0.15),
                p95=Seconds(0.62),
                p99=Seconds(1.1),
                target_p95=Seconds(0.8),
                met=True,
                path=(SHOP, MAIN),
                formula="M/M/c",
            ),
        ),
        availability=(
            evaluated.PathAvailability(
                slo=SloId("availability"),
                predicted=Probability(0.99942),
                target=Probability(0.999),
                met=True,
                downtime_month=Seconds(1525.0),
                error_budget_month=Seconds(2630.0),
                parts=parts,
                formula="0.999975 * 0.9995",
            ),
        ),
        recovery=(
            evaluated.Recovery(
                element=MAIN,
                rpo=Seconds(300),
                rpo_target=Seconds(300),
                rto=Seconds(3600),
                rto_target=Seconds(14_400),
                met=True,
                how="restored from the last snapshot and the log",
            ),
        ),
        cost=evaluated.Cost(
            lines=lines,
            infrastructure=UsdPerMonth(105.03),
            people=UsdPerMonth(560.0),
            ops_hours=HoursPerMonth(8.0),
            total=UsdPerMonth(665.03),
            budget=UsdPerMonth(436.0),
            within_budget=True,
        ),
        growth=(
            evaluated.GrowthRow(
                factor=Ratio(1),
                peak=PerSecond(29.6),
                first=SHOP,
                utilisation=Utilisation(0.089),
                holds=True,
                step="",
                changes=(),
                month=UsdPerMonth(105.03),
                reached_after="",
            ),
            evaluated.GrowthRow(
                factor=Ratio(10),
                peak=PerSecond(296.0),
                first=SHOP,
                utilisation=Utilisation(0.89),
                holds=False,
                step="go from 2 to 4 instances of t4g.small",
                changes=(),
                month=UsdPerMonth(133.0),
                reached_after="at no growth: never",
            ),
        ),
        controls=(
            evaluated.Control(
                id="GDPR-32@main",
                regime="GDPR",
                clause="Art. 32",
                asks="security of processing",
                status=evaluated.ControlStatus.BY_DESIGN,
                elements=(MAIN,),
                answer="Main database is encrypted at rest",
                evidence="the provider's setting",
                requirements=(RequirementId("R-006"),),
            ),
        ),
        threats=(
            evaluated.Threat(
                id="sql-injection@main",
                element=MAIN,
                stride="tampering",
                threat="SQL injected through product search",
                mitigation="bound parameters only",
                mitigated_by=(SHOP,),
                severity="low",
                source="CWE-89",
            ),
        ),
        findings=(
            Finding(
                id="CST002",
                severity=Severity.WARNING,
                place=SHOP,
                fact="people cost five times the machines",
                fix="share the on-call duty with another team",
            ),
        ),
        cuts=(),
    )


def sample_plan() -> roadmap.Plan:
    """Two packages, one after the other."""
    first, second = WorkPackageId("WP-01"), WorkPackageId("WP-02")

    def package(ident: WorkPackageId, title: str, start: float, *depends: WorkPackageId) -> roadmap.WorkPackage:
        estimate = roadmap.Estimate(
            low=PersonDays(6),
            likely=PersonDays(9),
            high=PersonDays(15),
            mean=PersonDays(9.5),
            deviation=PersonDays(1.5),
            reason="four endpoints on two tables",
        )
        return roadmap.WorkPackage(
            id=ident,
            title=title,
            phase="Build",
            role="backend engineer",
            estimate=estimate,
            people=1,
            depends=depends,
            start=Days(start),
            end=Days(start + 10),
            slack=Days(0),
            critical=True,
            delivers=(SHOP,),
            requirements=(RequirementId("R-001"),),
            done_when="its contract tests pass",
        )

    return roadmap.Plan(
        packages=(package(first, "Catalogue: product", 0), package(second, "Sales: order and payment", 10, first)),
        milestones=(roadmap.Milestone(title="First order", day=Days(20), after=(second,), shows="a paid order"),),
        risks=(
            roadmap.Risk(
                id=RiskId("K-01"),
                title="The warehouse file comes late",
                probability=Probability(0.3),
                impact=Usd(4000),
                exposure=Usd(1200),
                mitigation="keep yesterday's stock",
                sign="no file at 04:00",
                elements=(SHOP,),
            ),
        ),
        gates=(
            roadmap.Gate(
                name="Load",
                stage="before release",
                check="p95 of pay order at 29.6/s",
                threshold="800 ms",
                elements=(SHOP,),
            ),
        ),
        rollout=(
            roadmap.RolloutStep(step="one of two instances", go_on_when="no errors in 30 min", roll_back="old image"),
        ),
        roles=(roadmap.Role(name="Backend engineer", people=2.0, days=PersonDays(19), skills=("Python",)),),
        engineers=2,
        effort=PersonDays(19),
        deviation=PersonDays(2.1),
        duration=Days(20),
        months=Months(1.0),
        cost=Usd(10_640),
        deadline=None,
        fits=None,
        deferred=("gift cards",),
        because=BECAUSE,
        findings=(),
    )


def sample_design() -> Design:
    """The whole."""
    return Design(
        generator="archsmith test",
        status=Status.COMPLETE,
        requirements=sample_requirements(),
        derivation=sample_derivation(),
        decisions=sample_decisions(),
        architecture=sample_architecture(),
        report=sample_report(),
        plan=sample_plan(),
    )
