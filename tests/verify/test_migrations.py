"""Migrations run by their own tool on real databases, and a difference from the schema is found."""

import os
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from tests.render.contracts.designs import artifacts, many_shops, shop
from tests.render.contracts.test_mysql import shop_on_mysql
from tests.render.contracts.test_sqlite import small_shop

from archsmith.kernel.ids import TechId
from archsmith.model.artifacts import Artifact, Check, Outcome
from archsmith.model.design import Design
from archsmith.verify.migrations import RunsMigrations
from archsmith.verify.ports import ToolMissing, chosen
from archsmith.verify.squawk import Squawk

TOOL = RunsMigrations()


def check(files: tuple[Artifact, ...]) -> Check:
    return TOOL.check(chosen(files, TOOL.patterns))


def in_language(design: Design, language: str) -> Design:
    """The same design, its services in another language."""
    services = tuple(replace(s, language=TechId(language)) for s in design.architecture.services)
    return replace(design, architecture=replace(design.architecture, services=services))


@pytest.fixture(autouse=True)
def server(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHSMITH_POSTGRES_URL", postgres_url)


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.usefixtures("tools_on_path")
@pytest.mark.parametrize("design", [many_shops, small_shop], ids=lambda f: f.__name__)
def test_alembic_goes_up_down_and_up(design: Callable[[], Design]) -> None:
    files = artifacts(design())
    assert "db/migrations/env.py" in {f.path for f in files}
    result = check(files)
    assert result.outcome is Outcome.PASSED, result.facts


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("language", "file"),
    [
        ("typescript", "0001_initial.sql"),
        ("go", "000001_initial.down.sql"),
        ("java", "U1__initial.sql"),
        ("ruby", "20260101000000_initial.rb"),
        ("php", "2026_01_01_000000_initial.php"),
        ("csharp", "20260101000000_Initial.cs"),
        ("cobol", "20260101000000_initial.sql"),
    ],
)
def test_other_tools_get_sql_that_goes_both_ways(language: str, file: str) -> None:
    files = artifacts(in_language(shop(), language))
    assert f"db/migrations/{file}" in {f.path for f in files}
    result = check(files)
    assert result.outcome is Outcome.PASSED, result.facts


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"numeric(14,2)", b"numeric(12,2)", "missing column products.price numeric(14,2)"),
        (b"CREATE INDEX products_price_idx", b"CREATE UNIQUE INDEX products_price_idx", "there is index CREATE UNIQUE"),
        (b"DROP TABLE idempotency_keys;", b"", "after down: there is table idempotency_keys"),
        (b"ON DELETE CASCADE", b"ON DELETE RESTRICT", "missing constraint order_lines"),
        (b"CREATE TABLE jobs (", b"CREATE TABLE jobs (,", "up: syntax error"),
    ],
)
def test_a_difference_is_found(old: bytes, new: bytes, told: str) -> None:
    def edited(file: Artifact) -> Artifact:
        return replace(file, content=file.content.replace(old, new)) if "/migrations/" in file.path else file

    result = check(tuple(map(edited, artifacts(in_language(shop(), "go")))))
    assert result.outcome is Outcome.FAILED
    assert [fact for fact in result.facts if told in fact], result.facts


LANGUAGES = ("python", "typescript", "go", "java", "ruby", "php", "csharp", "cobol")


@pytest.mark.usefixtures("tools_on_path")
@pytest.mark.parametrize("language", LANGUAGES)
def test_squawk_has_nothing_to_say_of_a_step(language: str) -> None:
    """Of each tool's way up, in the transaction that it opens; and something of a step without its limits."""
    tool = Squawk()
    files = chosen(artifacts(in_language(many_shops(), language)), tool.patterns)
    result = tool.check(files)
    assert (result.outcome, result.facts) == (Outcome.PASSED, ())
    bare = tuple(
        replace(f, content=f.content.replace(b"SET lock_timeout", b"SET work_mem")) if "/migrations/" in f.path else f
        for f in files
    )
    facts = tool.check(bare).facts
    assert any("/migrations/" in fact and "lock_timeout" in fact for fact in facts), facts


@pytest.mark.slow
@pytest.mark.parametrize("language", ["python", *(pytest.param(x, marks=pytest.mark.all) for x in ("go", "cobol"))])
def test_mysql_goes_up_down_and_up(language: str, monkeypatch: pytest.MonkeyPatch, tools_on_path: None) -> None:
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}:/usr/sbin")
    files = artifacts(in_language(shop_on_mysql(), language))
    assert [f for f in files if f.path == "db/schema-mysql.sql"]
    try:
        result = check(files)
    except ToolMissing as missing:
        pytest.skip(f"no server: {missing}")
    assert result.outcome is Outcome.PASSED, result.facts
    if language == "python":
        return
    broken = [replace(f, content=f.content.replace(b"DROP TABLE jobs", b"SELECT 1")) for f in files]
    assert [fact for fact in check(tuple(broken)).facts if "after down: there is" in fact]
