"""`db/queries.sql`: what each operation asks of the database, as a statement that EXPLAIN can be asked about."""

from collections.abc import Iterable, Iterator
from typing import Final

from archsmith.kernel.ids import ArtifactPath, element
from archsmith.kernel.names import snake
from archsmith.kernel.phrases import listed
from archsmith.knowledge.dialects import postgresql_tables, sql_folder
from archsmith.model.artifacts import Artifact
from archsmith.model.contracts import Query, Table
from archsmith.model.design import Design
from archsmith.render.contracts.sql.quoting import comment, name, names
from archsmith.render.view import View

_NAME_MAX: Final = 63


def query_files(design: Design) -> Iterable[Artifact]:
    """One file for each PostgreSQL database that operations look things up in."""
    view = View(design)
    for store, tables in postgresql_tables(design.architecture).items():
        asked = list(named(tables))
        if not asked:
            continue
        path = f"{sql_folder(design.architecture, store)}/queries.sql"
        head = comment(
            f"What {view.domain.title} asks of {view.stores[store].name}: the statements of its operations, prepared, "
            "so that EXPLAIN (ANALYZE) EXECUTE shows how each is answered. Run it after schema.sql."
        )
        blocks = ["\n".join(head), *(_block(ident, table, query) for ident, table, query in asked)]
        shows = [element("store", store), *(element("operation", o) for _, _, q in asked for o in q.operations)]
        text = "\n\n".join(blocks) + "\n"
        yield Artifact(path=ArtifactPath(path), content=text.encode(), shows=tuple(dict.fromkeys(shows)))


def named(tables: Iterable[Table]) -> Iterator[tuple[str, Table, Query]]:
    """The queries of tables, each with the name under which it is prepared, unique among them."""
    taken: set[str] = set()
    for table in tables:
        for query in table.queries:
            wish = snake(query.name)[: _NAME_MAX - 3].strip("_")
            ident = next(n for n in (wish, *(f"{wish}_{i}" for i in range(2, 1000))) if n not in taken)
            taken.add(ident)
            yield ident, table, query


def statement(table: Table, query: Query) -> str:
    """The SQL of a query; its values are $1, $2, ...: `equal`, span, vacancy, words or cursor, page size."""
    own, at = name(table.name), iter(range(1, 100))
    joined, last = [], own
    for column, target in query.through:
        joined.append(f"JOIN {name(target)} ON {name(target)}.id = {last}.{name(column)}")
        last = name(target)
    far = far_column(table, query)
    conditions = [f"{last if c == far else own}.{name(c)} = ${next(at)}" for c in query.equal]
    conditions += [query.where] if query.where else []
    if query.span and query.kind not in ("old", "taken"):
        conditions += [f"{own}.{name(query.span)} >= ${next(at)}", f"{own}.{name(query.span)} < ${next(at)}"]
    conditions += _spans(own, query, at)
    tail = []
    if query.kind == "page":
        keys = ", ".join(f"{own}.{name(c)}" for c in query.order)
        conditions.append(f"({keys}) < ({', '.join(f'${next(at)}' for _ in query.order)})")
        tail = ["ORDER BY " + ", ".join(f"{own}.{name(c)} DESC" for c in query.order), f"LIMIT ${next(at)}"]
    elif query.kind == "next":
        tail = [f"ORDER BY {names(query.order)}", "LIMIT 1", "FOR UPDATE SKIP LOCKED"]
    elif query.kind == "words":
        said = f"websearch_to_tsquery('simple', ${next(at)})"
        conditions.append(f"{own}.search_words @@ {said}")
        tail = [f"ORDER BY ts_rank({own}.search_words, {said}) DESC, {own}.id", f"LIMIT ${next(at)}"]
    elif query.kind == "old":
        conditions.append(f"{own}.{name(query.span)} < ${next(at)}")
    verb = {"count": "SELECT count(*)", "old": "DELETE"}.get(query.kind, f"SELECT {own}.*")
    lines = [verb, f"FROM {own}", *joined]
    lines += ["WHERE " + "\n    AND ".join(conditions)] if conditions else []
    return "\n".join([*lines, *tail])


def far_column(table: Table, query: Query) -> str:
    """The column of `equal` that stands in the last table of `through`; empty without one."""
    return next((c for c in query.equal if c != table.tenant_column), "") if query.through else ""


def _spans(own: str, query: Query, at: Iterator[int]) -> list[str]:
    """That no row of the vacancy is in the way of the span from one value to the next; of `taken`, those that are."""
    free = query.vacancy
    if free is None:
        return []
    other, sign = name(free.table), "=" if free.last_too else ""
    meets = [f"{other}.{name(free.ends)} >{sign} ${next(at)}", f"{other}.{name(free.starts)} <{sign} ${next(at)}"]
    if query.kind == "taken":
        return [*meets, *([free.where] if free.where else [])]
    same = [f"{other}.{name(free.tenant)} = {own}.{name(free.tenant)}"] if free.tenant else []
    same += [f"{other}.{name(free.key)} = {own}.id", *meets, *([free.where] if free.where else [])]
    taken = f"SELECT 1 FROM {other} WHERE "  # noqa: S608 - written, not run
    return ["NOT EXISTS (\n        " + taken + "\n            AND ".join(same) + "\n    )"]


def _block(ident: str, table: Table, query: Query) -> str:
    served = f" ({listed(query.operations, 8)})" if query.operations and query.operations != (query.name,) else ""
    if any(i.name == query.index for i in table.indexes):
        by = f"by the index {query.index}"
    elif query.index:
        by = f"by the key ({query.index})"
    else:
        by = "by reading the table, which is small or asked for as a whole"
    return "\n".join([*comment(f"{query.name}{served}: {by}."), f"PREPARE {ident} AS", f"{statement(table, query)};"])
