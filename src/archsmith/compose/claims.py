"""What a thing may have only once: values that are unique, things that are taken by one, spans that don't overlap."""

import re
from dataclasses import dataclass, field
from typing import Final

from archsmith.compose.context import Context
from archsmith.compose.dialects import Dialect, quoted
from archsmith.compose.draft import Draft
from archsmith.compose.names import bounded
from archsmith.compose.ownership import actor_entity
from archsmith.kernel.ids import EntityId, RequirementId
from archsmith.model.contracts import Condition, Index, NoOverlap
from archsmith.model.domain import AttributeType, Cardinality, Entity, Relation
from archsmith.model.requirements import RequirementClass
from archsmith.model.shapes import Field

_TIMES: Final = frozenset({AttributeType.DATE, AttributeType.TIMESTAMP})
_NUMBERS: Final = frozenset({AttributeType.INTEGER, AttributeType.DECIMAL, AttributeType.MONEY})


@dataclass
class Claims:
    """Rules of a table: `uniques` for all rows, `partial` ones for those that still count, spans apart. `said`: the
    requirements that ask for them."""

    uniques: list[tuple[str, ...]] = field(default_factory=list)
    partial: list[Index] = field(default_factory=list)
    overlaps: list[NoOverlap] = field(default_factory=list)
    said: list[RequirementId] = field(default_factory=list)


def claims(ctx: Context, draft: Draft, entity: Entity, dialect: Dialect, tenant: str) -> Claims:
    """What the relations of an entity that lead to one thing alone, or that a requirement makes exclusive, forbid."""
    found, table = Claims(), ctx.names[entity.id].table
    fields = draft.shape_of(entity.id).fields
    for relation in entity.relations:
        taken = _taken(ctx, entity, relation)
        if relation.cardinality is Cardinality.MANY_TO_MANY or not (
            taken is not None or relation.cardinality is Cardinality.ONE_TO_ONE
        ):
            continue
        found.said += [taken] if taken is not None and taken not in found.said else []
        column = ctx.names[entity.id].references[relation.name]
        span = next((s for s in spans(ctx, fields) if s[0].type in _TIMES and s[0].required and s[1].required), None)
        again = taken is not None and span is None and not _is_timed(ctx, relation.target)
        where = _counting(ctx, fields, reusable=again)
        if taken is not None and span:
            name, dates = bounded(f"{table}_{column}_no_overlap"), span[0].type is AttributeType.DATE
            named = "" if relation.required else f"{column} IS NOT NULL"
            where = " AND ".join(part for part in (named, where) if part)
            found.overlaps.append(
                NoOverlap(
                    name=name,
                    keys=(column,),
                    starts=span[0].name,
                    ends=span[1].name,
                    where=where,
                    dates=dates,
                    last_too=dates and not _is_left(ctx, span[1]),
                )
            )
            continue
        columns = tuple(c for c in (tenant, column, *_occasions(ctx, entity, relation)) if c)
        if where:
            name = bounded(f"{table}_{'_'.join(columns)}_once")
            found.partial.append(Index(name=name, columns=columns, unique=True, where=where))
        else:
            found.uniques.append(columns)
    return found


def _taken(ctx: Context, entity: Entity, relation: Relation) -> RequirementId | None:
    """The requirement that what the relation leads to is never taken by two at once, if one says so."""
    target = ctx.entities[relation.target]
    if relation.owns or not any(f.states for f in entity.attributes):
        return None
    for said in ctx.requirements.requirements:
        text = f" {said.statement.lower()} "
        group = "twice_phrases" if said.kind is RequirementClass.CONSISTENCY else "oversold_phrases"
        if not ctx.naming.any_in(group, text):
            continue
        verbs = [v for v in ctx.naming.words("taking_words") if re.search(rf"\b{v}", text)]
        named = _names(target, text)
        if (
            verbs
            and named
            and (not _is_person(ctx, target.id) or not _of_a_thing(ctx, entity, text))
            and (_is_slot(entity) or not _is_taker(ctx, entity, target.id))
        ):
            return said.id
        stems = {o.verb.split(" ")[-1].lower() for o in ctx.operations_on[entity.id]} | {entity.name.lower()}
        meant = any(stem.startswith(v) or v.startswith(stem) for stem in stems for v in verbs)
        if verbs and meant and not _names_another(ctx, text) and _is_slot(target) and target.id != entity.id:
            return said.id
    return None


def _names(entity: Entity, text: str) -> bool:
    return any(re.search(rf"\b{re.escape(n.lower())}\b", text) for n in (entity.name, entity.plural))


def _of_a_thing(ctx: Context, entity: Entity, text: str) -> bool:
    """Whether the sentence names a thing that is taken: people whom it names besides are those who take it."""
    things = (ctx.entities[r.target] for r in entity.relations if not _is_person(ctx, r.target))
    return any(_names(thing, text) for thing in things)


def _names_another(ctx: Context, text: str) -> bool:
    """Whether the sentence says of which thing it speaks."""
    return any(_names(e, text) for e in ctx.domain.entities if not _is_person(ctx, e.id))


def _is_slot(entity: Entity) -> bool:
    """Whether a thing is a piece of time itself."""
    return sum(a.type in _TIMES and a.name not in ("created_at", "updated_at") for a in entity.attributes) > 1


def _is_person(ctx: Context, entity: EntityId) -> bool:
    return any(actor_entity(ctx, actor) == entity for actor in ctx.actors)


def _is_taker(ctx: Context, entity: Entity, target: EntityId) -> bool:
    """Whether the target is whoever takes, not what is taken."""
    return entity.owner is not None and actor_entity(ctx, entity.owner) == target


def _is_timed(ctx: Context, target: EntityId) -> bool:
    """Whether a thing, or what it is of, stands for one occasion: it is not taken again when that is over."""
    reached = (ctx.entities[e] for e in _implied(ctx, target))
    return any(a.type in _TIMES and a.name not in ("created_at", "updated_at") for e in reached for a in e.attributes)


def _occasions(ctx: Context, entity: Entity, exclusive: Relation) -> list[str]:
    """The other required references of which each may have the thing once: a seat is sold once an event.

    Not people, not what belongs to whoever takes, and not what the thing itself tells already.
    """
    found = []
    for relation in entity.relations:
        other = ctx.entities[relation.target]
        own = other.owner is not None and other.owner == entity.owner
        if (
            relation.name == exclusive.name
            or not relation.required
            or relation.cardinality is not Cardinality.MANY_TO_ONE
            or own
            or _is_person(ctx, other.id)
            or other.id in _implied(ctx, exclusive.target)
        ):
            continue
        found.append(ctx.names[entity.id].references[relation.name])
    return found


def _implied(ctx: Context, start: EntityId) -> set[EntityId]:
    """What a thing leads to by its required references, itself included."""
    seen, todo = {start}, [start]
    while todo:
        for relation in ctx.entities[todo.pop()].relations:
            if relation.required and relation.target not in seen:
                seen.add(relation.target)
                todo.append(relation.target)
    return seen


def _counting(ctx: Context, fields: tuple[Field, ...], *, reusable: bool) -> str:
    """Which rows count: those in no state that gives the thing back. `reusable`: neither those that are over."""
    state = next((f for f in fields if f.states), None)
    if state is None:
        return ""
    gone = [
        s
        for s in state.states
        if ctx.naming.has("freeing_states", s) or (reusable and ctx.naming.has("final_states", s))
    ]
    return f"{state.name} NOT IN ({', '.join(map(quoted, gone))})" if gone else ""


def spans(ctx: Context, fields: tuple[Field, ...]) -> list[tuple[Field, Field]]:
    """The pairs of fields that begin and end something: `starts_at` with `ends_at`, `valid_from` with `valid_until`.

    Where either may be the first, as one who stays arrives and departs and one who travels departs and arrives, the
    order in which the entity names them tells.
    """
    by_name, found = {f.name: f for f in fields if not f.encrypted}, []
    for pair in ctx.naming.words("span_words"):
        low, _, high = pair.partition(" ")
        for name, first in by_name.items():
            last = by_name.get(f"_{name}_".replace(f"_{low}_", f"_{high}_").strip("_"))
            if last is not None and last.name != name and first.type is last.type and first.type in _TIMES | _NUMBERS:
                found.append((first, last))
    order = {f.name: n for n, f in enumerate(fields)}
    pairs = {(a.name, b.name): (a, b) for a, b in found}
    return [p for (a, b), p in pairs.items() if (b, a) not in pairs or order[a] < order[b]]


def _is_left(ctx: Context, end: Field) -> bool:
    """Whether an end is the day on which a thing is left: a room is free again in the night after it."""
    return any(f"_{word}_" in f"_{end.name}_" for word in ctx.naming.words("leaving_words"))


def conditions(ctx: Context, table: str, fields: tuple[Field, ...], dialect: Dialect) -> list[Condition]:
    """An end never lies before its beginning; what is planned as a time takes some."""
    found = []
    for first, last in spans(ctx, fields):
        planned = first.type is AttributeType.TIMESTAMP and not last.name.split("_")[-2:][0].endswith("ed")
        planned = planned or (first.type is AttributeType.DATE and _is_left(ctx, last))
        low, high = (dialect.number(f.name) if f.precision is not None else f.name for f in (first, last))
        name = bounded(f"{table}_{last.name}_check")
        found.append(Condition(name=name, expression=f"{high} {'>' if planned else '>='} {low}"))
    return found
