"""Tables of a MySQL database on a real server: MySQL's or, as a stand-in, MariaDB's; skipped where neither is here."""

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace
from tests.render.contracts.designs import artifacts, rendered, shop
from tests.render.contracts.engines import on_engine

from archsmith.kernel.ids import DecisionId, StoreId
from archsmith.model.artifacts import Outcome
from archsmith.model.contracts import Column, ForeignKey, Index, NoOverlap, Table
from archsmith.model.design import Design
from archsmith.render.contracts.sql.mysql import mysql_blocks, mysql_literal
from archsmith.render.contracts.sql.sqlite import sqlite_blocks
from archsmith.verify.mysql import RunsOnMysql, Server, mysql_server
from archsmith.verify.ports import ToolMissing, chosen

SCHEMA = "db/schema-mysql.sql"


def shop_on_mysql() -> Design:
    """The seed shop on MySQL."""
    return on_engine(shop(), "mysql")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{path}:/usr/sbin"
    try:
        with mysql_server() as running:
            yield running
    except ToolMissing as missing:
        pytest.skip(f"no server: {missing}")
    finally:
        os.environ["PATH"] = path


def booked() -> Table:
    """A table of which some rows take a thing alone, and none overlaps another."""
    kinds = {"id": "char(36)", "desk_id": "char(36)", "status": "varchar(20)", "starts_at": "datetime(6)",
             "ends_at": "datetime(6)"}  # fmt: skip
    columns = tuple(Column(name=n, type=k, nullable=False, comment=n) for n, k in kinds.items())
    where = "status NOT IN ('cancelled')"
    return Table(
        store=StoreId("main"), name="bookings", entity=None, comment="it's \\ a 'table'", columns=columns,
        primary_key=("id",), because=(DecisionId("D-001"),),
        indexes=(Index(name="bookings_once", columns=("desk_id", "starts_at"), unique=True, where=where),),
        overlaps=(
            NoOverlap(name="bookings_apart", keys=("desk_id",), starts="starts_at", ends="ends_at", where=where),
        ),
    )  # fmt: skip


def row(key: str, status: str, start: int, end: int) -> str:
    return (
        f"INSERT INTO bookings (id, desk_id, status, starts_at, ends_at) VALUES "
        f"('{key}', 'd', '{status}', '2026-03-02 {start:02d}:00:00', '2026-03-02 {end:02d}:00:00');"
    )


@pytest.mark.slow
def test_schema_and_seed_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}:/usr/sbin")
    tool = RunsOnMysql()
    try:
        result = tool.check(chosen(artifacts(shop_on_mysql()), tool.patterns))
    except ToolMissing as missing:
        pytest.skip(f"no server: {missing}")
    assert result.outcome is Outcome.PASSED, result.facts


def test_columns_are_those_of_the_model(server: Server) -> None:
    design = shop_on_mysql()
    server.run("CREATE DATABASE model")
    assert server.run(rendered(design)[SCHEMA], "model") == ""
    for table in design.architecture.tables:
        asked = "SELECT column_name FROM information_schema.columns WHERE table_schema = 'model' AND table_name = "
        asked += f"'{table.name}'"
        assert set(server.answer(asked).split()) == {c.name for c in table.columns}
    assert "Duplicate" in server.run(rendered(design)["db/seed-mysql.sql"] * 2, "model")
    assert "CONSTRAINT" in server.run("UPDATE products SET price = -1", "model").upper()


def test_what_counts_is_taken_once_and_never_overlaps(server: Server) -> None:
    server.run("CREATE DATABASE booked CHARACTER SET utf8mb4")
    assert server.run("\n".join(s for block in mysql_blocks((booked(),)) for s in block), "booked") == ""
    assert server.run(row("a", "booked", 9, 11), "booked") == ""
    assert "cannot be null" in server.run(row("b", "booked", 10, 12), "booked")
    assert server.run(row("c", "cancelled", 10, 12), "booked") == ""
    assert server.run(row("d", "booked", 11, 12), "booked") == ""
    assert "cannot be null" in server.run("UPDATE bookings SET status = 'booked' WHERE id = 'c'", "booked")


def places() -> Table:
    """What is taken."""
    key = Column(name="id", type="char(36)", nullable=False, comment="Key")
    return replace(booked(), name="desks", columns=(key,), indexes=(), overlaps=())


def of_a_place() -> Table:
    """Bookings of a desk that is a row here."""
    key = ForeignKey(name="k", columns=("desk_id",), target="desks", target_columns=("id",), on_delete="RESTRICT")
    return replace(booked(), foreign_keys=(key,), indexes=())


@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "READ COMMITTED"])
def test_of_two_at_once_one_is_refused(server: Server, isolation: str) -> None:
    """The second has looked at the table before the first one commits, and asks while that one is under way."""
    name = f"twice_{isolation.split()[1].lower()}"
    server.run(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
    made = "\n".join(s for block in mysql_blocks((places(), of_a_place())) for s in block)
    assert server.run(f"{made} INSERT INTO desks VALUES ('d');", name) == ""
    begin = f"SET TRANSACTION ISOLATION LEVEL {isolation}; START TRANSACTION; SELECT * FROM bookings;"
    first = f"{begin} {row('a', 'booked', 9, 11)} SELECT SLEEP(1); COMMIT;"
    second = f"{begin} SELECT SLEEP(0.4); {row('b', 'booked', 10, 12)} COMMIT;"
    with ThreadPoolExecutor(2) as both:
        said = list(both.map(lambda sql: server.run(sql, name), (first, second)))
    assert said[0] == ""
    assert "cannot be null" in said[1]
    assert server.answer("SELECT id FROM bookings", name) == "a"


def test_sqlite_refuses_what_overlaps() -> None:
    import sqlite3

    table = booked()
    columns = tuple(replace(c, type="TEXT") for c in table.columns)
    db = sqlite3.connect(":memory:")
    db.executescript("\n".join(s for block in sqlite_blocks((replace(table, columns=columns),)) for s in block))
    db.executescript(row("a", "booked", 9, 11) + row("c", "cancelled", 10, 12) + row("d", "booked", 11, 12))
    with pytest.raises(sqlite3.IntegrityError, match="bookings_apart"):
        db.executescript(row("b", "booked", 10, 12))
    with pytest.raises(sqlite3.IntegrityError, match="bookings_apart"):
        db.execute("UPDATE bookings SET status = 'booked' WHERE id = 'c'")


def test_words_end_where_we_end_them() -> None:
    assert mysql_literal("\\' OR 1=1 --") == "'\\\\'' OR 1=1 --'"
    assert not re.search(r"PARTITION|RLS|POLICY|tsvector", rendered(shop_on_mysql())[SCHEMA])


def test_no_key_is_longer_than_innodb_takes() -> None:
    widths = {"varbinary": 1, "varchar": 4, "char": 1}
    for table in shop_on_mysql().architecture.tables:
        kinds = {c.name: c.type for c in table.columns}
        for key in (table.primary_key, *table.uniques):
            sizes = [re.fullmatch(r"(\w+)\((\d+)\)", kinds[c]) for c in key if c in kinds]
            assert sum(widths.get(m[1], 0) * int(m[2]) for m in sizes if m) <= 3072, (table.name, key)
