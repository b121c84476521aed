"""Rows, bytes kept and bytes sent: populations, inflow x retention, files, egress."""

from dataclasses import dataclass, field
from typing import Final

from archsmith.derive.drafts import EntityDraft
from archsmith.derive.load import Load
from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.rates import Rates
from archsmith.derive.retention import retentions
from archsmith.derive.sizes import Sizes
from archsmith.derive.words import plural
from archsmith.kernel.ids import EntityId
from archsmith.kernel.provenance import Assumed, Fact
from archsmith.kernel.units import DAY, MONTH, YEAR, Months
from archsmith.model.base import Figure
from archsmith.model.domain import Access

_TB: Final = 1e12
_GB: Final = 1e9
_MADE: Final = (Access.CREATE, Access.APPEND, Access.IMPORT, Access.NOTIFY)
_HORIZON_MONTHS: Final = 36.0


@dataclass(slots=True)
class Volume:
    """An entity's volume: rows at the horizon, new ones a month, bytes of row and file, and how long it stays."""

    rows: Figure
    monthly: Figure
    row_bytes: Figure
    blob_bytes: Figure | None
    retention: Fact[Months] | None = None
    inflow: Figure | None = None
    rule: Quantity | None = None
    parts: list[Figure] = field(default_factory=list)


def volumes(loads: Loads, rates: Rates, sizes: Sizes, people: Figure, lore: Lore) -> dict[EntityId, Volume]:
    """The volume of every entity."""
    world = loads.world
    inflow = {draft.id: _inflow(draft, loads, rates) for draft in world.entities.values()}
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
    if kept is None and draft.kin == "reading":
        usual = lore.default("retention", "log")
        retention = Fact(
            value=Months(usual.value),
            why=Assumed(
                reason=f"the brief does not say how long {plural(draft.name)} are kept: {usual.reason}",
                source=f"defaults/{usual.id}",
            ),
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
    if stated is not None and stated.quantity.dim is not Dim.COUNT:
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
            if whole is not None:
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


def _assumed_rows(draft: EntityDraft, loads: Loads, people: Figure, lore: Lore) -> Figure:
    """People: as many as use it. Parts: n for each whole. The rest: what a small team can look after."""
    ledger = loads.ledger
    actors = {a.name for a in loads.world.actors.values() if not a.internal}
    if draft.name in actors or (draft.person and not actors):
        return people
    for q in loads.numbers:
        if q.per and q.dim in (Dim.FACTOR, Dim.COUNT) and loads.world.names.get(q.noun) == draft.id:
            whole = loads.people.of(q.per)
            if whole is not None:
                each = ledger.state(q.number.id, f"{plural(q.noun)} per {q.per}", q.value, "ratio", q.number.why)
                return ledger.ratio(f"{draft.id}_rows", plural(draft.name), "rows", "count x n each", (whole, each))
    return lore.assume(
        ledger,
        "catalogue_rows",
        ident=f"{draft.id}_rows",
        what=plural(draft.name),
        because=f"the brief does not count {plural(draft.name)}",
    )


def size_unit(value: float) -> tuple[str, float]:
    """The unit in which to show bytes: TB from one upwards, else GB."""
    return ("TB", _TB) if value >= _TB else ("GB", _GB)


def stored(
    ident: str,
    what: str,
    loads: Loads,
    rule: str,
    times: tuple[Figure | float, ...],
    over: tuple[Figure | float, ...] = (),
) -> Figure:
    """A figure of bytes in GB or TB."""
    value = 1.0
    for t in times:
        value *= t.value if isinstance(t, Figure) else t
    for o in over:
        value /= o.value if isinstance(o, Figure) else o
    unit, scale = size_unit(value)
    return loads.ledger.ratio(ident, what, unit, rule, times, (*over, scale))


def storage_steps(found: dict[EntityId, Volume], loads: Loads) -> None:
    """Files by entity (a year's worth, and all that is kept), and the rows of what comes in streams."""
    for ident, volume in found.items():
        draft = loads.world.entities[ident]
        if volume.blob_bytes is not None:
            if volume.inflow is not None:
                stored(
                    f"{ident}_files_year",
                    f"new {draft.name} files per year",
                    loads,
                    "rate x year x size",
                    (volume.inflow, float(YEAR), volume.blob_bytes),
                )
                if volume.retention is not None:
                    stored(
                        f"{ident}_files_kept",
                        f"{draft.name} files after {_span(volume)}",
                        loads,
                        "rate x retention x size",
                        (volume.inflow, volume.retention.value, float(MONTH), volume.blob_bytes),
                    )
            else:
                stored(
                    f"{ident}_files", f"{draft.name} storage", loads, "count x size", (volume.rows, volume.blob_bytes)
                )
        elif draft.kin == "reading" and volume.inflow is not None and volume.retention is not None:
            stored(
                f"{ident}_kept",
                f"{plural(draft.name)} stored for {_span(volume)}",
                loads,
                "rate x retention x bytes",
                (volume.inflow, volume.retention.value, float(MONTH), volume.row_bytes),
            )


def _span(volume: Volume) -> str:
    if volume.rule is not None and volume.rule.quote:
        return " ".join(volume.rule.quote.replace("for ", "").split())
    months = volume.retention.value if volume.retention else 0.0
    return f"{months:g} months"


def transfers(loads: Loads, sizes: Sizes, found: dict[EntityId, Volume]) -> list[Figure]:
    """Bytes a month that stated loads send out (downloads and mails x size), and the line at the rush."""
    out: list[Figure] = []
    for load in loads.found.values():
        size = _carried(load, loads, sizes, found)
        if size is None:
            continue
        out.append(
            stored(
                f"{load.noun}_egress",
                f"egress of {plural(load.noun)} per month",
                loads,
                "rate x month x size",
                (load.average, float(MONTH), size),
            )
        )
        if load.burst is not None:
            loads.ledger.ratio(
                f"{load.noun}_line",
                f"outgoing traffic of {plural(load.noun)} at the rush",
                "Mbit/s",
                "rate x size x 8",
                (load.burst, size, 8.0),
                (1e6,),
            )
    return out


_SENT: Final = frozenset(
    "download play stream view listen mail e-mail email newsletter message notification address feed fetch "
    "request".split()
)


def _carried(load: Load, loads: Loads, sizes: Sizes, found: dict[EntityId, Volume]) -> Figure | None:
    last = load.noun.rpartition(" ")[2]
    if last not in _SENT:
        return None
    own = sizes.stated(load.noun)
    if own is not None:
        return own
    if last in ("download", "play", "stream", "view", "listen"):
        files = [v for v in found.values() if v.blob_bytes is not None]
        big = max(files, key=lambda v: v.blob_bytes.value if v.blob_bytes else 0.0, default=None)
        return big.blob_bytes if big is not None else None
    if last in ("address", "mail", "e-mail", "email", "message", "newsletter"):
        return sizes.stated("mail") or sizes.stated("message")
    return None


def per_day(figure: Figure) -> float:
    """A rate a second as a number a day, for messages."""
    return figure.value * float(DAY)
