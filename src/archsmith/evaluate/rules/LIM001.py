"""One thing that is larger, or takes longer, than a product of the design allows."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule, words_of
from archsmith.evaluate.stack import Stack
from archsmith.kernel.findings import Severity
from archsmith.kernel.ids import ElementId, element
from archsmith.kernel.phrases import duration, number
from archsmith.kernel.provenance import Provenance
from archsmith.knowledge.limits import Limit, limit
from archsmith.model.contracts import Body
from archsmith.model.decisions import Cut, StoreRole
from archsmith.model.domain import Operation
from archsmith.model.requirements import OperationKind


@rule("LIM001", severity=Severity.DANGER, title="One item, message, request or answer is beyond what a product allows")
def beyond(found: Evaluated) -> Iterator[Hit]:
    """What: holds rows, messages, requests and response times against the limits of the products that carry them.

    Why: more machines do not move such a limit: the first item beyond it is refused, whatever the load. Fix: keep the
    large part as a file and pass its address, answer at once and work in the background, or take another product.
    """
    yield from _rows(found)
    yield from _messages(found)
    yield from _requests(found)


def _hit(found: Evaluated, place: ElementId, tech: str, row: Limit, said: str, fix: str, why: Provenance | None) -> Hit:
    """The finding, and a cut where the product was chosen among others."""
    stack = found.stack
    name = (t.name if (t := stack.technology(tech)) else tech) or tech
    rows = found.view.decisions.decisions
    chosen = next((d for d in rows if d.losers and tech in (str(d.tech), str(d.option))), None)
    cut = None
    if chosen is not None:
        reason = f"{said}, which is beyond {name} ({row.id})"
        cut = Cut(kind="forbid", dimension=chosen.dimension, subject=None, value=str(chosen.option), reason=reason)
    return Hit(place, f"{said}; {name} allows {_shown(row)} ({row.source})", fix, words_of(why) if why else None, cut)


def _shown(row: Limit) -> str:
    return duration(row.value) if row.unit == "s" else _size(row.value)


def _size(value: float) -> str:
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if value >= scale:
            return f"{number(value / scale)} {unit}"
    return f"{number(value)} bytes"


def _rows(found: Evaluated) -> Iterator[Hit]:
    """A row of an entity in the store that holds it."""
    for entity in found.view.domain.entities:
        store = found.view.store_of.get(entity.id)
        row = limit(found.view.catalogue, "item_bytes", str(store.engine)) if store else None
        if store is not None and row is not None and entity.row_bytes.value > row.value:
            said = f"a row of {entity.name} is {_size(entity.row_bytes.value)}"
            fix = f"keep the large part of {entity.name} as a file, and its address in the row"
            own = element("entity", entity.id)
            yield _hit(found, own, str(store.engine), row, said, fix, entity.row_bytes.why)


def _messages(found: Evaluated) -> Iterator[Hit]:
    """What devices send to a broker, and rows that an event carries."""
    for store in found.view.architecture.stores:
        row = limit(found.view.catalogue, "message_bytes", str(store.engine))
        if store.role is not StoreRole.BROKER or row is None or row.raisable:
            continue
        sent = [o for o in found.view.domain.operations if o.kind is OperationKind.STREAM or o.emits]
        for operation in sent:
            entity = found.view.entities[operation.entity]
            stream = operation.kind is OperationKind.STREAM
            size = operation.request_bytes if stream else entity.row_bytes
            if size.value > row.value:
                said = f"a message of '{operation.name}' is {_size(size.value)}"
                fix = f"send the address of what '{operation.name}' carries, and keep the thing itself as a file"
                own = element("operation", operation.id)
                yield _hit(found, own, str(store.engine), row, said, fix, size.why)


def _requests(found: Evaluated) -> Iterator[Hit]:
    """Requests and answers through the platform and the entry; the time that one may take."""
    stack, slow = found.stack, {x.operation: x.p99 for x in found.latencies}
    for operation in found.view.interactive:
        for tech in _carriers(stack, operation):
            row = limit(found.view.catalogue, "payload_bytes", tech)
            for what, size in (("request", operation.request_bytes), ("answer", operation.response_bytes)):
                if row is not None and size.value > row.value and not _is_file(found, operation, what):
                    said = f"a {what} of '{operation.name}' is {_size(size.value)}"
                    fix = f"pass what '{operation.name}' carries by a signed link to the object store"
                    yield _hit(found, element("operation", operation.id), tech, row, said, fix, size.why)
            late = limit(found.view.catalogue, "timeout", tech)
            if late is not None and slow.get(operation.id, 0.0) > late.value:
                said = f"one in a hundred of '{operation.name}' takes more than {duration(slow[operation.id])}"
                fix = f"accept '{operation.name}' at once, work in the background, let the caller ask for the result"
                own = element("operation", operation.id)
                yield _hit(found, own, tech, late, said, fix, operation.latency_p95.why)


def _carriers(stack: Stack, operation: Operation) -> Iterator[str]:
    """Technologies that a request passes: the platform of its service, and gateways in front of it."""
    service = stack.view.service_of[operation.id]
    own = element("service", service.id)
    deployment = stack.view.deployments.get(own)
    if deployment is not None:
        yield str(deployment.platform)
    for edge in stack.view.edges_of("api_gateway"):
        tech = stack.of_edge(edge) if own in edge.serves or not edge.serves else None
        if tech is not None:
            yield str(tech.id)


def _is_file(found: Evaluated, operation: Operation, what: str) -> bool:
    """Files go by a link, past the services."""
    endpoint = found.view.endpoints.get(operation.id)
    if endpoint is None:
        return False
    return (endpoint.request if what == "request" else endpoint.response) is Body.FILE
