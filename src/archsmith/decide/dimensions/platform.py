"""Platform, and the instances that it runs on: their number is counted by the solver."""

import math

from archsmith.decide.ground import Ground, hours
from archsmith.decide.option import Option
from archsmith.decide.words import bill_of, work
from archsmith.formulas.availability import spares
from archsmith.kernel.ids import OptionId, TechId
from archsmith.kernel.memory import remembered
from archsmith.kernel.units import Probability
from archsmith.knowledge.billing import address_price, duty_of_peak
from archsmith.knowledge.instances import Instance
from archsmith.knowledge.technologies import Technology
from archsmith.model.decisions import Dimension

SYSTEM_GB = 20.0
"""GB of disk that the system of a machine takes."""
MACHINES = frozenset({"vm_compose", "on_prem_vm"})
PLATFORMS = ("vm_compose", "app_platform", "cloud_run", "ecs_fargate", "lambda", "on_prem_vm", "kubernetes")


def offers(ground: Ground, tech: Technology) -> tuple[tuple[str, str, str, str], ...]:
    """(provider, family, promise with zones, promise without) for each way to have a platform."""
    if tech.provider_any:
        rows = [ground.providers[p] for p in tech.provider_any if p in ground.providers]
        return tuple((r.id, r.vm, r.sla_zones, r.sla_single) for r in rows)
    rented = (o for o in tech.offers if o.provider in ground.providers)
    return tuple((o.provider, o.family, o.sla, o.sla_single) for o in rented)


def platform(ground: Ground) -> tuple[Option, ...]:
    """For each platform and provider one variant without and one with a second zone."""
    found = []
    for ident in PLATFORMS:
        tech = ground.tech(ident)
        for provider, _, zones_sla, single_sla in offers(ground, tech):
            offer = tech.offer(provider)
            for zones in (1, 2):
                machines = ident in MACHINES
                ops = hours(tech.run if machines else tech.managed) * (1.4 if machines and zones == 2 else 1.0)
                usage = _usage(ground, ident, provider)
                fee = ground.month(offer.minimum, 1, provider) if offer and offer.minimum else 0.0
                found.append(
                    Option(
                        axis="platform",
                        dimension=Dimension.PLATFORM,
                        key=f"{ident}/{provider}/{zones}",
                        id=OptionId(ident),
                        label=offer.product if offer else tech.name,
                        tech=TechId(ident),
                        gives=(
                            f"platform:{ident}",
                            f"platform:{ident}/{provider}",
                            f"at:{ident}/{zones}",
                            *(["machines"] if machines else []),
                            *([f"machines:{zones}"] if machines else []),
                            *(["can_run_stores"] if machines or ident == "kubernetes" else []),
                            *sorted(tech.traits & {"functions", "long_connections", "autoscaling", "containers"}),
                            *(["scales_out"] if zones == 2 or not machines else []),
                        ),
                        needs=((f"provider:{provider}",), (f"zones:{zones}",)),
                        infra=usage + fee,
                        ops=ops,
                        build=tech.build.value
                        + (1.0 if machines and zones == 2 else 0.0)
                        + ground.learning(tech) * _weight(ident),
                        down=ground.down(zones_sla if zones == 2 else single_sla),
                        risk=ground.figure("risk.lock_in")
                        * (2 if ident == "lambda" else 1)
                        * ("provider_bound" in tech.traits),
                        why=f"{work(ops)} to run"
                        + (f", {bill_of(usage + fee)} before instances" if usage + fee >= 0.005 else ""),
                    )
                )
    return tuple(found)


def _weight(ident: str) -> float:
    return {"kubernetes": 3.0, "lambda": 0.5}.get(ident, 0.25)


def _usage(ground: Ground, ident: str, provider: str) -> float:
    """What is billed by use: functions only."""
    if ident != "lambda":
        return 0.0
    requests = ground.demand.requests_month
    seconds = requests * ground.capacity("function.request")
    return ground.month("aws.lambda.request", requests, provider) + ground.month(
        "aws.lambda.gb_second_arm", seconds, provider
    )


MOST = 2000
"""Instances of the largest type of a platform at most."""
MOST_SMALL = 24
"""Instances of any other type: beyond, the next larger one is easier to run."""


def compute(ground: Ground) -> tuple[Option, ...]:
    """Instance types for each platform and provider; `price` of one, `cores` that may be counted on."""
    found: list[Option] = []
    for ident in PLATFORMS:
        tech = ground.tech(ident)
        machines = ident in MACHINES
        for provider, family, _, _ in offers(ground, tech):
            if not _wanted(ground, ident, provider):
                continue
            scales = "autoscaling" in tech.traits
            duty = duty_of_peak(ground.catalogue, ground.demand.load_factor) if scales else 1.0
            base = ground.figure("cpu.machine_base" if machines else "cpu.instance_base")
            rows = [row for row in ground.family(family) if row.memory >= 1]
            largest = max((row.cores for row in rows), default=0.0)
            found.extend(
                Option(
                    axis="compute",
                    dimension=Dimension.SIZING,
                    key=f"{ident}/{row.id}",
                    id=OptionId(row.id),
                    label=row.id,
                    tech=TechId(ident),
                    gives=(f"compute:{row.id}",),
                    needs=((f"platform:{ident}/{provider}",),),
                    cores=max(0.02, row.cores - base),
                    most=min(MOST if row.cores >= largest else MOST_SMALL, row.most or MOST),
                    room=row.memory,
                    price=ground.rent(row) + _beside(ground, row, ident),
                    each=ground.figure("ops.machine") if machines else 0.0,
                    duty=duty,
                    memory=ground.figure("memory.app") if not machines else 0.0,
                    why=f"{row.vcpu:g} vCPU ({row.cores:g} usable), {row.memory:g} GB, {bill_of(ground.rent(row))}",
                )
                for row in rows
            )
    return tuple(found)


def _wanted(ground: Ground, ident: str, provider: str) -> bool:
    """Whether the instance types of a platform are looked at."""
    return ground.sized is None or any(f"{ident}/{provider}/{zones}" in ground.sized for zones in (1, 2))


def own_machines(option: Option) -> bool:
    """Whether a compute option is of machines that all services share."""
    return option.tech in MACHINES


def spare(ground: Ground, option: Option, cores: float) -> int:
    """Machines of a compute option on top of those that `cores` keep busy, as many as the promise of the zones takes.

    `cores`: of the mean load of one service.
    """
    needed = max(1, math.ceil(round(cores / option.cores, 3)))
    part, zones = _promises(ground)[option.needs[0][0]]
    return spares(part, needed, zones)


@remembered
def _promises(ground: Ground) -> dict[str, tuple[Probability, Probability]]:
    """By the trait of a platform: what is promised for one machine of its provider, and for it in several zones."""
    found: dict[str, tuple[Probability, Probability]] = {}
    for ident in PLATFORMS:
        for provider, _, zones, _ in offers(ground, ground.tech(ident)):
            part = 1 - ground.down(ground.providers[provider].sla_single)
            found.setdefault(f"platform:{ident}/{provider}", (Probability(part), Probability(1 - ground.down(zones))))
    return found


def _beside(ground: Ground, row: Instance, ident: str) -> float:
    """USD a month for the public address of a machine, and for a disk under its system where none is included."""
    provider = ground.providers[row.provider]
    disk = ground.month(provider.disk, max(0.0, SYSTEM_GB - row.disk), row.provider) if ident in MACHINES else 0.0
    return ground.month(address_price(provider, row), 1, row.provider) + disk
