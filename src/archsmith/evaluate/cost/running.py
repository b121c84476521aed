"""Lines for running it: logs, secrets, keys, messages to people, and the hours of those who look after it."""

from collections.abc import Iterator

from archsmith.evaluate.cost.lines import Scale, Usage, line
from archsmith.evaluate.stack import Stack
from archsmith.kernel.ids import ElementId, element
from archsmith.kernel.names import slug
from archsmith.kernel.units import MONTH, UsdPerMonth
from archsmith.knowledge.technologies import Technology
from archsmith.knowledge.thirdparty import THIRD_PARTIES
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.model.decisions import Dimension
from archsmith.model.report import CostKind, CostLine


def running_lines(stack: Stack, scale: Scale, used: Usage) -> Iterator[CostLine | None]:
    """Observability, secrets and third parties."""
    provider = stack.provider
    if provider is not None:
        watch = stack.view.utilities_of("observability")
        if provider.logs and watch:
            gb = used.requests / 1e6 * tradeoff(stack.catalogue, "logs.gb_per_million")
            owner = element("utility", watch[0].id)
            yield line(stack, owner, CostKind.OBSERVABILITY, "logs taken in", provider.logs, gb)
        for vault in stack.view.utilities_of("secrets_manager")[:1]:
            count = len(stack.view.truth_stores) + len(stack.view.domain.systems)
            owner = element("utility", vault.id)
            yield line(stack, owner, CostKind.SECURITY, "secrets", provider.secret, float(count), fixed=True)
        for kms in stack.view.utilities_of("kms")[:1]:
            count = len(stack.view.truth_stores)
            owner = element("utility", kms.id)
            yield line(stack, owner, CostKind.SECURITY, "keys", provider.key, float(count), fixed=True)
    rows = stack.catalogue.table(THIRD_PARTIES)
    for system in stack.view.domain.systems:
        row = rows.get(system.kind)
        if row is not None and row.price:
            calls = sum(o.average.value for o in stack.view.domain.operations if system.id in o.calls)
            month = calls * MONTH * scale.factor
            yield line(stack, element("system", system.id), CostKind.THIRD_PARTY, "calls", row.price, month)


def people_lines(stack: Stack) -> Iterator[CostLine]:
    """Hours of operations work for each part that has any, at the hourly rate; with what the structure itself costs."""
    spent = 0.0
    for owner, name, tech, managed in _parts(stack):
        effort = (tech.managed if managed else tech.run) or tech.managed or tech.run
        if effort is not None and effort.value > 0:
            spent += effort.value
            yield _hours(
                stack, owner, f"{name}: {tech.effort or 'running it'}", effort.value, f"technologies/{tech.id}"
            )
    rest = stack.view.decisions.ops_hours - spent
    if rest > 0.05:
        services = stack.view.architecture.services
        owner = element("service", services[0].id) if services else ElementId("service:none")
        what = f"releases and on-call for {len(services)} service{'s' if len(services) != 1 else ''}"
        yield _hours(stack, owner, what, rest, "tradeoffs: style, teams; operations hours of the decisions")


def _hours(stack: Stack, owner: ElementId, what: str, hours: float, source: str) -> CostLine:
    rate = stack.view.targets.hourly_rate.value
    return CostLine(
        id=slug(f"hours-{owner.replace(':', '-')}-{source}"),
        element=owner,
        kind=CostKind.PEOPLE,
        what=what,
        quantity=hours,
        unit="hour",
        unit_price=float(rate),
        month=UsdPerMonth(hours * rate),
        fixed=True,
        source=f"{source}: our estimate",
    )


def _parts(stack: Stack) -> Iterator[tuple[ElementId, str, Technology, bool]]:
    """Each technology once, with the element that stands for it; a provider's offer means fewer hours."""
    seen: set[str] = set()
    view = stack.view
    found: list[tuple[ElementId, str, Technology | None, bool]] = []
    found += [(element("store", s.id), s.name, stack.technology(s.engine), s.managed) for s in view.architecture.stores]
    found += [(element("edge", e.id), e.name, stack.of_edge(e), e.managed) for e in view.architecture.edges]
    for deployment in view.architecture.deployments:
        tech = stack.technology(deployment.platform)
        managed = tech is not None and tech.offer(str(deployment.provider)) is not None
        found.append((element("deployment", deployment.id), tech.name if tech else "", tech, managed))
    for decision in view.decisions.decisions:
        if decision.dimension in (Dimension.OBSERVABILITY, Dimension.IDENTITY):
            tech = stack.technology(decision.tech or decision.option)
            watch = view.utilities_of(
                "observability" if decision.dimension is Dimension.OBSERVABILITY else "identity_provider"
            )
            owner = element("utility", watch[0].id) if watch else element("decision", decision.id)
            found.append((owner, decision.choice, tech, True))
    for owner, name, tech, managed in found:
        if tech is not None and tech.id not in seen:
            seen.add(tech.id)
            yield owner, name, tech, managed
