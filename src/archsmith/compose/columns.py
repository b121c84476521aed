"""Columns in PostgreSQL's types, from the fields of a shape: a limit of the field is a CHECK of the column."""

from typing import Final

from archsmith.compose.fields import CURRENCY, INT32_MAX
from archsmith.model.contracts import Column
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Source

_TYPES: Final = {
    AttributeType.UUID: "uuid",
    AttributeType.TEXT: "text",
    AttributeType.INTEGER: "integer",
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


def columns_of(field: Field, comment: str = "") -> list[Column]:
    """The columns of a field: two of a place, none of a list of references, else one."""
    if field.many:
        return []
    if field.type is AttributeType.GEO:
        return _place(field)
    said = comment or field.description
    if field.encrypted:
        said = f"{said}; encrypted by the application (AES-256-GCM), never searched"
        return [Column(name=field.name, type="bytea", nullable=not field.required, comment=said)]
    if field.type is AttributeType.FILE:
        said = f"{said}; key of the file in the object store"
    return [
        Column(
            name=field.name,
            type=_type(field),
            nullable=not field.required,
            comment=said,
            default=_default(field),
            check=_check(field),
        )
    ]


def _type(field: Field) -> str:
    if field.precision is not None:
        return f"numeric({field.precision},{field.scale})"
    if field.type is AttributeType.INTEGER and (field.maximum or 0) > INT32_MAX:
        return "bigint"
    return _TYPES[field.type]


def _default(field: Field) -> str:
    match field.source:
        case Source.KEY:
            return "gen_random_uuid()"  # PostgreSQL 17 has no uuidv7()
        case Source.STAMP:
            return "now()"
        case Source.LOCK:
            return "1"
        case Source.MASTER if field.type is AttributeType.TIMESTAMP:
            return "now()"
        case _:
            return f"'{field.states[0]}'" if field.states else ""


def _check(field: Field) -> str:
    name = field.name
    if field.states:
        states = ", ".join(f"'{state}'" for state in field.states)
        return f"{name} IN ({states})"
    if field.pattern == CURRENCY:
        return f"{name} ~ '{CURRENCY}'"
    if field.max_length is not None:
        address = f" AND {name} LIKE '%_@_%'" if field.type is AttributeType.EMAIL else ""
        return f"char_length({name}) <= {field.max_length}{address}"
    if field.minimum is not None and field.minimum >= 0:
        return f"{name} >= 0" if field.minimum == 0 else f"{name} > {field.minimum - 1}"
    return ""


def _place(field: Field) -> list[Column]:
    return [
        Column(
            name=f"{field.name}_{axis}",
            type="double precision",
            nullable=not field.required,
            comment=f"{field.description}: {axis} in degrees (WGS 84)",
            check=f"{field.name}_{axis} BETWEEN -{limit} AND {limit}",
        )
        for axis, limit in (("latitude", 90), ("longitude", 180))
    ]


def key_column() -> Column:
    """The primary key of a table of the design's own."""
    return Column(name="id", type="uuid", nullable=False, comment="Key", default="gen_random_uuid()")


def moment(name: str, comment: str, nullable: bool = False, default: str = "now()") -> Column:
    """A point in time."""
    return Column(name=name, type="timestamptz", nullable=nullable, comment=comment, default=default)
