"""Limits and quotas of products: what one does not do however much is paid, as data with source and date."""

import functools
from collections.abc import Mapping
from typing import Final

from archsmith.kernel.ids import TechId
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class Limit(Value, frozen=True, kw_only=True):
    """A limit of a technology, or of everything that a provider rents out (providers are technologies too).

    `resource`: what is limited, one of RESOURCES. `raisable`: a quota or a default that is lifted on request.
    `confidence` is `memory` where a figure is widely known and no dated page was at hand. An estimate has a range.
    """

    id: str
    technology: TechId
    resource: str
    value: float
    unit: str
    source: str
    as_of: str = ""
    raisable: bool = False
    confidence: str = ""
    low: float | None = None
    high: float | None = None
    reason: str = ""


LIMITS: Final = Table("limits", Limit)

RESOURCES: Final = frozenset(
    [
        "concurrency",
        "connections",
        "connections_per_gb",
        "connections_per_instance",
        "disk_iops",
        "disk_iops_max",
        "disk_iops_per_gb",
        "instances",
        "item_bytes",
        "message_bytes",
        "partition_bytes",
        "partition_reads",
        "partition_writes",
        "payload_bytes",
        "replicas",
        "requests",
        "retention",
        "sign_ins",
        "timeout",
        "vcpus",
        "volume_gb",
        "writes",
    ]
)
"""The closed set of what may be limited."""


def limit(catalogue: Catalogue, resource: str, *owners: str | None) -> Limit | None:
    """The limit of the first owner (a technology, else its provider) that has one on this resource."""
    rows = _rows(catalogue)
    return next((rows[o, resource] for o in owners if o and (o, resource) in rows), None)


@functools.lru_cache(maxsize=16)
def _rows(catalogue: Catalogue) -> Mapping[tuple[str, str], Limit]:
    return {(str(r.technology), r.resource): r for r in catalogue.table(LIMITS).values()}
