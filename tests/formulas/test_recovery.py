"""Recovery: fetch, replay, switch; and what is gone."""

import pytest

from archsmith.formulas.recovery import copy_time, lost_writes, restore_time
from archsmith.kernel.units import Bytes, Seconds


def test_parts_add_up() -> None:
    assert restore_time(Bytes(0), Bytes(0), 1.0, Seconds(600)) == Seconds(600)
    assert restore_time(Bytes(100e9), Bytes(5e9), 50e6, Seconds(0)) == pytest.approx(2000 + 100)
    assert restore_time(Bytes(100e9), Bytes(5e9), 50e6, Seconds(0), streams=4) == pytest.approx(500 + 100)
    assert restore_time(Bytes(1e15), Bytes(5e9), 50e6, Seconds(0), most=Seconds(1200)) == pytest.approx(1300)
    assert copy_time(Bytes(50e6), 50e6) == 1.0
    assert lost_writes(Seconds(3600), Seconds(60)) == Seconds(3660)


@pytest.mark.parametrize(
    ("size", "log", "rate", "fixed"),
    [(-1, 0, 1, 0), (0, -1, 1, 0), (0, 0, 0, 0), (0, 0, 1, -1), (float("nan"), 0, 1, 0)],
)
def test_refuses_what_makes_no_sense(size: float, log: float, rate: float, fixed: float) -> None:
    with pytest.raises(ValueError, match="must be"):
        restore_time(Bytes(size), Bytes(log), rate, Seconds(fixed))
