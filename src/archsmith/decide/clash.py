"""Requirements that can't be met together: the smallest such set, quoted, with the cheapest ways out.

A deletion filter on the literals of the barriers. What nobody can waive (law, what the system does) is tried last, so
that it stays in the set only where the waivable ones alone would not clash.
"""

import msgspec

from archsmith.decide.ground import Ground
from archsmith.decide.option import Ban, Barrier, Space
from archsmith.decide.program import build
from archsmith.decide.relax import Way, way, without
from archsmith.decide.settle import Settled, attempt, settle
from archsmith.decide.solver import Solver
from archsmith.decide.worlds import worlds
from archsmith.kernel.ids import RequirementId
from archsmith.kernel.provenance import Span, Stated
from archsmith.model.decisions import Clash, Cut
from archsmith.model.requirements import Requirements

_AT_ONCE = 5
"""Barriers that are tried away together: most are in no clash."""
_DEEPEST = 4
"""Clashes that lie behind one another and are untied for one way out."""


def explain(
    space: Space, ground: Ground, requirements: Requirements, cuts: tuple[Cut, ...]
) -> tuple[Settled, Clash] | None:
    """The design that violates least, and the smallest clashing set. Call only where `settle` found nothing.

    None where no rule is to blame: the load itself is beyond what the catalogue has.
    """
    if not any_design(ground, space, cuts):
        return None
    core = smallest(space, ground, cuts)
    barriers = _barriers(space)
    ways = [w for name in core if barriers[name].waivable if (w := _untied(space, ground, cuts, name))]
    if not ways:
        left = space
        while core:  # nobody can waive it: what clashes is left out, one set after the other
            left = without(left, core)
            found = settle(left, ground, cuts)
            if found:
                return _gave_way(found, core), _clash(barriers, requirements, core, ())
            core = smallest(left, ground, cuts)
        return None
    taken = min(ways, key=lambda w: (w.excess, w.names))
    ways.sort(key=lambda w: (w.settled.outcome.objective, w.names))
    told = tuple(f"{w.words}{' (so in this design)' if w is taken and len(ways) > 1 else ''}" for w in ways)
    return _gave_way(taken.settled, taken.names), _clash(barriers, requirements, core, told)


def any_design(ground: Ground, space: Space, cuts: tuple[Cut, ...]) -> bool:
    """Whether there is a design at all, if no rule had to be kept."""
    return attempt(space, ground, cuts, frozenset(r.because.name for r in space.rules)) is not None


def _gave_way(found: Settled, names: list[str]) -> Settled:
    return msgspec.structs.replace(found, gave_way=tuple(dict.fromkeys((*names, *found.gave_way))))


def _barriers(space: Space) -> dict[str, Barrier]:
    """The first barrier of each name."""
    found: dict[str, Barrier] = {}
    for rule in space.rules:
        found.setdefault(rule.because.name, rule.because)
    return found


def _untied(space: Space, ground: Ground, cuts: tuple[Cut, ...], name: str) -> Way | None:
    """The way out that waives this one; where other clashes lie behind it, with what else has to be waived."""
    names, barriers = [name], _barriers(space)
    for _ in range(_DEEPEST):
        left = without(space, names)
        if settle(left, ground, cuts):
            return way(space, ground, cuts, names)
        behind = [n for n in smallest(left, ground, cuts) if barriers[n].waivable]
        if not behind:
            return None
        names.append(behind[0])
    return None


def smallest(space: Space, ground: Ground, cuts: tuple[Cut, ...] = ()) -> list[str]:
    """Names that can not be met together, and without any one of them can; empty where all can. Soft ones are no part.

    Deletion filter (Chinneck, Feasibility and Infeasibility in Optimization, 2008, section 2.4), in groups at first.
    """
    soft = frozenset(r.because.name for r in space.rules if r.because.soft)
    hard = without(space, soft)
    programs = [build(w, ground, cuts) for w in worlds(_asked(hard), ground)]
    solvers = [(p.groups, Solver(p)) for p in programs]
    barriers = _barriers(hard)
    kept = sorted({n for p in programs for n in p.groups}, key=lambda n: (not barriers[n].waivable, n))

    def clashes(names: list[str]) -> bool:
        """Whether these alone can't be met together, whatever the number of regions."""
        free = ({v: 0 for n, v in groups.items() if n not in names} for groups, _ in solvers)
        return not any(s.solve(f, cost=False).values is not None for f, (_, s) in zip(free, solvers, strict=True))

    if not clashes(kept):
        return []
    order = list(kept)
    for start in range(0, len(order), _AT_ONCE):
        group = order[start : start + _AT_ONCE]
        fewer = [n for n in kept if n not in group]
        if clashes(fewer):
            kept = fewer
            continue
        for name in group:
            fewer = [n for n in kept if n != name]
            kept = fewer if clashes(fewer) else kept
    return kept


def _asked(space: Space) -> Space:
    """The space without roles of a second region that nothing asks for: they are no way out of a clash."""
    out = {(r.axis, r.key) for r in space.rules if isinstance(r, Ban) and r.because.name == "one_region"}
    return msgspec.structs.replace(space, options=tuple(o for o in space.options if (o.axis, o.key) not in out))


def _clash(barriers: dict[str, Barrier], requirements: Requirements, core: list[str], ways: tuple[str, ...]) -> Clash:
    ids: dict[RequirementId, None] = {}
    for name in core:
        ids.update(dict.fromkeys(barriers[name].requirements))
    asked = [barriers[n].fact for n in core if barriers[n].waivable]
    given = [barriers[n].fact for n in core if not barriers[n].waivable]
    fact = f"no design meets {'all of' if len(asked) > 1 else 'this'}: {'; '.join(asked)}" if asked else ""
    if given:
        fact += f"{', where ' if asked else 'no design is left where '}{' and '.join(given)}"
    return Clash(
        requirements=tuple(ids),
        constraints=tuple(core),
        spans=_spans(requirements, tuple(ids)),
        fact=fact,
        relaxations=ways,
    )


def _spans(requirements: Requirements, ids: tuple[RequirementId, ...]) -> tuple[Span, ...]:
    return tuple(r.why.at for r in requirements.requirements if r.id in ids and isinstance(r.why, Stated))


def overload(requirements: Requirements, ground: Ground, asked: float, carried: float) -> Clash:
    """The clash of a load that nothing in the catalogue carries; `asked` and `carried` in requests a second."""
    ids = ground.demand.binding.get("load", ())
    return Clash(
        requirements=ids,
        constraints=("capacity",),
        spans=_spans(requirements, ids),
        fact=f"{asked:,.0f} requests/s at the peak are more than any design from this catalogue carries",
        relaxations=(f"plan for {carried:,.0f} requests/s at the peak; the design is for that load",),
    )
