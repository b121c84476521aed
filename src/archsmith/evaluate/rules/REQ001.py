"""Requirements that nothing in the design answers."""

from collections.abc import Iterator

from archsmith.evaluate.rules.base import Evaluated, Hit, rule, words_of
from archsmith.kernel.findings import Severity
from archsmith.kernel.phrases import counted
from archsmith.model.requirements import Priority, Requirement


@rule("REQ001", severity=Severity.NOTE, title="Words that nothing in the design answers")
def unanswered(found: Evaluated) -> Iterator[Hit]:
    """What: names the requirements that no operation, no decision, nothing that is kept and no figure rests on.

    Why: the design was made as if they were not there; whoever reads it would take them for met. Fix: say them once
    more as who does what with which thing, or with a figure; what is only background may stay.
    """
    needs = {r.id: r for r in found.view.requirements.requirements}
    bare = [needs[row.requirement] for row in found.coverage if not row.by]
    wanted = [r for r in bare if r.priority in (Priority.MUST, Priority.SHOULD)]
    if wanted:
        yield Hit(
            f"requirement:{wanted[0].id}",
            f"nothing in the design rests on {_told(wanted)} of {counted(len(needs), 'requirement')}",
            "say who does what with which thing there, or a figure, and design again; background may stay as it is",
            words_of(wanted[0].why),
        )


def _told(wanted: list[Requirement]) -> str:
    """The ids, all of them: the table of requirements has their words."""
    return ", ".join(r.id for r in wanted)
