"""Clauses, measures and tags agree, and a control's answer names the design's own elements."""

import pytest
from msgspec.structs import replace
from tests.evaluate.designs import CATALOGUE, shop

from archsmith.evaluate.controls import controls
from archsmith.evaluate.measures import MEASURES
from archsmith.evaluate.tags import TAGS, tags_of
from archsmith.knowledge.controls import TABLES, clauses, is_named
from archsmith.model.domain import DataClass
from archsmith.model.report import ControlStatus


def rows() -> list:  # type: ignore[type-arg]
    return [c for t in TABLES.values() for c in CATALOGUE.table(t).values()]


def test_every_clause_has_measures_that_exist_and_every_measure_is_used() -> None:
    used = {m for c in rows() for m in c.measures}
    assert used == set(MEASURES)
    assert len({c.id for c in rows()}) == len(rows())
    assert all(c.measures and c.evidence and c.asks and c.clause for c in rows())


def test_tags_of_clauses_are_known() -> None:
    assert {t for c in rows() for t in (*c.when, *c.any)} <= TAGS
    assert tags_of(shop().view()) <= TAGS


@pytest.mark.parametrize(
    ("said", "name", "same"),
    [
        ("GDPR", "GDPR", True),
        ("UK GDPR", "GDPR", False),
        ("PCI-DSS 4.0.1", "PCI DSS", True),
        ("WCAG 2.1 AA", "WCAG", True),
        ("ISO/IEC 27001:2022", "ISO 27001", True),
        ("SOC2", "SOC 2", True),
        ("ADAPT", "ADA", False),
    ],
)
def test_names_of_regimes(said: str, name: str, same: bool) -> None:
    assert is_named(said, name) is same


@pytest.mark.parametrize(
    "regime",
    ["GDPR", "UK GDPR", "HIPAA", "PCI DSS", "SOC 2", "ISO 27001", "CCPA", "COPPA", "FERPA", "DORA", "NIS2", "GLBA",
     "PSD2", "ePrivacy", "WCAG 2.1 AA", "Section 508", "CAN-SPAM", "TCPA", "SOX"],
)  # fmt: skip
def test_each_regime_answers_without_a_crash(regime: str) -> None:
    assert clauses(CATALOGUE, regime)
    found = controls(shop().under(regime).view())
    assert all(c.regime == regime and c.answer for c in found)


def test_only_the_regimes_of_the_design() -> None:
    assert controls(shop().under().view()) == ()
    assert {c.regime for c in controls(shop().under("GDPR").view())} == {"GDPR"}


def test_hosted_payment_page_narrows_pci() -> None:
    hosted = controls(shop().under("PCI DSS").view())
    entities = shop().derivation.domain.entities
    own = shop().domain(entities=(replace(entities[0], data_class=DataClass.CARD), *entities[1:]))
    full = controls(own.under("PCI DSS").view())
    assert 8 <= len(hosted) <= 16 < 50 < len(full)


def test_answers_name_elements() -> None:
    found = controls(shop().under("GDPR").view())
    text = " ".join(c.answer for c in found)
    for name in ("main database", "customer", "payment provider", "Shop"):
        assert name in text
    designed = [c for c in found if c.status is ControlStatus.BY_DESIGN]
    assert designed
    assert all(c.elements for c in designed)


def test_unencrypted_store_opens_the_clause() -> None:
    case = shop().under("HIPAA")
    policies = replace(case.architecture.policies, encryption=())
    found = {c.clause: c for c in controls(case.design(policies=policies).view())}
    assert found["164.312(a)(2)(iv)"].status is ControlStatus.OPEN
    assert "main database is not encrypted at rest" in found["164.312(a)(2)(iv)"].answer
