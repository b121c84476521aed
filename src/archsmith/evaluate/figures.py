"""The figures that the document shows beside the tables: each with its arithmetic and the names it rests on."""

import math
from collections import Counter
from collections.abc import Iterator

from archsmith.evaluate.growth import rebuilt
from archsmith.evaluate.rules.base import Evaluated
from archsmith.formulas.cost import outage_loss
from archsmith.formulas.mva import ClosedStation, closed_network
from archsmith.formulas.sizing import pool_size
from archsmith.kernel.phrases import counted, duration, money, number, percent
from archsmith.kernel.provenance import Derived
from archsmith.kernel.units import MONTH, Probability, Ratio, Seconds
from archsmith.model.base import Figure
from archsmith.model.report import ControlStatus, CostKind, StationLoad

TEN = 10.0
"""Multiple of today's load that must be reached without building the system once more."""
_MOST_WORK = 20_000
"""Connections times cores up to which the closed system is solved: some hundredths of a second."""
HOLD = 4.0
"""Time that a connection is held over the time the database works: the statements' ways there and back, the commit."""


def figures(found: Evaluated) -> tuple[Figure, ...]:
    """Totals of the tables, in the order of the tables; ids are stable."""
    parts = (_load(found), _way(found), _time(found), _up(found), _money(found), _safety(found))
    return tuple({f.id: f for part in parts for f in part}.values())


def _figure(ident: str, what: str, value: float, unit: str, formula: str, *inputs: str) -> Figure:
    why = Derived(rule=f"evaluate.{ident.partition('.')[0]}", formula=formula, inputs=inputs)
    return Figure(id=ident, what=what, value=float(value), unit=unit, formula=formula, why=why)


def _load(found: Evaluated) -> Iterator[Figure]:
    if not found.stations:
        return
    first = found.stations[0]
    full = next((c for c in found.ceilings if not c.raisable), None)
    name, own, used = found.view.name(first.element), f"station.{first.deployment or first.element}", first.utilisation
    peak, room, said = found.view.workload.peak.value, first.saturates_at, first.formula
    if full is not None and full.full_at < room:
        name, own = f"{full.resource} of {found.view.name(full.element)}", f"ceiling.{full.id}"
        used, room, said = full.utilisation, full.full_at, full.formula
    yield _figure("load.first", f"utilisation of {name}, first to saturate", used, "ratio", said, own)
    said = f"1 / {number(used)}" if used * room < 1.01 else f"the load at which {said.partition(' = ')[0]} takes all"
    yield _figure("load.saturates", f"load at which {name} saturates, over the peak", room, "ratio", said, "load.first")
    said = f"{number(peak)} x {number(room)}"
    yield _figure("load.capacity", "requests a second carried", peak * room, "rps", said, "peak", "load.saturates")
    for load in found.stations:
        if load.element.startswith("store:") and load.resource == "CPU":
            yield from _pool(found, load)
            return


def _pool(found: Evaluated, load: StationLoad) -> Iterator[Figure]:
    """Connections by Little's law, and what a closed system of so many carries: who has none waits for one."""
    held = Seconds(load.service_time * HOLD)
    size = pool_size(load.arrivals, held, Ratio(0.5))
    name, own = found.view.name(load.element), f"station.{load.deployment}"
    said = f"{number(load.arrivals)}/s x {duration(held)} x 1.5, rounded up"
    yield _figure("load.pool", f"connections to {name} at the peak", size, "connections", said, own)
    cores = max(1, math.ceil(load.servers - 1e-9))
    if size * cores > _MOST_WORK:
        return
    busy = ClosedStation(demand=Seconds(load.service_time * cores / load.servers), servers=cores)
    away = Seconds(max(0.0, held - busy.demand))
    carried = closed_network([busy], size, away).throughput
    said = (
        f"mean value analysis: {size} connections, {duration(busy.demand)} at {counted(cores, 'core')}, "
        f"{duration(away)} elsewhere"
    )
    what = f"statements a second that these connections to {name} carry"
    yield _figure("load.pool_carries", what, carried, "per second", said, "load.pool", own)


def _way(found: Evaluated) -> Iterator[Figure]:
    """The work on the way to ten times the load, beside that of building the system once more."""
    near = [s for s in found.path if s.until <= TEN]
    said = " + ".join(f"{s.days:g}" for s in near) or "0"
    ids = tuple(f"growth.step{n}.days" for n, s in enumerate(found.path, 1) if s.until <= TEN) or ("load.saturates",)
    work = sum(s.days for s in near)
    yield _figure("growth.path_days", "work on the way to ten times the load", work, "person-days", said, *ids)
    whole, said = rebuilt(found.stack)
    rows = dict.fromkeys(f"effort/operation.{o.access}" for o in found.view.domain.operations)
    ids = (*rows, "effort/table", "effort/foundation.base")
    yield _figure("growth.rebuild_days", "work of building it once more", whole, "person-days", said, *ids)


def _time(found: Evaluated) -> Iterator[Figure]:
    if not found.latencies:
        return
    tight = max(found.latencies, key=lambda x: x.p95 / x.target_p95 if x.target_p95 > 0 else 0.0)
    name = found.view.operations[tight.operation].name
    met = sum(x.met for x in found.latencies)
    own = f"latency.{tight.operation}"
    yield _figure("latency.tightest", f"p95 of {name}, nearest to its target", tight.p95, "s", tight.formula, own)
    said = f"{met} of {len(found.latencies)}"
    rows = [f"latency.{x.operation}" for x in found.latencies]
    yield _figure("latency.met", "operations that meet their target", met, "operations", said, *rows)


def _up(found: Evaluated) -> Iterator[Figure]:
    if not found.availability:
        return
    worst = min(found.availability, key=lambda p: p.predicted - p.target)
    up, hour = Probability(worst.predicted), found.view.targets.outage_cost.value
    own = f"availability.{worst.slo}"
    yield _figure("availability.predicted", "predicted availability", up, "probability", worst.formula, own)
    said = f"(1 - {percent(up)}) x 730 h x {money(hour)}"
    loss = outage_loss(up, hour)
    what = "expected loss by outages a month"
    yield _figure("availability.loss", what, loss, "USD per month", said, "availability.predicted", "outage_cost")


def _money(found: Evaluated) -> Iterator[Figure]:
    cost, month = found.cost, "USD per month"
    for kind in CostKind:
        rows = [x for x in cost.lines if x.kind is kind]
        if rows:
            said, whole = " + ".join(f"{x.month:.2f}" for x in rows), sum(x.month for x in rows)
            what, ids = f"{kind.value.replace('_', ' ')} a month", (f"bill.{x.id}" for x in rows)
            yield _figure(f"cost.{kind.value}", what, whole, month, said, *ids)
    have = {x.kind for x in cost.lines} - {CostKind.PEOPLE}
    kinds = tuple(f"cost.{k.value}" for k in CostKind if k in have)
    said = f"sum of {sum(x.kind is not CostKind.PEOPLE for x in cost.lines)} lines"
    yield _figure("cost.infrastructure", "infrastructure a month", cost.infrastructure, month, said, *kinds)
    said = f"{cost.infrastructure:.2f} + {cost.people:.2f}"
    parts = ("cost.infrastructure", "cost.people")
    yield _figure("cost.total", "infrastructure and people a month", cost.total, month, said, *parts)
    requests = found.view.workload.average.value * MONTH
    if requests > 0:
        said = f"{cost.infrastructure:.2f} / {requests:,.0f} x 1000"
        each = cost.infrastructure / requests * 1e3
        yield _figure("cost.per_thousand", "infrastructure for 1,000 requests", each, "USD", said, parts[0], "average")


def _safety(found: Evaluated) -> Iterator[Figure]:
    statuses = Counter(c.status for c in found.controls)
    for status in (s for s in ControlStatus if statuses[s]):
        said = f"{statuses[status]} of {len(found.controls)}"
        what = f"clauses {status.value.replace('_', ' ')}"
        ids = (f"control.{c.id}" for c in found.controls if c.status is status)
        yield _figure(f"controls.{status.value}", what, statuses[status], "clauses", said, *ids)
    for severity, count in sorted(Counter(t.severity for t in found.threats).items()):
        what = f"threats of severity {severity} after countermeasures"
        ids = (f"threat.{t.id}" for t in found.threats if t.severity == severity)
        yield _figure(f"threats.{severity}", what, count, "threats", f"{count} of {len(found.threats)}", *ids)
