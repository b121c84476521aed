"""The endpoints under construction: each added once, under a name of its own."""

from collections.abc import Iterable
from http import HTTPStatus

from msgspec.structs import replace

from archsmith.compose.api.things import Things
from archsmith.compose.api.words import operation_id, summary
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.names import Unique
from archsmith.compose.parameters import path_parameters
from archsmith.compose.rate_limits import limit_id
from archsmith.compose.routes import shape
from archsmith.compose.scopes import Rights, said_of
from archsmith.kernel.ids import ActorId, EntityId, OperationId
from archsmith.kernel.phrases import listed
from archsmith.model.architecture import Scope
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.decisions import StoreRole
from archsmith.model.shapes import Shape


class Board:
    """Endpoints in the order in which they were added; no two of them share method and path, or an operationId."""

    def __init__(self, ctx: Context, draft: Draft, things: Things) -> None:
        self.ctx = ctx
        self.draft = draft
        self.things = things
        self.rights = Rights(ctx, things)
        self.endpoints: list[Endpoint] = []
        self.shapes: dict[EntityId, Shape] = {s.entity: s for s in draft.shapes}
        self.limits = {limit.id for limit in draft.rate_limits}
        self.filed = any(s.role is StoreRole.OBJECTS and s.topology != "embedded" for s in draft.stores)
        self._at: dict[tuple[str, str], int] = {}
        self._identifiers = Unique()

    def get(self, method: str, path: str) -> Endpoint | None:
        """The endpoint with this method and this path, whatever its parameters are called."""
        at = self._at.get(shape(method, path))
        return None if at is None else self.endpoints[at]

    def add(self, endpoint: Endpoint) -> Endpoint:
        """Adds an endpoint; its operationId gets a hash where it is taken. The path must be free."""
        named = replace(endpoint, operation_id=self._identifiers.take(endpoint.operation_id, endpoint.path))
        self._at[shape(named.method, named.path)] = len(self.endpoints)
        self.endpoints.append(named)
        return named

    def put(self, endpoint: Endpoint) -> None:
        """Puts an endpoint in the place of the one with its method and path."""
        at = self._at[shape(endpoint.method, endpoint.path)]
        name = self._identifiers.take(endpoint.operation_id, endpoint.path)
        self.endpoints[at] = replace(endpoint, operation_id=name)

    def beside(
        self, first: Endpoint, act: Act, method: str, path: str, reason: str, words: str = "", **facts: object
    ) -> Endpoint | None:
        """Adds an endpoint that `first` needs or leaves behind; None where the path is taken.

        `words` as for `operation_id`. What `facts` do not say follows from the act, or is as in `first`.
        """
        if self.get(method, path):
            return None
        entity = facts.get("entity", first.entity)
        assert isinstance(entity, str), "an entity is named by its id"
        names, one = self.ctx.names[EntityId(entity)], self.ctx.entities[EntityId(entity)]
        limit = limit_id(first.service, "reads" if method == "GET" else "writes")
        made = Endpoint(
            operation=first.operation,
            companion=True,
            reason=reason,
            service=first.service,
            entity=one.id,
            act=act,
            operation_id=operation_id(act, names.singular, names.collection.replace("-", "_"), words),
            method=method,
            path=path,
            summary=summary(act, one, words),
            parameters=tuple(path_parameters(self.ctx, path)),
            request=Body.NONE,
            response=Body.ONE,
            success=HTTPStatus.OK,
            problems=(),
            scopes=first.scopes,
            idempotency_key=False,
            etag=False,
            rate_limit=limit if limit in self.limits else first.rate_limit,
            because=first.because,
        )
        return self.add(replace(made, **facts))

    def grant(self, ident: str, endpoints: Iterable[Endpoint], said: str = "", only: ActorId | None = None) -> None:
        """Lets the callers of these endpoints, or one of them `only`, have a scope; makes it where there is none.

        `said`: what it is for, where that does not follow from its name.
        """
        found = [o for e in endpoints for o in (e.operation, *e.also)]
        operations = [o for o in found if only is None or self.ctx.operations[o].actor == only]
        scopes = self.draft.scopes
        known = next((at for at, scope in enumerate(scopes) if scope.id == ident), None)
        if known is None:
            scopes.append(Scope(id=ident, description=said or said_of(self.ctx, ident), operations=(), actors=()))
            known = len(scopes) - 1
        scope = scopes[known]
        merged = list(dict.fromkeys([*scope.operations, *operations]))
        scopes[known] = replace(scope, operations=tuple(merged), actors=tuple(self._actors(scope, merged)))
        scopes.sort(key=lambda s: s.id)

    def _actors(self, scope: Scope, operations: list[OperationId]) -> list[ActorId]:
        return list(dict.fromkeys([*scope.actors, *(self.ctx.operations[o].actor for o in operations)]))

    def said(self, endpoints: Iterable[Endpoint]) -> str:
        """What endpoints do, in a sentence."""
        return listed((e.summary[:1].lower() + e.summary[1:] for e in endpoints), 3)
