"""The parts of the report on a brief: a table or a list each. Everything passes `clean` before it is placed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from archsmith.cli.console import grid
from archsmith.kernel.provenance import Assumed, Span, Stated
from archsmith.model.domain import Workload
from archsmith.model.requirements import Conflict, Question
from archsmith.render import show
from archsmith.render.assumptions import Assumption
from archsmith.render.markdown import clean
from archsmith.render.reading import Reading
from archsmith.render.reading.arithmetic import Step
from archsmith.render.reading.arithmetic import headline as figures_of_the_whole
from archsmith.render.reading.items import Item
from archsmith.render.reading.sections import Row, Section
from archsmith.render.reading.words import origin

NARROW: Final = 72
"""Below so many columns a reading stands under its quote, not beside it."""
_STYLES: Final = {"requirement": "cyan", "figure": "green", "operation": "blue", "regime": "magenta"}
_LINE: Final = 5


def quotes(section: Section, wide: bool) -> RenderableType | None:
    """Line, quote and what was read in it; below, what rests on no words of the brief. Nothing if all is assumed."""
    table = _grid(1, 11 if wide else 1, *((9,) if wide else ()), line=True)
    for row in section.rows:
        those = [item for item in row.items if item.sort != "limit"]
        if not those:
            continue
        read = _lines(_reading(item, row) for item in those)
        quote = Text(f"“{clean(row.at.quote)}”")
        _add(table, _where(row.at), quote, read, wide)
    for item in section.unquoted:
        if not isinstance(item.why, Assumed) and item.sort != "limit":
            _add(table, Text("–", style="dim"), _said(item), Text(origin(item.why), style="dim"), wide)
    return table if table.row_count else None


def _reading(item: Item, row: Row) -> Text:
    """A requirement by its id and priority, its statement only where that is not the quote; others by their words."""
    if item.sort != "requirement":
        return _said(item)
    text = Text(" · ".join(clean(n) for n in item.notes), style=_STYLES["requirement"])
    statement = clean(item.text)
    return text if statement in clean(row.at.quote) else Text.assemble(text, "  ", statement)


def _said(item: Item) -> Text:
    notes = ", ".join(clean(n) for n in item.notes)
    style = _STYLES.get(item.sort, "")
    label = f"{item.sort}: " if item.sort in _LABELLED else ""
    said = Text.assemble((label, "dim"), (clean(item.text), style), (f" ({notes})" if notes else "", "dim"))
    reasons = [Text(clean(p), style="dim") for p in item.parts] if item.sort == "regime" else []
    return _lines([said, *reasons])


_LABELLED: Final = frozenset({"technology", "priority", "fixed decision"})


def limits(items: Sequence[Item]) -> RenderableType | None:
    """What the design as a whole is held to, by the brief or by a person; several values of one limit together."""
    found: dict[str, list[tuple[str, str]]] = {}
    for item in items:
        if item.sort == "limit":
            what, _, value = clean(item.text).partition(": ")
            found.setdefault(what, []).append((_place(item), value))
    table = _grid(4, 9, line=True)
    for what, those in found.items():
        places = dict.fromkeys(place for place, _ in those)
        values = ", ".join(value for _, value in those)
        table.add_row(Text(next(iter(places)), style="dim"), Text(what), Text(values, style="bold"))
    return table if found else None


def _place(item: Item) -> str:
    return str(item.why.at.line) if isinstance(item.why, Stated) else "–"


def actors(items: Sequence[Item]) -> RenderableType:
    """Who uses the system, in one paragraph."""
    said = [(clean(i.text), ", ".join((*i.notes, origin(i.why)))) for i in items if i.sort == "actor"]
    names = Text(", ").join(Text.assemble(name, (f" ({note})", "dim")) for name, note in said)
    return Padding(Text.assemble(("Actors  ", "dim"), names), (0, 0, 1, 0)) if said else Text("")


def left(items: Sequence[Item]) -> RenderableType | None:
    """What the brief names and the domain does not hold, in one paragraph."""
    said = [f"{clean(i.text)} (line {_place(i)})" for i in items if i.sort == "mention"]
    return Padding(Text(f"Named, not made an entity: {', '.join(said)}", style="dim"), (1, 0, 0, 0)) if said else None


def entities(items: Sequence[Item], wide: bool) -> RenderableType:
    """Each entity with its states, relations and attributes; those that are assumed stand among the assumptions."""
    table = _grid(1, 3 if wide else 1, *((10,) if wide else ()), line=True)
    for item in items:
        if item.sort != "entity" or isinstance(item.why, Assumed):
            continue
        notes = [Text(", ".join(clean(n) for n in item.notes), style="green")] if item.notes else []
        known = [Text(clean(p), style="dim" if p.startswith("assumed") else "") for p in item.parts]
        place = _where(item.why.at) if isinstance(item.why, Stated) else Text("–", style="dim")
        _add(table, place, Text(clean(item.text), style="bold"), _lines([*notes, *known]), wide)
    return table


def operations(read: Reading, items: Sequence[Item], wide: bool) -> RenderableType:
    """Actor, verb, object and kind, with the average and the peak rate."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    table.add_column("Line", justify="right", width=_LINE, style="dim")
    table.add_column("Actor → operation", ratio=3)
    if wide:
        table.add_column("", ratio=2, style="dim")
    for name in ("Average", "Peak"):
        table.add_column(name, justify="right", no_wrap=True)
    shown = [i for i in items if i.sort == "operation"]
    for item, operation in zip(shown, read.derivation.domain.operations, strict=True):
        notes = [", ".join(clean(n) for n in item.notes)] if wide else []
        rates = (show.rate(operation.average.value), show.rate(operation.peak.value))
        table.add_row(*(Text(t) for t in (_place(item), clean(item.text), *notes, *rates)))
    return table


def headline(load: Workload) -> RenderableType:
    """The figures of the whole system."""
    table = _grid(0, 0, 1)
    for what, value, where in figures_of_the_whole(load):
        table.add_row(Text(what), Text(value, style="bold", justify="right"), Text(where, style="dim"))
    return table


def steps(those: Sequence[Step], wide: bool) -> RenderableType:
    """Steps of the arithmetic: what, value, how."""
    table = _grid(5, 0, 6) if wide else _grid(1)
    for step in those:
        how = Text(step.shortened()) if step.formula else Text(step.origin, style="dim")
        if wide:
            table.add_row(Text(step.what), Text(step.value, style="bold", justify="right"), how)
        else:
            table.add_row(Text.assemble(step.what, " = ", (step.value, "bold")))
            table.add_row(Padding(how, (0, 0, 0, 2)))
    return table


def assumptions(those: Sequence[Assumption], wide: bool) -> RenderableType:
    """What, the value that is used, and why."""
    table = _grid(5, 0, 8) if wide else _grid(1)
    for a in those:
        what, value, why = Text(clean(a.what)), Text(clean(a.value), style="bold"), Text(clean(a.reason), style="dim")
        if wide:
            table.add_row(what, value, why)
        else:
            table.add_row(Text.assemble(what, "  ", value))
            table.add_row(Padding(why, (0, 0, 0, 2)))
    return table


def added(those: Sequence[Item]) -> RenderableType:
    """Operations, entities and regimes that nobody named, with the reason."""
    table = _grid(5, 8)
    for item in those:
        table.add_row(_said(item), Text(origin(item.why).removeprefix("assumed: "), style="dim"))
    return table


def lines(those: Sequence[tuple[int, str]], most: int = 40) -> RenderableType:
    """Lines of the brief as they stand."""
    table = _grid(1, 20, line=True)
    for number, text in those[:most]:
        table.add_row(Text(str(number), style="dim"), Text(clean(text), style="dim"))
    if len(those) > most:
        table.add_row(Text(""), Text(f"and {len(those) - most:,} more", style="dim"))
    return table


def conflicts(those: Iterable[Conflict]) -> Iterator[RenderableType]:
    """What contradicts what, in both places' words, and what the design uses."""
    for conflict in those:
        yield Text(clean(conflict.what), style="bold red")
        table = _grid(1, 20, line=True)
        for at in conflict.spans:
            table.add_row(_where(at), Text(f"“{clean(at.quote)}”"))
        table.add_row(Text("→", style="dim"), Text(clean(conflict.resolution), style="dim"))
        yield table


def questions(those: Iterable[Question]) -> Iterator[RenderableType]:
    """Numbered, each with what is used meanwhile and what the answer is worth."""
    table = _grid(1, 20, line=True)
    for number, q in enumerate(those, 1):
        told = [Text(clean(q.question), style="bold")]
        told += [Text(f"until then: {clean(q.used)}", style="dim"), Text(f"worth: {clean(q.worth)}", style="dim")]
        table.add_row(Text(f"{number}.", style="dim"), _lines(told))
    yield table


def _grid(*ratios: int, line: bool = False) -> Table:
    """`grid`; with `line` its first column holds line numbers."""
    table = grid(*ratios)
    if line:
        first = table.columns[0]
        first.width, first.ratio, first.justify = _LINE, None, "right"
    return table


def _add(table: Table, place: Text, quote: Text, read: Text, wide: bool) -> None:
    """A row; on a narrow terminal the reading stands under the quote."""
    if wide:
        table.add_row(place, quote, read)
    else:
        table.add_row(place, quote)
        table.add_row(Text(""), Padding(read, (0, 0, 0, 2)))


def _lines(those: Iterable[Text]) -> Text:
    return Text("\n").join(those)


def _where(at: Span) -> Text:
    last = at.end_line if at.end_column > 1 else at.end_line - 1
    return Text(str(at.line) if last <= at.line else f"{at.line}–{last}", style="dim")
