"""No more files than deeds: what is only assumed to be uploaded does not outrun what people are said to do."""

from typing import Final

from archsmith.derive.pools import Rate
from archsmith.derive.quantities import Dim
from archsmith.derive.rates import Rates
from archsmith.derive.words import plural
from archsmith.model.base import Figure
from archsmith.model.domain import Access

_FEW: Final = 20.0


def files_follow_deeds(rates: Rates) -> None:
    """Of `uploads a photo` the share of all clicks is a guess: it ends where a file comes with each stated deed."""
    deeds = rates.deeds(inside=True)
    if not deeds:
        return
    top = max(deeds, key=lambda rate: rate.average.value)
    world, ledger = rates.loads.world, rates.loads.ledger
    for operation in world.operations.values():
        file = operation.access is Access.CREATE and world.entities[operation.entity].kin == "file"
        known = rates.of.get(operation.id)
        guessed = known is not None and ledger.get(f"{operation.id}_share") is not None
        if not file or not guessed or known is None or operation.share or known.average.value <= top.average.value:
            continue
        each = _most(operation.object, rates)
        name, rule = f"{operation.verb} {operation.object}", "no more than go with each deed"
        rates.of[operation.id] = Rate(
            ledger.ratio(f"{operation.id}_bound", f"average '{name}' per second", "rps", rule, (top.average, each)),
            ledger.ratio(f"{operation.id}_bound_peak", f"peak '{name}' per second", "rps", rule, (top.peak, each)),
        )


def _most(noun: str, rates: Rates) -> Figure | float:
    """How many of them the brief allows or tells for one: `up to 3 photos`."""
    for q in rates.loads.numbers:
        same = q.noun.rpartition(" ")[2] == noun.rpartition(" ")[2] and q.dim in (Dim.COUNT, Dim.FACTOR)
        if same and 1 <= q.value <= _FEW:
            return rates.loads.ledger.state(q.number.id, f"{plural(noun)} at most", q.value, "ratio", q.number.why)
    return 1.0
