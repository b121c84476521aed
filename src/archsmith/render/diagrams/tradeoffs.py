"""The Pareto front as a plot: the bill from left to right, the time away from bottom to top, a letter a design."""

import math
from string import ascii_uppercase
from typing import Final

from archsmith.model.front import FrontPoint
from archsmith.render import show
from archsmith.render.diagrams.mermaid import label
from archsmith.render.markdown import clip

_WIDTH, _HEIGHT = 61, 15
_EDGE: Final = 0.05
"""Share of the plot that stays free on each side."""


def lettered(points: tuple[FrontPoint, ...]) -> tuple[tuple[str, FrontPoint], ...]:
    """Each point with its letter, as in the table beside the plot."""
    return tuple(zip(ascii_uppercase, points, strict=False))


def mermaid(points: tuple[FrontPoint, ...], title: str) -> str:
    """As a quadrant chart; both axes are logarithms of what they show."""
    bills, times = _axis([_bill(p) for p in points]), _axis([-_away(p) for p in points])
    lines = [
        "quadrantChart",
        f"  title {label(title, 60)} - what else could be had",
        '  x-axis "smaller bill" --> "larger bill"',
        '  y-axis "more time away" --> "less time away"',
    ]
    for (letter, point), x, y in zip(lettered(points), bills, times, strict=True):
        name = f"{letter} chosen" if point.chosen else letter
        lines.append(f'  "{name}": [{x:.2f}, {y:.2f}]')
    return "\n".join(lines) + "\n"


def text(points: tuple[FrontPoint, ...], title: str) -> str:
    """As a grid of characters, the chosen one starred; where two meet, the first letter is drawn."""
    rows = [[" "] * _WIDTH for _ in range(_HEIGHT)]
    bills, times = _axis([_bill(p) for p in points]), _axis([-_away(p) for p in points])
    for (letter, point), x, y in reversed(list(zip(lettered(points), bills, times, strict=True))):
        column, row = round(x * (_WIDTH - 2)), round((1 - y) * (_HEIGHT - 1))
        rows[row][column] = letter
        rows[row][column + 1] = "*" if point.chosen else rows[row][column + 1]
    lines = [f"{clip(title, 60)}: what else could be had", "", "less time away"]
    lines += ["│" + "".join(row).rstrip() for row in rows]
    lines += ["└" + "─" * _WIDTH, "more time away, smaller bill" + "larger bill".rjust(_WIDTH - 27), ""]
    for letter, p in lettered(points):
        star = "* " if p.chosen else "  "
        away = show.nines(p.availability)
        lines.append(f"{letter} {star}{show.money(p.infrastructure)} a month, {away}, {clip(p.name, 60)}")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _bill(point: FrontPoint) -> float:
    return math.log(max(1.0, point.infrastructure))


def _away(point: FrontPoint) -> float:
    return math.log(max(1e-7, 1 - point.availability))


def _axis(values: list[float]) -> list[float]:
    """Places between the edges, 0 to 1; in the middle where all are the same."""
    low, high = min(values), max(values)
    room = 1 - 2 * _EDGE
    return [_EDGE + room * (v - low) / (high - low) if high > low else 0.5 for v in values]
