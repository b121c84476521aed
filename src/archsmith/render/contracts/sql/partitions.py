"""Partitions by month: a function that makes one, a default for rows that no other takes, and the months at hand."""

from archsmith.kernel.names import snake
from archsmith.model.contracts import Table
from archsmith.render.contracts.sql.quoting import literal, name

_SUFFIX = 9
"""Characters that `_default` or `_2026_03` takes of PostgreSQL's 63."""

FUNCTION = """\
-- Makes the partition of the month that `day` lies in. A job calls it before the month begins: rows that come
-- earlier go to the default partition, and would have to be moved.
CREATE FUNCTION add_month_partition(parent text, prefix text, day date) RETURNS void
LANGUAGE plpgsql AS $body$
DECLARE
    first timestamptz := date_trunc('month', day::timestamp) AT TIME ZONE 'UTC';
    after timestamptz := (date_trunc('month', day::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    EXECUTE format(
        'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
        prefix || to_char(day, '_YYYY_MM'), parent, first, after
    );
END;
$body$;"""


def partitions(table: Table) -> list[str]:
    """The default partition, this month's and the next one's; none for a table that is not cut."""
    if not table.partition_by:
        return []
    prefix = table.name[: 63 - _SUFFIX]
    call = f"add_month_partition({literal(table.name)}, {literal(prefix)}, "
    return [
        f"CREATE TABLE {name(f'{prefix}_default')} PARTITION OF {name(table.name)} DEFAULT;",
        f"SELECT {call}current_date);",
        f"SELECT {call}(date_trunc('month', current_date) + interval '1 month')::date);",
    ]


def hypertable(table: Table) -> list[str]:
    """TimescaleDB cuts the table itself; where the extension is away the table stays whole."""
    if not table.partition_by:
        return []
    call = f"create_hypertable({literal(table.name)}, {literal(table.partition_by)})"
    tag = f"$cut_{snake(table.name)}$"
    return [
        f"DO {tag}\nBEGIN\n    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') THEN\n"
        f"        PERFORM {call};\n    END IF;\nEND;\n{tag};"
    ]
