"""All diagrams of a design, each as Mermaid and as plain text."""

from collections.abc import Iterator

from archsmith.kernel.ids import ArtifactPath, ElementId, element
from archsmith.kernel.names import slug
from archsmith.model.artifacts import Artifact
from archsmith.model.requirements import OperationKind
from archsmith.render.diagrams import c4, er, gantt, sequence, structurizr, tradeoffs
from archsmith.render.diagrams.dataflow import dataflow
from archsmith.render.diagrams.graph import nodes_of
from archsmith.render.diagrams.mermaid import flowchart
from archsmith.render.diagrams.text import drawing
from archsmith.render.view import View

KEY_FLOWS = 3
"""Commands that get a sequence diagram."""


def diagrams(view: View) -> Iterator[Artifact]:
    """The C4 views, the data flow, an ER diagram a service, the key sequences, the plan, the front, the workspace."""
    for name, graph in (
        ("c4-context", c4.context(view)),
        ("c4-container", c4.containers(view)),
        ("c4-deployment", c4.deployment(view)),
        ("data-flow", dataflow(view)),
    ):
        shows = tuple(n.id for n in nodes_of(graph.groups))
        yield _file(f"{name}.mmd", flowchart(graph), *shows)
        yield _file(f"{name}.txt", drawing(graph), *shows)
    for service in view.arch.services:
        shown = er.diagram(view, service)
        if shown.boxes:
            path = f"er-{slug(service.id)}"
            yield _file(f"{path}.mmd", er.mermaid(shown), element("service", service.id))
            yield _file(f"{path}.txt", er.text(shown), element("service", service.id))
    for operation, told in sequences(view):
        path = f"sequence-{slug(operation)}"
        yield _file(f"{path}.mmd", sequence.mermaid(told), element("operation", operation))
        yield _file(f"{path}.txt", sequence.text(told), element("operation", operation))
    yield _file("workspace.dsl", structurizr.workspace(view))
    if view.design.plan.packages:
        title = view.design.requirements.title
        yield _file("plan.mmd", gantt.mermaid(view.design.plan, title))
        yield _file("plan.txt", gantt.text(view.design.plan, title))
    front = view.design.decisions.front
    if front:
        yield _file("tradeoffs.mmd", tradeoffs.mermaid(front, view.design.requirements.title))
        yield _file("tradeoffs.txt", tradeoffs.text(front, view.design.requirements.title))


def sequences(view: View) -> tuple[tuple[str, sequence.Sequence], ...]:
    """The key commands that some flow carries, with their sequences."""
    told = ((str(o.id), sequence.sequence(view, o)) for o in view.key_commands if o.kind is OperationKind.COMMAND)
    found = [(ident, shown) for ident, shown in told if shown]
    return tuple(found[:KEY_FLOWS])


def _file(name: str, body: str, *shows: str) -> Artifact:
    return Artifact(
        path=ArtifactPath(f"diagrams/{name}"),
        content=body.encode("utf-8", "replace"),
        shows=tuple(map(ElementId, shows)),
    )
