"""What the prepared statements of a database have to be: each look-up of the model in SQL."""

from collections.abc import Iterable, Iterator

from archsmith.kernel.names import snake
from archsmith.model.contracts import Query, Table, Vacancy
from archsmith.verify.parity_facts import Fact, facts_at
from archsmith.verify.sql_facts import statement

_NAME_MAX = 60
"""Characters of a name before its number, of PostgreSQL's 63."""


def query_facts(tables: Iterable[Table]) -> Iterator[Fact]:
    """One statement for each look-up."""
    taken: set[str] = set()
    for table in tables:
        for query in table.queries:
            name = plain = snake(query.name)[:_NAME_MAX].strip("_")
            while name in taken:
                name = f"{plain}_{int(name.removeprefix(plain).strip('_') or 1) + 1}"
            taken.add(name)
            yield from facts_at(f"query {name}", {"is": statement(_sql(table, query))})


class _Values:
    """The values that a caller gives, in the order in which they are named."""

    def __init__(self) -> None:
        self._count = 0

    def next(self) -> str:
        self._count += 1
        return f"${self._count}"


def _sql(table: Table, query: Query) -> str:
    values, own = _Values(), f'"{table.name}"'
    last = own
    joins = ""
    for column, target in query.through:
        joins += f' JOIN "{target}" ON "{target}".id = {last}."{column}"'
        last = f'"{target}"'
    tests = []
    theirs = query.through != ()  # the first column that is not the tenant's stands in the last table
    for column in query.equal:
        there = theirs and column != table.tenant_column
        tests.append(f'{last if there else own}."{column}" = {values.next()}')
        theirs = theirs and not there
    tests += [query.where] if query.where else []
    span = f'"{table.name}"."{query.span}"'
    match query.kind:
        case "old":
            verb, order = "DELETE", ""
            tests.append(f"{span} < {values.next()}")
        case "count":
            verb, order = "SELECT count(*)", ""
        case _:
            verb, order = f'SELECT "{table.name}".*', ""
    if query.span and query.kind not in ("old", "taken"):
        tests += [f"{span} >= {values.next()}", f"{span} < {values.next()}"]
    if query.vacancy:
        tests += _free(table, query.vacancy, values, inside=query.kind == "taken")
    order_by = [f'{own}."{c}"' for c in query.order]
    if query.kind == "page":
        cursor = ", ".join(values.next() for _ in order_by)
        tests.append(f"({', '.join(order_by)}) < ({cursor})")
        order = f" ORDER BY {', '.join(f'{c} DESC' for c in order_by)} LIMIT {values.next()}"
    elif query.kind == "next":
        order = " ORDER BY " + ", ".join(f'"{c}"' for c in query.order) + " LIMIT 1 FOR UPDATE SKIP LOCKED"
    elif query.kind == "words":
        words = f"websearch_to_tsquery('simple', {values.next()})"
        tests.append(f'"{table.name}".search_words @@ {words}')
        order = f' ORDER BY ts_rank("{table.name}".search_words, {words}) DESC, "{table.name}".id'
        order += f" LIMIT {values.next()}"
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    return f'{verb} FROM "{table.name}"{joins}{where}{order}'


def _free(table: Table, free: Vacancy, values: _Values, *, inside: bool) -> list[str]:
    """That no row is in the way of the span between two values; `inside` the table of those rows, that they are."""
    other, sign = f'"{free.table}"', "=" if free.last_too else ""
    meets = [f'{other}."{free.ends}" >{sign} {values.next()}', f'{other}."{free.starts}" <{sign} {values.next()}']
    meets += [free.where] if free.where else []
    if inside:
        return meets
    same = [f'{other}."{free.key}" = "{table.name}".id', *meets]
    same = [f'{other}."{free.tenant}" = "{table.name}"."{free.tenant}"', *same] if free.tenant else same
    return [f"NOT EXISTS (SELECT 1 FROM {other} WHERE {' AND '.join(same)})"]  # noqa: S608 - compared, not run
