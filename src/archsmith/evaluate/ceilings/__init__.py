"""What fills up with the load beside the servers: memory, disks, connections, single writers, networks, quotas."""

from collections.abc import Mapping

from archsmith.evaluate.ceilings.ceiling import Ceiling, row
from archsmith.evaluate.ceilings.services import service_ceilings
from archsmith.evaluate.ceilings.stores import store_ceilings
from archsmith.evaluate.stack import Stack
from archsmith.evaluate.stations import Station
from archsmith.evaluate.visits import Path

__all__ = ["Ceiling", "ceilings", "row"]


def ceilings(
    stack: Stack, found: tuple[Path, ...], busy: Mapping[str, Station], headroom: float
) -> tuple[Ceiling, ...]:
    """All of them, those that are full first in front; `headroom` is the share that stays free at the peak."""
    rows = (*store_ceilings(stack, found, busy, headroom), *service_ceilings(stack, found, busy, headroom))
    return tuple(sorted(rows, key=lambda c: (c.full_at(1.0), c.key)))
