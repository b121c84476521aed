"""What flows are chosen from: who owns what, where rows live, and what messages go by."""

from functools import cached_property

from archsmith.decide.option import Option
from archsmith.decide.words import tenth
from archsmith.kernel.ids import EntityId, ServiceId, StoreId, SystemId
from archsmith.kernel.names import plain
from archsmith.kernel.phrases import listed
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.thirdparty import THIRD_PARTIES, ThirdParty
from archsmith.knowledge.tradeoffs import tradeoff
from archsmith.model.base import Value
from archsmith.model.decisions import Placement, ServiceGroup
from archsmith.model.domain import Domain, Operation
from archsmith.model.requirements import ExternalSystem


class Means(Value, frozen=True, kw_only=True):
    """What flows go by: the style, and the labels of the queue and of the log, empty where there is none.

    `embedded`: the queue is a table of the primary store.
    """

    style: str
    queue: str = ""
    embedded: bool = False
    log: str = ""


class Scene:
    """What the choices are made from: the domain, who owns what, where rows live, and what messages go by."""

    def __init__(
        self,
        domain: Domain,
        services: tuple[ServiceGroup, ...],
        placements: tuple[Placement, ...],
        means: Means,
        catalogue: Catalogue,
    ) -> None:
        self.domain, self.means, self.catalogue = domain, means, catalogue
        self.apart = means.style == "microservices"
        self.entities = {e.id: e for e in domain.entities}
        self.owner: dict[EntityId, ServiceId] = {e: s.id for s in reversed(services) for e in s.entities}
        self.group = {o: s.id for s in reversed(services) for o in s.operations}
        self.home: dict[EntityId, StoreId] = {p.entity: p.store for p in placements}
        self.names = {s.id: s.name for s in services}

    @cached_property
    def systems(self) -> dict[SystemId, ExternalSystem]:
        """Outside systems by id."""
        return {s.id: s for s in self.domain.systems}

    def days(self, ident: str) -> str:
        """A trade-off figure in person-days."""
        return f"{tenth(tradeoff(self.catalogue, ident))} days"

    def third(self, system: ExternalSystem) -> ThirdParty:
        """What is known of systems of this kind."""
        rows = self.catalogue.table(THIRD_PARTIES)
        return rows.get(system.kind) or rows["other"]

    def service(self, operation: Operation) -> ServiceId | None:
        """The service that runs an operation."""
        return self.group.get(operation.id) or self.owner.get(operation.entity)

    def plural(self, entities: list[EntityId]) -> str:
        """The things in a sentence."""
        return listed([plain(self.entities[e].plural or self.entities[e].name) for e in entities], 3)


def means_of(chosen: dict[str, Option]) -> Means:
    """What flows go by in a design of these options."""
    queue, log = chosen["broker"], chosen["stream"]
    return Means(
        style=str(chosen["style"].id),
        queue="" if queue.key == "none" else queue.label,
        embedded="broker:embedded" in queue.gives,
        log="" if log.key == "none" else log.label,
    )
