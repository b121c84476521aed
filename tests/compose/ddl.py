"""The plainest DDL of tables: enough to ask a real engine whether it takes their types, checks, keys and names."""

from collections.abc import Iterable

from archsmith.model.contracts import Column, ForeignKey, Table
from archsmith.render.contracts.sql.functions import functions


def statements(tables: Iterable[Table], keys: bool = True) -> list[str]:
    """Tables, then indexes, then foreign keys. Names are never quoted: they must be safe as they are."""
    tables = list(tables)
    found = functions(tuple(tables))
    found += [
        f"CREATE TABLE {t.name} (\n  "
        + ",\n  ".join(
            [
                *(_column(c) for c in t.columns),
                f"PRIMARY KEY ({', '.join(t.primary_key)})",
                *(f"UNIQUE ({', '.join(u)})" for u in t.uniques),
                *(f"CONSTRAINT {c.name} CHECK ({c.expression})" for c in t.checks),
            ]
        )
        + "\n)"
        for t in tables
    ]
    for t in tables:
        for i in t.indexes:
            method = f" USING {i.method}" if i.method != "btree" else ""
            where = f" WHERE {i.where}" if i.where else ""
            unique = "UNIQUE " if i.unique else ""
            found.append(f"CREATE {unique}INDEX {i.name} ON {t.name}{method} ({', '.join(i.columns)}){where}")
    found += [
        f"ALTER TABLE {t.name} ADD CONSTRAINT {k.name} FOREIGN KEY ({', '.join(k.columns)}) "
        f"REFERENCES {k.target} ({', '.join(k.target_columns)}) ON DELETE {k.on_delete}{_own(k)}"
        for t in tables
        for k in (t.foreign_keys if keys else ())
    ]
    return found


def _own(key: ForeignKey) -> str:
    """Of a key that names the tenant too, only the reference is emptied."""
    return f" ({key.columns[-1]})" if key.on_delete == "SET NULL" and len(key.columns) > 1 else ""


def _column(column: Column) -> str:
    parts = [column.name, column.type]
    if column.generated:
        parts.append(f"GENERATED ALWAYS AS ({column.generated}) STORED")
    if not column.nullable:
        parts.append("NOT NULL")
    if column.default:
        parts.append(f"DEFAULT {column.default}")
    if column.check:
        parts.append(f"CHECK ({column.check})")
    return " ".join(parts)
