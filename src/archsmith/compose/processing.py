"""Pass: what allows each kind of data about people to be kept, under each regime that asks for a basis."""

from typing import Final

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.ownership import actor_entity
from archsmith.compose.protection import PERSONAL
from archsmith.kernel.ids import ElementId, EntityId, element
from archsmith.kernel.phrases import listed
from archsmith.knowledge.defaults import ENTITY_WORDS
from archsmith.knowledge.lawful_bases import LawfulBasis, rules
from archsmith.model.domain import Entity
from archsmith.model.processing import Processing
from archsmith.model.requirements import RegimeStatus

_REGIMES: Final = ("GDPR", "UK GDPR", "HIPAA")
_OWN: Final = {
    "accounts": "to let people sign in",
    "sessions": "to know who sends a request",
    "audit_entries": "to find out who did what",
    "idempotency_keys": "to answer a command that is sent again once",
    "grants": "to know who may see and do what",
}
"""Tables of the design itself that name people, and what for."""


def processing(ctx: Context, draft: Draft) -> None:
    """One row for each kind of data about people and each regime that applies or may apply."""
    people = _people(ctx)
    users = tuple(ctx.actors[a.actor].name for a in draft.authentication if a.method in ("oidc", "password"))
    asking = {r.id for r in ctx.requirements.regimes if r.status is not RegimeStatus.EXCLUDED}
    for regime in (r for r in _REGIMES if r in asking):
        known = rules(ctx.catalogue, regime)
        for entity in ctx.domain.entities:
            subjects = _subjects(ctx, entity, people)
            rule = next((r for r in known if _fits(ctx, r, entity)), None)
            if rule and (subjects or entity.data_class in PERSONAL):
                draft.processing.append(_row(element("entity", entity.id), regime, rule, subjects, _why(ctx, entity)))
        for table in draft.tables:
            own = next((name for name in _OWN if table.entity is None and table.name.endswith(name)), "")
            rule = next((r for r in known if own and _named(r, own)), None)
            if rule:
                draft.processing.append(_row(element("table", table.name), regime, rule, users, _OWN[own]))


def _row(data: ElementId, regime: str, rule: LawfulBasis, subjects: tuple[str, ...], purpose: str) -> Processing:
    return Processing(
        data=data,
        regime=regime,
        subjects=tuple(dict.fromkeys(subjects)),
        purpose=purpose,
        basis=rule.basis,
        clause=rule.clause,
        condition=rule.condition,
        erasure=rule.erasure,
        reason=rule.reason,
        source=rule.source,
    )


def _why(ctx: Context, entity: Entity) -> str:
    """What it is kept for: the operations that need it, else what it is kept with."""
    asked = list(dict.fromkeys(o.name for o in ctx.operations_on[entity.id]))
    if asked:
        return f"to {listed(asked, 3)}"
    pointing = [e.plural for e in ctx.domain.entities if any(r.target == entity.id for r in e.relations)]
    return f"because {listed(pointing, 3)} refer to it" if pointing else f"as part of {ctx.domain.title}"


def _subjects(ctx: Context, entity: Entity, people: frozenset[EntityId]) -> tuple[str, ...]:
    """Whose data it is: itself where it is a person, its owner, the people that it refers to."""
    if entity.id in people:
        return (entity.name,)
    found = [ctx.actors[entity.owner].name] if entity.owner in ctx.actors and entity.owner else []
    targets = (ctx.entities[r.target] for r in entity.relations)
    found += [t.name for t in targets if t.id in people]
    return tuple(dict.fromkeys(found))


def _people(ctx: Context) -> frozenset[EntityId]:
    """The entities whose rows are people: those who use the system, and those whose name says so."""
    known = {w for row in ctx.catalogue.table(ENTITY_WORDS).values() if row.kin == "person" for w in row.words}
    users = {actor_entity(ctx, a) for a in ctx.actors}
    return frozenset(e.id for e in ctx.domain.entities if e.id in users or not known.isdisjoint(_tails(e.name)))


def _tails(name: str) -> list[str]:
    """`board member`, `member`: what a name ends in."""
    words = name.lower().split(" ")
    return [" ".join(words[start:]) for start in range(len(words))]


def _is_staff(ctx: Context, entity: Entity) -> bool:
    """Whether the row is somebody who works for the owner of the system."""
    return any(actor.internal and actor_entity(ctx, ident) == entity.id for ident, actor in ctx.actors.items())


def _fits(ctx: Context, rule: LawfulBasis, entity: Entity) -> bool:
    among = not rule.among or any(not set(rule.among).isdisjoint(_tails(n)) for n in _everybody(ctx))
    return (
        (not rule.words or _named(rule, entity.name))
        and (not rule.classes or entity.data_class in rule.classes)
        and (not rule.staff or _is_staff(ctx, entity))
        and among
    )


def _everybody(ctx: Context) -> list[str]:
    return [*(a.name for a in ctx.actors.values()), *(e.name for e in ctx.domain.entities)]


def _named(rule: LawfulBasis, name: str) -> bool:
    """Whether a rule is for data of that name, or for data of any name, class and person."""
    if not rule.words:
        return not (rule.classes or rule.among or rule.staff)
    return not set(rule.words).isdisjoint(_tails(name.replace("_", " ")))
