"""The arithmetic of the workload in reading order: the whole, then single operations, then rows and files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from archsmith.kernel.provenance import Assumed, Derived, Fact, Provenance, Stated
from archsmith.model.base import Figure
from archsmith.model.domain import Derivation, Workload
from archsmith.render import show
from archsmith.render.markdown import clean
from archsmith.render.reading.words import origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A figure with its arithmetic. `formula` is empty for what is not computed; `terms` counts those of a sum."""

    what: str
    value: str
    formula: str
    terms: int
    origin: str
    line: int | None

    def shortened(self, most: int = 4) -> str:
        """The formula, a long sum with its first terms only."""
        if self.terms <= most + 1:
            return self.formula
        return f"sum of {self.terms}: {' + '.join(self.formula.split(' + ')[:most])} + …"


_WHOLE: Final[dict[str, tuple[str, Callable[[Any], str]]]] = {
    "users": ("users", show.number),
    "concurrent": ("at once", show.number),
    "average": ("requests, average", show.rate),
    "peak": ("requests, peak", show.rate),
    "peak_factor": ("peak over average", show.factor),
    "reads": ("share of reads", show.percent),
    "connections": ("open connections", show.number),
    "egress": ("traffic out a month", show.size),
    "stored_1y": ("database after 1 year", show.size),
    "stored_3y": ("database after 3 years", show.size),
    "blobs_1y": ("files after 1 year", show.size),
    "blobs_3y": ("files after 3 years", show.size),
    "growth_per_month": ("growth a month", show.percent),
}


def headline(load: Workload) -> Iterator[tuple[str, str, str]]:
    """What, value and where from, for the figures of the whole system."""
    for name, (what, shown) in _WHOLE.items():
        fact: Fact[Any] = getattr(load, name)
        yield what, shown(fact.value), _from(fact)


def _from(fact: Fact[Any]) -> str:
    """The arithmetic of a computed figure, but for a long sum, whose terms stand among the steps."""
    rule = origin(fact.why)
    formula = _formula(fact.why.formula) if isinstance(fact.why, Derived) else ""
    return f"{formula} ({rule})" if formula and formula.count(" + ") < SUM else rule


SUM: Final = 3
"""So many additions make a long sum."""


def _formula(raw: str) -> str:
    """Arithmetic as it is shown; nothing for a value that only repeats itself."""
    shown = show.formula(clean(raw)).replace(" * ", " × ")
    return shown if any(c in shown for c in "+-×/(") else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Steps that belong together, in the order in which they were computed."""

    title: str
    steps: tuple[Step, ...]


def groups(derived: Derivation) -> tuple[Group, ...]:
    """All steps: those of the whole, then those that serve one operation only, then those of one entity only."""
    owners = _Owners(derived)
    made: dict[str, list[tuple[int, Step]]] = {title: [] for title in (WHOLE, OPERATIONS, ENTITIES)}
    for figure in derived.workload.steps:
        title, number = owners.of(figure)
        made[title].append((number, _step(figure)))
    return tuple(
        Group(title=title, steps=tuple(step for _, step in sorted(those, key=lambda pair: pair[0])))
        for title, those in made.items()
        if those
    )


WHOLE: Final = "the whole"
OPERATIONS: Final = "single operations"
ENTITIES: Final = "rows and files"
_Owner = tuple[str, int]


class _Owners:
    """Which operation or entity a step serves, if it is one alone. What only sums use serves nobody else."""

    def __init__(self, derived: Derivation) -> None:
        self._users: dict[str, list[Figure]] = {}
        for figure in derived.workload.steps:
            for ident in _inputs(figure.why):
                self._users.setdefault(ident, []).append(figure)
        self._claims: dict[str, set[_Owner]] = {}
        domain = derived.domain
        for n, o in enumerate(domain.operations):
            self._claim((OPERATIONS, n), o.average, o.peak)
        for n, e in enumerate(domain.entities):
            self._claim((ENTITIES, n), e.rows, e.rows_per_month, e.row_bytes, e.blob_bytes)
        self._owned: dict[str, _Owner] = {}
        for figure in derived.workload.steps:
            owner = self._claimed(figure) or self._following(figure)
            if owner:
                self._owned[figure.id] = owner

    def of(self, figure: Figure) -> _Owner:
        """The owner of a step; an assumption belongs to the only one that uses it."""
        owned = self._owned.get(figure.id)
        if owned is None and isinstance(figure.why, Assumed):
            users = {self._owned.get(u.id) for u in self._users.get(figure.id, ())}
            owned = users.pop() if len(users) == 1 else None
        return owned or (WHOLE, 0)

    def _claim(self, owner: _Owner, *facts: Fact[Any]) -> None:
        for fact in facts:
            for ident in _inputs(fact.why):
                self._claims.setdefault(ident, set()).add(owner)

    def _claimed(self, figure: Figure) -> _Owner | None:
        owners = self._claims.get(figure.id, set())
        if len(owners) != 1 or isinstance(figure.why, Stated):
            return None
        (owner,) = owners
        others = [u for u in self._users.get(figure.id, ()) if not _is_sum(u)]
        return owner if all(self._claims.get(u.id, {owner}) == {owner} for u in others) else None

    def _following(self, figure: Figure) -> _Owner | None:
        """The owner of what a step is computed from, if only sums use the step."""
        owners = {self._owned[i] for i in _inputs(figure.why) if i in self._owned}
        users = self._users.get(figure.id, [])
        return owners.pop() if len(owners) == 1 and users and all(map(_is_sum, users)) else None


def _inputs(why: Provenance) -> tuple[str, ...]:
    return why.inputs if isinstance(why, Derived) else ()


def _is_sum(figure: Figure) -> bool:
    return isinstance(figure.why, Derived) and (figure.why.rule.startswith("sum") or figure.formula.count(" + ") > 1)


def _step(figure: Figure) -> Step:
    formula = _formula(figure.formula) if isinstance(figure.why, Derived) else ""
    return Step(
        what=clean(figure.what),
        value=show.figure(figure.value, figure.unit),
        formula=formula,
        terms=formula.count(" + ") + 1,
        origin=origin(figure.why),
        line=figure.why.at.line if isinstance(figure.why, Stated) else None,
    )
