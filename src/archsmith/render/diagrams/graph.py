"""What a box-and-arrow diagram shows, before anybody draws it."""

import enum
import re
from dataclasses import dataclass
from typing import Final

from archsmith.kernel.ids import ElementId


class Shape(enum.StrEnum):
    """What a node stands for; the printers know how each looks."""

    PERSON = "person"
    SYSTEM = "system"
    OUTSIDE = "outside"
    SERVICE = "service"
    STORE = "store"
    QUEUE = "queue"
    EDGE = "edge"
    PART = "part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A thing: its name, what it is in brackets (`Service: Python, FastAPI`), and a short description."""

    id: ElementId
    shape: Shape
    name: str
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An arrow. `waits` is false for asynchronous ones; `crosses` marks a trust boundary."""

    source: ElementId
    target: ElementId
    label: str
    waits: bool = True
    crosses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A frame around nodes and further frames."""

    id: str
    name: str
    nodes: tuple[Node, ...] = ()
    groups: tuple["Group", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A diagram: frames and free nodes in reading order, and the arrows between nodes."""

    title: str
    groups: tuple[Group, ...]
    links: tuple[Link, ...]
    downward: bool = True


_UNSAFE: Final = re.compile(r"[^A-Za-z0-9]+")


def handle(ident: str) -> str:
    """An identifier for diagram languages: no keyword of theirs, and different ids stay different.

    >>> handle("service:check-out")
    'service_check_out'
    """
    return _UNSAFE.sub("_", str(ident))


def nodes_of(groups: tuple[Group, ...]) -> tuple[Node, ...]:
    """All nodes within frames, outermost first."""
    return tuple(node for group in groups for node in (*group.nodes, *nodes_of(group.groups)))
