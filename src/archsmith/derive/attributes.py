"""Attributes: what the brief says, what the kind of system has, what entities of that name usually have; and states."""

import re
from typing import Final

from msgspec.structs import replace

from archsmith.derive.drafts import EntityDraft, OperationDraft, World
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.words import past, tokens
from archsmith.kernel.names import snake
from archsmith.kernel.provenance import Assumed, Derived, Provenance
from archsmith.knowledge.archetypes import EntitySketch
from archsmith.knowledge.meanings import Meanings
from archsmith.model.domain import Access, Attribute, AttributeType, DataClass

_SPEC: Final = re.compile(r"([a-z][a-z0-9_]*)(\??)(!?) ([a-z]+)(?: ([a-z]+))?")
_LENGTH: Final = {AttributeType.TEXT: 200, AttributeType.EMAIL: 254, AttributeType.PHONE: 32, AttributeType.URL: 2048}
_LONG: Final = frozenset(
    {
        "description",
        "body",
        "note",
        "notes",
        "summary",
        "purpose",
        "reason",
        "feedback",
        "user_agent",
        "address",
        "shipping_address",
        "bio",
        "text",
        "comment",
    }
)
_MEANS: Final = frozenset({"email", "phone"})
"""Attributes that go by one name, whatever the brief calls them: e-mail address, mobile number."""
_MEANS_WORDS: Final = frozenset("e mail email phone telephone mobile number address".split())
_RESERVED: Final = frozenset({"id", "status", "created_at", "updated_at", "tenant_id"})


def parse_attribute(spec: str, why: Provenance) -> Attribute:
    """An attribute out of the data files' short form: `full_name? text personal`. An address or a number is personal
    unless it says otherwise. Raises ValueError on bad form.

    >>> parse_attribute("due_on? date", Assumed(reason="", source="")).required
    False
    """
    match = _SPEC.fullmatch(spec)
    if match is None:
        raise ValueError(f"not an attribute: {spec!r}")
    name, optional, unique, kind, data_class = match.groups()
    usual = "personal" if kind in ("email", "phone") else "internal"
    return _attribute(name, AttributeType(kind), DataClass(data_class or usual), why, not optional, bool(unique))


def fill_attributes(world: World, product: Product, lore: Lore) -> None:
    """Gives every entity its attributes and its states."""
    for draft in world.entities.values():
        _fill(draft, product, lore)
        states, why = _states(draft, world, product, lore)
        if states:
            draft.attributes.insert(
                1,
                Attribute(
                    name="status",
                    type=AttributeType.STATE,
                    description=f"Where the {draft.name} stands: " + ", ".join(states),
                    read_only=True,
                    states=states,
                    why=why,
                ),
            )


def _fill(draft: EntityDraft, product: Product, lore: Lore) -> None:
    taken: dict[str, Attribute] = {
        "id": Attribute(
            name="id",
            type=AttributeType.UUID,
            description=f"Identifies the {draft.name}",
            unique=True,
            read_only=True,
            why=Derived(rule="every entity has an identity"),
        )
    }
    for said in draft.said_attributes:
        word = lore.attribute(said)
        plain = word is not None and word.id in _MEANS and set(tokens(said)) <= _MEANS_WORDS
        name = word.id if word is not None and plain else snake(said)
        if name not in _RESERVED and name not in taken:
            kind = AttributeType(word.type) if word else AttributeType.TEXT
            if kind is AttributeType.STATE:
                continue
            grade = DataClass(word.data_class) if word and word.data_class else DataClass.INTERNAL
            taken[name] = _attribute(name, kind, grade, draft.why, True, False)
    found = product.sketch(draft.name)
    if found and draft.sketch:
        why: Provenance = Assumed(
            reason=f"what a {found[1].name} has in systems of this kind", source=draft.sketch_source
        )
        _add_all(taken, found[1].attributes, why)
    row = lore.entity(draft.name) or (lore.entity("person") if draft.person else None)
    if row is not None and len(taken) <= len(draft.said_attributes) + 1:
        _add_all(
            taken, row.attributes, Assumed(reason=f"what a {row.words[0]} usually has", source=f"attributes/{row.id}")
        )
    if len(taken) == 1:
        why = Assumed(
            reason=f"the brief gives no attributes of {draft.name}; a name is the least that people can work with",
            source="attributes/fallback",
        )
        _add_all(taken, ("name text",), why)
    stamp = Derived(rule="every row says when it came and changed")
    for name, text in (("created_at", "came"), ("updated_at", "last changed")):
        taken[name] = Attribute(
            name=name,
            type=AttributeType.TIMESTAMP,
            description=f"When the {draft.name} {text}",
            read_only=True,
            why=stamp,
        )
    draft.attributes = [_told(attribute, draft.name, lore.meanings) for attribute in taken.values()]


def _told(attribute: Attribute, thing: str, meanings: Meanings) -> Attribute:
    """The attribute with words that say what it is of its entity, where nothing but its name stands there."""
    if attribute.description != _words(attribute.name):
        return attribute
    return replace(attribute, description=meanings.of(attribute.type, attribute.name, thing))


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _add_all(taken: dict[str, Attribute], specs: tuple[str, ...], why: Provenance) -> None:
    for spec in specs:
        attribute = parse_attribute(spec, why)
        if attribute.name not in taken and not any(
            attribute.name.endswith(f"_{have}") for have in taken if len(have) > 3
        ):
            taken[attribute.name] = attribute


def _attribute(
    name: str, kind: AttributeType, grade: DataClass, why: Provenance, required: bool, unique: bool
) -> Attribute:
    length = _LENGTH.get(kind)
    if kind is AttributeType.TEXT and name in _LONG:
        length = 4000
    return Attribute(
        name=name,
        type=kind,
        description=_words(name),
        required=required,
        unique=unique,
        data_class=grade,
        max_length=length,
        why=why,
    )


def _states(draft: EntityDraft, world: World, product: Product, lore: Lore) -> tuple[tuple[str, ...], Provenance]:
    """The states that the text names, else those of the archetype, else those of the transition verbs; in one order."""
    verbs = [(o, past(o.verb)) for o in world.operations.values() if o.entity == draft.id and _moves(o, lore)]
    reached = list(dict.fromkeys(state for _, state in verbs))
    said = list(dict.fromkeys(snake(s) for s in draft.said_states))
    if said:
        return tuple(dict.fromkeys([*said, *reached])), draft.why
    found = product.sketch(draft.name)
    if found and draft.sketch and found[1].states:
        return _with(found[1].states, reached), Assumed(
            reason=f"the life of a {found[1].name} in systems of this kind", source=draft.sketch_source
        )
    row = lore.entity(draft.name)
    if row is not None and row.states:
        return _with(row.states, reached), Assumed(
            reason=f"the usual life of a {row.words[0]}", source=f"attributes/{row.id}"
        )
    if reached:
        first = next(
            (past(o.verb) for o in world.operations.values() if o.entity == draft.id and o.access is Access.CREATE),
            "draft" if "published" in reached else "open",
        )
        names = tuple(o.id for o, _ in verbs)
        return tuple(dict.fromkeys([first, *reached])), Derived(rule="states from transition verbs", inputs=names)
    return (), draft.why


def _with(states: tuple[str, ...], reached: list[str]) -> tuple[str, ...]:
    """The usual states, and those that the brief's own verbs lead to."""
    missing = [s for s in reached if s not in states]
    paid = [s for s in missing if s == "paid"]
    return (states[0], *paid, *states[1:], *(s for s in missing if s != "paid"))


def _moves(operation: OperationDraft, lore: Lore) -> bool:
    row = lore.verb(operation.verb, operation.object)
    return (
        operation.access is Access.TRANSITION and row is not None and (row.state or operation.verb in ("pay", "refund"))
    )


def priced(world: World) -> None:
    """What is paid comes to something: it keeps the price of the moment when it was made, whatever prices do later."""
    paid = {o.entity: o for o in world.operations.values() if o.verb == "pay" and o.access is Access.TRANSITION}
    for entity, deed in paid.items():
        draft = world.entities[entity]
        if draft.person or draft.kin == "money" or any(a.type is AttributeType.MONEY for a in draft.attributes):
            continue
        price = Attribute(
            name="price",
            type=AttributeType.MONEY,
            description=f"What the {draft.name} costs, by the prices at the time when it was made",
            read_only=True,
            why=Derived(rule="what is paid has a price", inputs=(deed.id,)),
        )
        draft.attributes.insert(-2, price)


def sketch_of(draft: EntityDraft, product: Product) -> EntitySketch | None:
    """The archetype's sketch that the entity was recognised as, or None."""
    found = product.sketch(draft.name) if draft.sketch else None
    return found[1] if found else None
