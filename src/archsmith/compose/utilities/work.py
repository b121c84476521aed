"""Rules for the work itself: what runs by the clock, in bulk, on streams, on media, by place, and without a network."""

from typing import Final

from archsmith.compose.actors import Caller, caller, reads
from archsmith.compose.context import Context, service_element
from archsmith.compose.demand import duty
from archsmith.compose.draft import Draft
from archsmith.compose.utilities.build import product_of, utility
from archsmith.kernel.ids import ElementId
from archsmith.kernel.phrases import duration, listed, number, size
from archsmith.kernel.provenance import Stated
from archsmith.kernel.units import MONTH
from archsmith.knowledge.streams import is_stream
from archsmith.model.architecture import Utility
from archsmith.model.decisions import Dimension, StoreRole
from archsmith.model.domain import Access, AttributeType, Operation
from archsmith.model.requirements import OperationKind


def scheduler(ctx: Context, _: Draft) -> list[Utility]:
    """Where something runs by the clock."""
    timed = [o for o in ctx.domain.operations if o.every is not None or o.kind is OperationKind.BATCH]
    asked = ctx.asked("clock_phrases")
    ending = [e.plural for e in ctx.domain.entities if e.retention is not None and isinstance(e.retention.why, Stated)]
    if not timed and not asked and not ending:
        return []
    said = listed((f"{o.name} every {duration(o.every.value)}" if o.every else o.name for o in timed), 5)
    said = said or (f"what {asked[0].id} asks" if asked else f"the clearing of {listed(ending, 4)} whose time is over")
    return [
        utility(
            ctx,
            "scheduler",
            f"Starts {said}; only one instance at a time holds the lease of a job",
            ctx.because(Dimension.BROKER, Dimension.STYLE),
            host=_host(ctx, timed),
        )
    ]


def batch_processor(ctx: Context, _: Draft) -> list[Utility]:
    """Where rows are worked on in bulk."""
    bulk = [o for o in ctx.domain.operations if o.kind is OperationKind.BATCH and o.access is not Access.NOTIFY]
    if not bulk:
        return []
    largest = max((ctx.entities[o.entity] for o in bulk), key=lambda e: (e.rows.value, e.id))
    said = (
        f"Runs {listed((o.name for o in bulk), 5)} apart from requests, in chunks that can be taken up again; the "
        f"largest set is {number(largest.rows.value)} {largest.plural}"
    )
    return [
        utility(ctx, "batch_processor", said, ctx.because(Dimension.STYLE, Dimension.SIZING), host=_host(ctx, bulk))
    ]


def _flows(ctx: Context, operation: Operation) -> bool:
    """Whether it is work on what streams in: asked of the stream, or done by the system for one after the other."""
    if operation.access is Access.CREATE:
        actor = ctx.actors[operation.actor]
        alone = actor.internal and caller(ctx, actor) in (Caller.CLOCK, Caller.PROGRAM)
        return alone and operation.average.value >= _FLOW
    reacts = operation.kind in (OperationKind.STREAM, OperationKind.EVENT)
    return reacts and operation.access in (Access.COMPUTE, Access.AGGREGATE, Access.NOTIFY)


_FLOW: Final = 1.0
"""Results a second from which making one for each of what streams in is work on the stream."""


def stream_processor(ctx: Context, draft: Draft) -> list[Utility]:
    """Where what streams in is reacted to or summed up while it flows."""
    growth = {e.id: e.rows_per_month.value / MONTH for e in ctx.domain.entities}
    stream = [o for o in ctx.domain.operations if is_stream(o, growth[o.entity])]
    fed = {o.entity for o in stream}
    working = [
        o
        for o in ctx.domain.operations
        if _flows(ctx, o) and (o.entity in fed or any(r.target in fed for r in ctx.entities[o.entity].relations))
    ]
    if not stream or not working:
        return []
    rate = sum(o.peak.value for o in stream)
    said = f"Works on {number(rate)} a second at the peak while they arrive: {listed((o.name for o in working), 5)}"
    broker = next((s for s in draft.stores if s.role is StoreRole.BROKER and duty(ctx, s.id) == "stream"), None)
    return [
        utility(
            ctx,
            "stream_processor",
            said,
            ctx.because(Dimension.BROKER),
            product=f"consumer of {broker.product}" if broker else "",
            host=_host(ctx, working),
        )
    ]


_FILM: Final = 100e6
"""Bytes from which a file that the brief calls a film or a recording is one."""


def media_transcoder(ctx: Context, _: Draft) -> list[Utility]:
    """Where sound or pictures are brought into other forms."""
    media = [
        o
        for o in ctx.domain.operations
        if ctx.naming.any_in("transcode_words", o.name) and ctx.entities[o.entity].blob_bytes.value > 0
    ]
    uploads = [
        o
        for o in ctx.domain.operations
        if ctx.naming.has("upload_verbs", o.verb)
        and ctx.entities[o.entity].blob_bytes.value > 0
        and ctx.naming.any_in("media_words", ctx.entities[o.entity].name)
    ]
    large = [
        o
        for o in ctx.domain.operations
        if ctx.naming.has("upload_verbs", o.verb) and ctx.entities[o.entity].blob_bytes.value >= _FILM
    ]
    wanted = ctx.naming.any_in("transcode_words", ctx.wording)
    watched = bool(ctx.asked("transcode_words")) or ctx.naming.any_in("media_words", ctx.wording)
    found = media or (uploads if wanted else []) or (large if wanted and watched else [])
    if not found:
        return []
    entity = ctx.entities[found[0].entity]
    said = (
        f"Brings each {entity.name} (about {size(entity.blob_bytes.value)}) into its renditions after {found[0].name}"
    )
    return [utility(ctx, "media_transcoder", said, ctx.because(Dimension.OBJECT_STORE), host=_host(ctx, found))]


def geo_index(ctx: Context, _: Draft) -> list[Utility]:
    """Where rows are looked up by where they are."""
    places = {e.id: e for e in ctx.domain.entities if any(a.type is AttributeType.GEO for a in e.attributes)}
    asked = [
        o
        for o in ctx.domain.operations
        if o.entity in places
        and (
            o.access in (Access.SEARCH, Access.COMPUTE)
            or (reads(o) and ctx.naming.any_in("place_words", o.name.removesuffix(places[o.entity].name)))
            or any(a.type is AttributeType.GEO and a.name in o.filters for a in places[o.entity].attributes)
        )
    ]
    if not asked and places and ctx.asked("near_phrases"):
        asked = [o for o in ctx.domain.operations if o.entity in places and o.kind is not OperationKind.BATCH][:1]
    if not asked:
        return []
    entities = listed(dict.fromkeys(places[o.entity].plural for o in asked))
    said = f"Finds {entities} by place for {listed(o.name for o in asked)}"
    return [
        utility(ctx, "geo_index", said, ctx.because(Dimension.PRIMARY_STORE, Dimension.CACHE), host=_host(ctx, asked))
    ]


def offline_sync(ctx: Context, _: Draft) -> list[Utility]:
    """Where people go on working without a connection, and what they did is sent later."""
    asked = ctx.requirements.needs.offline is not None and ctx.requirements.needs.offline.value
    said = bool(ctx.asked("offline_phrases"))
    if not asked and not (said and ctx.requirements.needs.offline is None):
        return []
    devices = [a for a in ctx.domain.actors if caller(ctx, a) is Caller.DEVICE]
    changing = [
        o
        for o in ctx.domain.operations
        if o.kind is OperationKind.COMMAND
        and (ctx.actors[o.actor] in devices or (not devices and ctx.actors[o.actor].internal))
    ] or [o for o in ctx.domain.operations if o.kind in (OperationKind.COMMAND, OperationKind.STREAM)]
    purpose = (
        f"Keeps {listed((o.name for o in changing), 4)} going without a connection; each carries its own key and time, "
        f"is sent when the line is back, and what clashes is shown to a person instead of being lost"
    )
    product = product_of(ctx, "offline_sync.device") if devices else ""
    return [utility(ctx, "offline_sync", purpose, ctx.because(Dimension.CONSISTENCY, Dimension.STYLE), product=product)]


def _host(ctx: Context, operations: list[Operation]) -> ElementId:
    group = ctx.group_of[operations[0].id] if operations else ctx.decisions.services[0]
    return service_element(group.id)
