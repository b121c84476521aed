"""How much harm a leak does: the class of each attribute, and of each entity as that of its worst."""

from typing import Final

from archsmith.derive.attributes import sketch_of
from archsmith.derive.context import Context
from archsmith.derive.drafts import EntityDraft, World
from archsmith.derive.lore import Lore
from archsmith.derive.product import Product
from archsmith.derive.quantities import Quantity
from archsmith.derive.service import freshness
from archsmith.knowledge.archetypes import Audience
from archsmith.model.domain import Access, Attribute, AttributeType, DataClass
from archsmith.model.requirements import RegimeStatus, Requirements

_RANK: Final = {grade: n for n, grade in enumerate(DataClass)}
_REGIMES: Final = {"HIPAA": DataClass.HEALTH, "FERPA": DataClass.EDUCATION, "COPPA": DataClass.CHILD}
_SUBJECTS: Final = {
    DataClass.HEALTH: frozenset({"patient"}),
    DataClass.EDUCATION: frozenset({"student", "pupil", "learner"}),
    DataClass.CHILD: frozenset({"child", "kid", "minor", "pupil", "player"}),
}
_KEPT_BY_PROVIDER: Final = frozenset({"card_number", "pan", "cvc", "cvv", "card_expiry"})


def worst(grades: list[DataClass]) -> DataClass:
    """The gravest of the classes; INTERNAL of none."""
    return max(grades, key=_RANK.__getitem__, default=DataClass.INTERNAL)


def classify_data(world: World, requirements: Requirements, product: Product, lore: Lore) -> None:
    """Sets the class of every entity; drops card numbers where a payment provider keeps them.

    An entity is as sensitive as its worst attribute, as its name says by the lexicon, and, where a regime for such data
    applies, as the person it belongs to.
    """
    provider = any(s.kind == "payment" for s in requirements.systems)
    regimes = {
        _REGIMES[r.id] for r in requirements.regimes if r.id in _REGIMES and r.status is not RegimeStatus.EXCLUDED
    }
    for draft in world.entities.values():
        if provider:
            draft.attributes = [
                a for a in draft.attributes if a.name not in _KEPT_BY_PROVIDER and a.data_class is not DataClass.CARD
            ]
        draft.data_class = _own_class(draft, product, lore)
    for draft in world.entities.values():
        for grade in regimes:
            if _about(draft, world, _SUBJECTS.get(grade, frozenset())) and _RANK[draft.data_class] < _RANK[grade]:
                draft.data_class = grade


def open_views(world: World, numbers: tuple[Quantity, ...], context: Context, product: Product) -> None:
    """Makes public what consumers look at and the brief lets be some seconds old: all of them see the same.

    Only what is nobody's own, is about no person, and is not graded by its name or its attributes.
    """
    if product.audience is not Audience.CONSUMER:
        return
    for operation in world.operations.values():
        draft = world.entities[operation.entity]
        plain = draft.data_class is DataClass.INTERNAL and draft.owner is None and not draft.person
        private = any(world.entities[r.target].person for r in draft.relations if not r.taken)
        looked = operation.access in (Access.GET, Access.LIST, Access.SEARCH)
        outside = not world.actors[operation.actor].internal
        if plain and not private and looked and outside and freshness(operation, numbers, world, context) is not None:
            draft.data_class = DataClass.PUBLIC


def _own_class(draft: EntityDraft, product: Product, lore: Lore) -> DataClass:
    grades = [_grade(a) for a in draft.attributes if draft.kin != "site" or a.name != "contact_email"]
    row, sketch = lore.entity(draft.name), sketch_of(draft, product)
    named = [DataClass(x.data_class) for x in (row, sketch) if x is not None and x.data_class]
    top = worst(grades)
    if top in (DataClass.PUBLIC, DataClass.INTERNAL):
        return named[-1] if named and not draft.person else DataClass.PERSONAL if draft.person else DataClass.INTERNAL
    return worst([*grades, *named])


def _grade(attribute: Attribute) -> DataClass:
    if attribute.data_class is DataClass.INTERNAL and attribute.type in (AttributeType.EMAIL, AttributeType.PHONE):
        return DataClass.PERSONAL
    return attribute.data_class


def _about(draft: EntityDraft, world: World, subjects: frozenset[str]) -> bool:
    """Whether it is such a person, or refers to one, directly or through the thing that it belongs to."""
    names = {draft.name, draft.name.rpartition(" ")[2]}
    for relation in draft.relations:
        target = world.entities[relation.target]
        names |= {target.name, *(world.entities[r.target].name for r in target.relations if r.owns)}
    return bool(names & subjects)
