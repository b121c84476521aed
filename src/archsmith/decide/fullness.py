"""When the sizes of today are full: a size follows every step of the load, so its flip point is where it is used up."""

from msgspec import Struct

from archsmith.decide.dimensions import store
from archsmith.decide.evaluator import Chosen
from archsmith.decide.scout import Point
from archsmith.decide.track import Track
from archsmith.model.decisions import Direction, Lever


class Full(Struct, frozen=True):
    """How many times away, and in words what is used up there."""

    away: float
    words: str


def fullness(track: Track) -> dict[str, Full]:
    """By axis of a size, where the load uses it up: in a straight line between the points that were solved."""
    if track.way.direction is not Direction.UP or track.way.knob.lever not in (Lever.TRAFFIC, Lever.STORAGE):
        return {}
    found: dict[str, Full] = {}
    today, *others = track.points
    for axis, (offered, words) in _offered(today).items():
        away, before = 1.0, _asked(today, today)[axis]
        for point in others:
            here = _asked(today, point)[axis]
            rows = zip(offered, before, here, strict=True)
            full = [away + (point.away - away) * max(0.0, o - b) / (h - b) for o, b, h in rows if h > o and h > b]
            if full:
                found[axis] = Full(min(full), words)
                break
            away, before = point.away, here
    return found


def _offered(today: Point) -> dict[str, tuple[tuple[float, ...], str]]:
    """By axis what today's sizes offer: cores of all machines; cores and memory of the store."""
    assert today.settled is not None
    chosen, (most, _) = today.settled.chosen, today.settled.counts
    machine, size = chosen["compute"], chosen["size"]
    words = f"more than {most} x {machine.label}"
    found: dict[str, tuple[tuple[float, ...], str]] = {"compute": ((most * machine.cores,), words)}
    if "sized" in chosen["hosting"].gives:
        found["size"] = ((size.supply, size.room), f"more than {size.label}")
    return found


def _asked(today: Point, point: Point) -> dict[str, tuple[float, ...]]:
    """By axis what today's design has to offer at a point, as the evaluator counts it."""
    assert today.settled is not None
    chosen = _there(today.settled.chosen, point)
    others = [o for a, o in chosen.items() if a not in ("size", "compute")]
    saved, beside = sum(o.saves for o in others), sum(o.compute for o in others)
    web = point.space.web[f"framework:{chosen['framework'].key}"]
    asked = store.load(point.ground) + sum(o.store for o in others)
    shared = asked if "hosting:local" in chosen["hosting"].gives else 0.0
    services = web.peak - web.peak_answers * saved + beside + shared
    return {"compute": (services,), "size": (asked, store.hot_memory(point.ground))}


def _there(chosen: Chosen, point: Point) -> Chosen:
    """The same choices with what they take at the point."""
    here = {(o.axis, o.key): o for o in point.space.options}
    return {axis: here.get((axis, o.key), o) for axis, o in chosen.items()}
