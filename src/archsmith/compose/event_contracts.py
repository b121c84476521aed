"""Pass: events on the wire as CloudEvents. Thin ones: ids and states, nothing that would leak in a log."""

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.fields import is_encrypted
from archsmith.kernel.names import slug
from archsmith.model.contracts import EventContract
from archsmith.model.decisions import Dimension
from archsmith.model.domain import AttributeType, DataClass, Entity, Event

_OPEN = frozenset({DataClass.PUBLIC, DataClass.INTERNAL})
_HEAVY = frozenset({AttributeType.TEXT, AttributeType.JSON, AttributeType.FILE})


def event_contracts(ctx: Context, draft: Draft) -> None:
    """One contract an event: type `seed-shop.order.placed.v1`, one channel an aggregate, ordered by its id."""
    for event in ctx.heard:
        entity = ctx.entities[event.entity]
        root = ctx.entities.get(entity.aggregate, entity)
        draft.event_contracts.append(
            EventContract(
                event=event.id,
                type=f"{slug(ctx.domain.title)}.{_words(event, entity)}.v1",
                channel=ctx.names[root.id].collection,
                key=ctx.names[root.id].parameter,
                attributes=carried(entity),
                because=ctx.because(Dimension.BROKER, Dimension.STYLE),
            )
        )


def _words(event: Event, entity: Entity) -> str:
    parts = [slug(part) for part in event.name.split(".") if part.strip()]
    return ".".join(parts) if len(parts) > 1 else f"{slug(entity.name)}.{slug(event.name)}"


def carried(entity: Entity) -> tuple[str, ...]:
    """The attributes that an event carries: those without harm in a log, short ones only; the rest is asked for."""
    return tuple(
        a.name for a in entity.attributes if a.data_class in _OPEN and a.type not in _HEAVY and not is_encrypted(a)
    )
