"""Designs for the tests of evaluate: the seed shop as composed, and small changes of it."""

import functools
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace
from tests.samples.shop import sample_decisions, sample_derivation, sample_requirements

from archsmith.compose import compose
from archsmith.evaluate import analyse, evaluate
from archsmith.evaluate.rules import Evaluated
from archsmith.evaluate.stack import Stack
from archsmith.evaluate.view import View
from archsmith.kernel.provenance import Assumed, Fact
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.architecture import Architecture
from archsmith.model.decisions import Decisions
from archsmith.model.domain import Derivation
from archsmith.model.report import Report
from archsmith.model.requirements import Regime, RegimeStatus, Requirements

CATALOGUE = Catalogue()
GUESS = Assumed(reason="a test says so", source="tests")


@dataclass(frozen=True)
class Case:
    """The inputs of the stage."""

    requirements: Requirements
    derivation: Derivation
    decisions: Decisions
    architecture: Architecture

    def report(self) -> Report:
        """What the stage makes of it."""
        return evaluate(self.requirements, self.derivation, self.decisions, self.architecture, CATALOGUE)

    def view(self) -> View:
        """The indexes."""
        return View(self.requirements, self.derivation, self.decisions, self.architecture, CATALOGUE)

    def evaluated(self) -> Evaluated:
        """What the rules see."""
        return analyse(Stack(self.view()))

    def design(self, **changes: Any) -> "Case":
        """With another architecture."""
        return Case(self.requirements, self.derivation, self.decisions, replace(self.architecture, **changes))

    def aims(self, **changes: Any) -> "Case":
        """With other targets: plain values, which count as assumed."""
        facts = {k: Fact(value=v, why=GUESS) for k, v in changes.items()}
        derivation = replace(self.derivation, targets=replace(self.derivation.targets, **facts))
        return Case(self.requirements, derivation, self.decisions, self.architecture)

    def domain(self, **changes: Any) -> "Case":
        """With another domain."""
        derivation = replace(self.derivation, domain=replace(self.derivation.domain, **changes))
        return Case(self.requirements, derivation, self.decisions, self.architecture)

    def faster(self, factor: float) -> "Case":
        """With every operation so many times as often."""
        operations = tuple(
            replace(
                o,
                average=replace(o.average, value=o.average.value * factor),
                peak=replace(o.peak, value=o.peak.value * factor),
            )
            for o in self.derivation.domain.operations
        )
        return self.domain(operations=operations)

    def under(self, *regimes: str) -> "Case":
        """With these regimes and no others."""
        rows = tuple(
            Regime(id=r, status=RegimeStatus.REQUIRED, reason="the brief names it", confidence=1.0, why=GUESS)  # type: ignore[arg-type]
            for r in regimes
        )
        return Case(replace(self.requirements, regimes=rows), self.derivation, self.decisions, self.architecture)


@functools.cache
def shop() -> Case:
    """The seed shop."""
    requirements, derivation, decisions = sample_requirements(), sample_derivation(), sample_decisions()
    return Case(requirements, derivation, decisions, compose(requirements, derivation, decisions, CATALOGUE))


def no_retention(case: Case, keep_nothing: bool) -> Case:
    """With a retention rule for every entity, or for none."""
    from archsmith.model.architecture import RetentionRule

    entities = case.derivation.domain.entities
    rules = () if keep_nothing else tuple(RetentionRule(entity=e.id, keep=24.0, action="delete") for e in entities)  # type: ignore[arg-type]
    bare = case.domain(entities=tuple(replace(e, retention=None) for e in entities))
    return bare.design(policies=replace(bare.architecture.policies, retention=rules))
