"""Technologies: what a design can be built from, what each asks of people, and how it is bought."""

from typing import Final

from archsmith.kernel.ids import TechId
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.model.base import Value


class Effort(Value, frozen=True, kw_only=True, array_like=True):
    """Our estimate of work, with its range: hours a month to run, or person-days to set up once (8 h)."""

    value: float
    low: float
    high: float


class Offer(Value, frozen=True, kw_only=True):
    """How a technology is bought managed. `family`: the instances that can be rented (empty: billed by use).

    `storage`: price key of a GB of one copy for a month; `usage`: price keys billed by use; `minimum`: a fixed fee;
    `egress`: price key of a GB that leaves, where it is not the provider's own. `sla` with redundancy, `sla_single`
    without. `baa`: the provider signs a HIPAA business associate agreement for it; `pci`: attested for card data.
    """

    provider: TechId
    product: str
    family: str = ""
    storage: str = ""
    usage: tuple[str, ...] = ()
    minimum: str = ""
    egress: str = ""
    sla: str = ""
    sla_single: str = ""
    baa: bool = False
    pci: bool = False


class Technology(Value, frozen=True, kw_only=True):
    """A technology. `kinds`: component kinds of summary.json that it fulfils. `traits`: what it can do (see TRAITS).

    `run`: hours a month when the team runs it, None where that is not possible; `managed`: when a provider does.
    `build`: days to set it up. `effort` is the reason for these estimates. `since`: year of its first general release,
    0 for what is made in the project. `capacity`, `events`, `compression`: rows of the capacity table. `language`: of a
    framework. `free_users`: an identity provider bills only above.
    """

    id: TechId
    name: str
    category: str
    kinds: tuple[str, ...]
    traits: frozenset[str]
    licence: str
    skills: tuple[str, ...]
    version: str = ""
    since: int = 0
    run: Effort | None = None
    managed: Effort | None = None
    build: Effort
    effort: str = ""
    capacity: str = ""
    events: str = ""
    compression: str = ""
    language: TechId | None = None
    free_users: int = 0
    provider_any: tuple[TechId, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def product(self) -> str:
        """Name and version, as a reader knows it (`PostgreSQL 17`)."""
        return f"{self.name} {self.version}".strip()

    def offer(self, provider: str) -> Offer | None:
        """How `provider` sells it, or None."""
        for offer in self.offers:
            if offer.provider == provider:
                return offer
        return None


TECHNOLOGIES: Final = Table("technologies", Technology)

CATEGORIES: Final = frozenset(
    [
        "relational",
        "document",
        "key_value",
        "wide_column",
        "cache",
        "search",
        "time_series",
        "analytics",
        "graph",
        "object_store",
        "queue",
        "stream",
        "mqtt",
        "interface",
        "workflow",
        "secrets",
        "pooler",
        "proxy",
        "balancer",
        "gateway",
        "cdn",
        "identity",
        "platform",
        "language",
        "framework",
        "observability",
        "instrumentation",
        "ci",
        "iac",
        "provider",
    ]
)
"""The closed set of categories."""


def technology(catalogue: Catalogue, ident: str) -> Technology:
    """The technology with this id. Raises KeyError where the catalogue lacks it."""
    return catalogue.table(TECHNOLOGIES)[ident]


def of_category(catalogue: Catalogue, *categories: str) -> tuple[Technology, ...]:
    """All technologies of these categories, in the order of the file."""
    return tuple(t for t in catalogue.table(TECHNOLOGIES).values() if t.category in categories)
