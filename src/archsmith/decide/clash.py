"""Requirements that can't be met together: the smallest such set, quoted, with the cheapest ways out."""

import msgspec

from archsmith.decide.ground import Ground
from archsmith.decide.option import Ban, Ceiling, Space, rent
from archsmith.decide.program import build
from archsmith.decide.settle import Settled, attempt
from archsmith.decide.solver import Solver
from archsmith.decide.totals import ops_hours
from archsmith.decide.worlds import worlds
from archsmith.kernel.ids import RequirementId
from archsmith.kernel.provenance import Span, Stated
from archsmith.model.decisions import Clash, Cut
from archsmith.model.requirements import Requirements

_LAST = ("one_region", "own_site", "redundancy", "sign_in", "masses", "streams", "cold_starts")
"""Barriers that are no wishes but facts: they are never relaxed."""


_AT_ONCE = 5
"""Barriers that are tried away together: most are in no clash."""


def explain(
    space: Space, ground: Ground, requirements: Requirements, cuts: tuple[Cut, ...]
) -> tuple[Settled, Clash] | None:
    """The design that violates least, and the smallest clashing set. Call only where `settle` found nothing.

    None where no rule is to blame: the load itself is beyond what the catalogue has.
    """
    soft = frozenset(r.because.name for r in space.rules if r.because.soft)
    names = sorted({r.because.name for r in space.rules} - soft)
    core = _smallest(space, ground, cuts, names, soft)
    ways = []
    for name in core:
        if name in _LAST:
            continue
        found = attempt(space, ground, cuts, frozenset({name}), gave_way=(name,)) or attempt(
            space, ground, cuts, soft | {name}, gave_way=(name,)
        )
        if found:
            ways.append((_excess(space, found, name), name, found))
    if not ways:
        wishes = frozenset(n for n in names if n not in _LAST)
        found = attempt(space, ground, cuts, frozenset(core), gave_way=tuple(core)) or attempt(
            space, ground, cuts, soft | set(core) | wishes, gave_way=tuple(core)
        )
        if found is None:
            return None
        return found, _clash(space, ground, requirements, core, ())
    ways.sort(key=lambda w: (w[0], w[1]))
    relaxations = tuple(_relaxation(space, found, name) for _, name, found in ways)
    return ways[0][2], _clash(space, ground, requirements, core, relaxations)


def _smallest(space: Space, ground: Ground, cuts: tuple[Cut, ...], names: list[str], soft: frozenset[str]) -> list[str]:
    """Deletion filter: what is left can not be met together, and without any one of it can. Facts are tried last."""
    hard = msgspec.structs.replace(space, rules=tuple(r for r in space.rules if r.because.name not in soft))
    programs = [build(w, ground, cuts) for w in worlds(_asked(hard), ground)]
    solvers = [(p.groups, Solver(p)) for p in programs]
    kept = [n for n in names if any(n in p.groups for p in programs)]

    def without(names: list[str]) -> list[str] | None:
        """What is left after these, where it still can't be met together, whatever the number of regions."""
        fewer = [n for n in kept if n not in names]
        free = ({v: 0 for n, v in groups.items() if n not in fewer} for groups, _ in solvers)
        fits = any(s.solve(f, cost=False).values is not None for f, (_, s) in zip(free, solvers, strict=True))
        return None if fits else fewer

    order = sorted(kept, key=lambda n: (n not in _LAST, n))
    for start in range(0, len(order), _AT_ONCE):
        group = order[start : start + _AT_ONCE]
        left = without(group)
        if left is not None:
            kept = left
            continue
        for name in group:
            kept = without([name]) or kept
    return kept


def _asked(space: Space) -> Space:
    """The space without roles of a second region that nothing asks for: they are no way out of a clash."""
    out = {(r.axis, r.key) for r in space.rules if isinstance(r, Ban) and r.because.name == "one_region"}
    return msgspec.structs.replace(space, options=tuple(o for o in space.options if (o.axis, o.key) not in out))


def _sums(found: Settled) -> dict[str, float]:
    chosen = found.chosen.values()
    return {
        "infra": sum(o.infra for o in chosen) + rent(found.chosen["compute"], found.counts),
        "down": sum(o.down for o in chosen),
        "ops": ops_hours(found),
    }


def _excess(space: Space, found: Settled, name: str) -> float:
    """By what share a relaxed ceiling is exceeded; 1 for what is not a ceiling."""
    for rule in space.rules:
        if isinstance(rule, Ceiling) and rule.because.name == name:
            return max(0.0, _sums(found)[rule.what] / max(rule.most, 1e-9) - 1)
    return 1.0


def _relaxation(space: Space, found: Settled, name: str) -> str:
    for rule in space.rules:
        if rule.because.name != name:
            continue
        if isinstance(rule, Ceiling) and rule.because.relaxation:
            value = _sums(found)[rule.what]
            return rule.because.relaxation.format(value=1 - value if rule.what == "down" else value)
        return f"give up: {rule.because.fact}"
    return f"give up: {name}"


def _clash(space: Space, ground: Ground, requirements: Requirements, core: list[str], ways: tuple[str, ...]) -> Clash:
    facts: dict[str, str] = {}
    ids: dict[RequirementId, None] = {}
    for rule in space.rules:
        if rule.because.name in core:
            facts.setdefault(rule.because.name, rule.because.fact)
            ids.update(dict.fromkeys(rule.because.requirements))
    spans: list[Span] = [r.why.at for r in requirements.requirements if r.id in ids and isinstance(r.why, Stated)]
    return Clash(
        requirements=tuple(ids),
        constraints=tuple(core),
        spans=tuple(spans),
        fact="no design meets all of: " + "; ".join(facts.values()),
        relaxations=ways,
    )


def overload(requirements: Requirements, ground: Ground, asked: float, carried: float) -> Clash:
    """The clash of a load that nothing in the catalogue carries; `asked` and `carried` in requests a second."""
    ids = ground.demand.binding.get("load", ())
    spans = tuple(r.why.at for r in requirements.requirements if r.id in ids and isinstance(r.why, Stated))
    return Clash(
        requirements=ids,
        constraints=("capacity",),
        spans=spans,
        fact=f"{asked:,.0f} requests/s at the peak are more than any design from this catalogue carries",
        relaxations=(f"plan for {carried:,.0f} requests/s at the peak; the design is for that load",),
    )
