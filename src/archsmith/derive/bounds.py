"""What is only assumed does not outrun what is known: no more files than deeds, no more who leave than are there."""

from typing import Final

from archsmith.derive.drafts import OperationDraft
from archsmith.derive.pools import Rate
from archsmith.derive.quantities import Dim
from archsmith.derive.rates import Rates
from archsmith.derive.words import plural
from archsmith.kernel.names import snake
from archsmith.kernel.units import MONTH
from archsmith.knowledge.naming import Naming
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


def few_leave(rates: Rates) -> None:
    """Of people, and of what is deleted for good, a small part of those who are counted goes in a month."""
    world, ledger, naming = rates.loads.world, rates.loads.ledger, Naming(rates.lore.catalogue)
    for operation in world.operations.values():
        known = rates.of.get(operation.id)
        entity = world.entities[operation.entity]
        guessed = known is not None and ledger.get(snake(f"{operation.id}_share")) is not None
        ends = operation.access is Access.DELETE or naming.has("ending_verbs", operation.verb)
        gone = entity.person or naming.has("delete_verbs", operation.verb)
        if known is None or not guessed or not ends or not gone:
            continue
        there = rates.loads.people.of(entity.name) or (rates.people if entity.person else None)
        leave = rates.lore.default("leave_month").value
        if there is None or known.average.value <= there.value * leave / float(MONTH):
            continue
        share = rates.lore.assume(ledger, "leave_month")
        name, rule = f"{operation.verb} {operation.object}", "no more than leave"
        average = ledger.ratio(
            f"{operation.id}_bound", f"average '{name}' per second", "rps", rule, (there, share), (float(MONTH),)
        )
        peak = _as_all(operation, average, known, rates)
        rates.of[operation.id] = Rate(average, peak)


def _as_all(operation: OperationDraft, average: Figure, known: Rate, rates: Rates) -> Figure:
    """The peak, as many times the average as it was before the bound."""
    name = f"{operation.verb} {operation.object}"
    over, under = (average, known.peak), (known.average,)
    what = f"peak '{name}' per second"
    return rates.loads.ledger.ratio(f"{operation.id}_bound_peak", what, "rps", "as the peak of all", over, under)


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
    rates.of[operation.id] = Rate(average, _as_all(operation, average, known, rates))


def _most(noun: str, rates: Rates) -> Figure | float:
    """How many of them the brief allows or tells for one: `up to 3 photos`."""
    for q in rates.loads.numbers:
        same = q.noun.rpartition(" ")[2] == noun.rpartition(" ")[2] and q.dim in (Dim.COUNT, Dim.FACTOR)
        if same and 1 <= q.value <= _FEW:
            return rates.loads.ledger.state(q.number.id, f"{plural(noun)} at most", q.value, "ratio", q.number.why)
    return 1.0
