"""Packages that everything else stands on: pipeline and platform, stores, sign-in."""

from archsmith.kernel.ids import WorkPackageId, element
from archsmith.kernel.phrases import counted, duration, listed
from archsmith.model.architecture import Store, Topology
from archsmith.model.decisions import Dimension, StoreRole
from archsmith.plan.backlog import Backlog

PLATFORM, BACKEND = "platform", "backend"


def foundation(backlog: Backlog) -> WorkPackageId | None:
    """Repository, pipeline, platform, entry; and what the structure of the design adds once."""
    context = backlog.context
    services = context.architecture.services
    effort = backlog.effort().add("foundation.base", 1, "first deployable")
    effort.add("foundation.service", len(services) - 1, "further services")
    chosen = (Dimension.PLATFORM, Dimension.FRAMEWORK, Dimension.CI, Dimension.IAC, Dimension.EDGE, Dimension.CDN)
    for tech in dict.fromkeys(t.id for d in chosen if (t := context.chosen(d)) is not None):
        effort.set_up(context.technology(tech))
    names = listed(s.name for s in services)
    platform = context.chosen(Dimension.PLATFORM)
    where = platform.name if platform else context.architecture.provider
    ci, iac = context.chosen(Dimension.CI), context.chosen(Dimension.IAC)
    tools = listed(t.name for t in (ci, iac) if t) if ci or iac else "the pipeline"
    region = listed(context.architecture.regions)
    return backlog.add(
        f"Repository, pipeline and an empty {names} on {where}",
        phase="foundation",
        role=PLATFORM,
        effort=effort,
        done_when=f"a commit goes through {tools} and {names} answers its health check over TLS in {region}",
        delivers=[
            *(element("service", s.id) for s in services),
            *(element("deployment", d.id) for d in context.architecture.deployments),
            *(element("edge", e.id) for e in context.architecture.edges if e.kind != "identity_provider"),
        ],
    )


def learning(backlog: Backlog) -> WorkPackageId | None:
    """What the choices cost beyond setting up their technologies: learning, structure, tools. Everybody takes part."""
    context = backlog.context
    architecture = context.architecture
    used = {s.engine for s in architecture.stores} | {d.platform for d in architecture.deployments}
    used |= {s.framework for s in architecture.services}
    chosen = [d.tech or d.option for d in context.decisions.decisions]
    rows = [context.technology(t) for t in dict.fromkeys([*sorted(used), *chosen])]
    set_up = sum(t.build.value for t in rows if t is not None)
    rest = float(context.decisions.build_days) - set_up
    if rest < 1:
        return None
    services = architecture.services
    code = [t.name for s in services[:1] for x in (s.language, s.framework) if (t := context.technology(x)) is not None]
    return backlog.add(
        f"Getting used to {listed(code)} and to the structure of {listed(s.name for s in services)}",
        phase="foundation",
        role=BACKEND,
        effort=backlog.effort().plain(rest, "learning and structure that the choices ask for"),
        done_when=f"each of {counted(context.engineers, 'engineer')} has had a change to "
        f"{listed(s.name for s in services)} reviewed",
        crew=max(1, min(context.engineers, round(rest / 5))),
    )


def stores(backlog: Backlog, base: WorkPackageId | None) -> WorkPackageId | None:
    """The primary store first, then a package for each store that is set up on its own."""
    context = backlog.context
    found = context.architecture.stores
    first = next((s for s in found if s.role is StoreRole.PRIMARY), None)
    primary = _store(backlog, first, (base,)) if first else None
    for store in found:
        if store is not first:
            _store(backlog, store, (base, primary))
    return primary or base


def _store(backlog: Backlog, store: Store, depends: tuple[WorkPackageId | None, ...]) -> WorkPackageId | None:
    context = backlog.context
    tech = context.technology(store.engine)
    effort = backlog.effort().set_up(tech)
    if store.role is StoreRole.PRIMARY and store.backup:
        effort.set_up(context.chosen(Dimension.BACKUP))
    kept = f", its backup restores within {duration(store.backup.rto)}" if store.backup else ""
    users = listed(_users(backlog, store))
    if store.topology is Topology.EMBEDDED:
        title = f"{_upper(store.name)} as {store.product}"
    else:
        title = f"{_upper(store.name)} on {store.product}"
    return backlog.add(
        title,
        phase="foundation",
        role=PLATFORM,
        effort=effort,
        done_when=f"{store.name} opens to {users} only, by a role of its own{kept}",
        depends=depends,
        delivers=[element("store", store.id)],
    )


def _users(backlog: Backlog, store: Store) -> list[str]:
    flows = backlog.context.architecture.flows
    own = element("store", store.id)
    callers = dict.fromkeys(f.source for f in flows if f.target == own and f.source.startswith("service:"))
    names = [backlog.context.name(c) for c in callers]
    return names or [s.name for s in backlog.context.architecture.services[:1]]


def identity(backlog: Backlog, base: WorkPackageId | None) -> WorkPackageId | None:
    """Sign-in, scopes and ownership for each kind of caller."""
    context = backlog.context
    policies = context.architecture.policies
    callers = [a for a in policies.authentication if a.method != "anonymous" and a.actor != "system"]
    tech = context.chosen(Dimension.IDENTITY)
    names = [context.name(element("actor", a.actor)) for a in callers]
    effort = (
        backlog.effort().set_up(tech).add("identity.actor", len(callers), counted(len(callers), "kind") + " of caller")
    )
    effort.add("identity.owned", len(policies.ownership), counted(len(policies.ownership), "ownership rule"))
    kept = [e for e in context.architecture.edges if e.kind == "identity_provider"]
    shown = tech.name if tech else "accounts of the application"
    rules = policies.ownership
    proof = (
        f"a test with two callers gets 404 for the other's {context.name(element('entity', rules[0].entity))}"
        if rules
        else f"a call without one of the {counted(len(policies.scopes), 'scope')} gets 403"
    )
    return backlog.add(
        f"Sign-in and rights of {listed(names)} with {shown}",
        phase="foundation",
        role=BACKEND,
        effort=effort,
        done_when=f"{listed(names)} can sign in, and {proof}",
        depends=(base,),
        delivers=[element("edge", e.id) for e in kept],
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
