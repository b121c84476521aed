"""The shop with its rows, its copies and its files in stores of any engine: what no brief of the examples chooses."""

from msgspec.structs import replace
from tests.samples.shop import sample_decisions, sample_derivation, sample_requirements
from tests.samples.shop_decisions import decision_id

from archsmith.compose import compose
from archsmith.kernel.ids import ElementId, StoreId, TechId
from archsmith.kernel.units import GB, Bytes, Count, UsdPerMonth
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.technologies import TECHNOLOGIES
from archsmith.model.architecture import Architecture
from archsmith.model.decisions import Decisions, Dimension, Placement, Sizing, StoreRole
from archsmith.model.domain import Derivation

CATALOGUE = Catalogue()
ROLES = {
    "document": StoreRole.PRIMARY,
    "key_value": StoreRole.PRIMARY,
    "wide_column": StoreRole.KEY_VALUE,
    "analytics": StoreRole.ANALYTICS,
    "time_series": StoreRole.TIME_SERIES,
    "search": StoreRole.SEARCH,
    "cache": StoreRole.CACHE,
    "object_store": StoreRole.OBJECTS,
}
COPIES = frozenset({StoreRole.SEARCH, StoreRole.CACHE, StoreRole.OBJECTS})


def decided(engine: str, frame: Decisions | None = None, nodes: int = 1, shards: int = 1) -> Decisions:
    """The shop's decisions with everything in a store of this engine, or with a copy of everything in it."""
    frame = frame or sample_decisions()
    tech = CATALOGUE.table(TECHNOLOGIES)[engine]
    role = ROLES[tech.category]
    store = StoreId("kept")
    home = [p.store for p in frame.placements]
    placements = tuple(
        Placement(entity=p.entity, store=h if role in COPIES else store, copies=(store,) if role in COPIES else ())
        for p, h in zip(frame.placements, home, strict=True)
    )
    sizing = Sizing(
        subject=ElementId(f"store:{store}"),
        tech=TechId(engine),
        role=role,
        product=tech.product,
        managed=not tech.run,
        instance="",
        vcpu=Count(0.0),
        memory=Bytes(2 * GB),
        storage=Bytes(20 * GB),
        count=nodes,
        minimum=nodes,
        zones=1,
        shards=shards,
        month=UsdPerMonth(50.0),
        because=(decision_id(Dimension.SIZING),),
    )
    others = tuple(s for s in frame.sizings if role is not StoreRole.PRIMARY or s.role is not StoreRole.PRIMARY)
    return replace(frame, placements=placements, sizings=(*others, sizing))


def shop_in(engine: str, derivation: Derivation | None = None, nodes: int = 1, shards: int = 1) -> Architecture:
    """The shop's architecture with a store of this engine."""
    return compose(
        sample_requirements(), derivation or sample_derivation(), decided(engine, None, nodes, shards), CATALOGUE
    )
