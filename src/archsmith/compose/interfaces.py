"""Pass: which endpoints are no HTTP of their own but fields of a GraphQL schema or methods of gRPC.

Sign-in, files, streams and what others call back stay HTTP whatever the style: browsers, object stores and other
people's systems speak nothing else.
"""

from typing import Final

from msgspec.structs import replace

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.kernel.names import pascal
from archsmith.model.contracts import Act, Audience, Body, Endpoint, Over

_MOVED: Final = frozenset(
    {Act.LIST, Act.GET, Act.CREATE, Act.UPDATE, Act.DELETE, Act.STEP, Act.RUN, Act.SUMMARY, Act.JOB, Act.JOB_CANCEL}
)
_READS: Final = frozenset({Act.LIST, Act.GET, Act.SUMMARY, Act.JOB})
_BODIES: Final = frozenset({Body.FILE, Body.BATCH, Body.EVENTS})
"""Bodies that neither of the two carries well."""


def interfaces(_ctx: Context, draft: Draft) -> None:
    """Endpoints in the style that was chosen, under the name of their operation."""
    move = {"graphql": _graphql, "grpc": _grpc}.get(draft.api_style)
    if move is not None:
        draft.endpoints[:] = [move(e) if _moves(e) else e for e in draft.endpoints]


def _moves(endpoint: Endpoint) -> bool:
    bodies = {endpoint.request, endpoint.response} & _BODIES
    return endpoint.act in _MOVED and not bodies and endpoint.audience is not Audience.COMPONENT


def _graphql(endpoint: Endpoint) -> Endpoint:
    method = "QUERY" if endpoint.act in _READS else "MUTATION"
    return replace(endpoint, over=Over.GRAPHQL, method=method, path=endpoint.operation_id, cache=None)


def _grpc(endpoint: Endpoint) -> Endpoint:
    return replace(endpoint, over=Over.GRPC, method="RPC", path=pascal(endpoint.operation_id), cache=None)
