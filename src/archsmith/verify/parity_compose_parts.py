"""Which containers a design has by its model: services, stores and edges on machines, and the steps before them."""

from collections.abc import Iterator
from dataclasses import dataclass

from archsmith.kernel.ids import DeploymentId, StoreId
from archsmith.kernel.names import slug, snake
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.containers import Containers, Image, Logins, Migration
from archsmith.knowledge.dialects import mysql_tables, postgresql_tables, sqlite_tables
from archsmith.knowledge.migration_tools import migration_tool
from archsmith.model.architecture import Service, Store, Topology
from archsmith.model.contracts import Table
from archsmith.model.design import Design
from archsmith.model.logins import Login


@dataclass(frozen=True)
class Bought:
    """A container whose image others make. `store` is None for an edge; `logins` are those of the store."""

    name: str
    image: Image
    home: DeploymentId | None
    store: Store | None = None
    logins: tuple[Login, ...] = ()
    folder: str = ""

    @property
    def stem(self) -> str:
        """The beginning of its variables."""
        return snake(self.name).upper()

    @property
    def managed(self) -> bool:
        """Whether a provider runs it in production."""
        return self.store is not None and self.store.managed

    @property
    def owner(self) -> Login | None:
        """Who owns its tables."""
        return next((x for x in self.logins if x.service is None), None)


@dataclass(frozen=True)
class Before:
    """A step before the services: the migrations of a store by a tool, or, without one, its rights."""

    name: str
    store: Bought
    home: DeploymentId
    dialect: str
    tool: Migration | None = None
    service: Service | None = None


class Parts:
    """The containers of a design, and where each runs."""

    def __init__(self, design: Design, kinds: Containers) -> None:
        self._kinds, arch = kinds, design.architecture
        self.arch = arch
        self.services = [s for s in arch.services if s.language in kinds.runtimes and s.framework in kinds.starts]
        self._taken = {slug(s.id) for s in self.services} | {f"{slug(s.id)}-worker" for s in self.services if s.worker}
        self.homes = {d.id: d for d in arch.deployments}
        platforms = {self.homes[s.deployment].platform for s in arch.services if s.deployment in self.homes}
        self.on_machines = bool(platforms & {"vm_compose", "on_prem_vm"})
        self._tables: dict[StoreId, tuple[str, tuple[Table, ...]]] = {
            store: (dialect, tables)
            for dialect, kept in (
                ("postgresql", postgresql_tables(arch)),
                ("mysql", mysql_tables(arch)),
                ("sqlite", sqlite_tables(arch)),
            )
            for store, tables in kept.items()
        }
        self.stores = list(self._all_stores())
        self.edges = list(self._all_edges({d.id: str(d.tech) for d in design.decisions.decisions}))
        self.before = [step for store in self.stores for step in self._steps(store)]
        run: list[tuple[DeploymentId | None, bool]]
        run = [(s.deployment, False) for s in self.services for _ in range(1 + s.worker)]
        run += [(b.home, b.managed) for b in (*self.stores, *self.edges)]
        self.beside = [home for home, _ in run]
        self._machines = {home for home, managed in run if home and not managed}

    def _name(self, ident: str) -> str:
        return f"{slug(ident)}-store" if slug(ident) in self._taken else slug(ident)

    def _all_stores(self) -> Iterator[Bought]:
        for store in self.arch.stores:
            image = self._kinds.image(store.engine)
            if image and store.host is None and store.topology is not Topology.EMBEDDED:
                logins = tuple(x for x in self.arch.logins if x.store == store.id)
                alone = len(self._tables) == 1 and store.id in self._tables
                folder = "db" if alone else f"db/{store.id}"
                yield Bought(self._name(store.id), image, store.deployment, store, logins, folder)

    def _all_edges(self, techs: dict[str, str]) -> Iterator[Bought]:
        for edge in self.arch.edges:
            images = (self._kinds.image(techs.get(d, "")) for d in edge.because)
            image = next((i for i in images if i), None)
            if image and edge.host is None and not edge.managed:
                yield Bought(self._name(edge.id), image, edge.deployment)

    def _steps(self, store: Bought) -> Iterator[Before]:
        if store.store is None or store.owner is None or store.store.id not in self._tables:
            return
        dialect, tables = self._tables[store.store.id]
        kept = {t.entity for t in tables if t.entity}
        service = max(self.arch.services, key=lambda s: len(kept & set(s.entities)))
        chosen = migration_tool(Catalogue(), str(service.language), dialect)
        tool = self._kinds.migrations[chosen.id] if chosen else None
        if tool and (tool.image or service in self.services):
            brings = None if tool.image else service
            yield Before(self._name(f"{store.name}-migrate"), store, service.deployment, dialect, tool, brings)
            if store.image.logins is Logins.POSTGRESQL:
                yield Before(self._name(f"{store.name}-rights"), store, service.deployment, dialect)

    def called(self, service: Service) -> list[tuple[Bought, Login | None]]:
        """The stores that a service has to do with, and how it signs in there."""
        found = [(s, next((x for x in s.logins if x.service == service.id), None)) for s in self.stores]
        return [(s, login) for s, login in found if login or not s.logins]

    def apart(self, store: Bought, home: DeploymentId | None) -> bool:
        """Whether the name of a store's container leads nowhere from a machine in production."""
        return self.on_machines and (store.managed or store.home != home)

    def profile(self, home: DeploymentId | None, *, managed: bool = False) -> str:
        """What a container is started with: its machine where there are several, `local` for a stand-in."""
        if not self.on_machines:
            return ""
        several = str(home) if home and len(self._machines) > 1 else ""
        return "local" if managed else several
