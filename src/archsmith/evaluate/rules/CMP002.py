"""Regimes of which no clause is held."""

from collections.abc import Iterator

from archsmith.evaluate.controls import unknown_regimes
from archsmith.evaluate.rules.base import Evaluated, Hit, rule, words_of
from archsmith.kernel.findings import Severity


@rule("CMP002", severity=Severity.WARNING, title="Regime applies, its clauses are not known here")
def unknown_regime(found: Evaluated) -> Iterator[Hit]:
    """What: names regimes that apply for certain and that the catalogue holds no clause of.

    Why: the table of controls says nothing about them, which must not be read as «nothing to do». Fix: have somebody
    who knows the regime list its clauses; an overlay folder takes them.
    """
    for regime in unknown_regimes(found.view):
        yield Hit(
            f"regime:{regime.id}",
            f"{regime.id} applies ({regime.reason}) and none of its clauses is in the catalogue",
            f"let counsel list what {regime.id} asks of this system; add it as controls in an overlay folder",
            words_of(regime.why),
        )
