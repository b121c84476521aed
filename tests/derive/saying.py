"""Requirements by hand: a text, and what was read from it, with real spans."""

import re
from typing import Any

from archsmith.derive import derive
from archsmith.kernel.ids import ActorId, RequirementId, SystemId
from archsmith.kernel.provenance import Provenance, Span, Stated
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.base import Figure
from archsmith.model.domain import Derivation, Entity, Operation
from archsmith.model.requirements import (
    Actor,
    Excluded,
    ExternalSystem,
    Mention,
    Number,
    NumberRole,
    NumberStatus,
    OperationKind,
    OperationMention,
    Priority,
    Requirement,
    RequirementClass,
    Requirements,
)

CATALOGUE = Catalogue()


class Said:
    """Collects what a text says; `requirements` gives the value that elicit would return."""

    def __init__(self, text: str, title: str = "A system") -> None:
        self.text = text
        self.title = title
        self.numbers: list[Number] = []
        self.mentions: list[Mention] = []
        self.operations: list[OperationMention] = []
        self.actors: list[Actor] = []
        self.systems: list[ExternalSystem] = []
        self.excluded: list[Excluded] = []
        self.more: dict[str, Any] = {}

    def number(self, quote: str, what: str, value: float, unit: str, role: str = "load", **more: Any) -> "Said":
        status = NumberStatus(more.pop("status", "target"))
        self.numbers.append(
            Number(
                id=f"n{len(self.numbers) + 1}",
                what=what,
                value=value,
                unit=unit,
                role=NumberRole(role),
                status=status,
                why=self.at(quote),
                **more,
            )
        )
        return self

    def things(self, *names: str) -> "Said":
        self.mentions.extend(Mention(name=name, why=self.at(name)) for name in names)
        return self

    def thing(self, name: str, attributes: tuple[str, ...] = (), states: tuple[str, ...] = ()) -> "Said":
        self.mentions.append(Mention(name=name, attributes=attributes, states=states, why=self.at(name)))
        return self

    def does(self, actor: str, verb: str, obj: str, kind: str = "command", quote: str = "") -> "Said":
        why = self.at(quote or obj)
        self.operations.append(OperationMention(actor=actor, verb=verb, object=obj, kind=OperationKind(kind), why=why))
        return self

    def actor(self, name: str, internal: bool = False) -> "Said":
        self.actors.append(Actor(id=ActorId(name.replace(" ", "-")), name=name, internal=internal, why=self.at(name)))
        return self

    def system(self, name: str, kind: str, masters: tuple[str, ...] = ()) -> "Said":
        self.systems.append(
            ExternalSystem(id=SystemId(name.lower()), name=name, kind=kind, masters=masters, why=self.at(name))
        )
        return self

    def without(self, what: str) -> "Said":
        self.excluded.append(Excluded(what=what, why=self.at(what)))
        return self

    def needs(self, **more: Any) -> "Said":
        self.more.update(more)
        return self

    def at(self, quote: str) -> Provenance:
        match = re.search(re.escape(quote), self.text, re.IGNORECASE)
        start, end = match.span() if match else (0, min(1, len(self.text)))
        return Stated(at=self._span(start, end))

    def _span(self, start: int, end: int) -> Span:
        def place(i: int) -> tuple[int, int]:
            before = self.text[:i]
            return before.count("\n") + 1, i - before.rfind("\n")

        (line, column), (end_line, end_column) = place(start), place(end)
        return Span(
            file="brief.md",
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            quote=self.text[start:end],
        )

    @property
    def requirements(self) -> Requirements:
        sentences = [
            Requirement(
                id=RequirementId(f"R-{i:03d}"),
                kind=RequirementClass.FUNCTIONAL,
                priority=Priority.MUST,
                statement=m[0].strip(),
                why=Stated(at=self._span(m.start(), m.end())),
            )
            for i, m in enumerate(re.finditer(r"[^\n.]+(?:\.\d+[^\n.]*)*\.?", self.text))
            if m[0].strip()
        ]
        return Requirements(
            title=self.title,
            source="brief.md",
            requirements=tuple(sentences),
            numbers=tuple(self.numbers),
            mentions=tuple(self.mentions),
            operations=tuple(self.operations),
            actors=tuple(self.actors),
            systems=tuple(self.systems),
            excluded=tuple(self.excluded),
            **self.more,
        )

    def derive(self) -> Derivation:
        return derive(self.requirements, CATALOGUE)


def figures(derivation: Derivation, unit: str) -> dict[str, float]:
    """The steps in a unit, by what they are."""
    return {s.what: s.value for s in derivation.workload.steps if s.unit == unit}


def has(derivation: Derivation, value: float, unit: str, within: float = 1.02) -> Figure:
    """The first step of about this value and unit; fails with the list of what there is."""
    for step in derivation.workload.steps:
        if step.unit == unit and value / within <= step.value <= value * within:
            return step
    raise AssertionError(f"no {value} {unit} among {figures(derivation, unit)}")


def entity(derivation: Derivation, ident: str) -> Entity:
    return next(e for e in derivation.domain.entities if e.id == ident)


def operation(derivation: Derivation, ident: str) -> Operation:
    return next(o for o in derivation.domain.operations if o.id == ident)
