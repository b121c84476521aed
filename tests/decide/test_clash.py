"""Clashing sets are minimal; ways out are enough, no more than needed, priced, and told by their price."""

import itertools
import random
import re
from typing import Any

import msgspec
import pytest
from tests.decide.shop import DERIVATION, REQUIREMENTS, SPAN, TARGETS, demand, fact, ground

from archsmith.decide.clash import smallest
from archsmith.decide.demand import Demand
from archsmith.decide.option import Ban, Barrier, Ceiling, Demands, Option, Rule, Space
from archsmith.decide.relax import least
from archsmith.decide.run import stand
from archsmith.decide.scaling import traffic
from archsmith.decide.settle import settle
from archsmith.decide.space import build
from archsmith.kernel.ids import OptionId
from archsmith.kernel.provenance import Stated
from archsmith.kernel.units import Probability, UsdPerMonth
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.decisions import Clash, Dimension

CATALOGUE = Catalogue()
SAID = Stated(at=SPAN)
AXES = ("engine", "cache", "search", "cdn", "edge")


def small_space(chance: random.Random) -> Space:
    """Five axes of three options, and rules of all kinds under eight names, some of them not to be waived."""

    def option(axis: str, key: int) -> Option:
        return Option(
            axis=axis,
            dimension=Dimension.CACHE,
            key=str(key),
            id=OptionId(f"{axis}-{key}"),
            label=f"{axis} {key}",
            gives=tuple(f"t{n}" for n in range(5) if chance.random() < 0.3),
            infra=float(chance.randint(0, 40)),
            down=chance.randint(0, 40) / 1000,
        )

    single = Option(
        axis="regions", dimension=Dimension.REGIONS, key="single", id=OptionId("single"), label="one region"
    )
    options = (single, *(option(axis, key) for axis in AXES for key in range(3)))
    rules: list[Rule] = []
    for number in range(8):
        because = Barrier(name=f"rule{number}", fact=f"rule {number}", waivable=number % 3 != 0)
        kind = chance.randrange(3)
        if kind == 0:
            banned = chance.choice(options[1:])
            rules.append(Ban(axis=banned.axis, key=banned.key, because=because))
        elif kind == 1:
            given = chance.choice(("", "t0", "t1"))
            rules.append(Demands(given=given, one_of=(f"t{chance.randrange(5)}",), because=because))
        else:
            what = chance.choice(("infra", "down"))
            most = chance.randint(5, 60) / (1 if what == "infra" else 1000)
            rules.append(Ceiling(what=what, most=float(most), because=because))
    return Space(options=options, rules=tuple(rules), web={})


def fits(space: Space, names: set[str]) -> bool:
    """By brute force: whether any choice keeps all rules of these names."""
    rows = [[o for o in space.options if o.axis == axis] for axis in AXES]
    return any(all(_kept(r, pick) for r in space.rules if r.because.name in names) for pick in itertools.product(*rows))


def _kept(rule: Rule, pick: tuple[Option, ...]) -> bool:
    given = {t for o in pick for t in o.gives}
    match rule:
        case Ban():
            return all((o.axis, o.key) != (rule.axis, rule.key) for o in pick)
        case Demands():
            return bool(rule.given and rule.given not in given) or bool(given & set(rule.one_of))
        case Ceiling():
            return bool(sum(getattr(o, rule.what) for o in pick) <= rule.most + 1e-9)


def test_the_clashing_set_is_minimal_on_random_spaces() -> None:
    chance, here, clashes, sizes = random.Random(11), ground(demand()), 0, set()
    for _ in range(200):
        space = small_space(chance)
        core = smallest(space, here)
        every = {r.because.name for r in space.rules}
        assert bool(core) == (not fits(space, every))
        if core:
            clashes += 1
            sizes.add(len(core))
            assert not fits(space, set(core))
            assert all(fits(space, set(core) - {name}) for name in core)
    assert clashes > 40
    assert {1, 2, 3} <= sizes


def with_limits(budget: float, availability: float) -> Clash | None:
    targets = msgspec.structs.replace(
        TARGETS, budget=fact(UsdPerMonth(budget), SAID), availability=fact(Probability(availability), SAID)
    )
    return stand(REQUIREMENTS, msgspec.structs.replace(DERIVATION, targets=targets), CATALOGUE, ())[1]


def test_each_way_out_is_enough_and_no_more_than_is_needed() -> None:
    found = with_limits(20.0, 0.9993)
    assert found
    raised = next(w for w in found.relaxations if "budget" in w)
    least_budget = float(re.findall(r"\$([\d,]+)", raised)[0].replace(",", ""))
    assert with_limits(least_budget, 0.9993) is None
    assert with_limits(least_budget - 1, 0.9993)
    lowered = next(w for w in found.relaxations if "availability" in w)
    most = float(re.findall(r"([\d.]+)%", lowered)[0]) / 100
    assert with_limits(20.0, most) is None
    assert with_limits(20.0, most + 0.0001)


def test_ways_out_are_priced_and_the_cheapest_is_told_first() -> None:
    found = with_limits(20.0, 0.9993)
    assert found
    prices = [float(re.findall(r"then \$([\d,]+)", w)[0].replace(",", "")) for w in found.relaxations]
    assert len(prices) == 2
    assert prices == sorted(prices)
    assert sum("so in this design" in w for w in found.relaxations) == 1


@pytest.mark.parametrize("budget", [50.0, 150.0, 400.0])
def test_the_least_of_a_ceiling_is_that_of_no_design_below(budget: float) -> None:
    here = ground(msgspec.structs.replace(demand(), budget=budget))
    space = build(here, REQUIREMENTS)
    ceiling = next(r for r in space.rules if isinstance(r, Ceiling) and r.what == "infra")
    rest = msgspec.structs.replace(space, rules=tuple(r for r in space.rules if r is not ceiling))
    value = least(rest, here, (), ceiling)
    assert value is not None

    def under(most: float) -> Any:
        lower = msgspec.structs.replace(ceiling, most=most)
        return settle(msgspec.structs.replace(rest, rules=(*rest.rules, lower)), here)

    assert under(value + 0.01) is not None
    below = under(value - 0.05)
    assert below is None or below.gave_way


def test_what_nobody_can_waive_is_no_way_out() -> None:
    found = with_limits(20.0, 0.9993)
    assert found
    space = build(ground(demand()), REQUIREMENTS)
    fixed = {r.because.fact for r in space.rules if not r.because.waivable}
    assert fixed
    assert not any(f in way for f in fixed for way in found.relaxations)


def absurd(factor: float) -> tuple[Demand, Clash | None]:
    load, scaled = DERIVATION.workload, DERIVATION.domain

    def more(value: Any) -> Any:
        return msgspec.structs.replace(value, value=value.value * factor)

    operations = tuple(
        msgspec.structs.replace(o, average=more(o.average), peak=more(o.peak)) for o in scaled.operations
    )
    derivation = msgspec.structs.replace(
        DERIVATION,
        domain=msgspec.structs.replace(scaled, operations=operations),
        workload=msgspec.structs.replace(load, peak=more(load.peak), average=more(load.average)),
    )
    return traffic(demand(), factor), stand(REQUIREMENTS, derivation, CATALOGUE, ())[1]


@pytest.mark.parametrize("factor", [1e9, 1e18])
def test_an_absurd_load_is_told_to_be_one(factor: float) -> None:
    asked, found = absurd(factor)
    assert found
    assert found.constraints == ("capacity",)
    carried = float(re.findall(r"plan for ([\d,]+)", found.relaxations[0])[0].replace(",", ""))
    assert 1e4 < carried < asked.web + asked.stream
