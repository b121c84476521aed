"""Predicates on who may touch which rows and functions."""

from collections.abc import Iterator

from archsmith.evaluate.threats.hit import SECRECY, Hit, service_of_all
from archsmith.evaluate.view import View
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import counted, listed
from archsmith.model.contracts import Body
from archsmith.model.domain import Access

_OWN = ("id", "created_at", "updated_at", "version")
"""Fields of every row, which no design would take from a caller."""


def foreign_rows(view: View) -> Iterator[Hit]:
    """Entities that belong to a caller and are reached by id."""
    rules = {r.entity: r for r in reversed(view.architecture.policies.ownership)}  # the owner's own is the first
    owned = [e for e in view.domain.entities if e.owner or e.tenant_scoped]
    reached = [
        x
        for x in view.architecture.endpoints
        if "{" in x.path and (x.entity in rules or any(x.entity == e.id for e in owned))
    ]
    if reached:
        bare = [e for e in owned if e.id not in rules]
        entities = tuple({x.entity: view.entities[x.entity] for x in reached}.values())
        worst = max(reached, key=lambda x: SECRECY[view.entities[x.entity].data_class])
        columns = listed(f"{view.entities[r.entity].name} by {r.column}" for r in reversed(rules.values()))
        yield Hit(
            service_of_all(view, (x.operation for x in reached)),
            f"{counted(len(reached), 'operation')} by id, such as {worst.method} {worst.path}",
            f"no owner is checked for {listed(e.name for e in bare)}"
            if bare
            else f"the query itself holds the owner: {columns}",
            () if bare else (service_of_all(view, (x.operation for x in reached)),),
            0 if bare else 2,
            entities,
        )


def staff_functions(view: View) -> Iterator[Hit]:
    """Operations of internal actors that the API offers beside those of outsiders."""
    internal = {a.id: a.name for a in view.domain.actors if a.internal}
    reached = {o for x in view.architecture.endpoints for o in (x.operation, *x.also)}
    mine = [o for o in view.interactive if o.actor in internal and o.id in reached]
    outside = [o for o in view.interactive if o.actor not in internal and o.id in reached]
    if mine and outside:
        scoped = {o for s in view.architecture.policies.scopes for o in s.operations}
        bare = [o for o in mine if o.id not in scoped]
        where = service_of_all(view, (o.id for o in mine))
        kept = listed(s.id for s in view.architecture.policies.scopes if any(a in internal for a in s.actors))
        yield Hit(
            where,
            f"{view.name(where)} serves {listed({internal[o.actor]: 0 for o in mine})} "
            f"({counted(len(mine), 'operation')}) beside {len(outside)} for others",
            f"no scope on {listed(o.name for o in bare)}" if bare else f"scopes {kept} are given to staff only",
            () if bare else (where,),
            0 if bare else 2,
        )


def mass_assignment(view: View) -> Iterator[Hit]:
    """Bodies for entities that have fields of their own keeping."""
    rows = [
        (x, [a.name for a in view.entities[x.entity].attributes if (a.read_only or a.states) and a.name not in _OWN])
        for x in view.architecture.endpoints
        if x.request in (Body.CREATE, Body.UPDATE)
    ]
    kept = [(x, names) for x, names in rows if names]
    if kept:
        where = service_of_all(view, (x.operation for x, _ in kept))
        said = listed(f"{view.entities[x.entity].name}.{names[0]}" for x, names in kept)
        yield Hit(
            where,
            f"{said} must not come from a caller",
            "the request schemas leave these fields out and refuse unknown ones",
            (where,),
            2,
            tuple({x.entity: view.entities[x.entity] for x, _ in kept}.values()),
        )


def shared_tables(view: View) -> Iterator[Hit]:
    """Tables that hold rows of several tenants."""
    if not view.domain.multi_tenant.value:
        return
    held = [t for t in view.architecture.tables if t.entity]
    kept = [t for t in held if t.tenant_column]
    scoped = [e for e in view.domain.entities if e.tenant_scoped]
    open_ = {t.entity for t in held if not t.tenant_column}
    bare = [e for e in scoped if e.id in open_]
    where = element("store", held[0].store) if held else service_of_all(view, view.service_of)
    if kept and not bare:
        yield Hit(
            where,
            f"{counted(len(kept), 'table')} with the rows of all tenants",
            f"row-level security on {kept[0].tenant_column}, which also leads every unique key",
            (where,),
            2,
            tuple(scoped),
        )
    elif bare:
        yield Hit(where, f"{listed(e.name for e in bare)} of all tenants lie together", "no row policy", (), 0,
                  tuple(bare))  # fmt: skip


def unfiltered_lists(view: View) -> Iterator[Hit]:
    """Lists, searches and exports of rows that belong to somebody."""
    many = (Access.LIST, Access.SEARCH, Access.EXPORT, Access.AGGREGATE)
    rules = {r.entity for r in view.architecture.policies.ownership}
    rows = [
        o
        for o in view.interactive
        if o.access in many and (view.entities[o.entity].owner or view.entities[o.entity].tenant_scoped)
    ]
    if rows:
        where = service_of_all(view, (o.id for o in rows))
        bare = [o for o in rows if o.entity not in rules]
        yield Hit(
            where,
            f"{listed(o.name for o in rows)} return many rows at once",
            f"{listed(o.name for o in bare)} is not limited to the caller's rows"
            if bare
            else "the same ownership rule is part of their WHERE clause",
            () if bare else (where,),
            0 if bare else 2,
            tuple({o.entity: view.entities[o.entity] for o in rows}.values()),
        )
