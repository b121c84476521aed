"""What a step has to be told stands in its request, and what nobody asked for does not."""

import pytest
from msgspec.structs import replace
from tests.samples.parts import fact
from tests.samples.shop import sample_decisions, sample_derivation, sample_requirements

from archsmith.compose import compose
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.contracts import Body, Endpoint
from archsmith.model.domain import Access
from archsmith.model.requirements import OperationKind


def step(verb: str, **changes: object) -> Endpoint:
    """The shop's step on an order, under another verb."""
    derivation = sample_derivation()
    old = next(o for o in derivation.domain.operations if o.id == "cancel-order")
    new = replace(old, verb=verb, name=f"{verb} order", **changes)
    operations = tuple(new if o is old else o for o in derivation.domain.operations)
    domain = replace(derivation.domain, operations=operations)
    architecture = compose(sample_requirements(), replace(derivation, domain=domain), sample_decisions(), Catalogue())
    return next(e for e in architecture.endpoints if e.operation == old.id)


def test_a_step_whose_path_says_it_all_has_no_body() -> None:
    assert (step("cancel").request, step("cancel").takes) == (Body.NONE, ())


@pytest.mark.parametrize(
    ("verb", "name"),
    [("transfer", "recipient_email"), ("merge", "other_order_id"), ("pay", "payment_token")],
)
def test_a_step_takes_whom_which_and_by_what(verb: str, name: str) -> None:
    calls = next(o.calls for o in sample_derivation().domain.operations if o.verb == "pay")
    found = step(verb, calls=calls if verb == "pay" else (), calls_sync=verb == "pay")
    assert found.request is Body.FIELDS
    assert [(f.name, f.required) for f in found.takes] == [(name, True)]


def test_who_enters_something_corrects_it_and_who_narrows_a_list_may_choose_by_what() -> None:
    derivation = sample_derivation()
    change = next(o for o in derivation.domain.operations if o.id == "change-product")
    entering = replace(
        change, id="create-product", name="create product", verb="create", access=Access.CREATE,
        kind=OperationKind.COMMAND, average=fact(change.average.value),
    )  # fmt: skip
    kept = tuple(o for o in derivation.domain.operations if o is not change)
    domain = replace(derivation.domain, operations=(*kept, entering))
    architecture = compose(sample_requirements(), replace(derivation, domain=domain), sample_decisions(), Catalogue())
    patch = next(e for e in architecture.endpoints if (e.method, e.path) == ("PATCH", "/products/{product_id}"))
    assert (patch.companion, patch.reason, patch.etag) == (True, "Who enters products corrects them.", True)
    assert not any(e.method == "PATCH" and e.path.startswith("/orders") for e in architecture.endpoints)
