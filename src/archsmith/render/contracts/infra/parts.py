"""What the compose file runs: services, their workers, stores and edges, each with its deployment."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from archsmith.kernel.ids import DeploymentId, ElementId, element
from archsmith.kernel.names import slug, snake
from archsmith.knowledge.containers import Containers, Image
from archsmith.model.architecture import Edge, Service, Store, Topology
from archsmith.render.view import View

ON_MACHINES: Final = frozenset({"vm_compose", "on_prem_vm"})
"""Platforms on which the compose file is what runs in production."""


@dataclass(frozen=True, slots=True)
class Part:
    """A container. Exactly one of `service` and `image` is set. `elsewhere`: in production a provider runs it."""

    name: str
    subject: ElementId
    deployment: DeploymentId | None
    service: Service | None = None
    worker: bool = False
    image: Image | None = None
    elsewhere: bool = False

    @property
    def variable(self) -> str:
        """The beginning of its variables in the environment file."""
        return snake(self.name).upper()


class Parts:
    """The containers of a design, and what has none."""

    def __init__(self, view: View, containers: Containers) -> None:
        self._view = view
        self._containers = containers
        self.on_machines = any(
            view.deployments[s.deployment].platform in ON_MACHINES
            for s in view.arch.services
            if s.deployment in view.deployments
        )
        self.services = tuple(self._services())
        self.stores = tuple(self._kept(view.arch.stores))
        self.edges = tuple(self._edges())
        self.missing = tuple(s.name for s in view.arch.stores if self._own(s) and not self._image_of(s.engine))

    @property
    def all(self) -> tuple[Part, ...]:
        """Edges, services, stores."""
        return (*self.edges, *self.services, *self.stores)

    @property
    def machines(self) -> tuple[DeploymentId, ...]:
        """The deployments on which containers of this file run in production."""
        return tuple(dict.fromkeys(p.deployment for p in self.all if p.deployment and not p.elsewhere))

    def profile(self, part: Part) -> str:
        """The profile that a part is started with: its machine where there are several, `local` for what is managed."""
        if not self.on_machines:
            return ""
        if part.elsewhere:
            return "local"
        return str(part.deployment) if len(self.machines) > 1 and part.deployment else ""

    def apart(self, part: Part, home: DeploymentId | None) -> bool:
        """Whether in production a part is not on that machine, so that its name leads nowhere there."""
        return self.on_machines and (part.elsewhere or part.deployment != home)

    @property
    def published(self) -> tuple[Part, ...]:
        """The stores that services on other machines call: they open a port in the private network."""
        return tuple(
            s for s in self.stores if not s.elsewhere and any(self.apart(s, p.deployment) for p in self.services)
        )

    def _services(self) -> Iterable[Part]:
        for service in self._view.arch.services:
            if service.language not in self._containers.runtimes or service.framework not in self._containers.starts:
                continue
            subject = element("service", service.id)
            yield Part(slug(service.id), subject, service.deployment, service=service)
            if service.worker:
                name = f"{slug(service.id)}-worker"
                yield Part(name, subject, service.deployment, service=service, worker=True)

    def _kept(self, stores: Iterable[Store]) -> Iterable[Part]:
        for store in stores:
            image = self._image_of(store.engine)
            if image and self._own(store):
                name, subject = self._free(slug(store.id)), element("store", store.id)
                yield Part(name, subject, store.deployment, image=image, elsewhere=store.managed)

    def _edges(self) -> Iterable[Part]:
        """What stands on a machine of ours; what a provider runs at the edge has no place in a compose file."""
        for edge in self._view.arch.edges:
            image = self._image_for(edge)
            if image and edge.host is None and not edge.managed:
                name = self._free(slug(edge.id))
                yield Part(name, element("edge", edge.id), edge.deployment, image=image)

    def _free(self, name: str) -> str:
        return f"{name}-store" if any(p.name == name for p in self.services) else name

    def _own(self, store: Store) -> bool:
        return store.topology is not Topology.EMBEDDED and store.host is None

    def _image_of(self, tech: str) -> Image | None:
        return self._containers.image(tech)

    def _image_for(self, edge: Edge) -> Image | None:
        techs = (self._view.decisions[d].tech for d in edge.because if d in self._view.decisions)
        return next((image for tech in techs if tech and (image := self._image_of(tech))), None)
