"""JSON or gRPC between services: by the rate of the calls, by demand, and only where services wait for each other."""

import msgspec
import pytest
from tests.decide.shop import CATALOGUE, DOMAIN, REQUIREMENTS, SPAN, demand
from tests.decide.shop import ground as grounded

from archsmith.decide.calls import internal_calls, meant_inside, obeyed
from archsmith.decide.ground import Ground
from archsmith.kernel.ids import DecisionId, ElementId, TechId
from archsmith.kernel.provenance import Stated
from archsmith.kernel.units import PerSecond
from archsmith.model.decisions import Dimension, Wished
from archsmith.model.domain import Domain
from archsmith.model.flow_choices import FlowChoice, Way
from archsmith.model.requirements import Requirements, Stance, TechnologyWish

IDS = {"style": DecisionId("D-001"), "ci": DecisionId("D-030")}


def calls_at(rate: float) -> tuple[Domain, tuple[FlowChoice, ...]]:
    """The shop whose first operation asks another service so often."""
    first = DOMAIN.operations[0]
    busy = msgspec.structs.replace(first, peak=msgspec.structs.replace(first.peak, value=PerSecond(rate)))
    flow = FlowChoice(
        operation=first.id, target=ElementId("service:stock"), way=Way.CALL, waits=True, guarantee="", reason=""
    )
    return msgspec.structs.replace(DOMAIN, operations=(busy, *DOMAIN.operations[1:])), (flow,)


def demanding(quote: str) -> Requirements:
    """The shop that asks for gRPC in these words."""
    why = Stated(at=msgspec.structs.replace(SPAN, quote=quote))
    wish = TechnologyWish(name="gRPC", tech=TechId("grpc"), stance=Stance.MUST_USE, why=why)
    return msgspec.structs.replace(REQUIREMENTS, must_use=(wish,))


def test_without_calls_there_is_nothing_to_decide() -> None:
    domain, (flow,) = calls_at(10.0)
    told = msgspec.structs.replace(flow, waits=False)
    outside = msgspec.structs.replace(flow, target=ElementId("system:bank"))
    assert internal_calls(grounded(demand()), domain, (told, outside), IDS) == ()


@pytest.mark.parametrize(("rate", "option"), [(10.0, "rest"), (1_000_000.0, "grpc")])
def test_the_rate_decides(rate: float, option: str) -> None:
    (found,) = internal_calls(grounded(demand()), *calls_at(rate), IDS)
    assert (found.option, found.dimension, found.id) == (option, Dimension.INTERNAL_CALLS, "D-031")
    assert found.margin is not None
    assert found.margin > 0
    even = float(found.flips_at.split()[1].replace(",", ""))
    assert 10.0 < even < 1_000_000.0
    below, above = (internal_calls(grounded(demand()), *calls_at(even * f), IDS)[0].option for f in (0.9, 1.1))
    assert (below, above) == ("rest", "grpc")


def test_a_demand_decides_whatever_the_rate() -> None:
    ground = Ground(demand(), demanding("services call each other with gRPC"), CATALOGUE)
    (found,) = internal_calls(ground, *calls_at(1.0), IDS)
    assert (found.option, found.margin) == ("grpc", None)
    assert found.losers[0].reason == "the brief demands gRPC"


@pytest.mark.parametrize(
    ("quote", "inside"),
    [
        ("calls between services go by gRPC", True),
        ("internal traffic is gRPC", True),
        ("partners call us by gRPC", False),
    ],
)
def test_what_is_meant_for_the_inside_binds_no_caller(quote: str, inside: bool) -> None:
    assert meant_inside(Ground(demand(), demanding(quote), CATALOGUE)) is inside


def test_a_demand_that_is_met_inside_is_met() -> None:
    ground = Ground(demand(), demanding("gRPC between services"), CATALOGUE)
    calls = internal_calls(ground, *calls_at(1.0), IDS)
    why = Stated(at=SPAN)
    wish = Wished(name="gRPC", tech=TechId("grpc"), stance=Stance.MUST_USE, obeyed=False, fact="no work", why=why)
    (found,) = obeyed((wish,), calls)
    assert (found.obeyed, found.decision) == (True, "D-031")
    assert obeyed((wish,), ()) == (wish,)
