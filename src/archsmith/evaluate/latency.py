"""Response times at the peak: the law of each operation's whole path, and its percentiles (never sums of them)."""

import functools
from collections.abc import Iterator, Mapping

from msgspec import Struct

from archsmith.evaluate.stack import Stack
from archsmith.evaluate.stations import BUSY, Station
from archsmith.evaluate.visits import Path, Visit
from archsmith.formulas.delay import Delay, Phase, mean, of_moments, of_percentiles
from archsmith.formulas.paths import in_sequence
from archsmith.formulas.quantiles import quantiles
from archsmith.kernel.ids import ElementId, SystemId, element
from archsmith.kernel.phrases import duration
from archsmith.kernel.units import Probability, Ratio, Seconds
from archsmith.knowledge.resilience import RESILIENCE
from archsmith.knowledge.thirdparty import DELAYS, THIRD_PARTIES
from archsmith.model.architecture import Topology
from archsmith.model.decisions import StoreRole
from archsmith.model.domain import Operation
from archsmith.model.report import Latency
from archsmith.model.requirements import NumberRole, NumberStatus, OperationKind

SMALL = 0.02
"""A random part below this share of a path's mean counts as its mean: it moves no percentile a reader could see."""

_GIVEN = ("store.objects", "store.analytics")
"""Delays of stores that are the same wherever they are bought."""
_EDGES = ("cdn", "waf", "api_gateway", "load_balancer")


class Step(Struct, frozen=True):
    """A part of a path: who, and the law of the time spent there. `given`: no size or engine of ours changes it."""

    element: ElementId
    what: str
    delay: Delay
    given: bool = False


def latencies(stack: Stack, found: tuple[Path, ...], stations: Mapping[str, Station]) -> tuple[Latency, ...]:
    """A row for each operation that somebody waits for, in the order of the domain."""
    waits = (OperationKind.COMMAND, OperationKind.QUERY)
    return tuple(_latency(stack, p, stations) for p in found if p.operation.kind in waits)


def p95_of(stack: Stack, path: Path, stations: Mapping[str, Station]) -> Seconds:
    """The 95th percentile alone, as in the row of the operation: the others take twice as long again."""
    gives_up = _gives_up(stack)
    if _saturating(path, stations) is not None:
        return gives_up
    _, branches = _branches(stack, path, stations)
    (answered,) = quantiles(branches, (Probability(0.95),))
    return min(answered, gives_up)


def _saturating(path: Path, stations: Mapping[str, Station]) -> Station | None:
    """The first station on the way that has no time left."""
    passed = (stations[v.station] for v in path.visits if v.station in stations)
    return next((s for s in passed if s.utilisation >= BUSY), None)


def _branches(
    stack: Stack, path: Path, stations: Mapping[str, Station]
) -> tuple[list[Step], tuple[tuple[Probability, Delay], ...]]:
    """The steps of the whole way, and the laws of it and of the short way where a cache answers."""
    before, after = tuple(_edge_steps(stack, path.operation)), tuple(_system_steps(stack, path.operation))
    full = [*before, *_visit_steps(stack, path.visits, stations), *after]
    branches = [(Probability(1 - path.hit), _sum(full))]
    if path.hit > 0:
        short = [*before, *_visit_steps(stack, path.hit_visits, stations), *after]
        branches.append((Probability(path.hit), _sum(short)))
    return full, tuple(branches)


def _latency(stack: Stack, path: Path, stations: Mapping[str, Station]) -> Latency:
    operation = path.operation
    full, branches = _branches(stack, path, stations)
    over = _saturating(path, stations)
    if over is not None:
        return _saturated(stack, path, full, over)
    answered, gives_up = _percentiles(branches), _gives_up(stack)
    p50, p95, p99 = (min(p, gives_up) for p in answered)
    target = operation.latency_p95.value
    means: dict[str, float] = {}
    for step in full:
        means[step.what] = means.get(step.what, 0.0) + mean(step.delay)
    parts = " + ".join(f"{duration(m)} {what}" for what, m in means.items() if m > 0)
    average = sum(p * mean(d) for p, d in branches)
    late = f"; callers give up in {duration(gives_up)}" if p99 >= gives_up else ""
    given = [s for s in full if s.given]
    alone = _percentiles(((Probability(1.0), _sum(given)),))[1] if given else Seconds(0.0)
    hit = f"; {path.hit:.0%} of answers come from the cache" if path.hit else ""
    return Latency(
        operation=operation.id,
        mean=Seconds(min(average, gives_up)),
        p50=p50,
        p95=p95,
        p99=p99,
        target_p95=target,
        met=answered[1] <= min(target, gives_up),
        path=tuple(dict.fromkeys(s.element for s in full)),
        given_p95=alone,
        given_by=max(given, key=lambda s: mean(s.delay)).element if given else None,
        formula=f"means: {parts} = {duration(mean(branches[0][1]))}; percentiles of the sum's law{hit}{late}",
    )


def _saturated(stack: Stack, path: Path, full: list[Step], station: Station) -> Latency:
    gives_up = _gives_up(stack)
    return Latency(
        operation=path.operation.id,
        mean=gives_up,
        p50=gives_up,
        p95=gives_up,
        p99=gives_up,
        target_p95=path.operation.latency_p95.value,
        met=False,
        path=tuple(dict.fromkeys([*(s.element for s in full), *(v.element for v in path.visits), station.element])),
        formula=f"{station.element} is {station.utilisation * 100:.0f}% busy: callers give up in {duration(gives_up)}",
    )


def _gives_up(stack: Stack) -> Seconds:
    """The longest that any caller waits; nothing is answered later."""
    return Seconds(stack.catalogue.table(RESILIENCE)["timeout.cap"].value)


def _edge_steps(stack: Stack, operation: Operation) -> Iterator[Step]:
    service = element("service", stack.view.service_of[operation.id].id)
    rows = stack.catalogue.table(DELAYS)
    found = [e for e in stack.view.architecture.edges if e.kind in _EDGES and (service in e.serves or not e.serves)]
    for edge in sorted(found, key=lambda e: _EDGES.index(e.kind)):
        row = rows[f"edge.{edge.kind}"]
        yield Step(element("edge", edge.id), edge.name, _law(row.p50, row.p99))


def _visit_steps(stack: Stack, visits: tuple[Visit, ...], stations: Mapping[str, Station]) -> Iterator[Step]:
    """Waiting and service of the visits that the caller waits for, each with the way there and back."""
    rows = stack.catalogue.table(DELAYS)
    hop = rows["hop.zones" if stack.view.architecture.zones > 1 else "hop.zone"]
    home = {v.station for v in visits if v.element.startswith("service:")}
    for visit in visits:
        if visit.hidden:
            continue
        name = stack.view.name(visit.element)
        station = stations.get(visit.station)
        if visit.station not in home:
            way = _law(hop.p50, hop.p99)
            yield Step(visit.element, f"way to {name}", _times(way, visit.count))
        if station is not None and station.utilisation < BUSY and visit.seconds > 0:
            yield Step(visit.element, f"{name} {visit.what}", _at_station(station, visit))
        yield from _own_delay(stack, visit)


def _own_delay(stack: Stack, visit: Visit) -> Iterator[Step]:
    """Delays of stores that no core of ours explains: provider's stores, and the disk under a commit."""
    rows = stack.catalogue.table(DELAYS)
    store = next((s for s in stack.view.architecture.stores if element("store", s.id) == visit.element), None)
    if store is None:
        return
    key = {
        StoreRole.OBJECTS: "store.objects",
        StoreRole.CACHE: "store.cache",
        StoreRole.KEY_VALUE: "store.key_value",
        StoreRole.ANALYTICS: "store.analytics",
    }.get(store.role, "")
    if store.topology is Topology.PROVIDER and not key:
        key = "store.key_value"
    if store.topology is Topology.EMBEDDED:
        key = ""
    if visit.what == "row" or (visit.what == "transaction" and not key):
        key = "disk.commit"
    times = 1.0 if key == "store.analytics" else visit.count  # one sum over many rows, not a look-up of each
    if key:
        law = _times(_law(rows[key].p50, rows[key].p99), times)
        yield Step(visit.element, f"{store.name} answer", law, key in _GIVEN)


def _at_station(station: Station, visit: Visit) -> Delay:
    chance, length = station.wait()
    seconds = visit.seconds * station.stretch
    own = of_moments(Seconds(seconds * visit.count), Ratio(1 / max(1.0, visit.count)))
    if chance <= 0 or length <= 0:
        return own
    times = max(1, round(visit.count))
    return Delay(phases=(Phase(((min(1.0, chance), length),)),) * times) + own


def _system_steps(stack: Stack, operation: Operation) -> Iterator[Step]:
    if not operation.calls_sync:
        return
    for ident in operation.calls:
        system = stack.view.systems.get(ident)
        if system is None:
            continue
        stated = stated_delay(stack, ident)
        rows = stack.catalogue.table(THIRD_PARTIES)
        row = rows.get(system.kind) or rows["other"]
        p50, p99 = stated or (row.p50, row.p99)
        yield Step(element("system", ident), system.name, _law(p50, p99), given=True)


def stated_delay(stack: Stack, ident: SystemId) -> tuple[float, float] | None:
    """How long the brief says that a system takes: middle and upper end in seconds, or None."""
    name = stack.view.systems[ident].name.casefold()
    words = {w for w in name.split() if len(w) > 3}
    for n in stack.view.requirements.numbers:
        said = f"{n.subject} {n.what}".casefold()
        if n.role is NumberRole.LATENCY and n.status is not NumberStatus.SUPERSEDED and n.unit in ("s", "seconds"):
            quote = getattr(getattr(n.why, "at", None), "quote", "").casefold()
            near = ident.replace("-", " ") in said or (words and all(w in f"{said} {quote}" for w in words))
            if near and n.value > 0:
                high = n.high or n.value
                return ((n.value + high) / 2, max(high, n.value))
    return None


@functools.lru_cache(maxsize=512)
def _law(p50: float, p99: float) -> Delay:
    return of_percentiles(Seconds(p50), Seconds(max(p50, p99)))


def _times(delay: Delay, count: float) -> Delay:
    """The sum of `count` such delays, kept as short as its mean and variance allow."""
    if count <= 1:
        return delay
    average = mean(delay)
    variance = sum(2 * p * m * m for ph in delay.phases for p, m in ph.ways)
    variance -= sum(sum(p * m for p, m in ph.ways) ** 2 for ph in delay.phases)
    return of_moments(Seconds(average * count), Ratio(max(0.0, variance) / (average**2 * count)))


def _sum(steps: list[Step]) -> Delay:
    """The path's law; random parts that are too small to matter become fixed."""
    total = in_sequence([s.delay for s in steps])
    floor = SMALL * mean(total)
    fixed, kept = float(total.fixed), []
    for phase in total.phases:
        average = sum(p * m for p, m in phase.ways)
        longest = max(m for _, m in phase.ways)
        if average < floor and longest < 10 * floor:
            fixed += average
        else:
            kept.append(phase)
    return Delay(fixed=Seconds(fixed), phases=tuple(kept))


@functools.lru_cache(maxsize=4096)
def _percentiles(branches: tuple[tuple[Probability, Delay], ...]) -> tuple[Seconds, Seconds, Seconds]:
    """Equal paths are computed once: many operations of a design differ only in their name."""
    p50, p95, p99 = quantiles(branches, (Probability(0.5), Probability(0.95), Probability(0.99)))
    return p50, p95, p99
