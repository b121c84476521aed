"""Columns of an entity's table: PostgreSQL types, bounds, states, and what the design adds to each row."""

from typing import Final

from archsmith.compose.context import Context
from archsmith.compose.names import Unique
from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import snake
from archsmith.model.contracts import Column
from archsmith.model.domain import Access, Attribute, AttributeType, DataClass, Entity
from archsmith.model.requirements import OperationKind

TEXT_MAX: Final = 500
"""Characters of a text whose length nobody states: a long line. Without a bound a column takes a gigabyte."""

ENCRYPTED: Final = frozenset({DataClass.CARD, DataClass.HEALTH})
"""Classes whose free texts are encrypted by the application, apart from the disk."""

BANK: Final = frozenset({"iban", "bic", "account", "bank", "tax", "salary", "income"})
"""Words of financial attributes that are worth stealing; an amount or the provider's reference is not."""

BUILT_IN: Final = frozenset({"id", "created_at", "updated_at"})
"""Columns that every table gets from the design, whatever the attributes of its entity say."""

_TYPES: Final = {
    AttributeType.UUID: "uuid",
    AttributeType.TEXT: "text",
    AttributeType.INTEGER: "integer",
    AttributeType.DECIMAL: "numeric(18,6)",
    AttributeType.MONEY: "numeric(14,2)",
    AttributeType.BOOLEAN: "boolean",
    AttributeType.DATE: "date",
    AttributeType.TIMESTAMP: "timestamptz",
    AttributeType.EMAIL: "text",
    AttributeType.PHONE: "text",
    AttributeType.URL: "text",
    AttributeType.FILE: "text",
    AttributeType.JSON: "jsonb",
    AttributeType.STATE: "text",
}
_LENGTHS: Final = {
    AttributeType.EMAIL: 320,
    AttributeType.PHONE: 32,
    AttributeType.URL: 2048,
    AttributeType.FILE: 1024,
}


def attribute_columns(ctx: Context, entity: Entity) -> list[Column]:
    """The columns of the attributes, in order. A place takes two columns, all money of a row shares a currency."""
    found: list[Column] = []
    for attribute in entity.attributes:
        name = ctx.names[entity.id].columns[attribute.name]
        if name in BUILT_IN:
            continue
        found += _place(name, attribute) if attribute.type is AttributeType.GEO else [_plain(ctx, name, attribute)]
    if any(a.type is AttributeType.MONEY for a in entity.attributes) and all(c.name != "currency" for c in found):
        check = "currency ~ '^[A-Z]{3}$'"
        said = "ISO 4217 code of the amounts in this row"
        found.append(Column(name="currency", type="text", nullable=False, comment=said, check=check))
    return found


def is_encrypted(attribute: Attribute) -> bool:
    """Whether the application encrypts this attribute itself: free text about a body, a card or a bank account.

    Not where the database must compare values (unique ones).
    """
    if attribute.unique or attribute.type not in (AttributeType.TEXT, AttributeType.JSON):
        return False
    bank = attribute.data_class is DataClass.FINANCIAL and BANK & set(attribute.name.lower().split("_"))
    return attribute.data_class in ENCRYPTED or bool(bank)


def _plain(ctx: Context, name: str, attribute: Attribute) -> Column:
    said = attribute.description.strip() or attribute.name
    if is_encrypted(attribute):
        return Column(
            name=name,
            type="bytea",
            nullable=not attribute.required,
            comment=f"{said}; encrypted by the application (AES-256-GCM), never searched",
        )
    if attribute.type is AttributeType.FILE:
        said = f"{said}; key of the file in the object store"
    return Column(
        name=name,
        type=_TYPES[attribute.type],
        nullable=not attribute.required,
        comment=said,
        default=f"'{_states(attribute)[0]}'" if attribute.type is AttributeType.STATE and attribute.states else "",
        check=_check(ctx, name, attribute),
    )


def _states(attribute: Attribute) -> list[str]:
    taken = Unique()
    return [taken.take(snake(state), state) for state in attribute.states]


def _check(ctx: Context, name: str, attribute: Attribute) -> str:
    match attribute.type:
        case AttributeType.STATE if attribute.states:
            states = ", ".join(f"'{state}'" for state in _states(attribute))
            return f"{name} IN ({states})"
        case AttributeType.MONEY:
            return f"{name} >= 0"
        case AttributeType.INTEGER if any(ctx.naming.has("count_words", word) for word in name.split("_")):
            return f"{name} >= 0"
        case AttributeType.EMAIL:
            return f"char_length({name}) <= {_LENGTHS[attribute.type]} AND {name} LIKE '%_@_%'"
        case AttributeType.PHONE | AttributeType.URL | AttributeType.FILE:
            return f"char_length({name}) <= {attribute.max_length or _LENGTHS[attribute.type]}"
        case AttributeType.TEXT:
            return f"char_length({name}) <= {attribute.max_length or TEXT_MAX}"
        case AttributeType.STATE:
            return f"char_length({name}) <= {attribute.max_length or TEXT_MAX}"
        case _:
            return ""


def _place(name: str, attribute: Attribute) -> list[Column]:
    said = attribute.description.strip() or attribute.name
    return [
        Column(
            name=f"{name}_{axis}",
            type="double precision",
            nullable=not attribute.required,
            comment=f"{said}: {axis} in degrees (WGS 84)",
            check=f"{name}_{axis} BETWEEN -{limit} AND {limit}",
        )
        for axis, limit in (("latitude", 90), ("longitude", 180))
    ]


def key_column() -> Column:
    """The primary key of every entity. `gen_random_uuid()`, as PostgreSQL 17 has no `uuidv7()`."""
    return Column(name="id", type="uuid", nullable=False, comment="Key", default="gen_random_uuid()")


def moment(name: str, comment: str, nullable: bool = False, default: str = "now()") -> Column:
    """A point in time."""
    return Column(name=name, type="timestamptz", nullable=nullable, comment=comment, default=default)


def row_columns(ctx: Context, entity: Entity) -> list[Column]:
    """What each row carries beside its own data: when it was made; and, where it changes, when and how often."""
    found = [moment("created_at", "When the row was made")]
    varies = changes(ctx, entity.id)
    lock = "row_version" if "version" in ctx.names[entity.id].columns.values() else "version"
    if varies or any(a.name == "updated_at" for a in entity.attributes):
        found.append(moment("updated_at", "When the row last changed"))
    if varies:
        found += [
            Column(
                name=lock,
                type="integer",
                nullable=False,
                comment="Counts changes; the ETag, so that two people do not overwrite each other",
                default="1",
                check=f"{lock} > 0",
            ),
        ]
    return found


def changes(ctx: Context, entity: EntityId) -> bool:
    """Whether rows change after they were made. Those that are only appended (measurements, log entries) do not."""
    own = ctx.operations_on[entity]
    touched = any(entity in o.touches for o in ctx.domain.operations)
    appended = bool(own) and all(
        o.access in (Access.APPEND, Access.GET, Access.LIST, Access.SEARCH, Access.AGGREGATE, Access.EXPORT)
        or (o.kind is OperationKind.STREAM and o.access is Access.CREATE)
        for o in own
    )
    return touched or not appended or not any(o.access in (Access.APPEND, Access.CREATE) for o in own)
