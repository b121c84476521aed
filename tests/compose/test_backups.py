"""How long a restore takes: a provider's volume whatever its size, copies of our own in streams, logs replayed."""

import pytest
from tests.decide.shop import CATALOGUE, DERIVATION, REQUIREMENTS

from archsmith.compose.backups import backup_of
from archsmith.compose.context import Context
from archsmith.decide import decide
from archsmith.kernel.units import Bytes
from archsmith.model.architecture import Topology
from archsmith.model.decisions import StoreRole

CONTEXT = Context(REQUIREMENTS, DERIVATION, decide(REQUIREMENTS, DERIVATION, CATALOGUE), CATALOGUE)
GB = 1e9


def rto(gigabytes: float, *, managed: bool, writes: float = 0.0, shards: int = 1) -> float:
    found = backup_of(
        CONTEXT, StoreRole.PRIMARY, Topology.SINGLE, Bytes(gigabytes * GB), managed, writes=writes, shards=shards
    )
    assert found is not None
    return float(found.rto)


def test_a_small_store_is_copied_back_and_a_large_volume_loads_in_the_background() -> None:
    parameter = CONTEXT.parameter
    fixed = parameter("backup.restore_fixed")
    assert rto(10, managed=True) == pytest.approx(fixed + 10 * GB / parameter("backup.restore_rate"))
    assert rto(20_000, managed=True) == pytest.approx(fixed + parameter("backup.restore_volume"))


def test_a_large_store_of_our_own_comes_back_in_streams_and_shards_side_by_side() -> None:
    assert rto(400, managed=False) == pytest.approx(rto(100, managed=False), rel=1e-6), "four streams"
    assert rto(4000, managed=False) > 5 * 3600
    fixed = CONTEXT.parameter("backup.restore_fixed")
    assert rto(4000, managed=False, shards=4) - fixed == pytest.approx((rto(4000, managed=False) - fixed) / 4)


def test_the_log_of_the_day_is_replayed() -> None:
    calm, busy = rto(10, managed=True), rto(10, managed=True, writes=2000.0)
    peak = max(1.0, DERIVATION.workload.peak_factor.value)
    parameter = CONTEXT.parameter
    replayed = 2000 / peak * 86_400 * parameter("backup.log_bytes") / parameter("backup.restore_rate")
    assert busy - calm == pytest.approx(replayed)
