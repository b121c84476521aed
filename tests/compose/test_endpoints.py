"""The API of the shop, and the rules by which it came about."""

from tests.samples.shop import sample_architecture, sample_derivation

from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.defaults import Kins
from archsmith.model.contracts import Endpoint
from archsmith.model.domain import Access

SHOP = sample_architecture()


def at(method: str, path: str) -> Endpoint:
    return next(e for e in SHOP.endpoints if (e.method, e.path) == (method, path))


def test_the_shop_has_the_api_that_a_reader_expects() -> None:
    assert [f"{e.method} {e.path}" for e in SHOP.endpoints] == [
        "GET /products",
        "GET /products/{product_id}",
        "POST /orders",
        "POST /payments",
        "POST /orders/{order_id}/cancel",
        "GET /orders",
        "PATCH /products/{product_id}",
        "GET /orders/{order_id}",
        "GET /payments/{payment_id}",
        "GET /payments",
        "GET /customers/self",
        "PATCH /customers/self",
        "POST /sessions",
        "DELETE /sessions/self",
        "POST /accounts",
        "POST /email-verifications",
        "POST /password-reset-requests",
        "POST /password-resets",
        "POST /payment-provider-events",
    ]


def test_a_search_is_a_filtered_list() -> None:
    products = at("GET", "/products")
    assert (products.operation, products.also) == ("browse-products", ("search-products",))
    assert [p.name for p in products.parameters] == ["price_min", "price_max", "q", "sort", "cursor", "limit"]
    assert products.scopes == ()  # public data
    assert products.cache == 3600.0


def test_commands_are_safe_to_send_again() -> None:
    assert at("POST", "/orders").idempotency_key
    assert at("POST", "/orders").success == 201
    assert {409, 422} <= set(at("POST", "/orders").problems)
    update = at("PATCH", "/products/{product_id}")
    assert update.etag
    assert {412, 428} <= set(update.problems)


def test_what_is_made_can_be_read_back() -> None:
    order = at("GET", "/orders/{order_id}")
    assert order.etag
    assert order.scopes == ("orders:read",)
    assert "place-order" in next(s for s in SHOP.policies.scopes if s.id == "orders:read").operations


def test_the_owner_is_no_filter() -> None:
    assert "customer_id" not in [p.name for p in at("GET", "/orders").parameters]


def test_timed_and_reacting_operations_have_no_endpoint() -> None:
    called = {o for e in SHOP.endpoints for o in (e.operation, *e.also)}
    hidden = {o.id for o in sample_derivation().domain.operations if o.access in (Access.IMPORT, Access.NOTIFY)}
    assert hidden
    assert not hidden & called


def test_limits_show_their_arithmetic() -> None:
    reads = next(limit for limit in SHOP.policies.rate_limits if limit.id == "limit-shop-reads")
    assert "7.48 rps * 60 s / 250 callers" in reads.formula
    assert f"= {reads.limit}" in reads.formula


def test_a_step_says_from_which_states_it_is_possible() -> None:
    cancel = at("POST", "/orders/{order_id}/cancel")
    assert (cancel.from_states, cancel.to_state) == (("placed", "paid", "shipped"), "cancelled")
    refusal = next(r for r in cancel.refusals if r.type == "order-state-forbids-cancel")
    assert refusal.detail == "An order gets cancelled only from placed, paid or shipped."


def test_what_the_payment_provider_tells_is_signed() -> None:
    callback = at("POST", "/payment-provider-events")
    assert (callback.proofs, callback.scopes, callback.success) == (("webhook_signature",), (), 202)
    assert [f.name for f in callback.takes] == ["id", "type", "created_at", "data"]


def test_registering_does_not_tell_who_has_an_account() -> None:
    for path in ("/accounts", "/password-reset-requests"):
        assert (at("POST", path).success, at("POST", path).gives, at("POST", path).refusals) == (202, (), ())


def test_people_see_and_correct_their_own_record_only() -> None:
    own = at("PATCH", "/customers/self")
    assert own.scopes == ("customers:write-own",)
    assert next(s for s in SHOP.policies.scopes if s.id == "customers:write-own").actors == ("customer",)
    assert not any(e.path == "/customers" for e in SHOP.endpoints)


def test_what_is_taken_is_no_money_by_whatever_name() -> None:
    """The lexicon knows what money is: `card payment`, `credit note`, `payout` are not gone when somebody is faster."""
    kins = Kins(Catalogue())
    assert [kins.of(n) for n in ("card payment", "credit note", "Payout")] == ["money"] * 3
    assert [kins.of(n) for n in ("seat", "desk", "payment terminal")] == ["", "", ""]
