"""Ways out of a clash: what has to give way, how far at least, and what the cheapest design then costs."""

import math
from collections.abc import Iterable

import msgspec

from archsmith.decide.ground import Ground
from archsmith.decide.optimum import cheapest, prepared
from archsmith.decide.option import Ceiling, Space, rent
from archsmith.decide.program import CENT, SCALE
from archsmith.decide.prune import prune
from archsmith.decide.reduce import reduce
from archsmith.decide.settle import Settled, settle
from archsmith.decide.worlds import worlds
from archsmith.kernel.phrases import listed, money
from archsmith.model.decisions import Cut


class Way(msgspec.Struct, frozen=True):
    """`names` of the barriers that give way, the design that is then the cheapest, and the words for it.

    `excess`: by what share the ceilings are raised; 1 for each barrier that is given up altogether.
    """

    names: list[str]
    words: str
    settled: Settled
    excess: float


def without(space: Space, names: Iterable[str]) -> Space:
    """The space without the rules of these barriers."""
    out = frozenset(names)
    return msgspec.structs.replace(space, rules=tuple(r for r in space.rules if r.because.name not in out))


def way(space: Space, ground: Ground, cuts: tuple[Cut, ...], names: list[str]) -> Way | None:
    """The cheapest design where these give way: ceilings as little as they have to, the others altogether."""
    ceilings = [r for r in space.rules if isinstance(r, Ceiling) and r.because.name in names]
    plain = [n for n in names if n not in {c.because.name for c in ceilings}]
    left, words, excess = without(space, names), [_given_up(space, n) for n in plain], float(len(plain))
    for ceiling in ceilings:
        value = least(left, ground, cuts, ceiling)
        if value is None:
            return None
        said = _rounded(ceiling.what, value)
        left = msgspec.structs.replace(
            left, rules=(*left.rules, msgspec.structs.replace(ceiling, most=said + _HAIR[ceiling.what]))
        )
        words.append(ceiling.because.relaxation.format(value=1 - said if ceiling.what == "down" else said))
        excess += max(0.0, said / max(ceiling.most, 1e-9) - 1)
    found = settle(left, ground, cuts)
    if found is None:
        return None
    chosen = found.chosen
    infra = sum(o.infra for o in chosen.values()) + rent(chosen["compute"], found.counts)
    total = found.outcome.objective / (CENT * 100)
    cost = f": the cheapest design is then {money(total)} a month of ownership, {money(infra)} of it infrastructure"
    return Way(names, listed(words) + cost, found, excess)


def least(space: Space, ground: Ground, cuts: tuple[Cut, ...], ceiling: Ceiling) -> float | None:
    """The least that the sum of a ceiling comes to in any design under the rules of a space; None where none stands."""
    left, _ = prune(without(space, [ceiling.because.name]))
    found: list[int] = []
    for here in worlds(left, ground):
        branching = prepared(reduce(here, ground), ground, ceiling.what)
        best = cheapest(branching, branching.network.start)
        if best:
            found.append(best.objective)
    return min(found) / SCALE[ceiling.what] if found else None


_STEP = {"infra": 1.0, "down": 1e-5, "ops": 1.0, "delay": 1e-3}
"""To what a relaxed ceiling is rounded up before it is said: dollars, thousandths of a percent, hours, milliseconds."""
_HAIR = {"infra": 1e-6, "down": 1e-9, "ops": 1e-6, "delay": 1e-9}


def _rounded(what: str, value: float) -> float:
    """The next step up: what is said is enough."""
    return math.ceil(round(value / _STEP[what], 6)) * _STEP[what]


def _given_up(space: Space, name: str) -> str:
    because = next(r.because for r in space.rules if r.because.name == name)
    return because.relaxation or f"give up that {because.fact}"
