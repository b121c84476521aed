"""The monthly bill of two designs, line by line."""

from collections.abc import Iterator

from archsmith.compare.figures import same
from archsmith.compare.matching import pairs
from archsmith.kernel.units import UsdPerMonth
from archsmith.model.comparison import CostChange
from archsmith.model.design import Design


def costs(before: Design, after: Design) -> Iterator[CostChange]:
    """Lines whose month differs: matched by element, kind and what is bought, then by their id."""
    for old, new in pairs(
        before.report.cost.lines,
        after.report.cost.lines,
        lambda c: (c.element, c.kind, c.what),
        lambda c: c.id,
    ):
        either = new or old
        assert either is not None
        was, is_ = (old.month if old else 0.0), (new.month if new else 0.0)
        if old is not None and new is not None and same(was, is_):
            continue
        yield CostChange(
            id=either.id,
            kind=either.kind,
            element=either.element,
            what=either.what,
            before=UsdPerMonth(was),
            after=UsdPerMonth(is_),
            change=UsdPerMonth(is_ - was),
        )
