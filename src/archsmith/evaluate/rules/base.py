"""What a rule is: an id, what it looks at, why, how to mend it, and a check over everything that was computed."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from archsmith.evaluate.stack import Stack
from archsmith.evaluate.view import View
from archsmith.kernel.findings import Finding, Severity
from archsmith.kernel.ids import ElementId
from archsmith.kernel.provenance import Provenance, Span, Stated
from archsmith.model.decisions import Cut
from archsmith.model.report import (
    CeilingLoad,
    Control,
    Cost,
    Coverage,
    GrowthRow,
    GrowthStep,
    Latency,
    PathAvailability,
    Recovery,
    StationLoad,
    Threat,
)


class Evaluated(Struct, frozen=True):
    """What the analyses found, for the rules to judge."""

    stack: Stack
    stations: tuple[StationLoad, ...]
    ceilings: tuple[CeilingLoad, ...]
    latencies: tuple[Latency, ...]
    availability: tuple[PathAvailability, ...]
    recovery: tuple[Recovery, ...]
    cost: Cost
    growth: tuple[GrowthRow, ...]
    path: tuple[GrowthStep, ...]
    controls: tuple[Control, ...]
    threats: tuple[Threat, ...]
    coverage: tuple[Coverage, ...]

    @property
    def view(self) -> View:
        """The design and its indexes."""
        return self.stack.view


class Hit(Struct, frozen=True):
    """One place where a rule finds its fault. `cut`: what the next round of decide must do, where it can mend it."""

    place: ElementId | str
    fact: str
    fix: str
    at: Span | None = None
    cut: Cut | None = None
    severity: Severity | None = None


Check = Callable[[Evaluated], Iterator[Hit]]


class Rule(Struct, frozen=True):
    """A check with its documentation; `check` has a docstring of three parts: What, Why, Fix."""

    id: str
    severity: Severity
    title: str
    check: Check

    @property
    def documentation(self) -> dict[str, str]:
        """The parts of the docstring by name. Raises ValueError where one is missing."""
        text = " ".join((self.check.__doc__ or "").split())
        parts: dict[str, str] = {}
        for name, following in (("What", "Why:"), ("Why", "Fix:"), ("Fix", "")):
            _, found, rest = text.partition(f"{name}:")
            if not found:
                raise ValueError(f"{self.id} has no {name} in its docstring")
            parts[name.lower()] = rest.partition(following)[0].strip() if following else rest.strip()
        return parts

    def run(self, found: Evaluated) -> Iterator[tuple[Finding, Cut | None]]:
        """The findings of the rule, each with what it demands of decide."""
        for hit in self.check(found):
            finding = Finding(
                id=self.id,
                severity=hit.severity or self.severity,
                place=hit.place,
                fact=hit.fact,
                fix=hit.fix,
                at=hit.at,
            )
            yield finding, hit.cut


def rule(ident: str, *, severity: Severity, title: str) -> Callable[[Check], Rule]:
    """Makes a rule of a check."""

    def of(check: Check) -> Rule:
        return Rule(ident, severity, title, check)

    return of


def words_of(why: Provenance) -> Span | None:
    """Where the brief says it, or None."""
    return why.at if isinstance(why, Stated) else None
