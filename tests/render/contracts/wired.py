"""The seed shop with another broker, another style of its API, or cut into services that call each other."""

import functools

from msgspec.structs import replace
from tests.compose.test_messages import logged, streaming
from tests.designs import ROOT
from tests.designs import designed as designed_brief
from tests.render.contracts.designs import designed
from tests.samples.shop import sample_decisions, sample_derivation

from archsmith.compose import compose
from archsmith.decide.flows import flow_choices
from archsmith.decide.scene import Means
from archsmith.kernel.ids import DecisionId, ElementId, OptionId, ServiceId, StoreId, TechId
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.decisions import Decisions, Dimension, Module, Placement, ServiceGroup, StoreRole
from archsmith.model.design import Design
from archsmith.model.domain import Derivation
from archsmith.model.requirements import OperationKind


@functools.cache
def over(engine: str) -> Design:
    """The shop with a stream of clicks, its queue and its log both by `engine`."""
    return designed(streaming(), brokered(logged(), engine))


def brokered(decisions: Decisions, engine: str) -> Decisions:
    """The decisions with a queue and a log by `engine`, apart from the database."""
    log = next(s for s in logged().sizings if s.subject == "store:stream")
    log = replace(log, tech=TechId(engine), product=engine)
    rest = tuple(s for s in decisions.sizings if s.role is not StoreRole.BROKER)
    return replace(decisions, sizings=(*rest, replace(log, subject=ElementId("store:broker")), log))


def choosing(decisions: Decisions, dimension: Dimension, option: str) -> Decisions:
    """The decisions with another option of one dimension; one that is not there is added."""
    found = decisions.decisions
    if all(d.dimension is not dimension for d in found):
        made = replace(found[0], id=DecisionId("D-999"), dimension=dimension, losers=(), tech=None)
        found = (*found, made)
    changed = tuple(replace(d, option=OptionId(option)) if d.dimension is dimension else d for d in found)
    return replace(decisions, decisions=changed)


def styled(option: str, derivation: Derivation | None = None) -> Design:
    """The shop whose API is GraphQL or gRPC."""
    decisions = choosing(sample_decisions(), Dimension.API_STYLE, option)
    return designed(derivation or sample_derivation(), decisions)


def calling(option: str, derivation: Derivation | None = None) -> Design:
    """The shop with a service for each entity, which call each other as `option` says."""
    derivation = derivation or sample_derivation()
    domain = derivation.domain
    services = tuple(
        ServiceGroup(
            id=ServiceId(f"s{n}"),
            name=f"Service {n}",
            purpose="test",
            entities=(e.id,),
            operations=tuple(o.id for o in domain.operations if o.entity == e.id),
            modules=(Module(name=f"m{n}", entities=(e.id,)),),
            reason="test",
        )
        for n, e in enumerate(domain.entities)
    )
    decisions = choosing(sample_decisions(), Dimension.STYLE, "microservices")
    decisions = choosing(decisions, Dimension.INTERNAL_CALLS, option)
    placements = tuple(Placement(entity=e.id, store=StoreId("main")) for e in domain.entities)
    means = Means(style="microservices", queue="jobs")
    flows = flow_choices(domain, services, placements, means, Catalogue())
    return designed(derivation, replace(decisions, services=services, placements=placements, flows=flows))


def asking() -> Derivation:
    """The shop in which every query shows rows of another entity too, so that services wait for each other."""
    derivation = sample_derivation()
    every = [e.id for e in derivation.domain.entities]
    operations = tuple(
        replace(o, touches=(next(e for e in every if e != o.entity),)) if o.kind is OperationKind.QUERY else o
        for o in derivation.domain.operations
    )
    return replace(derivation, domain=replace(derivation.domain, operations=operations))


@functools.cache
def gateway(engine: str) -> Design:
    """Greenhouses whose boxes report by MQTT, their broker another one."""
    design = designed_brief(ROOT / "tests/corpus/briefs/06-greenhouse-climate.md")
    sizings = tuple(
        replace(s, tech=TechId(engine), product=engine) if s.subject == "store:mqtt" else s
        for s in design.decisions.sizings
    )
    decisions = replace(design.decisions, sizings=sizings)
    architecture = compose(design.requirements, design.derivation, decisions, Catalogue())
    return replace(design, decisions=decisions, architecture=architecture)
