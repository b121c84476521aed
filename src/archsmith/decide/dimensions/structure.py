"""Style: how many deployables, and how they talk."""

from archsmith.decide.ground import Ground
from archsmith.decide.grouping import PER_CONTEXT, PER_TEAM
from archsmith.decide.option import Option
from archsmith.decide.words import work
from archsmith.kernel.ids import OptionId
from archsmith.kernel.phrases import counted
from archsmith.model.decisions import Dimension

_LABELS = {
    "monolith": "monolith without inner borders",
    "modular_monolith": "modular monolith",
    PER_CONTEXT: "microservices, one for each of {modules} contexts",
    PER_TEAM: "microservices, one for each of {teams} teams",
    "serverless": "serverless functions",
    "event_driven": "services joined by events",
}


def style(ground: Ground) -> tuple[Option, ...]:
    """Coordination, service upkeep and building of each style, from team, modules and transactions.

    A cut by teams is one only where they are fewer than the contexts, and where no stream asks for a cut by load.
    """
    demand = ground.demand
    by_team = 1 < demand.teams < demand.modules and not demand.ingests and demand.stream <= 0
    offered = {PER_CONTEXT: demand.modules > 1, PER_TEAM: by_team}
    return tuple(_style(ground, key) for key in _LABELS if offered.get(key, True))


def services_of(ground: Ground, name: str) -> int:
    """How many deployables a style means here: as many as `grouping.services` makes."""
    demand = ground.demand
    if name in (PER_CONTEXT, PER_TEAM):
        return min(demand.modules, demand.teams) if name == PER_TEAM else demand.modules
    return (3 if demand.ingests else 2) if name == "event_driven" else 1


def _style(ground: Ground, key: str) -> Option:
    demand, figure = ground.demand, ground.figure
    name = key.partition("/")[0]
    people = demand.team * (demand.team - 1) / 2
    teams = demand.teams * (demand.teams - 1) / 2
    count = services_of(ground, key)
    crossings = demand.crossings_of_teams if key == PER_TEAM else demand.crossings
    bonds = demand.bonds_of_teams if key == PER_TEAM else demand.bonds
    breadth = max(1.0, demand.modules / 4)
    pair = figure("style.pair_tangled") if name == "monolith" else figure("style.pair_modular")
    shared = figure("style.team_pair_apart") if name == "microservices" else figure("style.team_pair_shared")
    if name == "event_driven":
        shared = (figure("style.team_pair_shared") + figure("style.team_pair_apart")) / 2
    ops = pair * people * breadth + shared * teams + figure("style.service_hours") * (count - 1)
    if name == "monolith":
        ops += figure("style.module_pair_tangled") * demand.modules * (demand.modules - 1) / 2
    build = figure("style.service_days") * (count - 1)
    if name != "monolith":
        build += figure("style.module_days") * demand.modules
    if name == "microservices":
        build += figure("style.saga_days") * crossings + figure("style.event_days") * min(demand.events, 20)
        build += figure("style.bond_days") * bonds
    if name == "event_driven":
        build += figure("style.event_days") * min(demand.events, 20) + figure("style.saga_days") * min(
            demand.crossings, 1
        )
    if name == "serverless":
        build += figure("style.functions_days")
    needs = {
        "serverless": (("functions",),),
        "microservices": (("broker:apart", "stream:log"),),
        "event_driven": (("stream:log", "broker:apart", "mqtt:broker"),),
    }.get(name, ())
    return Option(
        axis="style",
        dimension=Dimension.STYLE,
        key=key,
        id=OptionId(name),
        label=_LABELS[key].format(modules=demand.modules, teams=demand.teams),
        gives=(f"style:{name}", *(["crosses"] if name == "microservices" and crossings else [])),
        needs=needs,
        bars=() if name == "serverless" else ("functions",),
        ops=ops,
        build=build,
        memory=(count - 1) * figure("memory.app"),
        compute=(count - 1) * figure("cpu.machine_base"),
        why=f"{_who(ground)}, {counted(count, 'deployable')}, {counted(demand.modules, 'module')}"
        f"{_crossing(name, crossings, bonds)}: "
        f"{work(ops, build) if ops + build > 0.05 else 'no coordination to pay for'}",
    )


def _crossing(name: str, crossings: int, bonds: int) -> str:
    if name != "microservices":
        return ""
    changes = f", {counted(crossings, 'change')} over several of them" if crossings else ""
    return changes + (f", {counted(bonds, 'reference')} between them without a foreign key" if bonds else "")


def _who(ground: Ground) -> str:
    people, teams = counted(ground.demand.team, "engineer"), ground.demand.teams
    return people if teams == 1 else f"{people} in {counted(teams, 'team')}"
