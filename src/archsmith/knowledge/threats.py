"""Threats to parts of a design: what may happen, how likely, how bad; the condition is a predicate in code."""

import enum
from typing import Final

from archsmith.knowledge.catalogue import Table
from archsmith.model.base import Value


class Stride(enum.StrEnum):
    """What an attacker (or a fault) does; Microsoft's six letters in words."""

    SPOOFING = "spoofing"
    TAMPERING = "tampering"
    REPUDIATION = "repudiation"
    INFORMATION_DISCLOSURE = "information disclosure"
    DENIAL_OF_SERVICE = "denial of service"
    ELEVATION_OF_PRIVILEGE = "elevation of privilege"


class Likelihood(enum.StrEnum):
    """How often, without any countermeasure."""

    UNLIKELY = "unlikely"
    LIKELY = "likely"
    VERY_LIKELY = "very_likely"
    FREQUENT = "frequent"


class Impact(enum.StrEnum):
    """How bad: a fixed step, or the worth of what is reached (its secrecy, its correctness, its being up)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"
    SECRECY = "secrecy"
    CORRECTNESS = "correctness"
    UPTIME = "uptime"


class ThreatRule(Value, frozen=True, kw_only=True):
    """A threat. `check` names the predicate that finds the elements it fits; `references` are CWE and OWASP ids."""

    id: str
    stride: Stride
    check: str
    threat: str
    likelihood: Likelihood
    impact: Impact
    references: str


THREATS: Final = Table("threats", ThreatRule)
"""Threats by id."""
