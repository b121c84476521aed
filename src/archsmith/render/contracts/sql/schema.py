"""`db/schema.sql`, or `db/<store>/schema.sql` where several relational stores keep tables."""

from collections.abc import Iterable, Mapping
from typing import Final

from archsmith.kernel.ids import ArtifactPath, StoreId, element
from archsmith.knowledge.catalogue import Catalogue
from archsmith.knowledge.dialects import postgresql_tables, sql_folder
from archsmith.knowledge.migration_tools import evolution
from archsmith.model.artifacts import Artifact
from archsmith.model.contracts import ForeignKey, Table
from archsmith.model.design import Design
from archsmith.render.contracts.sql.functions import functions
from archsmith.render.contracts.sql.order import in_order, late_keys
from archsmith.render.contracts.sql.partitions import partitions
from archsmith.render.contracts.sql.quoting import comment
from archsmith.render.contracts.sql.tables import add_key, comments, create, indexes
from archsmith.render.contracts.sql.tenants import policies, setting
from archsmith.render.view import View, product_of

_OPENING: Final = """\
BEGIN;
-- Whoever waits for a lock longer than that gives up, instead of holding up all who come later.
SET LOCAL lock_timeout = '{lock}s';
SET LOCAL statement_timeout = '{statement}s';"""


def schemas(design: Design) -> Iterable[Artifact]:
    """One file for each database that has tables, and speaks PostgreSQL."""
    view = View(design)
    for store, tables in postgresql_tables(design.architecture).items():
        path = f"{sql_folder(design.architecture, store)}/schema.sql"
        shows = [element("store", store), *(element("entity", t.entity) for t in tables if t.entity)]
        text = _text(view, store, tables)
        yield Artifact(path=ArtifactPath(path), content=text.encode(), shows=tuple(dict.fromkeys(shows)))


def _text(view: View, store: StoreId, tables: tuple[Table, ...]) -> str:
    head = comment(f"Tables of {view.domain.title}: {view.stores[store].name}, {product_of(view.stores[store])}.")
    head += comment("Written by archsmith from design.json. Change the brief or the requirements, not this file.")
    made = ["\n".join(block) for block in blocks(view, store, tables)]
    limits = {n: round(evolution(Catalogue(), f"{n}_timeout")) for n in ("lock", "statement")}
    return "\n\n".join(["\n".join(head), _OPENING.format(**limits), *made, "COMMIT;"]) + "\n"


def blocks(view: View, store: StoreId, tables: tuple[Table, ...]) -> list[list[str]]:
    """What makes the tables, in order: blocks of whole statements, of which migrations are made too."""
    ordered = in_order(tables)
    late = late_keys(ordered)
    found = [[made] for made in functions(tables)]
    found += [_block(table, late) for table in ordered]
    found += [[add_key(name, key)] for name, keys in late.items() for key in keys]
    return [*found, _guard(tables)] if any(t.tenant_column for t in tables) else found


def _block(table: Table, late: Mapping[str, tuple[ForeignKey, ...]]) -> list[str]:
    return [create(table, late.get(table.name, ())), *partitions(table), *comments(table), *indexes(table)]


def _guard(tables: tuple[Table, ...]) -> list[str]:
    """All policies together, after the tables."""
    named = setting(next(t for t in tables if t.tenant_column))
    said = comment(
        f"Tenants: each connection names its tenant, SET LOCAL {named} = '...', and sees that tenant's rows only. The "
        "application's role must neither be a superuser nor have BYPASSRLS."
    )
    first, *rest = [line for table in tables for line in policies(table)]
    return ["\n".join([*said, first]), *rest]
