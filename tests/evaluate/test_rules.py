"""Every rule fires where it should, and stays silent on the nearest design where it should not."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from tests.evaluate.designs import Case, no_retention, shop

from archsmith.evaluate.rules import RULES, judge
from archsmith.kernel.findings import Severity
from archsmith.kernel.ids import ElementId, FlowId, RequirementId, ServiceId, TechId
from archsmith.kernel.provenance import Span, Stated
from archsmith.kernel.units import UsdPerMonth
from archsmith.model.architecture import Deployment, Flow, Mode, Topology
from archsmith.model.decisions import ObjectiveTerm, Wished
from archsmith.model.requirements import Priority, Requirement, RequirementClass, Stance

Make = Callable[[], Case]


def machines(case: Case, service: str = "service:shop", **changes: object) -> Case:
    """With other machines under a service."""

    def changed(d: Deployment) -> Deployment:
        return replace(d, **changes) if service in d.runs else d

    return case.design(deployments=tuple(changed(d) for d in case.architecture.deployments))


def flows(case: Case, target: str, **changes: object) -> Case:
    """With other flows into a target."""
    rows = tuple(replace(f, **changes) if f.target == target else f for f in case.architecture.flows)
    return case.design(flows=rows)


def chain(case: Case, length: int) -> Case:
    """With `length` synchronous calls in a row between copies of the service."""
    first = case.architecture.services[0]
    services = tuple(
        replace(first, id=ServiceId(f"s{i}"), name=f"S{i}", operations=first.operations if i == 0 else (), entities=())
        for i in range(length + 1)
    )
    base = case.architecture.flows[0]
    calls: tuple[Flow, ...] = tuple(
        replace(
            base,
            id=FlowId(f"f{i}"),
            source=ElementId(f"service:s{i}"),
            target=ElementId(f"service:s{i + 1}"),
            mode=Mode.SYNC,
            operations=(),
        )
        for i in range(length)
    )
    return case.design(services=services, flows=calls)


def peopled(case: Case, users: float) -> Case:
    """With so many users, of whom half a dozen are there at once."""
    load = case.derivation.workload
    changed = replace(load, users=replace(load.users, value=users), concurrent=replace(load.concurrent, value=6.0))
    return Case(case.requirements, replace(case.derivation, workload=changed), case.decisions, case.architecture)


def budget(case: Case, dollars: float) -> Case:
    """With a budget."""
    return case.aims(budget=dollars)


def patient(case: Case, seconds: float) -> Case:
    """With this target of response time for every operation."""
    rows = tuple(
        replace(o, latency_p95=replace(o.latency_p95, value=seconds)) for o in case.derivation.domain.operations
    )
    return case.domain(operations=rows)


def no_audit(case: Case, classes: str) -> Case:
    """A health system of the shop, or the shop as it is."""
    entities = tuple(replace(e, data_class=classes) for e in case.derivation.domain.entities)
    return case.domain(entities=entities)


def exposed(case: Case, second_factor: bool) -> Case:
    """With staff who sign in by one factor or by two, on clear lines or encrypted ones."""
    policies = case.architecture.policies
    rows = tuple(replace(a, second_factor=second_factor) for a in policies.authentication)
    clear = tuple(replace(f, encrypted=second_factor) for f in case.architecture.flows)
    limits = policies.rate_limits if second_factor else ()
    return case.design(flows=clear, policies=replace(policies, authentication=rows, rate_limits=limits))


def alone(case: Case) -> Case:
    """With a main database that has no standby."""
    stores = tuple(
        replace(s, topology=Topology.SINGLE, nodes=1) if s.id == "main" else s for s in case.architecture.stores
    )
    return case.design(stores=stores)


def wishing(case: Case, stance: Stance) -> Case:
    """With a technology that is named and not used."""
    why = case.derivation.targets.availability.why
    row = Wished(name="Kafka", tech=TechId("kafka"), stance=stance, obeyed=False, fact="Kafka is not used", why=why)
    return Case(case.requirements, case.derivation, replace(case.decisions, wishes=(row,)), case.architecture)


def saying(case: Case, words: str) -> Case:
    """With one requirement, that nothing was made of, or with none."""
    span = Span(file="brief.md", line=900, column=1, end_line=900, end_column=1 + len(words), quote=words)
    said = Requirement(
        id=RequirementId("R-900"),
        kind=RequirementClass.FUNCTIONAL,
        priority=Priority.MUST,
        statement=words,
        why=Stated(at=span),
    )
    needs = replace(case.requirements, requirements=(said,) if words else ())
    return Case(needs, case.derivation, case.decisions, case.architecture)


def functions(case: Case, payload: float) -> Case:
    """With the service as functions, and requests of this size."""
    made = machines(case, platform="lambda", product="AWS Lambda")
    rows = tuple(
        replace(o, request_bytes=replace(o.request_bytes, value=payload)) for o in made.derivation.domain.operations
    )
    return made.domain(operations=rows)


CASES: dict[str, tuple[Make, Make]] = {
    "AVL001": (lambda: machines(shop(), count=1, zones=1), shop),
    "AVL002": (
        lambda: machines(shop(), count=1, zones=1),
        lambda: machines(shop().aims(availability=0.99), count=2, zones=2),
    ),
    "AVL003": (lambda: chain(shop(), 3), lambda: chain(shop(), 2)),
    "AVL004": (
        lambda: flows(shop(), "system:payment-provider", breaker=None, fallback="", mode=Mode.SYNC),
        lambda: flows(shop(), "system:payment-provider", breaker=None, fallback="stays pending", mode=Mode.SYNC),
    ),
    "CAP001": (lambda: shop().faster(8), lambda: shop().faster(6)),
    "CAP002": (lambda: shop().faster(6), lambda: shop().faster(4)),
    "CAP003": (lambda: shop().faster(4), lambda: shop().faster(2)),
    "CAP004": (lambda: peopled(shop(), 2.0), lambda: peopled(shop(), 50_000.0)),
    "CMP001": (lambda: no_retention(shop(), True), lambda: no_retention(shop(), False)),
    "CMP002": (lambda: shop().under("Texas HB 300"), lambda: shop().under("HIPAA")),
    "CST001": (lambda: budget(shop(), 100.0), lambda: budget(shop(), 200.0)),
    "GRW001": (lambda: machines(shop().faster(400), count=90), shop),
    "LAT001": (lambda: patient(shop(), 0.08), lambda: patient(shop(), 2.0)),
    "LIM001": (lambda: functions(shop(), 8e6), lambda: functions(shop(), 5e6)),
    "PRV001": (lambda: no_retention(shop(), True), lambda: no_retention(shop(), False)),
    "REC001": (lambda: alone(shop()).aims(rpo=60.0), lambda: alone(shop()).aims(rpo=300.0)),
    "REQ001": (lambda: saying(shop(), "A host sees who comes today"), lambda: saying(shop(), "")),
    "SEC001": (lambda: exposed(shop(), False), lambda: exposed(shop(), True)),
    "TEC001": (lambda: wishing(shop(), Stance.MUST_USE), lambda: wishing(shop(), Stance.PREFER)),
}


def test_registry() -> None:
    ids = [r.id for r in RULES]
    assert ids == sorted(set(ids))
    assert ids == list(CASES), "each rule has a design that it fires on and one that it leaves alone"
    for rule in RULES:
        parts = rule.documentation
        assert all(len(parts[name]) > 30 for name in ("what", "why", "fix")), rule.id
        assert rule.title


@pytest.mark.parametrize("ident", list(CASES))
def test_fires_and_stays_silent(ident: str) -> None:
    rule = next(r for r in RULES if r.id == ident)
    loud, quiet = CASES[ident]
    found = [f for f, _ in rule.run(loud().evaluated())]
    assert found, f"{ident} should fire"
    assert all(f.id == ident and f.fact and f.fix and f.place for f in found)
    assert not [f for f, _ in rule.run(quiet().evaluated())], f"{ident} should stay silent"


@pytest.mark.parametrize(("month", "told"), [(60.0, True), (40.0, False), (None, False)])
def test_the_price_of_a_demand_is_told_from_a_twentieth_of_the_whole_on(month: float | None, told: bool) -> None:
    case = wishing(shop(), Stance.MUST_USE)
    terms = (ObjectiveTerm(name="infrastructure", month=UsdPerMonth(1000.0), formula="1000"),)
    price = None if month is None else UsdPerMonth(month)
    rows = tuple(replace(w, obeyed=True, month=price) for w in case.decisions.wishes)
    decisions = replace(case.decisions, wishes=rows, objective=terms)
    rule = next(r for r in RULES if r.id == "TEC001")
    found = [f for f, _ in rule.run(Case(case.requirements, case.derivation, decisions, case.architecture).evaluated())]
    assert [f.severity for f in found] == ([Severity.NOTE] if told else [])


def test_cuts_ask_for_what_helps() -> None:
    findings, cuts = judge(shop().faster(20).evaluated())
    assert findings[0].severity is Severity.DANGER
    cut = next(c for c in cuts if c.subject == "service:shop")
    assert cut.kind == "at_least"
    assert int(cut.value) >= 6
    assert "busy" in cut.reason


def test_findings_are_sorted_worst_first() -> None:
    findings, _ = judge(machines(shop(), count=1, zones=1).faster(20).evaluated())
    order = [Severity.BLOCKER, Severity.DANGER, Severity.WARNING, Severity.NOTE]
    ranks = [order.index(f.severity) for f in findings]
    assert ranks == sorted(ranks)
