"""Pass: the shape of each entity, from which columns, properties and messages take names, types and limits."""

from msgspec.structs import replace

from archsmith.compose.changes import changes
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.fields import CURRENCY, attribute_field
from archsmith.compose.names import TypeNames, named
from archsmith.compose.ownership import (
    OWNER,
    SUBJECT,
    TENANT,
    ownership_path,
    shares_tables,
    subject_entities,
)
from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import told
from archsmith.model.domain import Access, Attribute, AttributeType, Cardinality, Entity, Relation
from archsmith.model.shapes import Field, Shape, Source

SUBJECT_MAX = 255
"""Characters of a `sub` claim (OpenID Connect Core 1.0, section 2)."""
REFERENCES_MAX = 100
"""Ids in one list of references: more of them are a collection of their own."""
BUILT_IN = frozenset({"id", "created_at", "updated_at"})
"""Fields that every shape gets from the design, whatever the attributes of its entity say."""


def shapes(ctx: Context, draft: Draft) -> None:
    """One shape an entity, in the order of the domain. Of two fields with one name the first stays."""
    types, subjects = TypeNames(), subject_entities(ctx, draft)
    for entity in ctx.domain.entities:
        kept: dict[str, Field] = {}
        for field in _fields(ctx, entity, subjects):
            kept.setdefault(field.name, field)
        single, several = types.take(entity)
        draft.shapes.append(
            Shape(
                entity=entity.id,
                type_name=single,
                plural_name=several,
                description=told(entity.description.strip() or entity.name, single, entity.name),
                fields=tuple(kept.values()),
                lock=lock_of(ctx, entity) if changes(ctx, entity.id) else "",
            )
        )


def _fields(ctx: Context, entity: Entity, subjects: frozenset[EntityId]) -> list[Field]:
    key = Field(
        name="id",
        source=Source.KEY,
        type=AttributeType.UUID,
        description=f"Identifies the {entity.name}",
        required=True,
        read_only=True,
        attribute="id" if any(a.name == "id" for a in entity.attributes) else "",
        unique=True,
    )
    found = [key, *_whose(ctx, entity, subjects)]
    found += [_reference(ctx, entity, r) for r in entity.relations if r.cardinality is not Cardinality.MANY_TO_MANY]
    found += _owner(ctx, entity) + _master(ctx, entity)
    found += [_attribute(ctx, entity, a) for a in entity.attributes if _name(ctx, entity, a) not in BUILT_IN]
    found += _currency(entity, found)
    found += [_references(ctx, entity, r) for r in entity.relations if r.cardinality is Cardinality.MANY_TO_MANY]
    return found + _stamps(ctx, entity)


def _name(ctx: Context, entity: Entity, attribute: Attribute) -> str:
    return ctx.names[entity.id].columns[attribute.name]


def _attribute(ctx: Context, entity: Entity, attribute: Attribute) -> Field:
    name, has_file = _name(ctx, entity, attribute), entity.blob_bytes.value > 0
    brought = _brought(ctx, entity)
    return attribute_field(
        ctx.naming,
        name,
        attribute,
        entity.name,
        has_file=has_file,
        brought=brought,
        reckoned=not brought and (_priced(ctx, entity, name) or (_reckoned(ctx, entity) and _is_sum(ctx, name))),
    )


def _is_sum(ctx: Context, name: str) -> bool:
    return ctx.naming.has("reckoned_amounts", name)


def _priced(ctx: Context, entity: Entity, name: str) -> bool:
    """Whether it is the price of what the same people make and pay: a client that could say it would set its own."""
    own = ctx.operations_on[entity.id]
    makers = {o.actor for o in own if o.access is Access.CREATE and not ctx.actors[o.actor].internal}
    payers = {o.actor for o in own if o.access is Access.TRANSITION and ctx.naming.has("payment_verbs", o.verb)}
    return ctx.naming.has("price_names", name) and bool(makers & payers)


def _reckoned(ctx: Context, entity: Entity) -> bool:
    """Whether somebody outside makes it, and it has parts, or is held or paid: what it comes to is for us to say."""
    own = ctx.operations_on[entity.id]
    made = [o for o in own if o.access is Access.CREATE]
    paid = any(o.access is Access.TRANSITION and ctx.naming.has("payment_verbs", o.verb) for o in own)
    parts = any(r.target == entity.id for r in ctx.part_of.values())
    owed = any({"paid", "held"} & set(a.states) for a in entity.attributes)
    return (paid or parts or owed) and all(not ctx.actors[o.actor].internal for o in made)


def _brought(ctx: Context, entity: Entity) -> bool:
    """Whether rows come from elsewhere with their numbers: another system is the master, or they are only imported."""
    own = [o.access for o in ctx.operations_on[entity.id]]
    return entity.master is not None or (Access.IMPORT in own and Access.CREATE not in own)


def _internal(name: str, source: Source, description: str, *, required: bool) -> Field:
    """A text of the design's own that no caller sees."""
    return Field(
        name=name,
        source=source,
        type=AttributeType.TEXT,
        description=description,
        required=required,
        shown=False,
        read_only=True,
        max_length=SUBJECT_MAX,
    )


def _whose(ctx: Context, entity: Entity, subjects: frozenset[EntityId]) -> list[Field]:
    found = []
    if entity.tenant_scoped and shares_tables(ctx):
        said = "Whose row it is; row-level security holds tenants apart by it"
        tenant = _internal(TENANT, Source.TENANT, said, required=True)
        found.append(replace(tenant, type=AttributeType.UUID, max_length=None))
    if entity.id in subjects:
        said = f"Ties the {entity.name} to a sign-in (claim sub); empty for one without an account"
        found.append(replace(_internal(SUBJECT, Source.SUBJECT, said, required=False), unique=True))
    return found


def _owner(ctx: Context, entity: Entity) -> list[Field]:
    if entity.owner is None or ownership_path(ctx, entity) != OWNER:
        return []
    said = f"Claim sub of the {ctx.actors[entity.owner].name} whose {entity.name} it is"
    return [_internal(OWNER, Source.OWNER, said, required=True)]


def _master(ctx: Context, entity: Entity) -> list[Field]:
    if entity.master is None:
        return []
    system = named(ctx.systems[entity.master].name)
    moment = _internal("synced_at", Source.MASTER, f"When {system} last confirmed the row", required=True)
    return [
        _internal("external_key", Source.MASTER, f"Key in {system}", required=True),
        replace(moment, type=AttributeType.TIMESTAMP, max_length=None),
    ]


def _reference(ctx: Context, entity: Entity, relation: Relation) -> Field:
    target = ctx.entities[relation.target]
    plain = relation.name.replace("_", " ")
    said = f"Id of the {target.name}" if plain == target.name else f"Id of the {plain} ({target.name})"
    return Field(
        name=ctx.names[entity.id].references[relation.name],
        source=Source.REFERENCE,
        type=AttributeType.UUID,
        description=f"{said} that it is part of" if relation.owns else said,
        required=relation.required,
        attribute=relation.name,
        refers=relation.target,
        part_of=relation.owns,
        shown=not relation.taken,
        read_only=relation.taken,
        unique=relation.cardinality is Cardinality.ONE_TO_ONE,
    )


def _references(ctx: Context, entity: Entity, relation: Relation) -> Field:
    target = ctx.entities[relation.target]
    return Field(
        name=ctx.names[entity.id].references[relation.name],
        source=Source.REFERENCE,
        type=AttributeType.UUID,
        description=f"Ids of its {target.plural}",
        required=False,
        attribute=relation.name,
        refers=relation.target,
        many=True,
        max_items=REFERENCES_MAX,
    )


def _currency(entity: Entity, found: list[Field]) -> list[Field]:
    """All money of a row shares a currency."""
    if any(f.name == "currency" for f in found) or all(a.type is not AttributeType.MONEY for a in entity.attributes):
        return []
    return [
        Field(
            name="currency",
            source=Source.CURRENCY,
            type=AttributeType.TEXT,
            description=f"ISO 4217 code of the amounts of this {entity.name}",
            required=True,
            read_only=all(f.read_only for f in found if f.type is AttributeType.MONEY),
            min_length=3,
            max_length=3,
            pattern=CURRENCY,
        )
    ]


def _stamps(ctx: Context, entity: Entity) -> list[Field]:
    """When the row was made; and, where it changes, when and how often."""
    declared = {a.name: a for a in entity.attributes}
    varies = changes(ctx, entity.id)
    found = [_stamp(declared, "created_at", f"When the {entity.name} was made (UTC)")]
    if varies:
        found.append(_stamp(declared, "updated_at", f"When the {entity.name} last changed (UTC)"))
        said = "Counts changes; the ETag, so that two people do not overwrite each other"
        lock = _internal(lock_of(ctx, entity), Source.LOCK, said, required=True)
        found.append(replace(lock, type=AttributeType.INTEGER, max_length=None, minimum=1, maximum=2**31 - 1))
    return found


def _stamp(declared: dict[str, Attribute], name: str, said: str) -> Field:
    return Field(
        name=name,
        source=Source.STAMP,
        type=AttributeType.TIMESTAMP,
        description=said,
        required=True,
        read_only=True,
        attribute=name if name in declared else "",
    )


def lock_of(ctx: Context, entity: Entity) -> str:
    """The name of the field that counts changes: `version`, unless the business has one of its own."""
    return "row_version" if "version" in ctx.names[entity.id].columns.values() else "version"
