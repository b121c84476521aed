"""A value is what its JSON reads back to: numbers of the declared type, mappings in the order of their keys."""

from archsmith.kernel.canonical import from_json, to_json, typed
from archsmith.kernel.units import Days
from archsmith.model.decisions import Weighed
from archsmith.model.plan import Milestone


def test_an_int_in_a_float_field_becomes_a_float() -> None:
    """`Days(3)` is an int at run time; what is written must not depend on that."""
    careless = Milestone(title="t", day=Days(3), after=(), shows="s")
    assert to_json(careless) != to_json(typed(careless))
    assert to_json(typed(careless)) == to_json(Milestone(title="t", day=Days(3.0), after=(), shows="s"))


def test_a_mapping_has_the_order_that_its_json_has() -> None:
    """A sum along it is the same in its last digit, whether the value was read from a dump or not."""
    fresh = typed(Weighed(chosen={"size": "a", "broker": "b"}, decisions={}))
    assert list(fresh.chosen) == list(from_json(to_json(fresh), Weighed).chosen) == ["broker", "size"]


def test_half_a_surrogate_pair_is_no_text() -> None:
    """UTF-8 has no form for it; the rest of the value is kept."""
    assert from_json(to_json({"a\ud800": ["\udfff b", 1]}), dict[str, list[object]]) == {"a\ufffd": ["\ufffd b", 1]}
