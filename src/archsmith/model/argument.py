"""What is said for a decision when somebody doubts it: the content of `archsmith explain --json`."""

from typing import Final

from archsmith.kernel.ids import DecisionId, RequirementId
from archsmith.kernel.units import Ratio, UsdPerMonth
from archsmith.model.base import Value
from archsmith.model.changes import Origin
from archsmith.model.decisions import Flip, LossKind
from archsmith.model.front import FrontPoint
from archsmith.model.uncertainty import Robustness

ARGUMENT_SCHEMA: Final = "archsmith/argument/1"


class Line(Value, frozen=True, kw_only=True):
    """A decision in the list of all. `margin`: what the runner-up would cost more a month, None where none was
    possible."""

    id: DecisionId
    dimension: str
    title: str
    choice: str
    runner_up: str
    margin: UsdPerMonth | None


class Bound(Value, frozen=True, kw_only=True):
    """A requirement that binds a decision or rules an option out, in the words of the brief. `how` it binds."""

    id: RequirementId
    statement: str
    quote: str
    line: int | None
    how: str = ""


class Lost(Value, frozen=True, kw_only=True):
    """Options that lost for one and the same reason; `extra` a month where they were possible."""

    options: tuple[str, ...]
    kind: LossKind
    reason: str
    extra: UsdPerMonth | None
    requirements: tuple[Bound, ...] = ()


class Step(Value, frozen=True, kw_only=True):
    """A figure in a chain: its arithmetic, and its own inputs one level deeper.

    `source`: the quote with its line, the reason of an assumption, or the source of a fact of the catalogue.
    """

    depth: int
    id: str
    what: str
    value: float | None
    unit: str
    formula: str
    origin: Origin
    source: str


class Held(Value, frozen=True, kw_only=True):
    """A target or a load that the decision answers to."""

    what: str
    value: str
    origin: Origin
    source: str


class Hangs(Value, frozen=True, kw_only=True):
    """Something assumed that the decision hangs on. `of` is the figure that it is part of, `share` how much of it."""

    what: str
    value: str
    reason: str
    source: str
    of: str = ""
    share: Ratio | None = None


class Related(Value, frozen=True, kw_only=True):
    """Another decision. `depth` 1 is next to this one, 2 next to those, and so on."""

    id: DecisionId
    title: str
    choice: str
    depth: int


class Argument(Value, frozen=True, kw_only=True):
    """One decision, argued. `flips`: what would change it, the nearest in words in `flips_at`; `robustness`: in how
    many draws of what was assumed it stays. `follows_from`: what it rests on; `carries`: what rests on it. `elements`:
    what stands in the architecture because of it."""

    id: DecisionId
    dimension: str
    title: str
    choice: str
    reason: str
    runner_up: str
    margin: UsdPerMonth | None
    bound_by: tuple[Bound, ...]
    losers: tuple[Lost, ...]
    held_to: tuple[Held, ...]
    figures: tuple[Step, ...]
    flips_at: str
    flips: tuple[Flip, ...]
    robustness: Robustness | None = None
    hangs_on: tuple[Hangs, ...]
    follows_from: tuple[Related, ...]
    carries: tuple[Related, ...]
    elements: tuple[str, ...]


class Explained(Value, frozen=True, kw_only=True):
    """The answer: all decisions in a line each where nothing was asked for; else what was asked for, argued.

    `chain`: the steps of a figure, down to quotes and facts. `figures`: all figures that can be traced, by name.
    `front`: the designs that trade one goal for another.
    """

    schema: str = ARGUMENT_SCHEMA
    title: str
    asked: str
    decisions: tuple[Line, ...] = ()
    arguments: tuple[Argument, ...] = ()
    chain: tuple[Step, ...] = ()
    figures: tuple[Step, ...] = ()
    front: tuple[FrontPoint, ...] = ()
