"""Which requirements a figure, a target or a wish comes from: those in whose words it is said, and no others."""

from collections.abc import Callable
from typing import Any

from archsmith.decide import signals
from archsmith.kernel.ids import RequirementId
from archsmith.kernel.provenance import Derived, Fact, Provenance, Span, Stated
from archsmith.model.domain import Derivation, Operation
from archsmith.model.requirements import RegimeStatus, Requirements

_MOST = 3
_LEAST = 0.05
"""Share of a figure below which a requirement does not bind it."""

Ids = tuple[RequirementId, ...]


class Sources:
    """The requirements of a brief, by the words in which they are said, and the arithmetic of its load."""

    def __init__(self, requirements: Requirements, derivation: Derivation) -> None:
        """Indexes the spans of the requirements and the steps of the workload."""
        self.derivation = derivation
        self.said = [(r, r.why.at) for r in requirements.requirements if isinstance(r.why, Stated)]
        self.steps = {s.id: s for s in derivation.workload.steps}

    def of(self, *whys: Provenance) -> Ids:
        """Those in whose words these facts are stated, in the order of the facts; of each the closest around it."""
        found: dict[RequirementId, None] = {}
        for why in whys:
            if isinstance(why, Stated):
                around = [(abs(_length(at) - _length(why.at)), r.id) for r, at in self.said if _overlap(at, why.at)]
                found.update(dict.fromkeys(ident for _, ident in sorted(around)[:1]))
        return tuple(found)

    def behind(self, fact: Fact[Any]) -> dict[RequirementId, float]:
        """The requirements whose numbers a figure of the load rests on, with the share of it that each carries.

        The weight of a step passes on whole to each factor of a product, and by their size to the terms of a sum.
        """
        if not isinstance(fact.why, Derived):
            return dict.fromkeys(self.of(fact.why), 1.0)
        weights: dict[str, float] = dict.fromkeys(fact.why.inputs, 1.0)
        found: dict[RequirementId, float] = {}
        for step in reversed(self.derivation.workload.steps):  # formulas name only earlier steps
            weight = weights.get(step.id, 0.0)
            if weight < _LEAST:
                continue
            for ident in self.of(step.why):
                found[ident] = min(1.0, found.get(ident, 0.0) + weight)
            inputs = step.why.inputs if isinstance(step.why, Derived) else ()
            total = sum(self.steps[i].value for i in inputs if i in self.steps)
            is_sum = " + " in step.formula and " * " not in step.formula
            for name in inputs:
                part = self.steps[name].value / total if is_sum and total and name in self.steps else 1.0
                weights[name] = min(1.0, weights.get(name, 0.0) + weight * part)
        ranked = sorted(found.items(), key=lambda row: (-row[1], row[0]))
        return {ident: share for ident, share in ranked if share >= _LEAST}

    def doing(self, holds: Callable[[Operation], bool]) -> Ids:
        """The requirements that ask for operations of a kind, the busiest first."""
        rows = sorted((o for o in self.derivation.domain.operations if holds(o)), key=lambda o: -o.peak.value)
        return tuple(dict.fromkeys(i for o in rows for i in o.requirements or self.of(o.why)))[:_MOST]


def sources(
    requirements: Requirements,
    derivation: Derivation,
    strict: Callable[[Operation], bool],
    streams: Callable[[Operation], bool],
) -> dict[str, Ids]:
    """By subject: the ids of the requirements in whose words the target, the wish or the load is said.

    `strict`: whether an operation must be all or nothing; `streams`: whether it is taken in as a stream.
    """
    said, needs = Sources(requirements, derivation), requirements.needs
    targets, load, operations = derivation.targets, derivation.workload, derivation.domain.operations
    wishes = (*requirements.must_use, *requirements.must_not_use, *requirements.technologies)
    tightest = min((o.latency_p95 for o in operations), key=lambda f: f.value, default=targets.latency_p95)
    health = [r.why for r in requirements.regimes if r.status is RegimeStatus.REQUIRED and r.id.upper() == "HIPAA"]
    found = {
        "availability": said.of(targets.availability.why),
        "budget": said.of(targets.budget.why) if targets.budget else (),
        "team": said.of(targets.team.why, targets.teams.why),
        "rpo": said.of(targets.rpo.why),
        "rto": said.of(targets.rto.why),
        "latency": said.of(tightest.why),
        "places": said.of(*(f.why for f in (*needs.regions, *targets.regions))),
        "on_premises": said.of(needs.on_premises.why) if needs.on_premises else (),
        "health": said.of(*health),
        "masters": said.of(*(s.why for s in requirements.systems if s.masters)),
        "sign_in": signals.sign_in_sources(requirements)
        or said.of(*(s.why for s in requirements.systems if s.kind == "identity")),
        "atomic": said.doing(strict),
        "push": said.doing(lambda o: o.real_time),
        "stream": said.doing(streams),
        "load": tuple(said.behind(load.peak))[:_MOST],
        "masses": tuple(said.behind(load.stored_3y))[:_MOST],
        "egress": tuple(said.behind(load.egress))[:_MOST],
    }
    for wish in wishes:
        if wish.tech:
            found[f"tech.{wish.tech}"] = said.of(wish.why)
    for fixed in requirements.fixed:
        found[f"fixed.{fixed.dimension}"] = said.of(fixed.why)
    for skill in needs.skills:
        found[f"skill.{skill.value.strip().lower().replace(' ', '_')}"] = said.of(skill.why)
    return found


def _overlap(a: Span, b: Span) -> bool:
    return (
        a.file == b.file
        and (a.line, a.column) < (b.end_line, b.end_column)
        and (b.line, b.column) < (a.end_line, a.end_column)
    )


def _length(at: Span) -> int:
    return len(at.quote)
