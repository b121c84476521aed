"""Does the choice stay where what nobody stated is otherwise? In how many draws, what wins else, and what moves it.

Each draw is costed over the pool of weighed designs (`pool`), not solved anew: docs/adr/0018.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from archsmith.decide.barred import named
from archsmith.decide.pool import Pool
from archsmith.decide.run import asks_for_more
from archsmith.decide.worth import worths
from archsmith.formulas.information import rank_correlation
from archsmith.kernel.units import HoursPerMonth, Ratio
from archsmith.knowledge.uncertain import Draw
from archsmith.model.decisions import Cut, Decision, Decisions, Weighed
from archsmith.model.requirements import Question
from archsmith.model.uncertainty import Mover, Robustness, Uncertain

LEAST = 0.3
"""Share of the variance that an input must explain to be named as what moves a choice; chance seldom reaches it."""
APART = 0.4
"""How much likelier the other option must be beyond a value than before it, for the value to be named."""
PROBES = 6
"""Draws in which all designs are costed; after them only those that came near the chosen one."""
NEAR = 0.4
"""What a design costs more at the least, over what it does on average, up to which it may win in another draw."""


class Trials:
    """The pool in each draw, with the chosen design there and the cheapest one."""

    def __init__(self, weighed: Weighed, draws: Sequence[Draw], cuts: tuple[Cut, ...]) -> None:
        """`cuts` as `decide` puts them on a space: without those that only ask for more of something."""
        self.draws = draws
        wider = Pool(draws[0], weighed, cuts, whole=True).wider()
        weighed = replace(weighed, rivals=(*weighed.rivals, *wider))
        self.pools = [Pool(draw, weighed, cuts) for draw in draws[:PROBES]]
        self.kept = [p.repaired() for p in self.pools]
        self.best = [p.best(k) for p, k in zip(self.pools, self.kept, strict=True)]
        left = replace(weighed, rivals=tuple(self._near(weighed)))
        for draw in draws[PROBES:]:
            pool = Pool(draw, left, cuts)
            kept = pool.repaired()
            self.pools.append(pool)
            self.kept.append(kept)
            self.best.append(pool.best(kept))

    def _near(self, weighed: Weighed) -> Iterable[dict[str, str]]:
        """Of each kind the rival that came nearest to the chosen design in a probe, if that was near.

        Near: its least extra is a part of its mean extra only, or it stands where the chosen one can't. A kind: the
        same provider and platform, or else changes of the same axes; what differs by more is found again by the swaps.
        """
        found: dict[tuple[object, ...], tuple[float, dict[str, str]]] = {}
        for rival in weighed.rivals:
            choices = {**weighed.chosen, **rival}
            here = [(f, k) for p, k in zip(self.pools, self.kept, strict=True) if (f := p.cost(choices))]
            extra = [f.total - k.total if k else 0.0 for f, k in here]
            if extra and min(extra) <= NEAR * max(0.0, sum(extra) / len(extra)):
                place = tuple(rival.get(a) for a in ("provider", "platform"))
                kind = place if any(place) else tuple(rival)
                if kind not in found or min(extra) < found[kind][0]:
                    found[kind] = (min(extra), rival)
        return [rival for _, rival in found.values()]


def doubt(
    decisions: Decisions,
    questions: tuple[Question, ...],
    inputs: tuple[Uncertain, ...],
    draws: Sequence[Draw],
) -> tuple[Decisions, tuple[HoursPerMonth, ...]]:
    """The decisions with their robustness over the draws and what answers to open questions are worth; and the hours of
    operations work that the chosen design asks for in each draw (as in the base case where it can't stand).

    Where requirements clash there is no choice to be doubted: only the inputs are put down.
    """
    weighed = decisions.weighed
    if weighed is None or decisions.clash is not None:
        return replace(decisions, uncertain=inputs), (decisions.ops_hours,) * len(draws)
    trials = Trials(weighed, draws, tuple(c for c in decisions.cuts if not asks_for_more(c)))
    axes = {ident: axis for axis, ident in weighed.decisions.items()}
    rows = tuple(
        replace(d, robustness=_robustness(d, axes[d.id], trials, inputs)) if axes.get(d.id) in weighed.chosen else d
        for d in decisions.decisions
    )
    titles = {axes[d.id]: d.title for d in rows if d.id in axes}
    found = worths(questions, trials.pools, trials.best, weighed, titles)
    both = zip(trials.pools, trials.kept, strict=True)
    hours = tuple(HoursPerMonth(p.hours(k)) if k else decisions.ops_hours for p, k in both)
    return replace(decisions, decisions=rows, uncertain=inputs, worths=found), hours


def _robustness(decision: Decision, axis: str, trials: Trials, inputs: tuple[Uncertain, ...]) -> Robustness:
    stays = [None if b is None else b.chosen[axis].id == decision.option for b in trials.best]
    others = Counter(named(b.chosen[axis]) for b, same in zip(trials.best, stays, strict=True) if b and same is False)
    wins = sum(s is True for s in stays)
    none = sum(s is None for s in stays)
    if not others:
        return Robustness(draws=len(stays), wins=wins, none=none)
    rival = max(sorted(others), key=others.__getitem__)
    return Robustness(
        draws=len(stays), wins=wins, none=none, rival=rival, mover=_mover(decision, axis, trials, inputs, stays)
    )


def _mover(
    decision: Decision, axis: str, trials: Trials, inputs: tuple[Uncertain, ...], stays: list[bool | None]
) -> Mover | None:
    """The input that explains most of by how much the chosen option is cheaper than all others."""
    margins = [_margin(pool, axis, decision.option) for pool in trials.pools]
    rows = [(d.values, m, s) for d, m, s in zip(trials.draws, margins, stays, strict=True) if m is not None]
    results, lost = [m for _, m, _ in rows], [s is False for _, _, s in rows]
    found: tuple[float, Uncertain | None] = (LEAST, None)
    for one in inputs:
        share = rank_correlation([values[one.id] for values, _, _ in rows], results) ** 2
        if share > found[0]:
            found = (share, one)
    share, shown = found
    if shown is None:
        return None
    below, above = parted([values[shown.id] for values, _, _ in rows], lost)
    return Mover(
        input=shown.id, what=shown.what, unit=shown.unit, share=Ratio(round(share, 3)), below=below, above=above
    )


def _margin(pool: Pool, axis: str, option: str) -> float | None:
    """What the best design with another option costs more than the best one with this, in a draw."""
    with_it: list[float] = []
    without: list[float] = []
    for found in pool.costed():
        (with_it if found.chosen[axis].id == option else without).append(found.total)
    return min(without) - min(with_it) if with_it and without else None


def parted(values: Sequence[float], lost: Sequence[bool]) -> tuple[float | None, float | None]:
    """The value below which, or else the one above which, most of the lost draws lie and few of the others.

    By the largest difference of the two shares (Youden 1950); neither where it is small, or there are two values only.
    """
    many = sum(lost)
    known = sorted(set(values))
    if len(known) < 3 or not 0 < many < len(lost):
        return None, None
    found: tuple[float, float, bool] = (APART, 0.0, True)
    for low, high in pairwise(known):
        cut = (low + high) / 2
        under = sum(x and v < cut for v, x in zip(values, lost, strict=True)) / many
        kept = sum(not x and v < cut for v, x in zip(values, lost, strict=True)) / (len(lost) - many)
        score = under - kept
        if abs(score) > found[0]:
            found = (abs(score), cut, score > 0)
    score, cut, under_it = found
    if score <= APART:
        return None, None
    cut = float(f"{cut:.2g}")
    return (cut, None) if under_it else (None, cut)
