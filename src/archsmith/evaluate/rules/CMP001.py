"""Clauses of a regime that nothing in the design answers."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule
from archsmith.evaluate.view import grouped
from archsmith.kernel.findings import Severity
from archsmith.kernel.ids import ElementId
from archsmith.kernel.phrases import listed
from archsmith.model.report import ControlStatus
from archsmith.model.requirements import RegimeStatus


@rule("CMP001", severity=Severity.WARNING, title="Control is open")
def open_control(found: Evaluated) -> Iterator[Hit]:
    """What: lists clauses of the regimes that apply whose measure is missing in the design, one finding for a gap.

    Why: an auditor asks for each of them, and a gap found then costs a release. Fix: add the measure, or record why the
    clause is met otherwise.
    """
    certain = {r.id for r in found.view.requirements.regimes if r.status is RegimeStatus.REQUIRED}
    open_ = [c for c in found.controls if c.status is ControlStatus.OPEN]
    for gap, rows in grouped(
        (c.answer.removeprefix("where the regime applies: ").split("; ")[0], c) for c in open_
    ).items():
        clauses = listed((f"{c.regime} {c.clause}" for c in rows), 5)
        place = rows[0].elements[0] if rows[0].elements else ElementId(rows[0].id)
        sure = any(c.regime in certain for c in rows)
        yield Hit(
            place,
            f"{gap} ({clauses})",
            f"add it to {found.view.name(place)}: {rows[0].evidence}",
            severity=None if sure else Severity.NOTE,
        )
