"""The workload's arithmetic done anew from other inputs: its steps as a program, and the facts that rest on them."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from archsmith.kernel.provenance import Assumed, Derived, Fact
from archsmith.model.base import Figure, Value
from archsmith.model.domain import Derivation

Factor = Callable[[str], float | None]
"""The factor on what comes from a source (`defaults/peak_factor.consumer`) or rule, or None where it stays."""
_CLOSE = 1e-4
"""Formulas show six digits."""


class Step(NamedTuple):
    """A figure computed of earlier ones: `terms` are places of steps or plain numbers, `signs` stand before them."""

    place: int
    signs: tuple[str, ...]
    terms: tuple[int | float, ...]


class Slot(NamedTuple):
    """A fact of an element that a step stands behind, or that a source does; `at` is the place of the element."""

    at: int
    field: str
    step: int
    source: str


class Replay:
    """A derivation, to be had under other values of what was assumed in it. Stated figures never change."""

    def __init__(self, derivation: Derivation, factored: frozenset[str]) -> None:
        """`factored`: the sources and rules on which factors will be put; what does not depend on them is kept."""
        self.derivation = derivation
        steps = derivation.workload.steps
        self.base = [s.value for s in steps]
        places = {s.id: n for n, s in enumerate(steps)}
        self.leaves = [(n, origin(s)) for n, s in enumerate(steps) if origin(s) in factored]
        moved = {n for n, _ in self.leaves}
        self.program: list[Step] = []
        for place, step in enumerate(steps):
            parsed = parse(step, place, places, self.base)
            if parsed and any(isinstance(t, int) and t in moved for t in parsed.terms):
                self.program.append(parsed)
                moved.add(place)
        self._places, self._moved, self._factored = places, moved, factored
        domain = derivation.domain
        self.operations = list(self._slots(domain.operations))
        self.entities = list(self._slots(domain.entities))
        self.workload = list(self._slots((derivation.workload,)))
        self.targets = list(self._slots((derivation.targets,)))

    def under(self, factor: Factor) -> Derivation:
        """The derivation with these factors on its assumptions."""
        values = self.base.copy()
        for place, source in self.leaves:
            values[place] *= factor(source) or 1.0
        for step in self.program:
            values[step.place] = computed(step, values)
        domain, workload = self.derivation.domain, self.derivation.workload
        operations = self._put(self.operations, domain.operations, values, factor)
        entities = self._put(self.entities, domain.entities, values, factor)
        (load,) = self._put(self.workload, (workload,), values, factor)
        (targets,) = self._put(self.targets, (self.derivation.targets,), values, factor)
        domain = replace(domain, operations=operations, entities=entities)
        return replace(self.derivation, domain=domain, workload=load, targets=targets)

    def _slots(self, holders: Iterable[Value]) -> Iterator[Slot]:
        for at, holder in enumerate(holders):
            for field in holder.__struct_fields__:
                fact = getattr(holder, field)
                if not isinstance(fact, Fact) or isinstance(fact.value, str | bool):
                    continue
                if isinstance(fact.why, Assumed) and fact.why.source in self._factored:
                    yield Slot(at, field, -1, fact.why.source)
                elif isinstance(fact.why, Derived) and len(fact.why.inputs) == 1:
                    step = self._places.get(fact.why.inputs[0], -1)
                    if step in self._moved and math.isclose(self.base[step], fact.value, rel_tol=_CLOSE):
                        yield Slot(at, field, step, "")

    def _put(self, slots: list[Slot], holders: tuple[Any, ...], values: list[float], factor: Factor) -> tuple[Any, ...]:
        changes: dict[int, dict[str, Fact[float]]] = {}
        for slot in slots:
            fact = getattr(holders[slot.at], slot.field)
            value = values[slot.step] if slot.step >= 0 else fact.value * (factor(slot.source) or 1.0)
            changes.setdefault(slot.at, {})[slot.field] = Fact(value=value, why=fact.why)
        return tuple(replace(h, **changes[n]) if n in changes else h for n, h in enumerate(holders))


def origin(step: Figure) -> str:
    """Where a figure comes from that is not computed of others: its source, or the rule that counted it."""
    if isinstance(step.why, Assumed):
        return step.why.source
    return step.why.rule if isinstance(step.why, Derived) and "*" not in step.formula else ""


def parse(step: Figure, place: int, places: Mapping[str, int], values: list[float]) -> Step | None:
    """The formula with the names of its inputs put back; None where it is no product or sum of all of them."""
    if not isinstance(step.why, Derived) or not step.why.inputs:
        return None
    words = step.formula.split(" ")
    try:
        numbers = [float(w) for w in words[::2]]
    except ValueError:
        return None
    signs = ("*", *words[1::2])
    left = [places[i] for i in step.why.inputs if places.get(i, place) < place]
    known = len(left) == len(step.why.inputs) and set(signs) <= {"*", "/", "+"} and len(signs) == len(numbers)
    terms: list[int | float] = []
    for number in numbers:
        found = next((p for p in left if math.isclose(values[p], number, rel_tol=_CLOSE, abs_tol=1e-12)), None)
        terms.append(number if found is None else found)
        if found is not None:
            left.remove(found)
    parsed = Step(place, signs, tuple(terms))
    again = computed(parsed, values) if known and not left else math.nan
    return parsed if math.isclose(again, step.value, rel_tol=_CLOSE, abs_tol=1e-12) else None


def computed(step: Step, values: list[float]) -> float:
    """The step's value: a sum of products, read from left to right."""
    total, product = 0.0, 1.0
    for sign, term in zip(step.signs, step.terms, strict=True):
        value = values[term] if isinstance(term, int) else term
        if sign == "*":
            product *= value
        elif sign == "/":
            product = product / value if value else 0.0
        else:
            total, product = total + product, value
    return total + product
