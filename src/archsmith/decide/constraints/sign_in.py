"""The sign-in that the organisation has."""

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


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """Where the brief names it, it is used; where it does not, nobody has one."""
    named = ground.demand.workforce_sign_in
    if named:
        yield from ban_where(
            options,
            lambda o: o.axis == "identity" and o.key != named,
            lambda o: Barrier(
                name="sign_in",
                fact=f"people sign in with {ground.tech(named).name}",
                requirements=ground.demand.binding.get("sign_in", ()),
                relaxation=f"let people sign in otherwise than with {ground.tech(named).name}",
            ),
        )
    else:
        yield from ban_where(
            options,
            lambda o: o.axis == "identity" and "workforce_sign_in" in o.gives,
            lambda o: Barrier(name="sign_in", fact="the brief names no sign-in of the organisation", waivable=False),
        )


CONSTRAINT = Constraint(
    id="sign_in",
    what="the organisation's own sign-in is used if there is one",
    why="a second password for the same people is neither wanted nor safe",
    check=check,
)
