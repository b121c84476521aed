"""The tables of knowledge that rows of one's own may be laid over, with what they hold."""

from typing import Any, Final

from archsmith.knowledge.approved import APPROVED
from archsmith.knowledge.archetypes import CUES, Archetype
from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.catalogue import Catalogue, Table
from archsmith.knowledge.containers import IMAGES, RULES, RUNTIMES, STARTS
from archsmith.knowledge.controls import TABLES as CONTROLS
from archsmith.knowledge.defaults import ATTRIBUTE_WORDS, DEFAULTS, ENTITY_WORDS, VERBS
from archsmith.knowledge.effort import EFFORT, RISKS
from archsmith.knowledge.instances import INSTANCES, PROVIDERS, REGIONS
from archsmith.knowledge.limits import LIMITS
from archsmith.knowledge.naming import NAMING
from archsmith.knowledge.noun_kinds import NOUN_KINDS
from archsmith.knowledge.prices import CURRENCIES, PRICES, PROMISES
from archsmith.knowledge.problems import PROBLEMS
from archsmith.knowledge.products import PRODUCTS
from archsmith.knowledge.resilience import RESILIENCE
from archsmith.knowledge.samples import SAMPLES
from archsmith.knowledge.technologies import TECHNOLOGIES
from archsmith.knowledge.thirdparty import ASSUMPTIONS, DELAYS, THIRD_PARTIES
from archsmith.knowledge.threats import THREATS
from archsmith.knowledge.tradeoffs import TRADEOFFS
from archsmith.knowledge.uncertain import VARIED
from archsmith.knowledge.wires import WIRES

LISTED: Final[dict[str, tuple[Table[Any], str]]] = {
    "technologies": (TECHNOLOGIES, "what a design can be built from"),
    "prices": (PRICES, "list prices"),
    "sla": (PROMISES, "availability that is promised, or expected of what one runs oneself"),
    "capacity": (CAPACITY, "how much one core or node does"),
    "limits": (LIMITS, "what a product does not do, however much is paid"),
    "instances": (INSTANCES, "machines by size"),
    "approved": (APPROVED, "the only ones of their categories that may be chosen"),
    "providers": (PROVIDERS, "who rents out machines"),
    "regions": (REGIONS, "where they stand, and how dear they are there"),
    "archetypes": (CUES, "kinds of systems, with the words that give them away"),
    "defaults": (DEFAULTS, "what is assumed where a brief is silent"),
    "tradeoffs": (TRADEOFFS, "what structure, learning, switching and risk cost"),
    "effort": (EFFORT, "person-days of building"),
    "risks": (RISKS, "probabilities and costs of what may go wrong"),
    "thirdparty": (THIRD_PARTIES, "outside systems: delay, availability, price"),
    "delays": (DELAYS, "delays that parts add to a request"),
    "evaluation": (ASSUMPTIONS, "figures of the evaluation that nobody published"),
    "currencies": (CURRENCIES, "US dollars for one unit of a currency"),
    "products": (PRODUCTS, "products behind supporting parts"),
    "resilience": (RESILIENCE, "timeouts, retries and breakers"),
}
"""By name: the table, and what it holds. These are listed, in this order."""
_OTHERS: Final[tuple[Table[Any], ...]] = (
    ATTRIBUTE_WORDS,
    ENTITY_WORDS,
    IMAGES,
    NAMING,
    NOUN_KINDS,
    PROBLEMS,
    RULES,
    RUNTIMES,
    SAMPLES,
    STARTS,
    THREATS,
    VARIED,
    VERBS,
    WIRES,
    *CONTROLS.values(),
)


def shelves(catalogue: Catalogue) -> dict[str, Table[Any]]:
    """Every table by its name, those of single archetypes among them."""
    found = {name: table for name, (table, _) in LISTED.items()} | {t.name: t for t in _OTHERS}
    kinds = (Table(f"archetypes/{ident}", Archetype) for ident in catalogue.table(CUES))
    return found | {t.name: t for t in kinds}
