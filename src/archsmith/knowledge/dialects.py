"""Which databases speak which SQL."""

import hashlib
from typing import Final

from archsmith.kernel.ids import StoreId
from archsmith.model.architecture import Architecture
from archsmith.model.contracts import Condition, Table

SPEAKS_POSTGRESQL: Final = frozenset({"postgresql", "aurora_postgresql", "timescaledb", "postgresql_partitions"})
"""Technologies whose tables are made by PostgreSQL's DDL."""

SPEAKS_SQLITE: Final = frozenset({"sqlite"})
"""Technologies whose tables are made by SQLite's DDL."""

SPEAKS_MYSQL: Final = frozenset({"mysql", "mysql_partitions"})
"""Technologies whose tables are made by MySQL's DDL."""

SERVICE_ROLE: Final = "app_service"
"""The role that the logins of services are members of: rows of one tenant at a time, never the tables themselves."""

_MYSQL_NAME: Final = 64

RELAY_ROLE: Final = "app_relay"
"""The role that a worker takes on to find work of all tenants; it sees that work, and no table of the business."""

OWNER: Final = "schema_owner"
"""The login that owns the tables and runs the migrations."""


def postgresql_tables(architecture: Architecture) -> dict[StoreId, tuple[Table, ...]]:
    """The tables of each database that speaks PostgreSQL."""
    return _tables(architecture, SPEAKS_POSTGRESQL)


def sqlite_tables(architecture: Architecture) -> dict[StoreId, tuple[Table, ...]]:
    """The tables of each SQLite database."""
    return _tables(architecture, SPEAKS_SQLITE)


def mysql_tables(architecture: Architecture) -> dict[StoreId, tuple[Table, ...]]:
    """The tables of each MySQL database."""
    return _tables(architecture, SPEAKS_MYSQL)


def is_home(table: Table) -> bool:
    """Whether its rows are the tenants themselves: not people who happen to be tenants, of a house."""
    return table.entity is None and table.name.removeprefix("system_") == "tenants"


def mysql_checks(table: Table) -> tuple[Condition, ...]:
    """The conditions of a table's columns, each under a name, by which it can be dropped: MySQL itself would count
    them. Names are unique in a database, so two underscores part the table's from the column's."""
    found = []
    for column in table.columns:
        if column.check:
            name = f"{table.name}__{column.name}_check"
            if len(name) > _MYSQL_NAME:
                name = f"{name[: _MYSQL_NAME - 7]}_{hashlib.sha256(name.encode()).hexdigest()[:6]}"
            found.append(Condition(name=name, expression=column.check))
    return tuple(found)


def sql_folder(architecture: Architecture, store: StoreId) -> str:
    """Where the files of a database lie: `db` where there is one, whatever it speaks, else `db/<store>`."""
    kept = (postgresql_tables, sqlite_tables, mysql_tables)
    return "db" if sum(len(tables(architecture)) for tables in kept) == 1 else f"db/{store}"


def _tables(architecture: Architecture, speaks: frozenset[str]) -> dict[StoreId, tuple[Table, ...]]:
    """A store inside another shares the database of its host."""
    stores = {store.id: store for store in architecture.stores}
    found: dict[StoreId, list[Table]] = {}
    for table in architecture.tables:
        store = stores.get(table.store)
        host = stores.get(store.host) if store and store.host else store
        if host and host.engine in speaks:
            found.setdefault(host.id, []).append(table)
    return {store: tuple(tables) for store, tables in found.items()}
