"""Variants of a design: other words, other numbers, hostile words. Ids and closed lists stay as they are."""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import fields, replace

from archsmith.model.architecture import Flow, Scope
from archsmith.model.contracts import Column, Endpoint, EventContract, ForeignKey, Index, Parameter, Table, Webhook
from archsmith.model.design import Design
from archsmith.model.domain import Attribute, Relation
from archsmith.model.logins import Login
from archsmith.model.shapes import Field, Shape

IDENTIFIERS = (
    Attribute, Relation, Field, Shape, Column, Parameter, Table, Index, ForeignKey, EventContract, Endpoint, Webhook,
    Scope, Login,
)  # fmt: skip
"""Types whose names are identifiers that an earlier stage made safe; their descriptions and comments are words."""
WORDS = {
    "title", "summary", "statement", "quote", "reason", "name", "plural", "description", "what", "choice", "label",
    "runner_up", "flips_at", "fact", "fix", "purpose", "fallback", "at_rest", "in_transit", "how", "step", "threat",
    "mitigation", "asks", "answer", "evidence", "clause", "done_when", "sign", "shows", "check", "threshold", "stage",
    "go_on_when", "roll_back", "question", "used", "worth", "resolution", "product", "formula", "comment", "tenancy",
    "note", "masters", "protocol", "skills", "deferred", "role", "phase", "reached_after", "resource", "constraints",
    "relaxations", "source", "severity", "stride", "generator", "kind", "unit",
}  # fmt: skip


def reworded(design: Design, change: Callable[[str], str], numbers: Callable[[float], float] = lambda n: n) -> Design:
    """The design with every free word and every number changed."""

    def walk(value: Any, field: str = "", within: type = object) -> Any:
        if isinstance(value, msgspec.Struct):
            kind = type(value)
            return replace(value, **{f.name: walk(getattr(value, f.name), f.name, kind) for f in fields(value)})
        if isinstance(value, tuple):
            return tuple(walk(v, field, within) for v in value)
        if type(value) is float:
            return numbers(value)
        fixed = (within is Flow and field == "source") or (
            within in IDENTIFIERS and field not in ("description", "comment", "summary")
        )
        if type(value) is str and value and field in WORDS and not fixed:
            return change(value)
        return value

    changed: Design = walk(design)
    return changed
