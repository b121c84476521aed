"""A part that is alone although the target can't bear it."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule
from archsmith.formulas.availability import downtime
from archsmith.kernel.findings import Severity
from archsmith.kernel.phrases import duration, percent
from archsmith.kernel.units import Days


@rule("AVL002", severity=Severity.WARNING, title="Single point of failure takes most of the error budget")
def single_point(found: Evaluated) -> Iterator[Hit]:
    """What: finds parts that run once and whose expected down time is more than half of the error budget.

    Why: one bad month of that part breaks the objective, even where the mean still meets it. Fix: a second instance, or
    a rehearsed restore that is faster than the budget.
    """
    for path in found.availability:
        for part in path.parts:
            down = downtime(part.result, Days(30.4375))
            if part.of == 1 and part.single < 0.9999 and down > path.error_budget_month / 2:
                name = found.view.name(part.element)
                yield Hit(
                    part.element,
                    f"{name} runs once ({percent(part.result)}): {duration(down)} down a month is "
                    f"{down / path.error_budget_month * 100:.0f}% of the budget of {duration(path.error_budget_month)}",
                    f"a second {name}, or restore it in less than {duration(path.error_budget_month)}",
                )
