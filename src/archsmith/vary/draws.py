"""Draws: other values of all that nobody stated, each within its range, and what follows from them (docs/adr/0018)."""

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from archsmith.formulas.sampling import latin_hypercube
from archsmith.kernel.provenance import Derived, Fact, Given
from archsmith.kernel.units import Count, Ratio
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.uncertain import Draw, VariedKind
from archsmith.model.changes import Scale
from archsmith.model.domain import Derivation
from archsmith.model.requirements import RegimeStatus, Requirements
from archsmith.model.scaled import scaled
from archsmith.model.uncertainty import Uncertain
from archsmith.vary.ranges import Rows, found, moved, way
from archsmith.vary.replay import Replay

DRAWS: Final = 32
"""Each quarter of an input's range holds eight, and a share of them is known to about a sixth."""


Laws = tuple[tuple[tuple[str, ...], bool], ...]
"""Laws, and whether they apply."""


class Draws(Struct, frozen=True):
    """The inputs that vary here, in the order of the catalogue, and the draws."""

    inputs: tuple[Uncertain, ...]
    draws: tuple[Draw, ...]


def draws(requirements: Requirements, derivation: Derivation, catalogue: Catalogue, count: int = DRAWS) -> Draws:
    """`count` sets of values, stratified over the range of each input that was assumed in this derivation.

    Each value is as likely as a triangular distribution over its range says, whose mode is what the design uses; on
    logarithms where the range is above zero, since these are factors: half and twice are equally far away. What an
    input moves moves together. Deterministic.
    """
    world = _World(requirements, derivation, catalogue)
    points = latin_hypercube(count, len(world.inputs))
    return Draws(tuple(shown for _, shown, _ in world.inputs), tuple(world.draw(p) for p in points))


class _World:
    """What a run has to vary, looked up once."""

    def __init__(self, requirements: Requirements, derivation: Derivation, catalogue: Catalogue) -> None:
        self.requirements, self.derivation, self.catalogue = requirements, derivation, catalogue
        self._ruled: dict[Laws, Requirements] = {}
        self.inputs = list(found(requirements, derivation, catalogue))
        members = [(place, m) for place, (_, _, those) in enumerate(self.inputs) for m in those]
        self.sources = [(place, m) for place, m in members if not m.table]
        self.rows = Rows(((place, m) for place, m in members if m.table), catalogue)
        self.replay = Replay(derivation, frozenset(m.name for _, m in self.sources))

    def draw(self, shares: tuple[float, ...]) -> Draw:
        """What a stage sees where each input has the value below which this share of its distribution lies."""
        ways = [way(s, i.low, i.base, i.high) for s, (_, i, _) in zip(shares, self.inputs, strict=True)]
        factors = {m.name: m.moved(ways[place]) / m.base for place, m in self.sources}
        now = _staffed(self.replay.under(factors.get), self.derivation)
        values: dict[str, float] = {}
        laws: Laws = ()
        for (row, shown, _), share, along in zip(self.inputs, shares, ways, strict=True):
            match row.kind:
                case VariedKind.PLACE:
                    place = min(int(share * len(row.of)), len(row.of) - 1)
                    values[row.id], now = float(place), _placed(now, row.of[place])
                case VariedKind.LAW:
                    values[row.id] = float(share > 1 - shown.base)
                    laws += ((row.of, values[row.id] > 0),)
                case _:
                    values[row.id] = moved(along, shown.low, shown.base, shown.high)
                    now = _grown(now, values[row.id]) if row.kind is VariedKind.LOAD else now
        return Draw(values, self._under(laws), now, self.catalogue.changed(self.rows.under(ways)))

    def _under(self, laws: Laws) -> Requirements:
        """The requirements where laws apply or do not: the same object each time, so that its words are read once."""
        if laws not in self._ruled:
            needs = self.requirements
            for of, applies in laws:
                needs = _ruled(needs, of, applies=applies)
            self._ruled[laws] = needs
        return self._ruled[laws]


def _grown(derivation: Derivation, factor: float) -> Derivation:
    """All traffic and all data, times a factor."""
    return scaled(derivation, tuple(Scale(lever=lever, factor=Ratio(factor)) for lever in ("traffic", "storage")))


def _staffed(changed: Derivation, before: Derivation) -> Derivation:
    """Teams of up to eight, where their number follows from that of the engineers."""
    now, teams = changed.targets, before.targets.teams
    if now.team.value == before.targets.team.value or not isinstance(teams.why, Derived):
        return changed
    many = Fact(value=Count(max(1.0, round(now.team.value / 8))), why=teams.why)
    return replace(changed, targets=replace(now, teams=many))


def _placed(derivation: Derivation, place: str) -> Derivation:
    """As if the question for the place were answered."""
    why = Given(file="", key="question/place")
    return replace(derivation, targets=replace(derivation.targets, regions=(Fact(value=place, why=why),)))


def _ruled(requirements: Requirements, laws: tuple[str, ...], *, applies: bool) -> Requirements:
    status = RegimeStatus.REQUIRED if applies else RegimeStatus.EXCLUDED
    regimes = tuple(replace(r, status=status) if r.id.upper() in laws else r for r in requirements.regimes)
    return replace(requirements, regimes=regimes)
