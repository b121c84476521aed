"""What an operation says of itself: out of the model, and never its summary again."""

from typing import Any

import pytest
import yaml
from tests.designs import example

from archsmith.render.contracts.api.document import openapi


def _operations(name: str) -> dict[str, Any]:
    (artifact,) = openapi(example(name))
    paths = yaml.safe_load(artifact.content)["paths"].values()
    return {o["operationId"]: o for item in paths for o in item.values()}


def _said(name: str) -> dict[str, str]:
    """The first sentences of each operation."""
    return {ident: o["description"].partition("\n\n")[0].strip() for ident, o in _operations(name).items()}


@pytest.mark.parametrize("name", ["startup", "tickets", "clinic"])
def test_no_description_repeats_its_summary(name: str) -> None:
    for operation in _operations(name).values():
        if operation["tags"] != ["Callbacks"]:
            assert operation["description"].partition("\n")[0].rstrip(".") != operation["summary"]


def test_a_step_says_from_where_to_where_and_until_when() -> None:
    assert _said("startup")["cancel_booking"] == (
        "Cancel a booking: it becomes `cancelled`, which is possible from `requested`, `paid` or `confirmed`, "
        "until 18:00 the evening before."
    )


def test_a_request_that_makes_something_says_what_goes_in_and_what_the_server_sets() -> None:
    assert _said("tickets")["create_order"] == (
        "Makes one order out of `tickets`. `fan_id`, `status`, `number`, `total`, `held_until` and `currency` are the "
        "server's to set."
    )


def test_a_time_limit_is_a_refusal_with_a_type_of_its_own() -> None:
    (cancel,) = (e for e in example("startup").architecture.endpoints if e.operation_id == "cancel_booking")
    late = next(r for r in cancel.refusals if "too-late" in r.type)
    assert (late.type, late.status) == ("booking-too-late-to-cancel", 409)
    assert late.detail == "It is possible to cancel a booking until 18:00 the evening before."


def test_a_repeat_without_a_key_is_refused_by_name() -> None:
    said = {ident: o["description"] for ident, o in _operations("startup").items()}
    assert "Repeated: changes nothing, and is refused with `booking-state-forbids-cancel`." in said["cancel_booking"]
    assert "Repeated" not in said["pay_booking"]
