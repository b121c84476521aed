"""No more files than deeds: what is only assumed to be uploaded does not outrun what people are said to do."""

from typing import Final

from archsmith.derive.drafts import OperationDraft
from archsmith.derive.pools import Rate
from archsmith.derive.quantities import Dim
from archsmith.derive.rates import Rates
from archsmith.derive.words import plural
from archsmith.kernel.names import snake
from archsmith.kernel.units import MONTH
from archsmith.model.base import Figure
from archsmith.model.domain import Access

_FEW: Final = 20.0


def files_follow_deeds(rates: Rates) -> None:
    """Of `uploads a photo` the share of all clicks is a guess: it ends where a file comes with each stated deed."""
    world, ledger = rates.loads.world, rates.loads.ledger
    deeds = rates.deeds(inside=True)
    top = max(deeds, key=lambda rate: rate.average.value, default=None)
    for operation in world.operations.values():
        file = operation.access is Access.CREATE and world.entities[operation.entity].kin == "file"
        known = rates.of.get(operation.id)
        guessed = known is not None and ledger.get(snake(f"{operation.id}_share")) is not None
        if not file or not guessed or known is None or operation.share:
            continue
        if top is None:
            _by_users(operation, known, rates)
            continue
        each = _most(operation.object, rates)
        if known.average.value <= top.average.value * (each.value if isinstance(each, Figure) else each):
            continue
        name, rule = f"{operation.verb} {operation.object}", "no more than go with each deed"
        rates.of[operation.id] = Rate(
            ledger.ratio(f"{operation.id}_bound", f"average '{name}' per second", "rps", rule, (top.average, each)),
            ledger.ratio(f"{operation.id}_bound_peak", f"peak '{name}' per second", "rps", rule, (top.peak, each)),
        )


def _by_users(operation: OperationDraft, known: Rate, rates: Rates) -> None:
    """Where no deed is counted, a few files a month from each user are the most."""
    people, ledger = rates.people, rates.loads.ledger
    per_month = rates.lore.default("uploads_per_user_month").value
    if known.average.value <= people.value * per_month / float(MONTH):
        return
    each = rates.lore.assume(ledger, "uploads_per_user_month", because=f"no '{operation.object}' is counted")
    name, rule = f"{operation.verb} {operation.object}", "users x files a month"
    average = ledger.ratio(
        f"{operation.id}_bound", f"average '{name}' per second", "rps", rule, (people, each), (float(MONTH),)
    )
    peak = ledger.ratio(
        f"{operation.id}_bound_peak",
        f"peak '{name}' per second",
        "rps",
        "as the peak of all",
        (average, known.peak),
        (known.average,),
    )
    rates.of[operation.id] = Rate(average, peak)


def _most(noun: str, rates: Rates) -> Figure | float:
    """How many of them the brief allows or tells for one: `up to 3 photos`."""
    for q in rates.loads.numbers:
        same = q.noun.rpartition(" ")[2] == noun.rpartition(" ")[2] and q.dim in (Dim.COUNT, Dim.FACTOR)
        if same and 1 <= q.value <= _FEW:
            return rates.loads.ledger.state(q.number.id, f"{plural(noun)} at most", q.value, "ratio", q.number.why)
    return 1.0
