"""Gates: checks that stop a change. Every threshold comes from the model of this design."""

from collections.abc import Iterator

from archsmith.kernel.ids import element
from archsmith.kernel.phrases import amount, counted, duration, listed, money, number, percent
from archsmith.model.architecture import Mode
from archsmith.model.contracts import Body
from archsmith.model.plan import Gate
from archsmith.plan.context import Context

COMMIT, BUILD, STAGING, RELEASE, MONTH = "each commit", "each build", "staging", "each release", "each month"


def gates(context: Context) -> tuple[Gate, ...]:
    """The gates from commit to production, in the order a change meets them."""
    return tuple(_gates(context))


def _gates(context: Context) -> Iterator[Gate]:
    yield from _contract(context)
    yield from _rights(context)
    yield from _schema(context)
    yield from _repeats(context)
    yield from _speed(context)
    yield from _loss(context)
    yield from _outside(context)
    yield from _budget(context)
    yield from _retention(context)
    yield from _restore(context)
    yield from _bill(context)


def _contract(context: Context) -> Iterator[Gate]:
    endpoints = context.architecture.endpoints
    if endpoints:
        names = listed((f"{e.method} {e.path}" for e in endpoints), 3)
        yield Gate(
            name="contract",
            stage=COMMIT,
            check=f"the examples of {counted(len(endpoints), 'operation')} ({names}) fit their schemas, both ways",
            threshold="0 differences, 0 breaking changes against the released contract",
            elements=tuple(dict.fromkeys(element("service", e.service) for e in endpoints)),
        )


def _rights(context: Context) -> Iterator[Gate]:
    rules = context.architecture.policies.ownership
    if rules:
        names = listed((context.entities[r.entity].name for r in rules if r.entity in context.entities), 4)
        reached = [e for e in context.architecture.endpoints if any(e.entity == r.entity for r in rules)]
        yield Gate(
            name="rights",
            stage=COMMIT,
            check=f"a second caller asks for the first one's {names} through {counted(len(reached), 'operation')}",
            threshold=f"{len(reached)} of {len(reached)} refused",
            elements=tuple(element("entity", r.entity) for r in rules),
            requirements=tuple(dict.fromkeys(x for r in rules for x in r.requirements)),
        )


def _schema(context: Context) -> Iterator[Gate]:
    tables = [t for t in context.architecture.tables if t.entity in context.entities]
    if tables:
        rows = {t.name: context.entities[t.entity].rows.value for t in tables if t.entity is not None}
        biggest = max(tables, key=lambda t: rows[t.name])
        yield Gate(
            name="migration",
            stage=BUILD,
            check=f"each migration runs forwards and backwards on {counted(len(tables), 'table')}, {biggest.name} with "
            f"{number(rows[biggest.name])} rows",
            threshold=f"no lock on {biggest.name} longer than 1 s; the release before still works",
            elements=tuple(dict.fromkeys(element("store", t.store) for t in tables)),
        )


def _repeats(context: Context) -> Iterator[Gate]:
    keyed = [e for e in context.architecture.endpoints if e.idempotency_key and e.request is not Body.NONE]
    if keyed:
        names = [context.operations[e.operation].name for e in keyed]
        yield Gate(
            name="repeats",
            stage=BUILD,
            check=f"{listed(names, 4)} sent twice at once with one Idempotency-Key",
            threshold="one row, two equal answers",
            elements=tuple(element("operation", e.operation) for e in keyed),
        )


def _speed(context: Context) -> Iterator[Gate]:
    timed = [context.latencies[o.id] for o in context.key_operations if o.id in context.latencies]
    if not timed:
        return
    peak = context.test_rate
    said = listed(
        (f"{context.operations[x.operation].name} {duration(x.p95)} of {duration(x.target_p95)}" for x in timed), 3
    )
    limits = listed((f"{context.operations[x.operation].name} {duration(x.target_p95)}" for x in timed), 5)
    first = context.report.stations[0] if context.report.stations else None
    busy = (
        f"; {context.name(first.element)} below {(1 - context.targets.headroom.value) * 100:.0f}% busy (predicted "
        f"{first.utilisation * 100:.0f}%)"
        if first
        else ""
    )
    yield Gate(
        name="load",
        stage=STAGING,
        check=f"{number(peak)} requests/s in the mix of the workload for 10 min; predicted p95: {said}",
        threshold=f"p95 at most {limits}{busy}",
        elements=tuple(element("operation", x.operation) for x in timed),
        requirements=tuple(dict.fromkeys(r for x in timed for r in context.operations[x.operation].requirements)),
    )


def _loss(context: Context) -> Iterator[Gate]:
    twice = [
        d for d in context.architecture.deployments if d.count > 1 and any(e.startswith("service:") for e in d.runs)
    ]
    for path in context.report.availability[:1]:
        for deployment in twice[:1]:
            yield Gate(
                name="loss of an instance",
                stage=STAGING,
                check=f"one of {deployment.count} x {deployment.name} is stopped during the load test",
                threshold=f"at most {percent(1 - path.target)} of requests fail in the 10 min around it",
                elements=(element("deployment", deployment.id),),
            )


def _outside(context: Context) -> Iterator[Gate]:
    guarded = [f for f in context.architecture.flows if f.target.startswith("system:") and f.timeout is not None]
    waits = sorted((f for f in guarded if f.breaker is not None or f.fallback), key=lambda f: f.mode is not Mode.SYNC)
    first = {f.target: f for f in reversed(waits)}
    for flow in [f for f in waits if first[f.target] is f][:3]:
        limit = duration(flow.timeout) if flow.timeout is not None else ""
        name = context.name(flow.target)
        yield Gate(
            name=f"{name} away",
            stage=STAGING,
            check=f"{name} takes 60 s to answer",
            threshold=f"callers get their answer within {limit}: {flow.fallback or 'breaker open'}",
            elements=(flow.target, flow.source),
        )


def _budget(context: Context) -> Iterator[Gate]:
    for path in context.report.availability[:2]:
        slo = next((s for s in context.architecture.slos if s.id == path.slo), None)
        if slo is not None:
            yield Gate(
                name=f"error budget of {context.name(slo.subject)}",
                stage=RELEASE,
                check=f"what is left of {duration(path.error_budget_month)} a month ({percent(path.target)})",
                threshold=f"below {duration(path.error_budget_month * 0.1)} only fixes go out",
                elements=(slo.subject,),
                requirements=slo.requirements,
            )


def _retention(context: Context) -> Iterator[Gate]:
    rules = [r for r in context.architecture.policies.retention if r.entity in context.entities]
    if rules:
        said = listed((f"{context.entities[r.entity].name} {amount(r.keep, 'month')}" for r in rules), 4)
        yield Gate(
            name="retention",
            stage=MONTH,
            check=f"rows older than their rule: {said}",
            threshold="0 rows more than 2 d over their time",
            elements=tuple(element("entity", r.entity) for r in rules),
            requirements=tuple(dict.fromkeys(x for r in rules for x in r.requirements)),
        )


def _restore(context: Context) -> Iterator[Gate]:
    for store in context.kept:
        if store.backup is not None and "object_store" not in store.kinds:
            yield Gate(
                name=f"restore of {store.name}",
                stage="twice a year",
                check=f"{store.name} from its backup into an empty place (computed: {duration(store.backup.rto)})",
                threshold=f"back within {duration(context.targets.rto.value)}, at most "
                f"{duration(context.targets.rpo.value)} lost",
                elements=(element("store", store.id),),
            )


def _bill(context: Context) -> Iterator[Gate]:
    cost = context.report.cost
    limit = cost.budget if cost.budget is not None else cost.infrastructure * 1.25
    why = "the budget" if cost.budget is not None else "the estimate and a quarter"
    yield Gate(
        name="bill",
        stage=MONTH,
        check=f"the forecast of the bill, estimated at {money(cost.infrastructure)}",
        threshold=f"at most {money(limit)} a month, {why}",
        elements=tuple(dict.fromkeys(x.element for x in sorted(cost.lines, key=lambda x: -x.month)[:3])),
    )
