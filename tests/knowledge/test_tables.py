"""Every knowledge file of technologies, prices and capacity loads, and its references lead somewhere."""

import pytest

from archsmith.knowledge import pricing
from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.instances import INSTANCES, PROVIDERS, REGIONS
from archsmith.knowledge.prices import CURRENCIES, PRICES, PROMISES, Price, Promise
from archsmith.knowledge.technologies import CATEGORIES, TECHNOLOGIES, Technology

CATALOGUE = Catalogue()
PRICE_KEYS = set(CATALOGUE.table(PRICES))
PROMISE_KEYS = set(CATALOGUE.table(PROMISES))
FAMILIES = {i.family for i in CATALOGUE.table(INSTANCES).values()}
KINDS = frozenset(
    [
        "relational_db",
        "document_db",
        "key_value_store",
        "wide_column_store",
        "time_series_store",
        "graph_db",
        "search_index",
        "full_text_search",
        "data_warehouse",
        "analytics_store",
        "object_store",
        "cache",
        "queue",
        "event_stream",
        "pub_sub",
        "stream_processor",
        "batch_processor",
        "scheduler",
        "cdn",
        "api_gateway",
        "load_balancer",
        "rate_limiter",
        "waf",
        "realtime_channel",
        "notification_service",
        "payment_gateway",
        "identity_provider",
        "kms",
        "secrets_manager",
        "audit_log",
        "backup",
        "observability",
        "integration_adapter",
        "offline_sync",
        "media_transcoder",
        "geo_index",
        "iot_gateway",
        "autoscaling",
        "read_replica",
        "service_mesh",
        "kubernetes",
        "serverless_functions",
        "container_platform",
        "virtual_machine",
        "platform_as_a_service",
    ]
)


@pytest.mark.parametrize("tech", CATALOGUE.table(TECHNOLOGIES).values(), ids=lambda t: t.id)
def test_a_technology_refers_to_rows_that_exist(tech: Technology) -> None:
    assert tech.category in CATEGORIES
    assert set(tech.kinds) <= KINDS
    assert tech.language is None or tech.language in CATALOGUE.table(TECHNOLOGIES)
    for key in filter(None, (tech.capacity, tech.events, tech.compression)):
        assert any(c == key or c.startswith(key + ".") for c in CATALOGUE.table(CAPACITY)), key
    for effort in filter(None, (tech.run, tech.managed, tech.build)):
        assert 0 <= effort.low <= effort.value <= effort.high
    for offer in tech.offers:
        assert {k for k in (*offer.usage, offer.storage, offer.minimum, offer.egress) if k} <= PRICE_KEYS
        assert {offer.sla, offer.sla_single} <= PROMISE_KEYS
        assert not offer.family or offer.family in FAMILIES


def test_every_technology_can_be_had() -> None:
    for tech in CATALOGUE.table(TECHNOLOGIES).values():
        abstract = tech.category in {"language", "framework", "provider", "instrumentation"}
        assert abstract or tech.run or tech.managed, tech.id


def test_instances_providers_and_regions_refer_to_rows_that_exist() -> None:
    for row in CATALOGUE.table(INSTANCES).values():
        assert set(row.prices) <= PRICE_KEYS
        assert 0 < row.sustained <= 1
    for provider in CATALOGUE.table(PROVIDERS).values():
        keys = (provider.disk, provider.snapshot, provider.address, provider.logs, provider.key, provider.secret)
        assert {k for k in (*keys, *(key for _, key in provider.egress)) if k} <= PRICE_KEYS
        assert {provider.sla_single, provider.sla_zones} <= PROMISE_KEYS
        assert provider.vm in FAMILIES
    assert {r.provider for r in CATALOGUE.table(REGIONS).values()} == set(CATALOGUE.table(PROVIDERS))


def test_figures_carry_a_source_and_estimates_a_range() -> None:
    rows: list[Price | Promise] = [*CATALOGUE.table(PRICES).values(), *CATALOGUE.table(PROMISES).values()]
    for row in rows:
        assert row.source
        if row.source == "estimate":
            assert row.reason, row.id
            assert row.low is not None, row.id
            assert row.high is not None, row.id
            assert row.low <= row.value <= row.high, row.id
    for figure in CATALOGUE.table(CAPACITY).values():
        assert figure.low <= figure.value <= figure.high, figure.id
        assert figure.reason, figure.id


def test_planning_figures_follow_from_their_ceilings() -> None:
    for figure in CATALOGUE.table(CAPACITY).values():
        if figure.ceiling and figure.divided_by:
            assert figure.value == pytest.approx(figure.ceiling / figure.divided_by, rel=0.07), figure.id


def test_promises_are_probabilities() -> None:
    assert all(0.9 <= p.value <= 1 for p in CATALOGUE.table(PROMISES).values())


def test_prices_that_were_checked_agree() -> None:
    off = [p.id for p in CATALOGUE.table(PRICES).values() if p.check and abs(p.check / p.value - 1) > 0.05]
    assert set(off) <= {"aws.msk.kafka.t3.small"}  # the conflict that the facts name


def test_a_small_server_costs_what_its_parts_cost() -> None:
    eur = CATALOGUE.table(CURRENCIES)["EUR"].usd
    assert pricing.instance_month(CATALOGUE, "hetzner.cx23") == pytest.approx((3.99 + 0.6) * eur)
    assert pricing.instance_month(CATALOGUE, "aws.fargate.1.2") == pytest.approx((0.04048 + 2 * 0.004445) * 730)


def test_egress_goes_through_the_tiers() -> None:
    assert not pricing.egress_month(CATALOGUE, "aws", 50)
    assert pricing.egress_month(CATALOGUE, "aws", 10_100) == pytest.approx(900)
    assert pricing.egress_month(CATALOGUE, "aws", 50_100) == pytest.approx(900 + 40_000 * 0.085)
    assert not pricing.egress_month(CATALOGUE, "nobody", 50_100)
