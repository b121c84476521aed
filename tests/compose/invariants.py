"""What must be true of every architecture, whatever the domain: ids resolve, names are unique, all is covered."""

import re
from collections import Counter
from collections.abc import Iterable

from archsmith.compose.actors import has_endpoint
from archsmith.compose.context import Context
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.naming import Naming
from archsmith.model.architecture import Architecture, Mode, Topology
from archsmith.model.contracts import Act, Body
from archsmith.model.decisions import Decisions
from archsmith.model.domain import AttributeType, Derivation
from archsmith.model.requirements import OperationKind, Requirements

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,62}")
_SEGMENT = re.compile(r"[a-z][a-z0-9-]*|\{[a-z][a-z0-9_]*\}")


def broken(
    requirements: Requirements, derivation: Derivation, decisions: Decisions, architecture: Architecture
) -> list[str]:
    """Everything that does not hold, in words; empty for a sound architecture."""
    ctx = Context(requirements, derivation, decisions, Catalogue())
    return [
        *_references(ctx, architecture),
        *_because(ctx, architecture),
        *_coverage(ctx, architecture),
        *_flows(ctx, architecture),
        *_endpoints(ctx, architecture),
        *_tables(ctx, architecture),
        *_words(architecture),
    ]


def elements_of(ctx: Context, a: Architecture) -> set[str]:
    """All elements that may be named."""
    return {
        *(f"actor:{x.id}" for x in ctx.domain.actors),
        *(f"system:{x.id}" for x in ctx.domain.systems),
        *(f"entity:{x.id}" for x in ctx.domain.entities),
        *(f"operation:{x.id}" for x in ctx.domain.operations),
        *(f"service:{x.id}" for x in a.services),
        *(f"store:{x.id}" for x in a.stores),
        *(f"edge:{x.id}" for x in a.edges),
        *(f"utility:{x.id}" for x in a.utilities),
        *(f"deployment:{x.id}" for x in a.deployments),
    }


def _doubles(what: str, names: Iterable[object]) -> list[str]:
    return [f"{what} {name} stands {n} times" for name, n in Counter(names).items() if n > 1]


def _unknown(where: str, used: Iterable[object], known: Iterable[object]) -> list[str]:
    missing = {str(u) for u in used if u is not None and u != ""} - {str(k) for k in known}
    return [f"{where} names {name}, which does not exist" for name in sorted(missing)]


def _references(ctx: Context, a: Architecture) -> list[str]:
    elements = elements_of(ctx, a)
    entities, operations, actors = set(ctx.entities), set(ctx.operations), set(ctx.actors)
    events = {e.id for e in ctx.domain.events}
    services, stores = {s.id for s in a.services}, {s.id for s in a.stores}
    deployments, scopes = {d.id for d in a.deployments}, {s.id for s in a.policies.scopes}
    limits = {limit.id for limit in a.policies.rate_limits}
    said = {r.id for r in ctx.requirements.requirements}
    found: list[str] = []
    for kind, items in (
        ("service", a.services), ("store", a.stores), ("edge", a.edges), ("utility", a.utilities),
        ("deployment", a.deployments), ("flow", a.flows), ("slo", a.slos), ("scope", a.policies.scopes),
        ("limit", a.policies.rate_limits),
    ):  # fmt: skip
        found += _doubles(kind, (x.id for x in items))
    for s in a.services:
        found += _unknown(f"service {s.id}", s.entities, entities) + _unknown(
            f"service {s.id}", s.operations, operations
        )
        found += _unknown(f"service {s.id}", (*s.publishes, *s.consumes), events)
        found += _unknown(f"service {s.id}", (s.deployment,), deployments)
    for store in a.stores:
        found += _unknown(f"store {store.id}", store.entities, entities)
        found += _unknown(f"store {store.id}", (store.owner,), services)
        found += _unknown(f"store {store.id}", (store.host,), stores)
        found += _unknown(f"store {store.id}", (store.deployment,), deployments)
        if (store.deployment is None) and store.topology not in (Topology.EMBEDDED, Topology.PROVIDER):
            found.append(f"store {store.id} runs nowhere")
    for edge in a.edges:
        found += _unknown(f"edge {edge.id}", (edge.host, *edge.serves), elements)
        found += _unknown(f"edge {edge.id}", (edge.deployment,), deployments)
    for utility in a.utilities:
        found += _unknown(f"utility {utility.id}", (utility.host,), elements)
        found += _unknown(f"utility {utility.id}", (utility.system,), ctx.systems)
    for d in a.deployments:
        found += _unknown(f"deployment {d.id}", d.runs, elements)
        found += [] if d.runs else [f"deployment {d.id} runs nothing"]
    for slo in a.slos:
        found += _unknown(f"slo {slo.id}", (slo.subject,), elements) + _unknown(f"slo {slo.id}", slo.requirements, said)
    p = a.policies
    for scope in p.scopes:
        found += _unknown(f"scope {scope.id}", scope.operations, operations) + _unknown("scope", scope.actors, actors)
    found += _unknown("authentication", (x.actor for x in p.authentication), actors)
    found += _unknown("ownership", (x.entity for x in p.ownership), entities)
    found += _unknown("ownership", (x.actor for x in p.ownership), actors)
    found += _unknown("retention", (x.entity for x in p.retention), entities)
    found += _unknown("limits", (x.applies_to for x in p.rate_limits), elements)
    found += _unknown("encryption", (x.subject for x in p.encryption), elements)
    for e in a.endpoints:
        found += _unknown(f"endpoint {e.path}", (e.operation, *e.also), operations)
        found += _unknown(f"endpoint {e.path}", (e.service,), services) + _unknown("endpoint", (e.entity,), entities)
        found += _unknown(f"endpoint {e.path}", e.scopes, scopes) + _unknown("endpoint", (e.rate_limit,), limits)
    for c in a.event_contracts:
        found += _unknown("event contract", (c.event,), events)
    return found


def _because(ctx: Context, a: Architecture) -> list[str]:
    known = {d.id for d in ctx.decisions.decisions}
    found: list[str] = []
    groups = (
        a.services, a.stores, a.edges, a.utilities, a.deployments, a.flows, a.slos, a.endpoints, a.tables,
        a.event_contracts, (a.policies,),
    )  # fmt: skip
    for group in groups:
        for item in group:
            because = item.because
            label = f"{type(item).__name__} {getattr(item, 'id', '')}"
            found += _unknown(label, because, known) + ([] if because else [f"{label} has no reason"])
    return found


def _coverage(ctx: Context, a: Architecture) -> list[str]:
    found: list[str] = []
    owned = Counter(o for s in a.services for o in s.operations)
    found += [f"operation {o} has {owned[o]} owners" for o in ctx.operations if owned[o] != 1]
    kept = Counter(e for s in a.services for e in s.entities)
    found += [f"entity {e} has {kept[e]} owners" for e in ctx.entities if kept[e] != 1]
    tabled = {t.entity for t in a.tables}
    stored = {e for s in a.stores for e in s.entities}
    found += [f"entity {e} lies nowhere" for e in ctx.entities if e not in tabled and e not in stored]
    served = Counter(o for e in a.endpoints if not e.companion for o in (e.operation, *e.also))
    called = {o for e in a.endpoints for o in (e.operation, *e.also)}
    for operation in ctx.domain.operations:
        if has_endpoint(ctx, operation) and operation.id not in called:
            found.append(f"operation {operation.id} can't be called")
        if operation.kind is OperationKind.BATCH and operation.every is not None and operation.id in called:
            found.append(f"timed operation {operation.id} has an endpoint")
    found += [f"operation {o} has {n} endpoints" for o, n in served.items() if n > 1]
    runs = Counter(r for d in a.deployments for r in d.runs)
    found += [f"{r} runs in {n} deployments" for r, n in runs.items() if n > 1]
    return found


def _flows(ctx: Context, a: Architecture) -> list[str]:
    elements, known = elements_of(ctx, a), set(ctx.operations)
    found: list[str] = []
    for f in a.flows:
        found += _unknown(f"flow {f.id}", (f.source, f.target), elements) + _unknown("flow", f.operations, known)
        found += [] if f.fallback else [f"flow {f.id} has no fallback"]
        if f.retry and not f.idempotent:
            found.append(f"flow {f.id} repeats what is not idempotent")
        if f.mode is Mode.SYNC and f.target.startswith("system:") and not (f.timeout and f.breaker):
            found.append(f"flow {f.id} waits for a stranger without a timeout and a breaker")
        if f.peak + 1e-12 < f.average:
            found.append(f"flow {f.id} has a peak below its average")
        if f.crosses_boundary and not f.encrypted:
            found.append(f"flow {f.id} crosses a boundary in the clear")
    waits = [f.timeout for f in a.flows if f.source.startswith("actor:") and f.timeout]
    for f in a.flows:
        asked = any(has_endpoint(ctx, ctx.operations[o]) for o in f.operations)
        if asked and f.mode is Mode.SYNC and f.source.startswith("service:") and f.timeout and waits:
            attempts = f.retry.attempts if f.retry else 1
            if f.timeout * attempts > max(waits):
                found.append(f"flow {f.id} may take longer than any caller waits")
    reached = {f.target for f in a.flows} | {f.source for f in a.flows}
    busy = {f"service:{s.id}" for s in a.services if s.operations}
    return found + [f"{s} has no flow" for s in sorted(busy - reached)]


def _endpoints(ctx: Context, a: Architecture) -> list[str]:
    locks = {s.entity: s.lock for s in a.shapes}
    found = _doubles("endpoint", ((e.method, re.sub(r"{\w+}", "{}", e.path)) for e in a.endpoints))
    found += _doubles("operationId", (e.operation_id for e in a.endpoints))
    for e in a.endpoints:
        named = re.findall(r"{(\w+)}", e.path)
        placed = [p.name for p in e.parameters if p.place == "path"]
        if sorted(named) != sorted(placed) or len(set(named)) != len(named):
            found.append(f"endpoint {e.path} has path parameters {placed}")
        if not all(_SEGMENT.fullmatch(part) for part in e.path[1:].split("/")):
            found.append(f"endpoint {e.path} has an unsafe path")
        if not _IDENTIFIER.fullmatch(e.operation_id):
            found.append(f"operationId {e.operation_id} is unsafe")
        found += _doubles(f"parameter of {e.path}", (p.name for p in e.parameters))
        found += [f"parameter {p.name} is unsafe" for p in e.parameters if not _IDENTIFIER.fullmatch(p.name)]
        if not {429, 500, 503} <= set(e.problems):
            found.append(f"endpoint {e.path} does not say 429, 500 or 503")
        if e.scopes and not {401, 403} <= set(e.problems):
            found.append(f"endpoint {e.path} is closed without saying so")
        if e.method == "GET" and (e.idempotency_key or e.request is not Body.NONE):
            found.append(f"endpoint {e.path} is a GET that changes something")
        if e.act in (Act.UPDATE, Act.DELETE) and locks[e.entity] and not e.etag:
            found.append(f"endpoint {e.path} overwrites blindly")
    return found


def _tables(ctx: Context, a: Architecture) -> list[str]:
    naming = Naming(Catalogue())
    tables = {(t.store, t.name): t for t in a.tables}
    found = _doubles("table", ((t.store, t.name) for t in a.tables))
    found += _doubles("index", ((t.store, i.name) for t in a.tables for i in t.indexes))
    found += _doubles("foreign key", ((t.store, t.name, k.name) for t in a.tables for k in t.foreign_keys))
    for t in a.tables:
        columns = {c.name: c for c in t.columns}
        found += _doubles(f"column of {t.name}", (c.name for c in t.columns))
        names = [t.name, *columns, *(i.name for i in t.indexes), *(k.name for k in t.foreign_keys)]
        found += [f"name {n} is unsafe" for n in names if not _IDENTIFIER.fullmatch(n)]
        found += [f"name {n} is reserved" for n in (t.name, *columns) if naming.has("sql_reserved", n)]
        found += _unknown(f"table {t.name}", t.primary_key, columns)
        found += _unknown(f"table {t.name}", (c for u in t.uniques for c in u), columns)
        found += _unknown(f"table {t.name}", (c for i in t.indexes for c in i.columns), columns)
        found += _doubles(f"index of {t.name}", (i.columns for i in t.indexes if not i.unique))
        keys = [t.primary_key, *t.uniques, *(i.columns for i in t.indexes)]
        found += [
            f"index {i.name} of {t.name} is the beginning of another"
            for i in t.indexes
            if not i.unique and any(i.columns == k[: len(i.columns)] for k in keys if k is not i.columns)
        ]
        served = {q.index for q in t.queries}
        found += [f"index {i.name} serves no query" for i in t.indexes if not i.unique and i.name not in served]
        ranges = [c for o in t.overlaps for c in (*o.keys, o.starts, o.ends)]
        asked = [c for q in t.queries for c in (*q.order, q.span, *(() if q.through else q.equal))]
        found += _unknown(f"table {t.name}", [*ranges, *asked], columns)
        found += _unknown(f"index of {t.name}", (o for i in t.indexes for o in i.operations), ctx.operations)
        found += _unknown(f"table {t.name}", (t.tenant_column, t.partition_by), columns)
        if t.partition_by and t.partition_by not in t.primary_key:
            found.append(f"table {t.name} is cut by a column outside its key")
        for k in t.foreign_keys:
            target = tables.get((t.store, k.target))
            if target is None:
                found.append(f"foreign key {k.name} points at {k.target}, which is not in {t.store}")
            elif k.target_columns not in (target.primary_key, *target.uniques):
                found.append(f"foreign key {k.name} points at no key")
            found += _unknown(f"foreign key {k.name}", k.columns, columns)
        found += [f"key {t.name}.{c} may be empty" for c in t.primary_key if columns[c].nullable]
        if t.entity is not None:
            kinds = {x.type for x in ctx.entities[t.entity].attributes}
            if AttributeType.MONEY in kinds and "currency" not in columns:
                found.append(f"table {t.name} has money without a currency")
    return found


def _words(a: Architecture) -> list[str]:
    """Purposes and labels say something."""
    return [
        *(f"utility {u.id} has no purpose" for u in a.utilities if not u.purpose or not u.product),
        *(f"flow {f.id} has no label" for f in a.flows if not f.label or not f.protocol),
        *(f"store {s.id} has no product" for s in a.stores if not s.product or not s.name),
    ]
