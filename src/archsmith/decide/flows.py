"""Flow by flow: one transaction, a saga, an outbox, a job, a call or a log; with what each promises and undoes."""

from collections.abc import Callable, Iterator

from archsmith.decide.scene import Means, Scene
from archsmith.decide.words import pace
from archsmith.kernel.ids import ElementId, EntityId, ServiceId, StoreId, element
from archsmith.kernel.names import plain
from archsmith.kernel.phrases import duration, percent
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.decisions import Placement, ServiceGroup
from archsmith.model.domain import Access, AttributeType, Consistency, Domain, Entity, Operation
from archsmith.model.flow_choices import FlowChoice, Way
from archsmith.model.requirements import ExternalSystem, OperationKind

_BUSINESS = (OperationKind.COMMAND, OperationKind.QUERY)
_KEYED = frozenset({"payment"})
"""Kinds of systems that take an idempotency key, by the habit of their trade."""


Chooser = Callable[[Scene, Operation], Iterator[FlowChoice]]


def flow_choices(
    domain: Domain,
    services: tuple[ServiceGroup, ...],
    placements: tuple[Placement, ...],
    means: Means,
    catalogue: Catalogue,
) -> tuple[FlowChoice, ...]:
    """The choices of all operations, in their order."""
    scene = Scene(domain, services, placements, means, catalogue)
    return tuple(row for operation in domain.operations for choose in CHOOSERS for row in choose(scene, operation))


def _whole(scene: Scene, op: Operation) -> Iterator[FlowChoice]:
    """Other aggregates that change with the operation's own, in the stores and services where they are."""
    if op.kind is not OperationKind.COMMAND:
        return
    root = scene.entities[op.entity].aggregate
    others = [e for e in op.touches if e in scene.entities and scene.entities[e].aggregate != root]
    others += [op.entity] if scene.apart and scene.owner.get(op.entity) != scene.service(op) else []
    here = [e for e in others if not _elsewhere(scene, op, e)]
    if here:
        store = element("store", scene.home.get(op.entity, StoreId("primary")))
        things = scene.plural(here)
        yield FlowChoice(
            operation=op.id,
            target=store,
            way=Way.TRANSACTION,
            waits=True,
            guarantee="all or nothing",
            reason=f"{things} lie in the same store as {scene.plural([op.entity])}: one commit covers them",
            instead=f"a saga would take {scene.days('style.saga_days')} to build and could be seen half done",
        )
    away: dict[ElementId, list[EntityId]] = {}
    for entity in others:
        if entity not in here:
            away.setdefault(_place(scene, op, entity), []).append(entity)
    for target, changed in away.items():
        yield _apart(scene, op, target, changed)


def _elsewhere(scene: Scene, op: Operation, entity: EntityId) -> bool:
    """Whether a thing can not be in one commit with the operation's own: another store, or another service's own."""
    other_store = scene.home.get(entity, "primary") != scene.home.get(op.entity, "primary")
    return other_store or (scene.apart and scene.owner.get(entity) != scene.service(op))


def _place(scene: Scene, op: Operation, entity: EntityId) -> ElementId:
    if scene.apart and scene.owner.get(entity) not in (None, scene.service(op)):
        return element("service", scene.owner[entity])
    return element("store", scene.home.get(entity, StoreId("primary")))


def _apart(scene: Scene, op: Operation, target: ElementId, things: list[EntityId]) -> FlowChoice:
    own, others = scene.entities[op.entity], scene.plural(things)
    if op.consistency is Consistency.STRONG:
        return FlowChoice(
            operation=op.id,
            target=target,
            way=Way.SAGA,
            waits=True,
            guarantee="each step once, by its key; all done or all undone, seen half done in between",
            compensation=f"{_undone(own, op)}; {others}: the opposite change, with the id of the {plain(own.name)}",
            reason=f"{others} are kept elsewhere, and {op.name} is answered only when they have changed too",
            instead="events alone would answer before the other side may refuse",
        )
    return FlowChoice(
        operation=op.id,
        target=target,
        way=Way.OUTBOX,
        waits=False,
        guarantee="at least once; a repeat is told by the event's id",
        reason=f"{others} may follow {op.name} by seconds",
        instead=f"a saga would take {scene.days('style.saga_days')} and make the caller wait for both",
    )


def _undone(entity: Entity, op: Operation) -> str:
    """What takes an operation's own change back."""
    name = plain(entity.name)
    states = next((a.states for a in entity.attributes if a.type is AttributeType.STATE and a.states), ())
    if op.access is Access.CREATE:
        return f"the {name} is cancelled" if not states else f"the {name} never leaves {states[0]}"
    if op.access is Access.TRANSITION and states:
        return f"the {name} goes back to the state that it had"
    return f"the {name} gets back the values that it had"


def _asks(scene: Scene, op: Operation) -> Iterator[FlowChoice]:
    """Queries over what another service keeps, and work in the background that needs it."""
    if not scene.apart or op.kind is OperationKind.COMMAND:
        return
    mine = scene.service(op)
    away: dict[ServiceId, list[EntityId]] = {}
    for entity in (op.entity, *op.touches):
        owner = scene.owner.get(entity)
        if owner is not None and owner != mine:
            away.setdefault(owner, []).append(entity)
    for owner, things in away.items():
        if op.kind is not OperationKind.QUERY:
            yield _follows(scene, op, owner, things)
            continue
        yield FlowChoice(
            operation=op.id,
            target=element("service", owner),
            way=Way.CALL,
            waits=True,
            guarantee="nothing changes, so it may be asked again",
            reason=f"{op.name} shows {scene.plural(things)} of {scene.names[owner]} as they are now",
            instead="a copy kept by events would be seconds old and one more table to keep",
        )


def _follows(scene: Scene, op: Operation, owner: ServiceId, things: list[EntityId]) -> FlowChoice:
    return FlowChoice(
        operation=op.id,
        target=element("service", owner),
        way=Way.OUTBOX,
        waits=False,
        guarantee="at least once; a repeat is told by the event's id",
        reason=f"{op.name} works in the background on {scene.plural(things)}, as the events of {scene.names[owner]} "
        "tell them",
        instead=f"calls would stop it whenever {scene.names[owner]} is away",
    )


def _outside(scene: Scene, op: Operation) -> Iterator[FlowChoice]:
    """Systems of others: waited for where the answer depends on them, else told by a job."""
    for ident in op.calls:
        system = scene.systems.get(ident)
        if system is None:
            continue
        waits = op.kind in _BUSINESS and op.calls_sync
        yield _called(scene, op, system) if waits else _told(scene, op, system)


def _called(scene: Scene, op: Operation, system: ExternalSystem) -> FlowChoice:
    row, entity = scene.third(system), scene.entities[op.entity]
    slow = f"{duration(row.p99)} in the slowest hundredth, of the {duration(op.latency_p95.value)} that it may take"
    changes = op.kind is OperationKind.COMMAND
    money = system.kind in _KEYED
    undo = ""
    if changes:
        undo = _undone(entity, op) + (
            "; a charge without it is found by the daily comparison and refunded" if money else ""
        )
    once = "once, by an idempotency key" if money else "at least once; a repeat carries the same key"
    return FlowChoice(
        operation=op.id,
        target=element("system", system.id),
        way=Way.CALL,
        waits=True,
        guarantee=once if changes else "nothing changes, so it may be asked again",
        compensation=undo,
        reason=f"there is no answer without {system.name}: {slow}, {percent(row.availability)} available",
        instead="a job would spare the wait, and the result could only be told later",
    )


def _told(scene: Scene, op: Operation, system: ExternalSystem) -> FlowChoice:
    row = scene.third(system)
    inside = scene.means.embedded
    kept = "the job is stored in the same commit" if inside else "the outbox hands it over after the commit"
    many = f"{pace(op.peak.value, 'call')} at the peak" if op.peak.value > 0 else "few calls"
    return FlowChoice(
        operation=op.id,
        target=element("system", system.id),
        way=Way.JOB,
        waits=False,
        guarantee=f"at least once; {kept}",
        reason=f"nobody waits for {system.name}: {many} may be late while it is away "
        f"({percent(1 - row.availability)} of the time)",
        instead=f"a call in the request would add {duration(row.p50)} to {duration(row.p99)} to each answer",
    )


def _tells(scene: Scene, op: Operation) -> Iterator[FlowChoice]:
    """Events that others react to."""
    if not op.emits or op.kind is OperationKind.STREAM:
        return
    means = scene.means
    if not means.queue and not means.log:
        return
    inside = means.embedded and not means.log
    after = "" if inside else f" and handed to {means.log or means.queue} after it"
    yield FlowChoice(
        operation=op.id,
        target=element("store", StoreId("stream" if means.log else "broker")),
        way=Way.JOB if inside else Way.OUTBOX,
        waits=False,
        guarantee="at least once; consumers tell a repeat by the event's id",
        reason=f"its event is stored by the same commit{after}",
        instead="sending it after the commit without storing it would lose it in each crash between the two",
    )


def _streams(scene: Scene, op: Operation) -> Iterator[FlowChoice]:
    """What streams in."""
    if op.kind is not OperationKind.STREAM:
        return
    log, kept = scene.means.log, bool(scene.means.log)
    home = scene.home.get(op.entity, StoreId("primary"))
    yield FlowChoice(
        operation=op.id,
        target=element("store", StoreId("stream") if kept else home),
        way=Way.LOG if kept else Way.TRANSACTION,
        waits=True,
        guarantee="at least once; a repeat is told by source and time, in the order of each source",
        reason=f"{pace(op.peak.value, 'message')}: confirmed "
        + (f"when {log} has kept them; what works on them may fall behind" if kept else "by the commit itself"),
        instead="confirming at the commit would make devices wait for the store"
        if kept
        else "a log between would be one more part to run, for a rate that the store takes",
    )


CHOOSERS: tuple[Chooser, ...] = (_whole, _asks, _outside, _tells, _streams)
"""In the order in which an operation's choices are told."""
