"""What two designs are made of: entities, operations, endpoints, tables and components, property by property."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from archsmith.compare.matching import pairs
from archsmith.kernel.phrases import amount
from archsmith.model.architecture import Backup, Deployment, Edge, Service, Store, Utility
from archsmith.model.comparison import Detail, Difference, PartChange
from archsmith.model.contracts import Endpoint, EventContract, Table
from archsmith.model.design import Design
from archsmith.model.domain import Entity, Operation

Properties = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of part: where the parts are, what tells them apart, what they are called, and what is compared.

    Figures of a part (rates, sizes, prices) are compared as figures and not here.
    """

    name: str
    of: Callable[[Design], Iterable[Any]]
    keys: tuple[Callable[[Any], object], ...]
    ident: Callable[[Any], str]
    label: Callable[[Any], str]
    properties: Callable[[Any], Properties]


def parts(before: Design, after: Design) -> Iterator[PartChange]:
    """Sort by sort, in the order of the second design; what is gone comes last."""
    for sort in SORTS:
        for old, new in pairs(sort.of(before), sort.of(after), *sort.keys):
            part = new if new is not None else old
            details = tuple(
                _details(
                    sort.properties(old) if old is not None else {}, sort.properties(new) if new is not None else {}
                )
            )
            if old is not None and new is not None and not details:
                continue
            yield PartChange(
                sort=sort.name,
                id=sort.ident(part),
                name=sort.label(part),
                difference=Difference.ADDED
                if old is None
                else Difference.REMOVED
                if new is None
                else Difference.CHANGED,
                details=details,
            )


def _details(before: Properties, after: Properties) -> Iterator[Detail]:
    for what in dict.fromkeys((*after, *before)):
        old, new = before.get(what, ""), after.get(what, "")
        if old != new:
            yield Detail(what=what, before=old, after=new)


def _entity(e: Entity) -> Properties:
    kept = "without end" if e.retention is None else amount(round(e.retention.value, 2), "month")
    attributes = {f"attribute {a.name}": f"{a.type}{'' if a.required else ', optional'}" for a in e.attributes}
    relations = {f"relation {r.name}": f"{r.cardinality} {r.target}" for r in e.relations}
    return {
        "aggregate": e.aggregate,
        "class of data": e.data_class,
        "owner": e.owner or "",
        "kept": kept,
        "truth in": e.master or "",
        **attributes,
        **relations,
    }


def _operation(o: Operation) -> Properties:
    return {
        "actor": o.actor,
        "entity": o.entity,
        "kind": o.kind,
        "access": o.access,
        "consistency": o.consistency,
        "priority": o.priority,
        "calls": _list(o.calls),
        "emits": _list(o.emits),
    }


def _endpoint(e: Endpoint) -> Properties:
    return {
        "service": e.service,
        "request": e.request,
        "response": e.response,
        "answers": str(e.success),
        "scopes": _list(e.scopes),
        "parameters": _list(p.name for p in e.parameters),
        "idempotency key": _yes(e.idempotency_key),
        "kept by caches": "" if e.cache is None else f"{e.cache:g} s",
    }


def _table(t: Table) -> Properties:
    columns = {f"column {c.name}": f"{c.type}{'' if c.nullable else ' not null'}" for c in t.columns}
    indexes = {f"index {i.name}": f"{_list(i.columns)}{', unique' if i.unique else ''}" for i in t.indexes}
    return {"store": t.store, "partitioned by": t.partition_by, "tenants by": t.tenant_column, **columns, **indexes}


def _event(e: EventContract) -> Properties:
    return {"channel": e.channel, "ordered by": e.key, "carries": _list(e.attributes)}


def _service(s: Service) -> Properties:
    return {
        "language": s.language,
        "framework": s.framework,
        "modules": _list(m.name for m in s.modules),
        "entities": _list(s.entities),
        "runs jobs": _yes(s.worker),
    }


def _store(s: Store) -> Properties:
    return {
        "product": s.product if s.version in s.product else f"{s.product} {s.version}",
        "managed": _yes(s.managed),
        "topology": s.topology,
        "nodes": str(s.nodes),
        "shards": str(s.shards),
        "inside": s.host or "",
        "holds": _list(s.entities),
        "backup": _backup(s.backup),
    }


def _backup(b: Backup | None) -> str:
    if b is None:
        return ""
    shipped = "continuous log" if b.continuous else "no continuous log"
    where = "copies elsewhere" if b.elsewhere else "copies in the region"
    return f"every {b.every / 3600:g} h, {shipped}, kept {b.keep:g} d, {where}"


def _edge(e: Edge) -> Properties:
    return {"product": e.product, "managed": _yes(e.managed), "inside": e.host or ""}


def _utility(u: Utility) -> Properties:
    return {"product": u.product, "inside": u.host or "", "system": u.system or ""}


def _deployment(d: Deployment) -> Properties:
    return {
        "product": d.product,
        "platform": d.platform,
        "provider": d.provider,
        "instance": d.instance,
        "count": str(d.count),
        "zones": str(d.zones),
        "regions": _list(d.regions),
        "runs": _list(d.runs),
        "scales": "" if d.scaling is None else f"{d.scaling.minimum} to {d.scaling.maximum}",
    }


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def _name(part: Any) -> str:
    return str(part.name)


def _id(part: Any) -> str:
    return str(part.id)


SORTS: Final = (
    Sort("service", lambda d: d.architecture.services, (_id, _name), _id, _name, _service),
    Sort("store", lambda d: d.architecture.stores, (_id, lambda s: s.role), _id, _name, _store),
    Sort("edge", lambda d: d.architecture.edges, (_id, lambda e: e.kind), _id, _name, _edge),
    Sort("utility", lambda d: d.architecture.utilities, (_id, lambda u: u.kind), _id, _name, _utility),
    Sort("deployment", lambda d: d.architecture.deployments, (_id, lambda x: x.runs), _id, _name, _deployment),
    Sort("entity", lambda d: d.derivation.domain.entities, (_id, lambda e: e.name.lower()), _id, _name, _entity),
    Sort(
        "operation", lambda d: d.derivation.domain.operations, (_id, lambda o: o.name.lower()), _id, _name, _operation
    ),
    Sort(
        "endpoint",
        lambda d: d.architecture.endpoints,
        (lambda e: (e.method, e.path), lambda e: e.operation_id),
        lambda e: f"{e.method} {e.path}",
        lambda e: f"{e.method} {e.path}",
        _endpoint,
    ),
    Sort(
        "table",
        lambda d: d.architecture.tables,
        (lambda t: (t.store, t.name), lambda t: t.name),
        lambda t: f"{t.store}.{t.name}",
        _name,
        _table,
    ),
    Sort(
        "event",
        lambda d: d.architecture.event_contracts,
        (lambda e: e.event,),
        lambda e: str(e.event),
        lambda e: str(e.type),
        _event,
    ),
)
"""In the order in which they are told."""
