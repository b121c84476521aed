"""Flip points of a decision as rows: the lever, what becomes of the choice further down and further up."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from archsmith.model.decisions import Direction, Flip, Lever
from archsmith.render import show

_CLOSE: Final = 1.3
"""Outer over inner factor of a gap that is shown as one figure."""
_SHOWN: Final[dict[Lever, Callable[[float], str]]] = {
    Lever.TRAFFIC: show.requests,
    Lever.STORAGE: show.size,
    Lever.TEAM: lambda n: "1 engineer" if n == 1 else f"{show.number(n)} engineers",
    Lever.BUDGET: lambda usd: f"{show.money(usd)} a month",
    Lever.AVAILABILITY: show.nines,
    Lever.LATENCY: show.duration,
    Lever.RPO: show.duration,
    Lever.RTO: show.duration,
}
NAMES: Final = {
    Lever.TRAFFIC: "traffic at the peak",
    Lever.STORAGE: "data kept",
    Lever.TEAM: "team",
    Lever.BUDGET: "budget",
    Lever.AVAILABILITY: "availability",
    Lever.LATENCY: "time for an answer",
    Lever.RPO: "data that may be lost",
    Lever.RTO: "time to be back",
}


def rows(flips: Iterable[Flip]) -> Iterator[tuple[str, str, str]]:
    """A row for each lever that changes the choice, in the order of the levers."""
    for lever, both in _levers(flips).items():
        if any(f.factor is not None for f in both.values()):
            yield NAMES[lever], _cell(both.get(Direction.DOWN)), _cell(both.get(Direction.UP))


def held(flips: Iterable[Flip]) -> str:
    """The other levers, with how far each was looked at; empty where there are none."""
    said = []
    for lever, both in _levers(flips).items():
        if all(f.factor is None for f in both.values()):
            ends = dict.fromkeys(_SHOWN[lever](f.until) for f in sorted(both.values(), key=lambda f: f.until))
            said.append(f"{NAMES[lever]} ({' to '.join(ends)})")
    return ", ".join(said)


def _levers(flips: Iterable[Flip]) -> dict[Lever, dict[Direction, Flip]]:
    found: dict[Lever, dict[Direction, Flip]] = {}
    for flip in flips:
        found.setdefault(flip.lever, {})[flip.direction] = flip
    return found


def _cell(flip: Flip | None) -> str:
    """The choice beyond, and from where; or how far it stays."""
    if flip is None:
        return ""
    shown = _SHOWN[flip.lever]
    if flip.factor is None or flip.value is None:
        return f"no design from {shown(flip.until)}: {flip.limit}" if flip.limit else f"stays to {shown(flip.until)}"
    close = max(flip.factor / flip.holds, flip.holds / flip.factor) <= _CLOSE
    near = max(flip.holds, 1 / flip.holds) <= _CLOSE
    between = (
        f"at {shown(flip.value)} at the latest" if near else f"between {shown(flip.until)} and {shown(flip.value)}"
    )
    place = f"from {shown(flip.value)}" if close else between
    return f"{flip.label} {place}{_times(flip)}"


def _times(flip: Flip) -> str:
    """The factor, where it says more than the figure."""
    if flip.lever not in (Lever.TRAFFIC, Lever.STORAGE) or flip.factor is None:
        return ""
    return f" ({show.number(float(f'{flip.factor:.2g}'))} times today's)"
