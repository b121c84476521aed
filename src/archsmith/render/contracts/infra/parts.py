"""What the compose file runs: services, their workers, stores and edges, each with its deployment."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from archsmith.kernel.ids import DeploymentId, ElementId, element
from archsmith.kernel.names import slug, snake
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.containers import Containers, Image, Logins, Migration
from archsmith.knowledge.migration_tools import migration_tool
from archsmith.model.architecture import Edge, Service, Store, Topology
from archsmith.model.logins import Login
from archsmith.render.contracts.sql.databases import databases
from archsmith.render.view import View

ON_MACHINES: Final = frozenset({"vm_compose", "on_prem_vm"})
"""Platforms on which the compose file is what runs in production."""


@dataclass(frozen=True, slots=True)
class Part:
    """A container. Exactly one of `service` and `image` is set. `elsewhere`: in production a provider runs it.

    `store`: what is kept in it, and who signs in there. `folder`: where the files of the store lie.
    """

    name: str
    subject: ElementId
    deployment: DeploymentId | None
    service: Service | None = None
    worker: bool = False
    image: Image | None = None
    elsewhere: bool = False
    store: Store | None = None
    logins: tuple[Login, ...] = ()
    folder: str = ""

    @property
    def variable(self) -> str:
        """The beginning of its variables in the environment file."""
        return snake(self.name).upper()

    @property
    def owner(self) -> Login | None:
        """Who owns the tables of a store."""
        return next((x for x in self.logins if x.service is None), None)

    def login_of(self, service: Service) -> Login | None:
        """By what a service signs in to a store."""
        return next((x for x in self.logins if x.service == service.id), None)


@dataclass(frozen=True, slots=True)
class Step:
    """What runs to its end before the services start: the migrations of a store, and then who may do what with its
    tables. `migration` is None for the rights; `service` is the one whose image brings the tool of the migrations."""

    name: str
    store: Part
    home: DeploymentId | None
    dialect: str
    migration: Migration | None = None
    service: Service | None = None


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
        self.steps = tuple(self._steps())
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
        return self._profile(part.deployment, elsewhere=part.elsewhere)

    def profile_of(self, step: Step) -> str:
        """The same of a step: the machine of the service whose tables they are."""
        return self._profile(step.home, elsewhere=False)

    def _profile(self, home: DeploymentId | None, *, elsewhere: bool) -> str:
        if not self.on_machines:
            return ""
        if elsewhere:
            return "local"
        return str(home) if len(self.machines) > 1 and home else ""

    def called(self, service: Service) -> tuple[Part, ...]:
        """The stores that a service is told of: of those that know logins, where it has one."""
        return tuple(p for p in self.stores if not p.logins or p.login_of(service))

    def awaited(self, part: Part) -> Step | None:
        """The last step of a store."""
        return next((s for s in reversed(self.steps) if s.store is part), None)

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
                logins = tuple(x for x in self._view.arch.logins if x.store == store.id)
                yield Part(
                    name,
                    subject,
                    store.deployment,
                    image=image,
                    elsewhere=store.managed,
                    store=store,
                    logins=logins,
                    folder=folder_of(self._view, store),
                )

    def _steps(self) -> Iterable[Step]:
        catalogue, own = Catalogue(), {s.service.id for s in self.services if s.service}
        parts = {p.store.id: p for p in self.stores if p.store and p.owner}
        for database in databases(self._view):
            part, service = parts.get(database.store.id), database.service
            tool = migration_tool(catalogue, str(service.language), database.dialect)
            if part is None or part.image is None or tool is None:
                continue
            migration = self._containers.migrations[tool.id]
            if migration.image or service.id in own:
                made = Step(self._free(f"{part.name}-migrate"), part, service.deployment, database.dialect)
                yield replace(made, migration=migration, service=None if migration.image else service)
                if part.image.logins is Logins.POSTGRESQL:
                    yield replace(made, name=self._free(f"{part.name}-rights"))

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


def folder_of(view: View, store: Store) -> str:
    """Where the files of a store lie: those of the only database with tables right in `db`."""
    return next((d.folder for d in databases(view) if d.store.id == store.id), f"db/{store.id}")
