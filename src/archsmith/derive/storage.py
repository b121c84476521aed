"""Bytes kept and bytes sent: files by stock and by inflow, streams by retention, downloads and mails."""

from typing import Final

from archsmith.derive.attach import is_browsing
from archsmith.derive.load import Load
from archsmith.derive.loads import Loads
from archsmith.derive.quantities import Dim
from archsmith.derive.sizes import Sizes
from archsmith.derive.volumes import Volume
from archsmith.derive.words import plural
from archsmith.kernel.ids import EntityId
from archsmith.kernel.units import MONTH, YEAR
from archsmith.model.base import Figure

_TB: Final = 1e12
_GB: Final = 1e9
_A_YEAR: Final = {"day": 365.0, "week": 52.0, "month": 12.0, "quarter": 4.0}


_DAYS_OF: Final = {"week": 7.0, "month": 365.0 / 12, "quarter": 365.0 / 4, "year": 365.0}


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
                load = next((ld for n, ld in loads.found.items() if loads.world.names.get(n) == ident), None)
                period = load.quantity.period_name if load is not None else ""
                if load is not None and period in _A_YEAR and load.average is volume.inflow:
                    stored(
                        f"{ident}_files_{period}",
                        f"new {draft.name} files per {period}",
                        loads,
                        f"{plural(load.noun)} per {period} x size",
                        (load.counted, volume.blob_bytes),
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


def yearly(loads: Loads) -> None:
    """`200,000 new links a day` x 365: what a year adds, which a store has to hold; and what a day and a week bring."""
    for load in loads.found.values():
        q = load.quantity
        if q.dim is not Dim.RATE or is_browsing(load.noun) or q.number.peak:
            continue
        if q.period_name in _DAYS_OF:
            what = f"{plural(load.noun)} a day"
            days = _DAYS_OF[q.period_name]
            loads.ledger.ratio(f"{load.noun}_a_day", what, "per day", "rate / days", (load.counted,), (days,))
        if q.period_name == "year":
            what = f"{plural(load.noun)} a week"
            loads.ledger.ratio(f"{load.noun}_a_week", what, "per week", "rate / weeks", (load.counted,), (52.0,))
        if q.period_name not in _A_YEAR:
            continue
        what = f"{plural(load.noun)} a year"
        loads.ledger.ratio(
            f"{load.noun}_year",
            what,
            plural(load.noun),
            "rate x periods of a year",
            (load.counted, _A_YEAR[q.period_name]),
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
    if last not in _SENT or is_browsing(load.noun):
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
