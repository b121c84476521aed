"""Flip points in a sentence: the nearest first, each with its figure; or how far none was found."""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from archsmith.decide.words import figure
from archsmith.kernel.phrases import duration, listed, money, size
from archsmith.model.decisions import Direction, Flip, Lever

_TOLD: Final = 3
"""Flip points in a sentence; all of them are in the decision."""
_SAME: Final = 1.3
"""Outer over inner factor up to which a gap is told as one figure."""


def _share(value: float) -> str:
    """Percent with as many nines as it takes to see a difference.

    >>> _share(0.9993), _share(0.999912)
    ('99.93%', '99.9912%')
    """
    digits = max(2, 1 - math.floor(math.log10(max(1e-9, 1 - value))) - 2) if value < 1 else 0
    return f"{value * 100:.{digits}f}".rstrip("0").rstrip(".") + "%"


_VALUE: Final[dict[Lever, Callable[[float], str]]] = {
    Lever.TRAFFIC: figure,
    Lever.STORAGE: size,
    Lever.TEAM: lambda n: f"{n:,.0f}",
    Lever.BUDGET: money,
    Lever.AVAILABILITY: _share,
    Lever.LATENCY: duration,
    Lever.RPO: duration,
    Lever.RTO: duration,
}
_NOUN: Final = {
    Lever.TRAFFIC: "{times} times the traffic ({value} requests/s at the peak)",
    Lever.STORAGE: "{times} times the data ({value})",
    Lever.TEAM: "{value} engineers",
    Lever.BUDGET: "a budget of {value} a month",
    Lever.AVAILABILITY: "{value} availability",
    Lever.LATENCY: "answers within {value}",
    Lever.RPO: "{value} of lost data",
    Lever.RTO: "{value} to be back",
}
_PLAIN: Final = {
    Lever.TRAFFIC: "the traffic",
    Lever.STORAGE: "the data",
    Lever.LATENCY: "for an answer",
    Lever.RPO: "of lost data",
    Lever.RTO: "to be back",
}


def said(flips: Sequence[Flip]) -> str:
    """The nearest flip points, or that there are none."""
    rows = sorted((f for f in flips if f.factor is not None), key=_distance)
    words = [f"{where(f)}: {'' if f.becomes else 'it takes '}{f.label}" for f in rows[:_TOLD]]
    return "; ".join(words) or none(flips)


def where(flip: Flip) -> str:
    """The figure at which the choice was seen to change; both ends of the gap where it is wide."""
    assert flip.factor is not None and flip.value is not None
    wide = max(flip.factor / flip.holds, flip.holds / flip.factor) > _SAME
    if wide and max(flip.holds, 1 / flip.holds) < _SAME:
        return f"by {_noun(flip, (flip.factor,), (flip.value,))} at the latest"
    if wide:
        return f"between {_noun(flip, (flip.holds, flip.factor), (flip.until, flip.value))}"
    way = "on" if flip.direction is Direction.UP else "down"
    return f"from {_noun(flip, (flip.factor,), (flip.value,))} {way}"


def none(flips: Iterable[Flip]) -> str:
    """How far the choice was seen to stay: traffic, data and team both ways, limits where they grow narrower."""
    reach: dict[Lever, dict[Direction, Flip]] = {}
    for flip in flips:
        reach.setdefault(flip.lever, {})[flip.direction] = flip
    spans: dict[str, list[str]] = {}
    parts = []
    for lever, both in reach.items():
        low, high = both.get(Direction.DOWN), both.get(Direction.UP)
        if lever in (Lever.TRAFFIC, Lever.STORAGE) and low and high:
            spans.setdefault(f"{figure(low.holds)} to {figure(high.holds)} times", []).append(_PLAIN[lever])
        elif lever is Lever.TEAM:
            people = dict.fromkeys(_VALUE[lever](v) for v in sorted(f.until for f in both.values()))
            parts.append(f"{' to '.join(people)} {'engineer' if [*people] == ['1'] else 'engineers'}")
        elif lever is Lever.BUDGET and low:
            parts.append(f"{_VALUE[lever](low.until)} a month or more")
        elif lever is Lever.AVAILABILITY and high:
            parts.append(f"up to {_VALUE[lever](high.until)} availability")
        elif low:
            parts.append(f"{_VALUE[lever](low.until)} {_PLAIN[lever]}")
    parts = [*(f"{span} {listed(names)}" for span, names in spans.items()), *parts]
    return f"none at {', '.join(parts)}"


def _distance(flip: Flip) -> float:
    """How far from today, whichever way."""
    return abs(math.log(flip.factor if flip.factor is not None else flip.holds))


def _noun(flip: Flip, factors: tuple[float, ...], values: tuple[float, ...]) -> str:
    """The lever at one figure, or with both ends of a gap."""
    shown = dict.fromkeys(_VALUE[flip.lever](v) for v in values)
    times = dict.fromkeys(figure(float(f"{f:.2g}")) for f in factors)
    inside = " to " if "{times}" in _NOUN[flip.lever] else " and "
    words = _NOUN[flip.lever].format(times=" and ".join(times), value=inside.join(shown))
    if "1" in shown and flip.lever is Lever.TEAM:
        return words.replace(" and 1 engineers", " engineers and 1").replace("1 engineers", "1 engineer")
    return words
