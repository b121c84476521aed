"""What all dimensions stand on: demand, knowledge, the candidate providers with their regions, and small helpers."""

from collections.abc import Container

from archsmith.decide import signals
from archsmith.decide.demand import Demand
from archsmith.formulas.cost import Tier, tiered_cost
from archsmith.kernel.ids import OptionId, TechId
from archsmith.kernel.units import Count, Usd, UsdPerMonth
from archsmith.knowledge import pricing
from archsmith.knowledge.billing import follows_region
from archsmith.knowledge.capacity import CAPACITY
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.instances import PROVIDERS, REGIONS, Instance, Provider, Region, family
from archsmith.knowledge.prices import PROMISES
from archsmith.knowledge.resilience import RESILIENCE
from archsmith.knowledge.technologies import TECHNOLOGIES, Effort, Technology
from archsmith.knowledge.tradeoffs import TRADEOFFS
from archsmith.model.decisions import Loser, LossKind
from archsmith.model.requirements import Requirements, Stance


class Ground:
    """Read-only context of one run: every figure that a dimension uses is asked for here."""

    def __init__(
        self,
        demand: Demand,
        requirements: Requirements,
        catalogue: Catalogue,
        strain: dict[str, float] | None = None,
        only: Container[str] | None = None,
        sized: Container[str] | None = None,
    ) -> None:
        """Chooses for each provider the cheapest region that satisfies residency, near the users where that is free.

        `strain`: by element, how many times more than the linear model's load the exact evaluation found. `only`: the
        providers that are looked at, where not all are; `sized`: the hostings and platforms whose sizes are.
        """
        self.demand = demand
        self._rents: dict[str, float] = {}
        self._tiers: dict[str, tuple[Tier, ...]] = {}
        self.strain = strain or {}
        self.sized = sized
        self.catalogue = catalogue
        self._capacity, self._figures = catalogue.table(CAPACITY), catalogue.table(TRADEOFFS)
        self.techs = catalogue.table(TECHNOLOGIES)
        providers = catalogue.table(PROVIDERS)
        self.providers: dict[str, Provider] = {i: p for i, p in providers.items() if only is None or i in only}
        self.region: dict[str, Region] = {}
        self.second: dict[str, Region | None] = {}
        known = catalogue.table(REGIONS)
        wishes = (*requirements.technologies, *requirements.must_use, *requirements.must_not_use)
        self.wishes, self.requirements = wishes, requirements
        self.named_regions = frozenset(signals.regions(requirements, known.values(), self._names))
        for ident in self.providers:
            rows = [r for r in known.values() if r.provider == ident]
            self.region[ident] = min(rows, key=self._distance)
            self.second[ident] = self._second(self.region[ident], rows)
        there = {w.tech for w in wishes if w.tech and w.stance in (Stance.EXISTING, Stance.PREFER)}
        self.existing = frozenset(t for t in there if not self._left(t))
        self.preferred = frozenset(w.tech for w in wishes if w.tech and w.stance is Stance.PREFER)
        self.wanted = frozenset(w.tech for w in wishes if w.tech and w.stance is Stance.MUST_USE)
        code = {s for t in self.techs.values() if t.category in ("language", "framework") for s in (*t.skills, t.id)}
        self._code = frozenset(demand.skills) & code
        self._rest = frozenset(demand.skills) - code
        self.unwanted = frozenset(w.tech for w in wishes if w.tech and w.stance is Stance.MUST_NOT_USE)

    def _left(self, tech: str) -> bool:
        """Whether it is the language of an older system only, where the team names others as its own."""
        row = self.techs.get(TechId(tech))
        if row is None or row.category != "language" or not self.demand.skills:
            return False
        words = {s for t in self.techs.values() if t.category == "language" for s in (*t.skills, t.id)}
        own = words & set(self.demand.skills)
        return bool(own) and not own & {*row.skills, row.id}

    def _distance(self, region: Region) -> tuple[int, int, float]:
        places, near = self.demand.places, self.demand.near
        other = int(region.id not in self.named_regions)
        if places:
            return (0 if set(places) & set(region.places) else 1, other, region.factor)
        return (other, 0 if not near or set(near) & set(region.places) else 1, region.factor)

    def _second(self, first: Region, rows: list[Region]) -> Region | None:
        """Where a second region may be: within the places that data may be in, named, near the first, then cheap."""
        places = set(self.demand.places)
        fits = [r for r in rows if r.id != first.id and (not places or places & set(r.places))]
        shared = set(first.places)
        return min(
            fits,
            key=lambda r: (r.id not in self.named_regions, -len(shared & set(r.places)), r.factor, r.id),
            default=None,
        )

    def fixed_to(self, provider: str) -> bool:
        """Whether the brief ties itself to a provider that is there: it names the region, or says that it stays."""
        names = {self.tech(provider).name, *self._names(provider)}
        coded = signals.codes(self.requirements, (self.region[provider].id,))
        return bool(coded) or signals.stays(self.requirements, sorted(names))

    def _names(self, provider: str) -> set[str]:
        """What the brief calls a provider, in lower case."""
        return {w.name.lower() for w in self.wishes if w.tech == provider}

    def other_regions(self, provider: str, bill: float) -> tuple[Loser, ...]:
        """The provider's other regions: outside the places that data may be in, or further away, or dearer."""
        here, found = self.region[provider], []
        for row in self.catalogue.table(REGIONS).values():
            if row.provider != provider or row.id == here.id:
                continue
            outside = bool(self.demand.places) and not set(self.demand.places) & set(row.places)
            far = bool(self.demand.near) and not set(self.demand.near) & set(row.places)
            if here.id in self.named_regions and not outside:
                fact = f"the brief names {here.id}"
                found.append(
                    Loser(option=OptionId(row.id), label=f"{row.name} ({row.id})", kind=LossKind.VIOLATES, reason=fact)
                )
            elif outside or far:
                fact = (
                    f"data must stay in {', '.join(self.demand.places)}"
                    if outside
                    else "away from the users, each request waits longer"
                )
                found.append(
                    Loser(option=OptionId(row.id), label=f"{row.name} ({row.id})", kind=LossKind.VIOLATES, reason=fact)
                )
            else:
                extra = bill * (row.factor / here.factor - 1)
                found.append(
                    Loser(
                        option=OptionId(row.id),
                        label=f"{row.name} ({row.id})",
                        kind=LossKind.DEARER,
                        extra=UsdPerMonth(round(extra, 2)),
                        reason=f"price factor {row.factor:g} in place of {here.factor:g}",
                    )
                )
        return tuple(sorted(found, key=lambda r: (r.extra is None, r.extra or 0.0)))

    def tech(self, ident: str) -> Technology:
        """The technology with this id."""
        return self.techs[ident]

    def name_of(self, tech: str) -> str:
        """How the brief calls a technology, else the catalogue."""
        said = next((w.name for w in self.wishes if w.tech == tech), "")
        return said or (self.techs[tech].name if tech in self.techs else tech)

    def capacity(self, ident: str) -> float:
        """A capacity coefficient in its unit."""
        return self._capacity[ident].value

    def figure(self, ident: str) -> float:
        """A trade-off figure in its unit."""
        return self._figures[ident].value

    def resilience(self, ident: str) -> float:
        """A parameter of resilience in its unit."""
        return self.catalogue.table(RESILIENCE)[ident].value

    def down(self, promise: str) -> float:
        """Share of time away, 1 - availability."""
        return 1.0 - self.catalogue.table(PROMISES)[promise].value if promise else 0.0

    def factor(self, provider: str) -> float:
        """Price in the chosen region over the list."""
        return self.region[provider].factor if provider in self.region else 1.0

    def month(self, key: str, quantity: float = 1.0, provider: str = "") -> float:
        """USD a month for a price key, in the provider's region."""
        if not key:
            return 0.0
        far = follows_region(pricing.price(self.catalogue, key))
        return pricing.monthly(self.catalogue, key, quantity) * (self.factor(provider) if far else 1.0)

    def dearer_there(self, provider: str) -> float:
        """Price in the second region over that in the first."""
        there = self.second.get(provider)
        return there.factor / self.region[provider].factor if there else 1.0

    def rent(self, instance: Instance) -> float:
        """USD a month for one instance in its provider's region."""
        if instance.id not in self._rents:
            month = pricing.instance_month(self.catalogue, instance)
            self._rents[instance.id] = month * self.factor(instance.provider)
        return self._rents[instance.id]

    def family(self, name: str) -> tuple[Instance, ...]:
        """Instances of a family, smallest first."""
        return family(self.catalogue, name)

    def egress(self, provider: str, gb: float) -> float:
        """USD a month for GB that leave a provider."""
        if provider not in self._tiers:
            rows, factor = pricing.egress_tiers(self.catalogue, provider), self.factor(provider)
            self._tiers[provider] = tuple(Tier(up_to=Count(top), price=Usd(each * factor)) for top, each in rows)
        tiers = self._tiers[provider]
        return float(tiered_cost(Count(max(0.0, gb)), tiers)) if tiers else 0.0

    def knows(self, tech: Technology) -> bool:
        """Whether the team has a skill for it; True where none is needed or none of its field is known of the team."""
        if not tech.skills or tech.id in self.existing:
            return True
        named = {i for i in self.demand.skills if i in self.techs and self.techs[i].category == tech.category}
        if named and tech.id not in named and not tech.language:
            return False  # the team names what it knows of this kind
        field = self._code if tech.category in ("language", "framework") else self._rest
        return not field or bool(field & {*tech.skills, tech.id})

    def learning(self, tech: Technology, figure: str = "learn.heavy_days") -> float:
        """Person-days until the team (at most four of it) knows a technology."""
        return 0.0 if self.knows(tech) else self.figure(figure) * min(self.demand.team, 4)

    def second_language(self, tech: Technology) -> float:
        """Person-days for a language that the team names after another one: known, but not what it is fast in."""
        order = [s for s in self.demand.skills if s in self._code]
        names = {*tech.skills, tech.id}
        if not names & set(order) or order[0] in names:
            return 0.0
        return self.figure("learn.language_days") * 0.25 * min(self.demand.team, 4)

    def switching(self, tech: str, rivals: frozenset[str], figure: str) -> float:
        """Person-days for leaving what is there: zero for what is there, or where nothing of its kind is."""
        there = self.existing & rivals
        return self.figure(figure) if there and tech not in there else 0.0


def hours(effort: Effort | None, share: float = 1.0) -> float:
    """Hours a month of an effort; zero where there is none."""
    return effort.value * share if effort else 0.0
