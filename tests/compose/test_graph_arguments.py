"""Arguments of the GraphQL schema's own and those of the business never meet in one name."""

import pytest

from archsmith.model.graph import OWN_ARGUMENTS, argument


@pytest.mark.parametrize("name", ["first", "after", "input", "idempotency_key", "expected_version"])
def test_a_filter_named_like_an_own_argument_steps_aside(name: str) -> None:
    assert argument(name) not in OWN_ARGUMENTS


def test_other_names_stay() -> None:
    assert argument("member_id") == "memberId"
