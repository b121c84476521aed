"""What became of the technologies that the brief names, and what obeying costs: each priced by a solve without it."""

import msgspec

from archsmith.decide.barred import Case, named
from archsmith.decide.constraints.wishes import leading, meant
from archsmith.decide.ground import Ground
from archsmith.decide.program import CENT
from archsmith.decide.settle import Settled, attempt
from archsmith.kernel.ids import DecisionId, OptionId, TechId
from archsmith.kernel.phrases import listed, money
from archsmith.kernel.units import UsdPerMonth
from archsmith.model.decisions import Cut, Decision, Wished
from archsmith.model.requirements import Stance, TechnologyWish

_SOLVES = 4
"""Demands and bans that are priced; a brief seldom has more, and each takes a solve."""
_ASKED = (Stance.MUST_USE, Stance.PREFER, Stance.MUST_NOT_USE)


def priced(decisions: tuple[Decision, ...], wishes: tuple[Wished, ...]) -> tuple[Decision, ...]:
    """The decisions, those that obey a demand or a ban with what it costs."""
    facts: dict[DecisionId, list[str]] = {}
    for wish in wishes:
        if wish.decision and wish.obeyed and wish.month:
            facts.setdefault(wish.decision, []).append(f" {wish.fact}.")
    return tuple(
        msgspec.structs.replace(d, reason=d.reason + "".join(facts[d.id])) if d.id in facts else d for d in decisions
    )


Argument = dict[str, dict[OptionId, Case]]


class Wishes:
    """Prices wishes against one settled design."""

    def __init__(
        self,
        settled: Settled,
        ground: Ground,
        argument: Argument,
        ids: dict[str, DecisionId],
        cuts: tuple[Cut, ...],
    ) -> None:
        """`argument`: the losers by axis; `ids`: the decisions by axis."""
        self.settled, self.ground, self.argument, self.ids, self.cuts = settled, ground, argument, ids, cuts
        self.barriers = {r.because.name for r in settled.whole.rules}
        self.now = settled.outcome.objective / (CENT * 100)
        self.left = _SOLVES

    def all(self) -> tuple[Wished, ...]:
        """One for each technology that is demanded, preferred or ruled out, in the order of the brief."""
        asked = [w for w in self.ground.wishes if w.stance in _ASKED]
        return tuple(self._one(w) for w in {(w.name.lower(), w.stance): w for w in reversed(asked)}.values())[::-1]

    def _one(self, wish: TechnologyWish) -> Wished:
        options = self.settled.whole.options
        tech = meant(self.ground, options, wish.tech)[0] if wish.tech else None
        name = wish.name if tech == wish.tech or not tech else f"{wish.name} (as {self.ground.tech(tech).name})"
        if wish.stance is Stance.MUST_NOT_USE:
            obeyed, month, fact = self._ruled_out(wish)
        elif tech is None:
            obeyed, month, fact = False, None, f"the catalogue has no {wish.name}"
        elif wish.stance is Stance.PREFER:
            obeyed, month, fact = self._preferred(name, tech)
        else:
            obeyed, month, fact = self._demanded(name, tech)
        axes = leading(options, tech) if tech else ()
        here = [a for a in axes if self.settled.chosen[a].tech == tech] or list(axes)
        return Wished(
            name=wish.name,
            tech=wish.tech,
            stance=wish.stance,
            obeyed=obeyed,
            month=None if month is None else UsdPerMonth(round(month, 2)),
            fact=fact,
            decision=next((self.ids[a] for a in here if a in self.ids), None),
            why=wish.why,
        )

    def _stands(self, tech: str) -> bool:
        return any(o.tech == tech for o in self.settled.chosen.values())

    def _without(self, barrier: str) -> Settled | None:
        """The best design if a demand or a ban had not been made."""
        if self.left == 0:
            return None
        self.left -= 1
        waived = frozenset({barrier, *self.settled.gave_way})
        return attempt(self.settled.whole, self.ground, self.cuts, waived, known=self.settled.chosen)

    def _more(self, other: Settled) -> float:
        return max(0.0, self.now - other.outcome.objective / (CENT * 100))

    def _demanded(self, name: str, tech: TechId) -> tuple[bool, float | None, str]:
        axes = leading(self.settled.whole.options, tech)
        if not axes:
            return False, None, f"nothing in this system has work for {name}, or none of the providers left offers it"
        held = [b for b in sorted(self.barriers) if b.startswith("demanded.") and tech in b[9:].split("+")]
        if not self._stands(tech):  # in a clash the rule that gave way is no rule of the space any more
            others = listed(named(self.settled.chosen[a]) for a in axes)
            why = f"{others} is demanded too" if held else "it can't be together with what else is demanded"
            return False, None, f"{name} is not used: {why}"
        other = self._without(held[0]) if held else None
        if other is None:
            return True, None, f"{name} is used because the brief demands it"
        month = self._more(other)
        instead = listed(named(other.chosen[a]) for a in axes if other.chosen[a].tech != tech)
        if month < 0.5 or instead == "none":
            return True, 0.0, f"{name} is the cheapest choice anyway"
        return True, month, f"{name} costs {money(month)} a month more than {instead}"

    def _preferred(self, name: str, tech: TechId) -> tuple[bool, float | None, str]:
        if self._stands(tech):
            return True, 0.0, f"{name} is chosen"
        axes = leading(self.settled.whole.options, tech)
        cases = [c for a in axes for c in self.argument.get(a, {}).values() if c.option.tech == tech]
        possible = sorted((c.extra, c.option.axis) for c in cases if c.extra is not None)
        if possible:
            month, axis = possible[0]
            mine = named(self.settled.chosen[axis])
            return False, month, f"{name} would cost {money(month)} a month more than {mine}"
        if cases:
            return False, None, f"{name} is not possible: {cases[0].reason}"
        return False, None, f"nothing in this system has work for {name}"

    def _ruled_out(self, wish: TechnologyWish) -> tuple[bool, float | None, str]:
        barrier = f"forbidden.{wish.tech}"
        if barrier in self.settled.gave_way and wish.tech and self._stands(wish.tech):
            return False, None, f"{wish.name} is used: without it other limits can't be met"
        other = self._without(barrier) if barrier in self.barriers else None
        if other is None or not any(o.tech == wish.tech for o in other.chosen.values()):
            return True, 0.0 if other else None, f"{wish.name} is not used, and would not be chosen anyway"
        month = self._more(other)
        axis = next(a for a, o in other.chosen.items() if o.tech == wish.tech)
        mine = named(self.settled.chosen[axis])
        return True, month, f"{mine} in place of {wish.name} costs {money(month)} a month more"
