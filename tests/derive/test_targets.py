"""What the design is held to: the brief's own figures first, reasons where it is silent."""

import pytest
from tests.derive.saying import Said

from archsmith.kernel.provenance import Assumed, Derived, Fact
from archsmith.kernel.units import Count, Probability, Seconds, UsdPerMonth
from archsmith.model.requirements import Needs


def fact(said: Said, quote: str, value: object) -> Fact[object]:
    return Fact(value=value, why=said.at(quote))


def test_stated_targets_are_kept() -> None:
    said = Said("99.95% uptime, p95 200 ms, 4 engineers, 900 dollars a month, data in Canada.")
    needs = Needs(
        availability=Fact(value=Probability(0.9995), why=said.at("99.95%")),
        latency_p95=Fact(value=Seconds(0.2), why=said.at("200 ms")),
        team=Fact(value=Count(4), why=said.at("4 engineers")),
        budget=Fact(value=UsdPerMonth(900), why=said.at("900 dollars")),
        regions=(Fact(value="ca", why=said.at("Canada")),),
    )
    found = said.needs(needs=needs).derive().targets
    assert [float(f.value) for f in (found.availability, found.latency_p95, found.team)] == [0.9995, 0.2, 4.0]
    assert found.budget is not None and float(found.budget.value) == 900.0
    assert [str(r.value) for r in found.regions] == ["ca"]


def test_silence_is_filled_with_reasons_by_kind_of_product() -> None:
    public = (
        Said("Visitors read stories.")
        .actor("visitor")
        .things("story")
        .does("visitor", "read", "story", "query")
        .derive()
        .targets
    )
    inside = (
        Said("Clerks file notes.").actor("clerk", True).things("note").does("clerk", "file", "note").derive().targets
    )
    for found in (public, inside):
        for name in (
            "availability",
            "latency_p95",
            "rpo",
            "rto",
            "headroom",
            "horizon",
            "hourly_rate",
            "outage_cost",
            "team",
        ):
            why = getattr(found, name).why
            assert isinstance(why, Assumed) and why.reason and why.source.startswith("defaults/"), name
    assert public.rto.value < inside.rto.value and public.latency_p95.value < inside.latency_p95.value
    assert inside.outage_cost.value < public.outage_cost.value


def test_money_must_not_be_lost() -> None:
    said = Said("Guests make payments.").actor("guest").things("payment").does("guest", "make", "payment")
    assert said.derive().targets.rpo.value <= 300


def test_outage_costs_the_revenue_of_an_hour() -> None:
    said = Said("The average order is 40 USD. 21,900 orders a day.").number("40 USD", "order", 40, "USD", "other")
    said.number("21,900 orders a day", "orders", 21900, "per day").actor("buyer").things("order").does(
        "buyer", "place", "order"
    )
    said.numbers[0] = said.numbers[0].__class__(
        **{f: getattr(said.numbers[0], f) for f in said.numbers[0].__struct_fields__ if f != "why"},
        why=said.at("average order is 40 USD"),
    )
    found = said.derive().targets.outage_cost
    assert isinstance(found.why, Derived) and found.value == pytest.approx(
        21900 / 86400 * 12 * 2.63e6 * 40 / 8760, rel=0.01
    )


def test_region_follows_the_homes_of_the_users() -> None:
    said = Said("Our customers live in Japan.")
    needs = Needs(homes=(Fact(value="jp", why=said.at("Japan")),))
    assert [r.value for r in said.needs(needs=needs).derive().targets.regions] == ["jp"]


def test_a_few_neighbours_are_not_the_public_at_large() -> None:
    said = Said("200 neighbours share tools.").number("200 neighbours", "neighbours", 200, "users", "population")
    few = said.actor("neighbour").things("tool").does("neighbour", "browse", "tool", "query").derive().targets
    assert few.availability.value < 0.999 and few.rto.value > 3600
    assert isinstance(few.availability.why, Assumed) and "200 people" in few.availability.why.reason
