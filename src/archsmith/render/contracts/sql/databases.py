"""The databases with tables, of whatever dialect: what makes the tables, where their files lie, whose they are."""

from dataclasses import dataclass

from archsmith.kernel.ids import ElementId, element
from archsmith.knowledge.dialects import mysql_tables, postgresql_tables, sql_folder, sqlite_tables
from archsmith.model.architecture import Service, Store
from archsmith.model.contracts import Table
from archsmith.render.contracts.sql.mysql import mysql_blocks
from archsmith.render.contracts.sql.schema import blocks
from archsmith.render.contracts.sql.sqlite import sqlite_blocks
from archsmith.render.view import View


@dataclass(frozen=True, slots=True)
class Database:
    """A store with tables. `dialect`: postgresql, mysql or sqlite. `folder`: where its files lie (`db`, `db/<store>`).
    `service`: the one that keeps most of its entities there, in whose language it is changed."""

    store: Store
    dialect: str
    tables: tuple[Table, ...]
    folder: str
    service: Service

    @property
    def shows(self) -> tuple[ElementId, ...]:
        """The elements that its files show."""
        entities = (element("entity", t.entity) for t in self.tables if t.entity)
        return tuple(dict.fromkeys([element("store", self.store.id), *entities]))

    def file(self, stem: str, suffix: str) -> str:
        """The path of a file in its dialect (`db/seed.sql`, `db/seed-mysql.sql`)."""
        kind = "" if self.dialect == "postgresql" else f"-{self.dialect}"
        return f"{self.folder}/{stem}{kind}.{suffix}"


def databases(view: View) -> tuple[Database, ...]:
    """The databases of a design, in the order of its stores."""
    a = view.arch
    found = {
        store: (dialect, tables)
        for dialect, tables_of in (
            ("postgresql", postgresql_tables(a)),
            ("mysql", mysql_tables(a)),
            ("sqlite", sqlite_tables(a)),
        )
        for store, tables in tables_of.items()
    }
    return tuple(
        Database(s, *found[s.id], sql_folder(a, s.id), _service(view, found[s.id][1]))
        for s in a.stores
        if s.id in found
    )


def _service(view: View, tables: tuple[Table, ...]) -> Service:
    kept = {t.entity for t in tables if t.entity}
    return max(view.arch.services, key=lambda s: len(kept & set(s.entities)))


def statements(view: View, database: Database) -> list[list[str]]:
    """What makes the tables, as blocks of whole statements."""
    match database.dialect:
        case "mysql":
            return mysql_blocks(database.tables)
        case "sqlite":
            return sqlite_blocks(database.tables)
        case _:
            return blocks(view, database.store.id, database.tables)
