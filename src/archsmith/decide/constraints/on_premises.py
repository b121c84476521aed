"""No public cloud where the brief says so, and no data centre where none is known."""

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
    """Public providers and services elsewhere are out on premises; the own site is out where nobody has one."""
    if ground.demand.on_premises:
        yield from ban_where(
            options,
            lambda o: bool({"public_cloud", "elsewhere", "cdn:edge", "identity:auth0"} & set(o.gives)),
            lambda o: Barrier(
                name="on_premises",
                fact="no public cloud; it runs in the client's own data centre",
                requirements=ground.demand.binding.get("on_premises", ()),
                relaxation="let it run in a public cloud",
            ),
        )
    elif "on_premises" not in ground.existing | ground.wanted:
        yield from ban_where(
            options,
            lambda o: o.axis == "provider" and "own_site" in o.gives,
            lambda o: Barrier(name="own_site", fact="no data centre of the client's own is known", waivable=False),
        )


CONSTRAINT = Constraint(
    id="on_premises",
    what="on premises everything runs on the client's own machines; elsewhere nothing does",
    why="where data may run is the client's to say, and a data centre is not bought for one system",
    check=check,
)
