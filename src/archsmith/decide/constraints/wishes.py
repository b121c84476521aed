"""Technologies that the brief demands or forbids."""

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

_GIVES = {"provider": "provider", "language": "language", "framework": "framework", "identity": "identity"}


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """What must be used is demanded where the space has it, what must not be used is out."""
    named = {
        w.tech: w for w in (*requirements.technologies, *requirements.must_use, *requirements.must_not_use) if w.tech
    }
    yield from ban_where(
        options,
        lambda o: o.tech in ground.unwanted,
        lambda o: Barrier(
            name="forbidden",
            fact=f"the brief rules out {named[o.tech].name if o.tech in named else o.label}",
            requirements=ground.demand.binding.get("constraint", ()),
        ),
    )
    for tech in sorted(ground.wanted):
        keys = [(o.axis, o.key) for o in options if o.tech == tech]
        for axis in dict.fromkeys(axis for axis, _ in keys):
            rivals = {o.key for o in options if o.axis == axis and o.tech != tech and not o.key.startswith("none")}
            yield from ban_where(
                options,
                lambda o, axis=axis, rivals=rivals: o.axis == axis and o.key in rivals,  # type: ignore[misc]
                lambda o, tech=tech: Barrier(
                    name="demanded",
                    fact=f"the brief demands {named[tech].name}",  # type: ignore[misc]
                    requirements=ground.demand.binding.get("constraint", ()),
                ),
            )


CONSTRAINT = Constraint(
    id="wishes",
    what="technologies that must be used win their dimension, those that must not be used are out",
    why="the client decided it",
    check=check,
)
