"""Availability below its target."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule, words_of
from archsmith.kernel.findings import Severity
from archsmith.kernel.phrases import duration, percent
from archsmith.kernel.provenance import Assumed
from archsmith.model.decisions import Cut, Dimension, StoreRole
from archsmith.model.report import PartAvailability


@rule("AVL001", severity=Severity.DANGER, title="Availability misses its target")
def availability_missed(found: Evaluated) -> Iterator[Hit]:
    """What: compares the availability of the path behind each objective with the objective.

    Why: parts in series multiply, so the whole is worse than its worst part. Fix: give the weakest part a twin, another
    zone or a stand-in.
    """
    for path in found.availability:
        if path.met or not path.parts:
            continue
        worst = min(path.parts, key=lambda p: p.result)
        name = found.view.name(worst.element)
        fact = (
            f"{percent(path.predicted)} predicted, {percent(path.target)} wanted: {duration(path.downtime_month)} down "
            f"a month of {duration(path.error_budget_month)}; weakest is {name} with {percent(worst.result)}"
        )
        soft = isinstance(found.view.targets.availability.why, Assumed)
        cut = None if soft else _cut(found, worst, name, path.target)
        fix = (
            f"run {name} {worst.of + 1} times"
            if cut
            else f"lower the target to {percent(path.predicted)} or replace {name}"
        )
        at = words_of(found.view.targets.availability.why)
        yield Hit(worst.element, fact, fix, at, cut, Severity.WARNING if soft else None)


_BY_ROLE = {
    StoreRole.PRIMARY: Dimension.STORE_HOSTING,
    StoreRole.TIME_SERIES: Dimension.SPECIAL_STORE,
    StoreRole.KEY_VALUE: Dimension.SPECIAL_STORE,
}


def _cut(found: Evaluated, worst: PartAvailability, name: str, target: float) -> Cut | None:
    """One more instance of a service; a store that runs once is ruled out in the way it was chosen."""
    reason = f"{name} alone is up {percent(worst.result)} of the time, the target is {percent(target)}"
    kind, _, ident = worst.element.partition(":")
    if kind == "service" and worst.of < 3 and worst.single < 0.9999:
        more = str(worst.of + 1)
        return Cut(kind="at_least", dimension=Dimension.SIZING, subject=worst.element, value=more, reason=reason)
    store = next((s for s in found.view.architecture.stores if s.id == ident), None)
    if kind != "store" or store is None or worst.of > 1 or store.role not in _BY_ROLE:
        return None
    dimension = _BY_ROLE[store.role]
    chosen = next(
        (
            d
            for d in found.view.decisions.decisions
            if d.dimension is dimension and (dimension is Dimension.STORE_HOSTING or d.tech == store.engine)
        ),
        None,
    )
    if chosen is None:
        return None
    return Cut(kind="forbid", dimension=dimension, subject=None, value=str(chosen.option), reason=reason)
