"""Pass: OAuth scopes, two for each aggregate (`orders:read`, `orders:write`), and one more for what only others may do
there (`orders:approve`)."""

from collections import Counter

from archsmith.compose.actors import has_endpoint, open_to_all, reads
from archsmith.compose.api.things import Things
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.names import Unique
from archsmith.kernel.ids import ActorId, EntityId
from archsmith.kernel.names import slug
from archsmith.model.architecture import Scope
from archsmith.model.domain import Access, Operation

_FIGURES = "report"
"""The right to see figures about all rows, which opens none of them."""
_RIGHTS = frozenset({"read", "write", "create", "update", "delete", _FIGURES})
"""Rights with a meaning of their own, which a verb of a brief does not take."""
_STANDARD = {
    Access.UPDATE: (("update_verbs", "create_verbs"), "update"),
    Access.DELETE: (("delete_verbs",), "delete"),
}
"""What is one request whatever its verb, and the words by which it is (`compose/routes.py`)."""


def scopes(ctx: Context, draft: Draft) -> None:
    """Collects the operations that are called over the API by the scope that opens them, in domain order."""
    rights = Rights(ctx)
    opened: dict[str, list[Operation]] = {}
    for operation in ctx.domain.operations:
        if has_endpoint(ctx, operation) and not open_to_all(ctx, operation):
            opened.setdefault(rights.scope(operation), []).append(operation)
    draft.scopes += [_scope(ctx, ident, opened[ident]) for ident in sorted(opened)]


class Rights:
    """Which scope opens what. A scope opens nothing that one of its holders has no business with: what other actors
    read or do in the same aggregate has a scope of its own."""

    def __init__(self, ctx: Context, things: Things | None = None) -> None:
        self._ctx = ctx
        self._things = things or Things(ctx)
        self._holders: dict[tuple[EntityId, str], frozenset[ActorId]] = {}
        self._ways: dict[tuple[EntityId, str], dict[Access, set[ActorId]]] = {}
        for operation in ctx.domain.operations:
            if has_endpoint(ctx, operation):
                ways = self._ways.setdefault(self._meant(operation), {})
                ways.setdefault(operation.access, set()).add(operation.actor)
        for operation in ctx.domain.operations:
            if has_endpoint(ctx, operation):
                key = self._key(operation)
                self._holders[key] = self._holders.get(key, frozenset()) | {operation.actor}
        self._main = {kind: self._usual(kind) for kind in ("read", "write")}

    def scope(self, operation: Operation) -> str:
        """The scope that opens an operation."""
        entity, right = self._key(operation)
        if right == _FIGURES:
            return f"{self._ctx.names[entity].collection}:{right}"
        kind = "read" if right == "read" else "write"
        root = self._root(entity)
        if self._holders.get((entity, right)) == self._main[kind].get(root):
            named = root if kind == "read" or any(e == root and r != "read" for e, r in self._holders) else entity
            return f"{self._ctx.names[named].collection}:{kind}"
        return f"{self._ctx.names[entity].collection}:{right}"

    def read(self, entity: EntityId) -> str:
        """The scope that opens an entity for reading: its aggregate's, unless others read it than that."""
        root, own = self._root(entity), self._holders.get((entity, "read"))
        apart = own is not None and own != self._main["read"].get(root)
        return f"{self._ctx.names[entity if apart else root].collection}:read"

    def _key(self, operation: Operation) -> tuple[EntityId, str]:
        """The entity and the right to it. What others do under the same verb in another way is another request."""
        entity, right = self._meant(operation)
        ways = self._ways.get((entity, right), {})
        first = next(iter(ways), operation.access)
        if right in _RIGHTS or operation.access is first or ways.get(operation.access) == ways[first]:
            return entity, right
        return entity, f"{right}-{operation.access}"

    def _meant(self, operation: Operation) -> tuple[EntityId, str]:
        entity = self._things.subject(operation)
        if operation.access is Access.AGGREGATE and not self._things.are_figures(self._ctx.entities[entity]):
            return entity, _FIGURES
        if reads(operation):
            return entity, "read"
        if self._things.creates(operation):
            return entity, "create"
        verbs, right = _STANDARD.get(operation.access, ((), ""))
        plain = any(self._ctx.naming.has(words, operation.verb) for words in verbs)
        own = slug(operation.verb)
        return entity, right if plain else f"{own}-step" if own in _RIGHTS else own

    def _usual(self, kind: str) -> dict[EntityId, frozenset[ActorId]]:
        """For each aggregate the actors who make its root, else those of most of its rights; of equals of the first."""
        found: dict[EntityId, Counter[frozenset[ActorId]]] = {}
        for (entity, right), actors in self._holders.items():
            if right != _FIGURES and (right == "read") == (kind == "read"):
                found.setdefault(self._root(entity), Counter())[frozenset(actors)] += 1
        makers = {root: self._holders.get((root, "create")) for root in found} if kind == "write" else {}
        return {root: makers.get(root) or counts.most_common(1)[0][0] for root, counts in found.items()}

    def _root(self, ident: EntityId) -> EntityId:
        """The root of its aggregate, and not one that lies in another: no right is named by two of them."""
        seen = list[EntityId]()
        while ident not in seen:
            seen.append(ident)
            aggregate = self._ctx.entities[ident].aggregate
            ident = aggregate if aggregate in self._ctx.entities else ident
        return min(seen[seen.index(ident) :])


def jobs(ctx: Context) -> str:
    """The collection of long-running work: `jobs`, or another name where the business has jobs of its own."""
    taken = {names.collection for names in ctx.names.values()}
    return Unique(taken).take("background-jobs" if "jobs" in taken else "jobs", "jobs of the design", "-")


def said_of(ctx: Context, ident: str) -> str:
    """What a scope is for: "See orders", "Make and change orders", "Approve orders"."""
    collection, _, right = ident.partition(":")
    plurals = {n.collection: ctx.entities[e].plural or ctx.entities[e].name for e, n in ctx.names.items()}
    verb = {"read": "See", "write": "Make and change", "create": "Make", _FIGURES: "See figures about"}.get(
        right, right.replace("-", " ").capitalize()
    )
    return f"{verb} {plurals.get(collection, collection.replace('-', ' '))}"


def _scope(ctx: Context, ident: str, operations: list[Operation]) -> Scope:
    actors: list[ActorId] = list(dict.fromkeys(o.actor for o in operations))
    return Scope(
        id=ident,
        description=said_of(ctx, ident),
        operations=tuple(o.id for o in operations),
        actors=tuple(actors),
    )
