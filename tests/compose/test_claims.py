"""What may be had once only: rules follow from relations and from what the brief says of taking things twice."""

from msgspec.structs import replace
from tests.samples.parts import computed, fact
from tests.samples.shop import sample_decisions, sample_derivation, sample_requirements

from archsmith.compose import compose
from archsmith.kernel.ids import ActorId, EntityId, OperationId, RequirementId
from archsmith.kernel.units import Count
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.architecture import Architecture
from archsmith.model.contracts import Table
from archsmith.model.domain import Access, Attribute, AttributeType, Cardinality, Entity, Operation, Relation
from archsmith.model.requirements import OperationKind, RequirementClass

CUSTOMER = ActorId("customer")
TIMES = AttributeType.TIMESTAMP
STATES = ("open", "confirmed", "cancelled", "completed")


def attribute(name: str, kind: AttributeType = AttributeType.TEXT, **more: object) -> Attribute:
    return Attribute(name=name, type=kind, description="", why=computed("test"), **more)  # type: ignore[arg-type]


def to(target: str, cardinality: Cardinality = Cardinality.MANY_TO_ONE, required: bool = True) -> Relation:
    name, ident = target.replace(" ", "_"), EntityId(target.replace(" ", "-"))
    return Relation(name=name, target=ident, cardinality=cardinality, required=required, why=computed("test"))


def thing(name: str, *parts: Attribute | Relation, owner: ActorId | None = None) -> Entity:
    ident, like = EntityId(name.replace(" ", "-")), sample_derivation().domain.entities[0]
    return replace(
        like,
        id=ident,
        aggregate=ident,
        name=name,
        plural=f"{name}s",
        owner=owner,
        rows=fact(Count(5000.0)),
        attributes=tuple(p for p in parts if isinstance(p, Attribute)),
        relations=tuple(p for p in parts if isinstance(p, Relation)),
    )


ONCE = RequirementClass.CONSISTENCY


def table(name: str, *entities: Entity, said: str = "", kind: RequirementClass = ONCE) -> Table:
    """The table of that name in the shop with further things, of which the brief says something."""
    return next(t for t in shop(*entities, said=said, kind=kind).tables if t.name == name)


def shop(
    *entities: Entity, said: str = "", kind: RequirementClass = ONCE, asked: tuple[Operation, ...] = ()
) -> Architecture:
    """The shop with further things and operations."""
    derivation, requirements = sample_derivation(), sample_requirements()
    domain = derivation.domain
    domain = replace(domain, entities=(*domain.entities, *entities), operations=(*domain.operations, *asked))
    first = requirements.requirements[0]
    more = replace(first, id=RequirementId("R-900"), kind=kind, statement=said)
    requirements = replace(requirements, requirements=(*requirements.requirements, *([more] if said else [])))
    return compose(requirements, replace(derivation, domain=domain), sample_decisions(), Catalogue())


DESK = thing("desk", attribute("name"))
BOOKING = thing(
    "booking",
    attribute("status", AttributeType.STATE, states=STATES),
    attribute("starts_at", TIMES),
    attribute("ends_at", TIMES),
    to("desk"),
    to("customer"),
    owner=CUSTOMER,
)


def test_what_is_booked_for_a_time_is_booked_by_one() -> None:
    found = table("bookings", DESK, BOOKING, said="One desk must never be booked twice for the same half day")
    (rule,) = found.overlaps
    assert (rule.keys, rule.starts, rule.ends) == (("desk_id",), "starts_at", "ends_at")
    assert rule.where == "status NOT IN ('cancelled')"
    assert not [u for u in found.uniques if "desk_id" in u]


def test_nothing_is_forbidden_that_nobody_forbids() -> None:
    for said in ("", "A customer must never be charged twice", "Everything arrives at the same time"):
        assert table("bookings", DESK, BOOKING, said=said).overlaps == ()


def test_a_person_is_kept_apart_only_where_the_sentence_says_so() -> None:
    slot = thing("slot", attribute("starts_at", TIMES), attribute("ends_at", TIMES),
                 attribute("status", AttributeType.STATE, states=("free", "held", "taken")),
                 to("customer", required=False), owner=CUSTOMER)  # fmt: skip
    (rule,) = table("slots", slot, said="The portal shall never double book a customer").overlaps
    assert rule.keys == ("customer_id",)
    assert rule.where == "customer_id IS NOT NULL", "a slot of nobody overlaps with nothing"


def test_a_seat_is_sold_once_an_event() -> None:
    seat = thing("seat", attribute("label"))
    event = thing("event", attribute("starts_at", TIMES))
    state = attribute("status", AttributeType.STATE, states=("valid", "refunded"))
    ticket = thing("ticket", state, to("seat"), to("event"), to("order"), to("customer"), owner=CUSTOMER)
    (once,) = (
        i for i in table("tickets", seat, event, ticket, said="A seat must never be sold twice").indexes if i.unique
    )
    assert once.columns == ("seat_id", "event_id"), "neither the customer nor the order is an occasion"
    assert once.where == "status NOT IN ('refunded')"


def test_a_slot_is_taken_once_where_the_sentence_names_nothing() -> None:
    slot = thing("slot", attribute("starts_at", TIMES), attribute("ends_at", TIMES))
    state = attribute("status", AttributeType.STATE, states=("booked", "moved", "cancelled", "completed"))
    visit = thing("booking", state, to("slot"), to("customer"), owner=CUSTOMER)
    (once,) = (i for i in table("bookings", slot, visit, said="Nobody may be double booked").indexes if i.unique)
    assert once.columns == ("slot_id",)
    assert once.where == "status NOT IN ('moved', 'cancelled')", "what is over does not come back"


def test_a_tool_is_lent_again_when_it_is_back() -> None:
    tool = thing("tool", attribute("name"))
    loan = thing("loan", attribute("status", AttributeType.STATE, states=("out", "returned", "completed")),
                 to("tool"), to("customer"), owner=CUSTOMER)  # fmt: skip
    (once,) = (i for i in table("loans", tool, loan, said="No tool is lent twice at the same time").indexes if i.unique)
    assert (once.columns, once.where) == (("tool_id",), "status NOT IN ('returned', 'completed')")


def test_one_vote_per_person_is_one_in_each_poll() -> None:
    poll = thing("poll", attribute("title"))
    vote = thing("vote", to("customer", Cardinality.ONE_TO_ONE), to("poll"), owner=CUSTOMER)
    assert table("votes", poll, vote).uniques == (("customer_id", "poll_id"),)


def test_what_the_one_tells_already_adds_nothing() -> None:
    """A payment of an order: the order tells the customer, so the pair would allow no more than the order alone."""
    charge = thing("charge", to("order", Cardinality.ONE_TO_ONE), to("customer"), owner=CUSTOMER)
    assert table("charges", charge).uniques == (("order_id",),)


def test_a_failed_payment_leaves_room_for_another() -> None:
    state = attribute("status", AttributeType.STATE, states=("pending", "succeeded", "failed"))
    found = table("charges", thing("charge", state, to("order", Cardinality.ONE_TO_ONE)))
    assert found.uniques == ()
    (once,) = (i for i in found.indexes if i.unique)
    assert (once.columns, once.where) == (("order_id",), "status NOT IN ('failed')")


def test_ends_come_after_beginnings() -> None:
    found = table(
        "offers",
        thing("offer", attribute("opens_at", TIMES), attribute("closes_at", TIMES),
              attribute("valid_from", AttributeType.DATE), attribute("valid_until", AttributeType.DATE),
              attribute("min_price", AttributeType.MONEY), attribute("max_price", AttributeType.MONEY),
              attribute("started_at", TIMES), attribute("finished_at", TIMES),
              attribute("start_note"), attribute("end_note")),
    )  # fmt: skip
    assert {c.expression for c in found.checks} == {
        "closes_at > opens_at", "valid_until >= valid_from", "max_price >= min_price", "finished_at >= started_at",
    }  # fmt: skip


def test_an_address_is_one_in_whatever_case_it_is_written() -> None:
    found = table("writers", thing("writer", attribute("email", AttributeType.EMAIL, unique=True)))
    assert found.uniques == (("email_lower",),)
    (column,) = (c for c in found.columns if c.name == "email_lower")
    assert column.generated == "lower(email)"


def test_what_is_booked_for_a_time_is_looked_for_by_when_it_is_free() -> None:
    """Both ends are asked for, what takes it is looked up by its end, and pages of what is free are told as queries."""
    listing = replace(
        sample_derivation().domain.operations[0],
        id=OperationId("list-desk"),
        name="list desk",
        entity=EntityId("desk"),
        access=Access.LIST,
        kind=OperationKind.QUERY,
        touches=(),
        filters=(),
    )
    made = shop(DESK, BOOKING, said="One desk must never be booked twice for the same half day", asked=(listing,))
    (lists,) = (e for e in made.endpoints if e.path == "/desks" and e.method == "GET")
    assert [(p.name, p.type) for p in lists.parameters if "free" in p.name] == [
        ("free_from", TIMES),
        ("free_until", TIMES),
    ]
    bookings, desks = (next(t for t in made.tables if t.name == name) for name in ("bookings", "desks"))
    assert ("desk_id", "ends_at") in [i.columns for i in bookings.indexes]
    (free,) = (q for q in desks.queries if q.vacancy)
    assert free.kind == "page"
    assert free.vacancy is not None
    assert (free.vacancy.table, free.vacancy.key, free.vacancy.where) == (
        "bookings",
        "desk_id",
        "status NOT IN ('cancelled')",
    )


def test_nothing_is_free_where_nobody_takes_it_alone() -> None:
    made = shop(DESK, BOOKING)
    assert not [q for t in made.tables for q in t.queries if q.vacancy]
    assert not [p for e in made.endpoints for p in e.parameters if p.name.startswith("free_")]


STAY = thing(
    "stay",
    attribute("status", AttributeType.STATE, states=STATES),
    attribute("arrives_on", AttributeType.DATE),
    attribute("departs_on", AttributeType.DATE),
    to("desk"),
    to("customer"),
)


def test_the_day_of_departure_is_free_again() -> None:
    """Whoever complains of overbooking asks for the rule in any sentence; it is about the thing, not who takes it."""
    said = "Overbooking: a customer books the last desk, and it is sold on the phone at the same time"
    found = table("stays", DESK, STAY, said=said, kind=RequirementClass.FUNCTIONAL)
    (rule,) = found.overlaps
    assert (rule.keys, rule.starts, rule.ends, rule.dates, rule.last_too) == (
        ("desk_id",),
        "arrives_on",
        "departs_on",
        True,
        False,
    )
    assert "departs_on > arrives_on" in [c.expression for c in found.checks]


def test_a_day_that_counts_is_taken_too() -> None:
    leave = replace(
        STAY,
        attributes=(
            STAY.attributes[0],
            attribute("starts_on", AttributeType.DATE),
            attribute("ends_on", AttributeType.DATE),
        ),
    )
    (rule,) = table("stays", DESK, leave, said="A desk must never be booked twice").overlaps
    assert rule.last_too


def test_who_travels_departs_before_he_arrives() -> None:
    trip = thing("trip", attribute("departs_at", TIMES), attribute("arrives_at", TIMES))
    assert [c.expression for c in table("trips", trip).checks] == ["arrives_at > departs_at"]
