"""Calls that services wait for from each other: JSON over HTTP or gRPC, by what each costs at the rate of the calls.

Decided after the flows, as only they say whether there are such calls; a design without any has nothing to decide.
"""

import math
from typing import Final

from msgspec.structs import replace

from archsmith.decide.ground import Ground
from archsmith.decide.words import figure
from archsmith.kernel.ids import DecisionId, OptionId, RequirementId, TechId
from archsmith.kernel.phrases import money, number
from archsmith.kernel.provenance import Stated
from archsmith.kernel.units import UsdPerMonth
from archsmith.model.decisions import Bond, Decision, Dimension, Loser, LossKind, Wished
from archsmith.model.domain import Domain
from archsmith.model.flow_choices import FlowChoice
from archsmith.model.requirements import Stance

_DAY_HOURS: Final = 8.0
_LABELS: Final = {"rest": "JSON over HTTP, as in OpenAPI", "grpc": "gRPC"}
_INSIDE: Final = ("between services", "internal", "service to service", "service-to-service", "among services")
"""Words by which a brief says that it means calls inside, in lower case."""


def meant_inside(ground: Ground) -> bool:
    """Whether the brief asks for gRPC between services and not for its callers."""
    asked = [w for w in ground.wishes if w.tech == "grpc" and w.stance is Stance.MUST_USE]
    return bool(asked) and all(
        isinstance(w.why, Stated) and any(words in w.why.at.quote.lower() for words in _INSIDE) for w in asked
    )


def internal_calls(
    ground: Ground, domain: Domain, flows: tuple[FlowChoice, ...], ids: dict[str, DecisionId]
) -> tuple[Decision, ...]:
    """One decision where services wait for each other; cost a month = hours * rate + rate of calls * CPU * price."""
    calling = {f.operation for f in flows if f.waits and f.target.startswith("service:")}
    if not calling:
        return ()
    peak = math.fsum(o.peak.value for o in domain.operations if o.id in calling)
    months = {"rest": _month(ground, "rest", peak), "grpc": _month(ground, "grpc", peak)}
    wanted = "grpc" if "grpc" in ground.wanted else ""
    chosen = wanted or min(months, key=lambda key: months[key])
    other = "rest" if chosen == "grpc" else "grpc"
    extra = UsdPerMonth(round(months[other] - months[chosen], 2))
    asked: tuple[RequirementId, ...] = ground.demand.binding.get("tech.grpc", ()) if wanted else ()
    spared = peak * (ground.figure("calls.rest_cpu") - ground.figure("calls.grpc_cpu"))
    at_rate = f"{number(peak)} calls/s at the peak: gRPC spares {figure(spared)} vCPU"
    cost = f"{_LABELS['rest']} {money(months['rest'])} a month, gRPC {money(months['grpc'])}"
    lost = Loser(
        option=OptionId(other),
        label=_LABELS[other],
        kind=LossKind.VIOLATES if wanted else LossKind.DEARER,
        reason="the brief demands gRPC" if wanted else at_rate,
        extra=None if wanted else extra,
        requirements=asked,
    )
    return (
        Decision(
            id=DecisionId(f"D-{1 + max(int(i[2:]) for i in ids.values()):03}"),
            dimension=Dimension.INTERNAL_CALLS,
            title="Calls between services",
            option=OptionId(chosen),
            choice=_LABELS[chosen],
            tech=TechId("grpc") if chosen == "grpc" else None,
            reason=("The brief asks for it; " if wanted else "")
            + f"{at_rate}; with what it takes to build and keep, {cost}.",
            binding=tuple(Bond(requirement=r, how="names it") for r in asked),
            rests_on=tuple(ids[a] for a in ("style", "consistency") if a in ids),
            losers=(lost,),
            runner_up="" if wanted else _LABELS[other],
            margin=None if wanted else extra,
            flips_at="" if wanted else f"at {number(_even(ground))} calls/s between services",
        ),
    )


def _month(ground: Ground, key: str, peak: float) -> float:
    """USD a month: work to keep it, work to build it spread over the horizon, and cores at the peak with headroom."""
    hours = ground.figure("calls.grpc_hours") if key == "grpc" else 0.0
    built = ground.figure(f"calls.{key}_days") * _DAY_HOURS / max(1.0, ground.demand.horizon)
    cores = peak * ground.figure(f"calls.{key}_cpu") / (1.0 - ground.demand.headroom)
    return (hours + built) * ground.demand.hourly + cores * ground.figure("calls.core_month")


def _even(ground: Ground) -> float:
    """Calls a second at which both cost the same."""
    fixed = _month(ground, "grpc", 0.0) - _month(ground, "rest", 0.0)
    each = _month(ground, "rest", 1.0) - _month(ground, "rest", 0.0)
    return fixed / (each - (_month(ground, "grpc", 1.0) - _month(ground, "grpc", 0.0)))


def obeyed(wishes: tuple[Wished, ...], calls: tuple[Decision, ...]) -> tuple[Wished, ...]:
    """The wishes, with gRPC used where services call each other by it though the API does not."""
    decision = next((d for d in calls if d.option == "grpc"), None)
    if decision is None:
        return wishes
    fact = "gRPC is used between services because the brief demands it"
    return tuple(
        replace(w, obeyed=True, month=UsdPerMonth(0.0), fact=fact, decision=decision.id)
        if w.tech == "grpc" and not w.obeyed and w.stance is Stance.MUST_USE
        else w
        for w in wishes
    )
