"""A bill above the budget."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule, words_of
from archsmith.kernel.findings import Severity
from archsmith.kernel.phrases import listed, money


@rule("CST001", severity=Severity.DANGER, title="Running costs exceed the budget")
def over_budget(found: Evaluated) -> Iterator[Hit]:
    """What: compares the monthly bill of the infrastructure with the budget for running it.

    Why: the budget is a limit that the owner set; hours of people are shown beside it and not counted in. Fix: drop or
    shrink the dearest lines, relax the requirement that causes them, or raise the budget.
    """
    cost = found.cost
    if cost.budget is not None and cost.within_budget is False:
        dear = sorted((x for x in cost.lines if x.kind != "people"), key=lambda x: -x.month)[:3]
        lines = listed(f"{found.view.name(x.element)} {x.what} {money(x.month)}" for x in dear)
        budget = found.view.targets.budget
        yield Hit(
            "cost",
            f"{money(cost.infrastructure)} a month, budget {money(cost.budget)}; dearest: {lines}",
            f"save {money(cost.infrastructure - cost.budget)} a month on {found.view.name(dear[0].element)} first"
            if dear
            else "raise the budget",
            words_of(budget.why) if budget else None,
            severity=None if cost.infrastructure > cost.budget * 1.05 else Severity.WARNING,
        )
