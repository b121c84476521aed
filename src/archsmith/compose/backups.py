"""How a store comes back after a loss: how often it is copied, how long copies stay, how long a restore takes."""

import math

from archsmith.compose.context import Context
from archsmith.formulas.recovery import copy_time, lost_writes, restore_time
from archsmith.kernel.units import Bytes, Days, Seconds
from archsmith.model.architecture import Backup, Topology
from archsmith.model.decisions import Dimension, StoreRole

_KEPT = frozenset(
    {StoreRole.PRIMARY, StoreRole.TIME_SERIES, StoreRole.KEY_VALUE, StoreRole.OBJECTS, StoreRole.ANALYTICS}
)
_REGIMES = ("HIPAA", "PCI DSS", "SOX", "SOC 2", "ISO 27001")


def backup_of(
    ctx: Context, role: StoreRole, topology: Topology, size: Bytes, managed: bool, writes: float = 0.0, shards: int = 1
) -> Backup | None:
    """None for what can be filled again from elsewhere (cache, search, queue) or lives inside another store.

    A restore takes a fixed time for people and machines, the time until each of the `shards` has its data back, and
    that to replay up to a day's log of `writes` a second at the peak. A provider ships logs at its own pace; our own
    shipping follows the target, within what a small machine can do. An object store of a provider keeps the version
    before each change, so nothing is copied back.
    """
    if role not in _KEPT or topology is Topology.EMBEDDED:
        return None
    versions = role is StoreRole.OBJECTS and topology is Topology.PROVIDER
    every = Seconds(ctx.parameter("backup.every"))
    continuous, part = _continuous(ctx, role, managed), Bytes(0.0 if versions else size / shards)
    log = writes / shards / max(1.0, ctx.workload.peak_factor.value) * every * ctx.parameter("backup.log_bytes")
    replayed = Bytes(log if continuous and not versions else 0.0)
    rate, fixed = ctx.parameter("backup.restore_rate"), Seconds(ctx.parameter("backup.restore_fixed"))
    streams, most = _streams(ctx, part, managed)
    copying = copy_time(part, rate, streams=streams, most=most)
    lag = ctx.parameter("backup.log_lag")
    if not managed:
        lag = min(lag, max(ctx.parameter("backup.log_lag_least"), ctx.targets.rpo.value))
    return Backup(
        every=every,
        keep=Days(ctx.parameter("backup.keep_regulated" if ctx.has_regime(*_REGIMES) else "backup.keep")),
        continuous=continuous,
        elsewhere=_elsewhere(ctx, versions),
        rpo=Seconds(0.0 if versions else lag) if versions or continuous else lost_writes(every, copying),
        rto=restore_time(part, replayed, rate, fixed, streams=streams, most=most),
    )


def _streams(ctx: Context, size: Bytes, managed: bool) -> tuple[float, Seconds]:
    """In how many streams a copy comes back, and the longest it takes: a provider's volume loads in the background."""
    if managed:
        return 1.0, Seconds(ctx.parameter("backup.restore_volume"))
    large = size > ctx.parameter("backup.parallel_above")
    return (ctx.parameter("backup.restore_streams") if large else 1.0), Seconds(math.inf)


def _continuous(ctx: Context, role: StoreRole, managed: bool) -> bool:
    """Logs are shipped where a night's loss is too much, or where the provider does it anyway."""
    if managed or role is StoreRole.OBJECTS:
        return True
    chosen = ctx.decision(Dimension.BACKUP)
    return "nightly" not in chosen.option if chosen else ctx.targets.rpo.value < ctx.parameter("backup.every")


def _elsewhere(ctx: Context, versions: bool) -> bool:
    """Whether copies leave the region or the provider, as the decision says; a nightly copy is of rows, not of files
    that keep their versions."""
    chosen = ctx.decision(Dimension.BACKUP)
    words = ("elsewhere",) if versions else ("elsewhere", "nightly")
    return chosen is not None and any(word in chosen.option for word in words)
