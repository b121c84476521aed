"""Predicates on the business being cheated, and on the ways to run it going wrong."""

from collections.abc import Iterator

from archsmith.evaluate.threats.hit import CORRECTNESS, Hit, service_of_all
from archsmith.evaluate.view import SENSITIVE, View
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import duration, listed
from archsmith.model.architecture import Topology
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import Access, AttributeType, Consistency, Operation
from archsmith.model.requirements import OperationKind

_SCARCE = ("stock", "quantity", "seat", "slot", "room", "capacity", "balance", "available", "booking", "appointment")


def repeats(view: View) -> Iterator[Hit]:
    """Commands that move money or create what must be there once."""
    rows = [
        o
        for o in view.interactive
        if o.kind is OperationKind.COMMAND
        and (o.access in (Access.CREATE, Access.TRANSITION) or o.calls)
        and CORRECTNESS[view.entities[o.entity].data_class] >= 4
    ]
    if rows:
        where = service_of_all(view, (o.id for o in rows))
        bare = [
            o
            for o in rows
            if not (o.idempotent or (o.to_state and not o.calls))
            and not (o.id in view.endpoints and view.endpoints[o.id].idempotency_key)
        ]
        yield Hit(
            where,
            f"{listed(o.name for o in rows)} must happen once",
            f"{listed(o.name for o in bare)} takes no Idempotency-Key"
            if bare
            else "Idempotency-Key with the stored answer, and a unique key in the table",
            () if bare else (where,),
            0 if bare else 2,
        )


def _scarce(view: View, operation: Operation) -> bool:
    entity = view.entities[operation.entity]
    near = (entity, *(view.entities[t] for t in operation.touches))
    words = " ".join([*(e.name.casefold() for e in near), *(a.name for e in near for a in e.attributes)])
    return any(w in words for w in _SCARCE)


def oversell(view: View) -> Iterator[Hit]:
    """Commands that take from something limited."""
    acts = (Access.CREATE, Access.UPDATE, Access.TRANSITION)
    rows = [
        o for o in view.interactive if o.access in acts and o.consistency is Consistency.STRONG and _scarce(view, o)
    ]
    if rows:
        store = view.store_of.get(rows[0].entity)
        where = element("store", store.id) if store else service_of_all(view, (o.id for o in rows))
        yield Hit(
            where,
            f"{listed(o.name for o in rows)} takes from what is limited",
            "one transaction with a conditional update; the second caller is told 409",
            (where,),
            2,
            tuple({o.entity: view.entities[o.entity] for o in rows}.values()),
        )


def client_prices(view: View) -> Iterator[Hit]:
    """Amounts in what callers create."""
    rows = [
        (o, a)
        for o in view.interactive
        if o.access is Access.CREATE and o.actor in view.actors and not view.actors[o.actor].internal
        for a in view.entities[o.entity].attributes
        if a.type is AttributeType.MONEY
    ]
    if rows:
        where = service_of_all(view, (o.id for o, _ in rows))
        open_ = [(o, a) for o, a in rows if not a.read_only]
        said = listed(f"{view.entities[o.entity].name}.{a.name}" for o, a in (open_ or rows))
        yield Hit(
            where,
            f"{said} is an amount in {listed(o.name for o, _ in rows)}",
            "the service recomputes it from its own prices" if open_ else "it is not part of the request schema",
            (where,),
            1 if open_ else 2,
            tuple({o.entity: view.entities[o.entity] for o, _ in rows}.values()),
        )


def skipped_steps(view: View) -> Iterator[Hit]:
    """Entities with states that operations move."""
    moves = [o for o in view.interactive if o.to_state]
    if moves:
        where = service_of_all(view, (o.id for o in moves))
        yield Hit(
            where,
            f"{listed(f'{o.name} ({o.to_state})' for o in moves)} depend on the state before",
            "each transition names the states it starts from; others are told 409, and the column has a check",
            (where,),
            2,
            tuple({o.entity: view.entities[o.entity] for o in moves}.values()),
        )


def dual_write(view: View) -> Iterator[Hit]:
    """Services that store and publish."""
    for service in view.architecture.services:
        if not service.publishes:
            continue
        box = [t for t in view.architecture.tables if t.entity is None and "outbox" in t.name]
        where = element("service", service.id)
        names = listed(view.events[e].name for e in service.publishes if e in view.events)
        inside = [
            s
            for s in view.architecture.stores
            if s.role is StoreRole.BROKER and s.topology is Topology.EMBEDDED and s.host
        ]
        if inside and not box:
            yield Hit(
                where,
                f"{service.name} stores and publishes {names}",
                f"the message is a row of {inside[0].name} in the same transaction; consumers tell repeats apart",
                (element("store", inside[0].id),),
                2,
            )
            continue
        yield Hit(
            where,
            f"{service.name} stores and publishes {names}",
            f"table {box[0].name} is written in the same transaction; consumers tell repeats apart" if box else "none",
            (element("store", box[0].store),) if box else (),
            2 if box else 0,
        )


def old_parts(view: View) -> Iterator[Hit]:
    """What is built in."""
    parts = list(dict.fromkeys(str(x) for s in view.architecture.services for x in (s.framework, s.language)))
    own = [s.product for s in view.architecture.stores if not s.managed]
    where = service_of_all(view, view.service_of)
    yield Hit(
        where,
        f"{listed([*parts, *own])} and what they bring along",
        "locked versions with hashes, a scan in the pipeline, a rebuild each week",
        (where,),
        1,
        view.of_class(SENSITIVE),
    )


def exposed_store(view: View) -> Iterator[Hit]:
    """Stores and who may reach them."""
    for store in view.truth_stores:
        ident = element("store", store.id)
        callers = {f.source for f in view.flows_into.get(ident, ())}
        outside = sorted(c for c in callers if c.startswith(("actor:", "system:")))
        if "object_store" in store.kinds:
            continue
        yield Hit(
            ident,
            f"{store.name} holds {listed((view.entities[e].name for e in store.entities), 3)}",
            f"reached by {listed(view.name(c) for c in outside)} from outside"
            if outside
            else f"no public address; only {listed(view.name(c) for c in sorted(callers))} may connect",
            () if outside else (ident,),
            0 if outside else 2,
            tuple(view.entities[e] for e in store.entities),
        )


def no_trail(view: View) -> Iterator[Hit]:
    """Acts that must be provable."""
    staff = {a.id: a.name for a in view.domain.actors if a.internal}
    acts = [o for o in view.interactive if o.actor in staff and o.kind is OperationKind.COMMAND]
    about = view.of_class(SENSITIVE)
    if not acts and not about:
        return
    trail = view.utilities_of("audit_log")
    where = element("utility", trail[0].id) if trail else service_of_all(view, (o.id for o in acts))
    what = listed((o.name for o in acts), 3) if acts else f"access to {listed((e.name for e in about), 3)}"
    yield Hit(
        where,
        f"{what} is done on others' data",
        f"{trail[0].name} keeps actor, object, time and outcome" if trail else "request logs only",
        (where,) if trail else (),
        2 if trail else 0,
    )


def untested_restore(view: View) -> Iterator[Hit]:
    """Stores whose loss loses data."""
    for store in view.truth_stores:
        ident = element("store", store.id)
        if store.backup:
            yield Hit(
                ident,
                f"{store.name} must be back within {duration(view.targets.rto.value)}",
                f"restore takes {duration(store.backup.rto)} by computation; rehearsed before launch and yearly",
                (ident,),
                2,
                tuple(view.entities[e] for e in store.entities),
            )
        elif store.managed is False or store.entities:
            yield Hit(ident, f"{store.name} has no backup", "none", (), 0)
