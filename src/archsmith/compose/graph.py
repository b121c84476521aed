"""Pass: the GraphQL schema, where endpoints are its fields: names of its types, limits of its operations."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.names import RESERVED_TYPES, Unique
from archsmith.compose.packages import type_name
from archsmith.kernel.names import pascal
from archsmith.model.contracts import Act, Body, Endpoint, Over
from archsmith.model.decisions import Dimension
from archsmith.model.graph import Graph, GraphRole, GraphType
from archsmith.model.shapes import Shape

_OWN: Final = "UUID URL JSON SafeInt".split()
"""Scalars of the schema beside those that no contract's type may be called."""
_LIST: Final = 4
"""Levels of a list: the connection, its edges, the node, and its fields."""
_OBJECT: Final = 2
"""Levels of an object beside a row: itself and its fields."""
_READ, _CHANGE = 1, 10
"""Cost of a read by id and of a change, in rows read: a change reads, locks, writes and tells."""
_RAISED: Final = frozenset({400, 401, 404, 428, 500, 502, 503, 504})
"""Statuses that come as errors of GraphQL: nothing that the caller's next step depends on."""


def graph(ctx: Context, draft: Draft) -> None:
    """None for a design without GraphQL."""
    endpoints = [e for e in draft.endpoints if e.over is Over.GRAPHQL]
    if not endpoints or draft.api is None:
        return
    shown = {e.entity for e in endpoints}
    shapes = [s for s in draft.shapes if s.entity in shown]
    relations = max((sum(1 for f in s.fields if f.refers in shown and not f.many) for s in shapes), default=0)
    draft.graph = Graph(
        types=tuple(_types(shapes, endpoints)),
        list_depth=_LIST,
        relations=relations,
        max_depth=_LIST + (_OBJECT if relations else 0),
        max_cost=draft.api.page_max * (1 + relations),
        max_aliases=draft.api.page_size,
        read_cost=_READ,
        change_cost=_CHANGE,
        because=ctx.because(Dimension.API_STYLE),
    )


def _types(shapes: list[Shape], endpoints: list[Endpoint]) -> Iterator[GraphType]:
    names = Unique(n.lower() for n in (*RESERVED_TYPES, *_OWN, *(s.type_name for s in shapes)))
    for role, of, wish, values in (*_of_shapes(shapes, endpoints), *_of_endpoints(endpoints), *_problems(endpoints)):
        name = type_name(names, wish, f"{role} {of}")
        yield GraphType(role=role, of=of, name=name, values=values)


_Wish = tuple[GraphRole, str, str, tuple[str, ...]]
"""Role, what it is of, the name that is wished for, and the values of an enum."""


def _of_shapes(shapes: list[Shape], endpoints: list[Endpoint]) -> Iterator[_Wish]:
    """One enum for each set of states, after the first field that has it; pages of what is listed."""
    known = set[tuple[str, ...]]()
    for shape in shapes:
        for field in shape.fields:
            if field.states and field.states not in known:
                known.add(field.states)
                wish = shape.type_name + pascal(field.name)
                yield GraphRole.ENUM, f"{shape.entity}.{field.name}", wish, field.states
    listed = {e.entity for e in endpoints if e.act is Act.LIST}
    for shape in (s for s in shapes if s.entity in listed):
        yield GraphRole.EDGE, shape.entity, f"{shape.type_name}Edge", ()
        yield GraphRole.CONNECTION, shape.entity, f"{shape.type_name}Connection", ()


def _of_endpoints(endpoints: list[Endpoint]) -> Iterator[_Wish]:
    for endpoint in endpoints:
        of, base = endpoint.operation_id, pascal(endpoint.operation_id)
        for parameter in endpoint.parameters:
            if parameter.name == "sort" and parameter.choices:
                yield GraphRole.SORT, of, f"{base}Sort", parameter.choices
        if endpoint.method == "MUTATION":
            if endpoint.request is not Body.NONE:
                yield GraphRole.INPUT, of, f"{base}Input", ()
            yield GraphRole.PAYLOAD, of, f"{base}Payload", ()
            yield GraphRole.RESULT, of, f"{base}Result", ()


def _problems(endpoints: list[Endpoint]) -> Iterator[_Wish]:
    """Those of mutations that depend on the input or the state."""
    changes = [e for e in endpoints if e.method == "MUTATION"]
    for status in sorted({s for e in changes for s in e.problems if s not in _RAISED}):
        yield GraphRole.PROBLEM, str(status), f"{pascal(HTTPStatus(status).phrase)}Problem", ()
    for kind in sorted({r.type for e in changes for r in e.refusals}):
        yield GraphRole.PROBLEM, kind, f"{pascal(kind)}Problem", ()
