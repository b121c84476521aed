"""Rights and limits by what a caller does: figures open no rows, terms of an open offer are open, programs have limits
of their own."""

from tests.designs import example

from archsmith.model.contracts import Act, Endpoint
from archsmith.model.design import Design


def _endpoint(design: Design, ident: str) -> Endpoint:
    return next(e for e in design.architecture.endpoints if e.operation_id == ident)


def test_figures_have_a_right_of_their_own() -> None:
    design = example("tickets")
    sales = _endpoint(design, "get_ticket_sales")
    assert (sales.act, sales.path, sales.scopes) == (Act.SUMMARY, "/tickets/sales", ("tickets:report",))
    (scope,) = (s for s in design.architecture.policies.scopes if s.id == "tickets:report")
    assert scope.actors == ("promoter",)
    held = {s.id for s in design.architecture.policies.scopes if "promoter" in s.actors}
    assert not held & {"orders:read", "orders:write"}


def test_patients_see_no_report() -> None:
    design = example("clinic")
    (scope,) = (s for s in design.architecture.policies.scopes if s.id == "slots:report")
    assert scope.actors == ("clinic-manager",)
    assert _endpoint(design, "get_slot_reports").scopes == ("slots:report",)


def test_who_may_see_a_desk_may_see_when_it_opens() -> None:
    assert _endpoint(example("startup"), "list_opening_days").open


def test_the_own_exercise_plan_of_a_patient_is_open_to_nobody() -> None:
    plans = _endpoint(example("clinic"), "list_exercise_plans")
    assert plans.scopes == ("exercise-plans:read",)


def test_a_provider_that_tells_of_all_payments_is_one_caller() -> None:
    design = example("tickets")
    told = _endpoint(design, "receive_adyen_event")
    limits = {limit.id: limit for limit in design.architecture.policies.rate_limits}
    assert told.rate_limit is not None
    assert limits[told.rate_limit].limit > 2500  # orders a minute at the peak: each is told of


def test_what_is_reached_through_another_provider_is_no_system_of_its_own() -> None:
    assert [s.id for s in example("tickets").derivation.domain.systems if s.kind == "payment"] == ["adyen"]
