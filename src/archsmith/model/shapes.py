"""Shapes: each field of an entity is defined once, and every contract says the same of it.

The property in JSON, the column, the field of a message, of a GraphQL type or of a validator all follow from one
`Field`; a renderer only translates it into the words of its language.
"""

import enum
from collections.abc import Iterable

from msgspec.structs import replace

from archsmith.kernel.ids import EntityId
from archsmith.model.base import Value
from archsmith.model.domain import AttributeType, DataClass


class Source(enum.StrEnum):
    """Where a field comes from."""

    KEY = "key"
    """Identity of the row."""
    TENANT = "tenant"
    """Whose organisation's row it is."""
    SUBJECT = "subject"
    """Ties the row to the sign-in of the person that it stands for."""
    OWNER = "owner"
    """Ties the row to its owner's sign-in where no entity stands for the owner."""
    REFERENCE = "reference"
    """A relation of the domain; `refers` names its target."""
    MASTER = "master"
    """Key and time of the copy of somebody else's truth."""
    ATTRIBUTE = "attribute"
    """An attribute of the domain."""
    CURRENCY = "currency"
    """The currency of a row's amounts where no attribute says it."""
    STAMP = "stamp"
    """When the row was made, and when it last changed."""
    LOCK = "lock"
    """Counts changes: the entity tag of the row."""
    DESIGN = "design"
    """What only a store needs, of no entity: when an item ends, a sum that is kept up to date."""
    MESSAGE = "message"
    """It stands in one request or response only, in no row (a password, a signed link)."""


class Field(Value, frozen=True, kw_only=True):
    """One field of an entity.

    `name`: snake case, ASCII, unique in its shape, no reserved word of SQL; the same in every contract (in GraphQL in
    camel case). `attribute`: the name in the domain (of the attribute or the relation), empty for what the design adds.
    `original`: the name as the brief has it where `name` could not keep it. `shown`: it is in what callers and
    subscribers get; `read_only`: nobody but us sets it; `write_only`: it goes in and never comes out. `encrypted`: by
    the application, apart from the disk.

    Limits, where they apply: characters (`min_length`, `max_length`), numbers (`minimum`, `maximum`, both inclusive),
    digits of a decimal (`precision` in all, `scale` behind the point), `pattern` (a regular expression that ECMA 262,
    PostgreSQL and Python read alike), `states` (safe names, the initial one first). `many`: a list of at most
    `max_items` ids of `refers`; it is a table of its own in SQL. `example`: a value, where none follows from these.
    """

    name: str
    source: Source
    type: AttributeType
    description: str
    required: bool
    attribute: str = ""
    original: str = ""
    shown: bool = True
    read_only: bool = False
    write_only: bool = False
    unique: bool = False
    encrypted: bool = False
    refers: EntityId | None = None
    part_of: bool = False
    many: bool = False
    max_items: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    precision: int | None = None
    scale: int | None = None
    pattern: str = ""
    states: tuple[str, ...] = ()
    example: str = ""
    data_class: DataClass = DataClass.INTERNAL


class Shape(Value, frozen=True, kw_only=True):
    """The fields of an entity, in the order of its columns. `type_name` is its name as a type (`OrderLine`), unique
    among all shapes without regard to case; `plural_name` that of many. `lock`: the field that counts changes, empty
    where rows never change."""

    entity: EntityId
    type_name: str
    plural_name: str
    description: str
    fields: tuple[Field, ...]
    lock: str = ""

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((f for f in self.fields if f.name == name), None)

    def of(self, attribute: str) -> Field | None:
        """The field of an attribute or a relation of the domain, by its name there."""
        return next((f for f in self.fields if f.attribute == attribute and f.attribute), None)

    def told(self, attributes: Iterable[str]) -> tuple[Field, ...]:
        """What a message to others carries: the key and these fields. It goes one way, so that none is read-only."""
        named = [self.field("id"), *(self.of(a) or self.field(a) for a in attributes)]
        return tuple(replace(f, read_only=False) for f in {f.name: f for f in named if f}.values())
