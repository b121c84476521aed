"""What an operation says of itself: out of the model, and never its summary again."""

import pytest
import yaml
from tests.designs import example

from archsmith.model.design import Design
from archsmith.render.contracts.api.document import openapi
from archsmith.render.contracts.api.openings import Openings
from archsmith.render.contracts.words import title
from archsmith.render.view import View


def _said(design: Design) -> dict[str, str]:
    openings = Openings(View(design))
    return {e.operation_id: openings.of(e) for e in design.architecture.endpoints}


@pytest.mark.parametrize("name", ["startup", "tickets", "clinic"])
def test_no_description_repeats_its_summary(name: str) -> None:
    design = example(name)
    said = _said(design)
    for endpoint in design.architecture.endpoints:
        if not endpoint.tag:
            assert said[endpoint.operation_id].rstrip(".") != title(endpoint.summary)


def test_a_step_says_from_where_to_where_and_until_when() -> None:
    assert _said(example("startup"))["cancel_booking"] == (
        "Cancel a booking: it becomes `cancelled`, which is possible from `requested`, `paid` or `confirmed`, "
        "until 18:00 the evening before."
    )


def test_a_request_that_makes_something_says_what_goes_in_and_what_the_server_sets() -> None:
    assert _said(example("tickets"))["create_order"] == (
        "Makes one order out of `tickets`. `fan_id`, `status`, `number`, `total`, `held_until` and `currency` are the "
        "server's to set."
    )


def test_a_time_limit_is_a_refusal_with_a_type_of_its_own() -> None:
    (cancel,) = (e for e in example("startup").architecture.endpoints if e.operation_id == "cancel_booking")
    late = next(r for r in cancel.refusals if "too-late" in r.type)
    assert (late.type, late.status) == ("booking-too-late-to-cancel", 409)
    assert late.detail == "It is possible to cancel a booking until 18:00 the evening before."


def test_a_repeat_without_a_key_is_refused_by_name() -> None:
    (artifact,) = openapi(example("startup"))
    paths = yaml.safe_load(artifact.content)["paths"]
    said = paths["/bookings/{booking_id}/cancel"]["post"]["description"]
    assert "Repeated: changes nothing, and is refused with `booking-state-forbids-cancel`." in said
    assert "Repeated" not in paths["/bookings/{booking_id}/pay"]["post"]["description"]
