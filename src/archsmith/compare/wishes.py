"""Technologies that are demanded or ruled out, and what a design made of it."""

from collections.abc import Iterator

from archsmith.model.design import Design


def unheeded(design: Design) -> tuple[str, ...]:
    """What is demanded and yet nowhere in the design, or ruled out and yet in it; a sentence each."""
    return tuple(_unheeded(design))


def _unheeded(design: Design) -> Iterator[str]:
    decided = design.decisions
    used = {d.tech for d in decided.decisions} | {s.tech for s in decided.sizings}
    asked = {str(x.option) for d in decided.decisions for x in d.losers}
    for wish in design.requirements.must_use:
        if wish.tech and wish.tech not in used:
            where = (
                "no decision chose it" if str(wish.tech) in asked else "no decision of this design has it as an option"
            )
            yield f"{wish.name} is demanded, but {where}"
    for wish in design.requirements.must_not_use:
        if wish.tech and wish.tech in used:
            yield f"{wish.name} is ruled out, but nothing else was possible"
