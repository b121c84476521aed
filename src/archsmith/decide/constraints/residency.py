"""Data stays where it must."""

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
    """Providers without a region in the places that the brief names are out."""
    places = set(ground.demand.places)
    if not places:
        return
    outside = {p for p, region in ground.region.items() if not places & set(region.places)}
    yield from ban_where(
        options,
        lambda o: o.axis == "provider" and o.key in outside,
        lambda o: Barrier(
            name="residency",
            fact=f"data must stay in {', '.join(sorted(places))}; {o.label} has no region there",
            requirements=ground.demand.binding.get("places", ()),
            relaxation=f"let data leave {', '.join(sorted(places))}",
        ),
    )


CONSTRAINT = Constraint(
    id="residency",
    what="a provider must have a region in each place where data has to live",
    why="law and contracts bind data to places",
    check=check,
)
