"""Whose a thing is: what people call theirs, what nobody has yet, and what shows many things at once."""

from tests.derive.saying import Said

from archsmith.model.domain import Cardinality, DataClass, Derivation, Entity
from archsmith.model.requirements import RelationMention


def _entity(found: Derivation, ident: str) -> Entity:
    return next(e for e in found.domain.entities if e.id == ident)


def _plan(quote: str) -> Entity:
    said = Said("As a patient I want to see my exercise plan. Patients view an exercise plan. HIPAA applies.")
    said.actor("patient").things("patient", "exercise plan")
    said.does("patient", "view", "exercise plan", kind="query", quote=quote)
    return _entity(said.derive(), "exercise-plan")


def test_what_people_call_theirs_is_theirs() -> None:
    plan = _plan("see my exercise plan")
    assert plan.owner == "patient"
    assert [(r.target, r.required) for r in plan.relations] == [("patient", True)]


def test_what_they_do_not_call_theirs_is_not() -> None:
    assert _plan("view an exercise plan").owner is None


def test_a_plan_for_patients_is_no_plan_that_is_sold() -> None:
    plan = _plan("see my exercise plan")
    assert plan.data_class is not DataClass.PUBLIC
    assert "billing_period" not in {a.name for a in plan.attributes}


def _seats() -> Derivation:
    said = Said("A fan holds up to 6 seats of an event. Fans see a seat map and which seats are free.")
    said.actor("fan").things("fan", "event", "seat map").thing("seat", states=("free", "held", "sold"))
    said.does("fan", "view", "seat map", kind="query").does("fan", "view", "seat", kind="query", quote="seats are free")
    holds = RelationMention(whole="fan", part="seat", most=6.0, why=said.at("holds up to 6 seats"))
    of = RelationMention(whole="event", part="seat", why=said.at("seats of an event"))
    return said.needs(relations=(holds, of)).derive()


def test_nobody_has_a_free_seat_and_nobody_is_shown_who_has_it() -> None:
    seat = _entity(_seats(), "seat")
    (taken,) = (r for r in seat.relations if r.target == "fan")
    assert taken.taken
    assert not taken.required
    assert seat.owner is None
    assert not any("fan_id" in o.filters for o in _seats().domain.operations)


def test_a_map_of_seats_is_of_the_event_and_of_no_seat() -> None:
    seat_map = _entity(_seats(), "seat-map")
    assert [(r.target, r.cardinality) for r in seat_map.relations] == [("event", Cardinality.ONE_TO_ONE)]
