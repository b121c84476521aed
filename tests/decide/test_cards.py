"""Card numbers: the less of them passes us, the less is audited; and nothing is decided where none are taken."""

from typing import Any

import msgspec
from tests.decide.shop import CATALOGUE, DERIVATION, REQUIREMENTS, WHY, demand, ground

from archsmith.decide.dimensions.cards import cards
from archsmith.decide.gather import gather
from archsmith.decide.option import Option
from archsmith.kernel.units import Probability
from archsmith.model.requirements import Regime, RegimeStatus


def ways(**change: Any) -> list[Option]:
    return list(cards(ground(msgspec.structs.replace(demand(), **change))))


def test_no_cards_no_decision() -> None:
    assert [o.key for o in ways()] == ["none"]


def test_each_step_towards_our_servers_takes_more_work() -> None:
    rows = ways(cards=True, modules=5)
    assert [o.key for o in rows] == ["hosted_fields", "own_form", "card_service", "cards_everywhere"]
    assert [o.ops for o in rows] == sorted(o.ops for o in rows)
    assert [o.build for o in rows] == sorted(o.build for o in rows)
    assert [o.risk > 0 for o in rows] == [False, False, True, True]


def test_a_service_of_its_own_keeps_the_other_modules_out_of_the_audit() -> None:
    few, many = ({o.key: o for o in ways(cards=True, modules=n)} for n in (2, 9))
    assert many["cards_everywhere"].ops > few["cards_everywhere"].ops
    assert many["card_service"].ops == few["card_service"].ops


def test_the_regime_says_that_cards_are_taken() -> None:
    regime = Regime(
        id="PCI DSS", status=RegimeStatus.REQUIRED, confidence=Probability(0.9), reason="payment by card", why=WHY
    )
    assert gather(msgspec.structs.replace(REQUIREMENTS, regimes=(regime,)), DERIVATION, CATALOGUE).cards
    assert not gather(REQUIREMENTS, DERIVATION, CATALOGUE).cards
