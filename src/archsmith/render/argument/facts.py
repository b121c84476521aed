"""Facts of the workload, the targets, the domain and the requirements as figures with names."""

from collections.abc import Iterator
from typing import Any, Final

from archsmith.kernel.provenance import Derived, Fact
from archsmith.model.base import Figure
from archsmith.model.design import Design
from archsmith.render.argument.topics import LOADS, TARGETS

_UNITS: Final = {
    "users": "users",
    "concurrent": "users",
    "average": "rps",
    "peak": "rps",
    "peak_factor": "ratio",
    "reads": "ratio",
    "connections": "connections",
    "egress": "bytes per month",
    "blobs": "bytes per month",
    "stored_1y": "bytes",
    "stored_3y": "bytes",
    "blobs_1y": "bytes",
    "blobs_3y": "bytes",
    "growth_per_month": "ratio",
    "availability": "probability",
    "latency_p95": "s",
    "rpo": "s",
    "rto": "s",
    "headroom": "ratio",
    "horizon": "months",
    "hourly_rate": "USD per hour",
    "outage_cost": "USD per hour",
    "budget": "USD per month",
    "build_budget": "USD",
    "deadline": "months",
    "team": "engineers",
    "teams": "teams",
    "request_bytes": "bytes",
    "response_bytes": "bytes",
    "freshness": "s",
    "every": "s",
    "rows": "rows",
    "rows_per_month": "rows per month",
    "row_bytes": "bytes",
    "blob_bytes": "bytes",
    "retention": "months",
}
_OPERATION: Final = {"average": "per second", "peak": "per second"}


def facts(design: Design) -> Iterator[Figure]:
    """`peak`, `availability`, `book-desk.peak`, `desk.rows`: every number of the derivation that is no step of it."""
    derivation = design.derivation
    yield from _of("", "", derivation.workload)
    yield from _of("", "", derivation.targets)
    for n in design.requirements.numbers:
        yield Figure(id=n.id, what=n.what, value=n.value, unit=n.unit, formula="", why=n.why)
    for operation in derivation.domain.operations:
        yield from _of(f"{operation.id}.", f" of {operation.name}", operation)
    for entity in derivation.domain.entities:
        yield from _of(f"{entity.id}.", f" of {entity.plural}", entity)


def _of(prefix: str, of: str, holder: Any) -> Iterator[Figure]:
    for name in holder.__struct_fields__:
        fact = getattr(holder, name)
        if not isinstance(fact, Fact) or isinstance(fact.value, bool) or not isinstance(fact.value, int | float):
            continue
        label = (TARGETS | LOADS)[name][0] if not prefix and name in TARGETS | LOADS else name.replace("_", " ")
        unit = _OPERATION.get(name, _UNITS.get(name, "")) if prefix else _UNITS.get(name, "")
        formula = fact.why.formula if isinstance(fact.why, Derived) else ""
        yield Figure(
            id=f"{prefix}{name}", what=f"{label}{of}", value=float(fact.value), unit=unit, formula=formula, why=fact.why
        )
