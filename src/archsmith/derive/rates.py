"""The rate of every operation, average and peak: stated ones first, then what follows from them, then the rest."""

from typing import Final

from archsmith.derive.actors import SYSTEM
from archsmith.derive.attach import Carriers, is_browsing
from archsmith.derive.devices import is_device
from archsmith.derive.drafts import OperationDraft
from archsmith.derive.loads import Loads
from archsmith.derive.lore import Lore
from archsmith.derive.pools import Rate, of_people, peak_of, staff, visitors
from archsmith.derive.product import Product
from archsmith.derive.requests import peak_factor
from archsmith.derive.schedules import interval
from archsmith.derive.shares import Shares, is_seldom
from archsmith.derive.words import phrase, plural
from archsmith.kernel.ids import EntityId, OperationId
from archsmith.kernel.provenance import Assumed
from archsmith.kernel.units import DAY
from archsmith.knowledge.naming import Naming
from archsmith.model.base import Figure
from archsmith.model.domain import LOOKS, Access
from archsmith.model.requirements import OperationKind

_FEW: Final = 20.0
"""A group of actors that many times smaller than the users has a pool of requests of its own."""
_NO_BATCH: Final = 1 / 60
"""What runs more often than once a minute is no batch, whatever its verb suggests; events a second."""
_EVERY: Final = ("each", "every", "all", "any", "per", "for each single", "every single")
_RESULTS: Final = frozenset("verdict score result prediction classification evaluation rating".split())
"""What is worked out for each single reading."""
_HUMAN: Final = frozenset({OperationKind.COMMAND, OperationKind.QUERY})


class Rates:
    """Works out the rates; each operation gets exactly one."""

    def __init__(self, loads: Loads, people: Figure, at_once: Figure, product: Product, lore: Lore) -> None:
        self.loads = loads
        self.people = people
        self.at_once = at_once
        self.product = product
        self.lore = lore
        self.of: dict[OperationId, Rate] = {}
        self._naming = Naming(lore.catalogue)
        self._made: dict[EntityId, Rate] = {}
        self._told: set[OperationId] = set()

    def work_out(self) -> None:
        """Fills `of` for all operations of the world."""
        self._stated()
        operations = list(self.loads.world.operations.values())
        for operation in operations:
            if operation.kind is OperationKind.BATCH and operation.id not in self.of:
                self._scheduled(operation)
        for _ in range(2):
            for operation in operations:
                if operation.id not in self.of:
                    self._followed(operation)
        self._browsed([o for o in operations if o.id not in self.of])

    def _stated(self) -> None:
        factor = peak_factor(self.loads, self.product, self.lore)
        taken: set[str] = set()
        carriers = Carriers(self.loads.world, self.product, self.lore)
        loads = sorted(
            self.loads.found.values(),
            key=lambda ld: (not ld.operation, is_browsing(ld.noun), -len(ld.noun.split(" ")), ld.noun),
        )
        for load in loads:
            if load.job or (is_browsing(load.noun) and load.noun not in self.loads.world.names):
                continue
            operation = carriers.of(load, taken)
            peak = peak_of(self.loads, load.noun, factor)
            if operation is not None:
                taken.add(operation.id)
                self.loads.carried.add(load.noun)
                if operation.kind is OperationKind.BATCH and load.average.value > _NO_BATCH:
                    operation.kind = OperationKind.STREAM
                    reading = self.loads.world.entities[operation.entity].kin == "reading"
                    operation.access = (
                        Access.APPEND if operation.access is Access.COMPUTE or reading else operation.access
                    )
                self._told.add(operation.id)
                made = not self.loads.changes(load)
                if made and self.loads.world.names.get(load.noun) == operation.entity:
                    self._made.setdefault(operation.entity, Rate(load.average, peak))
                self._set(operation, Rate(load.average, peak))

    def _set(self, operation: OperationDraft, rate: Rate) -> None:
        self.of[operation.id] = rate
        making = operation.access in (Access.CREATE, Access.APPEND) and operation.kind is not OperationKind.BATCH
        if making and operation.entity not in self._made:
            self._made[operation.entity] = rate

    def _scheduled(self, operation: OperationDraft) -> None:
        """A job runs at its interval; daily where the brief names none."""
        said = interval(self.loads.context.around(operation.why) or operation.text)
        daily = Assumed(reason="the brief names no interval: most such jobs run once a day", source="derive/rates")
        why = operation.why if said else daily
        every = self.loads.ledger.state(
            f"{operation.id}_every", f"interval of '{operation.verb} {operation.object}'", said or float(DAY), "s", why
        )
        run = self.loads.ledger.ratio(
            f"{operation.id}_rate",
            f"runs of '{operation.verb} {operation.object}' per second",
            "per second",
            "1 / interval",
            (1.0,),
            (every,),
        )
        self._set(operation, Rate(run, run))

    def _followed(self, operation: OperationDraft) -> None:
        """What happens once (or seldom, or n times) for each thing that is made at a known rate."""
        if operation.access in LOOKS:
            return
        base, times, rule = self._base(operation)
        if base is None:
            return
        ledger, name = self.loads.ledger, f"{operation.verb} {operation.object}"
        factors: tuple[Figure | float, ...] = ()
        if self._is_inside(operation):
            factors, rule = (self.lore.assume(ledger, "again_share"),), "the rest is part of taking it in"
        elif times is not None:
            factors = (times,)
        elif is_seldom(operation, self._naming):
            factors = (self.lore.assume(ledger, "cancel_share"),)
        elif operation.access is Access.UPDATE:
            factors = (self.lore.assume(ledger, "update_share"),)
        self._set(
            operation,
            Rate(
                ledger.ratio(
                    f"{operation.id}_rate", f"average '{name}' per second", "per second", rule, (base.average, *factors)
                ),
                ledger.ratio(
                    f"{operation.id}_peak", f"peak '{name}' per second", "per second", rule, (base.peak, *factors)
                ),
            ),
        )

    def _is_inside(self, operation: OperationDraft) -> bool:
        """Accepting, checking and storing a reading is one request: it counts with the operation that takes it in."""
        entity = self.loads.world.entities[operation.entity]
        machine = operation.actor == SYSTEM.id or is_device(phrase(self.loads.world.actors[operation.actor].name))
        taken = any(o.entity == entity.id and o.id in self._told for o in self.loads.world.operations.values())
        return machine and taken and entity.kin == "reading" and operation.access is not Access.NOTIFY

    def _base(self, operation: OperationDraft) -> tuple[Rate | None, Figure | None, str]:
        world = self.loads.world
        entity = world.entities[operation.entity]
        if entity.id in self._made:
            own = None if self._made_by_others(operation) else self._made[entity.id]
            return own, None, "once for each made"
        if entity.kin in ("rule", "site") or (operation.access is Access.CREATE and entity.person):
            return None, None, ""
        followed = []
        for relation in entity.relations:
            whole = world.entities[relation.target]
            automatic = self._for_every(operation, whole.aliases) and entity.kin != "message"
            follows = whole.kin != "site" and not whole.person and (whole.kin != "reading" or automatic)
            if whole.id in self._made and follows:
                followed.append(whole)
        if followed:
            named = [w for w in followed if w.kin != "reading"] or followed
            of = named[0] if named[0].kin != "reading" else min(named, key=lambda w: self._made[w.id].average.value)
            return self._made[of.id], self._each(entity.name, of.name), "n for each whole"
        for other in self.loads.world.entities.values():
            part = other.id in self._made and other.kin != "reading" and other.reference(entity.id) is not None
            moved = operation.access in (Access.TRANSITION, Access.NOTIFY)
            if part and moved and not entity.person and entity.kin != "site":
                return self._made[other.id], None, "once for each part made"
        if operation.access is Access.NOTIFY and self._made:
            flows = {o.entity for o in world.operations.values() if o.kind is OperationKind.STREAM}
            human = [
                r
                for e, r in self._made.items()
                if world.entities[e].kin not in ("reading", "aggregate") and e not in flows
            ]
            if human:
                return max(human, key=lambda r: r.average.value), None, "once for each deed"
        return None, None, ""

    def _made_by_others(self, operation: OperationDraft) -> bool:
        """A host does not enter a desk each time that a member books one: the one deed is stated, the other not."""
        told = (o for o in self.loads.world.operations.values() if o.id in self._told and o.entity == operation.entity)
        actors = {o.actor for o in told if o.access is Access.CREATE}
        creates = operation.access is Access.CREATE and operation.kind in _HUMAN and operation.actor != SYSTEM.id
        return creates and bool(actors) and actors.isdisjoint((operation.actor, SYSTEM.id))

    def _for_every(self, operation: OperationDraft, names: set[str]) -> bool:
        """Whether the system does it for each single reading: `a verdict for every click`, and not for a few."""
        if operation.actor != SYSTEM.id or operation.access is not Access.CREATE:
            return False
        if operation.object.rpartition(" ")[2] in _RESULTS:
            return True
        text = f"{self.loads.context.around(operation.why)} {operation.text}"
        return any(f"{mark} {form}" in text for mark in _EVERY for name in names for form in (name, plural(name)))

    def _each(self, part: str, whole: str) -> Figure | None:
        for q in self.loads.numbers:
            if q.per and q.noun.split(" ")[-1] == part.split(" ")[-1] and q.per.split(" ")[-1] == whole.split(" ")[-1]:
                return self.loads.ledger.state(q.number.id, f"{part} per {whole}", q.value, "ratio", q.number.why)
        return None

    def _browsed(self, rest: list[OperationDraft]) -> None:
        """What is left is spread over the visits: a pool of requests, divided by how often each is used."""
        inside = [o for o in rest if self._is_staff(o)]
        public = [o for o in rest if o not in inside]
        if public:
            public = self._apart(public)
        if public:
            self._spread(public, self._visitors())
        elif any(is_browsing(noun) and noun not in self.loads.carried for noun in self.loads.found):
            self._carry(self._visitors())
        if inside:
            self._spread(inside, staff(self.loads, tuple(dict.fromkeys(o.actor for o in inside)), self.lore))

    def _apart(self, operations: list[OperationDraft]) -> list[OperationDraft]:
        """Rates those of actors who are counted and few beside the users: 2,400 publishers do not click like 61 million
        subscribers. Returns the others."""
        world, people = self.loads.world, self.loads.people
        rest = list(operations)
        if people.active() is not None or any(is_browsing(noun) for noun in self.loads.found):
            return rest
        for actor in dict.fromkeys(o.actor for o in operations):
            count = people.of(phrase(world.actors[actor].name))
            if count is None or count.value * _FEW > self.people.value:
                continue
            own = [o for o in rest if o.actor == actor]
            rest = [o for o in rest if o.actor != actor]
            self._spread(own, of_people(actor, count, self.loads, self.product, self.lore))
        return rest

    def _visitors(self) -> Rate:
        asked = tuple(
            self.of[o.id].peak
            for o in self.loads.world.operations.values()
            if o.id in self._told and o.access in LOOKS and not self._is_staff(o)
        )
        return visitors(self.loads, self.deeds(), asked, self.people, self.at_once, self.product, self.lore)

    def _carry(self, pool: Rate) -> None:
        """Stated requests that no operation is left for: the busiest query serves them."""
        rated = [
            o for o in self.loads.world.operations.values() if o.id in self.of and o.kind is not OperationKind.BATCH
        ]
        queries = [o for o in rated if o.access in LOOKS] or rated
        if queries:
            busiest = max(queries, key=lambda o: self.of[o.id].average.value)
            if self.of[busiest.id].average.value < pool.average.value:
                self.of[busiest.id] = pool

    def _is_staff(self, operation: OperationDraft) -> bool:
        actor = self.loads.world.actors[operation.actor]
        mixed = any(not a.internal for a in self.loads.world.actors.values())
        return mixed and (actor.internal or operation.actor == SYSTEM.id)

    def _spread(self, operations: list[OperationDraft], pool: Rate) -> None:
        ledger = self.loads.ledger
        shares = Shares(self.product, self.lore)
        looking = not all(self._is_staff(o) for o in operations)
        for operation, part in zip(operations, shares.of(operations, looking=looking), strict=True):
            name = f"{operation.verb} {operation.object}"
            share = ledger.assume(
                f"{operation.id}_share",
                f"share of '{name}' in the requests",
                part,
                "ratio",
                reason=shares.reason(operation),
                source=shares.source(operation),
            )
            self._set(
                operation,
                Rate(
                    ledger.ratio(
                        f"{operation.id}_rate", f"average '{name}' rps", "rps", "pool x share", (pool.average, share)
                    ),
                    ledger.ratio(
                        f"{operation.id}_peak", f"peak '{name}' rps", "rps", "pool x share", (pool.peak, share)
                    ),
                ),
            )

    def deeds(self, *, inside: bool = False) -> list[Rate]:
        """Rates of what people do at a stated rate: commands by persons, not devices and not the system itself."""
        world = self.loads.world
        found: dict[str, Rate] = {}
        for operation in world.operations.values():
            rate = self.of.get(operation.id)
            human = operation.kind in _HUMAN and operation.actor != SYSTEM.id
            outside = inside or not world.actors[operation.actor].internal
            deed = operation.access is Access.CREATE and operation.id in self._told
            kin = world.entities[operation.entity].kin
            if rate is not None and human and outside and deed and kin not in ("reading", "file"):
                found[rate.average.id] = rate
        return list(found.values())
