"""Statements of a brief that can't both hold. RULES is the list of them, in the order in which they are reported."""

from typing import Final

from archsmith.elicit.conflicts import nines, order, place, recovery, scope, technology
from archsmith.elicit.conflicts.figures import settle
from archsmith.elicit.conflicts.opposed import opposed_rules
from archsmith.elicit.conflicts.rule import Matter, Rule
from archsmith.model.requirements import Conflict

__all__ = ["RULES", "Matter", "Rule", "find_conflicts", "settle"]

RULES: Final[tuple[Rule, ...]] = (
    nines.ONE_SERVER,
    nines.ONE_ZONE,
    nines.WINDOW,
    recovery.BACKUP,
    place.RESIDENCE,
    technology.BOTH_WAYS,
    technology.NO_CLOUD,
    technology.BOUND,
    technology.LICENCE,
    order.PHASES,
    order.INPUT_LATE,
    scope.MUST_BE_OUT,
    scope.RESTATED,
)
"""Rules that compute or look things up; those that only compare wordings are rows of `opposed.yaml`."""


def find_conflicts(matter: Matter) -> list[Conflict]:
    """All conflicts but those of two figures: by rule, then in reading order; the same pair of places only once."""
    out: dict[tuple[object, ...], Conflict] = {}
    for rule in (*RULES, *opposed_rules(matter.reading.catalogue)):
        for conflict in rule.check(matter, rule):
            key = tuple(sorted((s.line, s.column) for s in conflict.spans))
            out.setdefault((rule.id, key), conflict)
    return list(out.values())
