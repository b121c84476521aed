"""How many partitions a channel has: as many as its peak fills, and as many as are read at the same time."""

import math
from collections.abc import Sequence
from typing import Final

from archsmith.compose.context import Context
from archsmith.kernel.ids import ElementId
from archsmith.kernel.phrases import counted, number, percent, size
from archsmith.kernel.units import Bytes
from archsmith.knowledge.wires import Wire

ENVELOPE: Final = Bytes(420.0)
"""Bytes of the attributes of a CloudEvent in JSON, with two UUIDs, a time and the URIs of source and schema."""


def partitions(
    ctx: Context, wire: Wire, peak: float, message: Bytes, receivers: Sequence[ElementId]
) -> tuple[int, str]:
    """The number, and how it comes about; (1, "") where the product has none that we count.

    max(peak / (messages of a partition * (1 - headroom)), peak * message / (bytes of one * (1 - headroom)), readers):
    each reader works on a partition of its own, and moving keys to more partitions later breaks their order.
    """
    if not wire.partitioned:
        return 1, ""
    free = 1.0 - ctx.targets.headroom.value
    found: list[tuple[float, str]] = []
    if wire.partition_messages:
        said = f"{number(peak)} messages/s / ({number(wire.partition_messages)}/s x {percent(free)})"
        found.append((peak / (wire.partition_messages * free), said))
    if wire.partition_bytes:
        said = f"{number(peak)} messages/s x {size(message)} / ({size(wire.partition_bytes)}/s x {percent(free)})"
        found.append((peak * message / (wire.partition_bytes * free), said))
    sizings = (ctx.sizing_of.get(r) for r in receivers)
    readers = max((s.count for s in sizings if s is not None), default=1)
    most, formula = max(found)
    count = max(1, math.ceil(most - 1e-9), readers)
    return count, f"max(ceil({formula}), {counted(readers, 'reader')}) = {count}"
