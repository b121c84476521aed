"""Key families of a cache: what answers are kept under, for how long, how many, and what makes them out of date."""

import math
from collections.abc import Sequence

from archsmith.compose.context import Context
from archsmith.compose.demand import cached
from archsmith.compose.draft import Draft
from archsmith.compose.keyspaces.made import Making
from archsmith.compose.keyspaces.paths import KEY, figure
from archsmith.compose.names import Unique
from archsmith.compose.ownership import TENANT
from archsmith.formulas.sizing import kept_share
from archsmith.kernel.ids import OperationId
from archsmith.kernel.names import snake
from archsmith.kernel.units import Bytes, Count, PerSecond, Ratio, Seconds
from archsmith.knowledge.capacity import CAPACITY
from archsmith.model.architecture import RateLimit, Store
from archsmith.model.domain import READS, Access, Operation, same_for_all
from archsmith.model.keyspaces import AccessPattern, Keyspace, KeyspaceKind


def cached_answers(of: Making) -> list[Keyspace]:
    """One family for single rows of an entity, and one for each question that is answered with many."""
    asked = [o for o in cached(of.ctx, of.store.id) if o.entity == of.entity.id and same_for_all(of.entity, o)]
    single = [o for o in asked if o.access is Access.GET]
    found = [_family(of, "", single)] if single else []
    return found + [_family(of, o.verb, [o]) for o in asked if o.access is not Access.GET]


def _family(of: Making, verb: str, operations: list[Operation]) -> Keyspace:
    whose = f"{{{TENANT}}}:" if of.shape.field(TENANT) else ""
    word = of.names.take(f"{of.table}_{snake(verb)}" if verb else of.table, of.entity.id)
    kind = word.removeprefix(f"{of.table}_")
    which = f"{kind}:{{generation}}:{{hash of the query}}" if verb else f"{{{KEY}}}"
    pattern = f"{of.table}:{whose}{which}"
    fresh = [o.freshness.value for o in operations if o.freshness is not None and o.freshness.value > 0]
    ttl = min(fresh, default=_unstated(of))
    entries, formula = _entries(of, operations, fresh, ttl)
    entries = min(entries, of.entity.rows.value) if not verb else entries
    size = max(o.response_bytes.value for o in operations) + of.ctx.parameter("cache.key_bytes")
    bound = f"min({formula}, {of.entity.rows.value:.6g})" if not verb else formula
    memory = of.figure(word, "memory", "Memory of its entries", entries * size, "bytes", f"{bound} * {size:.6g}")
    return Keyspace(
        store=of.store.id,
        name=word,
        kind=KeyspaceKind.KEYS,
        entity=of.entity.id,
        comment=f"Answers to {', '.join(o.name for o in operations)}",
        fields=tuple(f.name for f in of.shape.fields if f.shown),
        pattern=pattern,
        patterns=(
            AccessPattern(
                operations=tuple(o.id for o in operations),
                equal=(KEY,) if not verb else (),
                peak=PerSecond(math.fsum(o.peak.value for o in operations)),
            ),
        ),
        ttl=Seconds(ttl),
        items=Count(entries),
        item_bytes=Bytes(size),
        changed_by=_changing(of),
        figures=(memory,),
        because=of.because,
    )


def _entries(of: Making, operations: list[Operation], fresh: Sequence[float], ttl: float) -> tuple[float, str]:
    """Entries at a time: what misses bring in within one life."""
    rows = of.ctx.catalogue.table(CAPACITY)
    skew, usual, most = (Ratio(rows[f"cache.{name}"].value) for name in ("skew", "hit_ratio", "hit_most"))
    rate = PerSecond(math.fsum(o.average.value for o in operations))
    life = Seconds(min(fresh, default=0.0))
    kept = kept_share(rate, of.entity.rows.value, life, skew, usual, most)
    return rate * ttl * (1 - kept), f"{rate:.6g} * {ttl:g} * (1 - {kept:.3g})"


def _unstated(of: Making) -> Seconds:
    """How long an entry lives that nobody gave an age: until a change drops it, or not long where no change can.

    A map in a process hears only of the changes that its own process makes.
    """
    deaf = of.store.engine == "in_process_cache" and several_instances(of.draft)
    return Seconds(of.ctx.parameter("cache.keep_apart" if deaf else "cache.keep"))


def several_instances(draft: Draft) -> bool:
    """Whether a service runs more than once."""
    return any(d.count > 1 and any(r.startswith("service:") for r in d.runs) for d in draft.deployments)


def _changing(of: Making) -> tuple[OperationId, ...]:
    """The operations that change rows of the entity, or of what is shown with it."""
    return tuple(
        o.id for o in of.ctx.domain.operations if o.access not in READS and of.entity.id in (o.entity, *o.touches)
    )


def shared_state(ctx: Context, draft: Draft, store: Store, names: Unique) -> list[Keyspace]:
    """What several instances of a service count or tell each other through a shared memory."""
    if not several_instances(draft):
        return []
    windows = sorted({limit.window for limit in draft.rate_limits})
    found = [_counters(ctx, draft, store, names, window) for window in windows]
    return found + ([_channel(store, names)] if draft.edges_of("realtime_channel") else [])


def _counters(ctx: Context, draft: Draft, store: Store, names: Unique, window: Seconds) -> Keyspace:
    word = names.take("rate_limit", f"{window}")
    limits: list[RateLimit] = [x for x in draft.rate_limits if x.window == window]
    callers = ctx.workload.concurrent.value * len(limits)
    size = ctx.parameter("cache.key_bytes")
    formula = f"{ctx.workload.concurrent.value:.6g} * {len(limits)} * {size:g}"
    ident = f"{store.id}.{word}.memory"
    return Keyspace(
        store=store.id,
        name=word,
        kind=KeyspaceKind.KEYS,
        comment=f"Requests of one caller in the last {window:g} s, by the limits of the API",
        pattern=f"{word}:{{policy}}:{{caller}}",
        ttl=window,
        items=Count(callers),
        item_bytes=Bytes(size),
        figures=(figure(ident, "Memory of its counters", callers * size, "bytes", formula, "workload.concurrent"),),
        because=store.because,
    )


def _channel(store: Store, names: Unique) -> Keyspace:
    word = names.take("push", "push")
    return Keyspace(
        store=store.id,
        name=word,
        kind=KeyspaceKind.CHANNEL,
        comment="What is pushed to open connections, passed on between the instances that hold them",
        pattern=f"{word}:{{topic}}",
        because=store.because,
    )
