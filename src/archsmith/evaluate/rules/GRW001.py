"""Ten times the load would need another structure."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule
from archsmith.kernel.findings import Severity


@rule("GRW001", severity=Severity.WARNING, title="Ten times the load needs more than more machines")
def splits_early(found: Evaluated) -> Iterator[Hit]:
    """What: looks whether the way from today to ten times the load contains a split of a store or another rewrite.

    Why: a design is wanted that grows by adding machines; a split under load is the dearest way to learn of it. Fix:
    keep the key of the later split in every row from the start, and no query across it.
    """
    for row in found.growth:
        if row.factor <= 10 and any(c.unit == "parts" for c in row.changes):
            yield Hit(
                row.first,
                f"at {row.factor:g} times the load ({row.peak:,.0f} requests/s): {row.step}",
                f"hold rows of {found.view.name(row.first)} by that key from the first release on",
            )
            return
