"""Numbers have the type that their field declares."""

from archsmith.kernel.canonical import to_json, typed
from archsmith.kernel.units import Days
from archsmith.model.plan import Milestone


def test_an_int_in_a_float_field_becomes_a_float() -> None:
    """`Days(3)` is an int at run time; what is written must not depend on that."""
    careless = Milestone(title="t", day=Days(3), after=(), shows="s")
    assert to_json(careless) != to_json(typed(careless))
    assert to_json(typed(careless)) == to_json(Milestone(title="t", day=Days(3.0), after=(), shows="s"))
