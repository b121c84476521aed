"""Packages that users see: each module with its tables and operations, then timed work."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from archsmith.kernel.ids import EntityId, WorkPackageId, element
from archsmith.kernel.phrases import counted, duration, listed
from archsmith.model.architecture import Service
from archsmith.model.contracts import Body
from archsmith.model.domain import Access, Entity, Operation
from archsmith.model.requirements import OperationKind, Priority
from archsmith.plan.backlog import Backlog
from archsmith.plan.context import Context
from archsmith.plan.draft import Effort
from archsmith.plan.packages.foundation import BACKEND

_RANK = (Priority.MUST, Priority.SHOULD, Priority.COULD, Priority.LATER)
_MOST = 14.0
"""Person-days from which a module is cut along its aggregates."""


class Group(Struct, frozen=True):
    """Entities that are built together, with the operations on them."""

    service: Service
    name: str
    entities: tuple[Entity, ...]
    operations: tuple[Operation, ...]


def modules(backlog: Backlog, depends: tuple[WorkPackageId | None, ...]) -> None:
    """A package for each group, in an order in which each one refers to earlier ones where that is possible."""
    services = backlog.context.architecture.services
    groups = _ordered([g for s in services for g in _groups(backlog.context, s)])
    for group in groups:
        _package(backlog, group, depends)


def jobs(backlog: Backlog) -> None:
    """Timed work: one package for each service that has any."""
    context = backlog.context
    for service in context.architecture.services:
        found = [context.operations[o] for o in service.operations if o in context.operations]
        timed = [o for o in _now(found) if o.kind is OperationKind.BATCH]
        if not timed:
            continue
        effort = backlog.effort()
        for operation in timed:
            _operation(effort, context, operation)
        shortest = min((o.every.value for o in timed if o.every is not None), default=86_400.0)
        backlog.add(
            f"Timed work of {service.name}: {listed(o.name for o in timed)}",
            phase="features",
            role=BACKEND,
            effort=effort,
            done_when=f"{listed(o.name for o in timed)} can be run twice without harm, and a missed run alerts within "
            f"{duration(shortest * 2)}",
            depends=[backlog.of_entity.get(o.entity) for o in timed],
            delivers=[element("operation", o.id) for o in timed],
            requirements=context.requirements_of(timed),
            priority=_priority(timed),
        )


def _now(operations: Sequence[Operation]) -> list[Operation]:
    """Without what the brief wants later."""
    return [o for o in operations if o.priority is not Priority.LATER]


def _groups(context: Context, service: Service) -> Iterator[Group]:
    """The modules of a service; one that is too large for a package is cut along its aggregates."""
    mine = [context.operations[o] for o in service.operations if o in context.operations]
    work = [o for o in _now(mine) if o.kind is not OperationKind.BATCH]
    taken: set[EntityId] = set()
    bare: list[Entity] = []
    for module in service.modules:
        entities = [context.entities[e] for e in module.entities if e in context.entities and e not in taken]
        ids = {e.id for e in entities}
        taken |= ids
        whole = Group(service, module.name, tuple(entities), tuple(o for o in work if o.entity in ids))
        if _effort(context, whole).likely <= _MOST or len(entities) < 2:
            if whole.operations:
                yield whole
            else:
                bare += entities
        else:
            for part in _cut(context, whole):
                if part.operations:
                    yield part
                else:
                    bare += part.entities
    rest = tuple(o for o in work if o.entity not in taken)
    if rest:
        yield Group(service, service.name, (), rest)
    if bare:
        yield Group(service, f"what {service.name} only keeps", tuple(bare), ())


def _cut(context: Context, whole: Group) -> Iterator[Group]:
    """One group for each aggregate; small ones that follow each other stay together."""
    parts: list[Group] = []
    for root in dict.fromkeys(e.aggregate for e in whole.entities):
        entities = tuple(e for e in whole.entities if e.aggregate == root)
        ids = {e.id for e in entities}
        operations = tuple(o for o in whole.operations if o.entity in ids)
        name = context.entities[root].name if root in context.entities else entities[0].name
        part = Group(whole.service, name, entities, operations)
        if parts and _effort(context, parts[-1]).likely + _effort(context, part).likely <= _MOST / 2:
            last = parts.pop()
            name = f"{last.name} and {name}" if " and " not in last.name else f"{last.name}, {name}"
            part = Group(whole.service, name, last.entities + entities, last.operations + operations)
        parts.append(part)
    yield from parts


def _ordered(groups: list[Group]) -> list[Group]:
    owner = {e.id: n for n, g in enumerate(groups) for e in g.entities}
    needs = [
        {owner[r.target] for e in g.entities for r in e.relations if r.target in owner and owner[r.target] != n}
        for n, g in enumerate(groups)
    ]
    left, done = list(range(len(groups))), list[int]()
    while left:
        best = min(left, key=lambda n: (len(needs[n] - set(done)), n))
        left.remove(best)
        done.append(best)
    return [groups[n] for n in done]


def _effort(context: Context, group: Group) -> Effort:
    effort = Effort(context.catalogue)
    tables = context.tables_of(e.id for e in group.entities)
    effort.add("table", len(tables) or len(group.entities), counted(len(tables) or len(group.entities), "table"))
    for operation in group.operations:
        _operation(effort, context, operation)
    return effort


def _operation(effort: Effort, context: Context, operation: Operation) -> None:
    special = {OperationKind.EVENT: "operation.event", OperationKind.BATCH: "operation.batch"}
    access = {Access.IMPORT: "operation.import", Access.EXPORT: "operation.export"}
    row = access.get(operation.access) or special.get(operation.kind) or f"operation.{operation.access.value}"
    effort.add(row, 1, operation.name)
    if operation.touches:
        effort.add("operation.atomic", 1, f"{operation.name} with {counted(len(operation.touches), 'more entity')}")
    endpoint = context.endpoints.get(operation.id)
    if endpoint is not None and endpoint.request is Body.FILE:
        effort.add("operation.file", 1, f"file of {operation.name}")


def _package(backlog: Backlog, group: Group, depends: tuple[WorkPackageId | None, ...]) -> None:
    context = backlog.context
    names = [o.name for o in group.operations]
    tables = context.tables_of(e.id for e in group.entities)
    targets = {r.target for e in group.entities for r in e.relations}
    before = [backlog.of_entity.get(t) for t in sorted(targets)]
    mine = {o.id for o in group.operations}
    used = dict.fromkeys(f.target for f in context.architecture.flows if mine & set(f.operations))
    before += [backlog.builds.get(e) for e in used if e.startswith("store:")]
    what = listed(names, 3) if names else f"tables for {listed(e.name for e in group.entities)}"
    ident = backlog.add(
        f"{group.name[:1].upper()}{group.name[1:]}: {what}",
        phase="features",
        role=BACKEND,
        effort=_effort(context, group),
        done_when=_done(context, group, [t.name for t in tables]),
        depends=[*depends, *before],
        delivers=[
            *(element("operation", o.id) for o in group.operations),
            *(element("entity", e.id) for e in group.entities),
        ],
        requirements=context.requirements_of(group.operations),
        priority=_priority(group.operations),
    )
    if ident is not None:
        backlog.of_entity.update({e.id: ident for e in group.entities})


def _done(context: Context, group: Group, tables: list[str]) -> str:
    endpoints = [context.endpoints[o.id] for o in group.operations if o.id in context.endpoints]
    timed = [context.latencies[o.id] for o in group.operations if o.id in context.latencies]
    parts = []
    if endpoints:
        calls = listed((f"{e.method} {e.path}" for e in endpoints), 3)
        parts.append(f"the contract of {calls} holds")
    elif group.operations:
        parts.append(f"seen from end to end: {listed((o.name for o in group.operations), 3)}")
    moves = [o for o in group.operations if o.to_state]
    if moves:
        parts.append(f"409 in any other state for {listed(o.name for o in moves)}")
    if tables:
        parts.append(f"made by migration: {listed(tables, 4)}")
    if timed:
        tight = min(timed, key=lambda x: x.target_p95)
        parts.append(f"p95 of {context.operations[tight.operation].name} is below {duration(tight.target_p95)}")
    return "; ".join(parts)


def _priority(operations: Sequence[Operation]) -> Priority:
    """The most urgent priority among them."""
    return min((o.priority for o in operations), key=_RANK.index, default=Priority.MUST)
