"""The list of packages while it is being written: hands out ids and remembers what builds what."""

from collections.abc import Iterable

from msgspec import Struct, field

from archsmith.kernel.ids import ElementId, EntityId, RequirementId, WorkPackageId
from archsmith.model.requirements import Priority
from archsmith.plan.context import Context
from archsmith.plan.draft import Draft, Effort


class Backlog(Struct, dict=True):
    """Packages as they were added. `builds`: the package that delivers an element; `of_entity`: its module."""

    context: Context
    drafts: list[Draft] = field(default_factory=list)
    builds: dict[ElementId, WorkPackageId] = field(default_factory=dict)
    of_entity: dict[EntityId, WorkPackageId] = field(default_factory=dict)

    def effort(self) -> Effort:
        """A new sum of work."""
        return Effort(self.context.catalogue)

    def add(
        self,
        title: str,
        *,
        phase: str,
        role: str,
        effort: Effort,
        done_when: str,
        depends: Iterable[WorkPackageId | None] = (),
        delivers: Iterable[ElementId] = (),
        requirements: Iterable[RequirementId] = (),
        priority: Priority = Priority.MUST,
        crew: int = 0,
    ) -> WorkPackageId | None:
        """Adds a package and returns its id; None where there is nothing to do."""
        if effort.likely <= 0:
            return None
        ident = WorkPackageId(f"WP-{len(self.drafts) + 1:02}")
        draft = Draft(
            id=ident,
            title=title,
            phase=phase,
            role=role,
            effort=effort,
            depends=tuple(dict.fromkeys(d for d in depends if d is not None)),
            delivers=tuple(dict.fromkeys(delivers)),
            requirements=tuple(dict.fromkeys(requirements)),
            done_when=done_when,
            priority=priority,
            crew=crew,
        )
        self.drafts.append(draft)
        for delivered in draft.delivers:
            self.builds.setdefault(delivered, ident)
        return ident

    def of(self, *phases: str) -> tuple[WorkPackageId, ...]:
        """Ids of the packages of some phases."""
        return tuple(d.id for d in self.drafts if d.phase in phases)
