"""Partitions by time: the first ones of a table, and TimescaleDB's own way."""

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
