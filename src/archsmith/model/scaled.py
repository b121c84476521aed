"""Factors on what follows from a brief: traffic, peaks and data kept, for which no single figure of it stands.

`what-if` and the flip points of `decide` put the same factors on the same figures.
"""

from typing import TypeVar

from msgspec.structs import replace

from archsmith.kernel.provenance import Derived, Fact
from archsmith.model.changes import Scale
from archsmith.model.domain import Derivation, Entity, Operation
from archsmith.model.requirements import OperationKind

T = TypeVar("T", bound=float)


def scaled(derivation: Derivation, scales: tuple[Scale, ...]) -> Derivation:
    """The derivation with each factor put on what it is of, in the order given."""
    for scale in scales:
        derivation = _BY_LEVER[scale.lever](derivation, scale.factor)
    return derivation


def _traffic(derivation: Derivation, factor: float) -> Derivation:
    """Requests of every operation but of timed jobs; what leaves the system grows alike."""
    load = derivation.workload
    return _put(
        derivation,
        operations=tuple(_faster(o, factor, average=True) for o in derivation.domain.operations),
        average=_times(load.average, factor, "traffic"),
        peak=_times(load.peak, factor, "traffic"),
        egress=_times(load.egress, factor, "traffic"),
    )


def _peak(derivation: Derivation, factor: float) -> Derivation:
    load = derivation.workload
    return _put(
        derivation,
        operations=tuple(_faster(o, factor, average=False) for o in derivation.domain.operations),
        peak=_times(load.peak, factor, "peak"),
        peak_factor=_times(load.peak_factor, factor, "peak"),
    )


def _storage(derivation: Derivation, factor: float) -> Derivation:
    load = derivation.workload
    kept = ("blobs", "stored_1y", "stored_3y", "blobs_1y", "blobs_3y")
    workload = {name: _times(getattr(load, name), factor, "storage") for name in kept}
    entities = tuple(_larger(e, factor) for e in derivation.domain.entities)
    domain = replace(derivation.domain, entities=entities)
    return replace(derivation, domain=domain, workload=replace(load, **workload))


_BY_LEVER = {"traffic": _traffic, "peak": _peak, "storage": _storage}


def _put(derivation: Derivation, operations: tuple[Operation, ...], **workload: object) -> Derivation:
    domain = replace(derivation.domain, operations=operations)
    return replace(derivation, domain=domain, workload=replace(derivation.workload, **workload))


def _faster(operation: Operation, factor: float, *, average: bool) -> Operation:
    if operation.kind is OperationKind.BATCH:
        return operation
    name = "traffic" if average else "peak"
    rates = {"peak": _times(operation.peak, factor, name)}
    if average:
        rates["average"] = _times(operation.average, factor, name)
    return replace(operation, **rates)


def _larger(entity: Entity, factor: float) -> Entity:
    return replace(
        entity,
        rows=_times(entity.rows, factor, "storage"),
        rows_per_month=_times(entity.rows_per_month, factor, "storage"),
    )


def _times(fact: Fact[T], factor: float, lever: str) -> Fact[T]:
    inputs = fact.why.inputs if isinstance(fact.why, Derived) else ()
    why = Derived(rule=f"changed: {lever}", formula=f"{fact.value:g} * {factor:g}", inputs=inputs)
    return Fact(value=fact.value * factor, why=why)  # type: ignore[arg-type]  # a NewType of float
