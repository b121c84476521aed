"""Runs: what a scheduled job does once for each of those who are counted, such as a monthly charge for every member."""

from typing import Final

from archsmith.derive.context import windows
from archsmith.derive.drafts import EntityDraft, OperationDraft
from archsmith.derive.load import Load
from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.quantities import PERIODS, Dim, Quantity
from archsmith.derive.schedules import interval
from archsmith.derive.words import plural
from archsmith.kernel.units import DAY
from archsmith.model.base import Figure
from archsmith.model.domain import Access
from archsmith.model.requirements import OperationKind

_FOR_EVERYBODY: Final = frozenset("charge bill invoice debit collect pay renew remind statement settle payout".split())
"""Verbs of jobs that treat every payer once in a run."""
_OF_PEOPLE: Final = frozenset(
    {"charge", "invoice", "bill", "statement", "payslip", "direct debit", "payment", "payout"}
)
_DONE: Final = {"pay": "payment", "charge": "charge", "bill": "bill", "invoice": "invoice", "remind": "reminder"}
"""What is done to people, as a thing."""
_MADE: Final = (Access.CREATE, Access.COMPUTE, Access.NOTIFY, Access.TRANSITION, Access.UPDATE)


def runs(loads: Loads, lore: Lore) -> None:
    """`monthly run of charges` x members: so many a month, and so many a second while the job runs."""
    for operation in sorted(loads.world.operations.values(), key=lambda o: o.id):
        entity = loads.world.entities[operation.entity]
        text = loads.context.around(operation.why) or operation.text
        every = interval(text)
        known = any(loads.world.names.get(noun) == entity.id for noun in loads.found)
        if every is None or every < float(DAY) or known or not _treats_everybody(operation, entity):
            continue
        counted = _payers(entity, text, loads)
        if counted is not None and counted[1].value > 1:
            _run(operation, entity, every, *counted, text, loads, lore)


def _treats_everybody(operation: OperationDraft, entity: EntityDraft) -> bool:
    words = {operation.verb.split(" ")[0], *operation.object.split(" "), *entity.name.split(" ")}
    scheduled = operation.kind is OperationKind.BATCH or operation.access in _MADE
    return scheduled and bool(words & _FOR_EVERYBODY or operation.object in _OF_PEOPLE)


def _payers(entity: EntityDraft, text: str, loads: Loads) -> tuple[Quantity, Figure] | None:
    """Those whom each run treats: counted in the same sentence, else those of whom it is, else the customers."""
    numbers = [q for q in loads.numbers if q.dim is Dim.COUNT and q.value > 1 and q.binding]
    people = [q for q in numbers if (d := loads.world.find(q.noun)) is None or d.person or d.kin in ("site", "")]
    owners = {r.target for r in entity.relations}
    near = [q for q in people if q.quote and q.quote in text]
    own = [q for q in people if (d := loads.world.find(q.noun)) is not None and d.id in owners]
    top = max(near or own, key=lambda q: q.value, default=None)
    figure = loads.people.of(top.noun) if top is not None else None
    if top is not None and figure is not None:
        return top, figure
    crowd = loads.people.anyone()
    source = next((q for q in people if crowd is not None and loads.people.of(q.noun) is crowd), None)
    return (source, crowd) if crowd is not None and source is not None else None


def _run(
    operation: OperationDraft,
    entity: EntityDraft,
    every: float,
    source: Quantity,
    count: Figure,
    text: str,
    loads: Loads,
    lore: Lore,
) -> None:
    ledger = loads.ledger
    noun = _DONE.get(operation.verb.split(" ")[0], "") if entity.person else entity.name
    if not noun or noun in loads.found:
        return
    period = min(("day", "week", "month", "quarter", "year"), key=lambda name: abs(PERIODS[name] - every))
    counted = ledger.ratio(
        f"{noun}_per_{period}", f"{plural(noun)} per {period}, one for each of the {count.what}", f"per {period}",
        "one for each", (count, 1.0),
    )  # fmt: skip
    average = ledger.ratio(
        f"{noun}_rate", f"average {plural(noun)} per second", "per second", "rate", (counted,), (every,)
    )
    window = next((w for w in windows(text) if w.seconds < every), None)
    length = lore.assume(ledger, "batch_hour_share") if window is None else window.seconds
    ledger.ratio(
        f"{noun}_run_rate", f"{plural(noun)} per second while the job runs", "per second", "count / length of the run",
        (counted,), (length,),
    )  # fmt: skip
    at = Quantity(
        number=source.number, noun=noun, dim=Dim.RATE, value=count.value, period=every, period_name=period,
        order=source.order,
    )  # fmt: skip
    loads.found[noun] = Load(noun, average, at, counted, words=text, job=True)
