"""Pass: whose rows are whose. A row belongs to the caller by a reference to the caller's own row, or by its subject.

Beside the owner there are parties: the therapist writes the note, and the physician whom it names may read it; he may
not read the others.
"""

from collections import deque

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.kernel.ids import ActorId, EntityId, RequirementId
from archsmith.kernel.names import slug
from archsmith.model.architecture import OwnershipRule
from archsmith.model.decisions import Dimension
from archsmith.model.domain import DataClass, Entity
from archsmith.model.requirements import RequirementClass

SUBJECT = "subject"
"""The column that ties an actor's own row to its sign-in (the `sub` claim of its token)."""
OWNER = "owner_subject"
"""The column that ties a row to its owner's sign-in where no entity stands for the owner."""
TENANT = "tenant_id"
"""The column that tells tenants apart in shared tables."""


def ownership(ctx: Context, draft: Draft) -> None:
    """One rule for the owner of each entity, one for each party to it, and one for each that belongs to a tenant."""
    for entity in ctx.domain.entities:
        said = _said(ctx, entity)
        if entity.owner is not None:
            column = ownership_path(ctx, entity)
            draft.ownership.append(
                OwnershipRule(entity=entity.id, actor=entity.owner, column=column, requirements=said)
            )
        for actor in parties(ctx, entity):
            column = whose(ctx, entity, actor)
            draft.ownership.append(OwnershipRule(entity=entity.id, actor=actor, column=column, requirements=said))
        if entity.tenant_scoped and shares_tables(ctx):
            draft.ownership.append(OwnershipRule(entity=entity.id, actor=None, column=TENANT, requirements=said))


def shares_tables(ctx: Context) -> bool:
    """Whether tenants share tables. Apart from that each has a schema or a database of its own."""
    chosen = ctx.decision(Dimension.TENANCY)
    if not ctx.domain.multi_tenant.value:
        return False
    return chosen is None or not any(word in chosen.option for word in ("schema", "database", "silo", "none", "single"))


def actor_entity(ctx: Context, actor: ActorId) -> EntityId | None:
    """The entity whose rows are these actors themselves (the entity customer for the actor customer)."""
    name = slug(ctx.actors[actor].name) if actor in ctx.actors else actor
    return next((e.id for e in ctx.domain.entities if slug(e.name) == name), None)


def subject_entities(ctx: Context, draft: Draft) -> frozenset[EntityId]:
    """The entities that carry the column SUBJECT: those whose rows are people who sign in and reach what is theirs."""
    actors = {r.actor for r in draft.ownership if r.actor is not None}
    return frozenset(found for actor in actors if (found := actor_entity(ctx, actor)))


def parties(ctx: Context, entity: Entity) -> list[ActorId]:
    """Those outside, other than its owner, who do something with rows of an entity that name them."""
    if entity.owner is None or entity.data_class is DataClass.PUBLIC:
        return []
    doing = dict.fromkeys(o.actor for o in ctx.operations_on[entity.id] if o.actor != entity.owner)
    return [a for a in doing if not ctx.actors[a].internal and whose(ctx, entity, a)]


def whose(ctx: Context, entity: Entity, actor: ActorId) -> str:
    """The column by which rows of an entity are this actor's; empty where nothing ties them to people like that."""
    if actor == entity.owner:
        return ownership_path(ctx, entity)
    target = actor_entity(ctx, actor)
    if target is None or ctx.actors[actor].internal or entity.owner is None or entity.data_class is DataClass.PUBLIC:
        return ""
    return "" if target == entity.id else _path(ctx, entity, target)


def ownership_path(ctx: Context, entity: Entity) -> str:
    """The column that names the owner: `customer_id`, `order_id.customer_id` over a reference, or OWNER of its own."""
    assert entity.owner is not None, "asked only of entities with an owner"
    target = actor_entity(ctx, entity.owner)
    if target is None:
        return OWNER
    return SUBJECT if target == entity.id else _path(ctx, entity, target) or OWNER


def _path(ctx: Context, entity: Entity, target: EntityId) -> str:
    """The shortest way by references to the row of a person, over required ones; empty where there is none."""
    todo: deque[tuple[EntityId, tuple[str, ...]]] = deque([(entity.id, ())])
    seen = {entity.id}
    while todo:
        at, path = todo.popleft()
        for relation in ctx.entities[at].relations:
            step = (*path, ctx.names[at].references[relation.name])
            if relation.target == target:
                return ".".join(step)
            if relation.target not in seen and relation.required:
                seen.add(relation.target)
                todo.append((relation.target, step))
    return ""


def _said(ctx: Context, entity: Entity) -> tuple[RequirementId, ...]:
    """The privacy and security requirements that speak of the entity by name."""
    kinds = (RequirementClass.PRIVACY, RequirementClass.SECURITY)
    words = (entity.name.lower(), entity.plural.lower())
    return tuple(
        r.id for r in ctx.requirements.requirements if r.kind in kinds and any(w in r.statement.lower() for w in words)
    )
