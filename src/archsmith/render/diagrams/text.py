"""Graphs as plain text: frames with boxes in reading order, then the arrows as an aligned list."""

from collections.abc import Sequence

from archsmith.render.diagrams.graph import Graph, Group, Node, nodes_of
from archsmith.render.markdown import clean, clip
from archsmith.render.plain import WIDTH, boxes, columns, frame


def drawing(graph: Graph) -> str:
    """The graph on a page of 100 columns."""
    lines = [clean(graph.title), ""]
    for group in graph.groups:
        lines += [*_group(group, WIDTH), ""]
    names = {node.id: clip(node.name, 40) for node in nodes_of(graph.groups)}
    rows = []
    for link in graph.links:
        arrow = "══>" if link.crosses else "──>" if link.waits else "- ->"
        rows.append(
            (names.get(link.source, link.source), arrow, names.get(link.target, link.target), clean(link.label))
        )
    if rows:
        lines += ["──> waits for the answer   - -> does not wait   ══> crosses a trust boundary", ""]
        lines += columns(rows, (26, 4, 26, 38))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _group(group: Group, width: int) -> list[str]:
    inner = width - 4 if group.name else width
    lines = boxes([_lines(node) for node in group.nodes], inner)
    for part in group.groups:
        lines += _group(part, inner)
    return frame(clean(group.name), lines, width) if group.name else lines


def _lines(node: Node) -> Sequence[str]:
    parts = (clip(node.name, 60), f"[{clip(node.kind, 60)}]" if node.kind else "", clip(node.note, 90))
    return [part for part in parts if part]
