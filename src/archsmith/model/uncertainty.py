"""What is said of a result that rests on assumptions: how often it holds, between which ends it lies, what moves it."""

from collections.abc import Sequence

from archsmith.kernel.units import Ratio, UsdPerMonth
from archsmith.model.base import Value
from archsmith.model.requirements import Question


class Uncertain(Value, frozen=True, kw_only=True):
    """An input that nobody stated, with the range that it was varied in.

    `base` is what the design uses. `unit` is that of all three; `x`: they are factors on several figures of ours, which
    vary together. `source`: where the figure or the first of them stands (`defaults/peak_factor.consumer`).
    """

    id: str
    what: str
    unit: str
    low: float
    base: float
    high: float
    source: str
    reason: str = ""


class Mover(Value, frozen=True, kw_only=True):
    """The input that explains most of a change: its id and words, and from which value on, where that can be said.

    `below` and `above` are in `unit`: the other option wins mostly where the input lies below, or above. `share` of the
    variance that it explains.
    """

    input: str
    what: str
    unit: str
    share: Ratio
    below: float | None = None
    above: float | None = None


class Robustness(Value, frozen=True, kw_only=True):
    """In how many of the draws the same option wins. `none`: in so many no design that was weighed keeps the limits.

    `rival`: the label of the option that wins most of the others; `mover`: what moves it most.
    """

    draws: int
    wins: int
    none: int = 0
    rival: str = ""
    mover: Mover | None = None


class Worth(Value, frozen=True, kw_only=True):
    """What an answer to an open question saves on average, if it comes before the choice: the expected value of perfect
    information on it, in USD a month of ownership. `topic` is the question's.

    `changes`: the titles of decisions that fall otherwise under some of the answers.
    """

    topic: str
    month: UsdPerMonth
    changes: tuple[str, ...] = ()


class Interval(Value, frozen=True, kw_only=True):
    """The ends between which a figure lies in `share` of the draws, for the design as chosen. `figure`: its id.

    `inputs`: what moves it most, in words.
    """

    figure: str
    what: str
    unit: str
    value: float
    low: float
    high: float
    share: Ratio
    draws: int
    inputs: tuple[str, ...] = ()


LEAST = UsdPerMonth(1.0)
"""From this on an answer is worth something."""


def by_worth(questions: Sequence[Question], worths: Sequence[Worth]) -> tuple[tuple[Question, Worth | None], ...]:
    """The questions, those worth most first; then those that no figure of the model hangs on, in their order by rule;
    at the end those whose answers, within their ranges, change no choice."""
    known = {w.topic: w for w in worths}
    rows = [(q, known.get(q.topic) if q.topic else None) for q in questions]
    return tuple(sorted(rows, key=lambda row: _place(row[1])))


def _place(worth: Worth | None) -> tuple[int, float]:
    if worth is None:
        return 1, 0.0
    return (0, -worth.month) if worth.month >= LEAST else (2, 0.0)
