"""Sequence diagrams: how one command runs through the architecture, told from its flows."""

from collections.abc import Iterator
from dataclasses import dataclass

from archsmith.kernel.ids import ElementId, element
from archsmith.model.architecture import Edge, Flow, Mode, Service, Store
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import Operation
from archsmith.model.requirements import OperationKind
from archsmith.render import show
from archsmith.render.diagrams.c4 import capital, some
from archsmith.render.diagrams.graph import handle
from archsmith.render.diagrams.mermaid import label
from archsmith.render.markdown import clean, clip
from archsmith.render.plain import pad, width
from archsmith.render.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One arrow in time. `answer` goes back to a caller that waited."""

    source: ElementId
    target: ElementId
    label: str
    waits: bool = True
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """Who takes part, in order of appearance, and the messages."""

    title: str
    parties: tuple[tuple[ElementId, str], ...]
    messages: tuple[Message, ...]


def sequence(view: View, operation: Operation) -> Sequence | None:
    """The way of a command from its actor to the last consumer; None where no flow carries it."""
    start = element("actor", operation.actor)
    messages: list[Message] = []
    afterwards: list[Message] = []
    _follow(view, operation, start, messages, afterwards, {start})
    if not messages:
        return None
    messages += afterwards
    order = dict.fromkeys(end for m in messages for end in (m.source, m.target))
    parties = tuple((e, capital(view.name(e))) for e in order)
    return Sequence(capital(operation.name), parties, tuple(messages))


def _follow(
    view: View, operation: Operation, at: ElementId, out: list[Message], after: list[Message], seen: set[ElementId]
) -> None:
    flows = [f for f in view.flows_from.get(at, ()) if _carries(operation, f) and f.target not in seen]
    for flow in sorted(flows, key=lambda f: f.mode is Mode.ASYNC):
        if flow.target in seen:
            continue
        seen.add(flow.target)
        waits = flow.mode is Mode.SYNC
        out.append(Message(source=at, target=flow.target, label=_says(view, operation, flow), waits=waits))
        if _queue(view, flow.target):
            after += _later(view, operation, flow.target)
            continue
        _follow(view, operation, flow.target, out, after, seen)
        if waits and not str(flow.target).startswith("store:"):
            out.append(Message(source=flow.target, target=at, label=_answer(view, operation, at), answer=True))


def _later(view: View, operation: Operation, queue: ElementId) -> Iterator[Message]:
    """What takes the command's events from a queue after the answer, and whom that calls in turn."""
    for taken in view.flows_from.get(queue, ()):
        if not set(taken.events) & set(operation.emits):
            continue
        does = [o for o in taken.operations if o in view.operations and view.operations[o].kind is OperationKind.EVENT]
        names = some([view.operation_name(o) for o in does]) or taken.label
        yield Message(source=queue, target=taken.target, label=f"takes up {names}", waits=False)
        for call in view.flows_from.get(taken.target, ()):
            if set(call.operations) & set(does) and not str(call.target).startswith("store:"):
                yield Message(source=taken.target, target=call.target, label=call.label, waits=False)


def _queue(view: View, ident: ElementId) -> bool:
    found = view.parts.get(ident)
    return isinstance(found, Store) and found.role is StoreRole.BROKER


def _carries(operation: Operation, flow: Flow) -> bool:
    return operation.id in flow.operations or bool(set(operation.emits) & set(flow.events))


def _says(view: View, operation: Operation, flow: Flow) -> str:
    """The call for what leads to a service, the entities for what reaches a store, else the flow's own words."""
    endpoint, target = view.endpoints.get(operation.id), view.parts.get(flow.target)
    said = flow.label or flow.protocol
    if isinstance(target, Service | Edge) and endpoint:
        said = f"{endpoint.method} {endpoint.path}"
    elif isinstance(target, Store) and target.role is not StoreRole.BROKER:
        verb = "reads" if operation.kind is OperationKind.QUERY else "writes"
        held = [view.entity_name(e) for e in (operation.entity, *operation.touches) if e in target.entities]
        said = f"{verb} {', '.join(dict.fromkeys(held))}" if held else said
    return f"{said}, gives up after {show.duration(flow.timeout)}" if flow.timeout else said


def _answer(view: View, operation: Operation, at: ElementId) -> str:
    endpoint = view.endpoints.get(operation.id)
    return str(endpoint.success) if endpoint and str(at).startswith(("actor:", "edge:")) else "answer"


def mermaid(shown: Sequence) -> str:
    """As a Mermaid sequenceDiagram."""
    lines = ["sequenceDiagram"]
    for ident, name in shown.parties:
        kind = "actor" if str(ident).startswith("actor:") else "participant"
        lines.append(f"  {kind} {handle(ident)} as {label(name, 40)}")
    for m in shown.messages:
        arrow = "-->>" if m.answer else "->>" if m.waits else "-)"
        lines.append(f"  {handle(m.source)}{arrow}{handle(m.target)}: {label(m.label, 70)}")
    return "\n".join(lines) + "\n"


def text(shown: Sequence) -> str:
    """As lifelines with one message a line."""
    heads = [clip(name, 22) for _, name in shown.parties]
    step = max(*(width(h) for h in heads), 14) + 3
    column = {ident: n * step + step // 2 for n, (ident, _) in enumerate(shown.parties)}
    lines = [clean(shown.title), "", "".join(pad(h.center(step), step) for h in heads).rstrip()]
    for m in shown.messages:
        lines += _arrow(m, column, len(heads) * step)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _arrow(message: Message, column: dict[ElementId, int], total: int) -> list[str]:
    rails = [" "] * total
    for at in column.values():
        rails[at] = "│"
    a, b = column[message.source], column[message.target]
    low, high = min(a, b), max(a, b)
    line = list(rails)
    for n in range(low + 1, high):
        line[n] = "-" if message.answer or not message.waits else "─"
    line[high - 1 if b > a else low + 1] = ">" if b > a else "<"
    words = list(rails)
    shown = clip(message.label, max(12, total - low - 2))
    words[low + 2 : low + 2 + len(shown)] = list(shown)
    return ["".join(words), "".join(line)]
