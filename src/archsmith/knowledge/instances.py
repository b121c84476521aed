"""Machines by size, the providers that rent them out, and where they stand."""

import functools
from typing import Final

from archsmith.kernel.ids import TechId
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class Instance(Value, frozen=True, kw_only=True):
    """Something rented by size. `vcpu` and `memory` (GB) of one; `disk` GB included; `prices`: price key -> quantity.

    `sustained`: share of its vCPUs that it may use without end (CPU credits, noisy neighbours). `most`: instances that
    its plan allows, 0 where it has no such bound.
    """

    id: str
    provider: TechId
    family: str
    vcpu: float
    memory: float
    sustained: float = 1.0
    disk: float = 0.0
    most: int = 0
    prices: dict[str, float]

    @property
    def cores(self) -> float:
        """Virtual cores that may be counted on for hours."""
        return self.vcpu * self.sustained


class Provider(Value, frozen=True, kw_only=True):
    """Who rents out machines. `egress`: tiers of (GB a month up to, price key), 0 for the last one without end.

    `between`: price key of a GB to another region, empty where it costs nothing. `own`: a data centre of the client.
    `baa`/`pci` as in Offer, for its machines.
    """

    id: TechId
    name: str
    vm: str
    disk: str
    snapshot: str
    address: str = ""
    egress_free: float = 0.0
    egress: tuple[tuple[float, str], ...]
    logs: str = ""
    key: str = ""
    secret: str = ""
    between: str = ""
    sla_single: str
    sla_zones: str
    zones: int
    baa: bool
    pci: bool
    own: bool = False


class Region(Value, frozen=True, kw_only=True):
    """Where a provider's machines stand. `places`: residency words it satisfies; `factor`: price over the cheapest."""

    id: str
    provider: TechId
    name: str
    places: tuple[str, ...]
    factor: float


INSTANCES: Final = Table("instances", Instance)
PROVIDERS: Final = Table("providers", Provider)
REGIONS: Final = Table("regions", Region)


@functools.lru_cache(maxsize=256)
@functools.lru_cache(maxsize=2048)
def family(catalogue: Catalogue, name: str) -> tuple[Instance, ...]:
    """The instances of a family, smallest first as in the file."""
    return tuple(i for i in catalogue.table(INSTANCES).values() if i.family == name)
