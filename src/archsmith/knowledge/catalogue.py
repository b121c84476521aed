"""The one way to knowledge: tables of typed rows, from the package and from the user's overlay folders."""

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

import msgspec

from archsmith.kernel import safeyaml
from archsmith.kernel.canonical import Malformed, from_json, from_plain
from archsmith.knowledge import snapshot
from archsmith.model.base import Value

R = TypeVar("R", bound=Value)


class Table(msgspec.Struct, Generic[R], frozen=True):
    """A knowledge file: `data/<name>.yaml` is a list of rows of type `row`, told apart by `key`."""

    name: str
    row: type[R]
    key: str = "id"


class Sourced(Value, frozen=True, kw_only=True):
    """A figure of the catalogue: value, unit, and its source with date.

    Where nobody published one it is our estimate: `source` is then `estimate`, `reason` says how it was reached, and
    `low`/`high` are its range.
    """

    value: float
    unit: str
    source: str
    as_of: str = ""
    low: float | None = None
    high: float | None = None
    conditions: str = ""
    reason: str = ""


class Catalogue:
    """All knowledge that a run may use. Tables are read when first asked for, rows in the order of the file."""

    def __init__(self, overlays: tuple[Path, ...] = ()) -> None:
        """`overlays`: the user's folders; a row there replaces the one with the same key, or is added at the end."""
        self._overlays = overlays
        self._read: dict[str, Mapping[str, Value]] = {}

    def table(self, table: Table[R]) -> Mapping[str, R]:
        """The rows of a table by key. Raises BadYaml or Malformed on a file that does not fit its schema."""
        found = self._read.get(table.name)
        if found is None:
            rows = dict(_packaged(table))
            for folder in self._overlays:
                path = folder / f"{table.name}.yaml"
                if path.is_file():
                    rows.update(_own_rows(path, table))
            found = self._read[table.name] = MappingProxyType(rows)
        return found  # type: ignore[return-value]  # one name has one row type

    def changed(self, rows: Mapping[str, Mapping[str, Value]]) -> "Catalogue":
        """The same knowledge with these rows in place of those with their keys, by the name of the table."""
        other = Catalogue(self._overlays)
        other._read = {**self._read, **{n: MappingProxyType({**self._read[n], **new}) for n, new in rows.items()}}
        return other


@functools.cache
def _packaged(table: Table[R]) -> Mapping[str, R]:
    ready = snapshot.tables().get(table.name)
    if ready is not None:
        return _keyed(from_json(bytes(ready), list[table.row]), table)  # type: ignore[name-defined]
    try:
        text = snapshot.text_of(table.name)
    except FileNotFoundError:  # an archetype that only the user has
        return {}
    return _rows(safeyaml.load_own(text), table)


def _own_rows(path: Path, table: Table[R]) -> Mapping[str, R]:
    """The rows of a stranger's file; errors name it."""
    try:
        return _rows(safeyaml.load(text_of_stranger(path)), table)
    except safeyaml.BadYaml as error:
        raise safeyaml.BadYaml(f"{path.name}: {error}", error.line) from error
    except Malformed as error:
        raise Malformed(f"{path.name}: {error}") from error


def text_of_stranger(path: Path) -> str:
    """The text of a file, bounded. Raises BadYaml where it can't be read, is too large or is no UTF-8."""
    try:
        with path.open("rb") as file:
            data = file.read(safeyaml.MAX_BYTES + 1)
    except OSError as error:
        raise safeyaml.BadYaml(f"it can't be read: {error.strerror or error}") from error
    if len(data) > safeyaml.MAX_BYTES:
        raise safeyaml.BadYaml(f"larger than {safeyaml.MAX_BYTES:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise safeyaml.BadYaml("it is not UTF-8 text", data.count(b"\n", 0, error.start) + 1) from error


def _rows(data: object, table: Table[R]) -> Mapping[str, R]:
    return _keyed(from_plain(data, list[table.row]), table)  # type: ignore[name-defined]


def _keyed(rows: list[R], table: Table[R]) -> Mapping[str, R]:
    return {str(getattr(row, table.key)): row for row in rows}
