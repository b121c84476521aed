"""Columns of the fields of a shape, and of the tables that the design adds, in the words of the store's engine."""

from dataclasses import dataclass

from msgspec.structs import replace

from archsmith.compose.dialects import Dialect, within
from archsmith.compose.fields import REFERENCE
from archsmith.model.contracts import Column
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field, Source


def columns_of(dialect: Dialect, field: Field, comment: str = "") -> list[Column]:
    """The columns of a field: two of a place, none of a list of references, else one."""
    if field.many:
        return []
    if field.type is AttributeType.GEO and not field.encrypted:
        return _place(dialect, field)
    said = comment or field.description
    if field.source is Source.KEY and dialect.key_ordered:
        said = f"{said}; UUID version 7, so that new rows stand together in the index and in the order of their making"
    if field.encrypted:
        said = f"{said}; encrypted by the application (AES-256-GCM), never searched"
    return [
        Column(
            name=field.name,
            type=dialect.type_of(field),
            nullable=not field.required,
            comment=said,
            default=_default(dialect, field),
            check=dialect.check_of(field),
        )
    ]


def _default(dialect: Dialect, field: Field) -> str:
    match field.source:
        case Source.KEY:
            return dialect.key
        case Source.STAMP:
            return dialect.now
        case Source.LOCK:
            return "1"
        case Source.MASTER if field.type is AttributeType.TIMESTAMP:
            return dialect.now
        case _ if field.read_only and field.pattern == REFERENCE:
            return dialect.reference
        case _:
            return f"'{field.states[0]}'" if field.states and not field.encrypted else ""


def _place(dialect: Dialect, field: Field) -> list[Column]:
    return [
        Column(
            name=f"{field.name}_{axis}",
            type=dialect.place,
            nullable=not field.required,
            comment=f"{field.description}: {axis} in degrees (WGS 84)",
            check=within(f"{field.name}_{axis}", -limit, limit),
        )
        for axis, limit in (("latitude", 90), ("longitude", 180))
    ]


@dataclass(frozen=True, slots=True)
class Own:
    """Makes the columns of a table of the design's own: each is a field that no caller sees, said as any other."""

    dialect: Dialect

    def key(self) -> Column:
        """The primary key."""
        return self._made("id", AttributeType.UUID, "Key", Source.KEY)

    def reference(self, name: str, comment: str, *, nullable: bool = False) -> Column:
        """The key of a row elsewhere."""
        return self._made(name, AttributeType.UUID, comment, nullable=nullable)

    def moment(self, name: str, comment: str, *, nullable: bool = False, now: bool = True) -> Column:
        """A point in time; `now`: that of the row's making where nobody says another."""
        source = Source.STAMP if now and not nullable else Source.ATTRIBUTE
        return self._made(name, AttributeType.TIMESTAMP, comment, source, nullable=nullable)

    def text(self, name: str, comment: str, limit: int, *, nullable: bool = False) -> Column:
        """A text that the database keeps within `limit` characters."""
        return self._made(name, AttributeType.TEXT, comment, nullable=nullable, longest=limit)

    def state(self, name: str, comment: str, states: tuple[str, ...]) -> Column:
        """How far something is, first the state in which it begins."""
        return self._made(name, AttributeType.STATE, comment, states=states)

    def count(self, name: str, comment: str, low: int = 0, high: int = 2**31 - 1, *, nullable: bool = False) -> Column:
        """A whole number; it begins at `low` where it must be there."""
        made = self._made(name, AttributeType.INTEGER, comment, nullable=nullable, bounds=(low, high))
        return made if nullable else replace(made, default=str(low))

    def json(self, name: str, comment: str, *, nullable: bool = False) -> Column:
        """A document."""
        return self._made(name, AttributeType.JSON, comment, nullable=nullable)

    def digest(self, name: str, comment: str, *, nullable: bool = False) -> Column:
        """The octets of a hash."""
        kind = self.dialect.digest or self.dialect.octets
        return Column(name=name, type=kind, nullable=nullable, comment=comment)

    def _made(
        self,
        name: str,
        kind: AttributeType,
        comment: str,
        source: Source = Source.ATTRIBUTE,
        *,
        nullable: bool = False,
        longest: int | None = None,
        bounds: tuple[int | None, int | None] = (None, None),
        states: tuple[str, ...] = (),
    ) -> Column:
        field = Field(
            name=name,
            source=source,
            type=kind,
            description=comment,
            required=not nullable,
            max_length=longest,
            minimum=bounds[0],
            maximum=bounds[1],
            states=states,
        )
        return columns_of(self.dialect, field)[0]
