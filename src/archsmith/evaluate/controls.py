"""Which clauses of the named regimes apply to this design, and what in it answers them."""

from collections.abc import Iterator

from archsmith.evaluate.measures import MEASURES, Answer
from archsmith.evaluate.tags import tags_of
from archsmith.evaluate.view import View
from archsmith.kernel.ids import RequirementId
from archsmith.knowledge.controls import Clause, clauses, is_named
from archsmith.model.domain import DataClass
from archsmith.model.report import Control, ControlStatus
from archsmith.model.requirements import Regime, RegimeStatus, Requirement, RequirementClass


def controls(view: View) -> tuple[Control, ...]:
    """The clauses in the order of the regimes, then of their file. A regime that is ruled out has none."""
    asked: dict[str, Answer] = {}
    tags = tags_of(view)
    hosted = not view.of_class([DataClass.CARD])
    found: list[Control] = []
    for regime in view.requirements.regimes:
        if regime.status is RegimeStatus.EXCLUDED:
            continue
        because = tuple(r.id for r in _speaking_of(view, regime))
        for clause in clauses(view.catalogue, regime.id):
            if _applies(clause, tags, hosted and is_named(regime.id, "PCI DSS")):
                answers = [asked.setdefault(m, MEASURES[m](view)) for m in clause.measures]
                found.append(_control(clause, regime, answers, because))
    return tuple({c.id: c for c in found}.values())


def unknown_regimes(view: View) -> tuple[Regime, ...]:
    """Regimes that apply and of which we hold no clause: somebody else must say what they ask."""
    return tuple(
        r for r in view.requirements.regimes if r.status is RegimeStatus.REQUIRED and not clauses(view.catalogue, r.id)
    )


def _applies(clause: Clause, tags: frozenset[str], hosted: bool) -> bool:
    if hosted and not clause.hosted_page:
        return False
    return all(t in tags for t in clause.when) and (not clause.any or any(t in tags for t in clause.any))


def _speaking_of(view: View, regime: Regime) -> Iterator[Requirement]:
    kinds = (RequirementClass.COMPLIANCE, RequirementClass.PRIVACY, RequirementClass.SECURITY)
    for requirement in view.requirements.requirements:
        if requirement.kind in kinds and (
            requirement.why == regime.why or regime.id.casefold() in requirement.statement.casefold()
        ):
            yield requirement


def _control(clause: Clause, regime: Regime, answers: list[Answer], because: tuple[RequirementId, ...]) -> Control:
    """The status is that of the first measure, which is the main one; a missing part leaves the clause open."""
    gaps = [a for a in answers if a.status is ControlStatus.OPEN]
    status = ControlStatus.OPEN if gaps and clause.level != "proposed" else answers[0].status
    answers = gaps + [a for a in answers if a not in gaps]
    note = "where the regime applies: " if regime.status is RegimeStatus.CONDITIONAL else ""
    return Control(
        id=clause.id,
        regime=regime.id,
        clause=clause.clause,
        asks=clause.asks,
        status=status,
        elements=tuple(dict.fromkeys(e for a in answers for e in a.elements)),
        answer=note + "; ".join(dict.fromkeys(a.text for a in answers)),
        evidence=clause.evidence,
        requirements=because,
    )
