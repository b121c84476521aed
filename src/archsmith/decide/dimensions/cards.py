"""Card numbers: where they are typed in and kept decides how much of the system an audit looks at."""

from archsmith.decide.dimensions.special import none_needed
from archsmith.decide.ground import Ground
from archsmith.decide.option import Option
from archsmith.decide.words import work
from archsmith.kernel.ids import OptionId
from archsmith.kernel.phrases import counted, money
from archsmith.model.decisions import Dimension

_WAYS = (
    ("hosted_fields", "card fields of the payment provider, in its own frame or page", "a", False),
    ("own_form", "a form of our own that hands card numbers to the provider", "aep", False),
    ("card_service", "card numbers through a service of our own that is audited alone", "d", True),
    ("cards_everywhere", "card numbers through the whole system", "d", True),
)
"""Id, label, self-assessment questionnaire, and whether numbers pass our servers."""


def cards(ground: Ground) -> tuple[Option, ...]:
    """From no card number on our side to all of the system in the audit's scope."""
    if not ground.demand.cards:
        return (none_needed("cards", Dimension.CARD_DATA),)
    return tuple(_way(ground, ident, label, form, passing) for ident, label, form, passing in _WAYS)


def _way(ground: Ground, ident: str, label: str, form: str, passing: bool) -> Option:
    asked = ground.figure(f"pci.saq_{form}")
    scope = ground.demand.modules if ident == "cards_everywhere" else 1
    more = ground.figure("pci.scope_hours") * (scope - 1)
    ops = asked * ground.figure("pci.requirement_hours") / 12 + more
    build = ground.figure(f"pci.{ident}_days")
    risk = ground.figure("risk.card_leak") if passing else 0.0
    where = f"{counted(scope, 'module')} of ours in scope" if passing else "no card number reaches our servers"
    return Option(
        axis="cards",
        dimension=Dimension.CARD_DATA,
        key=ident,
        id=OptionId(ident),
        label=label,
        gives=(f"cards:{ident}",),
        ops=ops,
        build=build,
        risk=risk,
        why=f"about {asked:.0f} requirements to answer each year, {where}: {work(ops, build)}"
        + (f", {money(risk)} a month of risk" if risk else ""),
    )
