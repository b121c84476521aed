"""Which resources an operation visits, how often, and for how long: the demand of each request along its path."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from archsmith.evaluate.stack import Stack
from archsmith.formulas.sizing import kept_share, search_factor
from archsmith.kernel.ids import ElementId, StoreId, element
from archsmith.kernel.units import MONTH, Count, PerSecond, Ratio, Seconds
from archsmith.knowledge.streams import is_stream
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.model.architecture import Service, Store, Topology
from archsmith.model.contracts import Body
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import READS, Access, Consistency, Operation, same_for_all
from archsmith.model.requirements import OperationKind

CHANGES = ("transaction", "row")
"""Visits of a store that change something."""


class Visit(Struct, frozen=True):
    """`count` visits of `seconds` each at an element; `station` is the deployment or the element that serves them.

    `node` where the coefficient is of a whole node and not of a core. `hidden`: load that the caller does not wait for.
    `rates`: the rows of the capacity table that the seconds come from.
    """

    element: ElementId
    station: str
    what: str
    count: float
    seconds: Seconds
    node: bool = False
    hidden: bool = False
    rates: tuple[str, ...] = ()


class Path(Struct, frozen=True):
    """An operation's visits in order. With a `hit` share of answers from the cache, `hit_visits` are those of a hit."""

    operation: Operation
    rate: PerSecond
    visits: tuple[Visit, ...]
    hit: float = 0.0
    hit_visits: tuple[Visit, ...] = ()

    @property
    def calm(self) -> float:
        """Rate on the mean of a month over that of the peak."""
        peak = self.operation.peak.value
        return self.operation.average.value / peak if peak > 0 else 1.0


def paths(stack: Stack) -> tuple[Path, ...]:
    """The paths of all operations that a service answers, in the order of the domain."""
    return tuple(_path(stack, o) for o in stack.view.domain.operations if o.id in stack.view.service_of)


def _path(stack: Stack, operation: Operation) -> Path:
    view = stack.view
    service = view.service_of[operation.id]
    own = _service_visit(stack, service, operation)
    stores = tuple(_store_visits(stack, operation))
    messages = tuple(_messages(stack, operation))
    rate = operation.peak.value
    cache = _cache_of(stack, operation)
    if _at_the_edge(stack, operation):
        rate = PerSecond(rate * (1 - _hits(stack, operation)))
    if cache is None:
        return Path(operation, rate, (own, *stores, *messages))
    seconds = Seconds(1 / stack.coefficient("cache.ops"))
    own_store = element("store", cache.id)
    look = Visit(own_store, station_of(stack, cache), "look-up", 1.0, seconds, node=True, rates=("cache.ops",))
    saved = Seconds(own.seconds * (1 - stack.coefficient("cache.hit_saves")))
    short = Visit(own.element, own.station, own.what, 1.0, saved, rates=(*own.rates, "cache.hit_saves"))
    hit = _hits(stack, operation)
    return Path(operation, rate, (own, look, *stores, *messages), hit, (short, look))


def _service_visit(stack: Stack, service: Service, operation: Operation) -> Visit:
    framework = stack.technology(service.framework)
    language = stack.technology(service.language)
    waits = operation.kind in (OperationKind.COMMAND, OperationKind.QUERY) and not streams(stack, operation)
    name = framework.capacity if framework and framework.capacity else "web.fastapi"
    if not waits:
        events = (framework.events if framework else "") or (language.events if language else "")
        name = events or "event.python"
    seconds = Seconds(1 / stack.coefficient(name, "web.fastapi"))
    deployment = stack.view.deployments.get(element("service", service.id))
    station = str(deployment.id) if deployment else str(service.id)
    what = "request" if waits else "message"
    return Visit(element("service", service.id), station, what, 1.0, seconds, rates=(stack.row(name, "web.fastapi"),))


def station_of(stack: Stack, store: Store) -> str:
    """The deployment that a store's work is done on, or the store itself where its provider bills by use."""
    deployment = stack.view.deployments.get(element("store", store.id))
    return str(deployment.id) if deployment else str(element("store", store.id))


def _cache_of(stack: Stack, operation: Operation) -> Store | None:
    """The cache that may answer a read: a flow or the endpoint says so, or its rows are everybody's and may be old."""
    if operation.access not in READS or operation.kind is not OperationKind.QUERY:
        return None
    caches = [s for s in stack.view.architecture.stores if s.role is StoreRole.CACHE]
    if not caches:
        return None
    targets = {f.target for f in stack.view.flows_of.get(operation.id, ())}
    named = next((c for c in caches if element("store", c.id) in targets), None)
    if named is not None:
        return named
    said = any(f.operations for c in caches for f in stack.view.flows_into.get(element("store", c.id), ()))
    endpoint = stack.view.endpoints.get(operation.id)
    if not said and endpoint is not None and endpoint.cache:
        return caches[0]
    return caches[0] if _shared(stack, operation) else None


def _shared(stack: Stack, operation: Operation) -> bool:
    """Whether an answer is the same for every caller and need not be the newest."""
    wide = (Access.GET, Access.LIST, Access.SEARCH)
    return (
        same_for_all(stack.view.entities[operation.entity], operation)
        and operation.access in wide
        and operation.consistency is not Consistency.STRONG
    )


def _at_the_edge(stack: Stack, operation: Operation) -> bool:
    """Whether a CDN answers for the service: what is open to all and may be kept. Its hits never reach us."""
    endpoint = stack.view.endpoints.get(operation.id)
    if endpoint is None or not endpoint.cache or endpoint.scopes or operation.kind is not OperationKind.QUERY:
        return False
    own = element("service", endpoint.service)
    return any(own in e.serves or not e.serves for e in stack.view.edges_of("cdn"))


def _hits(stack: Stack, operation: Operation) -> float:
    """Share of an operation's reads that a copy of its answers serves, for as long as they may be old."""
    life = operation.freshness.value if operation.freshness else Seconds(0.0)
    rows = stack.view.entities[operation.entity].rows.value
    skew, usual, most = (Ratio(stack.coefficient(f"cache.{n}")) for n in ("skew", "hit_ratio", "hit_most"))
    return float(kept_share(operation.peak.value, rows, life, skew, usual, most))


def _store_visits(stack: Stack, operation: Operation) -> Iterator[Visit]:
    """Queries of an operation on the store of its entity, and on the copy that serves its access pattern."""
    primary = stack.view.store_of.get(operation.entity)
    if primary is None:
        return
    queries = stack.coefficient("queries.per_request")
    copy = _copy_for(stack, operation)
    if operation.access is Access.SEARCH or (operation.access is Access.AGGREGATE and copy):
        yield _search(stack, copy or primary, operation)
        yield _query(stack, primary, "read", max(1.0, queries - 1), _spread(stack, primary, operation))
    elif operation.access in READS:
        yield _query(stack, primary, "read", queries, _spread(stack, primary, operation))
    elif operation.access is Access.APPEND or operation.kind is OperationKind.EVENT or streams(stack, operation):
        inside = _tables_for(stack, primary) if streams(stack, operation) else None
        yield replace(_append(stack, inside or primary), element=element("store", primary.id))
    else:
        yield _query(stack, primary, "write", 1.0)  # a transaction's own reads are in its coefficient
    endpoint = stack.view.endpoints.get(operation.id)
    if endpoint is not None and endpoint.request is Body.FILE:
        objects = next((s for s in stack.view.architecture.stores if s.role is StoreRole.OBJECTS), None)
        if objects is not None and objects.topology is Topology.PROVIDER:
            yield Visit(element("store", objects.id), str(element("store", objects.id)), "object", 1.0, Seconds(0.0))


def streams(stack: Stack, operation: Operation) -> bool:
    """Whether an operation is treated as a stream's messages."""
    return is_stream(operation, stack.view.entities[operation.entity].rows_per_month.value / MONTH)


def _tables_for(stack: Stack, store: Store) -> Store | None:
    """What in a store's tables is made for rows in masses: partitions, an extension, roll-ups."""
    masses = (StoreRole.TIME_SERIES, StoreRole.ANALYTICS)
    return next((s for s in stack.view.architecture.stores if s.host == store.id and s.role in masses), None)


def _copy_for(stack: Stack, operation: Operation) -> Store | None:
    wanted = StoreRole.SEARCH if operation.access is Access.SEARCH else StoreRole.ANALYTICS
    placed = next((p for p in stack.view.decisions.placements if p.entity == operation.entity), None)
    ids: tuple[StoreId, ...] = placed.copies if placed else ()
    found = [s for s in stack.view.architecture.stores if s.role is wanted]
    return next((s for s in found if s.id in ids), found[0] if found else None)


def _engine(stack: Stack, store: Store) -> str:
    tech = stack.technology(store.engine)
    return tech.capacity if tech and tech.capacity else "sql"


def _spread(stack: Stack, store: Store, operation: Operation) -> float:
    """Share of an operation's reads that the primary answers: all, or its part of what replicas may answer too."""
    return 1 / (1 + store.replicas) if may_be_old(stack, operation) else 1.0


def may_be_old(stack: Stack, operation: Operation) -> bool:
    """Whether a read may be answered by a replica, which is behind by some time."""
    fresh = operation.freshness
    lag = tradeoff(stack.catalogue, "store.replica_lag")
    late = operation.consistency is not Consistency.STRONG and (fresh is None or fresh.value >= lag)
    return late and operation.access in READS


def _query(stack: Stack, store: Store, kind: str, count: float, share: float = 1.0) -> Visit:
    base = _engine(stack, store)
    if kind == "write" and base.startswith(("series.", "columns.")):
        return _append(stack, store)
    what = "query" if kind == "read" else "transaction"
    if base.startswith("wide."):
        return _by_key(stack, store, base, count * share, what)
    base = base if base in ("sql", "document") else "sql"
    name = stack.row(f"{base}.{kind}", f"sql.{kind}")
    rates = (name, "queries.per_request") if kind == "read" else (name,)
    seconds = Seconds(1 / stack.coefficient(name))
    return Visit(element("store", store.id), station_of(stack, store), what, count * share, seconds, rates=rates)


def _by_key(stack: Stack, store: Store, base: str, count: float, what: str) -> Visit:
    """Work on a store by key: of a cluster of ours it takes cores, of a provider's nodes or a table's throughput."""
    node = base != "wide.cassandra"
    seconds = Seconds(1 / stack.coefficient(base))
    if node and store.topology is Topology.PROVIDER:
        seconds = Seconds(seconds / max(1, store.nodes))
    return Visit(element("store", store.id), station_of(stack, store), what, count, seconds, node=node, rates=(base,))


def _search(stack: Stack, store: Store, operation: Operation) -> Visit:
    base = _engine(stack, store)
    name = {"search": "search.opensearch", "sql": "sql.search"}.get(base, "sql.search")
    seconds = Seconds(1 / stack.coefficient(name))
    if name == "sql.search":
        rows, usual = stack.view.entities[operation.entity].rows.value, Count(stack.coefficient("sql.search_rows"))
        seconds = Seconds(seconds * search_factor(rows, usual))
    return Visit(element("store", store.id), station_of(stack, store), "search", 1.0, seconds, rates=(name,))


def _append(stack: Stack, store: Store) -> Visit:
    base = _engine(stack, store)
    if base.startswith("wide."):
        return _by_key(stack, store, base, 1.0, "transaction")
    name = base if base.startswith(("series.", "columns.")) else f"{base if base == 'document' else 'sql'}.write"
    seconds = Seconds(1 / stack.coefficient(name))
    return Visit(element("store", store.id), station_of(stack, store), "row", 1.0, seconds, rates=(name,))


def _messages(stack: Stack, operation: Operation) -> Iterator[Visit]:
    """Events that an operation puts on a broker, and the work of those who take them: nobody waits for either."""
    brokers = [s for s in stack.view.architecture.stores if s.role is StoreRole.BROKER]
    if not brokers or not (operation.emits or (operation.calls and not operation.calls_sync)):
        return
    broker = brokers[0]
    base = _engine(stack, broker)
    count = 1.0  # one message, however many events it carries
    name = base if base.startswith(("queue.", "stream.", "mqtt.")) else "queue.sql"
    seconds = Seconds(1 / stack.coefficient(name))
    node = not name.endswith(".sql")
    own = element("store", broker.id)
    yield Visit(own, station_of(stack, broker), "message", count, seconds, node, hidden=True, rates=(name,))
    takers = [s for s in stack.view.architecture.services if s.worker or set(s.consumes) & set(operation.emits)]
    for service in takers[:1] or [stack.view.service_of[operation.id]]:
        framework = stack.technology(service.framework)
        events = framework.events if framework and framework.events else "event.python"
        events = stack.row(events, "event.python")
        work = Seconds(1 / stack.coefficient(events))
        deployment = stack.view.deployments.get(element("service", service.id))
        station = str(deployment.id) if deployment else str(service.id)
        yield Visit(element("service", service.id), station, "message", count, work, hidden=True, rates=(events,))
