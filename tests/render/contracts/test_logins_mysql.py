"""The logins of a MySQL database, made by the script as the image sources it; skipped where no server is here."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.render.contracts.designs import artifacts, rendered
from tests.render.contracts.test_mysql import SCHEMA, server, shop_on_mysql

from archsmith.kernel import safeyaml
from archsmith.verify.mysql import Server
from archsmith.verify.parity_infra import InfraParity
from archsmith.verify.parity_rights import RightsParity
from archsmith.verify.ports import chosen

__all__ = ["server"]


@pytest.fixture(scope="module")
def asked(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], str]:
    """How a user asks the server something, once the script has run: what went wrong, or nothing."""
    files, folder = rendered(shop_on_mysql()), tmp_path_factory.mktemp("mysql")
    (folder / "logins-mysql.sh").write_text(files["db/logins-mysql.sh"])
    assert server.run("CREATE DATABASE app") == ""
    given = safeyaml.load(files["infra/compose.yaml"])["services"]["main"]["environment"]
    secrets = {name: "letters1" for name in given if name.endswith("_PASSWORD")}
    client = shutil.which("mariadb") or shutil.which("mysql") or ""
    sourced = (
        f"docker_process_sql() {{ {client} --no-defaults --socket={server.socket} -u root; }}; . ./logins-mysql.sh"
    )
    done = subprocess.run(
        ["bash", "-euc", sourced], cwd=folder, env=secrets, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert server.run(files[SCHEMA], "app") == ""

    def ask(user: str, sql: str) -> str:
        command = [client, "--no-defaults", f"--socket={server.socket}", "-u", user, "-pletters1", "app"]
        said = subprocess.run(command, input=sql, capture_output=True, text=True, check=False)
        return said.stderr if said.returncode else ""

    return ask


@pytest.mark.parametrize("said", ["SELECT * FROM orders", "DELETE FROM orders", "UPDATE orders SET version = 2"])
def test_a_service_reads_and_changes_rows(asked: Callable[[str, str], str], said: str) -> None:
    assert asked("svc_shop", said) == ""


@pytest.mark.parametrize(
    "said",
    [
        "DROP TABLE orders",
        "ALTER TABLE orders ADD COLUMN x int",
        "CREATE TABLE x (id int)",
        "SELECT * FROM mysql.user",
        "CREATE USER x",
        "GRANT ALL ON app.* TO svc_shop",
    ],
)
def test_a_service_may_nothing_else(asked: Callable[[str, str], str], said: str) -> None:
    assert "denied" in asked("svc_shop", said)


def test_files_are_those_of_the_model() -> None:
    files = artifacts(shop_on_mysql())
    assert Path("db/logins-mysql.sh").name in {Path(f.path).name for f in files}
    for check in (InfraParity(), RightsParity()):
        assert check.check(chosen(files, check.patterns)).facts == ()
