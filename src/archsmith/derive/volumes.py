"""Rows of every entity: how many there are, how many come, and how long they stay."""

import re
from typing import Final

from msgspec import Struct

from archsmith.derive.drafts import EntityDraft
from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.rates import Rates
from archsmith.derive.retention import retentions
from archsmith.derive.sizes import Sizes, is_large
from archsmith.derive.words import plural
from archsmith.kernel.ids import EntityId
from archsmith.kernel.provenance import Assumed, Derived, Fact
from archsmith.kernel.units import MONTH, Months
from archsmith.model.base import Figure
from archsmith.model.domain import Access

_MADE: Final = (Access.CREATE, Access.APPEND, Access.IMPORT, Access.NOTIFY)
_COUNTS_ONLY: Final = re.compile(
    r"\b(?:only (?:the )?(?:counts?|totals?|aggregates?|sums?)|no raw (?:storage|data|events?)|"
    r"(?:not|never) (?:be )?stored)\b"
)
_HORIZON_MONTHS: Final = 36.0
_FOLLOWING: Final = frozenset({"money", "message"})
_ONE_EACH: Final = frozenset(
    "line ticket approval grade submission invoice payment ledger_entry loan notification".split()
)
"""Rows of the entity lexicon of which there is about one for each thing that they refer to."""
_SETTINGS: Final = frozenset("rule category plan template band site firmware policy".split())
"""Rows of the entity lexicon that people set up by hand, a few dozen of them."""


class Volume(Struct):
    """An entity's volume: rows at the horizon, new ones a month, bytes of row and file, and how long it stays."""

    rows: Figure
    monthly: Figure
    row_bytes: Figure
    blob_bytes: Figure | None
    retention: Fact[Months] | None = None
    inflow: Figure | None = None
    rule: Quantity | None = None


_JOIN: Final = re.compile(
    r"\b(?:new|sign|signs|signing|signed|sign-ups?|regist\w+|join\w*|enrol\w*|onboard\w*)\b", re.IGNORECASE
)
"""Words that tell people who are entered from people who come: 3,000 fans a minute are no new rows."""


def volumes(loads: Loads, rates: Rates, sizes: Sizes, people: Figure, lore: Lore) -> dict[EntityId, Volume]:
    """The volume of every entity."""
    world = loads.world
    inflow = {draft.id: _inflow(draft, loads, rates) for draft in world.entities.values()}
    for draft in world.entities.values():
        if inflow[draft.id] is None and loads.people.of(draft.name) is None:
            inflow[draft.id] = _one_each(draft, loads, inflow, lore, sized=sizes.is_stated(draft.name))
    streams = [(r.value, e) for e, r in inflow.items() if r is not None and world.entities[e].kin == "reading"]
    sized = {e for _, e in streams if sizes.is_stated(world.entities[e].name)}
    raw = [e for _, e in sorted(streams, key=lambda item: (item[1] not in sized, -item[0], item[1]))]
    kept = retentions(loads.numbers, world, loads.context, tuple(raw))
    return {
        draft.id: _volume(draft, loads, inflow[draft.id], kept.get(draft.id), sizes, people, lore)
        for draft in world.entities.values()
    }


def _volume(
    draft: EntityDraft,
    loads: Loads,
    inflow: Figure | None,
    kept: tuple[Quantity, Fact[Months]] | None,
    sizes: Sizes,
    people: Figure,
    lore: Lore,
) -> Volume:
    ledger = loads.ledger
    retention = kept[1] if kept else None
    word = lore.entity(draft.name)
    sent = word is not None and word.id == "notification"
    if kept is None and draft.kin == "reading" and _only_counted(draft, loads):
        why = Derived(rule="only counts of them are wanted: the single ones go within a day", formula="1 / 30.4")
        retention = Fact(value=Months(1 / 30.4), why=why)
    elif kept is None and (draft.kin == "reading" or sent):
        usual = lore.default("retention", "message" if sent else "log")
        retention = Fact(
            value=Months(usual.value),
            why=Assumed(
                reason=f"the brief does not say how long {plural(draft.name)} are kept: {usual.reason}",
                source=f"defaults/{usual.id}",
            ),
        )
    if kept is None and word is not None and word.id == "basket":
        retention = Fact(
            value=Months(1.0),
            why=Assumed(reason="a basket that nobody checks out is of no use after a month", source="defaults/basket"),
        )
    counted = loads.people.of(draft.name)
    many = plural(draft.name)
    if inflow is not None:
        monthly = ledger.ratio(
            f"{draft.id}_monthly", f"new {many} a month", "per month", "rate x month", (inflow, float(MONTH))
        )
        months = min(retention.value, _HORIZON_MONTHS * 10) if retention else _HORIZON_MONTHS
        rows = (
            counted
            if counted is not None and draft.kin != "reading" and not kept
            else ledger.ratio(f"{draft.id}_rows", f"{many} kept", "rows", "inflow x retention", (monthly, months))
        )
    else:
        rows = counted or _assumed_rows(draft, loads, people, lore)
        monthly = ledger.ratio(
            f"{draft.id}_monthly", f"new {many} a month", "per month", "rows / horizon", (rows,), (_HORIZON_MONTHS,)
        )
    row = sizes.row(draft)
    row_bytes = ledger.state(f"{draft.id}_row_bytes", f"bytes of a row of {draft.name}", row.value, "bytes", row.why)
    blob, _ = sizes.blob(draft)
    return Volume(rows, monthly, row_bytes, blob, retention, inflow, kept[0] if kept else None)


def _inflow(draft: EntityDraft, loads: Loads, rates: Rates) -> Figure | None:
    """Rows that come in a second: by the stated load of that name, n per whole, or the operation that makes them."""
    stated = next((ld for noun, ld in loads.found.items() if loads.world.names.get(noun) == draft.id), None)
    if stated is not None and loads.changes(stated):
        return None
    if stated is not None and stated.quantity.dim is not Dim.COUNT and (not draft.person or _JOIN.search(stated.words)):
        return stated.average
    for q in loads.numbers:
        if q.per and q.dim in (Dim.FACTOR, Dim.COUNT) and loads.world.names.get(q.noun) == draft.id:
            whole = next(
                (
                    ld
                    for noun, ld in loads.found.items()
                    if noun == q.per or loads.world.names.get(noun) == loads.world.names.get(q.per, EntityId("?"))
                ),
                None,
            )
            if whole is not None and not loads.changes(whole):
                each = loads.ledger.state(q.number.id, f"{plural(q.noun)} per {q.per}", q.value, "ratio", q.number.why)
                return loads.ledger.ratio(
                    f"{draft.id}_inflow",
                    f"new {plural(draft.name)} per second",
                    "per second",
                    "rate x n each",
                    (whole.average, each),
                )
    made = [
        rates.of[o.id]
        for o in loads.world.operations.values()
        if o.entity == draft.id
        and o.access in _MADE
        and o.id in rates.of
        and (o.access in (Access.CREATE, Access.APPEND) or draft.kin == "message")
        and not draft.person
    ]
    top = max(made, key=lambda r: r.average.value, default=None)
    if top is None or loads.people.of(draft.name) is not None:
        return None
    return top.average


def _only_counted(draft: EntityDraft, loads: Loads) -> bool:
    """`Impressions: only counts per publisher are required, no raw storage`."""
    names = [name for alias in draft.aliases for name in (alias, plural(alias))]
    return any(_COUNTS_ONLY.search(s) and any(name in s for name in names) for s in loads.context.sentences)


def _one_each(
    draft: EntityDraft, loads: Loads, inflow: dict[EntityId, Figure | None], lore: Lore, *, sized: bool
) -> Figure | None:
    """A payment for each order, a line for each invoice: as many as of the thing that it belongs to."""
    row = lore.entity(draft.name)
    part = any(r.owns for r in draft.relations)
    if is_large(draft.name) and not sized:
        return None  # not every claim has a film
    if not (draft.kin in _FOLLOWING or part or (row is not None and row.id in _ONE_EACH)):
        return None
    for relation in sorted(draft.relations, key=lambda r: not r.owns):
        whole = loads.world.entities[relation.target]
        base = inflow.get(whole.id)
        if base is not None and not whole.person and whole.kin != "reading":
            return loads.ledger.ratio(
                f"{draft.id}_inflow",
                f"new {plural(draft.name)} per second",
                "per second",
                f"one for each {whole.name}",
                (base,),
            )
    return None


def _assumed_rows(draft: EntityDraft, loads: Loads, people: Figure, lore: Lore) -> Figure:
    """People: as many as use it. Parts: n for each whole. The rest: what a small team can look after."""
    ledger = loads.ledger
    actors = {a.name for a in loads.world.actors.values() if not a.internal}
    row = lore.entity(draft.name)
    many = plural(draft.name)
    if row is not None and row.id == "staff":
        return lore.assume(
            ledger, "staff_rows", ident=f"{draft.id}_rows", what=many, because=f"the brief does not count {many}"
        )
    if draft.name in actors or (draft.person and not actors):
        return people
    for q in loads.numbers:
        if q.per and q.dim in (Dim.FACTOR, Dim.COUNT) and loads.world.names.get(q.noun) == draft.id:
            whole = loads.people.of(q.per)
            if whole is not None:
                each = ledger.state(q.number.id, f"{plural(q.noun)} per {q.per}", q.value, "ratio", q.number.why)
                return ledger.ratio(f"{draft.id}_rows", plural(draft.name), "rows", "count x n each", (whole, each))
    for relation in draft.relations:
        whole = loads.people.of(loads.world.entities[relation.target].name)
        if whole is not None and not is_large(draft.name) and (relation.owns or draft.kin in ("file", "money")):
            return ledger.ratio(f"{draft.id}_rows", many, "rows", f"one for each {relation.name}", (whole,))
    small = row is not None and (row.id in _SETTINGS or row.kin in ("rule", "site"))
    return lore.assume(
        ledger,
        "settings_rows" if small else "catalogue_rows",
        ident=f"{draft.id}_rows",
        what=many,
        because=f"the brief does not count {many}",
    )
