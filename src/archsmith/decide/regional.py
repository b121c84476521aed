"""What the words of requirements ask of regions: that the loss of one is survived, how fast, and with what loss."""

import math
import re

import msgspec

from archsmith.kernel.ids import RequirementId
from archsmith.kernel.memory import remembered
from archsmith.model.requirements import Requirements

_PLACE = r"(?:regions?|geograph(?:y|ies)|continents?)"
_LOSS = (
    r"(?:loss(?: of)?|lose[sd]?|losing|outages?|failures?|fails?|failing|disasters?|surviv\w+|withstand"
    r"|fail(?:s|ing)?[ -]?over|goes (?:down|away)|is (?:down|gone|lost|destroyed)|burns? down|unavailab\w+)"
)
_ASKED = re.compile(
    rf"\b{_LOSS}\b[^.;]{{0,60}}\b{_PLACE}\b|\b{_PLACE}\b[^.;]{{0,40}}\b{_LOSS}|"
    r"\b(?:multi|cross)[- ]region\b|\b(?:second|two|several|both|another|standby|dr) (?:\w+ )?regions?\b[^.;]{0,80}"
    r"\b(?:surviv\w+|fail[- ]?over|disaster|standby|replica\w*|active|up|rpo|rto)\b|\bactive[-/ ]+active\b",
    re.IGNORECASE,
)
_ACTIVE = re.compile(r"\b(?:active[-/ ]+active|multi[- ]active)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:no|not(?! even| only| just)|never|without|isn't|aren't|don't|doesn't|needn't|neither|single|one)"
    r" (?:\w+ ){0,4}"
    r"(?:(?:multi|cross)[- ])?(?:regions?\b|active)"
    r"|\b(?:multi|cross)[- ]region\b[^.;]{0,40}\b(?:not|out of scope|overkill|unnecessary|later)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;\n]\s*")
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_TARGET = re.compile(
    r"\b(RPO|RTO)\b[^0-9;.]{0,20}?([0-9]+(?:\.[0-9]+)?|zero|none|nil)\s*(s|m|h|d)?[a-z]*\b",
    re.IGNORECASE,
)


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
            if not _ASKED.search(clause) or _NOT.search(clause):
                continue
            found.append(row.id)
            active = active or bool(_ACTIVE.search(clause))
            for name, value, unit in _TARGET.findall(clause):
                seconds = (float(value) if value[0].isdigit() else 0.0) * _UNITS[(unit or "s").lower()]
                targets[name.lower()] = min(targets[name.lower()], seconds)
    return Lost(tuple(dict.fromkeys(found)), targets["rpo"], targets["rto"], active)
