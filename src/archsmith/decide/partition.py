"""Aggregates into bounded contexts: what must change together stays together."""

from collections import Counter

from archsmith.kernel.ids import EntityId
from archsmith.model.domain import Domain
from archsmith.model.requirements import OperationKind

_MOST = 7
"""Contexts in one system; more are merged, because each one costs a border."""


def contexts(domain: Domain) -> dict[EntityId, EntityId]:
    """For each entity the entity that its context is named after.

    Parts stay with their aggregate. Aggregates that one transaction touches are joined while the context has at most
    four; small contexts join the one that they refer to most, until there are at most seven.
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
        if len(size) <= _MOST:
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
