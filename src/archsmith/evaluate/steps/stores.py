"""Steps of stores: a bigger machine, read replicas, nodes, a split by key, a pooler, more I/O."""

import math
from collections.abc import Iterator

from msgspec import Struct

from archsmith.evaluate.cost import Extra, Machine
from archsmith.evaluate.stack import Stack
from archsmith.evaluate.steps.gaps import Gap, Load
from archsmith.evaluate.steps.services import machines
from archsmith.evaluate.steps.step import Needs, Step, change, days, options, price, size
from archsmith.evaluate.visits import CHANGES, may_be_old
from archsmith.kernel.ids import element
from archsmith.kernel.names import slug
from archsmith.kernel.phrases import counted, listed, number
from archsmith.knowledge.instances import Instance
from archsmith.knowledge.limits import limit
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.model.architecture import Deployment, Store, Topology
from archsmith.model.decisions import StoreRole

MOST_PARTS = 4096
"""Parts of a split that are tried."""


def store_step(load: Load, gaps: tuple[Gap, ...], deployment: Deployment, store: Store, needs: Needs) -> Step:
    """One primary takes all writes: a bigger machine first, replicas for reads next, then a split by key."""
    if store.topology in (Topology.CLUSTER, Topology.PROVIDER) or needs.nodes > 0:
        return _nodes(load, gaps, deployment, store, needs)
    work = _work(load, deployment, store, needs)
    found = _grown(load, deployment, store, work, max(needs.parts, load.stack.shards(store)), needs.memory)
    return _told(load, gaps, deployment, store, found)


def _nodes(load: Load, gaps: tuple[Gap, ...], deployment: Deployment, store: Store, needs: Needs) -> Step:
    stack = load.stack
    machine = machines(load, deployment, needs)
    what = size(stack, machine.instance) if machine.instance else store.product
    words = f"{store.name}: {counted(machine.count, 'node')} of {what} in place of {max(1, deployment.count)}"
    if store.role is StoreRole.BROKER:
        words += ", its topics in as many partitions"
    return Step(gaps, words, days(stack, "grow.resize_days"), deployment.id, machine)


class _Work(Struct, frozen=True):
    """Cores of a store's work at a multiple of the load, headroom included: writes and reads that only the primary can
    answer, and reads that may be as old as a replica is behind."""

    writes: float
    strict: float
    tolerant: float


def _work(load: Load, deployment: Deployment, store: Store, needs: Needs) -> _Work:
    """The needed cores, divided as today's visits are; what today's replicas answer is put back."""
    writes = strict = tolerant = 0.0
    stack, key = load.stack, str(deployment.id)
    for path in load.found:
        for visits, share in ((path.visits, 1 - path.hit), (path.hit_visits, path.hit)):
            for v in visits:
                if v.station != key:
                    continue
                work = path.rate * share * v.count * v.seconds
                if v.what in CHANGES:
                    writes += work
                elif v.what == "query" and may_be_old(stack, path.operation):
                    tolerant += work
                else:
                    strict += work
    whole = writes + strict + tolerant
    scale = needs.cores / whole if whole > 0 else 0.0
    return _Work(writes * scale, strict * scale, tolerant * (1 + store.replicas) * scale)


class _Shape(Struct, frozen=True):
    """Machines of a store: parts with a primary each, and read replicas of each part."""

    instance: Instance
    parts: int
    replicas: int


def _grown(load: Load, deployment: Deployment, store: Store, work: _Work, parts: int, memory: float) -> _Shape:
    """The least change that carries the work: fewest parts first, then the machines and replicas that cost least."""
    stack, tech = load.stack, load.stack.technology(store.engine)
    rows = options(stack, deployment)
    row = limit(stack.catalogue, "replicas", str(store.engine), "postgresql")
    most = int(row.value) if row is not None and tech is not None and "replicas" in tech.traits else 0
    applied = tradeoff(stack.catalogue, "store.apply_share")
    now = stack.shards(store)
    while True:
        held = memory * now / parts
        shapes = [
            _Shape(i, parts, n)
            for i in rows
            if i.memory >= held
            for n in range(max(most, store.replicas) + 1)
            if _carries(i.cores, work, parts, n, applied)
        ]
        if shapes or parts >= MOST_PARTS:
            break
        parts *= 2
    if not shapes:
        return _Shape(max(rows, key=lambda i: i.cores), parts, most)
    return min(shapes, key=lambda s: (_month(stack, deployment, store, s), s.replicas, s.instance.id))


def _carries(cores: float, work: _Work, parts: int, replicas: int, applied: float) -> bool:
    """Whether each primary and each replica keeps up: tolerant reads go to all alike, writes are applied everywhere."""
    each = work.tolerant / (1 + replicas)
    primary = (work.writes + work.strict + each) / parts
    replica = (applied * work.writes + each) / parts if replicas else 0.0
    return max(primary, replica) <= cores + 1e-9


def _machine(stack: Stack, deployment: Deployment, store: Store, shape: _Shape) -> Machine:
    """A primary, its standby where there is one today, and the replicas, for each part."""
    now = stack.shards(store)
    own = max(1, (deployment.count - store.replicas * now) // now)
    return Machine(shape.instance.id, shape.parts * (own + shape.replicas))


def _month(stack: Stack, deployment: Deployment, store: Store, shape: _Shape) -> float:
    """Dollars a month: the machines, the hours to look after them, and the work to read from replicas, spread."""
    machine, targets = _machine(stack, deployment, store, shape), stack.view.targets
    rate = float(targets.hourly_rate.value)
    hours = machine.count * tradeoff(stack.catalogue, "ops.machine")
    work = days(stack, "store.replica_days") * 8 / max(1.0, targets.horizon.value) if shape.replicas else 0.0
    return price(stack, machine) + (hours + work) * rate


def _told(load: Load, gaps: tuple[Gap, ...], deployment: Deployment, store: Store, shape: _Shape) -> Step:
    stack, now = load.stack, load.stack.shards(store)
    machine = _machine(stack, deployment, store, shape)
    more = shape.replicas - store.replicas
    each = " each" if shape.parts > 1 else ""
    beside = f" with {counted(shape.replicas, 'read replica')}{each}" if shape.replicas else ""
    beside = " without read replicas" if store.replicas and not shape.replicas else beside
    work = days(stack, "grow.resize_days") + days(stack, "store.replica_days") * bool(more > 0)
    if shape.parts <= now:
        words = f"{store.name}: {change(stack, deployment, machine)}{beside}"
        return Step(gaps, words, work, deployment.id, machine, prepared=_marked(load) if more > 0 else "")
    key = split_key(stack, store)
    words = f"{store.name}: split by {key} into {shape.parts} databases on {size(stack, machine.instance)}{beside}"
    if now > 1:
        words = f"{store.name}: {shape.parts} in place of {now} databases on {size(stack, machine.instance)}{beside}"
    return Step(
        gaps,
        words,
        work + days(stack, "grow.move_days" if now > 1 else "store.shard_days"),
        deployment.id,
        machine,
        shape.parts,
        rewrite=now == 1,
        prepared=f"rows are split by {key} from the first release on" if now > 1 else _keyed(stack, store, key),
    )


def _marked(load: Load) -> str:
    names = [p.operation.name for p in load.found if may_be_old(load.stack, p.operation)]
    return f"{listed(names, 3)} may be answered from a copy: their freshness is part of the contract" if names else ""


def _keyed(stack: Stack, store: Store, key: str) -> str:
    """How many tables of the store carry the key of the split today."""
    column = f"{slug(key).replace('-', '_')}_id"
    tables = [t for t in stack.view.architecture.tables if t.store == store.id]
    having = sum(t.name in (column[:-3], f"{column[:-3]}s") or any(c.name == column for c in t.columns) for t in tables)
    return f"{having} of {counted(len(tables), 'table')} carry {column} today; the others reach it by a reference"


def split_key(stack: Stack, store: Store) -> str:
    """The key by which rows go to one part: the tenant, else the owner of the largest entity, else its aggregate."""
    if stack.view.domain.multi_tenant.value:
        return "tenant"
    held = [e for e in stack.view.domain.entities if e.id in store.entities]
    if not held:
        return "key"
    biggest = max(held, key=lambda e: e.rows_per_month.value)
    if biggest.owner and biggest.owner in stack.view.actors:
        return stack.view.actors[biggest.owner].name
    return stack.view.name(element("entity", biggest.aggregate))


def setting_steps(
    load: Load, gaps: tuple[Gap, ...], deployment: Deployment, machine: Machine | None, factor: float
) -> Iterator[Step]:
    """What needs no other machine: a pooler before the database, more I/O of its disk."""
    stack = load.stack
    for gap in gaps:
        ceiling = load.by_key(gap.key)
        if gap.kind == "connections":
            row = next((i for i in options(stack, deployment) if machine and i.id == machine.instance), None)
            grown = ceiling.limit * (row.memory / (deployment.memory / 1e9) if row else 1.0)
            if grown >= ceiling.need(factor):
                continue  # the bigger machine has them
            words = f"{stack.view.name(gap.element)}: a pooler in transaction mode before it (PgBouncer)"
            yield Step((gap,), words, days(stack, "grow.pooler_days"))
        elif gap.kind == "disk":
            yield _faster_disk(load, gap, deployment, factor)


def _faster_disk(load: Load, gap: Gap, deployment: Deployment, factor: float) -> Step:
    stack, ceiling = load.stack, load.by_key(gap.key)
    provider = str(deployment.provider)
    most = limit(stack.catalogue, "disk_iops_max", provider)
    need = ceiling.need(factor) / gap.share
    name, owner = stack.view.name(gap.element), element("deployment", deployment.id)
    each = limit(stack.catalogue, "disk_iops_per_gb", provider)
    nodes = max(1, deployment.count)
    words = f"{name}: {number(need)} I/O per s in place of today's {number(ceiling.limit)}"
    extra = None
    if each is not None:
        gb = need / each.value
        words = f"{name}: a volume of {number(gb)} GB, which does {number(need)} I/O per s"
        extra = Extra(owner, "larger volumes", _volume_price(load, gap, deployment), gb * nodes)
    if most is not None and need > most.value:
        words = f"{name}: {math.ceil(need / most.value)} striped volumes of {number(most.value)} I/O per s"
    if provider == "aws":
        key = "aws.rds.gp3_iops" if "rds" in deployment.instance else "aws.ebs.gp3_iops"
        extra = Extra(owner, "I/O above what is included", key, (need - ceiling.limit) * nodes)
    return Step((gap,), words, days(stack, "grow.setting_days"), extra=(extra,) if extra else ())


def _volume_price(load: Load, gap: Gap, deployment: Deployment) -> str:
    """The price of a GB: of the managed store's storage, else of the provider's disks."""
    stores = [s for s in load.stack.stores_on(deployment) if element("store", s.id) == gap.element]
    offers = [load.stack.offer(load.stack.technology(s.engine)) for s in stores if s.managed]
    provider = load.stack.provider
    return next((o.storage for o in offers if o and o.storage), provider.disk if provider else "")
