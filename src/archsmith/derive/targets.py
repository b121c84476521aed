"""What the design is held to: stated needs, else assumptions with a reason that fits the kind of product."""

from typing import Final

from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.money import outage_per_hour, revenue_per_year
from archsmith.derive.product import Product
from archsmith.kernel.provenance import Assumed, Derived, Fact, Provenance
from archsmith.kernel.units import Count, Months, Probability, Ratio, UsdPerHour
from archsmith.knowledge.archetypes import Audience
from archsmith.model.domain import Targets
from archsmith.model.requirements import Requirements

_HOURS_PER_YEAR: Final = 8760.0
_FEW: Final = 1000
"""Users up to whom a public service is held to what one organisation asks of an internal tool."""
_QUIET: Final = 0.1
"""Requests a second below which nobody notices an outage at once."""


def targets(
    requirements: Requirements, product: Product, lore: Lore, loads: Loads, average: float, people: float, money: bool
) -> Targets:
    """The targets. `average`: requests a second; `people`: users; `money`: whether the system takes or keeps money."""
    needs, who = requirements.needs, product.audience
    because = f"the brief is silent, and it serves {_AUDIENCES[who]}"
    takes = any(s.kind == "payment" for s in requirements.systems)
    if who is Audience.CONSUMER and people <= _FEW and average < _QUIET and not takes:
        who, because = (
            Audience.INTERNAL,
            f"the brief is silent, and only {people:.0f} people use it, as in one organisation",
        )
    rpo = lore.seconds("rpo", "money" if money and who is not Audience.INTERNAL else who, because)
    team = needs.team or Fact(value=Count(lore.default("team").value), why=_why(lore, "team", "", because))
    return Targets(
        availability=needs.availability
        or Fact(
            value=Probability(lore.default("availability", who).value), why=_why(lore, "availability", who, because)
        ),
        latency_p95=needs.latency_p95 or lore.seconds("latency_p95", who, because),
        rpo=needs.rpo or rpo,
        rto=needs.rto or lore.seconds("rto", who, because),
        headroom=Fact(
            value=Ratio(lore.default("headroom").value), why=_why(lore, "headroom", "", "no headroom is stated")
        ),
        horizon=Fact(value=Months(lore.default("horizon").value), why=_why(lore, "horizon", "", "no period is stated")),
        hourly_rate=_rate(requirements, lore),
        outage_cost=_outage(lore, loads, who, average),
        budget=needs.budget,
        build_budget=needs.build_budget,
        deadline=needs.deadline,
        team=team,
        teams=needs.teams
        or Fact(
            value=Count(max(1.0, round(team.value / 8))),
            why=Derived(rule="a team has up to eight people", formula=f"{team.value:g} / 8", inputs=("team",)),
        ),
        regions=_regions(requirements),
    )


_AUDIENCES: Final = {
    Audience.CONSUMER: "the public",
    Audience.BUSINESS: "paying organisations",
    Audience.INTERNAL: "one organisation's own staff",
    Audience.DEVICE: "devices and their owners",
}


def _why(lore: Lore, name: str, variant: str, because: str) -> Assumed:
    row = lore.default(name, variant)
    return Assumed(reason=f"{because}: {row.reason}", source=f"defaults/{row.id}")


def _rate(requirements: Requirements, lore: Lore) -> Fact[UsdPerHour]:
    words = " ".join(
        (
            requirements.title,
            requirements.summary,
            *(r.statement for r in requirements.requirements),
            *(a.name for a in requirements.actors),
        )
    ).lower()
    team = requirements.needs.team
    small = team is not None and team.value <= 1
    variant = "volunteer" if "volunteer" in words and small else ""
    because = "volunteers run it" if variant else "no rate of the team is stated"
    return Fact(
        value=UsdPerHour(lore.default("hourly_rate", variant).value), why=_why(lore, "hourly_rate", variant, because)
    )


def _outage(lore: Lore, loads: Loads, who: Audience, average: float) -> Fact[UsdPerHour]:
    """As stated; else revenue of an hour where that is stated, else what unanswered requests and support cost."""
    ledger = loads.ledger
    told = outage_per_hour(loads, lore)
    if told is not None:
        return told
    revenue = revenue_per_year(loads, lore)
    floor = lore.default("outage_floor", who)
    if revenue is not None and revenue.value / _HOURS_PER_YEAR > floor.value:
        hour = ledger.ratio(
            "outage_cost",
            "revenue that an hour without service puts at risk",
            "USD per hour",
            "revenue / hours",
            (revenue,),
            (_HOURS_PER_YEAR,),
        )
        return Fact(
            value=UsdPerHour(hour.value),
            why=Derived(rule="revenue of an hour", formula=hour.formula, inputs=(hour.id,)),
        )
    each = lore.default("outage_per_request")
    lost = average * 3600 * each.value
    why: Provenance = Assumed(
        reason=f"no revenue is stated: {average * 3600:.0f} requests an hour at {each.value:g} USD ({each.reason}), "
        f"but at least {floor.value:g} USD ({floor.reason})",
        source=f"defaults/{each.id}",
    )
    return Fact(value=UsdPerHour(max(lost, floor.value)), why=why)


def _regions(requirements: Requirements) -> tuple[Fact[str], ...]:
    """Where data must live; else where the users are; else near the operator, assumed."""
    needs = requirements.needs
    if needs.regions:
        return needs.regions
    if needs.homes:
        seen = dict.fromkeys(h.value for h in needs.homes)
        return tuple(Fact(value=h, why=Derived(rule="data lives where the users are", inputs=(h,))) for h in seen)
    currency = " ".join(n.unit.lower() for n in requirements.numbers)
    guess = next(
        (
            r
            for words, r in ((("gbp",), "uk"), (("usd",), "us"), (("eur", "chf"), "eu"))
            if any(w in currency for w in words)
        ),
        "eu",
    )
    reason = (
        "the brief names no country; its amounts are in the currency of this region"
        if any(c in currency for c in ("gbp", "usd", "eur", "chf"))
        else "the brief names no country; a European region meets the strictest of the usual rules on personal data"
    )
    return (Fact(value=guess, why=Assumed(reason=reason, source="defaults/region")),)
