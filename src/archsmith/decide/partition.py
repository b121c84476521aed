"""Aggregates into bounded contexts: what must change together stays together."""

from collections import Counter

from archsmith.kernel.ids import EntityId
from archsmith.kernel.phrases import listed
from archsmith.model.domain import DataClass, Domain, Operation
from archsmith.model.requirements import OperationKind

_GUARDED = frozenset({DataClass.CARD, DataClass.HEALTH, DataClass.CHILD, DataClass.CREDENTIAL, DataClass.FINANCIAL})
"""Classes of data that are kept from whoever need not see them."""
_BUSY = 0.5
"""Share of all requests from which a service is scaled for itself."""
_MOST = 7
"""Contexts in one system; more are merged, because each one costs a border."""


def contexts(domain: Domain, most: int = _MOST) -> dict[EntityId, EntityId]:
    """For each entity the entity that its context is named after.

    Parts stay with their aggregate. Aggregates that one transaction touches are joined while the context has at most
    four; small contexts join the one that they refer to most, until there are at most so many. With a smaller number
    the same contexts are joined further, so that fewer ones are unions of more.
    """
    root = {e.id: e.aggregate for e in domain.entities}
    parent: dict[EntityId, EntityId] = {r: r for r in dict.fromkeys(root.values())}
    weight: dict[EntityId, float] = dict.fromkeys(parent, 0.0)
    for op in domain.operations:
        weight[root[op.entity]] += 1.0 + (op.kind is OperationKind.COMMAND)
    links: dict[tuple[EntityId, EntityId], float] = {}
    for op in domain.operations:
        for other in op.touches:
            if other in root and root[other] != root[op.entity]:
                _count(links, root[op.entity], root[other], 3.0)
    for entity in domain.entities:
        for relation in entity.relations:
            if relation.target in root and root[relation.target] != root[entity.id]:
                _count(links, root[entity.id], root[relation.target], 1.0 if relation.required else 0.5)
    for pair, strength in sorted(links.items(), key=lambda item: (-item[1], item[0])):
        a, b = (_find(parent, x) for x in pair)
        if a != b and strength >= 3.0 and _size(parent, a) + _size(parent, b) <= 4:
            _join(parent, weight, a, b)
    while True:
        head = {x: _find(parent, x) for x in parent}
        size = Counter(head.values())
        if len(size) <= max(1, most):
            break
        small, *others = sorted(size, key=lambda h: (size[h], weight[h], h))
        tie: dict[EntityId, float] = {}
        for (x, y), strength in links.items():
            if small in (head[x], head[y]) and head[x] != head[y]:
                other = head[y] if head[x] == small else head[x]
                tie[other] = tie.get(other, 0.0) + strength
        best = max(others, key=lambda h: (tie.get(h, 0.0), -size[h], h))
        _join(parent, weight, best, small)
    return {entity: _find(parent, aggregate) for entity, aggregate in root.items()}


def crossings(domain: Domain, groups: dict[EntityId, EntityId]) -> int:
    """Operations that touch things of more than one context."""
    return sum(1 for o in domain.operations if len({groups.get(e, e) for e in (o.entity, *o.touches)}) > 1)


def bonds(domain: Domain, groups: dict[EntityId, EntityId]) -> int:
    """References from a thing of one context to one of another: no foreign key holds them once they are apart."""
    pairs = ((e.id, r.target) for e in domain.entities for r in e.relations if r.target in groups)
    return sum(1 for a, b in pairs if groups[a] != groups[b])


def why_apart(domain: Domain, members: tuple[EntityId, ...], ops: list[Operation], owner: str) -> str:
    """What holds a service together and what sets it apart: transactions, data that few may see, load, its owner."""
    inside, entities = set(members), {e.id: e for e in domain.entities}
    found = []
    whole = [
        o
        for o in ops
        if o.kind is OperationKind.COMMAND
        and {entities[e].aggregate for e in (o.entity, *o.touches) if e in inside} - {entities[o.entity].aggregate}
    ]
    if whole:
        found.append(f"{listed([o.name for o in whole], 2)} must change several things of it as a whole")
    guarded = {e.data_class for e in domain.entities if e.id in inside} & _GUARDED
    if guarded and not guarded & {e.data_class for e in domain.entities if e.id not in inside}:
        kinds = listed(sorted(c.value for c in guarded))
        found.append(f"{kinds} data is in it alone, so fewer people and machines may touch it")
    total = sum(o.peak.value for o in domain.operations)
    share = sum(o.peak.value for o in ops) / total if total else 0.0
    if share >= _BUSY:
        found.append(f"it takes {share * 100:.0f}% of the requests at the peak and is scaled by them alone")
    if not found:
        found.append("nothing outside changes with it")
    return f"{'; '.join(found)}; {owner}, with releases of its own"


def _count(links: dict[tuple[EntityId, EntityId], float], a: EntityId, b: EntityId, strength: float) -> None:
    pair = (a, b) if a < b else (b, a)
    links[pair] = links.get(pair, 0.0) + strength


def _find(parent: dict[EntityId, EntityId], x: EntityId) -> EntityId:
    while parent[x] != x:
        x = parent[x]
    return x


def _size(parent: dict[EntityId, EntityId], head: EntityId) -> int:
    return sum(1 for x in parent if _find(parent, x) == head)


def _join(parent: dict[EntityId, EntityId], weight: dict[EntityId, float], a: EntityId, b: EntityId) -> None:
    keep, lose = (a, b) if (weight[a], b) >= (weight[b], a) else (b, a)
    parent[lose] = keep
    weight[keep] += weight[lose]
