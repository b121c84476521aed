"""Availability below its target."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule, words_of
from archsmith.formulas.availability import series, spares
from archsmith.kernel.findings import Severity
from archsmith.kernel.phrases import duration, percent
from archsmith.kernel.provenance import Assumed
from archsmith.model.decisions import Cut, Dimension
from archsmith.model.report import PartAvailability, PathAvailability


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
        cut = None if soft else _cut(found, path, name)
        fix = (
            f"run {name} {cut.value} times"
            if cut and cut.kind == "at_least"
            else f"lower the target to {percent(path.predicted)} or replace {name}"
        )
        at = words_of(found.view.targets.availability.why)
        yield Hit(worst.element, fact, fix, at, cut, Severity.WARNING if soft else None)


_COUNTED = 1e-6
"""Share of time by which a sum and a product may differ: not a gap."""


def _cut(found: Evaluated, path: PathAvailability, name: str) -> Cut | None:
    """As many instances as the promise of their zones takes; else the time away that the choice did not count.

    What an outside system takes away no choice of ours gives back. Without a gap the choice knew, and nothing is left.
    """
    for part in path.parts:
        short = _short(found, part)
        if short is not None:
            reason = f"{found.view.name(part.element)} needs {part.needed} of {part.of} instances on the mean"
            value = str(short)
            return Cut(kind="at_least", dimension=Dimension.SIZING, subject=part.element, value=value, reason=reason)
    counted = next((f.value for d in found.view.decisions.decisions for f in d.figures if f.id == "away"), None)
    own = series([p.result for p in path.parts if not p.element.startswith("system:")])
    gap = 0.0 if counted is None else (1 - own) - counted
    if gap <= _COUNTED:
        return None
    reason = f"{percent(own)} predicted where {percent(1 - (counted or 0.0))} was counted; {name} is the weakest"
    return Cut(kind="less_down", dimension=Dimension.ZONES, subject=None, value=f"{gap:.9f}", reason=reason)


def _short(found: Evaluated, part: PartAvailability) -> int | None:
    """How many instances of a service in several zones are wanted, if that is more than there are."""
    deployment = found.view.deployments.get(part.element)
    if deployment is None or deployment.zones < 2 or not part.element.startswith("service:"):
        return None
    most = found.stack.promised_by_zones(deployment)
    wanted = part.needed + spares(part.single, part.needed, most)
    return wanted if wanted > part.of else None
