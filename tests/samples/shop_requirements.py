"""The seed shop's requirements, written by hand."""

from tests.samples.shop_brief import BRIEF, actors, systems
from tests.samples.shop_domain import entities, operations

from archsmith.kernel.ids import RequirementId
from archsmith.kernel.provenance import Fact
from archsmith.kernel.units import (
    Count,
    Probability,
    Seconds,
    UsdPerMonth,
)
from archsmith.model.requirements import (
    Excluded,
    Mention,
    Needs,
    Number,
    NumberRole,
    NumberStatus,
    OperationMention,
    Priority,
    Regime,
    RegimeStatus,
    Requirement,
    RequirementClass,
    Requirements,
)


def _requirement(number: int, kind: RequirementClass, quote: str) -> Requirement:
    why = BRIEF.said(quote)
    return Requirement(id=RequirementId(f"R-{number:03}"), kind=kind, priority=Priority.MUST, statement=quote, why=why)


def sample_requirements() -> Requirements:
    """The shop's brief as `elicit` would return it."""
    availability, latency = BRIEF.said("99.9%"), BRIEF.said("0.8 seconds")

    def number(ident: str, what: str, value: float, unit: str, role: NumberRole, quote: str) -> Number:
        why = BRIEF.said(quote)
        return Number(id=ident, what=what, value=value, unit=unit, role=role, status=NumberStatus.TARGET, why=why)

    kinds = RequirementClass
    return Requirements(
        title="Seed shop",
        source=BRIEF.name,
        must_use=(),
        needs=Needs(
            availability=Fact(value=Probability(0.999), why=availability),
            latency_p95=Fact(value=Seconds(0.8), why=latency),
            budget=Fact(value=UsdPerMonth(436.0), why=BRIEF.said("EUR 400 a month")),
            team=Fact(value=Count(2.0), why=BRIEF.said("Two developers")),
            skills=(Fact(value="Python", why=BRIEF.said("Python")),),
            regions=(Fact(value="eu", why=BRIEF.said("their data stays in the EU")),),
        ),
        requirements=(
            _requirement(
                1, kinds.FUNCTIONAL, "Customers browse and search 4,200 products, place an order, pay it by card"
            ),
            _requirement(2, kinds.INTEGRATION, "Stock is imported nightly from our warehouse system"),
            _requirement(3, kinds.FUNCTIONAL, "Customers get an order confirmation by e-mail"),
            _requirement(4, kinds.PERFORMANCE, "Product pages in 0.8 seconds"),
            _requirement(5, kinds.AVAILABILITY, "The shop must be up 99.9% of the time"),
            _requirement(6, kinds.COMPLIANCE, "their data stays in the EU"),
            _requirement(7, kinds.PRIVACY, "Orders are kept for 7 years"),
        ),
        numbers=(
            number("N-001", "products", 4_200, "products", NumberRole.POPULATION, "4,200 products"),
            number("N-002", "visits", 20_000, "per day", NumberRole.LOAD, "20,000 visits a day"),
            number("N-003", "orders", 500, "per day", NumberRole.LOAD, "500 orders a day"),
            number("N-004", "budget", 400, "EUR per month", NumberRole.BUDGET, "EUR 400 a month"),
        ),
        actors=actors(),
        systems=systems(),
        mentions=tuple(Mention(name=e.name, why=e.why) for e in entities()),
        operations=tuple(
            OperationMention(
                actor=o.actor, verb=o.verb, object=o.name.removeprefix(o.verb).strip(), kind=o.kind, why=o.why
            )
            for o in operations()
        ),
        excluded=(Excluded(what="gift cards", why=BRIEF.said("Gift cards come next year")),),
        regimes=(
            Regime(
                id="GDPR",
                status=RegimeStatus.REQUIRED,
                reason="personal data of customers in Belgium",
                confidence=Probability(0.99),
                why=BRIEF.said("Customers live in Belgium"),
            ),
        ),
    )
