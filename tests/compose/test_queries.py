"""Look-ups decide indexes: each has the index that serves it, and none is there that serves nothing."""

from msgspec.structs import replace
from tests.compose.test_claims import CUSTOMER, TIMES, attribute, thing, to
from tests.designs import ROOT, undoubted
from tests.samples.parts import fact
from tests.samples.shop import sample_decisions, sample_derivation, sample_requirements

from archsmith.compose import compose
from archsmith.compose.indexes import Scale, indexed
from archsmith.kernel.ids import ActorId, OperationId
from archsmith.kernel.units import Count
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.contracts import Act, Query, Table
from archsmith.model.domain import Access, Entity, Operation
from archsmith.model.requirements import OperationKind

PARCEL = thing("parcel", attribute("code"), attribute("weighed_at", TIMES), to("order"), owner=CUSTOMER)
GAUGE = thing("gauge", attribute("name"))
READING = replace(
    thing("reading", attribute("measured_at", TIMES), attribute("kind"), to("gauge")), rows=fact(Count(5e8))
)


def asking(entity: Entity, access: Access, filters: tuple[str, ...] = (), sort: str = "") -> Operation:
    like = sample_derivation().domain.operations[0]
    kind = OperationKind.STREAM if access is Access.APPEND else OperationKind.QUERY
    return replace(
        like,
        id=OperationId(f"{access}-{entity.id}"),
        entity=entity.id,
        access=access,
        kind=kind,
        actor=CUSTOMER,
        filters=filters,
        sort=sort,
        emits=(),
        touches=(),
    )


def tables(*entities: Entity, ask: tuple[Operation, ...], shared: bool = False) -> dict[str, Table]:
    derivation = sample_derivation()
    old = derivation.domain
    everything = tuple(replace(e, tenant_scoped=shared) for e in (*old.entities, *entities))
    domain = replace(old, entities=everything, operations=(*old.operations, *ask), multi_tenant=fact(shared))
    architecture = compose(sample_requirements(), replace(derivation, domain=domain), sample_decisions(), Catalogue())
    return {t.name: t for t in architecture.tables}


def query(table: Table, name: str) -> Query:
    return next(q for q in table.queries if q.name == name)


def columns(table: Table) -> set[tuple[str, ...]]:
    return {i.columns for i in table.indexes}


def test_equality_then_the_order_of_the_page_then_the_key() -> None:
    found = tables(replace(PARCEL, owner=None), ask=(asking(PARCEL, Access.LIST, ("code",), "weighed_at"),))
    assert columns(found["parcels"]) == {("code", "weighed_at", "id"), ("order_id", "weighed_at", "id")}


def test_a_list_is_narrowed_by_what_its_rows_belong_to() -> None:
    """The order of a parcel: through which its owner is known, so that the caller may ask for one of several."""
    found = tables(PARCEL, ask=(asking(PARCEL, Access.LIST, ("code",)),))["parcels"]
    by_order = query(found, "list_parcels by order_id")
    assert (by_order.equal, by_order.order) == (("customer_id", "order_id"), ("created_at", "id"))


def test_the_tenant_comes_first_and_words_are_looked_for_among_its_rows() -> None:
    found = tables(PARCEL, ask=(asking(PARCEL, Access.SEARCH),), shared=True)["parcels"]
    assert query(found, "search-parcel by words").equal == ("tenant_id",)
    assert all(i.columns[0] == "tenant_id" for i in found.indexes)
    assert not [i for i in found.indexes if i.method == "gin"], "a policy keeps @@ from reading a GIN index"


def test_the_way_to_the_owner_is_indexed_at_both_ends() -> None:
    found = tables(PARCEL, ask=(asking(PARCEL, Access.LIST),))
    own = query(found["parcels"], "list-parcel")
    assert (own.through, own.equal) == ((("order_id", "orders"),), ("customer_id",))
    assert ("order_id",) in {c[:1] for c in columns(found["parcels"])}
    assert any(path[0] == "customer_id" for path in columns(found["orders"]))


def test_a_small_table_has_its_keys_only() -> None:
    few = replace(PARCEL, owner=None, rows=fact(Count(90.0)))
    found = tables(few, ask=(asking(few, Access.LIST, ("code",), "weighed_at"),))["parcels"]
    assert found.indexes == ()
    assert query(found, "list-parcel").index == ""


def test_of_few_rows_the_others_are_looked_at_one_by_one() -> None:
    """Four tickets a singer need no index by their status; a million do."""
    by_singer = Query(name="all", kind="page", operations=(), equal=("singer_id",), order=("at", "id"))
    by_state = replace(by_singer, name="some", equal=("singer_id", "status"))
    for rows, wanted in ((4e6, [""]), (4e12, ["status_", ""])):
        scale = Scale(rows=rows, row_bytes=300, page=100, disk_page=8192, values={"singer_id": 1e6})
        made, asked = indexed("tickets", [by_state, by_singer], [("id",)], small=False, scale=scale)
        names = [f"tickets_singer_id_{state}at_id_idx" for state in wanted]
        assert [i.name for i in made] == names
        assert [q.index for q in asked] == [names[0], names[-1]]


def test_of_two_indexes_that_are_there_the_one_that_selects_fewer_is_meant() -> None:
    """A policyholder's claims at one handler: two of his, thousands of the handler."""
    holder = Query(name="own", kind="page", equal=("holder_id",), order=("at", "id"))
    handler = replace(holder, name="a handler's", equal=("handler_id",))
    both = replace(holder, name="own, at one handler", equal=("holder_id", "handler_id"))
    for holders, meant in ((1e6, "claims_holder_id_at_id_idx"), (5e4, "claims_handler_id_at_id_idx")):
        values = {"holder_id": holders, "handler_id": 2e5 if holders < 1e5 else 200.0}
        scale = Scale(rows=2e6, row_bytes=300, page=100, disk_page=8192, values=values)
        made, asked = indexed("claims", [holder, handler, both], [("id",)], small=False, scale=scale)
        assert len(made) == 2
        assert asked[-1].index == meant


def test_what_stands_in_every_page_of_a_table_is_not_looked_up() -> None:
    """Of parcels of four carriers each page on disk has some: the newest of one are met on the way through all."""
    newest = Query(name="all", kind="page", operations=(), order=("at", "id"))
    by_carrier = replace(newest, name="a carrier's", equal=("carrier_id",))
    for rows, carriers, wanted in ((4e6, 4, [""]), (4e6, 4000, ["carrier_id_", ""]), (400, 4, ["carrier_id_", ""])):
        scale = Scale(rows=rows, row_bytes=300, page=100, disk_page=8192, values={"carrier_id": carriers})
        made, asked = indexed("parcels", [by_carrier, newest], [("id",)], small=False, scale=scale)
        names = [f"parcels_{carrier}at_id_idx" for carrier in wanted]
        assert [i.name for i in made] == names
        assert [q.index for q in asked] == [names[0], names[-1]]
        alone, _ = indexed("parcels", [by_carrier], [("id",)], small=False, scale=scale)
        assert [i.columns for i in alone] == [("carrier_id", "at", "id")], "without the other there is no other way"


def test_what_orders_the_page_is_compared_without_another_index() -> None:
    """Of one carrier in the order of carriers: the same columns, which are no less."""
    own = Query(name="own", kind="page", equal=("carrier_id",), order=("carrier_id", "id"))
    scale = Scale(rows=4e6, row_bytes=300, page=100, disk_page=8192, values={"carrier_id": 4.0})
    made, asked = indexed("parcels", [own], [("id",)], small=False, scale=scale)
    assert [i.name for i in made] == [asked[0].index]


def test_a_state_that_few_rows_have_is_looked_up() -> None:
    newest = Query(name="all", kind="page", operations=(), order=("at", "id"))
    waiting = replace(newest, name="waiting", equal=("status",))
    values = {"status": 4.0}
    scale = Scale(rows=4e6, row_bytes=300, page=100, disk_page=8192, values=values, states=frozenset(values))
    made, _ = indexed("parcels", [waiting, newest], [("id",)], small=False, scale=scale)
    assert [i.columns for i in made] == [("status", "at", "id"), ("at", "id")]


def test_rows_of_an_owner_are_found_by_what_leaves_fewest() -> None:
    """Orders of a seller's goods, of one buyer: over the goods where a seller has fewer orders than a buyer."""
    of_good = Query(name="of", kind="page", equal=("good_id",), order=("at", "id"))
    own = Query(
        name="own", kind="page", equal=("seller_id", "buyer_id"), order=("at", "id"), through=(("good_id", "goods"),)
    )
    for sellers, wanted in ((5000, ["good_id_"]), (50, ["good_id_", "buyer_id_"])):
        values = {"seller_id": sellers, "buyer_id": 200.0, "good_id": 1e6}
        scale = Scale(rows=4e6, row_bytes=300, page=100, disk_page=8192, values=values)
        made, asked = indexed("orders", [of_good, own], [("id",)], small=False, scale=scale)
        names = [f"orders_{column}at_id_idx" for column in wanted]
        assert [i.name for i in made] == names
        assert [q.index for q in asked] == [names[0], names[-1]]


def test_who_has_no_other_way_keeps_the_index_that_another_could_do_without() -> None:
    of_good = Query(name="of", kind="page", equal=("good_id",), order=("at", "id"))
    way = (("good_id", "goods"),)
    own = Query(name="own", kind="page", equal=("seller_id", "status"), order=("at", "id"), through=way)
    buyer = Query(name="bought", kind="page", equal=("buyer_id", "status"), order=("at", "id"))
    scale = Scale(rows=4e6, row_bytes=300, page=100, disk_page=8192, values={"seller_id": 5000.0, "status": 4.0})
    _, asked = indexed("orders", [of_good, own, buyer], [("id",)], small=False, scale=scale)
    assert "status" in asked[-1].index


def test_a_list_of_what_is_no_entity_asks_nothing_of_its_table() -> None:
    """Who is told of trucks is listed by the same service, and lies in a table of its own."""
    fleet = undoubted(ROOT / "tests/heldout/26-fleet-tracking.md").architecture
    others = {e.operation_id for e in fleet.endpoints if e.tag and e.act is Act.LIST}
    assert others == {"list_webhook_subscriptions"}
    assert not [t.name for t in fleet.tables for q in t.queries if q.name in others]


def test_nothing_is_indexed_that_nobody_asks_for() -> None:
    found = tables(PARCEL, ask=())["parcels"]
    assert not [i for i in found.indexes if not i.operations]
    assert not any("weighed_at" in path or "code" in path for path in columns(found))


def test_a_series_is_asked_for_a_span_of_its_time() -> None:
    ask = (asking(READING, Access.APPEND), asking(READING, Access.AGGREGATE, ("gauge_id",)))
    found = tables(GAUGE, READING, ask=ask)["readings"]
    assert (found.partition_by, found.partition_step, found.primary_key) == (
        "measured_at", "month", ("id", "measured_at")
    )  # fmt: skip
    assert columns(found) == {("gauge_id", "measured_at")}
    assert found.append_only
    assert "updated_at" not in {c.name for c in found.columns}


def test_a_range_of_a_whole_series_needs_no_more_than_a_block_range_index() -> None:
    ask = (asking(READING, Access.APPEND), asking(READING, Access.EXPORT))
    (index,) = tables(GAUGE, READING, ask=ask)["readings"].indexes
    assert (index.columns, index.method) == (("measured_at",), "brin")


def test_a_party_reaches_only_rows_that_name_it() -> None:
    """The customer's order is delivered by a courier: who else asks for parcels of it gets those of his own."""
    courier = ActorId("courier")
    person = thing("courier", attribute("name"))
    parcel = thing("parcel", attribute("code"), attribute("weighed_at", TIMES), to("courier"), owner=CUSTOMER)
    mine = asking(parcel, Access.LIST, ("code",), "weighed_at")
    theirs = replace(mine, id=OperationId("list-parcels-of-courier"), actor=courier)
    old = sample_derivation().domain
    actor = replace(old.actors[0], id=courier, name="courier", internal=False)
    domain = replace(
        old,
        actors=(*old.actors, actor),
        entities=(*old.entities, person, parcel),
        operations=(*old.operations, mine, theirs),
    )
    derivation = replace(sample_derivation(), domain=domain)
    made = compose(sample_requirements(), derivation, sample_decisions(), Catalogue())
    rules = [(r.actor, r.column) for r in made.policies.ownership if r.entity == parcel.id]
    assert rules == [(CUSTOMER, "owner_subject"), (courier, "courier_id")]
    (table,) = (t for t in made.tables if t.name == "parcels")
    assert query(table, mine.id).equal == ("owner_subject", "code")
    assert query(table, theirs.id).equal == ("courier_id", "code")
    couriers = next(t for t in made.tables if t.name == "couriers")
    assert "subject" in [c.name for c in couriers.columns], "a courier is known by the token"
