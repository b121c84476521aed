"""Many organisations in one system: read by what keeps them apart, whatever they are called."""

import pytest
from tests.elicit.reading import requirements

from archsmith.kernel.provenance import Stated

APART = (
    "Each company's data must be strictly separated.",
    "The records of different clinics have to be kept apart.",
    "We need strict isolation between customers.",
    "A school must not see another's pupils.",
    "Agencies only see their own campaigns.",
    "A multi-tenant product for newsletters.",
    "B2B SaaS for warehouses.",
    "What one customer does must not slow down another one.",
)
TOGETHER = (
    "The landlord enters the lease. Tenants pay the rent on the first.",
    "No multi-tenancy is needed.",
    "The reports are separated by month.",
    "Customers see their orders.",
    "We use two SaaS tools for mail today.",
)


@pytest.mark.parametrize("text", APART)
def test_tenants_are_told_by_what_keeps_them_apart(text: str) -> None:
    found = requirements(text).needs.multi_tenant
    assert found is not None, text
    assert found.value
    assert isinstance(found.why, Stated)
    assert found.why.at.quote in text


@pytest.mark.parametrize("text", TOGETHER)
def test_who_shares_nothing_is_no_tenant(text: str) -> None:
    assert requirements(text).needs.multi_tenant is None, text
