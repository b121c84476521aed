"""From actors over the edges to the services, to sign-in, and to files."""

import itertools

from archsmith.compose.actors import has_endpoint, reads, reports, signs_in
from archsmith.compose.context import Context, service_element
from archsmith.compose.draft import Draft
from archsmith.compose.edges import PATH
from archsmith.compose.flows.build import add, mean_payload
from archsmith.compose.flows.rules import background_retry, deadline
from archsmith.kernel.ids import ElementId, element
from archsmith.kernel.phrases import duration, listed
from archsmith.kernel.units import Bytes, PerSecond
from archsmith.knowledge.defaults import DEFAULTS
from archsmith.model.architecture import Edge, Mode, Store
from archsmith.model.decisions import Dimension, StoreRole
from archsmith.model.domain import Access, Operation


def on_path(draft: Draft) -> list[Edge]:
    """The edges that each request passes, in order; those that live in another edge are no hop of their own."""
    return [e for kind in PATH for e in draft.edges_of(kind) if e.host is None or not e.host.startswith("edge:")]


def device_gateway(draft: Draft) -> Store | None:
    """The gateway that devices connect to, where there is one."""
    return next((store for store in draft.stores if "iot_gateway" in store.kinds), None)


def entry(ctx: Context, draft: Draft) -> None:
    """Each actor reaches the first edge; edges reach each other; the last one reaches the services."""
    called = [o for o in ctx.domain.operations if has_endpoint(ctx, o)]
    gateway = device_gateway(draft)
    by_device = [o for o in ctx.domain.operations if gateway and reports(ctx, o)]
    _chain(ctx, draft, called, on_path(draft))
    if gateway is not None and by_device:
        _devices(ctx, draft, by_device, gateway)


def _chain(ctx: Context, draft: Draft, operations: list[Operation], edges: list[Edge]) -> None:
    nodes = [element("edge", edge.id) for edge in edges]
    for actor in ctx.domain.actors:
        own = [o for o in operations if o.actor == actor.id]
        if own:
            for target, part in _targets(ctx, own, nodes):
                _outermost(ctx, draft, element("actor", actor.id), target, part)
    for hop, (source, target) in enumerate(itertools.pairwise(nodes), start=1):
        _inner(ctx, draft, source, target, operations, hop, edges[hop - 1])
    if nodes:
        for target, part in _targets(ctx, operations, []):
            _inner(ctx, draft, nodes[-1], target, part, len(nodes), edges[-1])


def _targets(
    ctx: Context, operations: list[Operation], nodes: list[ElementId]
) -> list[tuple[ElementId, list[Operation]]]:
    if nodes:
        return [(nodes[0], operations)] if operations else []
    groups = dict.fromkeys(ctx.group_of[o.id].id for o in operations)
    return [(service_element(g), [o for o in operations if ctx.group_of[o.id].id == g]) for g in groups]


def _outermost(ctx: Context, draft: Draft, actor: ElementId, target: ElementId, operations: list[Operation]) -> None:
    wait = deadline(ctx, operations)
    keyed = {o for e in draft.endpoints if e.idempotency_key for o in (e.operation, *e.also)}
    commands = [o.name for o in operations if o.id in keyed]
    again = f"; {listed(commands, 3)} may be sent again with the same Idempotency-Key" if commands else ""
    add(
        draft,
        actor,
        target,
        Mode.SYNC,
        "HTTPS",
        listed((o.name for o in operations), 4),
        operations,
        because=ctx.because(Dimension.EDGE, Dimension.API_STYLE),
        timeout=wait,
        fallback=f"after {duration(wait)} the client says so and offers to try again{again}",
        crosses_boundary=True,
    )


def _inner(
    ctx: Context, draft: Draft, source: ElementId, target: ElementId, operations: list[Operation], hop: int, edge: Edge
) -> None:
    cached = [o.name for o in operations if reads(o) and o.freshness is not None]
    stale = f"{listed(cached, 3)} are answered from its copy" if edge.kind == "cdn" and cached else ""
    add(
        draft,
        source,
        target,
        Mode.SYNC,
        "HTTP" if target.startswith("service:") else "HTTPS",
        listed((o.name for o in operations), 4),
        operations,
        because=edge.because,
        timeout=deadline(ctx, operations, hop),
        fallback=stale or _without(ctx, draft, target),
    )


def _without(ctx: Context, draft: Draft, target: ElementId) -> str:
    """What an edge does when what stands behind it is away."""
    service = next((s for s in draft.services if service_element(s.id) == target), None)
    sizing = ctx.sizing_of.get(target)
    if service is None:
        return "answers 503 with Retry-After"
    if sizing is None or sizing.count <= 1:
        return f"answers 503 with Retry-After until {service.name} has started again"
    others = (
        f"the other {sizing.count - 1} instances take over" if sizing.count > 2 else "the other instance takes over"
    )
    return f"{others}: one that fails its health check gets no requests; with none left it answers 503 with Retry-After"


def _devices(ctx: Context, draft: Draft, operations: list[Operation], gateway: Store) -> None:
    """Devices hand their reports to the gateway, which hands them on; nobody waits for more than its receipt."""
    for actor in ctx.domain.actors:
        own = [o for o in operations if o.actor == actor.id]
        if own:
            add(
                draft,
                element("actor", actor.id),
                element("store", gateway.id),
                Mode.ASYNC,
                "MQTT over TLS, QoS 1",
                listed(o.name for o in own),
                own,
                because=gateway.because,
                timeout=deadline(ctx, own),
                retry=background_retry(ctx),
                idempotent=True,
                fallback=f"the {actor.name} keeps its reports and sends them, with their times, when connected again",
                crosses_boundary=True,
            )
    for group in dict.fromkeys(ctx.group_of[o.id].id for o in operations):
        own = [o for o in operations if ctx.group_of[o.id].id == group]
        add(
            draft,
            element("store", gateway.id),
            service_element(group),
            Mode.ASYNC,
            "MQTT over TLS, shared subscription",
            listed(o.name for o in own),
            own,
            because=gateway.because,
            retry=background_retry(ctx),
            idempotent=True,
            fallback=f"the {gateway.name} keeps what is not confirmed; a report that comes twice is known by its time",
        )


def sign_in(ctx: Context, draft: Draft) -> None:
    """People sign in once a session, at most once a visit: min(users / session, visitors at once / visit)."""
    provider = next(iter(draft.edges_of("identity_provider")), None)
    if provider is None:
        return
    for entry_ in draft.authentication:
        if entry_.method != "oidc":
            continue
        share = sum(1 for other in draft.authentication if other.method == "oidc")
        factor = max(1.0, ctx.workload.peak_factor.value)
        visits = ctx.workload.concurrent.value / factor / ctx.catalogue.table(DEFAULTS)["session_seconds"].value
        average = min(ctx.workload.users.value / max(entry_.session, 1.0), visits) / share
        add(
            draft,
            element("actor", entry_.actor),
            element("edge", provider.id),
            Mode.SYNC,
            "OpenID Connect",
            "sign in, once a session",
            [o for o in ctx.domain.operations if signs_in(ctx, o) and o.actor == entry_.actor],
            because=provider.because,
            average=PerSecond(average),
            peak=PerSecond(average * factor),
            payload=Bytes(ctx.parameter("session.token_bytes")),
            timeout=deadline(ctx, ()),
            idempotent=True,
            fallback=f"who is signed in stays so for {duration(entry_.session)}; new sign-ins wait for {provider.name}",
            crosses_boundary=True,
        )


def to_files(ctx: Context, draft: Draft) -> None:
    """Files that are looked at, and large ones that are sent, go past the services by signed links."""
    store = next((s for s in draft.stores if s.role is StoreRole.OBJECTS and s.host is None), None)
    if store is None or store.topology == "embedded":
        return
    filed = [o for o in ctx.domain.operations if has_endpoint(ctx, o) and ctx.entities[o.entity].blob_bytes.value > 0]
    above = ctx.parameter("upload.direct_above")
    large = [
        o
        for o in filed
        if o.access is Access.GET
        or (ctx.entities[o.entity].blob_bytes.value > above and ctx.naming.has("upload_verbs", o.verb))
    ]
    cdn = next(iter(draft.edges_of("cdn")), None)
    fetched = [o for o in large if reads(o)]
    sent = [o for o in large if not reads(o)]
    if cdn is not None and fetched:
        add(
            draft,
            element("edge", cdn.id),
            element("store", store.id),
            Mode.SYNC,
            "HTTPS",
            f"files for {listed(o.name for o in fetched)}",
            fetched,
            because=tuple(dict.fromkeys([*cdn.because, *store.because])),
            payload=_file_bytes(ctx, fetched),
            timeout=deadline(ctx, fetched, 1),
            fallback="files that the CDN has are still served; others answer 503",
        )
    for actor in ctx.domain.actors:
        own = [o for o in (sent if cdn is not None else large) if o.actor == actor.id]
        if own:
            add(
                draft,
                element("actor", actor.id),
                element("store", store.id),
                Mode.SYNC,
                "HTTPS, signed link",
                f"files for {listed(o.name for o in own)}",
                own,
                because=store.because,
                payload=_file_bytes(ctx, own),
                fallback="the part of the file that is there stays; the rest is sent when the store is back",
                crosses_boundary=True,
            )


def _file_bytes(ctx: Context, operations: list[Operation]) -> Bytes:
    sizes = [ctx.entities[o.entity].blob_bytes.value for o in operations]
    return Bytes(max(max(sizes, default=0.0), mean_payload(operations)))
