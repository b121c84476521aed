"""What is full at a multiple of the load: stations that lack time, and ceilings that are reached."""

import math
from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from archsmith.evaluate.ceilings import Ceiling
from archsmith.evaluate.stack import Stack
from archsmith.evaluate.stations import Station
from archsmith.evaluate.visits import Path
from archsmith.kernel.ids import DeploymentId, ElementId
from archsmith.kernel.phrases import number


class Gap(Struct, frozen=True):
    """A station or a ceiling that is full from `at` times the load on; `share` of it may be used."""

    key: str
    element: ElementId
    deployment: DeploymentId | None
    resource: str
    kind: str
    at: float
    share: float
    said: str = ""
    raisable: bool = False


class Load(Struct, frozen=True, dict=True):
    """Everything that fills up, and the share of what is used anew each second that may be used."""

    stack: Stack
    found: tuple[Path, ...]
    stations: Mapping[str, Station]
    ceilings: tuple[Ceiling, ...]
    share: float

    def allowed(self, ceiling: Ceiling) -> float:
        """The share of a ceiling that may be used."""
        return self.share if ceiling.rate else 1.0

    @cached_property
    def rows(self) -> tuple[Gap, ...]:
        """Everything that fills up at all, those first that are full first, as gaps above the share that is allowed."""
        found = [_of_station(s, self.share) for s in self.stations.values() if s.utilisation > 0]
        found += [_of_ceiling(c, self.allowed(c)) for c in self.ceilings]
        return tuple(sorted(found, key=lambda g: (g.at, g.key)))

    def gaps(self, factor: float) -> tuple[Gap, ...]:
        """What is full at a multiple of the load, those first that are full first.

        At the load itself only what is beyond its own capacity counts: the headroom is a target, and has a rule.
        """
        return tuple(
            replace(g, said=self._said(g, factor))
            for g in self.rows
            if self.used(g, factor) > (1.0 if factor <= 1 else g.share)
        )

    def _said(self, gap: Gap, factor: float) -> str:
        """The arithmetic of a gap at a multiple of the load."""
        station = self.stations.get(gap.key)
        if station is not None:
            need = station.offered * factor / gap.share
            return f"{number(station.offered)} x {number(factor)} / {gap.share:.2f} = {number(need)} {unit_of(station)}"
        ceiling = self.by_key(gap.key)
        need = ceiling.need(factor)
        return f"{number(need)} of {number(ceiling.limit)} {ceiling.unit} at {number(factor)} times the load"

    def first(self) -> Gap | None:
        """What is full first as the load grows, quotas that are lifted on request apart."""
        return next((g for g in self.rows if not g.raisable), None)

    def used(self, gap: Gap, factor: float) -> float:
        """Share of what a gap is about that is used at a multiple of the load."""
        station = self.stations.get(gap.key)
        if station is not None:
            return station.utilisation * factor
        return self.by_key(gap.key).utilisation(factor)

    def by_key(self, key: str) -> Ceiling:
        """The ceiling with this key."""
        return next(c for c in self.ceilings if c.key == key)

    def on(self, deployment: DeploymentId, *kinds: str) -> Iterable[Ceiling]:
        """Ceilings of a deployment, of these kinds."""
        return (c for c in self.ceilings if c.deployment == deployment and c.kind in kinds)


def _of_station(station: Station, share: float) -> Gap:
    return Gap(
        key=station.key,
        element=station.element,
        deployment=station.deployment,
        resource=station.resource,
        kind="time",
        at=share / station.utilisation if station.utilisation > 0 else math.inf,
        share=share,
    )


def _of_ceiling(ceiling: Ceiling, share: float) -> Gap:
    return Gap(
        key=ceiling.key,
        element=ceiling.element,
        deployment=ceiling.deployment,
        resource=ceiling.resource,
        kind="quota" if ceiling.raisable else ceiling.kind,
        at=ceiling.full_at(share),
        share=share,
        raisable=ceiling.raisable,
    )


def unit_of(station: Station) -> str:
    """What the servers of a station are."""
    return {"CPU": "vCPU", "nodes": "nodes"}.get(station.resource, "servers")
