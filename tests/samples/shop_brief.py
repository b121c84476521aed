"""The seed shop's brief, who is in it, and which systems stand around it."""

from tests.samples.parts import Text

from archsmith.kernel.ids import ActorId, SystemId
from archsmith.model.requirements import (
    Actor,
    ExternalSystem,
)

BRIEF = Text(
    "seed-shop.md",
    """# Seed shop

Customers browse and search 4,200 products, place an order, pay it by card and may cancel it until it is shipped.
Staff change products. Stock is imported nightly from our warehouse system.
Customers get an order confirmation by e-mail.
Gift cards come next year.

We expect 20,000 visits a day with 8 pages each, and 500 orders a day.
Product pages in 0.8 seconds. The shop must be up 99.9% of the time.
Customers live in Belgium, so their data stays in the EU. Orders are kept for 7 years.
Two developers who know Python, and EUR 400 a month for hosting.
""",
)

CUSTOMER, STAFF = ActorId("customer"), ActorId("staff")
PAYMENTS, MAIL, WAREHOUSE = SystemId("payment-provider"), SystemId("mail-provider"), SystemId("warehouse-system")


def actors() -> tuple[Actor, ...]:
    return (
        Actor(id=CUSTOMER, name="customer", internal=False, why=BRIEF.said("Customers")),
        Actor(id=STAFF, name="staff", internal=True, why=BRIEF.said("Staff")),
    )


def systems() -> tuple[ExternalSystem, ...]:
    return (
        ExternalSystem(id=PAYMENTS, name="payment provider", kind="payment", why=BRIEF.said("pay it by card")),
        ExternalSystem(id=MAIL, name="mail provider", kind="mail", why=BRIEF.said("by e-mail")),
        ExternalSystem(
            id=WAREHOUSE,
            name="warehouse system",
            kind="erp",
            masters=("stock",),
            why=BRIEF.said("our warehouse system"),
        ),
    )
