"""The whole design: the content of design.json."""

import enum
from typing import Final

from archsmith.model.architecture import Architecture
from archsmith.model.base import Value
from archsmith.model.decisions import Decisions
from archsmith.model.domain import Derivation
from archsmith.model.plan import Plan
from archsmith.model.report import Report
from archsmith.model.requirements import Requirements

DESIGN_SCHEMA: Final = "archsmith/design/1"


class Status(enum.StrEnum):
    """How far the design came. `PARTIAL`: targets are missed and said so; `INFEASIBLE`: requirements clash."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    INFEASIBLE = "infeasible"
    UNUSABLE = "unusable"


class Design(Value, frozen=True, kw_only=True):
    """Every stage's result, side by side. `schema` is the version of this structure, `generator` that of archsmith."""

    schema: str = DESIGN_SCHEMA
    generator: str
    status: Status
    requirements: Requirements
    derivation: Derivation
    decisions: Decisions
    architecture: Architecture
    report: Report
    plan: Plan
