"""The rules, in the order of their ids. A rule that is not in this tuple does not run."""

from typing import Final

from archsmith.evaluate.rules.AVL001 import availability_missed
from archsmith.evaluate.rules.AVL002 import single_point
from archsmith.evaluate.rules.AVL003 import long_chain
from archsmith.evaluate.rules.AVL004 import bare_call
from archsmith.evaluate.rules.base import Evaluated, Rule
from archsmith.evaluate.rules.CAP001 import overload
from archsmith.evaluate.rules.CAP002 import tight
from archsmith.evaluate.rules.CAP003 import not_to_spare
from archsmith.evaluate.rules.CAP004 import implausible
from archsmith.evaluate.rules.CMP001 import open_control
from archsmith.evaluate.rules.CMP002 import unknown_regime
from archsmith.evaluate.rules.CST001 import over_budget
from archsmith.evaluate.rules.GRW001 import splits_early
from archsmith.evaluate.rules.LAT001 import too_slow
from archsmith.evaluate.rules.LIM001 import beyond
from archsmith.evaluate.rules.PRV001 import kept_for_ever
from archsmith.evaluate.rules.REC001 import recovery_missed
from archsmith.evaluate.rules.REQ001 import unanswered
from archsmith.evaluate.rules.SEC001 import high_threat
from archsmith.evaluate.rules.TEC001 import demanded
from archsmith.kernel.findings import Finding, sort_findings
from archsmith.model.decisions import Cut

RULES: Final[tuple[Rule, ...]] = (
    availability_missed,
    single_point,
    long_chain,
    bare_call,
    overload,
    tight,
    not_to_spare,
    implausible,
    open_control,
    unknown_regime,
    over_budget,
    splits_early,
    too_slow,
    beyond,
    kept_for_ever,
    recovery_missed,
    unanswered,
    high_threat,
    demanded,
)
"""Every rule; sorted, unique, documented, tested."""


def judge(found: Evaluated) -> tuple[tuple[Finding, ...], tuple[Cut, ...]]:
    """All findings, worst first, and the cuts that follow. A rule that fails is a bug and stops the run."""
    findings: list[Finding] = []
    cuts: dict[tuple[str, str, str], Cut] = {}
    for rule in RULES:
        for finding, cut in rule.run(found):
            findings.append(finding)
            if cut is not None:
                key = (cut.kind, cut.dimension.value, str(cut.subject))
                old = cuts.get(key)
                if old is None or (cut.kind == "at_least" and int(cut.value) > int(old.value)):
                    cuts[key] = cut
    return sort_findings(findings), tuple(cuts[k] for k in sorted(cuts))


__all__ = ["RULES", "Evaluated", "Rule", "judge"]
