"""Recovery targets that backups do not meet."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule, words_of
from archsmith.kernel.findings import Severity
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import duration
from archsmith.kernel.provenance import Assumed
from archsmith.model.decisions import Cut, Dimension, StoreRole

TRUTH = (StoreRole.PRIMARY, StoreRole.TIME_SERIES, StoreRole.KEY_VALUE)
"""Roles without which nothing is answered; the others are copies or can wait."""


@rule("REC001", severity=Severity.DANGER, title="Recovery misses its target")
def recovery_missed(found: Evaluated) -> Iterator[Hit]:
    """What: compares how much data a store's loss would cost, and how long until it is back, with the targets.

    Why: a backup that is too old or too slow is found out on the worst day. Fix: ship the log continuously, keep a
    standby, or agree on another target.
    """
    targets = found.view.targets
    for row in found.recovery:
        if row.met:
            continue
        name = found.view.name(row.element)
        parts = []
        if row.rpo > row.rpo_target:
            parts.append(f"loses up to {duration(row.rpo)} of data, {duration(row.rpo_target)} allowed")
        if row.rto > row.rto_target:
            parts.append(f"is back after {duration(row.rto)}, {duration(row.rto_target)} allowed")
        backup = next((d for d in found.view.decisions.decisions if d.dimension is Dimension.BACKUP), None)
        cut = None
        store = next((s for s in found.view.architecture.stores if element("store", s.id) == row.element), None)
        nightly = store is not None and store.backup is not None and not store.backup.continuous
        if backup is not None and nightly and row.rpo > row.rpo_target:
            cut = Cut(
                kind="forbid",
                dimension=Dimension.BACKUP,
                subject=None,
                value=str(backup.option),
                reason=f"{name} {parts[0]}",
            )
        why = (targets.rpo if row.rpo > row.rpo_target else targets.rto).why
        at = words_of(why)
        yield Hit(
            row.element,
            f"{name} {' and '.join(parts)}: {row.how}",
            f"continuous copies or a standby of {name}" if store else "a second region that is warmer",
            at,
            cut,
            _weight(store.role if store else StoreRole.PRIMARY, isinstance(why, Assumed)),
        )


def _weight(role: StoreRole, assumed: bool) -> Severity | None:
    if role not in TRUTH:
        return Severity.NOTE
    return Severity.WARNING if assumed else None
