"""Indexes: one for each look-up that no key and no other index serves, and none that nothing looks up by."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from archsmith.compose.context import Context
from archsmith.compose.draft import Draft
from archsmith.compose.fields import is_encrypted
from archsmith.compose.names import bounded
from archsmith.compose.ownership import TENANT
from archsmith.compose.parameters import searched
from archsmith.compose.queries import SEARCH, searches_elsewhere
from archsmith.kernel.ids import StoreId
from archsmith.model.contracts import Column, Index, Query
from archsmith.model.domain import Access, Entity

Columns = tuple[str, ...]


def search_column(ctx: Context, draft: Draft, entity: Entity, store: StoreId) -> list[Column]:
    """The words of a row, where PostgreSQL itself searches them for an operation."""
    asked = any(o.access is Access.SEARCH for o in ctx.operations_on[entity.id])
    texts = [ctx.names[entity.id].columns[a.name] for a in searched(entity) if not is_encrypted(a)]
    if not asked or not texts or searches_elsewhere(draft, store):
        return []
    words = " || ' ' || ".join(f"coalesce({name}, '')" for name in texts)
    return [
        Column(
            name=SEARCH,
            type="tsvector",
            nullable=True,
            comment=f"Words of {', '.join(texts)}, as they stand: simple, since the language of a row is not known",
            generated=f"to_tsvector('simple', {words})",
        )
    ]


def indexed(
    table: str,
    asked: Sequence[Query],
    keys: Sequence[Columns],
    *,
    small: bool,
    series: str = "",
    few: frozenset[str] = frozenset(),
) -> tuple[list[Index], list[Query]]:
    """The indexes of a table, and its queries with the index that serves each.

    `keys`: primary key and unique columns. `small`: the table is read whole in less than a look-up takes, so that only
    its keys are indexed. `series`: the column by which rows arrive in order, of which a block range index is enough.
    `few`: columns of which one value selects no more rows than a page has.
    """
    wished = [columns for q in asked if (columns := wanted(q)) and not small]
    enough = {wanted(q): less for q in asked for less in (by_few(q, few), without_owner(q)) if less in wished}
    wished = [columns for columns in wished if columns not in enough]
    kept: dict[Columns, Index] = {}
    for columns in dict.fromkeys(wished):
        if any(columns == other[: len(columns)] for other in (*keys, *(w for w in wished if len(w) > len(columns)))):
            continue
        method = "gin" if columns == (SEARCH,) else "brin" if columns == (series,) else "btree"
        label = "words" if method == "gin" else "_".join(columns)
        kept[columns] = Index(name=bounded(f"{table}_{label}_idx"), columns=columns, method=method)
    told = [replace(q, index=_serving(_least(wanted(q), enough), keys, kept, q)) for q in asked]
    return [replace(i, operations=_served(i, told)) for i in kept.values()], told


def _least(columns: Columns, enough: Mapping[Columns, Columns]) -> Columns:
    return _least(enough[columns], enough) if columns in enough else columns


def wanted(query: Query) -> Columns:
    """The columns of the index that serves a query: equality, then the range or the order; empty for a whole table."""
    if query.kind == "words":
        return query.equal or (SEARCH,)  # under a policy no operator reads an index that is not leakproof, as @@ is not
    equal = [c for c in query.equal if not query.through or c != _whose(query)]
    if query.through and set(equal) <= {TENANT}:
        return (*equal, query.through[0][0])
    tail = (query.span,) if query.span and query.span not in query.order[:1] else query.order
    return tuple(dict.fromkeys((*equal, *tail)))


def without_owner(query: Query) -> Columns:
    """The columns of an index that serves a query as well where it is there for others: rows that somebody else's id
    selects are few, and whose they are is looked at in each. Empty where a query selects by no more than by whose."""
    own = [c for c in query.equal if c != TENANT]
    if query.kind != "page" or query.through or len(own) < _BOTH:
        return ()
    return wanted(replace(query, equal=tuple(c for c in query.equal if c != own[0])))


def by_few(query: Query, few: frozenset[str]) -> Columns:
    """The columns of an index that serves a query as well where it is there for others: of the few rows that the first
    column selects, the others that are compared are looked at in each. Empty where the first selects many."""
    own = [c for c in query.equal if c != TENANT]
    if query.kind != "page" or query.through or len(own) < _BOTH or own[0] not in few:
        return ()
    return wanted(replace(query, equal=tuple(c for c in query.equal if c in (TENANT, own[0]))))


_BOTH: Final = 2
"""By whose it is, and by something else."""


def _whose(query: Query) -> str:
    """The first column that is compared and is not the tenant's."""
    return next((c for c in query.equal if c != TENANT), "")


def _serving(columns: Columns, keys: Sequence[Columns], kept: dict[Columns, Index], query: Query) -> str:
    if not columns:
        return ""
    for made, index in kept.items():
        if columns == made[: len(columns)]:
            return index.name
    served = next((k for k in keys if columns == k[: len(columns)] or (query.kind == "row" and k[:1] == columns)), ())
    return ", ".join(served)


def _served(index: Index, asked: Sequence[Query]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(o for q in asked if q.index == index.name for o in q.operations))
