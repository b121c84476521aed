"""Pass: which endpoints are no HTTP of their own but fields of a GraphQL schema or methods of gRPC.

Sign-in, files, streams and what others call back stay HTTP whatever the style: browsers, object stores and other
people's systems speak nothing else.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.kernel.names import camel, pascal
from archsmith.model.contracts import Act, Audience, Body, Endpoint, Over

_MOVED: Final = frozenset(
    {Act.LIST, Act.GET, Act.CREATE, Act.UPDATE, Act.DELETE, Act.STEP, Act.RUN, Act.SUMMARY, Act.JOB, Act.JOB_CANCEL}
)
_READS: Final = frozenset({Act.LIST, Act.GET, Act.SUMMARY, Act.JOB})
_BODIES: Final = frozenset({Body.FILE, Body.BATCH, Body.EVENTS})
"""Bodies that neither of the two carries well."""
_NODE: Final = "node"
"""The field of anything by its id (Relay)."""


def interfaces(_ctx: Context, draft: Draft) -> None:
    """Endpoints in the style that was chosen, under the name of their operation."""
    moved = [e for e in draft.endpoints if _moves(e)]
    if draft.api_style == "graphql":
        fields = _fields(moved)
        draft.endpoints[:] = [_graphql(e, fields[e.operation_id]) if _moves(e) else e for e in draft.endpoints]
    elif draft.api_style == "grpc":
        draft.endpoints[:] = [_grpc(e) if _moves(e) else e for e in draft.endpoints]


def _moves(endpoint: Endpoint) -> bool:
    bodies = {endpoint.request, endpoint.response} & _BODIES
    return endpoint.act in _MOVED and not bodies and endpoint.audience is not Audience.COMPONENT


def _fields(endpoints: Sequence[Endpoint]) -> dict[str, str]:
    """Names of the roots' fields: reads are called after what they give (`orders`), changes after what they do; a read
    keeps its verb where another field would have its name."""
    wished = {e.operation_id: _noun(e) for e in endpoints}
    often = Counter([*wished.values(), _NODE])
    return {ident: camel(wish if often[wish] == 1 else ident) for ident, wish in wished.items()}


def _noun(endpoint: Endpoint) -> str:
    verb = {Act.LIST: "list_", Act.GET: "get_"}.get(endpoint.act, "")
    return endpoint.operation_id.removeprefix(verb)


def _graphql(endpoint: Endpoint, field: str) -> Endpoint:
    method = "QUERY" if endpoint.act in _READS else "MUTATION"
    return replace(endpoint, over=Over.GRAPHQL, method=method, path=field, cache=None)


def _grpc(endpoint: Endpoint) -> Endpoint:
    return replace(endpoint, over=Over.GRPC, method="RPC", path=pascal(endpoint.operation_id), cache=None)
