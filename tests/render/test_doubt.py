"""Robustness, worth and intervals in words."""

from archsmith.kernel.units import Ratio, UsdPerMonth
from archsmith.model.requirements import Question
from archsmith.model.uncertainty import Interval, Mover, Robustness, Worth
from archsmith.render import doubt

ASKED = Question(topic="load", question="How much?", used="x", worth="sizes every part")


def _mover(unit: str, below: float | None = None, above: float | None = None) -> Mover:
    return Mover(input="i", what="an hour of work", unit=unit, share=Ratio(0.5), below=below, above=above)


def test_in_how_many_draws_a_choice_wins_what_else_does_and_from_where_on() -> None:
    assert doubt.holds(None) == ""
    assert doubt.holds(Robustness(draws=32, wins=32)) == "wins in all 32 draws"
    rate = _mover("USD per hour", below=48.0)
    said = doubt.holds(Robustness(draws=32, wins=28, none=1, rival="ECS", mover=rate))
    assert said == (
        "wins in 28 of 32 draws; else ECS, mostly where an hour of work is below $48 an hour; "
        "in 1 no design that was weighed keeps the limits"
    )
    assert doubt.moved(_mover("x", above=1.5)) == ", mostly where an hour of work is above 1.5 times our figure"
    assert doubt.moved(_mover("x")) == ", moved most by an hour of work"


def test_the_worth_of_an_answer_says_how_it_was_found() -> None:
    row = Worth(topic="load", month=UsdPerMonth(12.4), changes=("Cache", "Zones"))
    assert "measured: $12.40 a month on average, by deciding cache and zones with it" in doubt.worth(
        ASKED, row, measured=True
    )
    assert "by rule" in doubt.worth(ASKED, None, measured=True)
    assert doubt.worth(ASKED, None, measured=False) == ASKED.worth
    idle = doubt.worth(ASKED, Worth(topic="load", month=UsdPerMonth(0.2)), measured=True)
    assert "no answer within its range" in idle


def test_the_ends_of_an_interval_are_in_the_form_of_the_figure() -> None:
    def ends(unit: str, low: float, high: float) -> tuple[str, str]:
        value = (low + high) / 2
        row = Interval(figure="f", what="w", unit=unit, value=value, low=low, high=high, share=Ratio(0.8), draws=32)
        return doubt.ends(row)

    assert ends("USD per month", 29.4, 66.0) == ("$29.40", "$66")
    assert ends("s", 0.2, 0.5) == ("200 ms", "500 ms")
    assert ends("probability", 0.999, 0.9995) == ("99.9%", "99.95%")
