"""Relations with cardinality, and the wholes that own their parts."""

import re
from typing import Final

from archsmith.derive.attributes import sketch_of
from archsmith.derive.commitments import record_of
from archsmith.derive.drafts import EntityDraft, World
from archsmith.derive.holders import called_theirs, vacate
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.quantities import Dim, Quantity
from archsmith.derive.words import phrase
from archsmith.kernel.ids import EntityId
from archsmith.kernel.names import snake
from archsmith.kernel.provenance import Assumed, Derived, Provenance
from archsmith.model.domain import Access, Cardinality, Relation
from archsmith.model.requirements import RelationMention

_PART_KIN: Final = frozenset({"file"})
_PART_WORDS: Final = frozenset(
    "line item position row entry detail photo picture image attachment answer part step".split()
)
_COLLECTIONS: Final = frozenset("map plan overview calendar board chart catalogue catalog directory".split())
"""Last words of what shows many things at once."""
_HOLDERS: Final = frozenset("owner holder keeper author seller buyer host lead manager".split())
_PER: Final = re.compile(r"\b(?:one|a|an|\d+)?\s*per\s+([a-z]+)")


def relate(
    world: World, said: tuple[RelationMention, ...], numbers: tuple[Quantity, ...], product: Product, lore: Lore
) -> None:
    """Draws the relations, strongest evidence first: the brief's own words and numbers, the archetype, the names."""
    _from_words(world, said)
    _from_numbers(world, numbers)
    for draft in world.entities.values():
        _from_name(draft, world)
    _from_deeds(world)
    _from_actors(world)
    for operation in world.operations.values():
        person = called_theirs(operation, world, lore)
        if person is not None:
            why = Derived(rule="called theirs by those who look at it", inputs=(operation.id,))
            _link(world.entities[operation.entity], person, world, why)
    for draft in world.entities.values():
        _from_sketch(draft, world, product)
    for draft in world.entities.values():
        _from_lexicon(draft, world, lore)
    for draft in world.entities.values():
        _from_offer(draft, world, lore)
    for draft in world.entities.values():
        _of_collection(draft, world)
    vacate(world, lore)
    _aggregate(world)


def _from_words(world: World, said: tuple[RelationMention, ...]) -> None:
    """`A clinic has up to 40 rooms`: each room refers to its clinic; where each has the other, many stand with many."""
    pairs = {(r.whole, r.part) for r in said}
    for relation in said:
        part, whole = world.find(relation.part), world.find(relation.whole)
        mutual = (relation.part, relation.whole) in pairs
        if part is None or whole is None or (mutual and relation.part < relation.whole):
            continue
        cardinality = Cardinality.MANY_TO_ONE
        if mutual:
            cardinality = Cardinality.MANY_TO_MANY
        elif relation.single:
            cardinality = Cardinality.ONE_TO_ONE
        owns = part.kin in _PART_KIN or part.name.split(" ")[-1] in _PART_WORDS
        _link(part, whole, world, relation.why, owns=owns, cardinality=cardinality)


def _from_numbers(world: World, numbers: tuple[Quantity, ...]) -> None:
    """`6 photos per article`: the photo refers to the article, and is a part of it where it is a file or a line."""
    for q in numbers:
        if q.per and q.dim in (Dim.FACTOR, Dim.COUNT, Dim.RATE):
            part, whole = world.names.get(q.noun), world.names.get(q.per)
            if part is not None and whole is not None:
                why = Derived(rule="n per whole", inputs=(q.number.id,))
                draft = world.entities[part]
                owns = draft.kin in _PART_KIN or draft.name.split(" ")[-1] in _PART_WORDS
                alone = q.value == 1 and q.dim in (Dim.FACTOR, Dim.COUNT)
                cardinality = Cardinality.ONE_TO_ONE if alone else Cardinality.MANY_TO_ONE
                _link(draft, world.entities[whole], world, why, owns=owns, cardinality=cardinality)


def _from_name(draft: EntityDraft, world: World) -> None:
    """`order line` refers to `order`, and is a part of it where its last word says so; a pet to its `pet owner`."""
    words = draft.name.split(" ")
    for stop in range(len(words) - 1, 0, -1):
        whole = world.names.get(" ".join(words[:stop]))
        if words[-1] in _COLLECTIONS:
            return
        if whole is not None and whole != draft.id and draft.person:
            if words[-1] in _HOLDERS:
                why = Derived(rule="who holds it is named after it", inputs=(draft.name,))
                _link(world.entities[whole], draft, world, why)
            return
        if whole is not None and whole != draft.id:
            owns = words[-1] in _PART_WORDS
            _link(draft, world.entities[whole], world, Derived(rule="named after it", inputs=(draft.name,)), owns=owns)
            return


def _of_collection(draft: EntityDraft, world: World) -> None:
    """A seat map shows all seats of an event: it refers to what they are of, and to none of them."""
    name, _, last = draft.name.rpartition(" ")
    shown = world.names.get(name)
    if shown is None or last not in _COLLECTIONS or draft.person:
        return
    things = [r for r in world.entities[shown].relations if not world.entities[r.target].person]
    of = next((r for r in things if r.owns), things[0] if things else None)
    if of is not None:
        why = Derived(rule="it shows all of one whole, and is named after them", inputs=(draft.name,))
        _link(draft, world.entities[of.target], world, why, cardinality=Cardinality.ONE_TO_ONE)


def _from_deeds(world: World) -> None:
    """`A member books a desk`: the booking is of that desk and by that member."""
    for operation in world.operations.values():
        record, done_to = record_of(operation.verb, world), world.entities[operation.about or operation.entity]
        if operation.about and done_to.person:
            sent = Derived(rule="what is sent to somebody refers to them", inputs=(operation.id,))
            _link(world.entities[operation.entity], done_to, world, sent)
        if record is None or record.id == done_to.id or done_to.kin == "money":
            continue
        why = Derived(rule="what the deed leaves behind refers to what it is done to", inputs=(operation.id,))
        person = world.person_of(operation.actor)
        if not done_to.person:
            _link(record, done_to, world, why)
        if person is not None and person.id != record.id and not world.actors[operation.actor].internal:
            _link(record, person, world, why)


def _from_actors(world: World) -> None:
    """Who makes a thing is its owner: the customer who places an order, the member who reserves."""
    for operation in world.operations.values():
        person = world.person_of(operation.actor)
        draft = world.entities[operation.entity]
        if person is None or person.id == draft.id or draft.person or operation.access is not Access.CREATE:
            continue
        record = record_of(operation.verb, world)
        if record is not None and record.id != draft.id:
            continue
        if world.actors[operation.actor].internal and draft.kin in ("", "place", "rule", "site"):
            continue
        _link(draft, person, world, Derived(rule="made by its actor", inputs=(operation.id,)))


def _from_sketch(draft: EntityDraft, world: World, product: Product) -> None:
    sketch = sketch_of(draft, product)
    if sketch is None:
        return
    why = Assumed(reason=f"how a {sketch.name} hangs together in systems of this kind", source=draft.sketch_source)
    for spec in (*sketch.relations, *([f"{sketch.part_of}"] if sketch.part_of else [])):
        name = spec.rstrip("?")
        target = next(
            (e for e in world.entities.values() if e.sketch == f"{draft.sketch.partition('/')[0]}/{name}"), None
        )
        target = target or (world.entities[world.names[name]] if name in world.names else None)
        if target is not None and not _reaches(world, target.id, draft.id):
            _link(draft, target, world, why, required=not spec.endswith("?"), owns=name == sketch.part_of)


def _from_lexicon(draft: EntityDraft, world: World, lore: Lore) -> None:
    """What entities of this name usually refer to: the first two of the list that the domain has."""
    row = lore.entity(draft.name)
    if row is None:
        return
    why = Assumed(reason=f"what a {row.words[0]} usually belongs to", source=f"attributes/{row.id}")
    for name in row.part_of:
        found = world.names.get(phrase(name))
        if found is not None and found != draft.id:
            _link(draft, world.entities[found], world, why, owns=True)
            return
    room = 0 if draft.sketch and draft.relations else 2 - len(draft.relations)
    for name in row.of:
        found = world.names.get(phrase(name))
        fits = found is not None and found != draft.id and not _reaches(world, found, draft.id)
        if room > 0 and fits and found is not None and draft.reference(found) is None:
            room -= 1
            sole = not draft.relations
            bare = row.of_offer and all(world.entities[r.target].person for r in draft.relations)
            _link(draft, world.entities[found], world, why, required=sole or bare, owns=sole and draft.kin in _PART_KIN)


def _from_offer(draft: EntityDraft, world: World, lore: Lore) -> None:
    """A price, an opening day or a slot that nothing else ties down belongs to what is booked, bought or lent."""
    row = lore.entity(draft.name)
    if row is None or not row.of_offer or any(not world.entities[r.target].person for r in draft.relations):
        return
    offer = _offer(world)
    if offer is not None and offer.id != draft.id and not _reaches(world, offer.id, draft.id):
        why = Assumed(
            reason=f"a {row.words[0]} is one of what people take: {offer.name}", source=f"attributes/{row.id}"
        )
        _link(draft, offer, world, why)


def _offer(world: World) -> EntityDraft | None:
    """What customers book, buy or borrow: what the first deed that leaves a record behind is done to."""
    for operation in world.operations.values():
        record, thing = record_of(operation.verb, world), world.entities[operation.about or operation.entity]
        if record is not None and record.id != thing.id and not thing.person and thing.kin not in ("money", "file"):
            return thing
    return None


def _link(
    draft: EntityDraft,
    target: EntityDraft,
    world: World,
    why: Provenance,
    *,
    required: bool = True,
    owns: bool = False,
    cardinality: Cardinality = Cardinality.MANY_TO_ONE,
) -> None:
    """Adds the relation unless it is there, or would make the parts go round in a circle."""
    if draft.id == target.id or draft.reference(target.id) is not None or target.reference(draft.id) is not None:
        return
    owns = (
        owns
        and not any(r.owns for r in draft.relations)
        and not draft.person
        and not _owned_by(world, target.id, draft.id)
    )
    draft.relations.append(
        Relation(
            name=snake(target.name),
            target=target.id,
            cardinality=cardinality,
            required=required,
            owns=owns,
            why=why,
        )
    )


def _owned_by(world: World, start: EntityId, goal: EntityId) -> bool:
    """Whether `start` is, through its wholes, a part of `goal`."""
    here: EntityId | None = start
    for _ in range(len(world.entities) + 1):
        if here is None or here == goal:
            return here == goal
        here = next((r.target for r in world.entities[here].relations if r.owns), None)
    return False


def _reaches(world: World, start: EntityId, goal: EntityId) -> bool:
    """Whether references lead from `start` to `goal` within two steps: then the opposite one would be redundant."""
    first = {r.target for r in world.entities[start].relations}
    return goal in first or any(r.target == goal for mid in first for r in world.entities[mid].relations)


def _aggregate(world: World) -> None:
    """The root of each chain of parts; an entity that nobody owns is its own."""
    for draft in world.entities.values():
        here = draft.id
        for _ in range(len(world.entities)):
            whole = next((r.target for r in world.entities[here].relations if r.owns), None)
            if whole is None:
                break
            here = whole
        draft.aggregate = here
