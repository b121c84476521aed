"""Steps between states: which state a step leads to, and from which ones it is possible, by the names of the shape."""

from archsmith.compose.context import Context
from archsmith.model.domain import AttributeType, Operation
from archsmith.model.shapes import Shape


def states_of(ctx: Context, shape: Shape, operation: Operation) -> tuple[tuple[str, ...], str]:
    """The states from which a step is possible, and the one that it leads to; both empty where it changes none."""
    before = operation.from_states.value if operation.from_states else ()
    for attribute in ctx.entities[shape.entity].attributes:
        field = shape.of(attribute.name)
        if attribute.type is AttributeType.STATE and field is not None and operation.to_state in attribute.states:
            safe = dict(zip(attribute.states, field.states, strict=True))
            return tuple(safe[s] for s in before if s in safe), safe[operation.to_state]
    return (), ""
