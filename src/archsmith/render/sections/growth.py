"""The way to more load: what is full first, the steps with their price and work, and the limits that are near."""

from typing import Final

from archsmith.kernel.phrases import counted
from archsmith.model.report import CeilingLoad, GrowthRow, GrowthStep
from archsmith.render import show
from archsmith.render.markdown import clause, code, join, sentence, table, text
from archsmith.render.prose import capital
from archsmith.render.view import View

TEN: Final = 10.0
"""The load, over today's, to which the way is told."""
FAR: Final = 100.0
"""Multiple of the load from which on a limit is only named."""


def growth(view: View) -> str:
    """Today and ten times as sentences, all loads as a table, and the steps to ten times in their order."""
    report = view.design.report
    near = [s for s in report.path if s.until <= TEN]
    return join(
        [
            "### Today and at ten times the load",
            *[_told(view, row) for row in _rows(report.growth)],
            table(
                ("Load", "Peak", "Full first", "In use", "Holds", "Step", "Reached", "A month"),
                [_row(view, r) for r in report.growth],
                right=(1, 3, 7),
            ),
            _to_ten(view, near),
            table(
                ("From load", "Reached", "What is full then", "Step", "Lasts until", "Work", "Adds", "A month there"),
                [_step(view, s) for s in near],
                right=(5, 6, 7),
            ),
            "\n".join(dict.fromkeys(_prepared(view, s) for s in near if s.prepared)),
        ]
    )


def _rows(rows: tuple[GrowthRow, ...]) -> list[GrowthRow]:
    """Today, ten times, and where the design first gives way if that lies beyond."""
    beyond = next((r for r in rows if not r.holds), None)
    return [r for r in rows if r.factor in (1.0, TEN) or r is beyond]


def _first(view: View, row: GrowthRow) -> str:
    return f"{view.name(row.first)}: {row.resource}" if row.resource else view.name(row.first)


def _told(view: View, row: GrowthRow) -> str:
    busy, name = show.percent(row.utilisation), capital(view.name(row.first))
    today = float(row.factor) == 1.0
    when = f"**Today** ({show.requests(row.peak)} at the peak)"
    if not today:
        when = f"**At {show.factor(row.factor)} the load** ({show.requests(row.peak)})"
    used = f"{busy} of the {text(row.resource)} of {name}" if row.resource else f"{busy} of {name}"
    if row.holds:
        said = f"{when} the design holds; full first as the load grows: {used} in use."
        return said if not today or row.step.startswith("none") or not row.step else f"{said} {sentence(row.step)}"
    fixed = f" What is due by then: {sentence(row.step)}" if row.step else ""
    return f"{when} the design as it stands does not hold: it would need {used}, which is full first.{fixed}"


def _row(view: View, row: GrowthRow) -> tuple[str, ...]:
    over = ""
    if row.within_budget is False:
        over = f" ({show.money(row.infrastructure)} of it infrastructure, **over budget**)"
    return (
        show.factor(row.factor),
        show.rate(row.peak),
        capital(text(_first(view, row))),
        show.percent(row.utilisation),
        "yes" if row.holds else "**no**",
        clause(row.step),
        clause(row.reached_after),
        show.money(row.month) + over,
    )


def _to_ten(view: View, near: list[GrowthStep]) -> str:
    """Whether ten times the load is reached without another structure, and the work beside that of a rewrite."""
    figures = {f.id: f.value for f in view.design.report.figures}
    peak = next((show.requests(r.peak) for r in view.design.report.growth if r.factor == TEN), "more load")
    title = text(view.title)
    if not near:
        return f"{capital(title)} carries {peak}, ten times its peak, as it stands: no step is due before."
    work, whole = (figures.get(f"growth.{name}_days", 0.0) for name in ("path", "rebuild"))
    due = f"{counted(len(near), 'step')} {'leads' if len(near) == 1 else 'lead'} {title} to {peak}, ten times its peak"
    beside = f"{show.effort(work)} of work, where building it once more would take {show.effort(whole)}"
    first = next((s for s in near if s.rewrite), None)
    if first is not None:
        return (
            f"{due}: {beside}. **Its structure must change on the way**, from {show.factor(first.at)} on "
            f"({clause(first.reached_after)}): {sentence(first.step)}"
        )
    return f"{due}: {beside}. None of them is a rewrite: {_ways(near)}."


def _ways(near: list[GrowthStep]) -> str:
    """What kinds of steps these are."""
    asked = sum(s.step.startswith("ask the provider") for s in near)
    more = len(near) - asked
    parts = [f"{counted(more, 'time')} machines, disks or connections grow"] if more else []
    parts += [f"{counted(asked, 'quota')} {'is' if asked == 1 else 'are'} raised"] if asked else []
    return " and ".join(parts)


def _step(view: View, step: GrowthStep) -> tuple[str, ...]:
    full = f"{view.name(step.element)}: {step.resource}" if step.resource else view.name(step.element)
    return (
        show.factor(step.at),
        clause(step.reached_after),
        f"{capital(text(full))} ({clause(step.formula)})" if step.formula else capital(text(full)),
        clause(step.step) + (" (**another structure**)" if step.rewrite else ""),
        show.factor(step.until),
        show.effort(step.days),
        show.money(step.extra),
        show.money(step.month),
    )


def _prepared(view: View, step: GrowthStep) -> str:
    """What the design does today for a step."""
    return f"- Ready today for {capital(view.name(step.element))}: {sentence(step.prepared)}"


def ceilings(view: View) -> str:
    """What fills up beside the time of servers; what is far away is only named."""
    rows = view.design.report.ceilings
    near = [c for c in rows if c.full_at < FAR]
    far = [c for c in rows if c.full_at >= FAR]
    named = ", ".join(dict.fromkeys(f"{text(c.resource)} of {text(view.name(c.element))}" for c in far))
    last = f"Not full below {show.factor(FAR)} the load: {named}." if far else ""
    return join(
        [
            table(
                ("Limit", "In use at the peak", "There is", "Full at", "Arithmetic", "Source of the limit"),
                [_ceiling(view, c) for c in near],
                right=(1, 2, 3),
            ),
            last,
        ]
    )


def _ceiling(view: View, c: CeilingLoad) -> tuple[str, ...]:
    raised = " (a quota: raised on request)" if c.raisable else ""
    return (
        f"{capital(text(view.name(c.element)))}: {text(c.resource)}{raised}",
        show.figure(c.used, c.unit),
        show.figure(c.limit, c.unit),
        show.factor(c.full_at) if c.full_at >= 1 else "today",
        code(c.formula, in_table=True),
        clause(c.source) or "what was chosen",
    )
