"""Drafts and figures into the frozen domain."""

import re
from typing import Final

from archsmith.derive.context import Context
from archsmith.derive.cutoffs import cutoff
from archsmith.derive.descriptions import described
from archsmith.derive.drafts import EntityDraft, OperationDraft, World
from archsmith.derive.effects import Neighbours, called, events_of
from archsmith.derive.ledger import fact
from archsmith.derive.lore import Lore
from archsmith.derive.pools import Rate
from archsmith.derive.product import Product
from archsmith.derive.quantities import Quantity
from archsmith.derive.schedules import interval, is_live
from archsmith.derive.service import consistency, filters, freshness, idempotent, latency, payloads, sort
from archsmith.derive.sizes import Sizes
from archsmith.derive.steps import Steps
from archsmith.derive.volumes import Volume
from archsmith.derive.words import phrase, plural
from archsmith.kernel.ids import EntityId, EventId, OperationId, RequirementId
from archsmith.kernel.provenance import Assumed, Derived, Fact, Provenance, Span, Stated
from archsmith.kernel.units import DAY, Bytes, Count, PerSecond, Seconds
from archsmith.knowledge.turns import turn
from archsmith.model.domain import Access, Domain, Entity, Operation
from archsmith.model.requirements import ExternalSystem, OperationKind, Requirements

_OWN_ONLY: Final = re.compile(
    r"\b(?:his|her|their|its|own)\b[^.]{0,40}\bonly\b|\bonly\b[^.]{0,40}\b(?:his|her|their|its|own)\b"
)


def owners(world: World, requirements: Requirements) -> None:
    """`Employee sees his claims only`: the actor whose own rows only it may see."""
    for item in requirements.requirements:
        text = (item.why.at.quote if isinstance(item.why, Stated) else item.statement).lower()
        if not _OWN_ONLY.search(text):
            continue
        words = phrase(text)
        for actor in world.actors.values():
            if phrase(actor.name) in words and actor.name != "system":
                for draft in world.entities.values():
                    if not draft.person and any(f" {alias} " in f" {words} " for alias in draft.aliases):
                        draft.owner = draft.owner or actor.id
    for draft in world.entities.values():
        for relation in draft.relations:
            holder = world.entities[relation.target]
            keeper = next(
                (a for a in world.actors.values() if not a.internal and phrase(a.name) in holder.aliases), None
            )
            if (
                draft.owner is None
                and not relation.taken
                and keeper is not None
                and holder.person
                and not draft.person
                and draft.kin != "reading"
            ):
                draft.owner = keeper.id


def tenancy(world: World, requirements: Requirements, audience: str) -> Fact[bool]:
    """Whether many organisations share the system, each seeing only its own."""
    if requirements.needs.multi_tenant is not None:
        return requirements.needs.multi_tenant
    for item in requirements.requirements:
        if any(turn(words).search(item.statement) for words in ("houses_apart", "says_tenants")):
            return Fact(value=True, why=item.why)
    return Fact(
        value=False,
        why=Assumed(
            reason=f"the brief speaks of one operator and its {audience} users, not of separate organisations",
            source="defaults/multi_tenant",
        ),
    )


def domain_of(
    requirements: Requirements,
    world: World,
    product: Product,
    rates: dict[OperationId, Rate],
    found: dict[EntityId, Volume],
    sizes: Sizes,
    numbers: tuple[Quantity, ...],
    context: Context,
    lore: Lore,
    tenant: Fact[bool],
) -> Domain:
    """The frozen domain."""
    for draft in world.entities.values():
        draft.tenant_scoped = tenant.value and draft.kin != "category"
        draft.master = next((s.id for s in world.systems if holds_truth(s, draft, lore)), None)
    events, raised = events_of(world.operations, world)
    entities = tuple(_entity(d, world, found[d.id], sizes) for d in world.entities.values())
    near, by_line, steps = Neighbours(world, lore), _by_line(requirements), Steps(lore.catalogue)
    operations = tuple(
        _operation(
            o,
            near,
            steps,
            by_line,
            world,
            rates[o.id],
            sizes,
            numbers,
            context,
            product,
            lore,
            requirements,
            raised,
            tenant.value,
        )
        for o in world.operations.values()
    )
    return Domain(
        title=requirements.title,
        archetypes=product.facts,
        actors=tuple(world.actors.values()),
        systems=world.systems,
        entities=entities,
        operations=operations,
        events=events,
        multi_tenant=tenant,
    )


def holds_truth(system: ExternalSystem, draft: EntityDraft, lore: Lore) -> bool:
    """Whether the system masters the entity by name, or as the calendar that its appointments stand in."""
    if any(phrase(m) in draft.aliases for m in system.masters):
        return True
    row = lore.entity(draft.name)
    return bool(system.masters) and system.kind == "calendar" and row is not None and row.id in ("booking", "slot")


def _entity(draft: EntityDraft, world: World, volume: Volume, sizes: Sizes) -> Entity:
    _, blob = sizes.blob(draft)
    rows: Fact[Count] = fact(volume.rows)
    monthly: Fact[Count] = fact(volume.monthly)
    row_bytes: Fact[Bytes] = fact(volume.row_bytes)
    return Entity(
        id=draft.id,
        name=draft.name[:1].upper() + draft.name[1:],
        plural=plural(draft.name),
        description=described(draft, world),
        attributes=tuple(draft.attributes),
        relations=tuple(draft.relations),
        aggregate=draft.aggregate,
        data_class=draft.data_class,
        owner=draft.owner,
        tenant_scoped=draft.tenant_scoped,
        master=draft.master,
        rows=rows,
        rows_per_month=monthly,
        row_bytes=row_bytes,
        blob_bytes=blob,
        retention=volume.retention,
        why=draft.why,
    )


def _operation(
    draft: OperationDraft,
    near: Neighbours,
    steps: Steps,
    by_line: dict[int, list[tuple[Span, RequirementId]]],
    world: World,
    rate: Rate,
    sizes: Sizes,
    numbers: tuple[Quantity, ...],
    context: Context,
    product: Product,
    lore: Lore,
    requirements: Requirements,
    raised: dict[OperationId, EventId],
    tenant: bool,
) -> Operation:
    entity = world.entities[draft.entity]
    text = context.around(draft.why) or draft.text
    request, response = payloads(draft, sizes.row(entity), sizes.answer(), lore)
    calls, sync = called(draft, world, text)
    average: Fact[PerSecond] = fact(rate.average)
    peak: Fact[PerSecond] = fact(rate.peak)
    draft.touches[:] = near.touched(draft)
    return Operation(
        id=draft.id,
        name=f"{draft.verb} {draft.object}",
        verb=draft.verb,
        actor=draft.actor,
        entity=draft.entity,
        kind=draft.kind,
        access=draft.access,
        priority=draft.priority,
        average=average,
        peak=peak,
        request_bytes=request,
        response_bytes=response,
        latency_p95=latency(draft, numbers, world, context, product, lore, requirements.needs.latency_p95, sync),
        freshness=freshness(draft, numbers, world, context),
        every=_every(draft, text),
        consistency=consistency(draft, entity),
        idempotent=idempotent(draft, entity, text),
        filters=filters(draft, entity, text, tenant, lore),
        sort=sort(draft, entity),
        from_states=steps.before(draft, entity),
        to_state=draft.to_state,
        until=cutoff(draft, context),
        touches=tuple(draft.touches),
        calls=calls,
        calls_sync=sync,
        emits=(raised[draft.id],) if draft.id in raised else (),
        real_time=draft.kind in (OperationKind.QUERY, OperationKind.STREAM)
        and draft.access is not Access.APPEND
        and is_live(text),
        requirements=_requirements(draft, by_line),
        why=draft.why,
    )


def _every(draft: OperationDraft, text: str) -> Fact[Seconds] | None:
    if draft.kind is not OperationKind.BATCH:
        return None
    seconds = interval(text)
    if seconds is None:
        return Fact(
            value=Seconds(float(DAY)),
            why=Assumed(
                reason=f"no interval of '{draft.verb} {draft.object}' is stated; a night is the usual time",
                source="defaults/nightly",
            ),
        )
    why: Provenance = (
        draft.why if isinstance(draft.why, Stated) else Derived(rule="interval in its words", inputs=(draft.id,))
    )
    return Fact(value=Seconds(seconds), why=why)


def _by_line(requirements: Requirements) -> dict[int, list[tuple[Span, RequirementId]]]:
    """Requirements by the lines of the brief that they quote."""
    found: dict[int, list[tuple[Span, RequirementId]]] = {}
    for item in requirements.requirements:
        if isinstance(item.why, Stated):
            for line in range(item.why.at.line, min(item.why.at.end_line, item.why.at.line + 50) + 1):
                found.setdefault(line, []).append((item.why.at, item.id))
    return found


def _requirements(
    draft: OperationDraft, by_line: dict[int, list[tuple[Span, RequirementId]]]
) -> tuple[RequirementId, ...]:
    """Requirements whose words hold those of the operation, or stand in them."""
    if not isinstance(draft.why, Stated):
        return ()
    own = draft.why.at.quote
    return tuple(i for at, i in by_line.get(draft.why.at.line, []) if own in at.quote or at.quote in own)
