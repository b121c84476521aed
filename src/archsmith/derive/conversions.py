"""Loads that follow from others: n for each of them, or the share of them that becomes something else."""

import re
from typing import Final

from msgspec.structs import replace

from archsmith.derive.context import windows
from archsmith.derive.load import Load, unit_of
from archsmith.derive.loads import Loads
from archsmith.derive.populations import nouns_in
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.words import phrase, plural
from archsmith.model.base import Figure
from archsmith.model.requirements import NumberRole

_BECOMES: Final = re.compile(
    r"\b(?:ends? (?:up )?in|becomes?|leads? to|results? in|are|is|converts? to|turns? into|carry|carries|have|has|"
    r"contains?|includes?|with|causes?|triggers?|needs?)\s+(?:an?\s+)?([a-z]+(?: [a-z]+)?)"
)
_BEARS: Final = re.compile(
    r"([a-z]+(?: [a-z]+)?) (?:takes?|gets?|bears?|carr(?:y|ies)|receives?|accounts? for|makes? up|causes?|produces?)\s+"
    r"(?:up to |about |around |some |at most |roughly |almost |over )?(?=\d)"
)
"""Who bears a share of a load: `a settlement account takes up to 30 % of all postings`."""
_BEFORE: Final = re.compile(r"(?:^|[,;:(.]|\band\b)\s*([a-z-]+):?\s*$")
"""What a share is of, right before it: `opens 22 %`."""
_CELL: Final = re.compile(r"[^:]*\([^)]*\): ")
_PARTS: Final = frozenset({NumberRole.POPULATION, NumberRole.LOAD, NumberRole.RATIO})
_NO_OUTCOME: Final = frozenset({"", "conversion", "share", "rate", "percent"})


def multiples(loads: Loads) -> None:
    """`4 receipts each` of 260 claims a month, `6 messages per ticket`: n for each of a stated load."""
    for q in loads.numbers:
        counted = q.dim is Dim.FACTOR or (q.dim is Dim.COUNT and q.number.role in _PARTS)
        known = loads.found.get(q.noun)
        if not counted or not q.per or q.number.role is NumberRole.LIMIT or (known and not known.quantity.number.peak):
            continue
        if not q.binding and any(p.binding and (p.noun, p.per) == (q.noun, q.per) for p in loads.numbers):
            continue  # today's figure, where the one to plan with stands beside it
        base = next((ld for noun, ld in loads.found.items() if noun == q.per or noun.rpartition(" ")[2] == q.per), None)
        if base is None or base.quantity.dim is not Dim.RATE or q.value <= 0 or q.per == "visit":
            continue
        each = loads.ledger.state(q.number.id, f"{plural(q.noun)} per {q.per}", q.value, "ratio", q.number.why)
        if not loads.changes(base):
            _follow(q, base, each, loads, "load x n each")


def shares(loads: Loads) -> None:
    """`1 out of 60 ends in a booking`, `opens 22 %`: the share of one load that becomes another."""
    for q in loads.numbers:
        said = q.number.role in (NumberRole.RATIO, NumberRole.LOAD)
        if q.dim is not Dim.SHARE or not said or q.number.id in loads.used or q.value >= 1.0:
            continue  # `one file` is no share
        if not q.binding and any(p.binding and p.dim is Dim.SHARE and p.noun == q.noun for p in loads.numbers):
            continue
        base = _base_of(q, loads)
        if base is None or (q.number.role is NumberRole.LOAD and windows(loads.context.around(q.number.why))):
            continue
        noun = _outcome(q, base, loads)
        if noun == base.noun:
            continue
        share = loads.ledger.state(
            q.number.id, f"share of {plural(base.noun)} that become {plural(noun)}", q.value, "ratio", q.number.why
        )
        _follow(replace(q, noun=noun), base, share, loads, "load x share")
        loads.used.add(q.number.id)


def _follow(q: Quantity, base: Load, factor: Figure, loads: Loads, rule: str) -> None:
    noun, period = q.noun, base.quantity.period_name or "second"
    ledger, unit = loads.ledger, unit_of(q.noun)
    counted = ledger.ratio(
        f"{noun}_per_{period}", f"{plural(noun)} per {period}", f"per {period}", rule, (base.counted, factor)
    )
    average = ledger.ratio(
        f"{noun}_rate", f"average {plural(noun)} per second", unit, "rate", (counted,), (base.quantity.period or 1.0,)
    )
    busy = None
    if base.busy is not None:
        what = f"{plural(noun)} per second when {plural(base.noun)} are busiest"
        busy = ledger.ratio(f"{noun}_busy", what, unit, rule, (base.busy, factor))
    burst = None
    if base.burst is not None:
        burst = ledger.ratio(f"{noun}_rush", f"{plural(noun)} per second in the rush", unit, rule, (base.burst, factor))
    known = loads.found.get(noun)
    if known is not None and known.quantity.number.peak:  # what one day saw is no average, but its busy day
        busy = known.average if busy is None or busy.value < known.average.value else busy
        known = None
    if known is None:
        at = replace(q, period=base.quantity.period, period_name=base.quantity.period_name)
        words = loads.context.around(q.number.why)
        loads.found[noun] = Load(noun, average, at, counted, busy, burst, words=words)


def _base_of(q: Quantity, loads: Loads) -> Load | None:
    """The load of which the share is taken: the one it names, else the last one before it, near by."""
    for load in loads.found.values():
        if q.noun == load.noun or f"of {plural(load.noun)}" in q.quote:
            return load
    text = loads.context.around(q.number.why)
    if text == " ".join(q.quote.split()) or _CELL.match(text):
        return None  # a cell of a table stands beside rows of other things
    before = [
        ld
        for ld in loads.found.values()
        if ld.quantity.order < q.order and q.line - ld.quantity.line <= 1 and ld.quantity.dim is Dim.RATE
    ]
    return max(before, key=lambda ld: ld.quantity.order, default=None)


def _outcome(q: Quantity, base: Load, loads: Loads) -> str:
    """What the share becomes: `ends in a booking`, `opens 22 %`, else the number's own noun."""
    head, tail = loads.context.sides(q.number.why)
    match = _BECOMES.search(f"{q.quote}{tail[:60]}")
    if match:
        if match[1].startswith("one"):
            earlier = [n for n in nouns_in(head, loads.world) if n != base.noun]
            return earlier[-1] if earlier else base.noun
        found = nouns_in(match[1], loads.world)
        if found:
            return found[0]
        return f"{match[1].split(' ')[0]} {base.noun}" if q.noun == base.noun else q.noun
    own = "" if q.noun in _NO_OUTCOME else q.noun.removesuffix(" rate")
    bearer = _BEARS.search(f"{head}{q.quote}")
    if bearer is not None and own in ("", base.noun):
        return f"{phrase(bearer[1])} {base.noun}"
    if own in ("", base.noun) and (named := _BEFORE.search(head)) is not None:
        at = loads.world.names.get(phrase(named[1]))
        own = loads.world.entities[at].name if at is not None else own
    return own or base.noun
