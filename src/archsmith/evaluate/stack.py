"""What an architecture's elements are made of: their rows in the catalogue, and the machines under them."""

from functools import cached_property

from msgspec import Struct

from archsmith.evaluate.view import View
from archsmith.formulas.availability import left_by_takeover
from archsmith.kernel.ids import ElementId, TechId, element
from archsmith.kernel.units import Probability
from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.instances import INSTANCES, PROVIDERS, Instance, Provider
from archsmith.knowledge.prices import PROMISES, Promise
from archsmith.knowledge.region_modes import REGION_MODES, RegionMode, takeover
from archsmith.knowledge.technologies import TECHNOLOGIES, Offer, Technology
from archsmith.knowledge.thirdparty import ASSUMPTIONS
from archsmith.model.architecture import Deployment, Edge, Store, Topology
from archsmith.model.decisions import Sizing, StoreRole

UNLIMITED_CORES = 1000.0
"""Copies of a function that a provider runs at once before it must be asked (AWS Lambda quotas, 2025)."""


class Stack(Struct, frozen=True, dict=True):
    """A design's elements beside the catalogue's rows. Rows that the catalogue lacks are None."""

    view: View

    @property
    def catalogue(self) -> Catalogue:
        """The knowledge of the run."""
        return self.view.catalogue

    def technology(self, ident: TechId | str | None) -> Technology | None:
        """The row of a technology."""
        return self.catalogue.table(TECHNOLOGIES).get(str(ident)) if ident else None

    @cached_property
    def sizings(self) -> dict[ElementId, Sizing]:
        """How the decisions sized an element."""
        return {s.subject: s for s in self.view.decisions.sizings}

    @cached_property
    def role(self) -> RegionMode | None:
        """The catalogue's row of the second region's role; None with one region."""
        second = self.view.architecture.second
        return self.catalogue.table(REGION_MODES).get(second.role) if second else None

    @cached_property
    def left(self) -> float:
        """Share of the time away of regional parts that stays: 1 with one region."""
        return float(left_by_takeover(*takeover(self.catalogue, self.role))) if self.role else 1.0

    @cached_property
    def provider(self) -> Provider | None:
        """The row of the design's provider."""
        return self.catalogue.table(PROVIDERS).get(str(self.view.architecture.provider))

    def of_edge(self, edge: Edge) -> Technology | None:
        """The technology of an edge: as sized, else the one whose product it names."""
        sized = self.sizings.get(element("edge", edge.id))
        return self.technology(sized.tech) if sized else self.by_product(edge.product)

    def by_product(self, product: str) -> Technology | None:
        """The technology that is sold or known under a product's name."""
        said = product.casefold()
        return next((row for row, names in self._named if any(n in said for n in names)), None)

    @cached_property
    def _named(self) -> tuple[tuple[Technology, tuple[str, ...]], ...]:
        """All technologies with the names that they go by."""
        rows = self.catalogue.table(TECHNOLOGIES).values()
        return tuple((r, tuple(n.casefold() for n in (r.name, *(o.product for o in r.offers)))) for r in rows)

    def offer(self, tech: Technology | None, provider: TechId | str | None = None) -> Offer | None:
        """How the design's provider (or the technology's own) sells a technology."""
        if tech is None:
            return None
        return tech.offer(str(provider or self.view.architecture.provider)) or (
            tech.offers[0] if len(tech.offers) == 1 and not tech.run else None
        )

    def instance(self, deployment: Deployment | None) -> Instance | None:
        """The machine type of a deployment."""
        return self.catalogue.table(INSTANCES).get(deployment.instance) if deployment else None

    def cores(self, deployment: Deployment) -> float:
        """Virtual cores of one machine of a deployment to be counted on for hours; what bills by use has plenty."""
        row = self.instance(deployment)
        if row is not None and deployment.count > 0:
            return row.cores
        return float(deployment.vcpu) if deployment.count > 0 and deployment.vcpu > 0 else UNLIMITED_CORES

    def active(self, deployment: Deployment) -> int:
        """Machines that do work: of a primary and its standby one."""
        only = self.stores_on(deployment)
        if only and len(only) == len(deployment.runs):
            return min(max(1, deployment.count), max(self.active_nodes(s) for s in only))
        return max(1, deployment.count)

    def shards(self, store: Store) -> int:
        """Parts of a store that each take writes."""
        return max(1, store.shards)

    def active_nodes(self, store: Store) -> int:
        """Nodes of a store that answer: one of a primary and its standby, in each shard."""
        if store.topology in (Topology.CLUSTER, Topology.PROVIDER) or store.role is StoreRole.BROKER:
            return max(1, store.nodes)
        return self.shards(store)

    def stores_on(self, deployment: Deployment) -> tuple[Store, ...]:
        """The stores that run on a deployment."""
        return tuple(s for s in self.view.architecture.stores if element("store", s.id) in deployment.runs)

    def row(self, ident: str, default: str) -> str:
        """The name of a capacity coefficient, or `default` where the catalogue has none of that name."""
        return ident if ident in self.catalogue.table(CAPACITY) else default

    def promise_of_zones(self, deployment: Deployment) -> Promise | None:
        """The promise for machines of a deployment in several zones: its platform's, else its provider's."""
        platform = self.offer(self.technology(deployment.platform), deployment.provider)
        key = (platform.sla if platform else "") or (self.provider.sla_zones if self.provider else "self.vm.zones")
        return self.catalogue.table(PROMISES).get(key)

    def promised_by_zones(self, deployment: Deployment) -> Probability:
        """The same as a share of time; 1 where nothing is promised."""
        row = self.promise_of_zones(deployment)
        return Probability(row.value if row else 1.0)

    def coefficient(self, ident: str, default: str = "") -> float:
        """A capacity coefficient, or that of `default`. Raises KeyError where the catalogue has neither."""
        return self.catalogue.table(CAPACITY)[self.row(ident, default)].value

    def assumed(self, ident: str) -> float:
        """One of evaluate's own estimates."""
        return self.catalogue.table(ASSUMPTIONS)[ident].value
