"""The C4 views of a design as graphs: context, containers, deployment."""

from dataclasses import replace

from archsmith.kernel.ids import ElementId, element
from archsmith.model.architecture import Edge, Flow, Mode, SecondRegion, Service, Store, Utility
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import Operation
from archsmith.model.requirements import Actor, ExternalSystem
from archsmith.render import show
from archsmith.render.diagrams.graph import Graph, Group, Link, Node, Shape
from archsmith.render.markdown import clip
from archsmith.render.prose import tech_name
from archsmith.render.view import View, grouped, product_of

SYSTEM = ElementId("system-in-scope")
_SHOWN = 3
"""Names on one arrow; further ones are told by an ellipsis."""


def capital(name: str) -> str:
    """A name at the head of a box or a row."""
    return name[:1].upper() + name[1:]


def some(names: list[str], most: int = _SHOWN) -> str:
    """The first names, each once, and an ellipsis where more follow."""
    once = list(dict.fromkeys(names))
    return ", ".join(once[:most]) + (", …" if len(once) > most else "")


def context(view: View) -> Graph:
    """Who uses the system and what it talks to."""
    title = view.design.requirements.title
    by_actor = grouped((o.actor, o) for o in view.domain.operations)
    acting = [a for a in view.domain.actors if a.id in by_actor]
    links = [
        Link(source=element("actor", a.id), target=SYSTEM, label=some([_says(o, a) for o in by_actor[a.id]]))
        for a in acting
    ]
    for system in view.domain.systems:
        ident = element("system", system.id)
        out, back = view.flows_into.get(ident, ()), view.flows_from.get(ident, ())
        if out or not back:
            waits = any(f.mode is Mode.SYNC for f in out)
            links.append(Link(source=SYSTEM, target=ident, label=_labels(out) or system.kind, waits=waits))
        if back:
            waits = any(f.mode is Mode.SYNC for f in back)
            links.append(Link(source=ident, target=SYSTEM, label=_labels(back), waits=waits))
    inside = Node(
        id=SYSTEM, shape=Shape.SYSTEM, name=title, kind="Software system", note=view.design.requirements.summary
    )
    people = Group(id="people", name="", nodes=tuple(person(a) for a in acting))
    outside = Group(id="outside", name="", nodes=tuple(outsider(s) for s in view.domain.systems))
    groups = tuple(g for g in (people, Group(id="system", name="", nodes=(inside,)), outside) if g.nodes)
    return Graph(title=f"{title}: context", groups=groups, links=tuple(links))


def containers(view: View) -> Graph:
    """What the system is made of: edges, services and stores, and the calls between them."""
    title = view.design.requirements.title
    linked = {end for f in view.arch.flows for end in (f.source, f.target)}
    inside = [part(view, i) for i, x in view.parts.items() if not isinstance(x, Utility) or i in linked]
    edges = tuple(n for n in inside if n.shape is Shape.EDGE)
    services = tuple(n for n in inside if n.shape in (Shape.SERVICE, Shape.PART))
    stores = tuple(n for n in inside if n.shape in (Shape.STORE, Shape.QUEUE))
    bare = [Group(id=i, name="", nodes=n) for i, n in (("edges", edges), ("run", services), ("kept", stores)) if n]
    people = Group(
        id="people", name="", nodes=tuple(person(a) for a in view.domain.actors if element("actor", a.id) in linked)
    )
    outside = Group(id="outside", name="", nodes=tuple(outsider(s) for s in view.domain.systems))
    system = Group(id="boundary", name=title, groups=tuple(bare))
    known = set(view.parts) | {n.id for n in (*people.nodes, *outside.nodes)}
    return Graph(
        title=f"{title}: containers",
        groups=tuple(g for g in (people, system, outside) if g.nodes or g.groups),
        links=(*links_between(view, known), *_hosted(view)),
    )


def _hosted(view: View) -> tuple[Link, ...]:
    """What lives inside another store, such as a queue that is a table."""
    return tuple(
        Link(source=element("store", s.id), target=element("store", s.host), label="lives in")
        for s in view.arch.stores
        if s.host in view.stores and s.host
    )


def deployment(view: View) -> Graph:
    """Where everything runs: provider, region, machines with their number, and what is billed by use."""
    title, arch = view.design.requirements.title, view.arch
    frames = []
    placed: set[ElementId] = set()
    for where in arch.deployments:
        size = f"{show.number(where.vcpu)} vCPU, {show.memory(where.memory)}" if where.vcpu else "billed by use"
        zones = f" in {where.zones} zones" if where.zones > 1 else ""
        called = "" if where.name in where.product else f"{capital(where.name)}: "
        head = f"{called}{where.count} × {where.product}, {size}{zones}"
        runs = tuple(part(view, i) for i in where.runs if i in view.parts)
        placed |= set(where.runs)
        frames.append(Group(id=f"deployment:{where.id}", name=head, nodes=runs))
    loose = [i for i, x in view.parts.items() if i not in placed and not isinstance(x, Utility)]
    hosted = [i for i in loose if _host(view, i)]
    managed = tuple(part(view, i) for i in loose if i not in hosted)
    if managed:
        frames.append(Group(id="by-use", name="Run by the provider", nodes=managed))
    region = arch.regions[0] if arch.second and arch.regions else ", ".join(arch.regions)
    outer = Group(id="region", name=f"{tech_name(view, arch.provider)} {region}".strip(), groups=tuple(frames))
    return Graph(
        title=f"{title}: deployment",
        groups=(outer, *([_second(view, arch.second)] if arch.second else [])),
        links=links_between(view, placed | {n.id for n in managed}),
    )


def _second(view: View, second: SecondRegion) -> Group:
    """What stands in the second region; its parts are copies of those in the first."""
    by_id = {d.id: d for d in view.arch.deployments}
    frames = []
    for twin in second.twins:
        where = by_id[twin.deployment]
        count = f"{twin.count} × " if twin.count else "created on takeover: "
        runs = (part(view, i) for i in where.runs if i in view.parts)
        nodes = tuple(replace(n, id=ElementId(f"{n.id}-second")) for n in runs)
        frames.append(Group(id=f"second:{where.id}", name=f"{count}{where.product}", nodes=nodes))
    name = f"{tech_name(view, view.arch.provider)} {second.region}: {second.label}"
    return Group(id="second", name=name, groups=tuple(frames))


def person(actor: Actor) -> Node:
    """An actor as a node."""
    kind = "Person, staff" if actor.internal else "Person"
    return Node(id=element("actor", actor.id), shape=Shape.PERSON, name=capital(actor.name), kind=kind)


def outsider(system: ExternalSystem) -> Node:
    """An external system as a node."""
    note = f"holds the truth of {', '.join(system.masters)}" if system.masters else ""
    return Node(
        id=element("system", system.id),
        shape=Shape.OUTSIDE,
        name=capital(system.name),
        kind=f"External system: {system.kind}",
        note=note,
    )


def part(view: View, ident: ElementId) -> Node:
    """A service, store, edge or utility as a node."""
    found = view.parts[ident]
    if isinstance(found, Service):
        kind = f"Service: {tech_name(view, found.language)}, {tech_name(view, found.framework)}"
        return Node(id=ident, shape=Shape.SERVICE, name=capital(found.name), kind=kind, note=clip(found.purpose, 90))
    if isinstance(found, Store):
        shape = Shape.QUEUE if found.role is StoreRole.BROKER else Shape.STORE
        note = some([view.entity_name(e) for e in found.entities], 5)
        return Node(id=ident, shape=shape, name=capital(found.name), kind=f"Store: {product_of(found)}", note=note)
    kind = found.kind.replace("_", " ")
    if isinstance(found, Edge):
        return Node(id=ident, shape=Shape.EDGE, name=capital(found.name), kind=f"Edge: {found.product or kind}")
    return Node(id=ident, shape=Shape.PART, name=capital(found.name), kind=f"{capital(kind)}: {found.product}")


def links_between(view: View, known: set[ElementId]) -> tuple[Link, ...]:
    """The flows between known elements, one arrow a pair and mode."""
    pairs = grouped(
        ((f.source, f.target, f.mode), f) for f in view.arch.flows if f.source in known and f.target in known
    )
    return tuple(
        Link(source=source, target=target, label=_labels(flows), waits=mode is Mode.SYNC)
        for (source, target, mode), flows in pairs.items()
    )


def _labels(flows: tuple[Flow, ...]) -> str:
    """What passes, and how. What an edge hands on is what its callers sent, so only the protocol is said again."""
    names = some([f.label for f in flows if f.label and not str(f.source).startswith("edge:")], 2)
    protocols = some([f.protocol for f in flows if f.protocol], 2)
    return f"{names} ({protocols})" if names and protocols else names or protocols


def _says(operation: Operation, actor: Actor) -> str:
    return operation.name.removeprefix(f"{actor.name} ")


def _host(view: View, ident: ElementId) -> bool:
    found = view.parts[ident]
    return bool(getattr(found, "host", None))
