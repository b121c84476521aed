"""Section 4: what is stored where, each table with its columns, keys and the operations that its indexes serve."""

from collections.abc import Iterator

from archsmith.kernel.ids import element
from archsmith.model.architecture import Service, Store
from archsmith.model.contracts import Column, ForeignKey, Index, Table
from archsmith.model.domain import Entity
from archsmith.render import show
from archsmith.render.diagrams import er
from archsmith.render.markdown import bullets, code, fence, join, listed, sentence, table, text
from archsmith.render.prose import capital, some
from archsmith.render.sections.keyspaces import keyspaces
from archsmith.render.view import View, product_of


def data(view: View) -> str:
    """The section's text, without its heading."""
    stores = table(
        ("Store", "Product", "Holds", "Size now", "At the horizon", "Reads, writes at the peak", "Backup"),
        [_store(view, s) for s in view.arch.stores],
        right=(3, 4),
    )
    return join(
        [
            _volume(view),
            stores,
            "### Entities",
            table(
                ("Entity", "Rows at the horizon", "New", "Row", "Kept", "Class", "Truth in"),
                [_entity(view, e) for e in view.domain.entities],
                right=(1, 2, 3),
            ),
            *[_drawn(view, s) for s in view.arch.services],
            *(_briefly(view) if view.small else _in_full(view)),
            *keyspaces(view),
        ]
    )


def tables_page(view: View) -> str:
    """The tables with their columns as a page of its own, for a small design; nothing where there are none."""
    return join([f"# Tables of {text(view.title)}", *_in_full(view)[1:]]) if view.small and view.arch.tables else ""


def _in_full(view: View) -> list[str]:
    """Every table: columns, keys, indexes."""
    alike = _shared(view)
    return [
        "### Tables" if view.arch.tables else "",
        _everywhere(view, alike),
        *[_table(view, t, alike) for t in view.arch.tables],
    ]


def _briefly(view: View) -> list[str]:
    """The indexes that operations count on; the columns are in the page beside the schema."""
    rows = [
        (code(t.name, in_table=True), _names(i.columns), listed(text(view.operation_name(o)) for o in i.operations))
        for t in view.arch.tables
        for i in t.indexes
        if i.operations
    ]
    said = f"Columns, keys and rules of every table of {text(view.title)}: [db/README.md](db/README.md)."
    return [
        "### Indexes" if rows else "",
        table(("Table", "Index on", "Serves"), rows),
        said if view.arch.tables else "",
    ]


def _volume(view: View) -> str:
    load = view.design.derivation.workload
    title = capital(view.title)
    one, three = show.size(load.stored_1y.value), show.size(load.stored_3y.value)
    said = f"{title} keeps {one} of rows after one year and {three} after three."
    if load.blobs_3y.value:
        first, later = show.size(load.blobs_1y.value), show.size(load.blobs_3y.value)
        said += f" Files come to {first} and {later}." if first != later else f" Files come to {later}."
    return said


def _store(view: View, store: Store) -> tuple[str, ...]:
    held = some([text(view.entity_name(e)) for e in store.entities], 8)
    inside = f"inside {text(view.stores[store.host].name)}" if store.host in view.stores and store.host else ""
    return (
        capital(store.name),
        text(product_of(store)),
        held or inside,
        show.size(store.size_now),
        show.size(store.size_horizon),
        f"{show.rate(store.reads_peak)}, {show.rate(store.writes_peak)}",
        _backup(store),
    )


def _backup(store: Store) -> str:
    if store.backup is None:
        return "none: rebuilt from the truth" if not store.host else "with its host"
    b = store.backup
    log = ", log shipped" if b.continuous else ""
    away = ", copy elsewhere" if b.elsewhere else ""
    return f"every {show.duration(b.every)}, kept {show.days(b.keep)}{log}{away}"


def _entity(view: View, entity: Entity) -> tuple[str, ...]:
    kept = show.months(entity.retention.value) if entity.retention else "no limit"
    new = f"{show.number(entity.rows_per_month.value)} a month"
    master = view.name(element("system", entity.master)) if entity.master else ""
    placed = view.placements.get(entity.id)
    where = [view.stores[s].name for s in (placed.store, *placed.copies) if s in view.stores] if placed else []
    truth = f"{text(master)}, copy in {some(map(text, where))}" if master else some(map(text, where))
    return (
        capital(entity.name),
        show.number(entity.rows.value),
        new,
        show.size(entity.row_bytes.value),
        kept,
        text(entity.data_class),
        truth,
    )


def _drawn(view: View, service: Service) -> str:
    shown = er.diagram(view, service)
    return (
        f"### Relations in {text(service.name)}\n\n{fence('mermaid', er.mermaid(er.keys(shown)))}"
        if shown.boxes
        else ""
    )


def _shared(view: View) -> tuple[Column, ...]:
    """Columns that every table of an entity has alike, the key aside; none where there are only a few tables."""
    tables = [t for t in view.arch.tables if t.entity is not None]
    if len(tables) < 3:
        return ()
    alike = set.intersection(*({(c.name, c.type, c.nullable) for c in t.columns} for t in tables))
    keys = {name for t in tables for name in t.primary_key}
    return tuple(c for c in tables[0].columns if (c.name, c.type, c.nullable) in alike and c.name not in keys)


def _everywhere(view: View, alike: tuple[Column, ...]) -> str:
    if not alike:
        return ""
    tables = [code(t.name) for t in view.arch.tables if t.entity is not None]
    columns = listed(f"{code(c.name)} {text(c.type)}" for c in alike)
    return f"{columns} stand in each of {some(tables, 4)} and are left out below."


def _table(view: View, shown: Table, alike: tuple[Column, ...]) -> str:
    hidden = {c.name for c in alike} if shown.entity is not None else set()
    facts = [f"Columns: {', '.join(_column(c, shown) for c in shown.columns if c.name not in hidden)}."]
    uniques = [_names(u) for u in shown.uniques if u != shown.primary_key]
    facts += [f"Unique: {', '.join(uniques)}."] if uniques else []
    facts += [_key(k) for k in shown.foreign_keys]
    facts += [_index(view, i) for i in shown.indexes]
    facts += _rules(shown)
    return f"**{code(shown.name)}** {sentence(shown.comment)}\n\n{bullets(facts)}"


def _column(column: Column, shown: Table) -> str:
    marks = ["key"] if column.name in shown.primary_key else []
    marks += ["optional"] if column.nullable else []
    marks += [code(column.check)] if " IN (" in column.check else []
    said = f"{code(column.name)} {text(column.type)}"
    return f"{said} ({', '.join(marks)})" if marks else said


def _key(key: ForeignKey) -> str:
    return f"{_names(key.columns)} refers to {code(key.target)}, {text(key.on_delete.lower())} on delete."


def _index(view: View, index: Index) -> str:
    kind = "unique " if index.unique else ""
    method = f" {text(index.method)}" if index.method != "btree" else ""
    where = f" where {code(index.where)}" if index.where else ""
    serves = [f"*{text(view.operation_name(o))}*" for o in index.operations]
    reason = f" serves {listed(serves)}" if serves else ""
    return f"{kind.capitalize() or ''}{'index' if kind else 'Index'}{method} on {_names(index.columns)}{where}{reason}."


def _rules(shown: Table) -> Iterator[str]:
    if shown.tenant_column:
        yield f"Row-level security keeps rows apart by {code(shown.tenant_column)}."
    if shown.partition_by:
        yield f"Partitioned by {code(shown.partition_by)}."
    if shown.retention:
        yield f"Rows of {code(shown.name)} end after {show.months(shown.retention)}."


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(code(c) for c in columns)
