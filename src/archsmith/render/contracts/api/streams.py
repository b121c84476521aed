"""Messages as they come: server-sent events, and the same messages as webhooks, in the envelope of CloudEvents."""

import json
from datetime import timedelta

from archsmith.kernel.ids import EventId
from archsmith.knowledge.examples.values import FIRST_DAY, identifier, stamp
from archsmith.model.contracts import Endpoint, EventContract
from archsmith.render.contracts.api.components import Json
from archsmith.render.contracts.api.content import EVENT_STREAM, Content
from archsmith.render.contracts.api.schemas import Schemas
from archsmith.render.contracts.json_schema import CHARACTERS
from archsmith.render.view import View

_MESSAGE_MAX = 65_536
"""Characters of one message: a field of 8 kB many times over."""
_LATER = timedelta(seconds=1)
_CHANGED = "changed"
"""The `event` of a message where the domain has no event of its own for what is watched."""


def contract_of(view: View, event: EventId) -> EventContract | None:
    """How an event looks on the wire."""
    return next((c for c in view.arch.event_contracts if c.event == event), None)


def data_of(schemas: Schemas, contract: EventContract, view: View) -> Json:
    """What the example of an event carries: the id of its row and the fields that its contract names."""
    entity = contract.entity or next(e.entity for e in view.domain.events if e.id == contract.event)
    row, shape = schemas.rows.of(entity), schemas.fields.shapes[entity]
    return {f.name: row[f.name] for f in shape.told(contract.attributes) if f.name in row}


def envelope(view: View, schemas: Schemas, contract: EventContract) -> Json:
    """The example of an event as a CloudEvent."""
    return {
        "specversion": "1.0",
        "id": identifier(f"event {contract.type}"),
        "source": f"/{contract.type.partition('.')[0]}",
        "type": contract.type,
        "time": stamp(FIRST_DAY + _LATER),
        "datacontenttype": "application/json",
        "data": data_of(schemas, contract, view),
    }


def stream(view: View, schemas: Schemas, endpoint: Endpoint) -> Content | None:
    """The body of a stream; none for a web socket, which speaks after it has changed the protocol."""
    if endpoint.success != 200:
        return None
    known = [c for e in endpoint.events if (c := contract_of(view, e))]
    every = (
        f" A comment comes every {endpoint.heartbeat:.0f} s, so that silence means a lost connection."
        if endpoint.heartbeat
        else ""
    )
    if known:
        names = ", ".join(f"`{c.type}`" for c in known)
        said = f"`event` is one of {names}, `data` a CloudEvent in JSON"
        messages = [_event(view, schemas, c) for c in known[:2]]
    else:
        name = schemas.components.entity_name(endpoint.entity)
        said = f"`event` is `{_CHANGED}`, `data` a `{name}` in JSON as it is now"
        row = schemas.row(endpoint.entity, schemas.rows.of(endpoint.entity))
        messages = [_message(identifier(f"change of {name}"), _CHANGED, row)]
    schema: Json = {
        "type": "string",
        "maxLength": _MESSAGE_MAX,
        "pattern": CHARACTERS,
        "description": f"Server-sent events: {said}, `id` what to send as `Last-Event-ID` to go on from there.{every}",
    }
    return Content(EVENT_STREAM, schema, "".join(messages), "Messages")


def _event(view: View, schemas: Schemas, contract: EventContract) -> str:
    event = envelope(view, schemas, contract)
    return _message(event["id"], contract.type, event)


def _message(ident: str, name: str, value: Json) -> str:
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"id: {ident}\nevent: {name}\ndata: {data}\n\n"
