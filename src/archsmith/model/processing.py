"""Why data about people may be kept: an assumption for each kind of data, to be confirmed by somebody answerable."""

from archsmith.kernel.ids import ElementId
from archsmith.model.base import Value


class Processing(Value, frozen=True, kw_only=True):
    """One kind of data about people under one regime. `data`: `entity:order`, or `table:sessions` of the design itself.

    `subjects`: whose data it is. `basis` and `clause`: what allows it (`contract`, `Art. 6(1)(b)`). `condition`: what
    else special categories need (`Art. 9(2)(h)`). `erasure`: what a request to be forgotten does to it. `reason` says
    why this basis was assumed, `source` names the text of the law.
    """

    data: ElementId
    regime: str
    subjects: tuple[str, ...]
    purpose: str
    basis: str
    clause: str
    condition: str = ""
    erasure: str
    reason: str
    source: str
