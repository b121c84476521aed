"""Between which ends the main figures lie where what nobody stated is otherwise: the chosen design under each draw."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from archsmith.evaluate.availability import availability
from archsmith.evaluate.ceilings import ceilings
from archsmith.evaluate.growth import growth, limit
from archsmith.evaluate.latency import p95_of
from archsmith.evaluate.stack import Stack
from archsmith.evaluate.stations import load_of, stations
from archsmith.evaluate.steps import Load
from archsmith.evaluate.view import View
from archsmith.evaluate.visits import paths
from archsmith.formulas.information import rank_correlation
from archsmith.formulas.sampling import interval
from archsmith.kernel.cores import beside
from archsmith.kernel.ids import OperationId
from archsmith.kernel.units import HoursPerMonth, Ratio
from archsmith.knowledge.uncertain import Draw
from archsmith.model.architecture import Architecture
from archsmith.model.decisions import Decisions
from archsmith.model.domain import Derivation
from archsmith.model.report import Report
from archsmith.model.uncertainty import Interval, Uncertain

SHARE: Final = 0.8
"""Of the draws: one in ten lies below, one in ten above."""
MOVES: Final = 0.25
"""Share of the variance from which an input is named."""
MOST_NAMED: Final = 3
STORED: Final = "stored_3y"


class _Shown(Struct, frozen=True):
    what: str
    unit: str
    value: float


def intervals(
    report: Report,
    derivation: Derivation,
    decisions: Decisions,
    architecture: Architecture,
    draws: Sequence[Draw],
    hours: Sequence[HoursPerMonth],
) -> Report:
    """The report with an interval for each of its main figures that moves in the draws.

    The design stays as chosen; its bill is that of what has to be enlarged to carry the load of the draw. `hours` of
    operations work in each draw, as `decide` counts them.
    """
    shown = {f.id: _Shown(f.what, f.unit, f.value) for f in report.figures}
    shown[STORED] = _Shown("stored after three years", "bytes", float(derivation.workload.stored_3y.value))
    near = max(report.latencies, key=lambda x: x.p95 / x.target_p95 if x.target_p95 > 0 else 0.0, default=None)
    tight = near.operation if near else None

    def row(draw: Draw, work: HoursPerMonth) -> dict[str, float]:
        there = replace(decisions, ops_hours=work)
        stack = Stack(View(draw.requirements, draw.derivation, there, architecture, draw.catalogue))
        return dict(_figures(stack, tight))

    both = list(zip(draws, hours, strict=True))
    second = beside(lambda: [row(*b) for b in both[len(both) // 2 :]])
    rows = [row(*b) for b in both[: len(both) // 2]] + second()
    found = []
    for ident in rows[0] if rows else ():
        if ident in shown and all(ident in row for row in rows):
            one = _interval(ident, shown[ident], [row[ident] for row in rows], draws, decisions.uncertain)
            found += [one] if one else []
    return replace(report, intervals=tuple(found))


def _figures(stack: Stack, tight: OperationId | None) -> Iterator[tuple[str, float]]:
    """The main figures by their ids in the report."""
    ways = paths(stack)
    busy = stations(stack, ways)
    share = limit(stack)
    full = ceilings(stack, ways, busy, 1 - share)
    (row,) = growth(Load(stack, ways, busy, full, share), (1.0,))
    yield "cost.infrastructure", float(row.infrastructure)
    yield "cost.total", float(row.month)
    up = availability(stack, busy)
    if up:
        yield "availability.predicted", float(min(up, key=lambda p: p.predicted - p.target).predicted)
    here = tuple(p for p in ways if p.operation.id == tight)
    for one in here:
        yield "latency.tightest", float(p95_of(stack, one, busy))
    rooms = [load_of(s).saturates_at for s in busy.values()] + [c.full_at(1.0) for c in full if not c.raisable]
    if rooms:
        yield "load.saturates", float(min(rooms))
    yield STORED, float(stack.view.workload.stored_3y.value)


def _interval(
    ident: str, shown: _Shown, values: list[float], draws: Sequence[Draw], inputs: tuple[Uncertain, ...]
) -> Interval | None:
    low, high = interval(values, SHARE)
    if high - low <= 1e-6 * abs(high):
        return None
    shares = [(rank_correlation([d.values[i.id] for d in draws], values) ** 2, i) for i in inputs]
    named = [i.what for share, i in sorted(shares, key=lambda row: -row[0]) if share >= MOVES]
    return Interval(
        figure=ident,
        what=shown.what,
        unit=shown.unit,
        value=shown.value,
        low=min(low, shown.value),
        high=max(high, shown.value),
        share=Ratio(SHARE),
        draws=len(draws),
        inputs=tuple(named[:MOST_NAMED]),
    )
