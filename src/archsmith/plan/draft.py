"""A work package before it has a place in time, and effort put together from units of the effort table."""

from msgspec import Struct, field

from archsmith.formulas.schedule import three_point
from archsmith.kernel.ids import ElementId, RequirementId, WorkPackageId
from archsmith.kernel.phrases import number
from archsmith.kernel.units import PersonDays
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.effort import days
from archsmith.knowledge.technologies import Technology
from archsmith.model.plan import Estimate
from archsmith.model.requirements import Priority

PHASES = ("foundation", "features", "integrations", "hardening", "launch")
"""The phases, in their order."""


class Effort(Struct):
    """A sum of units: so many of each, with what they are in words."""

    catalogue: Catalogue
    low: float = 0.0
    likely: float = 0.0
    high: float = 0.0
    parts: list[str] = field(default_factory=list)
    technology: float = 0.0
    """Likely days among them that the choice of technologies causes."""

    def add(self, ident: str, count: float = 1.0, what: str = "") -> "Effort":
        """`count` units of a row of the effort table."""
        if count > 0:
            row = days(self.catalogue, ident)
            self.low += row.low * count
            self.likely += row.value * count
            self.high += row.high * count
            self.parts.append(f"{what or ident} {row.value * count:.3g}")
        return self

    def set_up(self, tech: Technology | None, share: float = 1.0) -> "Effort":
        """The days to set up a technology."""
        if tech is not None and tech.build.value > 0:
            self.low += tech.build.low * share
            self.likely += tech.build.value * share
            self.high += tech.build.high * share
            self.technology += tech.build.value * share
            self.parts.append(f"{tech.name} {tech.build.value * share:.3g}")
        return self

    def plain(self, value: float, what: str) -> "Effort":
        """Days that another stage computed; the range is half to double."""
        if value > 0:
            self.low += value / 2
            self.likely += value
            self.high += value * 2
            self.parts.append(f"{what} {number(value)}")
        return self

    def estimate(self) -> Estimate:
        """Three points, PERT mean and deviation, and the parts in words."""
        pert = three_point(PersonDays(self.low), PersonDays(self.likely), PersonDays(self.high))
        return Estimate(
            low=PersonDays(self.low),
            likely=PersonDays(self.likely),
            high=PersonDays(self.high),
            mean=pert.mean,
            deviation=pert.deviation,
            reason=" + ".join(self.parts),
        )


class Draft(Struct, frozen=True, kw_only=True):
    """A package with its work and what it waits for; `priority` that of its least urgent reader's need."""

    id: WorkPackageId
    title: str
    phase: str
    role: str
    effort: Effort
    depends: tuple[WorkPackageId, ...]
    delivers: tuple[ElementId, ...]
    requirements: tuple[RequirementId, ...] = ()
    done_when: str
    priority: Priority = Priority.MUST
    crew: int = 0
    """People on it at once, where that is not for the size of the work to say."""
