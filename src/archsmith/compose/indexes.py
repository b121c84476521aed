"""Indexes: one for each look-up that no key and no other index serves, and none that nothing looks up by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, prod
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


@dataclass(frozen=True)
class Scale:
    """How many rows a table has, of how many bytes, and among how many `values` those of a column are, where known.

    `page`: the most rows of an answer; `disk_page`: bytes that are read at once; `states`: columns of states.
    """

    rows: float = inf
    row_bytes: float = inf
    page: float = 0.0
    disk_page: float = 0.0
    values: Mapping[str, float] = field(default_factory=dict)
    states: frozenset[str] = frozenset()

    def share(self, columns: Sequence[str]) -> float:
        """Of the rows those that have one value in each of the columns, as if values were equally frequent."""
        return prod(1 / max(1.0, self.values.get(c, inf)) for c in columns)

    def is_few(self, column: str) -> bool:
        """Whether one value selects no more rows than an answer has."""
        return self.rows * self.share([column]) <= self.page

    def is_common(self, column: str) -> bool:
        """Whether each value stands about once in every page on disk: reading the table in order until an answer is
        full touches no more of them than an index by the column would. Not where that would be half of the table, and
        not of states, of which most rows have the last."""
        everywhere = self.row_bytes <= self.disk_page * self.share([column])
        soon = self.rows * self.share([column]) >= 2 * self.page
        return everywhere and soon and column not in self.states


UNKNOWN: Final = Scale()
"""Of a table of which nothing but its queries is known: each has its index."""


def search_column(ctx: Context, draft: Draft, entity: Entity, store: StoreId) -> list[Column]:
    """The words of a row, where PostgreSQL itself searches them for an operation."""
    asked = any(o.access is Access.SEARCH for o in ctx.operations_on[entity.id])
    texts = [ctx.names[entity.id].columns[a.name] for a in searched(entity) if not is_encrypted(ctx.naming, a)]
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
    scale: Scale = UNKNOWN,
) -> tuple[list[Index], list[Query]]:
    """The indexes of a table, and its queries with the index that serves each.

    `keys`: primary key and unique columns. `small`: the table is read whole in less than a look-up takes, so that only
    its keys are indexed. `series`: the column by which rows arrive in order, of which a block range index is enough.
    """
    wished = [columns for q in asked if (columns := wanted(q)) and not small]
    enough = {
        wanted(q): less
        for q in asked
        for less in _lesser(q, scale)
        if less in wished and len(less) < len(wanted(q))  # what orders the page too is not left out
    }
    wished = [columns for columns in wished if columns not in enough]
    direct = {*enough.values(), *(wanted(q) for q in asked if not _way(q, scale))}  # these have no other way
    ways = {wanted(q): way for q in asked if (way := _way(q, scale)) and any(way == w[: len(way)] for w in wished)}
    ways = {columns: way for columns, way in ways.items() if columns not in direct}
    wished = [columns for columns in wished if columns not in ways]
    enough |= ways
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


def _lesser(query: Query, scale: Scale) -> Iterator[Columns]:
    """The columns of indexes that serve a page as well as its own where they are there for others, the best last.

    Without what stands all over the table; by what selects few rows alone, in each of which the others are looked at;
    and without whose it is, where something else is compared: rows that somebody else's id selects are few. Of the last
    two the one that selects fewer.
    """
    own = [c for c in query.equal if c != TENANT]
    if query.kind != "page" or query.through or not own:
        return
    rare = [c for c in own if not scale.is_common(c)]
    if len(rare) < len(own):
        yield wanted(_comparing(query, rare))
    if len(own) > 1:
        halves = [own[1:], own[:1]] if scale.is_few(own[0]) else [own[1:]]
        yield from (wanted(_comparing(query, half)) for half in sorted(halves, key=scale.share, reverse=True))


def _way(query: Query, scale: Scale) -> Columns:
    """The columns by which the rows of an owner are found over another table, where that leaves fewer of them than
    what else the query compares."""
    own = [c for c in query.equal if c != TENANT]
    if query.kind != "page" or not query.through or len(own) == 1 or query.through[0][0] in own:
        return ()
    return wanted(_comparing(query, [])) if scale.share(own[:1]) < scale.share(own[1:]) else ()


def _comparing(query: Query, columns: Sequence[str]) -> Query:
    """Of what it compares the tenant and these."""
    return replace(query, equal=tuple(c for c in query.equal if c == TENANT or c in columns))


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
