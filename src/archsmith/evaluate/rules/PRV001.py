"""Data about people without an end."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule
from archsmith.evaluate.view import ABOUT_PEOPLE
from archsmith.kernel.findings import Severity
from archsmith.kernel.ids import element


@rule("PRV001", severity=Severity.WARNING, title="Personal data is kept without an end")
def kept_for_ever(found: Evaluated) -> Iterator[Hit]:
    """What: finds entities about people for which neither the brief nor the policies say how long they are kept.

    Why: what is kept for ever leaks for ever, and privacy laws ask for an end. Fix: name a time and what happens then:
    delete, anonymise, aggregate or archive.
    """
    rules = {r.entity for r in found.view.architecture.policies.retention}
    for entity in found.view.domain.entities:
        if entity.data_class in ABOUT_PEOPLE and entity.id not in rules and entity.retention is None:
            yield Hit(
                element("entity", entity.id),
                f"{entity.name} is {entity.data_class} data, {entity.rows.value:,.0f} rows, and is never deleted",
                f"say after how many months rows of {entity.name} are deleted or made anonymous",
            )
