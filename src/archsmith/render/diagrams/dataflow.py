"""The data flow view: what moves between zones of trust, how it is protected, and which data it is."""

from archsmith.kernel.ids import element
from archsmith.model.architecture import Edge, Flow, Mode, Store
from archsmith.model.domain import DataClass
from archsmith.render.diagrams.c4 import outsider, part, person, some
from archsmith.render.diagrams.graph import Graph, Group, Link
from archsmith.render.view import View, grouped

_ORDER = {c: n for n, c in enumerate(DataClass)}


def dataflow(view: View) -> Graph:
    """Zones of trust as frames: the public, our staff, the edge, our services, our data, third parties."""
    linked = {end for f in view.arch.flows for end in (f.source, f.target)}
    parts = {i: x for i, x in view.parts.items() if i in linked}
    actors = [a for a in view.domain.actors if element("actor", a.id) in linked]
    zones = (
        ("public", "Public network: not trusted", [person(a) for a in actors if not a.internal]),
        ("staff", "Staff: known, not trusted with all data", [person(a) for a in actors if a.internal]),
        ("edge", "Edge", [part(view, i) for i, x in parts.items() if isinstance(x, Edge)]),
        (
            "run",
            "Private network: services",
            [part(view, i) for i, x in parts.items() if not isinstance(x, Edge | Store)],
        ),
        ("data", "Private network: data", [part(view, i) for i, x in parts.items() if isinstance(x, Store)]),
        (
            "third",
            "Third parties: their network",
            [outsider(s) for s in view.domain.systems if element("system", s.id) in linked],
        ),
    )
    groups = tuple(Group(id=f"zone:{i}", name=name, nodes=tuple(nodes)) for i, name, nodes in zones if nodes)
    pairs = grouped(((f.source, f.target, f.mode, f.crosses_boundary), f) for f in view.arch.flows)
    links = tuple(
        Link(source=a, target=b, label=_label(view, flows), waits=mode is Mode.SYNC, crosses=crosses)
        for (a, b, mode, crosses), flows in pairs.items()
    )
    title = f"{view.design.requirements.title}: data flow and trust boundaries"
    return Graph(title=title, groups=groups, links=links, downward=False)


def data_of(view: View, flows: tuple[Flow, ...]) -> tuple[DataClass, ...]:
    """The classes of data that flows carry by their operations, the worst first."""
    entities = [view.operations[o].entity for f in flows for o in f.operations if o in view.operations]
    classes = {view.entities[e].data_class for e in entities if e in view.entities}
    return tuple(sorted(classes, key=lambda c: -_ORDER[c]))


def _label(view: View, flows: tuple[Flow, ...]) -> str:
    classes = data_of(view, flows)
    worst = f"{classes[0]} data, " if classes else ""
    bare = "" if all(f.encrypted for f in flows) else ", NOT ENCRYPTED"
    return f"{worst}{some([f.protocol for f in flows], 2)}{bare}"
