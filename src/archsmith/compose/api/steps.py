"""Steps between states: which state a step leads to, and from which ones it is possible."""

from archsmith.compose.context import Context
from archsmith.kernel.names import snake
from archsmith.model.domain import AttributeType, Operation
from archsmith.model.shapes import Field, Shape


def state_field(shape: Shape, target: str) -> Field | None:
    """The field that has the state `target`, by its safe name."""
    return next((f for f in shape.fields if f.type is AttributeType.STATE and target in f.states), None)


def states_of(ctx: Context, shape: Shape, operation: Operation) -> tuple[tuple[str, ...], str]:
    """The states from which a transition is possible, and the one that it leads to; both empty where it changes none.

    States stand in the order of a life. A step goes on from those before its target; one that ends a life early
    (cancelled, rejected) from all that are not final.
    """
    target = snake(operation.to_state) if operation.to_state else ""
    field = state_field(shape, target) if target else None
    if field is None:
        return (), ""
    return _before(ctx, field.states, target), target


def _before(ctx: Context, states: tuple[str, ...], target: str) -> tuple[str, ...]:
    def is_in(ident: str, state: str) -> bool:
        return ctx.naming.has(ident, state.replace("_", " ").rpartition(" ")[2])

    going_on = [s for s in states if s != target and not is_in("final_states", s)]
    if is_in("exit_states", target):
        return tuple(going_on)
    earlier = [s for s in going_on if states.index(s) < states.index(target)]
    done = [s for s in states if s != target and states.index(s) < states.index(target)]
    return tuple(earlier or going_on or done)
