"""Stage evaluate: the figures of an architecture, recomputed from it alone, and what is wrong with it."""

from archsmith.evaluate.availability import availability
from archsmith.evaluate.ceilings import ceilings, row
from archsmith.evaluate.controls import controls
from archsmith.evaluate.cost import cost
from archsmith.evaluate.coverage import coverage
from archsmith.evaluate.figures import figures
from archsmith.evaluate.growth import growth, limit, path
from archsmith.evaluate.intervals import intervals
from archsmith.evaluate.latency import latencies
from archsmith.evaluate.recovery import recovery
from archsmith.evaluate.rules import Evaluated, judge
from archsmith.evaluate.stack import Stack
from archsmith.evaluate.stations import load_of, stations
from archsmith.evaluate.steps import Load
from archsmith.evaluate.threats import threats
from archsmith.evaluate.view import View
from archsmith.evaluate.visits import paths
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.architecture import Architecture
from archsmith.model.decisions import Decisions
from archsmith.model.domain import Derivation
from archsmith.model.report import Report
from archsmith.model.requirements import Requirements

__all__ = ["evaluate", "intervals"]


def evaluate(
    requirements: Requirements,
    derivation: Derivation,
    decisions: Decisions,
    architecture: Architecture,
    catalogue: Catalogue,
) -> Report:
    """Everything that can be computed about an architecture, and what is wrong with it.

    Rates are those of the planning horizon; times in seconds, money in dollars a month. Findings that another choice
    could mend come with a cut for the next round of decide. Raises KeyError where the catalogue lacks a coefficient.
    """
    evaluated = analyse(Stack(View(requirements, derivation, decisions, architecture, catalogue)))
    findings, cuts = judge(evaluated)
    return Report(
        figures=figures(evaluated),
        stations=evaluated.stations,
        latencies=evaluated.latencies,
        availability=evaluated.availability,
        recovery=evaluated.recovery,
        cost=evaluated.cost,
        growth=evaluated.growth,
        path=evaluated.path,
        ceilings=evaluated.ceilings,
        controls=evaluated.controls,
        threats=evaluated.threats,
        findings=findings,
        cuts=cuts,
        coverage=evaluated.coverage,
    )


def analyse(stack: Stack) -> Evaluated:
    """All figures of a design, before they are judged."""
    found = paths(stack)
    busy = stations(stack, found)
    share = limit(stack)
    full = ceilings(stack, found, busy, 1 - share)
    load = Load(stack, found, busy, full, share)
    rows = growth(load)
    return Evaluated(
        stack=stack,
        stations=tuple(load_of(s) for s in busy.values()),
        ceilings=tuple(row(stack.catalogue, c) for c in full),
        latencies=latencies(stack, found, busy),
        availability=availability(stack, busy),
        recovery=recovery(stack),
        cost=cost(stack),
        growth=rows,
        path=path(load, rows),
        controls=controls(stack.view),
        threats=threats(stack.view),
        coverage=coverage(stack.view),
    )
