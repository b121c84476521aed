"""What stands against an option that no design has: a limit, with how near to it the best design comes."""

from typing import Any

from msgspec.structs import replace
from tests.decide.shop import REQUIREMENTS, demand, ground

from archsmith.decide.argue import cases
from archsmith.decide.ground import Ground
from archsmith.decide.option import Ceiling
from archsmith.decide.settle import Settled, settle
from archsmith.decide.space import build
from archsmith.kernel.ids import OptionId

AXES = ("platform", "hosting", "edge", "engine")


def solved(**changes: Any) -> tuple[Settled, Ground]:
    here = ground(replace(demand(), **changes))
    settled = settle(build(here, REQUIREMENTS), here)
    assert settled
    return settled, here


def test_a_limit_that_every_design_with_it_breaks_is_named_with_the_least_that_it_comes_to() -> None:
    settled, here = solved(availability=0.9995)
    found = cases(settled, here)
    told = [c for a in AXES for c in found[a].values() if c.because and "at best" in c.excess]
    assert any(c.because and c.because.name == "availability" for c in told)
    rules = tuple(r for r in build(here, REQUIREMENTS).rules if not isinstance(r, Ceiling) or r.what != "down")
    free = settle(replace(build(here, REQUIREMENTS), rules=rules), here)
    assert free
    without = cases(free, here)
    for case in told:
        assert case.extra is None and case.excess in case.reason
        rival = without[case.option.axis].get(OptionId(case.option.id))
        assert rival is None or rival.extra is not None, case.reason
