"""Every number of the report, the decisions and the plan as a figure with a name, its arithmetic and its inputs."""

from collections.abc import Iterator, Mapping
from typing import Any

from archsmith.kernel.ids import ElementId
from archsmith.kernel.provenance import Assumed, Derived
from archsmith.model.base import Figure
from archsmith.model.decisions import Dimension
from archsmith.model.design import Design
from archsmith.model.report import CostKind, CostLine
from archsmith.render.argument.rows import named_in

Rows = Mapping[str, Any]


def reported(design: Design, known: Rows) -> Iterator[Figure]:
    """All of them; `known` are the rows of the catalogue by name."""
    names = _names(design)
    yield from _stations(design, names)
    yield from _latencies(design, names, known)
    yield from _availability(design, names, known)
    yield from _recovery(design, names, known)
    yield from _bill(design, names, known)
    yield from _growth(design)
    yield from _sizes(design)
    yield from _objective(design)
    yield from _plan(design, known)


def _figure(ident: str, what: str, value: float, unit: str, formula: str, rule: str, *inputs: str) -> Figure:
    why = Derived(rule=rule, formula=formula, inputs=tuple(dict.fromkeys(i for i in inputs if i)))
    return Figure(id=ident, what=what, value=float(value), unit=unit, formula=formula, why=why)


def _names(design: Design) -> dict[ElementId, str]:
    a, d = design.architecture, design.derivation.domain
    parts: tuple[Any, ...] = (*a.services, *a.stores, *a.edges, *a.utilities, *a.deployments, *d.systems)
    kinds = {id(x): k for k, xs in _kinds(design) for x in xs}
    return {ElementId(f"{kinds[id(x)]}:{x.id}"): x.name for x in parts}


def _kinds(design: Design) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    a = design.architecture
    return (
        ("service", a.services),
        ("store", a.stores),
        ("edge", a.edges),
        ("utility", a.utilities),
        ("deployment", a.deployments),
        ("system", design.derivation.domain.systems),
    )


def cause(design: Design, element: ElementId) -> str:
    """The decision because of which an element is there; of anything else the first one."""
    kind, _, ident = element.partition(":")
    parts = dict(_kinds(design)).get(kind, ())
    because = next((x.because for x in parts if str(x.id) == ident and kind != "system"), ())
    rows = design.decisions.decisions
    return str(because[0]) if because else str(rows[0].id) if rows else ""


def _stations(design: Design, names: dict[ElementId, str]) -> Iterator[Figure]:
    for s in design.report.stations:
        what = f"share of {s.resource} of {names.get(s.element, s.element)} in use at the peak"
        ident = f"station.{s.deployment or s.element}"
        yield _figure(ident, what, s.utilisation, "ratio", s.formula, "evaluate.stations", *s.inputs)
    for c in design.report.ceilings:
        what = f"{c.resource} of {names.get(c.element, c.element)} at the peak"
        yield _figure(f"ceiling.{c.id}", what, c.used, c.unit, c.formula, "evaluate.ceilings", *c.inputs)


def _latencies(design: Design, names: dict[ElementId, str], known: Rows) -> Iterator[Figure]:
    operations = {o.id: o for o in design.derivation.domain.operations}
    for row in design.report.latencies:
        inputs = [name for element in row.path for name in _behind(design, element, known)]
        inputs += [f"{row.operation}.peak"]
        for label, value in (("", row.p95), (".mean", row.mean), (".p50", row.p50), (".p99", row.p99)):
            what = f"{label[1:] or 'p95'} of {operations[row.operation].name}"
            ident = f"latency.{row.operation}{label}"
            yield _figure(ident, what, value, "s", row.formula, "evaluate.latency", *inputs)


def _behind(design: Design, element: ElementId, known: Rows) -> Iterator[str]:
    """What the time at an element of a path comes from: its station, and rows of delays."""
    kind, _, ident = element.partition(":")
    a = design.architecture
    if kind == "edge":
        edge = next((e for e in a.edges if e.id == ident), None)
        yield from (n for n in (f"delays/edge.{edge.kind}" if edge else "",) if n in known)
    elif kind == "system":
        system = next((s for s in design.derivation.domain.systems if s.id == ident), None)
        name = f"thirdparty/{system.kind}" if system else ""
        yield name if name in known else "thirdparty/other"
    else:
        homes = {d.id for d in a.deployments if element in d.runs}
        homes |= {s.deployment for s in a.stores if f"store:{s.id}" == element and s.deployment}
        for s in design.report.stations:
            if s.deployment in homes or s.element == element:
                yield f"station.{s.deployment or s.element}"
        if kind == "store":
            yield "delays/hop.zones" if a.zones > 1 else "delays/hop.zone"


def _availability(design: Design, names: dict[ElementId, str], known: Rows) -> Iterator[Figure]:
    rule = "evaluate.availability"
    for path in design.report.availability:
        ids = []
        for part in path.parts:
            ident = f"availability.{path.slo}.{part.element.partition(':')[2]}"
            ids.append(ident)
            what = f"availability of {names.get(part.element, part.element)}"
            said = f"{part.single:.6g}, {part.needed} of {part.of} needed"
            rows = named_in(part.source, known) or (cause(design, part.element),)
            yield _figure(ident, what, part.result, "probability", f"{said}: {part.source}", rule, *rows)
        what = f"predicted availability ({path.slo})"
        yield _figure(f"availability.{path.slo}", what, path.predicted, "probability", path.formula, rule, *ids)
        for label, value in (("down", path.downtime_month), ("budget", path.error_budget_month)):
            of = f"availability.{path.slo}" if label == "down" else "availability"
            said = "(1 - availability) * 2630000 s"
            what = "time away a month" if label == "down" else "time away allowed a month"
            yield _figure(f"availability.{path.slo}.{label}_month", what, value, "s", said, rule, of)


def _recovery(design: Design, names: dict[ElementId, str], known: Rows) -> Iterator[Figure]:
    backup = next((str(d.id) for d in design.decisions.decisions if d.dimension is Dimension.BACKUP), "")
    for row in design.report.recovery:
        second = design.architecture.second
        region = f"region_modes/{second.role}" if second and row.element.startswith("region:") else ""
        inputs = (region if region in known else "", "" if region else backup or cause(design, row.element))
        for label, value, said in (("rpo", row.rpo, "data lost"), ("rto", row.rto, "time until it is back")):
            what = f"{said} with {names.get(row.element, row.element)}"
            ident = f"recovery.{row.element.partition(':')[2]}.{label}"
            yield _figure(ident, what, value, "s", row.how, "evaluate.recovery", *inputs)


def _bill(design: Design, names: dict[ElementId, str], known: Rows) -> Iterator[Figure]:
    for line in design.report.cost.lines:
        formula = f"{line.quantity:.6g} {line.unit} * {line.unit_price:.6g}"
        inputs = (*named_in(line.source, known), *_quantity(design, line))
        what = f"{names.get(line.element, line.element)}: {line.what}"
        yield _figure(f"bill.{line.id}", what, line.month, "USD per month", formula, "evaluate.cost", *inputs)
    hours = design.report.cost.ops_hours
    people = [f"bill.{x.id}" for x in design.report.cost.lines if x.kind is CostKind.PEOPLE]
    said = " + ".join(f"{x.quantity:.2f}" for x in design.report.cost.lines if x.kind is CostKind.PEOPLE)
    yield _figure("ops_hours", "hours of operations work a month", hours, "h per month", said, "evaluate.cost", *people)


def _quantity(design: Design, line: CostLine) -> tuple[str, ...]:
    """What the quantity of a line comes from: work, machines, what is stored, sent, asked or logged."""
    kind, _, ident = line.element.partition(":")
    if line.kind is CostKind.PEOPLE:
        return ("hourly_rate", "" if "technologies/" in line.source else "team", cause(design, line.element))
    if kind == "deployment" and line.kind is not CostKind.STORAGE:
        return (f"count.{ident}",)
    if line.unit.startswith("GB-month"):
        return (f"size.{ident}" if kind == "store" else cause(design, line.element), "stored_3y")
    if line.fixed or "month" in line.unit or "hour" in line.unit:
        return (cause(design, line.element),)
    if line.kind is CostKind.NETWORK or line.unit == "GB":
        return ("egress", "average")
    return ("average",)


def _growth(design: Design) -> Iterator[Figure]:
    rule, report = "evaluate.growth", design.report
    keys = {(s.element, s.resource): f"station.{s.deployment or s.element}" for s in report.stations}
    keys |= {(c.element, c.resource): f"ceiling.{c.id}" for c in report.ceilings}
    for row in report.growth:
        ident = f"growth.{row.factor:g}x"
        yield from row.changes
        first = keys.get((row.first, row.resource), "peak")
        said = f"{row.factor:g} * what is used today, of {row.resource}"
        yield _figure(f"{ident}.used", f"{row.resource} in use", row.utilisation, "ratio", said, rule, first)
        said = f"{row.factor:g} * {row.peak / row.factor:.6g}"
        yield _figure(f"{ident}.peak", "requests at the peak", row.peak, "rps", said, rule, "peak")
        inputs = (*(c.id for c in row.changes), "cost.total")
        said = f"the bill at {row.factor:g} times the load on the machines of the steps"
        yield _figure(f"{ident}.month", "infrastructure and people", row.month, "USD per month", said, rule, *inputs)
    for n, step in enumerate(report.path, 1):
        full = keys.get((step.element, step.resource), "peak")
        what = f"load from which on {step.resource} is full"
        yield _figure(f"growth.step{n}.at", what, step.at, "ratio", step.formula, rule, full, "headroom")
        said = "machines of the step less those of today, by list price"
        yield _figure(
            f"growth.step{n}.extra",
            step.step,
            step.extra,
            "USD per month",
            said,
            rule,
            f"growth.{step.until:g}x.month",
        )
        yield _figure(
            f"growth.step{n}.days", step.step, step.days, "days", "by kind of step", rule, *_kind_of(step.days)
        )


def _kind_of(days: float) -> tuple[str, ...]:
    kinds = ("resize", "move", "pooler", "setting", "quota")
    return tuple(f"grow.{k}_days" for k in kinds) if days > 0 else ("team",)


def _sizes(design: Design) -> Iterator[Figure]:
    """Machines of each deployment, and what each store holds."""
    a = design.architecture
    sized = {s.subject: s for s in design.decisions.sizings}
    for d in a.deployments:
        found = [sized[e] for e in d.runs if e in sized]
        figures = tuple(dict.fromkeys(f.id for s in found for f in s.figures))
        inputs = (*figures, *(str(i) for i in d.because))
        said = f"{d.count} x {d.instance or d.product}"
        yield _figure(f"count.{d.id}", f"instances of {d.name}", d.count, "instances", said, "decide.sizing", *inputs)
    for s in a.stores:
        of = "blobs_3y" if s.role == "objects" else "stored_3y"
        inputs = (of, *(f"{e}.rows" for e in s.entities), *(f"{e}.row_bytes" for e in s.entities))
        said = f"rows and files of {s.name} at the horizon"
        yield _figure(f"size.{s.id}", f"size of {s.name}", s.size_horizon, "bytes", said, "compose.stores", *inputs)


def _objective(design: Design) -> Iterator[Figure]:
    decided = [str(d.id) for d in design.decisions.decisions]
    inputs: dict[str, tuple[str, ...]] = {
        "infrastructure": ("bill",),
        "operations": ("ops_hours", "hourly_rate"),
        "building": ("build_days", "hourly_rate", "horizon"),
        "outages": ("away", "outage_cost"),
    }
    for term in design.decisions.objective:
        of = inputs.get(term.name, tuple(decided))
        what = f"{term.name}, a month of ownership"
        yield _figure(f"objective.{term.name}", what, term.month, "USD per month", term.formula, "decide.totals", *of)
    total = sum(t.month for t in design.decisions.objective)
    said = " + ".join(f"{t.month:.2f}" for t in design.decisions.objective)
    ids = [f"objective.{t.name}" for t in design.decisions.objective]
    yield _figure("objective", "total cost of ownership", total, "USD per month", said, "decide.totals", *ids)
    days = design.decisions.build_days
    yield _figure(
        "build_days", "work that the choices add", days, "days", "sum over the choices", "decide.totals", *decided
    )


def _plan(design: Design, known: Rows) -> Iterator[Figure]:
    plan = design.plan
    for p in plan.packages:
        e = p.estimate
        formula = f"({e.low:.4g} + 4 * {e.likely:.4g} + {e.high:.4g}) / 6"
        why = Assumed(reason=e.reason, source="effort: our estimates")
        yield Figure(id=f"plan.{p.id}", what=p.title, value=float(e.mean), unit="days", formula=formula, why=why)
    ids = [f"plan.{p.id}" for p in plan.packages]
    said = " + ".join(f"{p.estimate.mean:.4g}" for p in plan.packages)
    yield _figure("plan.effort", "work of the plan", plan.effort, "days", said, "plan", *ids)
    said = f"{plan.effort:.4g} days * 8 h * hourly rate"
    yield _figure("plan.cost", "cost of building", plan.cost, "USD", said, "plan", "plan.effort", "hourly_rate")
    said = f"the longest way through the packages with {plan.engineers} engineers"
    yield _figure("plan.months", "calendar time", plan.months, "months", said, "plan", "plan.effort", "team")
    for r in plan.risks:
        said = f"{r.probability:.4g} * {r.impact:.6g}"
        why = Assumed(reason=f"{r.mitigation}; sign: {r.sign}", source="risks: our estimates")
        yield Figure(id=f"risk.{r.id}", what=r.title, value=float(r.exposure), unit="USD", formula=said, why=why)
