"""The order of the passes: all of the stage can be read here."""

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from archsmith.compose.api.rules import api_rules
from archsmith.compose.api.webhooks import webhooks
from archsmith.compose.authentication import authentication
from archsmith.compose.calls import calls
from archsmith.compose.channels import channels
from archsmith.compose.context import Context
from archsmith.compose.deployments import deployments
from archsmith.compose.draft import Draft
from archsmith.compose.edges import edges
from archsmith.compose.endpoints import endpoints
from archsmith.compose.event_contracts import event_contracts
from archsmith.compose.flows import flows
from archsmith.compose.frame import frame
from archsmith.compose.graph import graph
from archsmith.compose.interfaces import interfaces
from archsmith.compose.keyspaces.build import keyspaces
from archsmith.compose.logins import logins
from archsmith.compose.ownership import ownership
from archsmith.compose.packages import packages
from archsmith.compose.policies import policies
from archsmith.compose.processing import processing
from archsmith.compose.protection import encryption, retention
from archsmith.compose.rate_limits import rate_limits
from archsmith.compose.rpcs import rpcs
from archsmith.compose.scopes import scopes
from archsmith.compose.second_region import second_region
from archsmith.compose.services import services
from archsmith.compose.shapes import shapes
from archsmith.compose.slos import slos
from archsmith.compose.stores import stores
from archsmith.compose.support_tables import support_tables
from archsmith.compose.tables import tables
from archsmith.compose.upkeep import upkeep
from archsmith.compose.utilities import utilities
from archsmith.compose.vacancy import vacancies
from archsmith.kernel.names import plain
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.architecture import Architecture
from archsmith.model.decisions import Decisions
from archsmith.model.domain import Derivation
from archsmith.model.requirements import Requirements

Pass = Callable[[Context, Draft], None]

PASSES: Final[tuple[Pass, ...]] = (
    frame,  # style, provider, regions: what each later pass may ask for
    services,
    stores,
    edges,
    utilities,  # they look at the stores (what to back up) and the edges
    deployments,  # they gather what runs on them
    second_region,  # as the deployments, elsewhere
    authentication,
    scopes,
    ownership,
    rate_limits,
    shapes,  # fields of entities, for all contracts: they follow ownership
    endpoints,  # they name scopes and limits
    interfaces,  # what of them is GraphQL or gRPC
    calls,  # what services ask of each other over HTTP
    tables,  # their columns follow ownership and the search store
    vacancies,  # what the rules of the tables mean for lists
    support_tables,  # idempotency keys need endpoints, the audit table its utility
    upkeep,  # how long it takes to change the tables
    event_contracts,
    api_rules,
    graph,  # its limits follow from the pages of the rules
    webhooks,  # they carry what the contracts of their events do
    encryption,
    retention,
    keyspaces,  # what the other stores keep, for as long as the rules of retention say
    processing,  # what allows data about people to be kept: of entities and of the tables above
    policies,  # gathers what the passes above made
    flows,  # over everything that now stands
    logins,  # of the services whose flows reach a store
    rpcs,  # what flows between services call
    packages,  # they number the fields of what methods take and give
    channels,  # they carry what flows over brokers
    slos,
)


def compose(
    requirements: Requirements, derivation: Derivation, decisions: Decisions, catalogue: Catalogue
) -> Architecture:
    """The architecture that these decisions mean for this domain: pure, and the same for the same input."""
    ctx = Context(requirements, _plainly(derivation), decisions, catalogue)
    draft = Draft()
    for each in PASSES:
        each(ctx, draft)
    return draft.finish()


def _plainly(derivation: Derivation) -> Derivation:
    """Names of entities as they stand in sentences, from which paths and tables get theirs too."""
    entities = tuple(replace(entity, name=plain(entity.name)) for entity in derivation.domain.entities)
    return replace(derivation, domain=replace(derivation.domain, entities=entities))
