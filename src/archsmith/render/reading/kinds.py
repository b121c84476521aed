"""The kinds by which a reading is grouped and coloured: what a reader of requirements looks for, in this order."""

import enum
from typing import Final

from archsmith.model.requirements import NumberRole, RequirementClass


class Kind(enum.StrEnum):
    """The value names the style and the anchor."""

    FUNCTIONAL = "functional"
    SCALE = "scale"
    PERFORMANCE = "performance"
    AVAILABILITY = "availability"
    SECURITY = "security"
    COMPLIANCE = "compliance"
    INTEGRATION = "integration"
    USE = "use"
    CONSTRAINT = "constraint"
    DOMAIN = "domain"
    OUT_OF_SCOPE = "out-of-scope"
    CONFLICT = "conflict"


TITLES: Final[dict[Kind, str]] = {
    Kind.FUNCTIONAL: "What it does",
    Kind.SCALE: "Scale",
    Kind.PERFORMANCE: "Performance",
    Kind.AVAILABILITY: "Availability and recovery",
    Kind.SECURITY: "Security and privacy",
    Kind.COMPLIANCE: "Compliance",
    Kind.INTEGRATION: "Other systems",
    Kind.USE: "Use and operation",
    Kind.CONSTRAINT: "Constraints and priorities",
    Kind.DOMAIN: "Domain",
    Kind.OUT_OF_SCOPE: "Out of scope",
    Kind.CONFLICT: "Conflicts",
}

OF_CLASS: Final[dict[RequirementClass, Kind]] = {
    RequirementClass.FUNCTIONAL: Kind.FUNCTIONAL,
    RequirementClass.CONSISTENCY: Kind.FUNCTIONAL,
    RequirementClass.SCALABILITY: Kind.SCALE,
    RequirementClass.PERFORMANCE: Kind.PERFORMANCE,
    RequirementClass.AVAILABILITY: Kind.AVAILABILITY,
    RequirementClass.RECOVERY: Kind.AVAILABILITY,
    RequirementClass.SECURITY: Kind.SECURITY,
    RequirementClass.PRIVACY: Kind.SECURITY,
    RequirementClass.COMPLIANCE: Kind.COMPLIANCE,
    RequirementClass.INTEGRATION: Kind.INTEGRATION,
    RequirementClass.USABILITY: Kind.USE,
    RequirementClass.LOCALIZATION: Kind.USE,
    RequirementClass.OPERATIONS: Kind.USE,
    RequirementClass.CONSTRAINT: Kind.CONSTRAINT,
    RequirementClass.COST: Kind.CONSTRAINT,
    RequirementClass.TEAM: Kind.CONSTRAINT,
    RequirementClass.DEADLINE: Kind.CONSTRAINT,
}

OF_ROLE: Final[dict[NumberRole, Kind]] = {
    NumberRole.LOAD: Kind.SCALE,
    NumberRole.POPULATION: Kind.SCALE,
    NumberRole.SIZE: Kind.SCALE,
    NumberRole.RATIO: Kind.SCALE,
    NumberRole.GROWTH: Kind.SCALE,
    NumberRole.GEOGRAPHY: Kind.SCALE,
    NumberRole.OTHER: Kind.SCALE,
    NumberRole.LATENCY: Kind.PERFORMANCE,
    NumberRole.AVAILABILITY: Kind.AVAILABILITY,
    NumberRole.RECOVERY: Kind.AVAILABILITY,
    NumberRole.RETENTION: Kind.SECURITY,
    NumberRole.LIMIT: Kind.FUNCTIONAL,
    NumberRole.BUDGET: Kind.CONSTRAINT,
    NumberRole.TEAM: Kind.CONSTRAINT,
    NumberRole.DEADLINE: Kind.CONSTRAINT,
}
