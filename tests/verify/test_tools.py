"""Each check passes on a good file and fails on the nearest bad one; with its tool away it is not run."""

import re
import shutil
from pathlib import Path

import pytest

from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact, Check, Outcome
from archsmith.verify.data_files import JsonReads, YamlLints, YamlReads
from archsmith.verify.dockerfile import Compose, Hadolint
from archsmith.verify.mermaid import Mermaid
from archsmith.verify.openapi import Examples, OpenApi
from archsmith.verify.ports import Tool, ToolMissing
from archsmith.verify.postgres import RunsOnPostgres
from archsmith.verify.registry import TOOLS, verify
from archsmith.verify.seed import SeedLoads
from archsmith.verify.sql import SqlParses
from archsmith.verify.sqlite import RunsOnSqlite
from archsmith.verify.squawk import Squawk

OPENAPI = """
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /things:
    get:
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Thing"}
              examples: {one: {value: {id: %s}}}
components:
  schemas:
    Thing: {type: object, required: [id], properties: {id: {type: %s}}}
"""

CASES: tuple[tuple[Tool, str, str, str], ...] = (
    (JsonReads(), "a.json", '{"a": 1}', '{"a": 1, "a": 2}'),
    (YamlReads(), "a.yaml", "a: 1\n", "a: &x 1\nb: *x\n"),
    (YamlLints(), "a.yaml", "a: 1\n", "a: 1\na: 2\n"),
    (OpenApi(), "api/openapi.yaml", OPENAPI % ("x", "string"), OPENAPI % ("x", "strin")),
    (Examples(), "api/openapi.yaml", OPENAPI % ("x", "string"), OPENAPI % ("x", "integer")),
    (SqlParses(), "db/schema.sql", "CREATE TABLE a (id uuid);", "CREATE TABEL a (id uuid);"),
    (
        Squawk(),
        "db/schema.sql",
        "BEGIN; CREATE TABLE a (id bigint PRIMARY KEY); COMMIT;",
        "BEGIN; CREATE TABLE a (id bigint PRIMARY KEY, n int, s varchar(20)); COMMIT;",
    ),
    (RunsOnSqlite(), "db/schema-sqlite.sql", "CREATE TABLE a (id TEXT) STRICT;", "CREATE TABLE a (id uuid) STRICT;"),
    (Hadolint(), "infra/Dockerfile", "FROM python:3.12-slim\nUSER 1000\n", "FROM python\nRUN cd /\n"),
    (Compose(), "infra/compose.yaml", "services:\n  a:\n    image: b:1\n", "services:\n  a:\n    imag: b:1\n"),
    (Mermaid(), "diagrams/a.mmd", "flowchart LR\n  a --> b\n", "flowchart LR\n  a --> --> [\n"),
)


def run(tool: Tool, path: str, text: str) -> Check:
    """One check of one file."""
    return tool.check((Artifact(path=ArtifactPath(path), content=text.encode()),))


@pytest.mark.usefixtures("tools_on_path")
@pytest.mark.parametrize(("tool", "path", "good", "bad"), CASES, ids=[c[0].id for c in CASES])
def test_passes_good_and_fails_bad(tool: Tool, path: str, good: str, bad: str) -> None:
    """The nearest bad file fails, with a fact that names it."""
    passed = run(tool, path, good)
    assert passed.outcome is Outcome.PASSED, passed.facts
    failed = run(tool, path, bad)
    assert failed.outcome is Outcome.FAILED
    assert failed.facts
    assert failed.version


def test_examples_without_any_fail() -> None:
    """A document with no example is no pass."""
    assert run(Examples(), "api/openapi.yaml", "openapi: 3.1.0\npaths: {}\n").outcome is Outcome.FAILED


def test_postgres_runs_good_and_fails_bad(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What parses but does not run is found only by a server."""
    monkeypatch.setenv("ARCHSMITH_POSTGRES_URL", postgres_url)
    good = run(RunsOnPostgres(), "db/schema.sql", "CREATE TABLE a (id uuid PRIMARY KEY);")
    assert good.outcome is Outcome.PASSED, good.facts
    bad = run(RunsOnPostgres(), "db/schema.sql", "CREATE TABLE a (id uuid REFERENCES b (id));")
    assert bad.outcome is Outcome.FAILED
    assert good.version.split(".")[0].isdigit()


def test_what_comes_after_the_schema_runs_and_leaves_nothing(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Statements and rights are tried on the tables; a role is the server's, so none stays behind."""
    monkeypatch.setenv("ARCHSMITH_POSTGRES_URL", postgres_url)

    def tried(after: str) -> Check:
        texts = {"db/queries.sql": after, "db/schema.sql": "CREATE TABLE a (id uuid PRIMARY KEY);"}
        files = [Artifact(path=ArtifactPath(p), content=t.encode()) for p, t in texts.items()]
        return RunsOnPostgres().check(files)

    good = "PREPARE one AS SELECT * FROM a WHERE id = $1; CREATE ROLE that_is_tried;"
    assert [tried(good).facts for _ in range(2)] == [(), ()]
    assert tried("PREPARE one AS SELECT * FROM b WHERE id = $1;").facts == (
        'db/queries.sql: relation "b" does not exist',
    )


def test_a_schema_that_fails_in_its_transaction_is_told_once(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes after it is not tried on tables that are not there."""
    monkeypatch.setenv("ARCHSMITH_POSTGRES_URL", postgres_url)
    texts = {"db/schema.sql": "BEGIN; CREATE TABLE a (id nothing); COMMIT;", "db/roles.sql": "CREATE ROLE tried;"}
    files = [Artifact(path=ArtifactPath(p), content=t.encode()) for p, t in texts.items()]
    assert RunsOnPostgres().check(files).facts == ('db/schema.sql: type "nothing" does not exist',)


def test_postgres_from_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a URL a throw-away cluster is made of the programs on PATH; where none can run, it is not run."""
    monkeypatch.delenv("ARCHSMITH_POSTGRES_URL", raising=False)
    try:
        result = run(RunsOnPostgres(), "db/schema.sql", "CREATE TABLE a (id uuid PRIMARY KEY);")
    except ToolMissing as missing:
        assert not shutil.which("initdb") or "does not run here" in str(missing) or "failed" in str(missing)
    else:
        assert result.outcome is Outcome.PASSED, result.facts


@pytest.mark.parametrize("path", ["infra/Dockerfile", "infra/compose.yaml", "diagrams/a.mmd"])
def test_missing_program_is_not_run(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No tool, no pass."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    evidence = verify((Artifact(path=ArtifactPath(path), content=b"FROM a:1\n"),), full=True)
    outcomes = {c.id: c.outcome for c in evidence.checks if not c.id.startswith("V-YAML")}
    assert outcomes
    assert set(outcomes.values()) == {Outcome.NOT_RUN}


def test_docker_without_its_plugin_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine alone reads no compose file: that is no failure of the file."""
    docker = tmp_path / "docker"
    docker.write_text("#!/bin/sh\nexit 1\n")
    docker.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    file = Artifact(path=ArtifactPath("infra/compose.yaml"), content=b"services: {}\n")
    found = {c.id: c.outcome for c in verify((file,), full=True).checks}
    assert found["V-COMPOSE"] is Outcome.NOT_RUN


def test_slow_checks_wait_to_be_asked_for() -> None:
    """Without `full` they are entered as not run, with the way to run them."""
    evidence = verify((Artifact(path=ArtifactPath("infra/Dockerfile"), content=b"FROM a:1\n"),), full=False)
    assert {c.outcome for c in evidence.checks} == {Outcome.NOT_RUN}
    assert any("archsmith verify" in c.facts[0] for c in evidence.checks)


def test_registry_is_unique_and_covered() -> None:
    """Every registered check has its good and bad case here, or in a test of its own that names it."""
    ids = [t.id for t in TOOLS]
    assert len(set(ids)) == len(ids)
    here = Path(__file__).parents[1]
    written = "".join(file.read_text() for file in sorted(here.rglob("test_*.py")) if file != Path(__file__))
    known = {c[0].id for c in CASES} | {RunsOnPostgres().id}
    assert [t.id for t in TOOLS if t.id not in known and not re.search(rf"\b{type(t).__name__}\b", written)] == []


def test_what_was_left_out_is_no_pass() -> None:
    """A seed beside no schema is told, though the other one loads."""
    files = (
        Artifact(path=ArtifactPath("db/schema-sqlite.sql"), content=b"CREATE TABLE t (id INTEGER);"),
        Artifact(path=ArtifactPath("db/seed-sqlite.sql"), content=b"INSERT INTO t VALUES (1);"),
        Artifact(path=ArtifactPath("db/other/seed.sql"), content=b"INSERT INTO u VALUES (1);"),
    )
    result = SeedLoads().check(files)
    assert result.outcome is Outcome.PARTLY
    assert result.facts == ("not run: db/other/seed.sql",)
