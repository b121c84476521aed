"""Pass: events on the wire as CloudEvents. Thin ones: ids, states and figures, nothing that would leak in a log."""

from typing import Final

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.names import RESERVED_TYPES, Unique
from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import pascal, slug
from archsmith.model.contracts import EventContract
from archsmith.model.decisions import Dimension
from archsmith.model.domain import AttributeType, DataClass, Entity, Event
from archsmith.model.shapes import Field, Shape, Source

_OPEN: Final = frozenset({DataClass.PUBLIC, DataClass.INTERNAL})
_PLAIN: Final = frozenset(
    {
        AttributeType.UUID,
        AttributeType.INTEGER,
        AttributeType.DECIMAL,
        AttributeType.MONEY,
        AttributeType.BOOLEAN,
        AttributeType.DATE,
        AttributeType.TIMESTAMP,
        AttributeType.STATE,
    }
)
"""Types without free text, in which nobody can have written what belongs to a person."""
_CARRIED: Final = frozenset({Source.KEY, Source.REFERENCE, Source.ATTRIBUTE, Source.CURRENCY, Source.STAMP})


class MessageNames:
    """Types of CloudEvents and their names, unique in the design; names also among the types of entities."""

    def __init__(self, ctx: Context, draft: Draft) -> None:
        shapes = (n for s in draft.shapes for n in (s.type_name, s.plural_name))
        contracts = draft.event_contracts
        self._names = Unique(n.lower() for n in (*RESERVED_TYPES, *shapes, *(c.name for c in contracts)))
        self._types = Unique(c.type for c in contracts)
        self.system = slug(ctx.domain.title)

    def take(self, words: str, name: str, meaning: str) -> tuple[str, str]:
        """Type and name of a message: `seed-shop.order.placed.v1`, `OrderPlaced`."""
        kind = self._types.take(f"{self.system}.{words}", meaning, "-", 190)
        wish = pascal(name)
        free = self._names.take(wish.lower(), meaning, "-")
        return f"{kind}.v1", wish if free == wish.lower() else wish + free.rpartition("-")[2].capitalize()


def event_contracts(ctx: Context, draft: Draft) -> None:
    """One contract an event: its type, one channel an aggregate, in the order of the aggregate's id."""
    names = MessageNames(ctx, draft)
    for event in ctx.heard:
        entity = ctx.entities[event.entity]
        root = ctx.entities.get(entity.aggregate, entity)
        shape = draft.shape_of(entity.id)
        words = _words(event, entity)
        ident, name = names.take(words, words.replace(".", " "), event.id)
        key = key_field(shape, root.id)
        draft.event_contracts.append(
            EventContract(
                event=event.id,
                type=ident,
                name=name,
                channel=ctx.names[root.id].collection,
                key=ctx.names[root.id].parameter if key else ctx.names[entity.id].parameter,
                key_field=key or "id",
                entity=entity.id,
                operation=event.operation,
                attributes=carried(shape),
                because=ctx.because(Dimension.BROKER, Dimension.STYLE),
            )
        )


def _words(event: Event, entity: Entity) -> str:
    parts = [slug(part) for part in event.name.split(".") if part.strip()]
    return ".".join(parts) if len(parts) > 1 else f"{slug(entity.name)}.{slug(event.name)}"


def key_field(shape: Shape, root: EntityId) -> str:
    """The field that holds the id of the aggregate: its own, or that of the whole; empty where a row does not say."""
    if shape.entity == root:
        return "id"
    found = (f.name for f in shape.fields if f.refers == root and f.required and not f.many)
    return next(found, "")


def carried(shape: Shape) -> tuple[str, ...]:
    """The fields that an event carries: those without harm in a log; the rest is asked for."""
    return tuple(f.name for f in shape.fields if f.source in _CARRIED and _harmless(f))


def _harmless(field: Field) -> bool:
    hidden = field.many or field.encrypted or field.write_only or not field.shown
    plain = field.type in _PLAIN or field.source is Source.CURRENCY
    return plain and field.data_class in _OPEN and not hidden
