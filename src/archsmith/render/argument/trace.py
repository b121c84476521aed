"""Figures traced down their inputs: to quotes, assumptions and facts of the catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from archsmith.kernel.provenance import Assumed, Derived, Fact, Given, Provenance, Stated
from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.knowledge.defaults import DEFAULTS
from archsmith.knowledge.prices import PRICES, PROMISES
from archsmith.knowledge.thirdparty import ASSUMPTIONS
from archsmith.knowledge.tradeoffs import TRADEOFFS
from archsmith.model.argument import Step
from archsmith.model.base import Figure
from archsmith.model.changes import Origin
from archsmith.model.design import Design
from archsmith.render import show
from archsmith.render.argument.topics import TARGETS
from archsmith.render.markdown import clip

MOST: Final = 60
"""Steps of one chain."""
_DEEPEST: Final = 12
_TABLES: Final[tuple[Table[Any], ...]] = (CAPACITY, TRADEOFFS, ASSUMPTIONS, DEFAULTS, PRICES, PROMISES)


@dataclass(frozen=True, slots=True)
class Known:
    """All figures of a design by their ids, and the knowledge that they refer to."""

    figures: dict[str, Figure]
    targets: dict[str, Fact[Any]]
    catalogue: Catalogue


def known(design: Design, catalogue: Catalogue) -> Known:
    """The figures of the workload, the decisions and the report; where an id is twice, the first is meant."""
    found: dict[str, Figure] = {}
    own = [f for d in design.decisions.decisions for f in d.figures]
    sized = [f for s in design.decisions.sizings for f in s.figures]
    for figure in (*design.derivation.workload.steps, *own, *sized, *design.report.figures):
        found.setdefault(figure.id, figure)
    targets = {name: fact for name in TARGETS if (fact := getattr(design.derivation.targets, name)) is not None}
    return Known(found, targets, catalogue)


def chain(figure: Figure, known: Known, told: set[str] | None = None) -> tuple[Step, ...]:
    """The figure and everything that it comes from, depth first; what was told before is told without its inputs."""
    told = set() if told is None else told
    return tuple(step for step, _ in zip(_steps(figure, 0, known, told), range(MOST), strict=False))


def _steps(figure: Figure, depth: int, known: Known, told: set[str]) -> Iterator[Step]:
    origin, source = origin_of(figure.why)
    inputs = figure.why.inputs if isinstance(figure.why, Derived) else ()
    leaves = {name: _leaf(name, depth + 1, known) for name in inputs if known.figures.get(name) in (None, figure)}
    parts = [name.replace("_", " ") for name, leaf in leaves.items() if leaf is None]
    yield Step(
        depth=depth,
        id=figure.id,
        what=figure.what,
        value=figure.value,
        unit=figure.unit,
        formula=figure.formula if isinstance(figure.why, Derived) else "",
        origin=origin,
        source=f"{source}; of {', '.join(parts)}" if parts else source,
    )
    if figure.id in told or depth >= _DEEPEST:
        return
    told.add(figure.id)
    for name in inputs:
        leaf = leaves.get(name)
        if leaf is not None:
            yield leaf
        elif name not in leaves:
            yield from _steps(known.figures[name], depth + 1, known, told)


def _leaf(name: str, depth: int, known: Known) -> Step | None:
    """An input that is no figure: a target or a row of the catalogue; None for the name of a part."""
    fact = known.targets.get(name)
    if fact is not None:
        origin, source = origin_of(fact.why)
        what, value = TARGETS[name][0], float(fact.value)
        return Step(depth=depth, id=name, what=what, value=value, unit="", formula="", origin=origin, source=source)
    row = next((r for t in _TABLES if (r := known.catalogue.table(t).get(name)) is not None), None)
    if row is None:
        return None
    return Step(
        depth=depth,
        id=name,
        what=name.replace("_", " ").replace(".", " "),
        value=row.value,
        unit=getattr(row, "unit", ""),
        formula="",
        origin=Origin.ASSUMED if row.source == "estimate" else Origin.GIVEN,
        source=catalogue_source(row),
    )


def catalogue_source(row: Any) -> str:
    """Source with date, reason and range of a row of the catalogue."""
    dated = f"{row.source}, {row.as_of}" if getattr(row, "as_of", "") else row.source
    reason = getattr(row, "reason", "")
    low, high = getattr(row, "low", None), getattr(row, "high", None)
    between = f", {show.number(low)} to {show.number(high)}" if low is not None and high is not None else ""
    return f"{dated}{between}{f': {reason}' if reason else ''}"


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
