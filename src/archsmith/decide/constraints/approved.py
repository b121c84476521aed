"""What the list of approved technologies leaves out."""

from collections.abc import Iterator

from archsmith.decide.constraints.constraint import (
    Barrier,
    Constraint,
    Cut,
    Ground,
    Option,
    Requirements,
    Rule,
    ban_where,
)
from archsmith.kernel.phrases import listed
from archsmith.knowledge.approved import approved


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Of a category of which one is approved only those approved may be chosen; what lives in another store is free."""
    allowed = approved(ground.catalogue)

    def outside(option: Option) -> bool:
        tech = ground.techs.get(option.tech) if option.tech else None
        if tech is None or "embedded" in tech.traits:
            return False
        return tech.category in allowed and tech.id not in allowed[tech.category]

    def barrier(option: Option) -> Barrier:
        tech = ground.techs[option.tech] if option.tech else None
        names = listed(sorted(ground.techs[i].name for i in allowed[tech.category])) if tech else ""
        return Barrier(
            name="approved",
            fact=f"the list of approved technologies names {names}, and not {tech.name if tech else option.label}",
            relaxation=f"approve {tech.name if tech else option.label}",
        )

    if allowed:
        yield from ban_where(options, outside, barrier)


CONSTRAINT = Constraint(
    id="approved",
    what="where a folder of one's own lists approved technologies, nothing else of their categories is chosen",
    why="a house rule stands above the last hundred dollars: others operate, audit and buy what is on the list",
    check=check,
)
