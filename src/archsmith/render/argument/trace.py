"""Figures traced down their inputs: to quotes, assumptions and facts of the catalogue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from archsmith.kernel.provenance import Assumed, Derived, Fact, Given, Provenance, Stated
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.instances import Instance
from archsmith.knowledge.prices import Price, Promise
from archsmith.knowledge.technologies import Technology
from archsmith.knowledge.thirdparty import DelayFact, ThirdParty
from archsmith.model.argument import Step
from archsmith.model.base import Figure
from archsmith.model.changes import Origin
from archsmith.model.design import Design
from archsmith.render import show
from archsmith.render.argument.facts import facts
from archsmith.render.argument.reported import reported
from archsmith.render.argument.rows import rows
from archsmith.render.markdown import clip

_DEEPEST: Final = 16
NEAR: Final = 3
"""Levels of a chain that are told in the argument of a decision."""


@dataclass(frozen=True, slots=True)
class Known:
    """All figures of a design by their names, the rows of the catalogue, and what else a figure may rest on, in words:
    decisions, controls and threats."""

    figures: dict[str, Figure]
    rows: Mapping[str, Any]
    words: Mapping[str, tuple[str, Origin, str]]


def known(design: Design, catalogue: Catalogue) -> Known:
    """Every number of the design by its name; where a name is twice, the first is meant."""
    found: dict[str, Figure] = {}
    table = rows(catalogue)
    own = [f for d in design.decisions.decisions for f in d.figures]
    sized = [f for s in design.decisions.sizings for f in s.figures]
    steps = design.derivation.workload.steps
    for figure in (*steps, *own, *sized, *design.report.figures, *facts(design), *reported(design, table)):
        found.setdefault(figure.id, figure)
    return Known(found, table, dict(_words(design)))


def _words(design: Design) -> Iterator[tuple[str, tuple[str, Origin, str]]]:
    """What is no number, by the name that figures use: what it is, and where it comes from."""
    for d in design.decisions.decisions:
        said = f"{d.title}: {d.choice}", Origin.DERIVED, f"decision {d.id}: archsmith explain {d.id} argues it"
        yield str(d.id), said
        yield str(d.dimension), said
    for o in design.derivation.domain.operations:
        yield str(o.id), (f"operation: {o.name}", *origin_of(o.why))
    for e in design.derivation.domain.entities:
        attributes = ", ".join(f"{a.name} {a.type}" for a in e.attributes)
        for name in (e.id, e.id.replace("-", "_")):
            yield f"entity.{name}", (f"{e.name}: {attributes}", *origin_of(e.why))
    for c in design.report.controls:
        yield (
            f"control.{c.id}",
            (f"{c.regime} {c.clause}: {c.answer}", Origin.GIVEN, f"{c.regime} {c.clause}, {c.asks}"),
        )
    for t in design.report.threats:
        yield f"threat.{t.id}", (f"{t.threat}: {t.severity}", Origin.GIVEN, t.source)


def chain(figure: Figure, known: Known, told: set[str] | None = None, deepest: int = _DEEPEST) -> tuple[Step, ...]:
    """The figure and everything that it comes from, depth first; what was told before is told without its inputs."""
    return tuple(_steps(figure, 0, known, set() if told is None else told, deepest))


def _steps(figure: Figure, depth: int, known: Known, told: set[str], deepest: int) -> Iterator[Step]:
    inputs = figure.why.inputs if isinstance(figure.why, Derived) else ()
    open_ = [n for n in inputs if n != figure.id and n in known.figures]
    loose = [n for n in inputs if n not in open_ and not resolves(n, known, figure)]
    yield step(figure, depth, tuple(name.replace("_", " ") for name in loose))
    if figure.id in told or depth >= deepest:
        return
    told.add(figure.id)
    for name in inputs:
        if name in open_:
            yield from _steps(known.figures[name], depth + 1, known, told, deepest)
        elif name not in loose:
            yield from leaf(name, depth + 1, known)


def step(figure: Figure, depth: int = 0, loose: tuple[str, ...] = ()) -> Step:
    """A figure as a step of a chain. `loose`: names in its formula that are parts and no figures."""
    origin, source = origin_of(figure.why)
    return Step(
        depth=depth,
        id=figure.id,
        what=figure.what,
        value=figure.value,
        unit=figure.unit,
        formula=figure.formula if isinstance(figure.why, Derived) else "",
        origin=origin,
        source=f"{source}; of {', '.join(loose)}" if loose else source,
    )


def resolves(name: str, known: Known, figure: Figure | None = None) -> bool:
    """Whether an input leads to another figure, a row of the catalogue, or a decision."""
    own = figure is not None and name == figure.id
    return (name in known.figures and not own) or name in known.rows or name in known.words


def leaf(name: str, depth: int, known: Known) -> Iterator[Step]:
    """An input that is no figure: a row of the catalogue with what it is made of, or a decision."""
    row = known.rows.get(name)
    if row is None:
        what, origin, source = known.words[name]
        yield Step(depth=depth, id=name, what=what, value=None, unit="", formula="", origin=origin, source=source)
        return
    value = getattr(row, "value", None)
    yield Step(
        depth=depth,
        id=name,
        what=_called(name, row),
        value=float(value) if isinstance(value, int | float) else None,
        unit=_unit(row),
        formula="",
        origin=Origin.ASSUMED if getattr(row, "source", "") == "estimate" else Origin.GIVEN,
        source=catalogue_source(row),
    )
    if isinstance(row, Instance):
        for key in row.prices:
            yield from leaf(key, depth + 1, known)


def _unit(row: Any) -> str:
    if isinstance(row, Price):
        return f"{row.currency} per {row.unit}"
    return "probability" if isinstance(row, Promise) else str(getattr(row, "unit", ""))


def _called(name: str, row: Any) -> str:
    return getattr(row, "name", "") or name.replace("_", " ").replace(".", " ").replace("/", ": ")


def catalogue_source(row: Any) -> str:
    """Source with date, reason and range of a row of the catalogue."""
    if isinstance(row, Technology):
        return _worked(row)
    if isinstance(row, Instance):
        return f"{row.vcpu:g} vCPU, {row.memory:g} GB, of {row.provider}"
    if isinstance(row, DelayFact | ThirdParty):
        middle, most = show.duration(row.p50), show.duration(row.p99)
        return f"{middle} in the middle, {most} for one in a hundred; {row.source}{_because(row)}"
    source = getattr(row, "source", "estimate")
    dated = f"{source}, {row.as_of}" if getattr(row, "as_of", "") else source
    low, high = getattr(row, "low", None), getattr(row, "high", None)
    between = f", {show.number(low)} to {show.number(high)}" if low is not None and high is not None else ""
    return f"{dated}{between}{_because(row)}"


def _because(row: Any) -> str:
    reason = getattr(row, "reason", "")
    return f": {reason}" if reason else ""


def _worked(row: Technology) -> str:
    """Hours and days of a technology, with their ranges and the reason."""
    parts = (("run by us", row.run, "h a month"), ("managed", row.managed, "h a month"), ("set up", row.build, "days"))
    said = [f"{n} {e.value:g} ({e.low:g} to {e.high:g}) {unit}" for n, e, unit in parts if e is not None]
    return f"estimate, {', '.join(said)}{f': {row.effort}' if row.effort else ''}"


def origin_of(why: Provenance) -> tuple[Origin, str]:
    """Where a figure comes from, in words: the quote with its line, the reason, or the rule."""
    if isinstance(why, Stated):
        return Origin.STATED, f"“{clip(why.at.quote, 120)}”, line {why.at.line}"
    if isinstance(why, Given):
        return Origin.GIVEN, f"{why.file}, {why.key}"
    if isinstance(why, Assumed):
        return Origin.ASSUMED, f"{why.reason} ({why.source})"
    return Origin.DERIVED, why.rule


def assumed_in(fact: Fact[Any], design: Design) -> dict[str, tuple[Figure, float]]:
    """The assumed steps behind a figure of the load, each with the share of the figure that hangs on it.

    A factor of a product carries all of it, a term of a sum its own part.
    """
    steps = design.derivation.workload.steps
    weights: dict[str, float] = dict.fromkeys(fact.why.inputs, 1.0) if isinstance(fact.why, Derived) else {}
    values = {s.id: s.value for s in steps}
    found: dict[str, tuple[Figure, float]] = {}
    for step in reversed(steps):  # formulas name only earlier steps
        weight = weights.get(step.id, 0.0)
        if weight <= 0:
            continue
        if isinstance(step.why, Assumed):
            found[step.id] = (step, min(1.0, weight))
        if not isinstance(step.why, Derived):
            continue
        is_sum = " + " in step.formula and " * " not in step.formula
        for name in step.why.inputs:
            part = values.get(name, 0.0) / step.value if is_sum and step.value else 1.0
            weights[name] = weights.get(name, 0.0) + weight * part
    return found
