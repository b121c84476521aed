"""Flows of the shop: who waits how long for whom, and what happens otherwise."""

import pytest
from tests.samples.shop import sample_architecture, sample_decisions, sample_derivation, sample_requirements

from archsmith.compose.build import compose
from archsmith.compose.context import Context
from archsmith.compose.flows.rules import breaker, deadline, tries
from archsmith.kernel.units import PerSecond, Seconds
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.architecture import Flow, Mode

CTX = Context(sample_requirements(), sample_derivation(), sample_decisions(), Catalogue())
FLOWS = sample_architecture().flows


def flow(source: str, target: str) -> Flow:
    return next(f for f in FLOWS if (f.source, f.target) == (source, target))


@pytest.mark.parametrize("budget", [0.5, 1.0, 3.5, 10.0])
def test_all_tries_fit_in_the_budget(budget: float) -> None:
    one, retry = tries(CTX, Seconds(budget), idempotent=True)
    waits = sum(min(retry.cap, retry.first * retry.factor**n) for n in range(retry.attempts - 1)) if retry else 0.0
    assert one * (retry.attempts if retry else 1) + waits <= budget


def test_what_is_not_idempotent_is_tried_once() -> None:
    assert tries(CTX, Seconds(10.0), idempotent=False) == (10.0, None)


def test_each_hop_keeps_a_reserve() -> None:
    operations = CTX.domain.operations
    assert deadline(CTX, operations) > deadline(CTX, operations, 1) > deadline(CTX, operations, 2)


def test_a_quiet_line_has_a_small_window() -> None:
    assert breaker(CTX, PerSecond(0.1)).window < breaker(CTX, PerSecond(10.0)).window


def test_the_payment_has_its_own_words() -> None:
    pay = flow("service:shop", "system:payment-provider")
    assert pay.mode is Mode.SYNC
    assert pay.timeout and pay.breaker and pay.retry
    assert pay.fallback.startswith("the payment stays pending; the customer reads that the payment provider is away")


def test_background_work_waits_in_the_queue() -> None:
    mail = flow("service:shop", "system:mail-provider")
    assert mail.mode is Mode.ASYNC
    assert mail.fallback == "send order confirmation waits in the queue until the mail provider is back"
    stock = flow("service:shop", "system:warehouse-system")
    assert "alarm when import stock has not succeeded for 2 d" in stock.fallback


def test_rates_are_sums_of_operations() -> None:
    entry = [f for f in FLOWS if f.source.startswith("actor:")]
    inner = flow("edge:load-balancer", "service:shop")
    assert sum(f.peak for f in entry) == pytest.approx(inner.peak)


def test_compose_is_exported_from_its_home() -> None:
    import archsmith.compose as package

    assert package.__all__ == ["compose"]
    assert package.compose is compose
