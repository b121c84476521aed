"""Findings: problems with data are values, collected and sorted; exceptions are for our own bugs."""

import enum

import msgspec

from archsmith.kernel.ids import ElementId
from archsmith.kernel.provenance import Span


class Severity(enum.StrEnum):
    """How bad a finding is. `BLOCKER`: the input is unusable; `DANGER`: a target is missed; the rest is advice."""

    BLOCKER = "blocker"
    DANGER = "danger"
    WARNING = "warning"
    NOTE = "note"


_RANK = {Severity.BLOCKER: 0, Severity.DANGER: 1, Severity.WARNING: 2, Severity.NOTE: 3}


class Finding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is wrong, where, by which fact, and how to mend it.

    `id` names the rule (`AVL003`, `INP004`), `place` the element or the file with its key, `at` the words of the brief.
    """

    id: str
    severity: Severity
    place: ElementId | str
    fact: str
    fix: str
    at: Span | None = None

    def __str__(self) -> str:
        where = f"{self.at} " if self.at else ""
        return f"{self.severity.upper()} {self.id} {where}{self.place}\n  {self.fact}\n  fix: {self.fix}"


def sort_findings(findings: tuple[Finding, ...] | list[Finding]) -> tuple[Finding, ...]:
    """Worst first, then by rule, place and fact; equal findings are kept once."""
    return tuple(sorted(set(findings), key=lambda f: (_RANK[f.severity], f.id, f.place, f.fact, f.fix)))


def worst(findings: tuple[Finding, ...]) -> Severity | None:
    """The worst severity among the findings, or None where there is none."""
    return min((f.severity for f in findings), key=_RANK.__getitem__, default=None)
