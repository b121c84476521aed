"""What `compare` returns: what differs between two designs, matched by what things are and not by where they stand."""

import enum
from typing import Final

from archsmith.kernel.findings import Severity
from archsmith.kernel.units import UsdPerMonth
from archsmith.model.base import Value
from archsmith.model.changes import Change
from archsmith.model.design import Status

COMPARISON_SCHEMA: Final = "archsmith/comparison/1"
WHAT_IF_SCHEMA: Final = "archsmith/what-if/1"


class Difference(enum.StrEnum):
    """What became of a thing on the way from the first design to the second."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Side(Value, frozen=True, kw_only=True):
    """One of the two designs."""

    title: str
    source: str
    generator: str
    status: Status


class DecisionChange(Value, frozen=True, kw_only=True):
    """A decision that is taken otherwise, or only in one of the designs.

    `before` and `after` are the choices. `why`: what speaks against the old choice in the second design, with its
    figures, or the reason of the new one. `margin_before` and `margin_after`: what the runner-up would cost more.
    """

    title: str
    dimension: str
    difference: Difference
    id_before: str = ""
    id_after: str = ""
    before: str = ""
    after: str = ""
    why: str = ""
    margin_before: UsdPerMonth | None = None
    margin_after: UsdPerMonth | None = None


class Detail(Value, frozen=True, kw_only=True):
    """A property that differs, as plain text; empty where it is only in the other design."""

    what: str
    before: str
    after: str


class PartChange(Value, frozen=True, kw_only=True):
    """An entity, operation, endpoint, table or component that is only in one of the designs, or is another one."""

    sort: str
    id: str
    name: str
    difference: Difference
    details: tuple[Detail, ...] = ()


class FigureChange(Value, frozen=True, kw_only=True):
    """A figure that differs. `group`: load, operation, target, latency, availability, recovery, capacity, cost, plan or
    margin (of a decision over its runner-up).

    None where only the other design has it. `change` is after - before, `ratio` after / before. `met_before` and
    `met_after`: whether it keeps its target, which is `allowed_before` and `allowed_after`; None where it has none.
    """

    group: str
    id: str
    what: str
    unit: str
    before: float | None
    after: float | None
    change: float | None
    ratio: float | None
    met_before: bool | None = None
    met_after: bool | None = None
    allowed_before: float | None = None
    allowed_after: float | None = None


class CostChange(Value, frozen=True, kw_only=True):
    """A line of the monthly bill; a month of zero where the line is only in the other design."""

    id: str
    kind: str
    element: str
    what: str
    before: UsdPerMonth
    after: UsdPerMonth
    change: UsdPerMonth


class FindingChange(Value, frozen=True, kw_only=True):
    """A finding that only one of the designs has."""

    difference: Difference
    id: str
    severity: Severity
    place: str
    fact: str
    fix: str


class Comparison(Value, frozen=True, kw_only=True):
    """All that differs; `same` where nothing does.

    A clash: requirements that can't be met together; `ways_out`: the cheapest relaxations of the second design's.
    """

    schema: str = COMPARISON_SCHEMA
    before: Side
    after: Side
    same: bool
    clash_before: str = ""
    clash_after: str = ""
    ways_out: tuple[str, ...] = ()
    decisions: tuple[DecisionChange, ...]
    parts: tuple[PartChange, ...]
    figures: tuple[FigureChange, ...]
    costs: tuple[CostChange, ...]
    findings: tuple[FindingChange, ...]


class WhatIf(Value, frozen=True, kw_only=True):
    """What somebody asked to change, and what the design of the changed brief has other than that of the brief.

    `unheeded`: technologies that are demanded or ruled out and of which the changed design did not take notice.
    """

    schema: str = WHAT_IF_SCHEMA
    changes: tuple[Change, ...]
    unheeded: tuple[str, ...] = ()
    comparison: Comparison
