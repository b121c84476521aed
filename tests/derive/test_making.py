"""What is referred to and kept is entered by somebody: by whom the brief says, else by an assumption that says so."""

from tests.derive.saying import Said

from archsmith.kernel.provenance import Assumed, Derived
from archsmith.kernel.units import MONTH
from archsmith.model.domain import Access, Derivation, Operation


def _making(found: Derivation) -> dict[str, Operation]:
    made = (o for o in found.domain.operations if isinstance(o.why, Assumed) and o.why.source == "derive/making")
    return {o.entity: o for o in made}


def _rooms(*inside: str) -> Said:
    said = Said(
        "A clinic has 40 rooms. Patients book a room. Managers and auditors read reports. A patient reads a room."
    )
    said.actor("patient").things("room", "booking", "patient").does("patient", "book", "room")
    for name in inside:
        said.actor(name, internal=True)
    return said


def test_what_nobody_enters_is_entered_by_an_administrator_who_is_an_assumption() -> None:
    found = _rooms().derive()
    (room,) = _making(found).values()
    assert (room.entity, room.access, room.actor) == ("room", Access.CREATE, "administrator")
    (administrator,) = (a for a in found.domain.actors if a.id == "administrator")
    assert administrator.internal
    assert isinstance(administrator.why, Assumed)


def test_people_of_the_house_come_first_those_with_most_to_do_there() -> None:
    said = _rooms("auditor", "manager").does("manager", "change", "room")
    assert _making(said.derive())["room"].actor == "manager"


def test_it_is_as_often_as_rows_come() -> None:
    found = _rooms().derive()
    room = next(e for e in found.domain.entities if e.id == "room")
    rate = _making(found)["room"].average
    assert isinstance(rate.why, Derived)
    assert rate.value == room.rows_per_month.value / MONTH


def test_nothing_is_added_where_the_brief_says_who_enters_it() -> None:
    assert not _making(_rooms("manager").does("manager", "enter", "room").derive())


def test_people_who_sign_in_and_what_other_systems_hold_are_not_entered() -> None:
    said = _rooms().system("Roomboss", "calendar", masters=("room",))
    assert not _making(said.derive())
