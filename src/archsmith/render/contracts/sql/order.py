"""Tables in the order in which they can be made: what a foreign key points at stands before it."""

from collections.abc import Iterable

from archsmith.model.contracts import ForeignKey, Table


def in_order(tables: Iterable[Table]) -> tuple[Table, ...]:
    """Each table after those that it refers to, else in the given order; a cycle is broken where it closes."""
    by_name = {table.name: table for table in tables}
    done: dict[str, Table] = {}
    for table in by_name.values():
        _place(table, by_name, done, set())
    return tuple(done.values())


def _place(table: Table, by_name: dict[str, Table], done: dict[str, Table], open_: set[str]) -> None:
    if table.name in done or table.name in open_:
        return
    open_.add(table.name)
    for key in table.foreign_keys:
        if key.target in by_name:
            _place(by_name[key.target], by_name, done, open_)
    done[table.name] = table


def late_keys(ordered: tuple[Table, ...]) -> dict[str, tuple[ForeignKey, ...]]:
    """By table, the foreign keys that point at a table which comes later: they are added when all tables stand."""
    place = {table.name: n for n, table in enumerate(ordered)}
    found = {
        table.name: tuple(k for k in table.foreign_keys if place.get(k.target, -1) > place[table.name])
        for table in ordered
    }
    return {name: keys for name, keys in found.items() if keys}
