"""Section 2: who uses the system, what it is made of, how its parts talk, where they run, and why this shape."""

from collections.abc import Iterator

from archsmith.kernel.ids import OperationId, element
from archsmith.kernel.names import slug
from archsmith.model.architecture import Deployment, Edge, Flow, Mode, SecondRegion, Service, Store, Twin
from archsmith.model.decisions import Dimension
from archsmith.model.flow_choices import Way
from archsmith.render import show
from archsmith.render.diagrams import c4, sequence
from archsmith.render.diagrams.files import sequences
from archsmith.render.diagrams.mermaid import flowchart
from archsmith.render.markdown import clause, fence, join, listed, sentence, table, text
from archsmith.render.prose import capital, elements, some, tech
from archsmith.render.sections.arguments import SHAPE, told
from archsmith.render.sections.tradeoffs import tradeoffs
from archsmith.render.view import View, product_of


def system(view: View) -> str:
    """The section's text, without its heading."""
    return join(
        [
            "### Context",
            fence("mermaid", flowchart(c4.context(view))),
            _systems(view),
            "### Containers",
            fence("mermaid", flowchart(c4.containers(view))),
            _services(view),
            _others(view),
            *(() if view.small else _key_flow(view)),
            "### How the parts talk",
            table(
                ("From", "To", "What", "Waits", "Peak", "Timeout, retries", "When it is away"),
                [_flow(view, f) for f in view.arch.flows if not _signs_in(view, f) and not _plain(view, f)],
                right=(4,),
            ),
            "" if view.small or not view.design.decisions.flows else "### What is kept in step, and how",
            "" if view.small else _in_step(view),
            "### Deployment",
            "" if view.small else fence("mermaid", flowchart(c4.deployment(view))),
            _deployments(view),
            "### Why this shape",
            told(view, SHAPE),
            tradeoffs(view),
        ]
    )


def _systems(view: View) -> str:
    rows = []
    for system in view.domain.systems:
        ident = element("system", system.id)
        flows = (*view.flows_into.get(ident, ()), *view.flows_from.get(ident, ()))
        does = some([text(f.label) for f in flows if f.label], 3)
        away = some([clause(f.fallback) for f in flows if f.fallback], 2)
        rows.append((capital(system.name), text(system.kind), does, ", ".join(map(text, system.masters)), away))
    return table(("Outside system", "Kind", "What passes", "Holds the truth of", "When it is away"), rows)


def _services(view: View) -> str:
    groups = {g.id: g for g in view.design.decisions.services}
    paragraphs = []
    for service in view.arch.services:
        group = groups.get(service.id)
        decided = view.first(Dimension.PARTITION)
        known = not group or (decided is not None and group.reason in decided.reason)
        reason = f" Why so: {clause(group.reason)}." if group and group.reason and not known else ""
        said = f"{_purpose(view, service)}{_modules(view, service)}{_events(view, service)}"
        paragraphs.append(f"**{capital(service.name)}** {said}{reason}")
    return "\n\n".join(paragraphs)


def _purpose(view: View, service: Service) -> str:
    stack = f"{tech(view, service.language)}, {tech(view, service.framework)}, port {service.port}"
    return f"({stack}): {sentence(service.purpose)}"


def _modules(view: View, service: Service) -> str:
    if len(service.modules) > 1:
        parts = [f"*{text(m.name)}* ({some([text(view.entity_name(e)) for e in m.entities])})" for m in service.modules]
        return f" Its modules: {listed(parts)}."
    return f" It owns {some([text(view.entity_name(e)) for e in service.entities], 8)}." if service.entities else ""


def _events(view: View, service: Service) -> str:
    said = f" It publishes {listed(text(e) for e in service.publishes)}." if service.publishes else ""
    return said + (f" It reacts to {listed(text(e) for e in service.consumes)}." if service.consumes else "")


def _others(view: View) -> str:
    rows = [
        (capital(s.name), text(product_of(s)), some([text(view.entity_name(e)) for e in s.entities], 6) or _kinds(s))
        for s in view.arch.stores
    ]
    rows += [(capital(e.name), text(e.product), f"serves {elements(view, e.serves)}") for e in view.arch.edges]
    rows += [(capital(u.name), text(u.product), clause(u.purpose)) for u in view.arch.utilities]
    return table(("Part", "Product", "For"), rows)


def _kinds(store: Store) -> str:
    return some([text(kind.replace("_", " ")) for kind in store.kinds])


def _signs_in(view: View, flow: Flow) -> bool:
    """Whether a flow only leads to the sign-in, which section 6 tells."""
    target = view.parts.get(flow.target)
    return isinstance(target, Edge) and target.kind == "identity_provider"


def _plain(view: View, flow: Flow) -> bool:
    """Whether a small design need not tell a flow: people's calls, which are the endpoints of section 3."""
    return view.small and str(flow.source).startswith("actor:")


def _flow(view: View, flow: Flow) -> tuple[str, ...]:
    care = [show.duration(flow.timeout)] if flow.timeout else []
    if flow.retry and flow.retry.attempts > 1:
        care.append(f"{flow.retry.attempts} attempts from {show.duration(flow.retry.first)}")
    if flow.breaker:
        care.append(f"opens at {show.percent(flow.breaker.failures)} failures")
    waits = "yes" if flow.mode is Mode.SYNC else "no"
    said = f"{text(flow.label)} ({text(flow.protocol)})" if flow.protocol else text(flow.label)
    ends = capital(view.name(flow.source)), capital(view.name(flow.target))
    return (*ends, said, waits, show.rate(flow.peak), ", ".join(care), clause(flow.fallback))


def _in_step(view: View) -> str:
    """What reaches beyond one aggregate: how it is kept in step, what that promises, and what undoes a half of it."""
    rows: dict[tuple[Way, str, bool, str, str, str, str], list[str]] = {}
    for c in view.design.decisions.flows:
        told = (c.way, view.name(c.target), c.waits, c.guarantee, c.compensation, c.reason, c.instead)
        rows.setdefault(told, []).append(view.operation_name(c.operation))
    shown = [
        (
            capital(some([text(n) for n in names], 4)),
            capital(name),
            text(way.value),
            "yes" if waits else "no",
            sentence(guarantee) + (f" Undone: {clause(undo)}." if undo else ""),
            f"{sentence(reason)} {sentence(instead)}".strip(),
        )
        for (way, name, waits, guarantee, undo, reason, instead), names in rows.items()
    ]
    return table(("Operation", "With", "By", "Waits", "Promise", "Why"), shown)


def _key_flow(view: View) -> Iterator[str]:
    """The most wanted command, step by step; the others are in diagrams/."""
    told_flows = sequences(view)
    if told_flows:
        ident, shown = told_flows[0]
        also = [f"[{text(s.title)}](diagrams/sequence-{slug(i)}.mmd)" for i, s in told_flows[1:]]
        yield f"### How it answers: {text(view.operation_name(OperationId(ident)))}"
        yield fence("mermaid", sequence.mermaid(shown))
        yield f"Drawn the same way: {listed(also)}." if also else ""


def _deployments(view: View) -> str:
    rows = [_deployment(view, d) for d in view.arch.deployments]
    rows += [_twin(view, t, view.arch.second) for t in view.arch.second.twins] if view.arch.second else []
    head = ("Where", "Product", "Runs", "Count", "Each", "Zones", "Scales", "List price a month")
    return table(head, rows, right=(3, 7))


def _twin(view: View, twin: Twin, second: SecondRegion) -> tuple[str, ...]:
    """A deployment as it stands in the second region; its price is among the lines of the bill."""
    where = next(d for d in view.arch.deployments if d.id == twin.deployment)
    row = _deployment(view, where)
    scales = "created on takeover" if not twin.count else f"{twin.minimum} to {where.count} on takeover"
    zones = str(min(where.zones, max(1, twin.count)))
    fixed = "fixed" if twin.count == where.count else scales
    name = f"{row[0]} in {second.region} ({second.label})"
    return (name, *row[1:3], str(twin.count), row[4], zones, fixed, "see the bill")


def _deployment(view: View, where: Deployment) -> tuple[str, ...]:
    each = f"{show.number(where.vcpu)} vCPU, {show.memory(where.memory)}" if where.vcpu else "by use"
    if where.disk:
        each += f", {show.size(where.disk)} disk"
    rule = where.scaling
    scales = (
        f"{rule.minimum} to {rule.maximum} at {show.percent(rule.target)} {text(rule.metric)}"
        if rule and rule.maximum > rule.minimum
        else "fixed"
    )
    runs = elements(view, where.runs, 8)
    return (
        capital(where.name),
        text(where.product),
        runs,
        str(where.count),
        each,
        str(where.zones),
        scales,
        show.money(where.month),
    )
