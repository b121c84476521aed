"""The disk of the primary store: as large as its rows, or larger where a provider gives I/O by the gigabyte."""

from typing import Final

from archsmith.decide.ground import Ground
from archsmith.knowledge.limits import limit
from archsmith.knowledge.thirdparty import ASSUMPTIONS

LEAST: Final = 20.0
"""GB that a disk of a server of its own has at least."""


def disk_gb(ground: Ground, provider: str, least: float = LEAST) -> float:
    """GB for the rows at the horizon and for the I/O of the peak, of all shards together.

    As `evaluate` counts the same disk: a write syncs the log and later its pages (`io_per_write`), of the reads
    `io_missed` miss the memory, and some I/O stays free.
    """
    held = max(least, ground.demand.database_gb)
    floor, each = (limit(ground.catalogue, what, provider) for what in ("disk_iops", "disk_iops_per_gb"))
    if floor is None or each is None:
        return held
    rate = _io(ground)
    return held if rate <= floor.value else max(held, rate / each.value)


def _io(ground: Ground) -> float:
    """I/O a second at the peak that the disk has to do, with what stays free."""
    demand, assumed = ground.demand, ground.catalogue.table(ASSUMPTIONS)
    writes, reads = demand.writes + demand.behind_writes, demand.reads + demand.behind_reads
    return (writes * assumed["io_per_write"].value + reads * assumed["io_missed"].value) / (1 - demand.headroom)
