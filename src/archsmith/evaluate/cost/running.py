"""Lines for running it: logs, secrets, keys, messages to people, and the hours of those who look after it."""

from collections.abc import Iterator

from archsmith.evaluate.cost.lines import Scale, Usage, line
from archsmith.evaluate.stack import Stack
from archsmith.kernel.ids import ElementId, element
from archsmith.kernel.names import slug
from archsmith.kernel.phrases import counted, listed
from archsmith.kernel.units import UsdPerMonth
from archsmith.knowledge.billing import calls_price, logged_gb, secrets, watching
from archsmith.knowledge.technologies import Technology
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.model.architecture import Topology
from archsmith.model.decisions import Dimension, StoreRole
from archsmith.model.report import CostKind, CostLine


def running_lines(stack: Stack, scale: Scale, used: Usage) -> Iterator[CostLine | None]:
    """Observability, secrets and third parties."""
    provider = stack.provider
    if provider is not None:
        watch = stack.view.utilities_of("observability")
        chosen = next((d for d in stack.view.decisions.decisions if d.dimension is Dimension.OBSERVABILITY), None)
        taken = chosen is None or chosen.tech is None or chosen.tech == "cloud_monitoring"
        if provider.logs and watch and taken:
            gb = logged_gb(stack.catalogue, used.requests)
            owner = element("utility", watch[0].id)
            yield line(stack, owner, CostKind.OBSERVABILITY, "logs taken in", provider.logs, gb)
        if watch:
            how = str(chosen.tech) if chosen and chosen.tech else "cloud_monitoring"
            yield _watching(stack, element("utility", watch[0].id), how, scale)
        for vault in stack.view.utilities_of("secrets_manager")[:1]:
            owner, count = element("utility", vault.id), secrets(len(stack.view.domain.systems))
            yield line(stack, owner, CostKind.SECURITY, "secrets", provider.secret, count, fixed=True)
        for kms in stack.view.utilities_of("kms")[:1]:  # one key encrypts all stores
            yield line(stack, element("utility", kms.id), CostKind.SECURITY, "key", provider.key, 1.0, fixed=True)
    domain = stack.view.domain
    for ident, (key, calls) in calls_price(stack.catalogue, domain.systems, domain.operations).items():
        yield line(stack, element("system", ident), CostKind.THIRD_PARTY, "calls", key, calls * scale.factor)


def _watching(stack: Stack, owner: ElementId, tech: str, scale: Scale) -> CostLine | None:
    """The plan of a hosted service, or alarms and dashboards of the provider."""
    month = watching(stack.catalogue, tech, stack.view.workload.peak.value * scale.factor)
    if month <= 0:
        return None
    return CostLine(
        id=slug(f"{owner.replace(':', '-')}-watching"),
        element=owner,
        kind=CostKind.OBSERVABILITY,
        what="plan" if tech == "grafana_cloud" else "dashboards and alarms",
        quantity=1.0,
        unit="month",
        unit_price=month,
        month=UsdPerMonth(month),
        fixed=True,
        source="tradeoffs: watch.plan, watch.alarms",
    )


def people_lines(stack: Stack, scale: Scale) -> Iterator[CostLine]:
    """Hours of operations work for each part that has any, at the hourly rate; with what the structure itself costs."""
    rows = [
        (owner, tech.effort or f"running {tech.name}", hours, f"technologies/{tech.id}")
        for owner, tech, hours in _parts(stack)
        if hours > 0
    ]
    second, role = stack.view.architecture.second, stack.role
    if second is not None and role is not None:
        owner = element("region", second.region)
        rows.append((owner, f"{role.name}: drills, and two regions kept in step", role.ops, "region_modes"))
    spent = sum(hours for _, _, hours, _ in rows)
    total = float(stack.view.decisions.ops_hours)
    share = min(1.0, total / spent) if spent > 0 and total > 0 else 1.0
    for owner, what, hours, source in rows:
        yield _hours(stack, owner, what, hours * share, source)
    rest = total - spent * share
    if rest > 0.05:
        services = stack.view.architecture.services
        owner = element("service", services[0].id) if services else ElementId("service:none")
        team = counted(round(stack.view.targets.team.value), "engineer")
        what = f"releases, backups and coordination of {team} on {listed(s.name for s in services)}"
        yield _hours(stack, owner, what, rest, "tradeoffs")
    yield from _more_machines(stack, scale)


def _more_machines(stack: Stack, scale: Scale) -> Iterator[CostLine]:
    """Machines that a scale adds are patched and replaced like those that the hours of the design count."""
    provider = stack.provider
    for deployment in stack.view.architecture.deployments:
        row, more = stack.instance(deployment), scale.of(deployment).count - deployment.count
        ours = row is not None and provider is not None and row.family == provider.vm
        if more > 0 and (ours or any(e.startswith("store:") for e in deployment.runs)) and deployment.instance:
            hours = more * tradeoff(stack.catalogue, "ops.machine")
            owner = element("deployment", deployment.id)
            yield _hours(stack, owner, f"{counted(more, 'machine')} more to look after", hours, "tradeoffs/ops.machine")


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


def _parts(stack: Stack) -> Iterator[tuple[ElementId, Technology, float]]:
    """Each technology once, with the element that stands for it and its hours; a provider's offer means fewer."""
    seen: set[str] = set()
    for owner, tech, managed, share in _found(stack):
        if tech is not None and tech.id not in seen:
            seen.add(tech.id)
            effort = (tech.managed if managed else tech.run) or tech.managed or tech.run
            yield owner, tech, effort.value * share if effort else 0.0


def _found(stack: Stack) -> Iterator[tuple[ElementId, Technology | None, bool, float]]:
    """Half the hours for a store on the services' machines, half more for a standby or a second zone of our own."""
    view = stack.view
    for store in view.architecture.stores:
        deployment = view.deployments.get(element("store", store.id))
        beside = deployment is not None and any(e.startswith("service:") for e in deployment.runs)
        apart = 1.5 if store.topology is Topology.PRIMARY_STANDBY else 1.0
        share = 1.0 if store.managed else 0.5 if beside and store.role is StoreRole.PRIMARY else apart
        yield element("store", store.id), stack.technology(store.engine), store.managed, share
    for edge in view.architecture.edges:
        yield element("edge", edge.id), stack.of_edge(edge), edge.managed, 1.0
    for deployment in view.architecture.deployments:
        tech = stack.technology(deployment.platform)
        managed = tech is not None and tech.offer(str(deployment.provider)) is not None
        more = 1.4 if tech is not None and not managed and deployment.zones > 1 else 1.0
        yield element("deployment", deployment.id), tech, managed, more
    for decision in view.decisions.decisions:
        if decision.dimension in (Dimension.OBSERVABILITY, Dimension.IDENTITY):
            watching = decision.dimension is Dimension.OBSERVABILITY
            found = view.utilities_of("observability" if watching else "identity_provider")
            owner = element("utility", found[0].id) if found else element("decision", decision.id)
            yield owner, stack.technology(decision.tech or decision.option), True, 1.0
