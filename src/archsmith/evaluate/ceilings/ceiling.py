"""Something that fills up as the load grows, other than the time of servers."""

import math
from collections.abc import Callable

from msgspec import Struct

from archsmith.kernel.ids import DeploymentId, ElementId
from archsmith.kernel.phrases import number
from archsmith.kernel.units import Ratio, Utilisation
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.limits import LIMITS
from archsmith.model.report import CeilingLoad

LEAST, FURTHEST = 1e-3, 1e6
"""Multiples of the load that are looked at."""


class Ceiling(Struct, frozen=True):
    """`need(f)` of `limit` is taken at `f` times the load of the horizon; it never falls with `f`.

    `rate`: what is used anew each second, so that headroom must stay; what only fills may be filled up. `raisable`: a
    quota that the provider lifts. `inputs` name figures and rows of the catalogue.
    """

    key: str
    element: ElementId
    deployment: DeploymentId | None
    resource: str
    limit: float
    unit: str
    need: Callable[[float], float]
    formula: str
    inputs: tuple[str, ...]
    rate: bool = False
    raisable: bool = False

    @property
    def kind(self) -> str:
        """What sort of ceiling it is: the first word of its key."""
        return self.key.partition(".")[0]

    def utilisation(self, factor: float) -> Utilisation:
        """Share that is taken at a multiple of the load."""
        return Utilisation(self.need(factor) / self.limit)

    def full_at(self, share: float) -> float:
        """The multiple of the load at which more than `share` is taken; infinite where that is never (1e6)."""
        wanted = share * self.limit
        if self.need(FURTHEST) <= wanted:
            return math.inf
        low, high = 0.0, FURTHEST
        if self.need(1.0) <= wanted:
            low = 1.0
        elif self.need(LEAST) > wanted:
            return 0.0
        for _ in range(48):  # a bisection on the logarithm: six decades to ten digits
            middle = math.sqrt(max(low, LEAST) * high)
            if self.need(middle) > wanted:
                high = middle
            else:
                low = middle
        return high


def row(catalogue: Catalogue, ceiling: Ceiling) -> CeilingLoad:
    """The row of the report, with the figures put in."""
    known = catalogue.table(LIMITS)
    limits = [known[i] for i in ceiling.inputs if i in known]
    said = (f"{r.source}{f' ({r.as_of})' if r.as_of else ''}" for r in limits)
    used, full = ceiling.need(1.0), ceiling.full_at(1.0)
    return CeilingLoad(
        id=ceiling.key,
        element=ceiling.element,
        deployment=ceiling.deployment,
        resource=ceiling.resource,
        used=used,
        limit=ceiling.limit,
        unit=ceiling.unit,
        utilisation=ceiling.utilisation(1.0),
        full_at=Ratio(min(full, FURTHEST)),
        raisable=ceiling.raisable,
        formula=f"{ceiling.formula} = {number(used)} of {number(ceiling.limit)} {ceiling.unit}",
        inputs=ceiling.inputs,
        source="; ".join(dict.fromkeys(said)),
    )
