"""Predicates on what exhausts or stops the system."""

from collections.abc import Iterator

from archsmith.evaluate.threats.hit import Hit, service_of_all
from archsmith.evaluate.view import View
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import counted, duration, listed, number, percent
from archsmith.model.architecture import Mode, Topology
from archsmith.model.contracts import Body
from archsmith.model.decisions import StoreRole


def flooding(view: View) -> Iterator[Hit]:
    """What the internet reaches."""
    limits = view.architecture.policies.rate_limits
    edges = [e for e in view.architecture.edges if e.kind in ("waf", "cdn", "api_gateway", "load_balancer")]
    where = element("edge", edges[0].id) if edges else service_of_all(view, view.service_of)
    if all(a.internal for a in view.domain.actors):
        return
    peak = number(view.workload.peak.value)
    said = listed((f"{r.limit} in {duration(r.window)}" for r in limits), 2)
    guards = [e.name for e in edges if e.kind in ("waf", "cdn")]
    yield Hit(
        where,
        f"capacity is bought for {peak} requests/s",
        f"one caller may make {said}{', behind ' + listed(guards) if guards else ''}" if limits else "no limit is set",
        tuple(dict.fromkeys([*(r.applies_to for r in limits), *(element("edge", e.id) for e in edges)]))
        if limits
        else (),
        (3 if guards else 2) if limits else 0,
    )


def endless_lists(view: View) -> Iterator[Hit]:
    """Operations that return pages."""
    pages = [x for x in view.architecture.endpoints if x.response is Body.PAGE]
    bare = [x for x in pages if not any(p.name == "limit" and p.maximum for p in x.parameters)]
    if pages:
        where = service_of_all(view, (x.operation for x in pages))
        biggest = max((view.entities[x.entity] for x in pages), key=lambda e: e.rows.value)
        caps = sorted({p.maximum for x in pages for p in x.parameters if p.name == "limit" and p.maximum})
        yield Hit(
            where,
            f"{counted(len(pages), 'operation')} for lists, of {biggest.name} up to {number(biggest.rows.value)}",
            f"no limit on {listed(x.summary for x in bare)}"
            if bare
            else f"pages by cursor with at most {listed(str(c) for c in caps)} rows",
            () if bare else (where,),
            0 if bare else 2,
        )


def slow_dependency(view: View) -> Iterator[Hit]:
    """Outside systems that callers wait for."""
    for flow in view.architecture.flows:
        if flow.mode is Mode.SYNC and flow.target.startswith("system:"):
            guarded = flow.timeout is not None and (flow.breaker is not None or bool(flow.fallback))
            half = flow.timeout is not None
            how = f"timeout of {duration(flow.timeout)}" if flow.timeout else "no timeout"
            more = f", breaker; meanwhile {flow.fallback}" if guarded and flow.fallback else ", breaker"
            yield Hit(
                flow.target,
                f"{view.name(flow.source)} waits for {view.name(flow.target)}",
                how + (more if guarded else ""),
                (flow.source,) if half else (),
                2 if guarded else 1 if half else 0,
            )


def retry_storm(view: View) -> Iterator[Hit]:
    """Calls that are repeated."""
    rows = [f for f in view.architecture.flows if f.mode is Mode.SYNC and f.retry and f.retry.attempts > 1]
    if rows:
        most = max(rows, key=lambda f: f.retry.attempts if f.retry else 0)
        guarded = all(f.breaker for f in rows)
        attempts = most.retry.attempts if most.retry else 1
        yield Hit(
            most.source,
            f"{view.name(most.source)} tries {view.name(most.target)} up to {attempts} times",
            f"full jitter between tries{', breaker' if guarded else ''}; no other layer repeats",
            (most.source,),
            2 if guarded else 1,
        )


def poison(view: View) -> Iterator[Hit]:
    """Queues."""
    brokers = [s for s in view.architecture.stores if s.role is StoreRole.BROKER]
    for store in brokers:
        ident = element("store", store.id)
        reads = [f for f in view.flows_from.get(ident, ()) if f.mode is Mode.ASYNC]
        tries = max((f.retry.attempts for f in reads if f.retry), default=0)
        yield Hit(
            ident,
            f"{store.name} carries {listed((f.label for f in reads), 3)}"
            if reads
            else f"{store.name} carries the jobs",
            f"after {tries} tries a message is set aside and an alert is sent" if tries else "no limit on tries is set",
            (ident,) if tries else (),
            2 if tries else 0,
        )


def hot_keys(view: View) -> Iterator[Hit]:
    """Caches."""
    for store in view.architecture.stores:
        if store.role is StoreRole.CACHE:
            ident = element("store", store.id)
            yield Hit(
                ident,
                f"{store.name} answers {number(store.reads_peak)} reads/s at the peak",
                "one caller recomputes a key, the others wait for it; lifetimes vary by a tenth",
                (ident,),
                1,
            )


def paid_calls(view: View) -> Iterator[Hit]:
    """Outside services that are paid by the call."""
    for system in view.domain.systems:
        if system.kind in ("sms", "mail", "maps"):
            ident = element("system", system.id)
            limits = tuple(r.applies_to for r in view.architecture.policies.rate_limits)
            flows = view.flows_into.get(ident, ())
            rate = sum(f.average for f in flows)
            yield Hit(
                ident,
                f"{system.name} is called {number(rate * 86_400)} times a day",
                "the rate limit of the calling operations; a daily cap at twice that number" if limits else "no cap",
                limits,
                1 if limits else 0,
            )


def loud_tenant(view: View) -> Iterator[Hit]:
    """Tenants on one store."""
    if not view.domain.multi_tenant.value or not view.truth_stores:
        return
    limits = tuple(r.applies_to for r in view.architecture.policies.rate_limits)
    store = view.truth_stores[0]
    yield Hit(
        element("store", store.id),
        f"all tenants share {store.name}",
        "a rate limit for each tenant" if limits else "no limit for a tenant",
        limits,
        1 if limits else 0,
    )


def lonely(view: View) -> Iterator[Hit]:
    """What runs once only."""
    aim = percent(view.targets.availability.value)
    for deployment in view.architecture.deployments:
        stateful = [s for s in view.architecture.stores if element("store", s.id) in deployment.runs]
        single = all(s.topology is Topology.SINGLE for s in stateful) if stateful else True
        edges_only = all(e.startswith("edge:") for e in deployment.runs)
        if deployment.count == 1 and single and deployment.instance and not edges_only:
            backed = [s for s in stateful if s.backup]
            yield Hit(
                element("deployment", deployment.id),
                f"{deployment.name} runs once, for a target of {aim}",
                f"restored from backup within {duration(max(s.backup.rto for s in backed if s.backup))}"
                if backed
                else "started anew from its image",
                (element("deployment", deployment.id),),
                1,
            )
