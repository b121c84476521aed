"""The tables of a comparison: decisions, figures, parts, bill, findings. Everything placed is `clean`."""

import math
from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from archsmith.cli.console import grid
from archsmith.kernel.findings import Severity
from archsmith.kernel.phrases import counted, listed
from archsmith.model.comparison import (
    Comparison,
    CostChange,
    DecisionChange,
    Difference,
    FigureChange,
    FindingChange,
    PartChange,
)
from archsmith.render import show
from archsmith.render.markdown import clean, clip

GROUPS: Final = (
    ("Load and data", ("load",)),
    ("Operations", ("operation",)),
    ("Targets", ("target",)),
    ("Response times", ("latency",)),
    ("Availability, recovery, capacity", ("availability", "recovery", "capacity")),
    ("Money and time", ("cost", "plan")),
)
SORTS: Final = (
    ("Components", ("service", "store", "edge", "utility", "deployment")),
    ("Domain", ("entity", "operation")),
    ("Contracts", ("endpoint", "table", "event")),
)
_MANY: Final = 8
"""Rows of one table; the JSON has all."""
_DETAILS: Final = 4
_SIGNS: Final = {
    Difference.ADDED: ("+", "green"),
    Difference.REMOVED: ("−", "red"),
    Difference.CHANGED: ("~", "yellow"),
}
_HEADLINES: Final = ("load.peak", "cost.infrastructure", "cost.total", "cost.ownership", "plan.months")
_THIN: Final = 50.0
"""Dollars a month below which a decision hangs on little."""


def decisions(those: Sequence[DecisionChange]) -> Iterator[RenderableType]:
    """Title, choice before and after; below, why."""
    for d in those:
        before, after = clean(d.before) or "not asked", clean(d.after) or "not asked any more"
        ident = d.id_after or d.id_before
        yield Text.assemble((f"{ident} ", "dim"), (f"{clean(d.title)}: ", "bold"), f"{before} → ", (after, "bold"))
        if d.why:
            yield Padding(Text(clean(d.why), style="dim"), (0, 0, 0, 6))


def figures(those: Sequence[FigureChange], before: str, after: str) -> Iterator[RenderableType]:
    """What, before, after, change; of many alike those that change most, and the range of the others."""
    rows, alike = _alike(those)
    rows = sorted(rows, key=_weight) if len(rows) > _MANY + 2 else rows
    table = grid(6, 2, 2, 2, head=("", before, after, ""))
    for figure in rows[: _MANY if len(rows) > _MANY + 2 else None]:
        style = "red" if figure.met_after is False else ""
        mark = " (missed)" if figure.met_after is False else ""
        table.add_row(
            Text(clean(figure.what)),
            Text(shown(figure.before, figure)),
            Text(shown(figure.after, figure) + mark, style=style),
            Text(_change(figure), style="dim"),
        )
    if rows:
        yield table
    yield from (Text(line, style="dim") for line in alike)
    rest = rows[_MANY:] if len(rows) > _MANY + 2 else []
    if rest:
        yield Text(f"and {len(rest)} more{_range(rest)}", style="dim")


def visible(figure: FigureChange) -> bool:
    """Whether a reader could see the difference: the JSON has the last digits too."""
    same = shown(figure.before, figure) == shown(figure.after, figure)
    return not same or figure.met_before != figure.met_after


def _alike(those: Sequence[FigureChange]) -> tuple[list[FigureChange], list[str]]:
    """Three and more that change by the same factor and keep or miss their targets as before are told in one line."""
    groups: dict[str, list[FigureChange]] = {}
    for figure in those:
        if figure.group in ("operation", "latency") and figure.ratio and figure.met_before == figure.met_after:
            groups.setdefault(show.factor(figure.ratio), []).append(figure)
    told = {k: g for k, g in groups.items() if len(g) > 2}
    gone = {f.id for g in told.values() for f in g}
    lines = [
        f"{k}: {listed((clean(f.what.rpartition(',')[0]) for f in g), 6)}"
        for k, g in sorted(told.items(), key=lambda item: -abs(math.log(item[1][0].ratio or 1.0)))
    ]
    return [f for f in those if f.id not in gone], lines


def _weight(figure: FigureChange) -> tuple[bool, float]:
    """Those whose target is kept in one design only first, then by how much they change."""
    ratio = figure.ratio if figure.ratio else math.inf
    return figure.met_before == figure.met_after, -abs(math.log(ratio)) if 0 < ratio < math.inf else -math.inf


def _range(rest: Sequence[FigureChange]) -> str:
    ratios = sorted(f.ratio for f in rest if f.ratio)
    if len(ratios) < len(rest):
        return ""
    low, high = show.factor(ratios[0]), show.factor(ratios[-1])
    return f", {low}" if low == high else f", between {low} and {high}"


def shown(value: float | None, figure: FigureChange) -> str:
    """A figure in the form of its unit, or a dash."""
    return "–" if value is None else show.figure(value, figure.unit)


def targets(those: Sequence[FigureChange]) -> Iterator[str]:
    """Figures beside what is allowed; more than two response times are told by the worst."""
    waits = [f for f in those if f.group == "latency"]
    told = [f for f in those if f not in waits] if len(waits) > 2 else list(those)
    yield from (held(f) for f in told)
    if len(waits) > 2:
        worst = max(waits, key=lambda f: (f.after or 0.0) / (f.allowed_after or 1.0))
        yield f"{len(waits)} response times, the furthest {held(worst)}"


def held(figure: FigureChange) -> str:
    """A figure of the second design beside what is allowed."""
    allowed = f", {shown(figure.allowed_after, figure)} wanted" if figure.allowed_after is not None else ""
    return f"{clean(figure.what)}, {shown(figure.after, figure)}{allowed}"


def _change(figure: FigureChange) -> str:
    if figure.change is None or figure.ratio is None:
        return ""
    if figure.unit in ("probability", "share"):
        points = figure.change * 100
        return f"{points:+.2g} points" if abs(points) > 1e-6 else ""
    return relative(figure.ratio)


def relative(ratio: float) -> str:
    """`10x` from twice upwards and from half downwards, else `+23%`."""
    if ratio >= 2 or ratio <= 0.5:
        return show.factor(ratio) if ratio > 0 else "−100%"
    return f"{(ratio - 1) * 100:+.1f}%".replace("+0.0%", "±0%").replace("-0.0%", "±0%").replace("-", "−")


def headlines(those: Sequence[FigureChange]) -> Iterator[Text]:
    """The few figures that a reader asks for first, in one line each."""
    by_id = {f.id: f for f in those}
    for ident in _HEADLINES:
        figure = by_id.get(ident)
        if figure is None:
            continue
        what = clean(figure.what)
        yield Text.assemble(
            f"{what[:1].upper()}{what[1:]}: {shown(figure.before, figure)} → ",
            (shown(figure.after, figure), "bold"),
            (f"  {_change(figure)}", "dim"),
        )


def thin_margins(those: Sequence[FigureChange]) -> list[FigureChange]:
    """Decisions whose lead over the runner-up shrank to little, the smallest first."""
    thin = [
        f
        for f in those
        if f.group == "margin" and f.after is not None and f.before is not None and f.after < min(_THIN, f.before / 2)
    ]
    return sorted(thin, key=lambda f: f.after or 0.0)[:5]


def parts(those: Sequence[PartChange]) -> Table:
    """A sign, the sort, the name, and what differs; of many alike the first."""
    table = grid(0, 0, 3, 8)
    by_sort: dict[str, list[PartChange]] = {}
    for part in those:
        by_sort.setdefault(part.sort, []).append(part)
    for sort, rows in by_sort.items():
        most = _MANY if len(rows) > _MANY + 2 else len(rows)
        for part in rows[:most]:
            sign, style = _SIGNS[part.difference]
            table.add_row(Text(sign, style=style), Text(sort, style="dim"), Text(clean(part.name)), _details(part))
        if len(rows) > most:
            left = rows[most:]
            table.add_row("", Text(sort, style="dim"), Text(f"and {len(left)} more", style="dim"), Text(_names(left)))
    return table


def _names(left: Sequence[PartChange]) -> str:
    return clip(", ".join(f"{_SIGNS[p.difference][0]}{clean(p.name)}" for p in left), 160)


def _details(part: PartChange) -> Text:
    if part.difference is not Difference.CHANGED:
        product = next((d for d in part.details if d.what == "product"), None)
        return Text(clean(product.after or product.before) if product else "", style="dim")
    said = [f"{d.what} {clean(d.before) or '–'} → {clean(d.after) or '–'}" for d in part.details[:_DETAILS]]
    more = f"; {len(part.details) - _DETAILS} more" if len(part.details) > _DETAILS else ""
    return Text(clip("; ".join(said), 240) + more)


def costs(c: Comparison, before: str, after: str) -> Iterator[RenderableType]:
    """The lines that move most, dearer and cheaper, and the sum of all."""
    rows = sorted(c.costs, key=lambda x: (-abs(x.change), x.id))
    most = _MANY if len(rows) > _MANY + 2 else len(rows)
    table = grid(4, 4, 2, 2, 2, head=("", "", before, after, ""))
    for row in rows[:most]:
        table.add_row(*_cost(row))
    left = rows[most:]
    if left:
        table.add_row(*_sum(f"{len(left)} more lines", left, "dim"))
    table.add_row(*_sum("all that differ", rows, "bold"))
    yield table


def _sum(what: str, rows: Sequence[CostChange], style: str) -> tuple[Text, ...]:
    was, now = sum(r.before for r in rows), sum(r.after for r in rows)
    cells = (what, "", show.money(was), show.money(now), _signed(now - was))
    return tuple(Text(cell, style=style) for cell in cells)


def _cost(row: CostChange) -> tuple[Text, Text, Text, Text, Text]:
    style = "red" if row.change > 0 else "green"
    return (
        Text(clean(row.element.partition(":")[2] or row.element)),
        Text(clip(row.what, 60)),
        Text(show.money(row.before)),
        Text(show.money(row.after)),
        Text(_signed(row.change), style=style),
    )


def _signed(change: float) -> str:
    return f"{'+' if change >= 0 else '−'}{show.money(abs(change))}"


def findings(those: Sequence[FindingChange]) -> Iterator[RenderableType]:
    """New ones with how to mend them, then those that are gone; notes are only counted."""
    notes = 0
    for f in those:
        if f.severity is Severity.NOTE:
            notes += 1
            continue
        sign, style = _SIGNS[f.difference]
        place = clean(f.place)
        yield Text.assemble((f"{sign} ", style), (f"{f.severity} {f.id} {place}: ", "bold"), clip(f.fact, 220))
        if f.difference is Difference.ADDED:
            yield Padding(Text(f"fix: {clip(f.fix, 220)}", style="dim"), (0, 0, 0, 2))
    if notes:
        yield Text(f"and {counted(notes, 'note')}", style="dim")
