"""The same model as a Structurizr DSL workspace, for teams that keep their C4 model there."""

from collections.abc import Iterator

from archsmith.kernel.ids import element
from archsmith.model.architecture import Service, Store, Utility
from archsmith.render.diagrams.c4 import capital, links_between, outsider, part, person
from archsmith.render.diagrams.graph import Node, handle
from archsmith.render.markdown import clip
from archsmith.render.view import View


def workspace(view: View) -> str:
    """The workspace: people, the system with its containers, external systems, relations, two views."""
    needs = view.design.requirements
    linked = {end for f in view.arch.flows for end in (f.source, f.target)}
    inside = [i for i, x in view.parts.items() if not isinstance(x, Utility) or i in linked]
    people = [person(a) for a in view.domain.actors if element("actor", a.id) in linked]
    outside = [outsider(s) for s in view.domain.systems if element("system", s.id) in linked]
    known = {*inside, *(n.id for n in people), *(n.id for n in outside)}
    lines = [f"workspace {_text(needs.title)} {{", "  model {"]
    lines += [f"    {handle(n.id)} = person {name} {_text(n.kind)}" for n, name in _named(people)]
    lines += [
        f"    {handle(n.id)} = softwareSystem {name} {_text(n.kind)} {_text('External')}" for n, name in _named(outside)
    ]
    lines.append(f"    designed = softwareSystem {_text(needs.title)} {_text(needs.summary)} {{")
    lines += [f"      {_container(view, n, name)}" for n, name in _named([part(view, i) for i in inside])]
    lines.append("    }")
    lines += [f"    {handle(x.source)} -> {handle(x.target)} {_text(x.label)}" for x in links_between(view, known)]
    lines += [
        "  }",
        "  views {",
        "    systemContext designed context {",
        "      include *",
        "      autoLayout",
        "    }",
        "    container designed containers {",
        "      include *",
        "      autoLayout",
        "    }",
        "    styles {",
        '      element "External" {',
        "        background #6b6b6b",
        "        color #ffffff",
        "      }",
        '      element "Store" {',
        "        shape Cylinder",
        "      }",
        "    }",
        "  }",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _container(view: View, node: Node, name: str) -> str:
    found = view.parts[node.id]
    kind = "Store" if isinstance(found, Store) else "Service" if isinstance(found, Service) else "Edge"
    technology = node.kind.partition(": ")[2]
    return f"{handle(node.id)} = container {name} {_text(node.note)} {_text(technology)} {_text(kind)}"


def _named(nodes: list[Node]) -> Iterator[tuple[Node, str]]:
    """Each node with its quoted name; a name that another has already is told apart by the id."""
    used: set[str] = set()
    for node in nodes:
        name = _text(node.name)
        yield node, _text(f"{node.name} ({handle(node.id)})") if name in used else name
        used.add(name)


def _text(raw: str) -> str:
    """A quoted string of the DSL, on one line; `${` would name a constant there."""
    shown = clip(capital(raw), 120).replace("\\", "/").replace('"', "'").replace("${", "$ {")
    return f'"{shown}"'
