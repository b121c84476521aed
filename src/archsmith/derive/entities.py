"""Entities out of what the brief names, with the words that mean the same merged."""

from collections import Counter
from typing import Final

from archsmith.derive.actors import ANYBODY, SYSTEM
from archsmith.derive.drafts import EntityDraft, World
from archsmith.derive.identifiers import Identifiers
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.scope import Scope, scope_of
from archsmith.derive.things import is_thing, labels, laws_and_tools, same_things, things
from archsmith.derive.words import phrase
from archsmith.kernel.ids import EntityId
from archsmith.kernel.provenance import Assumed, Derived, Provenance, Stated
from archsmith.knowledge.archetypes import EntitySketch
from archsmith.knowledge.noun_kinds import Standing
from archsmith.model.requirements import Actor, OperationKind, Requirements

_MODIFIERS: Final = frozenset(
    "expense customer user client online web digital final first main full single daily".split()
)
"""First words that do not make another thing of the second: an expense claim is a claim."""


SESSION: Final = frozenset({"sign in", "log in", "sign out", "log out"})
"""Acts that need a record of people, whatever it is called."""
_DOERS: Final = ("er", "or", "ist", "ant", "ian", "ee")
"""Endings of words for somebody who does something, which tell a promoter who acts from a clinic that does."""


def world_of(requirements: Requirements, product: Product, lore: Lore) -> World:
    """The actors, and the entities that the brief names, with no relations and attributes yet."""
    actors = {a.id: a for a in requirements.actors}
    world = World(actors=actors, systems=requirements.systems, entities={}, operations={})
    ids, out = Identifiers(), scope_of(requirements)
    named = things(requirements, product, lore)
    acted_on = Counter(phrase(word) for o in requirements.operations for word in (o.object, o.actor))
    world.labels, same = labels(named, product, acted_on), same_things(named, lore)
    for said_name, mention in named:
        name = same.get(said_name, said_name)
        banned = out.bans(name) if isinstance(mention.why, Stated) else out.bans_implied(name)
        if not banned and not _is_system(name, requirements):
            found = product.sketch(name)
            known = world.labels.get(f"{found[0].id}/{found[1].name}", name) if found is not None else name
            draft = add_entity(
                world, ids, known if found and _named_by(name, found[1]) else name, mention.why, product, lore
            )
            draft.aliases.update((name, said_name))
            world.names.setdefault(name, draft.id)
            world.names.setdefault(said_name, draft.id)
            draft.said_attributes.extend(a for a in mention.attributes if a not in draft.said_attributes)
            draft.said_states.extend(s for s in mention.states if s not in draft.said_states)
    outside, weighed = laws_and_tools(requirements), _are_weighed(requirements)
    for said in requirements.operations:
        name = phrase(said.object)
        settled = any(e.person for e in world.entities.values()) if said.verb in SESSION else weighed
        if settled:
            continue
        if name and name not in outside and not out.bans(name) and not out.bans_act(said.verb, name):
            _from_object(world, ids, name, said.kind, said.why, product, lore)
    for actor in requirements.actors:
        if not out.bans(phrase(actor.name)):
            _from_actor(world, ids, actor, requirements, product, lore)
    _mark_doers(world, requirements)
    _complete(world, ids, requirements, out, product, lore)
    return world


def _are_weighed(requirements: Requirements) -> bool:
    """Whether the nouns, those that operations name among them, have been weighed as things: not in a file by hand."""
    return any(m.evidence for m in requirements.mentions)


def _mark_doers(world: World, requirements: Requirements) -> None:
    """Who acts in the brief, and is called after what they do, is a person even where the lexicon lacks the word."""
    for name in {phrase(o.actor) for o in requirements.operations} & set(world.names):
        draft = world.entities[world.names[name]]
        if not draft.kin and name.endswith(_DOERS):
            draft.kin, draft.person = "person", True


def add_entity(world: World, ids: Identifiers, name: str, why: Provenance, product: Product, lore: Lore) -> EntityDraft:
    """The entity of this name: one that is there already under this or a synonymous name, or a new one."""
    known = world.names.get(name) or _variant(world, name)
    found = product.sketch(name)
    label = _label(name, world, product)
    if known is None and label:
        known = next((e.id for e in world.entities.values() if e.sketch == label), None)
    if known is not None:
        draft = world.entities[known]
        if isinstance(why, Stated) and not isinstance(draft.why, Stated):
            draft.why = why
    else:
        draft = EntityDraft(id=EntityId(ids.of(name)), name=name, why=why, sketch=label, kin=lore.kin(name))
        draft.person = draft.kin == "person" or bool(found and label and found[1].person)
        world.entities[draft.id] = draft
    draft.sketch = draft.sketch or label
    draft.aliases.add(name)
    world.names[name] = draft.id
    return draft


def _label(name: str, world: World, product: Product) -> str:
    """The sketch that an entity of this name is: one that no nearer word of the brief has taken."""
    found = product.sketch(name)
    if found is None or not _same_thing(name, found[1].name, (*found[1].aka, *found[1].near)):
        return ""
    label = f"{found[0].id}/{found[1].name}"
    return label if name not in found[1].near or world.labels.get(label, name) == name else ""


def _named_by(name: str, sketch: EntitySketch) -> bool:
    return name == sketch.name or name in sketch.aka


def _same_thing(name: str, sketch: str, aka: tuple[str, ...]) -> bool:
    return name == sketch or name in aka or (name.rpartition(" ")[2] == sketch and name.split(" ")[0] in _MODIFIERS)


def _variant(world: World, name: str) -> EntityId | None:
    """`claim` for `expense claim` and the other way round, where the extra word does not make another thing."""
    words = name.split(" ")
    if len(words) > 1 and words[0] in _MODIFIERS:
        return world.names.get(" ".join(words[1:]))
    for word in sorted(_MODIFIERS):
        found = world.names.get(f"{word} {name}")
        if found is not None:
            return found
    return None


def _from_object(
    world: World, ids: Identifiers, name: str, kind: OperationKind, why: Provenance, product: Product, lore: Lore
) -> None:
    """An operation's object that no mention names: a command's object is a thing, a query's may be a mere view."""
    if world.find(name) is not None:
        return
    words = name.split(" ")
    if (
        len(words) > 3
        or not is_thing(name, product, lore)
        or (kind is OperationKind.QUERY and lore.entity(name) is None and product.sketch(name) is None)
    ):
        return
    add_entity(
        world,
        ids,
        name,
        Derived(rule="object of an operation", inputs=(name,)) if not isinstance(why, Stated) else why,
        product,
        lore,
    )


def _from_actor(
    world: World, ids: Identifiers, actor: Actor, requirements: Requirements, product: Product, lore: Lore
) -> None:
    """A person outside about whom something is kept is an entity; so is an insider who owns rows of his own."""
    name = phrase(actor.name)
    if not name or name in ANYBODY or name == SYSTEM.name:
        return
    if name in world.names:
        return
    acts = [o for o in requirements.operations if phrase(o.actor) == name and o.kind is OperationKind.COMMAND]
    if actor.internal or not acts or _is_system(name, requirements):
        return
    if lore.nouns.standing(name) is Standing.PLACE:
        return
    add_entity(world, ids, name, actor.why, product, lore)


def _complete(
    world: World, ids: Identifiers, requirements: Requirements, out: Scope, product: Product, lore: Lore
) -> None:
    """Adds what no system of the kind is without, unless the brief names it (or it is out of scope)."""
    if product.main is None or not product.sure:
        return
    present = {e.sketch for e in world.entities.values()}
    for sketch in product.main.entities:
        label = f"{product.main.id}/{sketch.name}"
        names = sketch.words
        if not sketch.core or label in present or any(out.bans_implied(n) for n in names):
            continue
        if any(n in world.names for n in names) or any(n.split(" ")[-1] in world.names for n in names if " " not in n):
            continue
        why = Assumed(
            reason=f"every system of the kind '{product.main.id}' keeps {sketch.name} records, "
            "and the brief names nothing in their place",
            source=f"archetypes/{product.main.id}",
        )
        add_entity(world, ids, sketch.name, why, product, lore)


def _is_system(name: str, requirements: Requirements) -> bool:
    return any(name == phrase(s.name) for s in requirements.systems)
