"""Numbers of Protocol Buffers: never two alike, never one that moves without need."""

from hypothesis import given
from hypothesis import strategies as st
from tests.render.contracts.wired import asking, calling, styled

from archsmith.compose.numbers import FIRST, FIXED, LAST, RESERVED, numbered

NAMES = st.lists(st.one_of(st.sampled_from(sorted(FIXED)), st.from_regex("[a-z][a-z0-9_]{0,9}", fullmatch=True)))
"""Names of fields, those with numbers of their own among them."""
NARROW = st.lists(st.integers(0, 10_000).map("f{}".format), max_size=40, unique=True)
"""Names that meet often where there are few numbers."""


@given(NAMES)
def test_no_two_names_share_a_number(names: list[str]) -> None:
    found = numbered(names)
    assert [name for name, _ in found] == list(dict.fromkeys(names))
    numbers = [number for _, number in found]
    assert len(set(numbers)) == len(numbers)
    assert all(0 < n <= LAST and n not in RESERVED for n in numbers)
    assert all(n == FIXED[name] if name in FIXED else n >= FIRST for name, n in found)


@given(NARROW)
def test_names_that_meet_are_told_apart(names: list[str]) -> None:
    """Fifty numbers for up to forty names: most draws have names that meet."""
    numbers = [number for _, number in numbered(names, last=FIRST + 49)]
    assert len(set(numbers)) == len(names)


@given(NARROW, NARROW)
def test_what_is_appended_moves_nothing(names: list[str], more: list[str]) -> None:
    before = numbered(names[:20], last=FIRST + 49)
    assert numbered([*names[:20], *more[:20]], last=FIRST + 49)[: len(before)] == before


@given(st.lists(st.from_regex("[a-z]{3,9}", fullmatch=True), unique=True, max_size=30))
def test_the_order_is_no_matter_where_no_two_meet(names: list[str]) -> None:
    alone = {name: numbered([name])[0][1] for name in names}
    if len(set(alone.values())) == len(names):
        assert dict(numbered(sorted(names, reverse=True))) == alone


def test_each_fixed_name_has_a_number_of_its_own() -> None:
    assert len(set(FIXED.values())) == len(FIXED)
    assert max(FIXED.values()) < FIRST


def test_every_message_of_a_design_has_numbers_of_its_own() -> None:
    for design in (styled("grpc"), calling("grpc", asking())):
        for package in design.architecture.packages:
            for message in (*package.requests, *package.responses, *package.rows, *package.enums):
                numbers = [number for _, number in message.numbers]
                assert len(set(numbers)) == len(numbers), message.name
            values = [name for enum in package.enums for name, _ in enum.numbers]
            assert len(set(values)) == len(values)
