"""One table as DDL: columns, constraints, comments, indexes."""

from collections.abc import Iterable

from archsmith.kernel.phrases import listed
from archsmith.model.contracts import Column, ForeignKey, Index, NoOverlap, Table
from archsmith.render import show
from archsmith.render.contracts.sql.quoting import literal, name, names


def create(table: Table, late: Iterable[ForeignKey] = ()) -> str:
    """CREATE TABLE without the foreign keys in `late`."""
    width = max(len(name(c.name)) for c in table.columns)
    lines = [column_line(c, width) for c in table.columns]
    lines.append(f"PRIMARY KEY ({names(table.primary_key)})")
    lines += [f"UNIQUE ({names(columns)})" for columns in table.uniques]
    lines += [f"CONSTRAINT {name(c.name)} CHECK ({c.expression})" for c in table.checks]
    lines += [_exclusion(rule) for rule in table.overlaps]
    lines += [_foreign_key(key) for key in table.foreign_keys if key not in tuple(late)]
    body = ",\n".join(f"    {line}" for line in lines)
    cut = f" PARTITION BY RANGE ({name(table.partition_by)})" if table.partition_by and not table.hypertable else ""
    return f"CREATE TABLE {name(table.name)} (\n{body}\n){cut}{_storage(table)};"


def _storage(table: Table) -> str:
    kept = [f"fillfactor = {table.fill}"] if table.fill < 100 else []
    kept += [f"autovacuum_vacuum_scale_factor = {table.vacuum_scale}"] if table.vacuum_scale is not None else []
    return f" WITH ({', '.join(kept)})" if kept else ""


def _exclusion(rule: NoOverlap) -> str:
    """Two rows of the same thing never overlap. A key stands as the range from itself to itself."""
    keys = [f"uuid_range({name(key)}, {name(key)}, '[]') WITH =" for key in rule.keys]
    ends = f"{name(rule.starts)}, {name(rule.ends)}"
    span = f"daterange({ends}, '{'[]' if rule.last_too else '[)'}')" if rule.dates else f"tstzrange({ends})"
    where = f" WHERE ({rule.where})" if rule.where else ""
    return f"CONSTRAINT {name(rule.name)} EXCLUDE USING gist ({', '.join([*keys, f'{span} WITH &&'])}){where}"


def column_line(column: Column, width: int = 0) -> str:
    """A column as PostgreSQL and SQLite define it, its name padded to `width` characters."""
    parts = [name(column.name).ljust(width), column.type]
    if column.generated:
        parts.append(f"GENERATED ALWAYS AS ({column.generated}) STORED")
    if not column.nullable:
        parts.append("NOT NULL")
    if column.default:
        parts.append(f"DEFAULT {column.default}")
    if column.check:
        parts.append(f"CHECK ({column.check})")
    return " ".join(parts)


def _foreign_key(key: ForeignKey) -> str:
    own = f" ({name(key.columns[-1])})" if key.on_delete == "SET NULL" and len(key.columns) > 1 else ""
    return (
        f"CONSTRAINT {name(key.name)} FOREIGN KEY ({names(key.columns)}) "
        f"REFERENCES {name(key.target)} ({names(key.target_columns)}) ON DELETE {key.on_delete}{own}"
    )


def add_key(table: str, key: ForeignKey) -> str:
    """A foreign key that closes a cycle."""
    return f"ALTER TABLE {name(table)} ADD {_foreign_key(key)};"


def comments(table: Table) -> list[str]:
    """What the table and each of its columns is for."""
    said = table.comment.strip().rstrip(".")
    if table.retention:
        said = f"{said}. Kept for {show.months(table.retention)}"
    found = [f"COMMENT ON TABLE {name(table.name)} IS {literal(said)};"]
    found += [
        f"COMMENT ON COLUMN {name(table.name)}.{name(c.name)} IS {literal(c.comment)};"
        for c in table.columns
        if c.comment
    ]
    return found


def indexes(table: Table) -> list[str]:
    """The indexes, each with the operations that it serves."""
    return [line for index in table.indexes for line in _index(table, index)]


def _index(table: Table, index: Index) -> list[str]:
    unique = "UNIQUE " if index.unique else ""
    method = f" USING {index.method}" if index.method != "btree" else ""
    where = f" WHERE {index.where}" if index.where else ""
    made = f"CREATE {unique}INDEX {name(index.name)} ON {name(table.name)}{method} ({names(index.columns)}){where};"
    return [made, f"COMMENT ON INDEX {name(index.name)} IS {literal(_purpose(table, index))};"]


def _purpose(table: Table, index: Index) -> str:
    if index.unique:
        return f"Never two rows with the same {listed(index.columns, 8)}{f' where {index.where}' * bool(index.where)}"
    served: tuple[str, ...] = index.operations or tuple(q.name for q in table.queries if q.index == index.name)
    return f"Serves {listed(served, 8)}"
