"""Findings that only one of two designs has: the same one by rule and place, whatever figures stand in its words."""

from collections.abc import Iterator

from archsmith.compare.matching import pairs
from archsmith.kernel.findings import Finding, sort_findings
from archsmith.model.comparison import Difference, FindingChange
from archsmith.model.design import Design


def findings(before: Design, after: Design) -> Iterator[FindingChange]:
    """New ones, then those that are gone, worst first; where the severity differs, the finding is told twice."""
    for old, new in pairs(_all(before), _all(after), _same):
        if old is None and new is not None:
            yield _change(new, Difference.ADDED)
        elif new is None and old is not None:
            yield _change(old, Difference.REMOVED)


def _same(finding: Finding) -> object:
    return finding.id, finding.place, finding.severity


def _all(design: Design) -> tuple[Finding, ...]:
    return sort_findings((*design.requirements.findings, *design.report.findings, *design.plan.findings))


def _change(finding: Finding, difference: Difference) -> FindingChange:
    return FindingChange(
        difference=difference,
        id=finding.id,
        severity=finding.severity,
        place=str(finding.place),
        fact=finding.fact,
        fix=finding.fix,
    )
