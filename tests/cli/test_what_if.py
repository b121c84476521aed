"""`archsmith what-if`: changes beside their quotes, what they change, and refusals that name a way on."""

import re
from pathlib import Path

import pytest
from tests.cli.asking import brief, data, run, valid

from archsmith.vary import LEVERS


def test_changes_are_told_beside_the_quotes_that_they_replace(tmp_path: Path) -> None:
    done = run("what-if", brief(tmp_path), "--set", "users=10x", "--set", "budget=5000", "--forbid", "k8s", "-q")
    assert done.exit_code in (0, 1), done.output
    assert "What if users = 10x, budget = 5000 and managed Kubernetes is forbidden?" in done.stdout
    assert "users: 300 → 3,000  “300 members”, line 5" in done.stdout
    assert "budget: $220 a month → $5,500 a month" in done.stdout
    assert "managed Kubernetes: ruled out already" in done.stdout
    assert "40 → 400 reservations per day" in done.stdout


def test_json_fits_its_schema_and_tells_all(tmp_path: Path) -> None:
    done = run("what-if", brief(tmp_path), "--set", "traffic=1000x", "--require", "mysql", "--json", "-q")
    found = data(done)
    assert valid("what-if", found)
    assert [c["name"] for c in found["changes"]] == ["traffic", "MySQL"]
    titles = {d["title"]: d for d in found["comparison"]["decisions"]}
    assert titles["Primary store"]["after"].startswith("MySQL")
    figures = {f["id"]: f for f in found["comparison"]["figures"]}
    assert figures["load.peak"]["ratio"] == pytest.approx(1000)


def test_what_can_not_be_met_is_a_finding(tmp_path: Path) -> None:
    done = run("what-if", brief(tmp_path), "--set", "budget=1", "-q")
    assert done.exit_code == 1
    assert "Missed now: infrastructure" in done.stdout
    assert "Can't be met together" in done.stdout
    assert "way out: " in done.stdout


def test_no_heading_stands_without_a_row(tmp_path: Path) -> None:
    text = "# Depot\n\nStaff book vans. 20 staff. There are 14 vans in 3 depots. Two developers build it in 6 months.\n"
    lines = run("what-if", brief(tmp_path, text), "--set", "team=1", "--set", "things=2x", "-q").stdout.splitlines()
    headings = [n for n, line in enumerate(lines) if line.endswith("─")]
    assert headings
    assert all(lines[n + 1].strip() for n in headings)
    assert any("14 → 28 vans" in line for line in lines)


def test_many_missed_response_times_are_told_by_the_worst(tmp_path: Path) -> None:
    done = run("what-if", brief(tmp_path), "--set", "latency=1ms", "-q")
    assert done.exit_code == 1
    missed = [line for line in done.stdout.splitlines() if line.startswith("Missed now")]
    assert len(missed) == 1
    assert re.search(r"5 response times, the furthest [^,]+, p95, .*, 1 ms wanted\.", missed[0])


def test_an_edited_file_of_requirements_is_a_brief(tmp_path: Path) -> None:
    run("design", brief(tmp_path), "-o", tmp_path / "out", "-q")
    found = data(run("what-if", tmp_path / "out" / "requirements.yaml", "--set", "users=10x", "-q", "--json"))
    figures = {f["id"]: f["ratio"] for f in found["comparison"]["figures"]}
    assert figures["load.peak"] == pytest.approx(10, rel=5e-3)  # what the house enters grows with its things


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--set", "userz=3"), "did you mean users"),
        (("--set", "wombats=3"), "known names: users, concurrent, things"),
        (("--set", "users=lots"), "a number or a factor"),
        (("--forbid", "postgresq"), "did you mean postgresql"),
        ((), "say what is to change"),
    ],
)
def test_what_can_not_be_changed_is_bad_input(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    done = run("what-if", brief(tmp_path), *words)
    assert done.exit_code == 2
    assert says in done.stderr
    assert done.stdout == ""


def test_a_bad_brief_is_bad_input(tmp_path: Path) -> None:
    done = run("what-if", brief(tmp_path, ""), "--set", "users=2x", "-q")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "INP004" in done.stderr
    assert run("what-if", tmp_path / "none.md", "--set", "users=2x").exit_code == 2


def test_names_are_listed() -> None:
    done = run("what-if", "--names")
    assert done.exit_code == 0
    assert all(f"{lever.name} " in done.stdout and lever.what in done.stdout for lever in LEVERS)


def test_control_characters_of_a_change_stay_off_the_terminal(tmp_path: Path) -> None:
    done = run("what-if", brief(tmp_path), "--set", "\x1b[31musers=3")
    assert done.exit_code == 2
    assert "\x1b" not in done.stderr
