"""What the words of requirements ask of regions: that the loss of one is survived, how fast, and with what loss."""

import math
import re

import msgspec

from archsmith.kernel.ids import RequirementId
from archsmith.kernel.memory import remembered
from archsmith.knowledge.turns import turn
from archsmith.model.requirements import Requirements

_CLAUSE = re.compile(r"[.;\n]\s*")
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
"""Seconds."""


class Lost(msgspec.Struct, frozen=True):
    """Requirements about the loss of a region, and the targets in seconds that their clauses state."""

    requirements: tuple[RequirementId, ...] = ()
    rpo: float = math.inf
    rto: float = math.inf
    all_serve: bool = False


@remembered
def lost_region(requirements: Requirements) -> Lost:
    """All requirements whose words ask that a region may be lost; the tightest of the targets beside these words."""
    found: list[RequirementId] = []
    targets = {"rpo": math.inf, "rto": math.inf}
    active = False
    for row in requirements.requirements:
        for clause in _CLAUSE.split(row.statement):
            if not turn("lost_region").search(clause) or turn("no_second_region").search(clause):
                continue
            found.append(row.id)
            active = active or bool(turn("all_regions_serve").search(clause))
            for name, value, unit in turn("recovery_target").findall(clause):
                seconds = (float(value) if value[0].isdigit() else 0.0) * _UNITS[(unit or "s").lower()]
                targets[name.lower()] = min(targets[name.lower()], seconds)
    return Lost(tuple(dict.fromkeys(found)), targets["rpo"], targets["rto"], active)
