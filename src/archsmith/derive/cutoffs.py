"""Until when a deed is possible: `can cancel until 18:00 the evening before`, `within 14 days after delivery`."""

import re
from typing import Final

from archsmith.derive.context import Context
from archsmith.derive.drafts import OperationDraft
from archsmith.kernel.provenance import Fact, Stated
from archsmith.model.domain import Access

_TIME: Final = (
    r"(?:\d{1,2}[:.]\d\d|\d{1,2} ?(?:am|pm|o'clock|h)\b|noon|midnight"
    r"|(?:\d+|an?|one|two|three|four|five|six|seven|ten|twelve|fourteen|thirty) "
    r"(?:minutes?|hours?|days?|nights?|weeks?|months?|working days?|business days?)"
    r"|the (?:evening|day|night|morning) before)"
)
_UNTIL: Final = re.compile(
    r"\b(?:(?:until|till|up (?:to|until)|(?:no|not) later than|at the latest|before|by)"
    r"|at least|within|for(?: up to)?)\b(?: the)?(?: next| first)? " + _TIME
)
_BEFOREHAND: Final = re.compile(_TIME + r" (?:before|ahead|in advance|prior)\b")
_END: Final = re.compile(r"[,;.()]|\s(?:and|or|but|so that|then|with|without|for free|free of charge)\b")
_REACH: Final = 60
"""Characters after the deed in which its limit stands."""
_LONGEST: Final = 120
_LIMITED: Final = frozenset({Access.TRANSITION, Access.UPDATE, Access.DELETE})


def cutoff(draft: OperationDraft, context: Context) -> Fact[str] | None:
    """The brief's own words for how long a step or a change is possible, or None."""
    if draft.access not in _LIMITED or not isinstance(draft.why, Stated):
        return None
    tail = context.sides(draft.why)[1]
    match = _UNTIL.search(tail) or _BEFOREHAND.search(tail)
    if match is None or match.start() > _REACH or _END.search(tail[: match.start()]):
        return None
    rest = _END.search(tail, match.end())
    said = tail[match.start() : rest.start() if rest else len(tail)][:_LONGEST]
    return Fact(value=" ".join(said.split()), why=draft.why)
