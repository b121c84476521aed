"""What is taken for a span of time by one alone is looked for by when it is free: parameters of its lists, look-ups."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.kernel.ids import EntityId
from archsmith.model.contracts import Act, Body, Endpoint, NoOverlap, Parameter, Query, Table, Vacancy
from archsmith.model.domain import AttributeType, Entity

_FROM: Final = "free_from"
_UNTIL: Final = "free_until"


def taking(ctx: Context, draft: Draft, entity: Entity, rules: Iterable[NoOverlap], tenant: str) -> Iterator[Query]:
    """The look-up in the table of what takes a thing, for each thing that somebody lists: is it taken then?"""
    for rule in rules:
        target = _target(ctx, entity, rule)
        listing = _listings(draft, target) if target else []
        if target is None or not listing:
            continue
        yield Query(
            name=f"{entity.plural} that take a {ctx.entities[target].name}",
            kind="taken",
            operations=tuple(dict.fromkeys(e.operation for e in listing)),
            equal=tuple(c for c in (tenant, *rule.keys) if c),
            span=rule.ends,
            vacancy=_vacancy(ctx, entity, rule, tenant),
        )


def vacancies(ctx: Context, draft: Draft) -> None:
    """Pass: lists of things that are taken for a time can be asked for those that are free."""
    by_name = {(t.store, t.name): i for i, t in enumerate(draft.tables)}
    for table in tuple(draft.tables):
        for rule in table.overlaps:
            taker = ctx.entities[table.entity] if table.entity else None
            target = _target(ctx, taker, rule) if taker else None
            at = by_name.get((table.store, ctx.names[target].table)) if target else None
            if taker is None or target is None or at is None:
                continue
            asked = frozenset(e.operation_id for e in _listings(draft, target))
            vacancy = _vacancy(ctx, taker, rule, table.tenant_column)
            draft.tables[at] = _with_free(draft.tables[at], vacancy)
            more = _parameters(ctx, taker, ctx.entities[target], rule)
            draft.endpoints[:] = [_asking(e, more) if e.operation_id in asked else e for e in draft.endpoints]


def _target(ctx: Context, taker: Entity, rule: NoOverlap) -> EntityId | None:
    """What the last key of the rule names."""
    references = ctx.names[taker.id].references
    return next((r.target for r in taker.relations if references[r.name] == rule.keys[-1]), None)


def _listings(draft: Draft, target: EntityId) -> list[Endpoint]:
    listed = (e for e in draft.endpoints if (e.entity, e.act, e.response) == (target, Act.LIST, Body.PAGE))
    return [e for e in listed if not e.tag]  # a tag: of no entity


def _vacancy(ctx: Context, taker: Entity, rule: NoOverlap, tenant: str) -> Vacancy:
    return Vacancy(
        table=ctx.names[taker.id].table,
        key=rule.keys[-1],
        starts=rule.starts,
        ends=rule.ends,
        where=rule.where,
        last_too=rule.last_too,
        tenant=tenant,
    )


def _with_free(table: Table, vacancy: Vacancy) -> Table:
    """Its pages once more, of what is free only: they are read by the same index."""
    free = [replace(q, name=f"{q.name}, free ones", vacancy=vacancy) for q in table.queries if q.kind == "page"]
    return replace(table, queries=(*table.queries, *free))


def _parameters(ctx: Context, taker: Entity, target: Entity, rule: NoOverlap) -> tuple[Parameter, ...]:
    kind = AttributeType.DATE if rule.dates else AttributeType.TIMESTAMP
    last = "The last day on which" if rule.last_too else "Until when"
    said = {
        _FROM: f"Only {target.plural} that no {taker.name} takes from then on; goes together with `{_UNTIL}`",
        _UNTIL: f"{last} the {target.name} has to be free; goes together with `{_FROM}`",
    }
    return tuple(
        Parameter(name=name, place="query", type=kind, required=False, description=text) for name, text in said.items()
    )


def _asking(endpoint: Endpoint, more: tuple[Parameter, ...]) -> Endpoint:
    """With the parameters, before order and page."""
    named = {p.name for p in endpoint.parameters}
    at = next((i for i, p in enumerate(endpoint.parameters) if p.name == "sort"), len(endpoint.parameters))
    added = tuple(p for p in more if p.name not in named)
    return replace(endpoint, parameters=(*endpoint.parameters[:at], *added, *endpoint.parameters[at:]))
