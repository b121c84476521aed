"""What a loss costs: how much data is gone (RPO), and how long until a copy answers (RTO)."""

import math
from typing import Final

from archsmith.formulas._checks import not_negative, positive
from archsmith.kernel.units import Bytes, Seconds

_UNBOUNDED: Final = Seconds(math.inf)


def restore_time(
    size: Bytes, log: Bytes, rate: float, fixed: Seconds, *, streams: float = 1.0, most: Seconds = _UNBOUNDED
) -> Seconds:
    """Until a store answers from its backup: fixed + size / (rate x streams), at most `most`, + log / rate.

    `fixed`: people and machines (>= 0 s). `size` and `log` to replay in bytes (>= 0), `rate` of one stream in bytes a
    second (> 0), the copy in `streams` (> 0) at once. `most`: where a provider's volume answers before it is full.
    Raises ValueError outside. Source: the parts of a point-in-time recovery (PostgreSQL 17 documentation, section
    25.3): fetch the base backup, then replay the log in one stream.

    >>> restore_time(Bytes(90e9), Bytes(3e9), 50e6, Seconds(1800))
    3660.0
    >>> restore_time(Bytes(90e9), Bytes(3e9), 50e6, Seconds(1800), most=Seconds(1200))
    3060.0
    """
    copied = not_negative("size", size) / (positive("rate", rate) * positive("streams", streams))
    return Seconds(not_negative("fixed", fixed) + min(copied, most) + not_negative("log", log) / rate)


def copy_time(size: Bytes, rate: float, *, streams: float = 1.0, most: Seconds = _UNBOUNDED) -> Seconds:
    """Until all bytes of a backup are back, without people and log. Ranges as `restore_time`.

    >>> copy_time(Bytes(100e9), 50e6, streams=4)
    500.0
    """
    return restore_time(size, Bytes(0.0), rate, Seconds(0.0), streams=streams, most=most)


def lost_writes(every: Seconds, copying: Seconds) -> Seconds:
    """Worst age of the newest complete copy: the interval between copies + the time that one takes; both >= 0 s.

    A loss just before a copy is complete falls back to the one before, which shows the state at its start. Raises
    ValueError outside. Source: elementary.

    >>> lost_writes(Seconds(86_400), Seconds(1_800))
    88200.0
    """
    return Seconds(float(not_negative("every", every) + not_negative("copying", copying)))
