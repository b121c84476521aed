"""Bytes that come in by the day: how much a second that is, and how many records, where the size of one is stated."""

import re
from typing import Final

from msgspec.structs import replace

from archsmith.derive.load import Load, unit_of
from archsmith.derive.loads import Loads
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.words import plural
from archsmith.model.base import Figure
from archsmith.model.requirements import NumberRole, NumberStatus

_SINGLE: Final = re.compile(r"\b(?:biggest|largest|smallest|median|typical|top|worst|each|every|per|one)\b")
_OUT: Final = re.compile(r"\b(?:egress|download\w*|outgoing|traffic out|served?|deliver\w*|upload limit|bandwidth)\b")
_RECORD: Final = 1e6
"""A thing of more bytes is a file, and its count is not what the bytes a day are told for."""
_NEAR: Final = 3
_LARGE: Final = 1e8
"""Bytes a day below which no pipeline is sized by them."""
_PLAIN: Final = ("average ", "mean ", "typical ", "single ", "raw ")


def intake(loads: Loads) -> None:
    """`9 TB of logs a day`, `an event has 700 bytes`: MB a second, and events a second."""
    found = [q for q in loads.numbers if _comes_in(q)]
    shown: set[float] = set()
    for q in found:
        if q.per_second not in shown:
            shown.add(q.per_second)
            _per_second(q, loads)
    binding = [q for q in found if q.binding] or found
    if binding:
        _records(max(binding, key=lambda q: (q.per_second, -q.order)), loads)


def _comes_in(q: Quantity) -> bool:
    if q.dim is not Dim.BYTES or not q.period or q.number.role is not NumberRole.LOAD or q.per:
        return False
    own = f"{q.number.what} {q.quote}".lower()
    told = q.number.status in (NumberStatus.HISTORY, NumberStatus.SUPERSEDED)
    large = q.per_second * 86_400 >= _LARGE
    return large and not told and _SINGLE.search(own) is None and _OUT.search(own) is None


def _per_second(q: Quantity, loads: Loads) -> Figure:
    stated = loads.ledger.state(q.number.id, f"bytes per {q.period_name}", q.value, "bytes", q.number.why)
    what = f"incoming data per second, {q.quote.strip()}"
    return loads.ledger.ratio(f"{q.number.id}_intake", what, "MB/s", "bytes / period", (stated,), (q.period, 1e6))


def _records(q: Quantity, loads: Loads) -> None:
    """The count of records that the bytes make, as a load of that noun."""
    sizes = [
        p
        for p in loads.numbers
        if p.dim is Dim.BYTES
        and not p.period
        and p.number.role is NumberRole.SIZE
        and 0 < p.value <= _RECORD
        and abs(p.line - q.line) <= _NEAR
    ]
    size = min(sizes, key=lambda p: (abs(p.line - q.line), p.order), default=None)
    if size is None or not size.noun:
        return
    noun = size.noun
    for word in _PLAIN:
        noun = noun.removeprefix(word)
    if noun in loads.found or noun in ("", "size"):
        return
    ledger = loads.ledger
    total = ledger.state(q.number.id, f"bytes per {q.period_name}", q.value, "bytes", q.number.why)
    one = ledger.state(size.number.id, f"bytes of one {noun}", size.value, "bytes", size.number.why)
    counted = ledger.ratio(
        f"{noun}_per_{q.period_name}", f"{plural(noun)} per {q.period_name}", f"per {q.period_name}",
        "bytes / bytes of one", (total,), (one,),
    )  # fmt: skip
    what = f"average {plural(noun)} per second"
    average = ledger.ratio(f"{noun}_rate", what, unit_of(noun), "rate", (counted,), (q.period,))
    draft = loads.world.find(noun)
    if draft is not None and not draft.kin:
        draft.kin = "reading"  # counted by the bytes that stream in, it is appended and ages like any other reading
    at = replace(q, noun=noun, dim=Dim.RATE, value=counted.value)
    loads.found[noun] = Load(noun, average, at, counted, words=loads.context.around(size.number.why))
