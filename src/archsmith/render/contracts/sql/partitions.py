"""Partitions by time: functions that make the next one and drop those past their time, and TimescaleDB's own way."""

from typing import Final

from archsmith.kernel.names import snake
from archsmith.kernel.units import Months
from archsmith.model.contracts import Table
from archsmith.render.contracts.sql.quoting import literal, name, names

_SUFFIX: Final = 9
"""Characters that `_default` or `_20260301` takes of PostgreSQL's 63."""
_AHEAD: Final = 2
"""Partitions that are made at once: the one that is filled now and the one after."""
_MONTH_DAYS: Final = 30.4375

ADD: Final = """\
-- Makes the partition (a day or a month, in UTC) that `day` lies in. A job calls it before that time begins: rows that
-- come earlier go to the default partition, and would have to be moved.
CREATE OR REPLACE FUNCTION add_partition(parent text, prefix text, step text, day date) RETURNS void
LANGUAGE plpgsql AS $body$
DECLARE
    first timestamptz := date_trunc(step, day::timestamp) AT TIME ZONE 'UTC';
    after timestamptz := (date_trunc(step, day::timestamp) + ('1 ' || step)::interval) AT TIME ZONE 'UTC';
    suffix text := to_char(day, CASE step WHEN 'day' THEN '_YYYYMMDD' ELSE '_YYYYMM' END);
BEGIN
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
        prefix || suffix, parent, first, after
    );
END;
$body$;"""

DROP: Final = """\
-- Drops the partitions that ended more than `keep` ago, and says how many: retention without deleting row by row.
CREATE OR REPLACE FUNCTION drop_old_partitions(parent text, keep interval) RETURNS integer
LANGUAGE plpgsql AS $body$
DECLARE
    old record;
    dropped integer := 0;
BEGIN
    FOR old IN
        SELECT c.oid::regclass AS part
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = to_regclass(quote_ident(parent))
            AND substring(pg_get_expr(c.relpartbound, c.oid) FROM $bound$TO \\('([^']+)'\\)$bound$)::timestamptz
                <= now() - keep
    LOOP
        EXECUTE format('DROP TABLE %s', old.part);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END;
$body$;"""


def helpers(tables: tuple[Table, ...]) -> list[str]:
    """The functions that the partitioned tables need."""
    cut = [t for t in tables if t.partition_by and not t.hypertable]
    return [ADD, *([DROP] if any(t.retention for t in cut) else [])] if cut else []


def partitions(table: Table) -> list[str]:
    """The default partition, the one of now and the next; none for a table that is not cut, or cuts itself."""
    if table.hypertable:
        return _hypertable(table)
    if not table.partition_by:
        return []
    prefix = table.name[: 63 - _SUFFIX]
    call = f"SELECT add_partition({literal(table.name)}, {literal(prefix)}, {literal(table.partition_step)}, "
    made = [f"CREATE TABLE {name(f'{prefix}_default')} PARTITION OF {name(table.name)} DEFAULT;"]
    made += [
        f"{call}(current_date + interval '{n} {table.partition_step}')::date);" if n else f"{call}current_date);"
        for n in range(_AHEAD)
    ]
    if table.retention:
        drop = f"SELECT drop_old_partitions({literal(table.name)}, {interval(table.retention)});"
        made[-1] += f"\n-- Each {table.partition_step} a job calls add_partition for the next one, and: {drop}"
    return made


def interval(months: Months) -> str:
    """A span in SQL.

    >>> interval(Months(13.0)), interval(Months(0.5))
    ("interval '13 months'", "interval '15 days'")
    """
    whole = round(months)
    if whole and abs(months - whole) < 0.01:
        return f"interval '{whole} month{'s' if whole > 1 else ''}'"
    days = max(1, round(months * _MONTH_DAYS))
    return f"interval '{days} day{'s' if days > 1 else ''}'"


def _hypertable(table: Table) -> list[str]:
    """TimescaleDB cuts, compresses and drops by itself; on a server without the extension the table stays whole."""
    tag, own = f"$cut_{snake(table.name)}$", literal(table.name)
    by = next((q.equal for q in table.queries if q.equal and q.kind != "row"), ())
    step = f"interval '1 {table.partition_step}'"
    packed = [
        "timescaledb.compress",
        *([f"timescaledb.compress_segmentby = {literal(names(by))}"] if by else []),
        f"timescaledb.compress_orderby = {literal(f'{name(table.partition_by)} DESC')}",
    ]
    lines = [
        "CREATE EXTENSION IF NOT EXISTS timescaledb;",
        f"PERFORM create_hypertable({own}, by_range({literal(table.partition_by)}, {step}));",
        f"ALTER TABLE {name(table.name)} SET ({', '.join(packed)});",
        f"PERFORM add_compression_policy({own}, interval '{table.compress_days} days');",
    ]
    if table.retention:
        lines.append(f"PERFORM add_retention_policy({own}, {interval(table.retention)});")
    body = "\n".join(f"        {line}" for line in lines)
    return [
        f"DO {tag}\nBEGIN\n    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'timescaledb') THEN\n"
        f"{body}\n    END IF;\nEND;\n{tag};"
    ]
