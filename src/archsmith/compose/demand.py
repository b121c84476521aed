"""What a store must carry: bytes now and at the horizon, reads and writes at the peak."""

import math
from dataclasses import dataclass

from archsmith.compose.actors import reads, reports
from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.kernel.ids import EntityId, OperationId, ServiceId, StoreId, element
from archsmith.kernel.units import Bytes, PerSecond
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import Access, Consistency, Entity, Operation
from archsmith.model.requirements import OperationKind

_YEAR = 12.0
_BACKGROUND = (OperationKind.BATCH, OperationKind.EVENT)


@dataclass(frozen=True, slots=True)
class Demand:
    """Bytes kept, and operations a second at the peak."""

    size_now: Bytes
    size_horizon: Bytes
    reads: PerSecond
    writes: PerSecond


def demand_on(ctx: Context, store: StoreId, role: StoreRole) -> Demand:
    """The demand on a store, by its role: files, messages, copies for reading, or rows."""
    match role:
        case StoreRole.OBJECTS:
            return _files(ctx)
        case StoreRole.BROKER:
            return _messages(carried(ctx, store))
        case StoreRole.CACHE:
            return _rates(ctx, cached(ctx, store), Bytes(0.0), Bytes(0.0))
        case StoreRole.SEARCH:
            return _copies(ctx, store, [o for o in ctx.domain.operations if o.access is Access.SEARCH])
        case _:
            copied = [p.entity for p in ctx.decisions.placements if store in p.copies]
            kept = [e for e in ctx.domain.entities if ctx.store_of[e.id] == store or e.id in copied]
            return _rows(ctx, kept)


def touching(ctx: Context, entities: set[EntityId]) -> list[Operation]:
    """The operations that read or change one of these entities."""
    return [o for o in ctx.domain.operations if o.entity in entities or entities & set(o.touches)]


def cached(ctx: Context, cache: StoreId) -> list[Operation]:
    """The queries that a cache may answer: on what is copied into it, or what may be a little old."""
    copied = {p.entity for p in ctx.decisions.placements if cache in p.copies}
    weak = [o for o in ctx.domain.operations if reads(o) and o.consistency is not Consistency.STRONG]
    return [o for o in weak if o.entity in copied or (not copied and o.freshness is not None)]


def carried(ctx: Context, broker: StoreId) -> list[Operation]:
    """What goes through a broker: devices' reports through their gateway, streams through a log, the rest is jobs."""
    match duty(ctx, broker):
        case "mqtt":
            return [o for o in ctx.domain.operations if reports(ctx, o)]
        case "stream":
            return [o for o in ctx.domain.operations if o.kind is OperationKind.STREAM or o.emits]
        case _:
            return queued(ctx)


def duty(ctx: Context, broker: StoreId) -> str:
    """What a broker is for: `mqtt`, `stream` or `queue`, by its technology and by the name that decide gave it."""
    sizing = ctx.sizing_of.get(element("store", broker))
    tech = ctx.technologies.get(sizing.tech) if sizing else None
    if tech is not None and tech.category in ("mqtt", "stream"):
        return tech.category
    return "stream" if broker == "stream" else "queue"


def takers(ctx: Context, draft: Draft) -> dict[OperationId, ServiceId]:
    """For each streaming operation the service that writes its rows.

    Where a log stands between, that is a service which only works in the background; else the one that takes it in.
    """
    logged = any(s.role is StoreRole.BROKER and duty(ctx, s.id) == "stream" for s in draft.stores)
    streams = [o for o in ctx.domain.operations if o.kind is OperationKind.STREAM]
    takes_in = {ctx.group_of[o.id].id for o in streams}
    behind = [
        s.id
        for s in draft.services
        if s.id not in takes_in and any(ctx.operations[o].kind in _BACKGROUND for o in s.operations)
    ]
    return {o.id: behind[-1] if logged and behind else ctx.group_of[o.id].id for o in streams}


def queued(ctx: Context) -> list[Operation]:
    """The operations that run as jobs: reactions, timed work, and calls that nobody waits for."""
    return [o for o in ctx.domain.operations if o.kind in _BACKGROUND or (o.calls and not o.calls_sync)]


def _rates(ctx: Context, operations: list[Operation], now: Bytes, horizon: Bytes) -> Demand:
    looked = math.fsum(o.peak.value for o in operations if reads(o))
    changed = math.fsum(o.peak.value * (1 + len(o.touches)) for o in operations if not reads(o))
    return Demand(now, horizon, PerSecond(looked), PerSecond(changed))


def _rows(ctx: Context, entities: list[Entity]) -> Demand:
    """Bytes of rows, scaled so that all stores together hold what the workload says is stored at the horizon."""
    operations = touching(ctx, {e.id for e in entities})
    months = ctx.targets.horizon.value
    scale = _scale(ctx)
    horizon = math.fsum(e.rows.value * e.row_bytes.value for e in entities) * scale
    now = math.fsum(
        max(e.rows.value - e.rows_per_month.value * months, min(e.rows.value, e.rows_per_month.value))
        * e.row_bytes.value
        for e in entities
    )
    return _rates(ctx, operations, Bytes(now * scale), Bytes(horizon))


def _scale(ctx: Context) -> float:
    """Indexes and page headers: stored bytes of the workload over the plain bytes of all rows; at least 1."""
    plain = math.fsum(e.rows.value * e.row_bytes.value for e in ctx.domain.entities)
    stored = ctx.workload.stored_1y if ctx.targets.horizon.value <= _YEAR else ctx.workload.stored_3y
    return max(1.0, stored.value / plain) if plain > 0 else 1.0


def _copies(ctx: Context, store: StoreId, operations: list[Operation]) -> Demand:
    """A copy for another access path: as large as the rows it copies, written as often as they change."""
    copied = {p.entity for p in ctx.decisions.placements if store in p.copies} or {o.entity for o in operations}
    entities = [e for e in ctx.domain.entities if e.id in copied]
    rows = _rows(ctx, entities)
    looked = math.fsum(o.peak.value for o in operations)
    return Demand(rows.size_now, rows.size_horizon, PerSecond(looked), rows.writes)


def _files(ctx: Context) -> Demand:
    horizon = ctx.workload.blobs_1y if ctx.targets.horizon.value <= _YEAR else ctx.workload.blobs_3y
    entities = {e.id for e in ctx.domain.entities if e.blob_bytes.value > 0}
    operations = [o for o in ctx.domain.operations if o.entity in entities]
    months = ctx.targets.horizon.value
    now = max(0.0, horizon.value - ctx.workload.blobs.value * months)
    return _rates(ctx, operations, Bytes(now), horizon.value)


def _messages(operations: list[Operation]) -> Demand:
    """Each message is written once and read once; an hour of them is what waits at most before people are called."""
    peak = math.fsum(o.peak.value for o in operations)
    waiting = math.fsum(o.average.value * o.request_bytes.value for o in operations) * 3600.0
    return Demand(Bytes(waiting), Bytes(waiting), PerSecond(peak), PerSecond(peak))
