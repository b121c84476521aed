"""Data about people without an end."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule
from archsmith.evaluate.view import ABOUT_PEOPLE
from archsmith.kernel.findings import Severity
from archsmith.kernel.ids import element
from archsmith.kernel.phrases import listed, number


@rule("PRV001", severity=Severity.WARNING, title="Personal data is kept without an end")
def kept_for_ever(found: Evaluated) -> Iterator[Hit]:
    """What: finds entities about people for which neither the brief nor the policies say how long they are kept.

    Why: what is kept for ever leaks for ever, and privacy laws ask for an end. Fix: name a time and what happens then:
    delete, anonymise, aggregate or archive.
    """
    rules = {r.entity for r in found.view.architecture.policies.retention}
    bare = [
        e
        for e in found.view.domain.entities
        if e.data_class in ABOUT_PEOPLE and e.id not in rules and e.retention is None
    ]
    if bare:
        biggest = max(bare, key=lambda e: (e.rows.value, e.id))
        names = listed((e.name for e in bare), 6)
        yield Hit(
            element("entity", biggest.id),
            f"{names} {'hold' if len(bare) > 1 else 'holds'} {biggest.data_class} data, {number(biggest.rows.value)} "
            f"rows of {biggest.name} alone, and nothing is ever deleted",
            f"say after how many months rows of {names} are deleted or made anonymous",
        )
