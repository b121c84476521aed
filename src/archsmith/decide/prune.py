"""Options that can not be chosen whatever else is, found by propagation: a smaller program, and a reason for each."""

from msgspec.structs import replace

from archsmith.decide.option import Ban, Barrier, Space, given_by


def prune(space: Space) -> tuple[Space, dict[tuple[str, str], Barrier]]:
    """The space without options that are banned or whose needs nobody left can give; and why each of them is out.

    Sound: nothing is dropped that could stand in any design. An axis is never emptied, so that a contradiction is still
    found by the solver and explained.
    """
    out: dict[tuple[str, str], Barrier] = {}
    for rule in space.rules:
        if isinstance(rule, Ban):
            out.setdefault((rule.axis, rule.key), rule.because)
    givers: dict[str, list[tuple[str, str]]] = {}
    for option in space.options:
        for trait in option.gives:
            givers.setdefault(trait, []).append((option.axis, option.key))
    left = [o for o in space.options if (o.axis, o.key) not in out]
    changed = True
    while changed:
        changed = False
        lacking = given_by(left).isdisjoint
        kept = []
        for option in left:
            for group in option.needs:
                if lacking(group):
                    out[option.axis, option.key] = _inherited(givers, out, group)
                    changed = True
                    break
            else:
                kept.append(option)
        left = kept
    if {o.axis for o in left} != {o.axis for o in space.options}:
        return space, {}
    rules = tuple(r for r in space.rules if not isinstance(r, Ban))
    return replace(space, options=tuple(left), rules=rules), out


def _inherited(
    givers: dict[str, list[tuple[str, str]]], out: dict[tuple[str, str], Barrier], group: tuple[str, ...]
) -> Barrier:
    """The reason why those who could have given the trait are out."""
    for trait in group:
        for place in givers.get(trait, ()):
            if place in out:
                return out[place]
    return Barrier(name="needs", fact=f"nothing in this design gives {_readable(group)}")


def _readable(group: tuple[str, ...]) -> str:
    return " or ".join(trait.replace(":", " ").replace("_", " ") for trait in group)


def alive(space: Space) -> frozenset[tuple[str, str]]:
    """Axis and key of all options of a space."""
    return frozenset((o.axis, o.key) for o in space.options)
