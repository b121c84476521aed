"""Pass: packages of Protocol Buffers, with the names of their types and the numbers of their fields."""

import re
from collections.abc import Iterator, Sequence

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.names import Unique
from archsmith.compose.numbers import numbered
from archsmith.kernel.ids import ServiceId
from archsmith.kernel.names import snake
from archsmith.model.rpcs import Gives, Numbered, Package, Rpc
from archsmith.model.shapes import Shape

_LONGEST = 300
"""Characters of a name: more than two names of the domain have together."""


def packages(ctx: Context, draft: Draft) -> None:
    """One for each service that is asked by gRPC, in the order of the services."""
    for service in draft.services:
        rpcs = [r for r in draft.rpcs if r.service == service.id]
        if rpcs:
            draft.packages.append(_package(ctx, draft, service.id, rpcs))


def _package(ctx: Context, draft: Draft, service: ServiceId, rpcs: Sequence[Rpc]) -> Package:
    module = snake(service) if snake(service) != "types" else "types_service"
    interface = "".join(w.capitalize() for w in module.split("_")) + "Service"
    used = {r.entity for r in rpcs if r.gives is not Gives.NOTHING}
    shapes = [s for s in draft.shapes if s.entity in used]
    names = Unique([interface.lower(), *(f"{r.name}{end}".lower() for r in rpcs for end in ("Request", "Response"))])
    rows = tuple(_row(shape, names) for shape in shapes)
    return Package(
        service=service,
        company=snake(ctx.domain.title),
        module=module,
        interface=interface,
        requests=tuple(Numbered(name=f"{r.name}Request", numbers=numbered(_request(r))) for r in rpcs),
        responses=tuple(Numbered(name=f"{r.name}Response", numbers=numbered(_RESPONSES[r.gives])) for r in rpcs),
        rows=rows,
        enums=tuple(_enums(shapes, names)),
    )


def _row(shape: Shape, names: Unique) -> Numbered:
    shown = [f.name for f in shape.fields if (f.shown and not f.write_only) or f.name == shape.lock]
    name = type_name(names, shape.type_name, str(shape.entity))
    return Numbered(name=name, entity=shape.entity, numbers=numbered(shown))


def _enums(shapes: Sequence[Shape], names: Unique) -> Iterator[Numbered]:
    """One for each set of states, after the first field that has it."""
    known, values = set[tuple[str, ...]](), Unique()
    for shape in shapes:
        for field in shape.fields:
            if field.states and field.states not in known:
                known.add(field.states)
                wish = shape.type_name + "".join(w.capitalize() for w in field.name.split("_"))
                name = type_name(names, wish, f"{shape.entity}.{field.name}")
                yield Numbered(name=name, states=field.states, numbers=tuple(_values(name, field.states, values)))


def _values(enum: str, states: Sequence[str], taken: Unique) -> Iterator[tuple[str, int]]:
    """Values with their enum's name before them, as their scope is the package; numbers follow from the states."""
    prefix = upper_snake(enum)
    yield taken.take(f"{prefix}_UNSPECIFIED", enum, limit=_LONGEST), 0
    for state, number in numbered(states, fixed=False):
        yield taken.take(f"{prefix}_{state.upper()}", f"{enum}.{state}", limit=_LONGEST), number


def upper_snake(name: str) -> str:
    """A type's name as a constant, the way buf's lint parts words: capitals and digits in a row stay together.

    >>> upper_snake("OrderStatus"), upper_snake("GE138cdMember"), upper_snake("Address2City")
    ('ORDER_STATUS', 'GE138CD_MEMBER', 'ADDRESS2_CITY')
    """
    return re.sub("(?<=[a-z])([A-Z])|(?<=.)([A-Z])(?=[a-z])", r"_\1\2", name).upper()


def type_name(names: Unique, wish: str, meaning: str) -> str:
    """A name of a type that differs from the others in more than capitals: the wish, or the wish with a hash."""
    free = names.take(wish.lower(), meaning, "", _LONGEST)
    return wish if free == wish.lower() else f"{wish}{free[-6:].capitalize()}"


def _request(rpc: Rpc) -> Iterator[str]:
    yield from (f.name for f in rpc.takes)
    if rpc.keyed:
        yield "request_id"
    if rpc.gives is Gives.PAGE:
        yield from ("page_size", "page_token")


_RESPONSES = {
    Gives.ONE: ("record",),
    Gives.MANY: ("records",),
    Gives.PAGE: ("records", "next_page_token"),
    Gives.NOTHING: (),
}
