"""What one service asks of another, whatever carries it: rows by their ids, its part of a change, the undoing of it."""

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archsmith.compose.actors import reads
from archsmith.compose.context import Context
from archsmith.kernel.ids import EntityId, OperationId, ServiceId
from archsmith.model.domain import AttributeType, Entity, Operation
from archsmith.model.flow_choices import Way
from archsmith.model.shapes import Field, Source


class Deed(enum.StrEnum):
    """What is asked for."""

    READ = "read"
    CHANGE = "change"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that `service` is asked for because of an operation: about rows of an entity that it owns."""

    service: ServiceId
    operation: Operation
    entity: EntityId
    deed: Deed


def asked(ctx: Context, service: ServiceId, operations: Iterable[OperationId]) -> Iterator[Asked]:
    """All that operations of others ask of a service. A change in several services has a step that undoes each part."""
    for operation in (ctx.operations[o] for o in operations):
        saga = any(c.operation == operation.id and c.way is Way.SAGA for c in ctx.decisions.flows)
        for entity in dict.fromkeys((operation.entity, *operation.touches)):
            if ctx.owner_of[entity].id != service:
                continue
            if reads(operation):
                yield Asked(service, operation, entity, Deed.READ)
                continue
            yield Asked(service, operation, entity, Deed.CHANGE)
            if saga:
                yield Asked(service, operation, entity, Deed.UNDO)


def row_of(entity: Entity, name: str, description: str, most: int | None = None) -> Field:
    """A reference to a row of an entity, or to up to `most` of them."""
    return Field(
        name=name,
        source=Source.REFERENCE,
        type=AttributeType.UUID,
        description=description,
        required=True,
        refers=entity.id,
        many=most is not None,
        max_items=most,
    )


def cause(ctx: Context, one: Asked) -> Field:
    """The row because of which another one changes."""
    own = ctx.entities[one.operation.entity]
    return row_of(own, "caused_by_id", f"Id of the {own.name} because of which")
