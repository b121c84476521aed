"""Until when a deed is possible: `can cancel until 18:00 the evening before`, `within 14 days after delivery`."""

from typing import Final

from archsmith.derive.context import Context
from archsmith.derive.drafts import OperationDraft
from archsmith.kernel.provenance import Fact, Stated
from archsmith.knowledge.turns import turn
from archsmith.model.domain import Access

_REACH: Final = 60
"""Characters after the deed in which its limit stands."""
_LONGEST: Final = 120
_LIMITED: Final = frozenset({Access.TRANSITION, Access.UPDATE, Access.DELETE})


def cutoff(draft: OperationDraft, context: Context) -> Fact[str] | None:
    """The brief's own words for how long a step or a change is possible, or None."""
    if draft.access not in _LIMITED or not isinstance(draft.why, Stated):
        return None
    tail = context.sides(draft.why)[1]
    ends = turn("end_of_limit")
    match = turn("until_a_time").search(tail) or turn("a_time_before").search(tail)
    if match is None or match.start() > _REACH or ends.search(tail[: match.start()]):
        return None
    rest = ends.search(tail, match.end())
    said = tail[match.start() : rest.start() if rest else len(tail)][:_LONGEST]
    return Fact(value=" ".join(said.split()), why=draft.why)
