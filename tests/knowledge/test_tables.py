"""Every knowledge file of technologies, prices and capacity loads, and its references lead somewhere."""

import re

import pytest

from archsmith.formulas.cost import Tier, tiered_cost
from archsmith.kernel.units import Count, Usd
from archsmith.knowledge import pricing
from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.instances import INSTANCES, PROVIDERS, REGIONS
from archsmith.knowledge.limits import LIMITS, RESOURCES, limit
from archsmith.knowledge.prices import CURRENCIES, PRICES, PROMISES, Price, Promise
from archsmith.knowledge.shelves import LISTED
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
        abstract = tech.category in {"language", "framework", "provider", "instrumentation", "interface"}
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
    tiers = [Tier(up_to=Count(top), price=Usd(each)) for top, each in pricing.egress_tiers(CATALOGUE, "aws")]
    assert not tiered_cost(Count(50), tiers)
    assert tiered_cost(Count(10_100), tiers) == pytest.approx(900)
    assert tiered_cost(Count(50_100), tiers) == pytest.approx(900 + 40_000 * 0.085)
    assert not pricing.egress_tiers(CATALOGUE, "nobody")


ESTIMATED = [
    name for name, (table, _) in LISTED.items() if {"source", "low", "high"} <= set(table.row.__struct_fields__)
]


@pytest.mark.parametrize("name", ESTIMATED)
def test_every_estimate_has_reasoning_and_a_range_that_holds_it(name: str) -> None:
    for ident, row in CATALOGUE.table(LISTED[name][0]).items():
        if row.source == "estimate":
            value = next(getattr(row, f) for f in ("value", "usd", "p50") if hasattr(row, f))
            assert getattr(row, "reason", ""), f"{name}/{ident}"
            assert row.low is not None and row.high is not None, f"{name}/{ident}"
            assert row.low <= value <= row.high, f"{name}/{ident}"


@pytest.mark.parametrize("name", list(LISTED))
def test_a_row_without_a_date_is_an_estimate_or_says_why(name: str) -> None:
    for ident, row in CATALOGUE.table(LISTED[name][0]).items():
        if not {"source", "as_of"} <= set(row.__struct_fields__):
            continue
        dated = bool(row.as_of) or bool(re.search(r"\b(19|20)\d\d\b", row.source))
        known = row.source in ("estimate", "definition") or any(getattr(row, f, None) for f in ("confidence", "reason"))
        assert row.source and (dated or known), f"{name}/{ident}: {row.source}"


def test_work_on_a_technology_is_estimated_with_a_range_and_a_reason() -> None:
    for tech in CATALOGUE.table(TECHNOLOGIES).values():
        for effort in filter(None, (tech.run, tech.managed)):
            assert effort.low < effort.high, tech.id
        idle = tech.category in {"language", "provider", "instrumentation"}
        assert idle or tech.effort, tech.id
        assert tech.licence, tech.id


def test_the_kinds_of_technologies_that_a_backend_needs_are_there() -> None:
    by_category: dict[str, list[Technology]] = {}
    for tech in CATALOGUE.table(TECHNOLOGIES).values():
        by_category.setdefault(tech.category, []).append(tech)
    assert set(by_category) == set(CATEGORIES)
    assert sum(len(rows) for c, rows in by_category.items() if c != "provider") >= 70
    several = ("relational", "document", "wide_column", "graph", "workflow", "secrets", "ci", "iac", "observability")
    assert all(len(by_category[c]) > 1 for c in several), {c: len(by_category[c]) for c in several}
    languages = {str(t.language) for t in by_category["framework"]}
    assert {"python", "typescript", "go", "java"} <= languages


@pytest.mark.parametrize("cloud", ["aws", "gcp", "azure", "hetzner"])
def test_platforms_from_one_machine_to_managed_kubernetes(cloud: str) -> None:
    kinds: set[str] = set()
    for tech in CATALOGUE.table(TECHNOLOGIES).values():
        if tech.category == "platform" and (tech.offer(cloud) or cloud in tech.provider_any):
            kinds |= set(tech.kinds)
    assert "virtual_machine" in kinds
    if cloud != "hetzner":
        assert {"serverless_functions", "kubernetes"} <= kinds
        assert {"container_platform", "platform_as_a_service"} & kinds


def test_limits_name_what_they_limit() -> None:
    seen: set[tuple[str, str]] = set()
    for row in CATALOGUE.table(LIMITS).values():
        assert row.technology in CATALOGUE.table(TECHNOLOGIES), row.id
        assert row.resource in RESOURCES, row.id
        assert (row.technology, row.resource) not in seen, row.id
        seen.add((row.technology, row.resource))
    known = {("lambda", "timeout"): 900, ("sqs", "message_bytes"): 262_144, ("dynamodb", "item_bytes"): 409_600}
    for (tech, resource), value in known.items():
        found = limit(CATALOGUE, resource, tech)
        assert found is not None
        assert found.value == value
    assert limit(CATALOGUE, "volume_gb", "postgresql", "aws") == CATALOGUE.table(LIMITS)["aws.volume_gb"]


def test_prices_of_one_kind_are_of_one_magnitude() -> None:
    """A GB of storage, a GB out or a core an hour that is ten times another is a slip of the unit."""
    rows = CATALOGUE.table(PRICES).values()
    bounds = {"GB-month": (0.001, 0.5), "vCPU-hour": (0.01, 0.2), "GB-hour": (0.001, 0.1), "hour": (0.005, 4)}
    for row in rows:
        low, high = bounds.get(row.unit, (0.0, 1e6))
        assert low <= row.value <= high or row.id.startswith("onprem"), row.id
        if row.check:
            assert row.value == pytest.approx(row.check, rel=0.15), row.id


def test_how_long_a_product_has_been_there_is_known() -> None:
    for tech in CATALOGUE.table(TECHNOLOGIES).values():
        made_here = "embedded" in tech.traits or tech.licence in ("ours", "theirs", "own", "as installed")
        local = tech.id in ("on_prem_vm", "cloud_monitoring", "uptime_check")
        assert 1985 <= tech.since <= 2026 or made_here or local, tech.id
