"""Search indexes: what of an entity is found by words, selected by value and ordered by, and in how many shards."""

import math

from archsmith.compose.keyspaces.made import Making, pattern_of
from archsmith.compose.keyspaces.paths import Path
from archsmith.compose.parameters import searched
from archsmith.model.base import Figure
from archsmith.model.domain import READS, Access, AttributeType, Operation
from archsmith.model.keyspaces import Analysis, Keyspace, KeyspaceKind
from archsmith.model.shapes import Field, Source

_SHAPELESS = frozenset({AttributeType.GEO, AttributeType.FILE})


def search_index(of: Making) -> list[Keyspace]:
    """The index of an entity. Only what a hit shows or what finds it is copied; secret and encrypted fields are not."""
    name = of.names.take(of.table, of.entity.id)
    asked = [o for o in of.ctx.operations_on[of.entity.id] if o.access is Access.SEARCH]
    words = {a.name for a in searched(of.entity)}
    kept = [f for f in of.shape.fields if _copied(f)]
    named = {n for o in asked for n in (*o.filters, *(x.removesuffix("_id") for x in o.filters))}
    ordered = {o.sort for o in asked} - {""}
    shards, computed = _shards(of, name)
    return [
        Keyspace(
            store=of.store.id,
            name=name,
            kind=KeyspaceKind.INDEX,
            entity=of.entity.id,
            comment=of.comment,
            fields=tuple(f.name for f in kept),
            partition=(of.part("id"),),
            patterns=tuple(pattern_of(Path(_selected(of, o), o.sort, (o,))) for o in asked),
            analysis=Analysis(
                searched=tuple(f.name for f in kept if f.attribute in words),
                filtered=tuple(f.name for f in kept if _selects(f, named)),
                sorted=tuple(f.name for f in kept if f.type not in _SHAPELESS and _orders(f, ordered)),
                exact=int(of.ctx.parameter("search.exact")),
                language=_language(of),
            ),
            items=of.entity.rows.value,
            item_bytes=of.entity.row_bytes.value,
            shards=shards,
            copies=1 if of.store.nodes > 1 else 0,
            changed_by=tuple(
                o.id
                for o in of.ctx.domain.operations
                if o.access not in READS and of.entity.id in (o.entity, *o.touches)
            ),
            figures=(computed,),
            because=of.because,
        )
    ]


def _selected(of: Making, operation: Operation) -> tuple[str, ...]:
    found = (of.shape.of(n) or of.shape.of(n.removesuffix("_id")) for n in operation.filters)
    return tuple(f.name for f in found if f is not None and _copied(f))


def _copied(field: Field) -> bool:
    hidden = field.encrypted or field.write_only or field.many
    return not hidden and field.type is not AttributeType.JSON and field.source is not Source.LOCK


def _selects(field: Field, named: set[str]) -> bool:
    """Whose rows they are, and what searches select by; states and references always tell hits apart."""
    whose = field.source in (Source.TENANT, Source.OWNER)
    return whose or bool(field.states) or field.attribute in named or field.type is AttributeType.GEO


def _orders(field: Field, ordered: set[str]) -> bool:
    return field.attribute in ordered or field.name in ordered or field.name == "created_at"


def _shards(of: Making, name: str) -> tuple[int, Figure]:
    """Primary shards by size: the entity's part of what the store holds at the horizon."""
    copied = {p.entity for p in of.ctx.decisions.placements if of.store.id in p.copies}
    plain = math.fsum(e.rows.value * e.row_bytes.value for e in of.ctx.domain.entities if e.id in copied)
    share = of.entity.rows.value * of.entity.row_bytes.value / plain if plain > 0 else 1.0
    limit = of.ctx.parameter("keys.shard_bytes")
    shards = max(1, math.ceil(of.store.size_horizon * share / limit))
    formula = f"ceil({of.store.size_horizon:.6g} * {share:.4g} / {limit:g}) = {shards}"
    return shards, of.figure(name, "shards", "Primary shards", shards, "shards", formula)


def _language(of: Making) -> str:
    """The language of the texts where the brief names just one; that of a brief which names none is English."""
    said = [f.value for f in of.ctx.requirements.needs.languages] or ["en"]
    return said[0] if len(said) == 1 else ""
