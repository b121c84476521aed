"""The cloud that the client is on is left only for a stated reason."""

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
    """Where the brief names one public provider as there already, others are out until a stated limit needs them."""
    clouds = {p for p, row in ground.providers.items() if not row.own}
    there = ground.existing & clouds
    if len(there) != 1 or there & ground.unwanted or ground.wanted & clouds:
        return
    ident = next(iter(there))
    name, fixed = ground.tech(ident).name, ground.fixed_to(ident)
    fact = f"{name} is there already, with data, accounts and knowledge; no stated limit asks to leave it"
    if ident in ground.preferred:
        fact = f"the brief prefers {name}; no stated limit asks for another one"
    if fixed:
        fact = f"the client is on {name} in {ground.region[ident].id} and stays there"
    yield from ban_where(
        options,
        lambda o: o.axis == "provider" and o.key in clouds and o.key not in there,
        lambda o: Barrier(
            name="staying",
            fact=fact,
            requirements=ground.demand.binding.get(f"tech.{ident}", ()),
            soft=not fixed,
            relaxation=f"leave {name}",
        ),
    )


CONSTRAINT = Constraint(
    id="staying",
    what="a client stays with the public provider that it has, unless stated limits can't be met there",
    why="what else of the client runs there is not in the brief, and moves neither cheaply nor alone",
    check=check,
)
