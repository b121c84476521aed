"""Readers of SQL: one that is not installed is told, and what no reader knows is a difference."""

import sys
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from tests.render.contracts.designs import shop
from tests.render.contracts.test_mysql import shop_on_mysql
from tests.render.contracts.test_sqlite import small_shop
from tests.verify.survivors import made

from archsmith.model.design import Design
from archsmith.verify.parity_evolution import EvolutionParity
from archsmith.verify.parity_migrations import MigrationsParity
from archsmith.verify.parity_seed import SeedParity
from archsmith.verify.parity_sql import SqlParity
from archsmith.verify.ports import Tool, ToolMissing, chosen

TOOLS: tuple[Tool, ...] = (SqlParity(), MigrationsParity(), SeedParity(), EvolutionParity())


@pytest.mark.parametrize("tool", TOOLS, ids=lambda t: t.id)
@pytest.mark.parametrize(("design", "library"), [(shop, "pglast"), (shop_on_mysql, "sqlglot"), (small_shop, "sqlglot")])
def test_a_reader_that_is_missing_is_told(
    tool: Tool, design: Callable[[], Design], library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = made(design)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ToolMissing, match=f"{library} is not installed"):
        tool.check(chosen(files, tool.patterns))


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("CREATE VIEW v AS SELECT 1;", "statement CREATE VIEW v AS SELECT 1"),
        ("DROP TABLE orders;", "drop table orders"),
        ("CREATE TRIGGER t AFTER DELETE ON orders FOR EACH ROW DELETE FROM payments;", "orders trigger t"),
        ("CREATE INDEX i ON orders (status);", "orders index i"),
        ("SET GLOBAL max_connections = 1;", "setting GLOBAL"),
        ("ALTER TABLE orders ADD COLUMN x int;", "statement ALTER TABLE orders ADD COLUMN x int"),
        ("GRANT ALL ON *.* TO app;", "statement GRANT ALL ON * . * TO app"),
    ],
)
def test_what_is_added_is_a_difference(added: str, told: str) -> None:
    files = made(shop_on_mysql)
    edited = [
        replace(f, content=f.content + f"\n{added}\n".encode()) if f.path == "db/schema-mysql.sql" else f for f in files
    ]
    tool = SqlParity()
    assert f"not in the model: {told}" in tool.check(chosen(edited, tool.patterns)).facts
