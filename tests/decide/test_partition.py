"""Services out of aggregates: what stays together, what comes apart, why, and how many there are."""

from typing import Any

import msgspec
import pytest
from tests.decide.shop import COMMAND, DOMAIN, QUERY, demand, entity, ground, operation

from archsmith.decide.dimensions.structure import services_of, style
from archsmith.decide.grouping import PER_CONTEXT, PER_TEAM, services
from archsmith.decide.partition import contexts, crossings, why_apart
from archsmith.kernel.ids import EntityId
from archsmith.kernel.provenance import Given
from archsmith.model.domain import Access, Cardinality, DataClass, Domain, Entity, Relation
from archsmith.model.requirements import OperationKind

WHY = Given(file="shop.yaml", key="all")


def refers(row: Entity, *targets: str) -> Entity:
    relations = tuple(
        Relation(name=t, target=EntityId(t), cardinality=Cardinality.MANY_TO_ONE, why=WHY) for t in targets
    )
    return msgspec.structs.replace(row, relations=relations)


NAMES = ("article", "photo", "order", "payment", "customer", "ticket", "review")
ENTITIES = (
    entity("article", 100),
    refers(entity("photo", 100), "article"),
    refers(entity("order", 100), "customer"),
    refers(entity("payment", 100, data=DataClass.CARD), "order"),
    entity("customer", 100, data=DataClass.PERSONAL),
    refers(entity("ticket", 100), "customer"),
    refers(entity("review", 100), "article"),
)
PLACE = msgspec.structs.replace(
    operation("place-order", "customer", "order", COMMAND, Access.CREATE, 1, 3), touches=(EntityId("payment"),)
)
VIEWS = tuple(operation(f"view-{n}", "customer", n, QUERY, Access.GET, 1, 200 if n == "article" else 1) for n in NAMES)
SHOP: Domain = msgspec.structs.replace(DOMAIN, entities=ENTITIES, operations=(PLACE, *VIEWS))


def asked(**change: Any) -> Any:
    modules = len(set(contexts(SHOP).values()))
    return msgspec.structs.replace(demand(), modules=modules, **change)


def test_what_one_transaction_touches_stays_together() -> None:
    groups = contexts(SHOP)
    assert groups[EntityId("order")] == groups[EntityId("payment")]
    assert groups[EntityId("article")] != groups[EntityId("order")]
    assert crossings(SHOP, groups) == 0


@pytest.mark.parametrize("most", [5, 4, 3, 2, 1])
def test_fewer_services_are_unions_of_the_contexts(most: int) -> None:
    fine, coarse = contexts(SHOP), contexts(SHOP, most)
    assert len(set(coarse.values())) == most
    for a in fine:
        assert all(coarse[a] == coarse[b] for b in fine if fine[a] == fine[b])


@pytest.mark.parametrize(("key", "teams"), [(PER_CONTEXT, 3), (PER_TEAM, 2), (PER_TEAM, 4), ("event_driven", 1)])
def test_the_price_counts_the_services_that_are_made(key: str, teams: int) -> None:
    need = asked(teams=teams)
    assert services_of(ground(need), key) == len(services(SHOP, need, key))


def test_a_service_for_each_team_is_offered_where_teams_are_fewer_than_contexts() -> None:
    def keys(teams: int) -> set[str]:
        return {o.key for o in style(ground(asked(teams=teams)))}

    assert PER_TEAM not in keys(1)
    assert PER_TEAM in keys(3)
    assert PER_TEAM not in keys(50)


def test_fewer_services_have_less_upkeep_and_no_saga_for_what_stays_inside() -> None:
    need = asked(teams=2, crossings=3, crossings_of_teams=0)
    rows = {o.key: o for o in style(ground(need))}
    assert rows[PER_TEAM].ops < rows[PER_CONTEXT].ops
    assert rows[PER_TEAM].build < rows[PER_CONTEXT].build
    assert "crosses" in rows[PER_CONTEXT].gives
    assert "crosses" not in rows[PER_TEAM].gives


def test_each_service_says_what_sets_it_apart() -> None:
    def why(*members: str) -> str:
        ids = tuple(EntityId(m) for m in members)
        ops = [o for o in SHOP.operations if o.entity in ids]
        return why_apart(SHOP, ids, ops, "one of 3 teams")

    assert "place order must change several things of it as a whole" in why("order", "payment")
    assert "card data is in it alone" in why("order", "payment")
    assert "96% of the requests" in why("article", "photo")
    assert "nothing outside changes with it" in why("ticket")
    assert all(why(n).endswith("one of 3 teams, with releases of its own") for n in NAMES)


def test_what_streams_in_is_taken_in_by_a_part_of_its_own() -> None:
    stream = msgspec.structs.replace(
        operation("ingest-click", "customer", "review", COMMAND, Access.APPEND, 900, 2000), kind=OperationKind.STREAM
    )
    domain = msgspec.structs.replace(SHOP, operations=(*SHOP.operations, stream))
    need = asked(ingests=True, stream=2000.0)
    found = {str(s.id): s for s in services(domain, need, "event_driven")}
    assert services_of(ground(need), "event_driven") == len(found) == 3
    assert found["ingest"].operations == (stream.id,)
    assert found["ingest"].entities == (EntityId("review"),)


def test_every_operation_and_entity_is_in_one_service() -> None:
    for key in (PER_CONTEXT, PER_TEAM, "event_driven", "modular_monolith"):
        found = services(SHOP, asked(teams=3), key)
        assert sorted(e for s in found for e in s.entities) == sorted(e.id for e in ENTITIES)
        assert sorted(o for s in found for o in s.operations) == sorted(o.id for o in SHOP.operations)
