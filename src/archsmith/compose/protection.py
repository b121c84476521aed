"""Passes: what is encrypted apart from the disk, and what happens to rows when their time is over."""

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.fields import is_encrypted
from archsmith.kernel.ids import element
from archsmith.model.architecture import Encryption, RetentionRule, Store, Topology
from archsmith.model.domain import DataClass, Entity

_KEYS = ("HIPAA", "PCI DSS", "DORA", "PSD2", "FedRAMP", "GxP")
"""Regimes that want keys under one's own control. Source: HIPAA 164.312(a)(2)(iv), PCI DSS 3.6, RTS on DORA art. 6
and 7, RTS on strong authentication art. 35."""
_OTHERS_MONEY = frozenset({"payments", "lending", "insurance"})
PERSONAL = frozenset({DataClass.PERSONAL, DataClass.EDUCATION, DataClass.CHILD, DataClass.HEALTH})
"""Classes that are about a person, and can be stripped of the person."""


def encryption(ctx: Context, draft: Draft) -> None:
    """One rule a store with a disk or a wire of its own; `fields` as `table.column`."""
    for store in draft.stores:
        if store.topology is not Topology.EMBEDDED:
            draft.encryption.append(
                Encryption(
                    subject=element("store", store.id),
                    at_rest=_at_rest(ctx, store),
                    in_transit="TLS 1.3, certificate checked",
                    fields=encrypted_fields(ctx, store),
                )
            )


def _at_rest(ctx: Context, store: Store) -> str:
    if store.managed:
        key = "a key of our own in the provider's key service" if guarded(ctx) else "the provider's key"
        return f"AES-256 with {key}"
    return "AES-256 of the volume (LUKS), key from the secrets store at boot"


def guarded(ctx: Context) -> bool:
    """Whether keys must be ours: a regime or the brief asks for it, other people's money is kept, health is told, some
    field is encrypted by the application, or records must stay as they are: they are signed, and who has a right to be
    forgotten is forgotten with the key."""
    banks = any(f.value in _OTHERS_MONEY for f in ctx.domain.archetypes) and any(
        entity.data_class is DataClass.FINANCIAL for entity in ctx.domain.entities
    )
    health = any(entity.data_class is DataClass.HEALTH for entity in ctx.domain.entities)
    fields = any(is_encrypted(ctx.naming, a) for entity in ctx.domain.entities for a in entity.attributes)
    asked = ctx.asked("key_phrases") or ctx.asked("unalterable_phrases")
    return ctx.has_regime(*_KEYS) or bool(asked) or banks or health or fields


def encrypted_fields(ctx: Context, store: Store) -> tuple[str, ...]:
    """The columns of a store that the application encrypts, as `table.column`."""
    return tuple(
        f"{ctx.names[entity.id].table}.{ctx.names[entity.id].columns[attribute.name]}"
        for entity in ctx.domain.entities
        if ctx.store_of[entity.id] == store.id
        for attribute in entity.attributes
        if is_encrypted(ctx.naming, attribute)
    )


def retention(ctx: Context, draft: Draft) -> None:
    """One rule for each entity that is not kept for ever."""
    for entity in ctx.domain.entities:
        if entity.retention is not None:
            draft.retention.append(
                RetentionRule(
                    entity=entity.id,
                    keep=entity.retention.value,
                    action=_action(ctx, entity),
                    requirements=ctx.requirements_of(entity.retention.why),
                )
            )


def _action(ctx: Context, entity: Entity) -> str:
    """Anonymise what others still point at and is about a person; archive what others still point at; else delete."""
    assert entity.retention is not None, "asked only of entities with a retention"
    keep = entity.retention.value
    outlived = any(
        relation.target == entity.id and (other.retention is None or other.retention.value > keep)
        for other in ctx.domain.entities
        if other.id != entity.id
        for relation in other.relations
        if not relation.owns
    )
    if not outlived:
        return "delete"
    return "anonymise" if entity.data_class in PERSONAL else "archive"
