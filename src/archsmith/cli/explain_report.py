"""A decision argued on a terminal, by the questions that a sceptical colleague asks."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from archsmith.cli.console import grid, titled
from archsmith.kernel.phrases import counted
from archsmith.model.argument import Argument, Bound, Explained, Hangs, Held, Lost, Related, Step
from archsmith.model.changes import Origin
from archsmith.model.decisions import LossKind
from archsmith.render import doubt, flips, show
from archsmith.render.markdown import clean, clip

Blocks = Iterator[RenderableType]
_LOSERS = 7
_STEPS = 24
_LEVELS = 4
"""Levels of a chain that are shown: each of its figures can be asked for in turn."""


def explained(found: Explained) -> Blocks:
    """The list of decisions or of figures, the arguments, or the chain of a figure."""
    yield Text(clean(found.title), style="bold")
    if found.decisions:
        yield from _list(found)
    for argument in found.arguments:
        yield from _argument(argument)
    if found.chain:
        yield from titled(f"Where {found.chain[0].id} comes from", *_chain(found.chain))
    if found.figures:
        yield from _names(found)
    if found.front:
        yield from _front(found)


def _list(found: Explained) -> Blocks:
    table = grid(0, 4, 6, 4, 3, head=("", "question", "choice", "runner-up", "costs more a month"))
    for line in found.decisions:
        margin = "nothing else possible" if line.margin is None else show.money(line.margin)
        cells = (line.id, line.title, line.choice, line.runner_up or "–", margin)
        table.add_row(*(Text(clip(cell, 90)) for cell in cells))
    yield table
    yield Text("archsmith explain D-001 … argues one of them, explain figures … lists all numbers", style="dim")


def _front(found: Explained) -> Blocks:
    """The designs that trade one goal for another, the chosen one marked."""
    table = grid(0, 4, 2, 2, 2, 2, 2, 5, head=("", "design", "bill", "all counted", "up", "work", "a request", "by"))
    for p in found.front:
        figures = (
            show.money(p.infrastructure),
            show.money(p.ownership),
            show.nines(p.availability),
            show.hours(p.ops_hours),
            show.duration(p.response),
        )
        cells = ("*" if p.chosen else "", p.name, *figures, ", ".join(p.differs))
        table.add_row(*(Text(clip(cell, 120)) for cell in cells))
    yield table
    yield Text("A month each; a request: its mean in services and store at the peak, by M/M/c.", style="dim")


def _names(found: Explained) -> Blocks:
    """All figures that can be traced, those of a part of the design together."""
    table = grid(0, 4, 2, head=("name", "what", "value"))
    for step in found.figures:
        value = "" if step.value is None else show.figure(step.value, step.unit)
        table.add_row(*(Text(clip(cell, 80)) for cell in (step.id, step.what, value)))
    yield table
    yield Text("archsmith explain NAME … traces one of them", style="dim")


def _argument(a: Argument) -> Blocks:
    yield ""
    yield Text.assemble((f"{a.id}  ", "dim"), (f"{clean(a.title)}: ", ""), (clean(a.choice), "bold"))
    yield Text(clean(a.reason))
    if a.bound_by:
        yield from titled("Who asks for that?", *(_bound(b) for b in a.bound_by))
    yield from titled("Why not something else?", *_losers(a))
    if a.held_to:
        yield from titled("Against what was it measured?", *(_held(h) for h in a.held_to))
    if a.figures:
        yield from titled("Show me the arithmetic", *_steps(a.figures))
    yield from titled("When would it be wrong?", *_flips(a))
    if a.hangs_on:
        yield from titled("What did nobody tell us that it hangs on?", *(_hangs(h) for h in a.hangs_on))
    if a.follows_from or a.carries or a.elements:
        yield from titled("What else falls with it?", *_falls(a))


def _bound(bound: Bound) -> Text:
    where = f", line {bound.line}" if bound.line is not None else ""
    how = f": {clean(bound.how)}" if bound.how else ""
    return Text.assemble(
        (f"{bound.id}  ", "dim"), f"“{clip(bound.quote or bound.statement, 200)}”", (where, "dim"), how
    )


def _losers(a: Argument) -> Blocks:
    for lost in a.losers[:_LOSERS]:
        yield from _lost(lost)
    left = a.losers[_LOSERS:]
    if left:
        names = ", ".join(clean(o) for lost in left for o in lost.options)
        yield Text(f"nor {clip(names, 300)}", style="dim")
    if not a.losers:
        yield Text("It follows from other decisions; nothing else was open.", style="dim")
    elif a.margin is not None:
        yield Text.assemble(
            "Margin: ", (f"{show.money(a.margin)} a month", "bold"), f" over {clean(a.runner_up)}, all costs counted."
        )
    else:
        yield Text("Nothing else was possible.", style="bold")


def _lost(lost: Lost) -> Blocks:
    names = clip(" / ".join(clean(o) for o in lost.options), 120)
    if lost.kind is LossKind.VIOLATES or lost.extra is None:
        yield Text.assemble((f"{names}: ", "bold"), ("not possible", "red"), f", {clean(lost.reason)}")
    else:
        yield Text.assemble((f"{names}: ", "bold"), f"+{show.money(lost.extra)} a month, {clean(lost.reason)}")
    for bound in lost.requirements[:2]:
        yield Padding(_bound(bound), (0, 0, 0, 2))


def _held(held: Held) -> Text:
    return Text.assemble(f"{held.what}: ", (held.value, "bold"), (f"  {_from(held.origin, held.source)}", "dim"))


def _from(origin: Origin, source: str) -> str:
    return f"assumed: {clip(source, 150)}" if origin is Origin.ASSUMED else clip(source, 150)


def _steps(steps: tuple[Step, ...]) -> Blocks:
    for step in steps[:_STEPS]:
        yield _step(step)
    if len(steps) > _STEPS:
        yield Text(f"and {counted(len(steps) - _STEPS, 'step')} more with --json", style="dim")


def _chain(steps: tuple[Step, ...]) -> Blocks:
    """The first levels; what lies deeper is reached by the names that are shown."""
    near = [s for s in steps if s.depth < _LEVELS]
    for step in near:
        yield _step(step, named=step.depth > 0 and step.value is not None)
    if len(near) < len(steps):
        more = counted(len(steps) - len(near), "step")
        yield Text(f"{more} deeper: archsmith explain one of the names in brackets, or --json", style="dim")


def _step(step: Step, named: bool = False) -> RenderableType:
    """What it is, its value and arithmetic, and its source; its name too where it can be asked for."""
    value = "" if step.value is None else show.figure(step.value, step.unit)
    formula = f" = {clip(show.formula(step.formula), 160)}" if step.formula and step.formula != value else ""
    parts = step.source.partition("; of ")[2]
    source = _from(step.origin, step.source) if step.origin is not Origin.DERIVED else f"of {parts}" if parts else ""
    name = (f"[{step.id}] " if named else "", "dim")
    text = Text.assemble(f"{clean(step.what)} ", name, (value, "bold"), formula, (f"  {source}", "dim"))
    return Padding(text, (0, 0, 0, 2 * min(step.depth, 8)))


def _flips(a: Argument) -> Blocks:
    changes = list(flips.rows(a.flips))
    if changes:
        table = grid(0, 1, 1, head=("changed", "down", "up"))
        for row in changes:
            table.add_row(*(Text(clip(cell, 200)) for cell in row))
        yield table
        if flips.held(a.flips):
            yield Text(clean(f"It stays whatever the {flips.held(a.flips)}."), style="dim")
    else:
        yield Text(clean(f"{a.flips_at[:1].upper()}{a.flips_at[1:] or 'No change that was tried flips it'}."))
    if a.robustness and a.losers:
        yield Text(clean(f"Over other values of what was assumed it {doubt.holds(a.robustness)}."))
    yield Text("Any other point: archsmith what-if BRIEF --set traffic=10x", style="dim")


def _hangs(h: Hangs) -> Text:
    share = f"  {show.percent(h.share)} of {h.of} " if h.share is not None else f"  in {h.of} " if h.of else "  "
    return Text.assemble(f"{clean(h.what)}: ", (h.value, "bold"), (f"{share}{clip(h.reason, 170)}", "dim"))


def _falls(a: Argument) -> Blocks:
    if a.follows_from:
        yield _related("It rests on", a.follows_from)
    if a.carries:
        yield _related("On it rest", a.carries)
    if a.elements:
        yield Text.assemble(("In the design because of it: ", "dim"), clip(", ".join(map(clean, a.elements)), 300))


def _related(label: str, those: tuple[Related, ...]) -> Text:
    near = "; ".join(f"{r.id} {clean(r.title)} ({clip(r.choice, 60)})" for r in those if r.depth == 1)
    far = [r.id for r in those if r.depth > 1]
    more = f"; further on {', '.join(far)}" if far else ""
    return Text.assemble((f"{label} ", "dim"), near + more)
