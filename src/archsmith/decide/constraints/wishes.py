"""Technologies that the brief demands or forbids."""

from collections.abc import Iterator

from archsmith.decide.constraints.constraint import (
    Barrier,
    Constraint,
    Cut,
    Demands,
    Ground,
    Option,
    Requirements,
    Rule,
    ban_where,
)
from archsmith.kernel.ids import TechId
from archsmith.kernel.phrases import listed


def check(
    ground: Ground, options: tuple[Option, ...], requirements: Requirements, cuts: tuple[Cut, ...]
) -> Iterator[Rule]:
    """What must be used wins its dimension, or stands in one of them; what must not be used is out."""
    for tech in sorted(ground.unwanted):
        name = ground.name_of(tech)
        because = Barrier(
            name=f"forbidden.{tech}",
            fact=f"the brief rules out {name}",
            requirements=ground.demand.binding.get(f"tech.{tech}", ()),
            relaxation=f"let {name} be used",
        )
        yield from ban_where(options, lambda o, tech=tech: o.tech == tech, lambda _, because=because: because)  # type: ignore[misc]
    by_axis: dict[str, list[TechId]] = {}
    for tech in sorted({t for wanted in ground.wanted for t in meant(ground, options, wanted)}):
        axes = leading(options, tech)
        if len(axes) == 1:
            by_axis.setdefault(axes[0], []).append(tech)
        elif axes:
            yield Demands(given="", one_of=(f"tech:{tech}",), because=_demanded(ground, [tech]))
    for axis, techs in by_axis.items():
        because = _demanded(ground, techs)
        yield from ban_where(
            options,
            lambda o, axis=axis, techs=techs: o.axis == axis and o.tech not in techs,  # type: ignore[misc]
            lambda _, because=because: because,  # type: ignore[misc]
        )


def meant(ground: Ground, options: tuple[Option, ...], tech: TechId) -> tuple[TechId, ...]:
    """The technology itself where it is an option, else its stand-ins: of its kind, and worked with by its skill."""
    if any(o.tech == tech for o in options) or tech not in ground.techs:
        return (tech,)
    others = {o.tech for o in options if o.tech}
    return tuple(sorted(t for t in others if _stands_in(ground, t, tech))) or (tech,)


def leading(options: tuple[Option, ...], tech: TechId) -> tuple[str, ...]:
    """The axes in which a technology is chosen; not those where its options only follow from that choice."""
    own = [o for o in options if o.tech == tech]
    axes = dict.fromkeys(o.axis for o in own)

    def follows(axis: str) -> bool:
        given = {t for o in own if o.axis != axis for t in o.gives if not t.startswith("tech:")}
        return all(any(given.intersection(group) for group in o.needs) for o in own if o.axis == axis)

    return tuple(a for a in axes if not follows(a))


def demanded(techs: list[TechId]) -> str:
    """The name of the barrier behind which demanded technologies of one axis stand."""
    return f"demanded.{'+'.join(techs)}"


def _demanded(ground: Ground, techs: list[TechId]) -> Barrier:
    said = [t for tech in techs for t in sorted(ground.wanted) if t == tech or _stands_in(ground, tech, t)]
    names = listed(ground.name_of(t) for t in said)
    ids = dict.fromkeys(i for t in said for i in ground.demand.binding.get(f"tech.{t}", ()))
    return Barrier(
        name=demanded(techs),
        fact=f"the brief demands {names}",
        requirements=tuple(ids),
        relaxation=f"do without {names}",
    )


def _stands_in(ground: Ground, tech: TechId, demanded: TechId) -> bool:
    row, other = ground.techs.get(tech), ground.techs.get(demanded)
    return bool(row and other and row.category == other.category and demanded in row.skills)


CONSTRAINT = Constraint(
    id="wishes",
    what="technologies that must be used win their dimension, those that must not be used are out",
    why="the client decided it",
    check=check,
)
