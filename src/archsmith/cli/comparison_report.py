"""Two designs side by side, for a terminal: what was asked, what is decided otherwise and why, figures, parts, bill."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from archsmith.cli import comparison_tables as tables
from archsmith.cli.console import titled
from archsmith.kernel.phrases import counted, listed
from archsmith.model.changes import Change, ChangeKind, Origin
from archsmith.model.comparison import Comparison, WhatIf
from archsmith.render import show
from archsmith.render.markdown import clean, clip

Blocks = Iterator[RenderableType]


def what_if(found: WhatIf) -> Blocks:
    """The changes, each beside what it replaces, then the difference that they make."""
    c = found.comparison
    yield Text(clean(c.before.title), style="bold")
    yield Text(f"What if {listed((_asked(x) for x in found.changes), 9)}?", style="bold")
    yield from titled("Changed", *(block for change in found.changes for block in _change(change)))
    for words in found.unheeded:
        yield Text(f"Not heeded: {clean(words)}.", style="red")
    yield from _body(c, "as it is", "changed")


def difference(c: Comparison, before: str, after: str) -> Blocks:
    """From the first design to the second."""
    yield Text.assemble(("A  ", "dim"), clean(before), ("  ", ""), (clean(c.before.title), "bold"))
    yield Text.assemble(("B  ", "dim"), clean(after), ("  ", ""), (clean(c.after.title), "bold"))
    yield from _body(c, "A", "B")


def _asked(change: Change) -> str:
    if change.kind is ChangeKind.SET:
        return f"{change.name} = {clean(change.asked)}"
    return f"{change.name} {'is required' if change.kind is ChangeKind.REQUIRE else 'is forbidden'}"


def _change(change: Change) -> Blocks:
    before = clean(change.before) or ("nothing stated" if change.origin is Origin.SILENT else "")
    if before == clean(change.after):
        yield Text.assemble((f"{change.name}: ", "bold"), f"{before} already", (f"  {_said(change)}", "dim"))
        return
    yield Text.assemble(
        (f"{change.name}: ", "bold"), f"{before} → ", (clean(change.after), "bold"), (f"  {_said(change)}", "dim")
    )
    for new in change.also:
        if new.unit == "users" and (new.quote, new.before) == (change.quote, change.value_before):
            continue  # the head line has it
        words = f"  “{clip(new.quote, 70)}”, line {new.line}" if new.quote else ""
        unit = clean(f"{new.what} {new.unit}" if new.unit.startswith("per ") else new.unit or new.what)
        text = Text.assemble(f"{show.number(new.before)} → {show.number(new.after)} {unit}", (words, "dim"))
        yield Padding(text, (0, 0, 0, 2))


def _said(change: Change) -> str:
    """Where the replaced value came from."""
    if change.quote:
        return f"“{clip(change.quote, 70)}”, line {change.line}"
    words = {
        Origin.SILENT: "the brief is silent",
        Origin.ASSUMED: f"was assumed: {change.reason}",
        Origin.DERIVED: "followed from figures of the brief",
        Origin.GIVEN: f"was given: {change.reason}",
        Origin.STATED: "",
    }
    return clip(words[change.origin], 110)


def _body(c: Comparison, before: str, after: str) -> Blocks:
    if c.same:
        yield ""
        yield Text("The designs are the same: every decision, figure and part stands.")
        return
    yield from titled("In short", *_short(c))
    if c.decisions:
        yield from titled("Decided otherwise", *tables.decisions(c.decisions))
    for title, groups in tables.GROUPS:
        rows = [f for f in c.figures if f.group in groups and tables.visible(f)]
        if rows:
            yield from titled(title, *tables.figures(rows, before, after))
    thin = tables.thin_margins(c.figures)
    if thin:
        yield from titled("Decisions that now hang on little", *tables.figures(thin, before, after))
    for title, sorts in tables.SORTS:
        those = [p for p in c.parts if p.sort in sorts]
        if those:
            yield from titled(title, tables.parts(those))
    if c.costs:
        yield from titled("Bill, line by line", *tables.costs(c, before, after))
    if c.findings:
        yield from titled("Findings", *tables.findings(c.findings))


def _short(c: Comparison) -> Blocks:
    number = len(c.decisions)
    if number:
        yield Text(
            f"{counted(number, 'decision')} taken otherwise: {listed((d.title.lower() for d in c.decisions), 12)}."
        )
    else:
        yield Text("Every decision stands.")
    yield from tables.headlines(c.figures)
    missed = [f for f in c.figures if f.met_after is False and f.met_before is not False]
    kept = [f for f in c.figures if f.met_before is False and f.met_after]
    yield from (Text(f"Missed now: {line}.", style="red") for line in tables.targets(missed))
    yield from (Text(f"Kept now: {line}.", style="green") for line in tables.targets(kept))
    if c.clash_after and c.clash_after != c.clash_before:
        yield Text(f"Can't be met together: {clean(c.clash_after)}.", style="red")
        for way in c.ways_out:
            yield Text(f"  way out: {clean(way)}")
    elif c.clash_before and not c.clash_after:
        yield Text(f"No clash any more: {clean(c.clash_before)}.", style="green")
    if c.before.status != c.after.status:
        yield Text(f"The design was {c.before.status} and is {c.after.status} now.")
