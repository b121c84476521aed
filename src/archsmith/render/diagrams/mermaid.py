"""Graphs as Mermaid flowcharts in C4 notation. Labels are written so that no character of them means anything."""

import re
from collections.abc import Iterator
from typing import Final

from archsmith.render.diagrams.graph import Graph, Group, Link, Node, Shape, handle
from archsmith.render.markdown import clip

_ACTIVE: Final = re.compile(r"[^\w\s.,:/+()=!?'–…·×€£’“”-]|_{2,}|(?<=:)//|\bwww\.")

_SHAPES: Final = {
    Shape.PERSON: ('(["', '"])'),
    Shape.SYSTEM: ('["', '"]'),
    Shape.OUTSIDE: ('["', '"]'),
    Shape.SERVICE: ('["', '"]'),
    Shape.STORE: ('[("', '")]'),
    Shape.QUEUE: ('[["', '"]]'),
    Shape.EDGE: ('{{"', '"}}'),
    Shape.PART: ('["', '"]'),
}
_COLOURS: Final = {
    Shape.PERSON: "fill:#08427b,stroke:#052e56,color:#ffffff",
    Shape.SYSTEM: "fill:#1168bd,stroke:#0b4884,color:#ffffff",
    Shape.OUTSIDE: "fill:#6b6b6b,stroke:#4d4d4d,color:#ffffff",
    Shape.SERVICE: "fill:#2374bd,stroke:#0b4884,color:#ffffff",
    Shape.STORE: "fill:#1f6f54,stroke:#134534,color:#ffffff",
    Shape.QUEUE: "fill:#8a5a00,stroke:#5c3c00,color:#ffffff",
    Shape.EDGE: "fill:#5b3f8c,stroke:#3b2a5c,color:#ffffff",
    Shape.PART: "fill:#f2f2f2,stroke:#888888,color:#222222",
}

_FRAME: Final = "fill:#fafafa,stroke:#999999,color:#222222"


def label(raw: str, limit: int = 80) -> str:
    """Text that Mermaid shows as it is: whatever it could act on is an entity code.

    >>> label('a "b" <c> #d; %%{e}%%')
    'a #34;b#34; #60;c#62; #35;d#59; #37;#37;#123;e#125;#37;#37;'
    """
    return _ACTIVE.sub(lambda found: "".join(f"#{ord(c)};" for c in found.group()), clip(raw, limit))


def flowchart(graph: Graph) -> str:
    """The graph as a flowchart, top to bottom or left to right."""
    lines = [f"flowchart {'TB' if graph.downward else 'LR'}"]
    used: set[Shape] = set()
    for group in graph.groups:
        lines += _group(group, "  ", used)
    lines += [f"  {_link(link)}" for link in graph.links]
    lines += [f"  style {handle(g.id)} {_FRAME}" for g in _named(graph.groups)]
    lines += [f"  classDef {shape} {_COLOURS[shape]}" for shape in Shape if shape in used]
    return "\n".join(lines) + "\n"


def _named(groups: tuple[Group, ...]) -> Iterator[Group]:
    for group in groups:
        if group.name:
            yield group
        yield from _named(group.groups)


def _group(group: Group, indent: str, used: set[Shape]) -> Iterator[str]:
    inner = f"{indent}  " if group.name else indent
    if group.name:
        yield f'{indent}subgraph {handle(group.id)}["{label(group.name, 120)}"]'
    for node in group.nodes:
        used.add(node.shape)
        yield f"{inner}{_node(node)}"
    for part in group.groups:
        yield from _group(part, inner, used)
    if group.name:
        yield f"{indent}end"


def _node(node: Node) -> str:
    opening, closing = _SHAPES[node.shape]
    lines = [f"<b>{label(node.name)}</b>", f"#91;{label(node.kind)}#93;" if node.kind else "", label(node.note, 90)]
    shown = "<br/>".join(line for line in lines if line)
    return f"{handle(node.id)}{opening}{shown}{closing}:::{node.shape}"


def _link(link: Link) -> str:
    arrow = "==>" if link.crosses else "-->" if link.waits else "-.->"
    shown = f'|"{label(link.label)}"|' if link.label else ""
    return f"{handle(link.source)} {arrow}{shown} {handle(link.target)}"
