"""The comparison of two designs as one value."""

from archsmith.compare.advice import findings
from archsmith.compare.choices import choices
from archsmith.compare.figures import figures
from archsmith.compare.money import costs
from archsmith.compare.parts import parts
from archsmith.model.comparison import Comparison, Side
from archsmith.model.design import Design


def compare(before: Design, after: Design) -> Comparison:
    """What differs from the first design to the second. Pure; the same pair gives the same value."""
    decided, made = tuple(choices(before, after)), tuple(parts(before, after))
    measured, billed = tuple(figures(before, after)), tuple(costs(before, after))
    found = tuple(findings(before, after))
    clashes = [d.decisions.clash.fact if d.decisions.clash else "" for d in (before, after)]
    alike = not any((decided, made, measured, billed, found))
    return Comparison(
        before=_side(before),
        after=_side(after),
        same=alike and clashes[0] == clashes[1] and before.status == after.status,
        clash_before=clashes[0],
        clash_after=clashes[1],
        ways_out=after.decisions.clash.relaxations if after.decisions.clash else (),
        decisions=decided,
        parts=made,
        figures=measured,
        costs=billed,
        findings=found,
    )


def _side(design: Design) -> Side:
    return Side(
        title=design.requirements.title,
        source=design.requirements.source,
        generator=design.generator,
        status=design.status,
    )
