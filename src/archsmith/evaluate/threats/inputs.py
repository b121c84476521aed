"""Predicates on what callers may send."""

from collections.abc import Iterator

from archsmith.evaluate.threats.hit import Hit, service_of_all
from archsmith.evaluate.view import View
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import counted, listed
from archsmith.model.contracts import Body
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import Access, AttributeType


def query_text(view: View) -> Iterator[Hit]:
    """Operations whose input selects rows."""
    rows = [o for o in view.interactive if o.filters or o.access is Access.SEARCH]
    if rows:
        where = service_of_all(view, (o.id for o in rows))
        inputs = sum(len(o.filters) for o in rows)
        yield Hit(
            where,
            f"{counted(inputs, 'input')} select rows in {listed((o.name for o in rows), 3)}",
            f"{view.services[view.service_of[rows[0].id].id].framework} binds every value as a parameter; "
            "types and lengths stand in the contract",
            (where,),
            2,
            tuple({o.entity: view.entities[o.entity] for o in rows}.values()),
        )


def shown_text(view: View) -> Iterator[Hit]:
    """Free text that one person writes and another reads."""
    writers = {o.entity: o for o in view.interactive if o.access in (Access.CREATE, Access.UPDATE, Access.APPEND)}
    found = [
        (view.entities[ident], a)
        for ident, o in writers.items()
        for a in view.entities[ident].attributes
        if a.type is AttributeType.TEXT
        and (a.max_length or 10_000) >= 200
        and not a.read_only
        and o.actor in view.actors
    ]
    if found:
        yield Hit(
            service_of_all(view, (writers[e.id].id for e, _ in found)),
            f"{listed(f'{e.name}.{a.name}' for e, a in found)} come from callers and are shown to others",
            "the API returns JSON only, with its content type fixed; pages must encode by context",
            (service_of_all(view, (writers[e.id].id for e, _ in found)),),
            1,
            tuple({e.id: e for e, _ in found}.values()),
        )


def sheet_formulas(view: View) -> Iterator[Hit]:
    """Exports that end up in spreadsheets."""
    rows = [o for o in view.domain.operations if o.access is Access.EXPORT and o.id in view.service_of]
    if rows:
        where = service_of_all(view, (o.id for o in rows))
        yield Hit(
            where,
            f"{listed(o.name for o in rows)} writes what callers typed",
            "cells that begin with = + - @ are quoted",
            (where,),
            1,
        )


def steered_calls(view: View) -> Iterator[Hit]:
    """Addresses that callers give and the server may fetch."""
    found = [
        (e, a)
        for e in view.domain.entities
        for a in e.attributes
        if a.type is AttributeType.URL and any(w in a.name for w in ("hook", "callback", "endpoint", "feed", "source"))
    ]
    if found:
        where = service_of_all(view, view.service_of)
        yield Hit(
            where,
            f"{listed(f'{e.name}.{a.name}' for e, a in found)} is called by the server",
            "outbound calls through an allow list; private ranges and redirects are refused",
            (where,),
            1,
        )


def uploads(view: View) -> Iterator[Hit]:
    """Files from outside."""
    files = [e for e in view.domain.entities if e.blob_bytes.value > 0]
    takes = [x for x in view.architecture.endpoints if x.request is Body.FILE]
    if files and takes:
        objects = next((s for s in view.architecture.stores if s.role is StoreRole.OBJECTS), None)
        where = element("store", objects.id) if objects else service_of_all(view, (x.operation for x in takes))
        yield Hit(
            where,
            f"{listed(x.summary for x in takes)} takes files of {listed(e.name for e in files)}",
            "type by content, size limit, names of our own, served as attachments from a host of their own",
            (where,),
            1,
            tuple(files),
        )


def partner_data(view: View) -> Iterator[Hit]:
    """Data that other systems master."""
    for system in view.domain.systems:
        ident = element("system", system.id)
        flows = [f for f in (*view.flows_into.get(ident, ()), *view.flows_from.get(ident, ())) if f.payload > 0]
        held = [e for e in view.domain.entities if e.master == system.id]
        loads = [o for o in view.domain.operations if o.access is Access.IMPORT and system.id in o.calls]
        if flows and (held or loads):
            what = listed([*(e.name for e in held), *(o.name for o in loads)])
            yield Hit(
                ident,
                f"{system.name} is the source of {what}",
                "rows are checked against the schema and refused one by one, the rest goes in",
                tuple(dict.fromkeys(f.source if f.target == ident else f.target for f in flows)),
                1,
                tuple(held),
            )


def recipients(view: View) -> Iterator[Hit]:
    """Outside systems that get data about people."""
    for system in view.domain.systems:
        ident = element("system", system.id)
        flows = [f for f in view.flows_into.get(ident, ()) if f.source.startswith("service:")]
        about = [
            e
            for e in view.personal
            if any(o.entity == e.id or e.id in o.touches for o in view.domain.operations if system.id in o.calls)
        ]
        if flows and (about or system.kind in ("mail", "sms")):
            people = about or list(view.personal[:1])
            if not people:
                continue
            encrypted = all(f.encrypted for f in flows)
            yield Hit(
                ident,
                f"{system.name} gets data of {listed(e.name for e in people)}",
                "only the fields that the call needs, over TLS; listed as processor"
                if encrypted
                else "the call is not encrypted",
                tuple(dict.fromkeys(f.source for f in flows)) if encrypted else (),
                1 if encrypted else 0,
                tuple(people),
            )
