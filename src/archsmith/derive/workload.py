"""The workload as a whole: totals over the operations, storage, egress, connections."""

from typing import Final

from archsmith.derive.drafts import World
from archsmith.derive.growth import Growth
from archsmith.derive.ledger import Ledger, fact
from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.volumes import Volume
from archsmith.kernel.ids import EntityId
from archsmith.kernel.provenance import Assumed, Derived, Fact
from archsmith.kernel.units import MONTH, Bytes, BytesPerMonth, Count, PerSecond, Ratio
from archsmith.model.base import Figure
from archsmith.model.domain import LOOKS, Access, Domain, Operation, Workload
from archsmith.model.requirements import OperationKind

_INSIDE: Final = frozenset({OperationKind.BATCH})


def from_outside(operation: Operation) -> bool:
    """Whether its calls reach the system from outside: not jobs, and not messages that the system sends."""
    return operation.kind not in _INSIDE and operation.access is not Access.NOTIFY


def workload_of(
    domain: Domain,
    world: World,
    loads: Loads,
    volumes: dict[EntityId, Volume],
    people: Figure,
    at_once: Figure,
    sent: list[Figure],
    growths: tuple[Growth, ...],
    lore: Lore,
    live: bool,
) -> Workload:
    """Sums up. Steps of single operations come first, the totals last."""
    ledger = loads.ledger
    outside = [o for o in domain.operations if from_outside(o)]
    average = _sum(ledger, "average_rps", "average requests", [(o.average.value, _step(o.average)) for o in outside])
    peak = _sum(ledger, "peak_rps", "peak requests", [(o.peak.value, _step(o.peak)) for o in outside])
    reads = _sum(
        ledger,
        "read_rps",
        "average read requests",
        [(o.average.value, _step(o.average)) for o in outside if o.access in LOOKS],
    )
    share = (
        ledger.ratio("read_share", "share of reads", "ratio", "reads / all", (reads,), (average,))
        if average.value
        else ledger.assume(
            "read_share", "share of reads", 0.9, "ratio", reason="no operation has a rate", source="defaults/read_share"
        )
    )
    factor = (
        ledger.ratio(
            "peak_over_average", "peak over average of all requests", "ratio", "peak / average", (peak,), (average,)
        )
        if average.value
        else ledger.assume(
            "peak_over_average",
            "peak over average of all requests",
            1.0,
            "ratio",
            reason="no operation has a rate",
            source="defaults/peak_factor",
        )
    )
    egress = _egress(ledger, outside, sent)
    rows, blobs = _kept(ledger, volumes, lore)
    inflow = _blob_inflow(ledger, volumes)
    connections = _connections(domain, world, loads, at_once, live)
    return Workload(
        users=fact(people),
        concurrent=fact(at_once),
        average=fact(average),
        peak=fact(peak),
        peak_factor=fact(factor),
        reads=fact(share),
        connections=connections,
        egress=_as_bytes(egress),
        blobs=_monthly(inflow),
        stored_1y=rows[0],
        stored_3y=rows[1],
        blobs_1y=blobs[0],
        blobs_3y=blobs[1],
        growth_per_month=_growth(growths, loads),
        steps=ledger.steps,
    )


def _step(rate: Fact[PerSecond]) -> str:
    return rate.why.inputs[0] if isinstance(rate.why, Derived) and rate.why.inputs else ""


def _sum(ledger: Ledger, ident: str, what: str, parts: list[tuple[float, str]]) -> Figure:
    """The sum of the operations' rates: each step once for each operation that it is the rate of."""
    figures = [ledger.get(step) for _, step in parts]
    terms: list[Figure | float] = [f if f is not None else v for f, (v, _) in zip(figures, parts, strict=True)]
    return ledger.total(ident, what, "rps", "sum over operations", tuple(terms))


def _egress(ledger: Ledger, operations: list[Operation], sent: list[Figure]) -> Figure:
    """Answers of all requests a month, and what stated downloads and mails carry, in bytes a month."""
    answered = sum(o.average.value * o.response_bytes.value for o in operations)
    total = sum(o.average.value for o in operations)
    mean = ledger.state(
        "mean_response",
        "mean bytes of an answer",
        answered / total if total else 0.0,
        "bytes",
        Derived(rule="answers weighted by rate", inputs=("average_rps",)),
    )
    rate = ledger.get("average_rps")
    answers = ledger.ratio(
        "answers_egress",
        "egress of answers per month",
        "bytes per month",
        "rate x month x bytes",
        (rate if rate is not None else 0.0, float(MONTH), mean),
    )
    parts: list[Figure | float] = [answers]
    for figure in sent:
        scale = 1e12 if figure.unit == "TB" else 1e9
        parts.append(
            ledger.ratio(
                f"{figure.id}_bytes", f"{figure.what}, in bytes", "bytes per month", "to bytes", (figure, scale)
            )
        )
    return ledger.total("egress", "egress per month, all together", "bytes per month", "sum", tuple(parts))


def _kept(
    ledger: Ledger, volumes: dict[EntityId, Volume], lore: Lore
) -> tuple[tuple[Fact[Bytes], Fact[Bytes]], tuple[Fact[Bytes], Fact[Bytes]]]:
    """Bytes of rows and of files after one and after three years, with what retention takes away again."""
    overhead = lore.assume(ledger, "row_overhead")
    found: dict[tuple[str, int], Figure] = {}
    for years in (1, 3):
        rows: list[Figure | float] = []
        files: list[Figure | float] = []
        for ident, volume in volumes.items():
            months = min(years * 12.0, volume.retention.value) if volume.retention else years * 12.0
            count: tuple[Figure | float, ...] = (
                (volume.monthly, months) if volume.inflow is not None else (volume.rows,)
            )
            rows.append(
                ledger.ratio(
                    f"{ident}_bytes_{years}y",
                    f"bytes of {ident.replace('-', ' ')} rows after {years} y",
                    "bytes",
                    "rows x bytes x overhead",
                    (*count, volume.row_bytes, overhead),
                )
            )
            if volume.blob_bytes is not None:
                files.append(
                    ledger.ratio(
                        f"{ident}_files_{years}y",
                        f"bytes of {ident.replace('-', ' ')} files after {years} y",
                        "bytes",
                        "files x bytes",
                        (*count, volume.blob_bytes),
                    )
                )
        found["rows", years] = ledger.total(
            f"stored_{years}y_bytes", f"database after {years} y, in bytes", "bytes", "sum", tuple(rows)
        )
        found["files", years] = ledger.total(
            f"blobs_{years}y_bytes", f"files after {years} y, in bytes", "bytes", "sum", tuple(files)
        )
        for what, label in (("rows", "database storage"), ("files", "file storage")):
            figure = found[what, years]
            unit, scale = ("TB", 1e12) if figure.value >= 1e12 else ("GB", 1e9)
            ledger.ratio(
                f"{what}_{years}y",
                f"{label} after {years} year{'s' if years > 1 else ''}",
                unit,
                "in units",
                (figure,),
                (scale,),
            )
    return ((fact(found["rows", 1]), fact(found["rows", 3])), (fact(found["files", 1]), fact(found["files", 3])))


def _blob_inflow(ledger: Ledger, volumes: dict[EntityId, Volume]) -> Figure:
    parts: list[Figure | float] = []
    for ident, volume in volumes.items():
        if volume.blob_bytes is not None:
            parts.append(
                ledger.ratio(
                    f"{ident}_files_month",
                    f"bytes of new {ident.replace('-', ' ')} files a month",
                    "bytes per month",
                    "rows a month x bytes",
                    (volume.monthly, volume.blob_bytes),
                )
            )
    return ledger.total("blobs_month", "bytes of new files a month", "bytes per month", "sum", tuple(parts))


def _connections(domain: Domain, world: World, loads: Loads, at_once: Figure, live: bool) -> Fact[Count]:
    """Held open at the peak: devices that stay connected, and those who watch something live."""
    live = live or any(o.real_time for o in domain.operations)
    devices = [
        f
        for f in (
            loads.people.of(e.name)
            for e in world.entities.values()
            if any(a.name == "last_seen_at" for a in e.attributes)
        )
        if f is not None
    ]
    parts: tuple[Figure | float, ...] = (
        *([max(devices, key=lambda f: f.value)] if devices else []),
        *([at_once] if live else []),
    )
    if not parts:
        return Fact(
            value=Count(0.0),
            why=Assumed(
                reason="nothing is pushed and no device stays connected: requests come and go",
                source="defaults/connections",
            ),
        )
    return fact(loads.ledger.total("connections", "connections held open at the peak", "connections", "sum", parts))


def _growth(growths: tuple[Growth, ...], loads: Loads) -> Fact[Ratio]:
    needs = loads.requirements.needs
    factor = needs.growth.value if needs.growth is not None else max((g.quantity.value for g in growths), default=0.0)
    months = (
        needs.growth_months.value
        if needs.growth_months is not None
        else next((g.months for g in growths if g.months), None)
    )
    if factor > 0 and months:
        rate = factor ** (1 / months) - 1
        return Fact(
            value=Ratio(rate),
            why=Derived(
                rule="growth a month",
                formula=f"{factor:g} ** (1 / {months:g}) - 1",
                inputs=tuple(g.quantity.number.id for g in growths),
            ),
        )
    return Fact(
        value=Ratio(0.015),
        why=Assumed(
            reason="the brief states no growth: about a fifth a year is what a going concern plans for",
            source="defaults/growth",
        ),
    )


def _as_bytes(figure: Figure) -> Fact[BytesPerMonth]:
    return fact(figure)


def _monthly(figure: Figure) -> Fact[BytesPerMonth]:
    return fact(figure)
