"""One table as DDL: columns, constraints, comments, indexes."""

from collections.abc import Iterable

from archsmith.kernel.phrases import listed
from archsmith.model.contracts import Column, ForeignKey, Index, Table
from archsmith.render import show
from archsmith.render.contracts.sql.quoting import literal, name, names


def create(table: Table, late: Iterable[ForeignKey] = ()) -> str:
    """CREATE TABLE without the foreign keys in `late`."""
    width = max(len(name(c.name)) for c in table.columns)
    lines = [_column(c, width) for c in table.columns]
    lines.append(f"PRIMARY KEY ({names(table.primary_key)})")
    lines += [f"UNIQUE ({names(columns)})" for columns in table.uniques]
    lines += [_foreign_key(key) for key in table.foreign_keys if key not in tuple(late)]
    body = ",\n".join(f"    {line}" for line in lines)
    cut = f" PARTITION BY RANGE ({name(table.partition_by)})" if table.partition_by else ""
    return f"CREATE TABLE {name(table.name)} (\n{body}\n){cut};"


def _column(column: Column, width: int) -> str:
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
    return (
        f"CONSTRAINT {name(key.name)} FOREIGN KEY ({names(key.columns)}) "
        f"REFERENCES {name(key.target)} ({names(key.target_columns)}) ON DELETE {key.on_delete}"
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
    if not index.operations:
        return [made]
    return [made, f"COMMENT ON INDEX {name(index.name)} IS {literal(f'Serves {listed(index.operations, 8)}')};"]
