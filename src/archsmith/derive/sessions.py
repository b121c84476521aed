"""What those who are at it at one moment cause: so many for each session, over the length of one."""

import re
from typing import Final

from archsmith.derive.load import Load, unit_of
from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.words import plural
from archsmith.kernel.units import DAY
from archsmith.model.base import Figure
from archsmith.model.requirements import NumberRole

_LASTS: Final = re.compile(
    r"\b([a-z]+)\s+(?:usually |typically |normally |on average )?(?:lasts?|takes?|runs? for|goes on for|is|of)\b"
)
_SITTINGS: Final = frozenset(
    "session test exam call ride trip game match lesson class course meeting visit stream quiz interview consultation "
    "sitting round race auction show walk delivery charge stay shift".split()
)
_SHORTEST: Final = 60.0
_COUNTS: Final = frozenset({NumberRole.POPULATION, NumberRole.LOAD, NumberRole.RATIO})


def sessions(loads: Loads, lore: Lore) -> None:
    """`8,000 sessions at the same time`, `a session lasts 50 minutes`, `40 answers per session`: answers a second."""
    crowd = loads.people.concurrent()
    length = _length(loads)
    if not crowd or length is None:
        return
    name, lasts = length
    for q in loads.numbers:
        whole = q.per.rpartition(" ")[2]
        counted = q.dim in (Dim.FACTOR, Dim.COUNT) and q.number.role in _COUNTS and q.value > 0
        if not counted or whole != name or q.noun == name:
            continue
        _each_session(q, crowd[0], lasts, loads, lore)


def _length(loads: Loads) -> tuple[str, Figure] | None:
    """How long one sitting lasts, with its name."""
    for q in loads.numbers:
        if q.dim is not Dim.SECONDS or not _SHORTEST <= q.value < float(DAY) or not q.binding or not q.quote:
            continue
        if q.number.role not in (NumberRole.OTHER, NumberRole.LOAD, NumberRole.RATIO):
            continue
        head, _ = loads.context.sides(q.number.why)
        match = _LASTS.search(f"{head[-60:]}{q.quote}")
        name = match[1] if match is not None else ""
        if name in _SITTINGS:
            figure = loads.ledger.state(q.number.id, f"seconds that a {name} lasts", q.value, "s", q.number.why)
            return name, figure
    return None


def _each_session(q: Quantity, crowd: Figure, lasts: Figure, loads: Loads, lore: Lore) -> None:
    noun, ledger = q.noun, loads.ledger
    each = ledger.state(q.number.id, f"{plural(noun)} per {q.per}", q.value, "ratio", q.number.why)
    what = f"{plural(noun)} per second of all at the same moment"
    rate = ledger.ratio(f"{noun}_at_once", what, unit_of(noun), "at once x n each / length", (crowd, each), (lasts,))
    known = loads.found.get(noun)
    if known is not None:
        known.burst = rate if known.burst is None or known.burst.value < rate.value else known.burst
        return
    share = lore.assume(ledger, "duty_share")
    what = f"average {plural(noun)} per second over the day"
    mean = ledger.ratio(f"{noun}_mean", what, rate.unit, "rate x part of the day", (rate, share))
    loads.found[noun] = Load(noun, mean, q, rate, burst=rate, words=loads.context.around(q.number.why))
