"""Rows of the catalogue as they are shown: value, source, date, and the rows that they refer to."""

import difflib
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from archsmith.kernel.findings import Finding, Severity
from archsmith.knowledge.archetypes import ArchetypeCues, archetype
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.knowledge.limits import LIMITS
from archsmith.knowledge.shelves import LISTED
from archsmith.knowledge.technologies import Effort, Technology
from archsmith.model.shelf import Catalog, Entry, Field, Shelf
from archsmith.render import show

_SHOWN: Final = frozenset({"id", "name", "value", "unit", "source", "as_of"})
_REFERRED: Final = 12
"""Rows behind one field."""


def listed(catalogue: Catalogue, tables: tuple[str, ...]) -> Catalog | Finding:
    """The named tables, or all that are listed, a line a row."""
    for name in tables:
        if name not in LISTED:
            return _unknown("table", name, list(LISTED))
    own = Catalogue()
    return Catalog(
        shelves=tuple(
            Shelf(
                table=name,
                holds=holds,
                entries=tuple(_entry(name, row, table, own) for row in catalogue.table(table).values()),
            )
            for name, (table, holds) in LISTED.items()
            if not tables or name in tables
        )
    )


def explained(catalogue: Catalogue, what: str) -> Catalog | Finding:
    """The rows with this id or name, whatever table they are in, with every field and what it refers to."""
    own, found = Catalogue(), []
    wanted = what.strip().lower()
    names: dict[str, None] = {}
    for name, (table, _) in LISTED.items():
        for row in catalogue.table(table).values():
            called = (str(getattr(row, table.key)), str(getattr(row, "name", "") or ""), str(getattr(row, "title", "")))
            names.update(dict.fromkeys(c for c in called if c))
            if wanted in {c.lower() for c in called}:
                fields = tuple(_fields(row, catalogue, own))
                fields += tuple(_kind(row.id, catalogue, own)) if isinstance(row, ArchetypeCues) else ()
                fields += tuple(_limits(row.id, catalogue, own)) if isinstance(row, Technology) else ()
                found.append(msgspec.structs.replace(_entry(name, row, table, own), fields=fields))
    return Catalog(explained=tuple(found)) if found else _unknown("row", what, list(names))


def _entry(name: str, row: Any, table: Table[Any], own: Catalogue) -> Entry:
    ident = str(getattr(row, table.key))
    title = getattr(row, "name", "") or getattr(row, "title", "") or getattr(row, "product", "")
    return Entry(
        table=name,
        id=ident,
        name=str(title),
        value=_value(row),
        source="estimate" if isinstance(row, Technology) else str(getattr(row, "source", "")),
        as_of=str(getattr(row, "as_of", "")),
        own=own.table(table).get(ident) != row,
    )


def _value(row: Any) -> str:
    """The figure with its unit; for what has none, the few words that tell most."""
    value = getattr(row, "value", None)
    if isinstance(value, float):
        unit = str(getattr(row, "unit", ""))
        if hasattr(row, "currency"):
            return f"{value:g} {row.currency} per {unit}"
        return f"{value:g} {unit}".strip()
    if hasattr(row, "usd"):
        return f"{row.usd:g} USD"
    if hasattr(row, "vcpu") and hasattr(row, "memory"):
        return f"{row.vcpu:g} vCPU, {row.memory:g} GB"
    if hasattr(row, "p50"):
        return f"{show.duration(row.p50)} to {show.duration(row.p99)}"
    if isinstance(row, Technology):
        return _technology(row)
    words = [str(getattr(row, f)) for f in ("category", "version", "audience", "provider") if getattr(row, f, None)]
    return ", ".join(words)


def _technology(row: Technology) -> str:
    """Category, and the hours a month that it takes; these are our estimates."""
    hours = [f"{row.run.value:g} h by the team"] if row.run else []
    hours += [f"{row.managed.value:g} h managed"] if row.managed else []
    return f"{row.category}{': ' if hours else ''}{', '.join(hours)}{' a month' if hours else ''}"


def _fields(row: Any, catalogue: Catalogue, own: Catalogue) -> Iterator[Field]:
    for field in msgspec.structs.fields(type(row)):
        value = getattr(row, field.name)
        none = isinstance(value, int) and not isinstance(value, bool) and value == 0
        if none or field.name in _SHOWN or value in (None, "", (), {}, frozenset()):
            continue
        rows = tuple(_referred(value, catalogue, own))[:_REFERRED]
        yield Field(name=field.name, value=_text(value), rows=rows)


def _kind(ident: str, catalogue: Catalogue, own: Catalogue) -> Iterator[Field]:
    """What every system of a kind has, which stands in a file of its own."""
    kind = archetype(catalogue, ident)
    entities = (f"{e.name}{'' if e.core else ' (perhaps)'}: {', '.join(e.attributes)}" for e in kind.entities)
    operations = (f"{o.actor} {o.verb} {o.object}{'' if o.core else ' (perhaps)'}" for o in kind.operations)
    yield Field(name="entities", value="; ".join(entities))
    yield Field(name="operations", value="; ".join(operations))
    yield from (f for f in _fields(kind, catalogue, own) if f.name not in ("entities", "operations"))


def _limits(ident: str, catalogue: Catalogue, own: Catalogue) -> Iterator[Field]:
    """What a product does not do, however much is paid."""
    rows = [r for r in catalogue.table(LIMITS).values() if r.technology == ident]
    said = ", ".join(f"{r.resource.replace('_', ' ')}{' (raised on request)' if r.raisable else ''}" for r in rows)
    if rows:
        yield Field(name="limits", value=said, rows=tuple(_entry("limits", r, LIMITS, own) for r in rows))


def _text(value: Any) -> str:
    if isinstance(value, Effort):
        return f"{value.value:g} ({value.low:g} to {value.high:g})"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, msgspec.Struct):
        pairs = ((f.name, getattr(value, f.name)) for f in msgspec.structs.fields(type(value)))
        return ", ".join(f"{name.replace('_', ' ')} {_text(v)}" for name, v in pairs if v not in (None, "", (), False))
    if isinstance(value, dict):
        return ", ".join(f"{k} {_text(v)}" for k, v in value.items())
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    if isinstance(value, tuple | list):
        return ("; " if any(isinstance(v, msgspec.Struct) for v in value) else ", ").join(_text(v) for v in value)
    return str(value)


def _referred(value: Any, catalogue: Catalogue, own: Catalogue) -> Iterator[Entry]:
    """Prices, promises and capacities that a field names, however deep."""
    for key in dict.fromkeys(_words(value)):
        for name in ("prices", "sla", "capacity"):
            table = LISTED[name][0]
            row = catalogue.table(table).get(key)
            if row is not None:
                yield _entry(name, row, table, own)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, msgspec.Struct):
        for field in msgspec.structs.fields(type(value)):
            yield from _words(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _words(item)


def _unknown(what: str, name: str, known: list[str]) -> Finding:
    close = difflib.get_close_matches(name[:80], known, n=3)
    listed = f"the tables are: {', '.join(LISTED)}" if what == "table" else "`archsmith catalog list` shows them"
    fix = f"did you mean {' or '.join(close)}? " if close else ""
    fact = f"the catalogue has no {what} {name[:80]!r}"
    return Finding(id="CAT010", severity=Severity.BLOCKER, place="command line", fact=fact, fix=f"{fix}{listed}")
