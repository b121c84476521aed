"""What the catalogue holds, as rows that can be shown: the content of `archsmith catalog list --json`."""

from typing import Final

from archsmith.kernel.findings import Finding
from archsmith.model.base import Value

CATALOG_SCHEMA: Final = "archsmith/catalog/1"


class Entry(Value, frozen=True, kw_only=True):
    """A row. `value` with its unit, or what the row is in a few words. `own`: it comes from an overlay folder.

    `source` is `estimate` where the figure is ours; `fields` are all others, by name, where the row is explained.
    """

    table: str
    id: str
    name: str
    value: str
    source: str
    as_of: str
    own: bool
    fields: tuple["Field", ...] = ()


class Field(Value, frozen=True, kw_only=True):
    """A field of a row as text; `rows` are those that it refers to, with value and source."""

    name: str
    value: str
    rows: tuple["Entry", ...] = ()


class Shelf(Value, frozen=True, kw_only=True):
    """A table."""

    table: str
    holds: str
    entries: tuple[Entry, ...]


class Catalog(Value, frozen=True, kw_only=True):
    """Tables with their rows, or the rows that were asked for with all their fields, or the findings of a check."""

    schema: str = CATALOG_SCHEMA
    shelves: tuple[Shelf, ...] = ()
    explained: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
