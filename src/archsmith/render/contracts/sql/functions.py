"""What the tables' defaults, constraints and partitions call, made before them."""

from archsmith.knowledge.routines import ADD_PARTITION, DROP_OLD_PARTITIONS, UUID_RANGE, UUID_V7
from archsmith.model.contracts import Table

__all__ = ["UUID_V7", "functions"]


def functions(tables: tuple[Table, ...]) -> list[str]:
    """The statements that make them."""
    found = [UUID_V7] if any(c.default == "uuid_v7()" for t in tables for c in t.columns) else []
    found += [UUID_RANGE] if any(t.overlaps for t in tables) else []
    cut = [t for t in tables if t.partition_by and not t.hypertable]
    found += [ADD_PARTITION] if cut else []
    return [*found, DROP_OLD_PARTITIONS] if any(t.retention for t in cut) else found
