"""What the model says of a database in PostgreSQL, as facts; made without a renderer's code."""

from collections.abc import Iterable, Iterator
from typing import Final

from archsmith.kernel.phrases import listed
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.dialects import RELAY_ROLE, SERVICE_ROLE
from archsmith.knowledge.migration_tools import evolution
from archsmith.knowledge.routines import ADD_PARTITION, DROP_OLD_PARTITIONS, UUID_RANGE, UUID_V7
from archsmith.model.contracts import ForeignKey, Index, NoOverlap, Table
from archsmith.verify.parity_facts import Fact, facts_at, seen
from archsmith.verify.sql_facts import constraint, expression, read, statement, type_name

_PART_NAME: Final = 54
"""Characters of a table's name that its partitions keep: PostgreSQL's 63 without `_20260301`."""
_SERVED: Final = 8
"""Operations that a comment names."""


def database_facts(tables: tuple[Table, ...]) -> Iterator[Fact]:
    """All that makes the tables of a database."""
    for made in _routines(tables):
        yield from read(made)
    for table in tables:
        yield from table_facts(table)


def schema_facts() -> Iterator[Fact]:
    """What holds a schema together: one transaction, which gives up waiting."""
    yield Fact("transaction", "BEGIN", "first")
    yield Fact("transaction", "COMMIT", "last")
    for name in ("lock_timeout", "statement_timeout"):
        most = round(evolution(Catalogue(), name))
        yield from facts_at(f"setting {name}", {"is": statement(f"SET LOCAL {name} = '{most}s'")})


def _routines(tables: tuple[Table, ...]) -> Iterator[str]:
    cut = [t for t in tables if t.partition_by and not t.hypertable]
    if any(c.default == "uuid_v7()" for t in tables for c in t.columns):
        yield UUID_V7
    if any(t.overlaps for t in tables):
        yield UUID_RANGE
    if cut:
        yield ADD_PARTITION
    if any(t.retention for t in cut):
        yield DROP_OLD_PARTITIONS


def table_facts(table: Table) -> Iterator[Fact]:
    """What the DDL has to say of a table."""
    tenant = "on" if table.tenant_column else ""
    cut = table.partition_by if not table.hypertable else ""
    said = {
        "cut by": f"range ({cut})" if cut else "",
        "primary key": ", ".join(table.primary_key),
        "row-level security": tenant,
        "row-level security for its owner": tenant,
        "fillfactor": str(table.fill) if table.fill < 100 else "",
        "autovacuum_vacuum_scale_factor": "" if table.vacuum_scale is None else str(table.vacuum_scale),
    }
    yield from facts_at(table.name, said)
    kept = kept_for(table.retention) if table.retention else ""
    about = {"is": seen(table.comment.strip().rstrip(".")), "kept for": kept}
    yield from facts_at(f"comment on table {table.name}", about)
    yield from _columns(table)
    yield from (Fact(f"{table.name} unique ({', '.join(columns)})") for columns in table.uniques)
    for check in table.checks:
        yield from facts_at(f"{table.name} check {check.name}", {"is": constraint(f"CHECK ({check.expression})")})
    for rule in table.overlaps:
        yield from facts_at(f"{table.name} no overlap {rule.name}", {"is": constraint(_apart(rule))})
    for key in table.foreign_keys:
        yield from facts_at(f"{table.name} foreign key {key.name}", {"is": constraint(refers_text(key))})
    for each in table.indexes:
        yield from facts_at(f"{table.name} index {each.name}", {"is": statement(_index(table, each))})
        yield from facts_at(f"comment on index {each.name}", {"is": seen(_purpose(table, each))})
    yield from _policy(table)
    yield from _hypertable(table) if table.hypertable else _parts(table)


def _columns(table: Table) -> Iterator[Fact]:
    for column in table.columns:
        said = {
            "type": type_name(column.type),
            "NULL": "may be NULL" if column.nullable else "NOT NULL",
            "DEFAULT": expression(column.default) if column.default else "",
            "CHECK": expression(column.check) if column.check else "",
            "generation": expression(column.generated) if column.generated else "",
        }
        yield from facts_at(f"{table.name}.{column.name}", said)
        if column.comment:
            yield from facts_at(f"comment on column {table.name}.{column.name}", {"is": seen(column.comment)})


def kept_for(months: float) -> str:
    """Whole years from two on, days below one month (of 30.44 days)."""
    if months < 0.95:
        days = round(months * 30.4375)
        return f"{days} day{'s' * (days != 1)}"
    if months >= 24 and months % 12 == 0:
        return f"{months / 12:g} years"
    return f"{round(months, 1):g} month{'s' * (round(months, 1) != 1)}"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{n}"' for n in names)


def _apart(rule: NoOverlap) -> str:
    """No two rows with the same keys have spans that meet."""
    keys = "".join(f'uuid_range("{key}", "{key}", \'[]\') WITH =, ' for key in rule.keys)
    ends = _quoted((rule.starts, rule.ends))
    span = f"daterange({ends}, '{'[]' if rule.last_too else '[)'}')" if rule.dates else f"tstzrange({ends})"
    return f"EXCLUDE USING gist ({keys}{span} WITH &&)" + (f" WHERE ({rule.where})" if rule.where else "")


def refers_text(key: ForeignKey) -> str:
    """A foreign key. Of several columns only the reference is emptied, never whose row it is."""
    only = f' ("{key.columns[-1]}")' if key.on_delete == "SET NULL" and len(key.columns) > 1 else ""
    target = f'"{key.target}" ({_quoted(key.target_columns)})'
    return f"FOREIGN KEY ({_quoted(key.columns)}) REFERENCES {target} ON DELETE {key.on_delete}{only}"


def _index(table: Table, index: Index) -> str:
    where = f" WHERE {index.where}" if index.where else ""
    made = f'CREATE {"UNIQUE " * index.unique}INDEX "{index.name}" ON "{table.name}" USING {index.method}'
    return f"{made} ({_quoted(index.columns)}){where}"


def _purpose(table: Table, index: Index) -> str:
    if index.unique:
        where = f" where {index.where}" if index.where else ""
        return f"Never two rows with the same {listed(index.columns, _SERVED)}{where}"
    served: Iterable[str] = index.operations or (q.name for q in table.queries if q.index == index.name)
    return f"Serves {listed(served, _SERVED)}"


def _policy(table: Table) -> Iterator[Fact]:
    """Rows of the tenant that the connection has named, and no others."""
    if table.tenant_column:
        yield from facts_at(f"{table.name} policy tenant_isolation", {"is": statement(policy_text(table))})


def policy_text(table: Table) -> str:
    """The policy of a table that has rows of tenants."""
    column = next(c for c in table.columns if c.name == table.tenant_column)
    same = "IS NOT DISTINCT FROM" if column.nullable else "="
    own = f"\"{column.name}\" {same} nullif(current_setting('app.{column.name}', true), '')::{column.type}"
    return f'CREATE POLICY tenant_isolation ON "{table.name}" USING ({own}) WITH CHECK ({own})'


def _parts(table: Table) -> Iterator[Fact]:
    """The partition that takes what no other does, that of today and the next one."""
    if not table.partition_by:
        return
    start, step = table.name[:_PART_NAME], table.partition_step
    made = f'CREATE TABLE "{start}_default" PARTITION OF "{table.name}" DEFAULT'
    yield from facts_at(f"{table.name} part {start}_default", {"is": statement(made)})
    for day in ("current_date", f"(current_date + interval '1 {step}')::date"):
        call = f"SELECT add_partition('{table.name}', '{start}', '{step}', {day})"
        yield Fact(f"call {statement(call)}")


def _hypertable(table: Table) -> Iterator[Fact]:
    """TimescaleDB cuts, packs and drops, where it is there."""
    by = next((q.equal for q in table.queries if q.equal and q.kind != "row"), ())
    options = ["timescaledb.compress"]
    options += [f"timescaledb.compress_segmentby = '{', '.join(by)}'"] if by else []
    options += [f"timescaledb.compress_orderby = '{table.partition_by} DESC'"]
    name, days = f"'{table.name}'", f"interval '{table.compress_days} days'"
    body = [
        "CREATE EXTENSION IF NOT EXISTS timescaledb",
        f"SELECT create_hypertable({name}, by_range('{table.partition_by}', interval '1 {table.partition_step}'))",
        f'ALTER TABLE "{table.name}" SET ({", ".join(options)})',
        f"SELECT add_compression_policy({name}, {days})",
    ]
    if table.retention:
        body.append(f"SELECT add_retention_policy({name}, {_interval(table.retention)})")
    where = "IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'timescaledb') THEN"
    yield from (Fact(f"block {where} {statement(each)}") for each in body)


def _interval(months: float) -> str:
    """Whole months; else days, of which a month has 30.44."""
    whole = round(months)
    if whole and abs(months - whole) < 0.01:
        return f"interval '{whole} month{'s' * (whole != 1)}'"
    days = max(1, round(months * 30.4375))
    return f"interval '{days} day{'s' * (days != 1)}'"


def right_facts(tables: tuple[Table, ...]) -> Iterator[Fact]:
    """What the application's role may do: rows that are only added are neither changed nor removed. What looks for
    work of all tenants may do that, and no more."""
    yield from _role(SERVICE_ROLE)
    for table in tables:
        rights = {"select", "insert"} | (set() if table.append_only else {"update", "delete"})
        yield Fact(f"right of {SERVICE_ROLE} on table {table.name}", "may", frozenset(rights))
    relayed = [t.name for t in tables if t.relayed and t.tenant_column]
    yield from _role(RELAY_ROLE) if relayed else ()
    for name in relayed:
        yield Fact(f"right of {RELAY_ROLE} on table {name}", "may", frozenset({"select", "update", "delete"}))
        yield from facts_at(f"drop policy {name}.all_tenants", {"besides": "if exists restrict"})
        made = f'CREATE POLICY all_tenants ON "{name}" TO {RELAY_ROLE} USING (true)'
        yield from facts_at(f"{name} policy all_tenants", {"is": statement(made)})


def _role(name: str) -> Iterator[Fact]:
    """A role that is made where it is missing, and has no right before it gets one."""
    role = f"CREATE ROLE {name} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"
    where = f"IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN"
    yield Fact(f"block {where} {statement(role)}")
    yield Fact(f"right of {name} on schema public", "may", frozenset({"usage"}))
    yield Fact(f"right {statement(f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}')}")
