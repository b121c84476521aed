"""Flip points: for each lever up and down, where each decision changes, found by deciding again (docs/adr/0017).

First the ends, so that what never changes is known; then, as far as the number of solves allows, the widest gap between
two points with different choices is narrowed, again and again.
"""

import math
from collections.abc import Container

from archsmith.decide.barred import named
from archsmith.decide.evaluator import Chosen
from archsmith.decide.fullness import Full, fullness
from archsmith.decide.levers import MOST, Stand
from archsmith.decide.scout import Point, Scout, ways
from archsmith.decide.track import Track
from archsmith.kernel.ids import OptionId
from archsmith.kernel.units import Ratio
from archsmith.model.decisions import Direction, Flip, Lever

SIZES = frozenset({"compute", "size"})
"""Axes that change with every step of the load: for them it is said when the present size is full."""
NARROW = 1.25
"""Outer over inner factor of a gap that is narrow enough in a design run."""
FINE = 1.05
"""The same where one decision is argued."""
SOLVES = 16
"""Points solved in a design run; the ends are solved in any case."""
MOST_SOLVES = 250
"""The same where one decision is argued."""
NARROWEST = 10.0
"""How many times limits are narrowed at most in a design run: a tenth of the budget or of the outages."""
_DIGITS = 6


def flips(
    stand: Stand,
    *,
    only: Container[str] | None = None,
    seen: list[Chosen] | None = None,
) -> dict[str, tuple[Flip, ...]]:
    """By axis: for each lever and direction where another option wins, or how far none does.

    `only`: axes whose gaps are narrowed finely; all but sizes, and coarsely, where None. `seen`: a list that gets the
    designs found on the way.
    """
    scout = Scout(stand)
    tracks = _begun(scout, fine=only is not None)
    wanted = frozenset(a for a in stand.settled.chosen if a not in SIZES and (only is None or a in only))
    solves, narrow = (SOLVES, NARROW) if only is None else (MOST_SOLVES, FINE)
    while scout.solved < solves:
        step = _next(tracks, wanted, narrow)
        if step is None:
            break
        track, away = step
        track.add(away)
    if seen is not None:
        seen += [p.settled.chosen for track in tracks for p in track.points if p.settled]
    found: dict[str, list[Flip]] = {axis: [] for axis in stand.settled.chosen}
    for track in tracks:
        full = fullness(track)
        for axis, rows in found.items():
            rows.append(_used_up(track, full[axis]) if axis in full else _flip(track, axis))
    return {axis: tuple(rows) for axis, rows in found.items()}


def _begun(scout: Scout, *, fine: bool) -> list[Track]:
    """A track for each way, with its ends."""
    tracks = [Track(scout, way, bordered=fine) for way in ways(scout.stand, MOST if fine else NARROWEST)]
    _widened(scout, [t for t in tracks if t.way.widens])
    for track in tracks:
        if not track.way.widens:
            track.begin()
    return tracks


def _widened(scout: Scout, tracks: list[Track]) -> None:
    """The ends of the ways that widen limits: those that nothing is gained by are found together, in a solve or two."""
    left = tracks
    while len(left) > 1:
        nothing, gaining = scout.widest(tuple(t.way for t in left))
        if nothing:
            for track in left:
                track.stays(track.way.end)
            return
        if not gaining:
            break
        for track in left:
            point = gaining.get(track.way)
            if point:
                track.found(point)
            elif track.way in gaining:
                track.begin()
        left = [t for t in left if t.way not in gaining]
    for track in left:
        track.begin()


def _next(tracks: list[Track], wanted: frozenset[str], narrow: float) -> tuple[Track, float] | None:
    """Where to look next: within the widest gap, of which those near to today count most."""
    rows = [
        (math.log(max(1.0, gap.width)) / (1 + math.log(gap.inner.far)), -number, gap)
        for number, track in enumerate(tracks)
        for gap in track.gaps(wanted)
    ]
    for _, number, gap in sorted(rows, key=lambda row: row[:2], reverse=True):
        away = tracks[-number].split(gap, narrow)
        if away is not None:
            return tracks[-number], away
    return None


def _flip(track: Track, axis: str) -> Flip:
    """Where the choice of an axis changes first on a track, or how far it was seen to stay."""
    before, *others = track.points
    assert before.settled is not None
    now = before.settled.chosen[axis]
    for point in others:
        there = point.settled.chosen[axis] if point.settled else None
        if there is None and not track.scout.stand.clashing:
            return _made(track, before, before.far, limit=track.limit)
        if there is not None and there.id != now.id:
            return _made(track, before, before.far, (point, point.near), becomes=there.id, label=named(there))
        before = point
    return _made(track, before, before.far)


def _used_up(track: Track, full: Full) -> Flip:
    """Where a size is full."""
    today = track.points[0]
    return _made(track, today, full.away, (today, full.away), label=full.words)


def _made(
    track: Track,
    inner: Point,
    holds: float,
    outer: tuple[Point, float] | None = None,
    *,
    becomes: OptionId | None = None,
    label: str = "",
    limit: str = "",
) -> Flip:
    way = track.way
    up = way.direction is Direction.UP
    return Flip(
        lever=way.knob.lever,
        direction=way.direction,
        holds=Ratio(_short(way.factor(holds), up=not up)),
        until=_told(way.knob.lever, _figure(track, inner, holds), up=not up),
        factor=Ratio(_short(way.factor(outer[1]), up=up)) if outer else None,
        value=_told(way.knob.lever, _figure(track, *outer), up=up) if outer else None,
        unit=way.knob.unit,
        becomes=becomes,
        label=label,
        limit=limit,
    )


def _figure(track: Track, point: Point, away: float) -> float:
    """The lever's figure that far away; `point` is the one whose reach that is."""
    stand, knob = track.scout.stand, track.way.knob
    if away == point.away and away > 1:
        return knob.figure(point.ground.demand)
    if knob.tighter is not None:
        return knob.figure(track.scout.demand(track.way, away))
    return knob.figure(stand.demand) * track.way.factor(away)


def _told(lever: Lever, value: float, *, up: bool) -> float:
    """Of an availability, the digits of what is missing to one count."""
    return 1 - _short(1 - value, up=not up) if lever is Lever.AVAILABILITY else _short(value, up=up)


def _short(value: float, *, up: bool) -> float:
    """Six digits, rounded up or down so that it stays on its side of the gap."""
    step = 10.0 ** (math.floor(math.log10(value)) - _DIGITS + 1) if value > 0 else 1.0
    steps = round(value / step, 3)
    return float(f"{(math.ceil(steps) if up else math.floor(steps)) * step:.{_DIGITS}g}")
