"""`archsmith diff`: briefs and folders compared; exit codes as of other diff tools."""

from pathlib import Path

import pytest
from tests.cli.asking import SHED, brief, data, run, valid


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that `design` wrote."""
    folder = tmp_path / "out"
    assert run("design", brief(tmp_path), "-o", folder, "-q").exit_code in (0, 1)
    return folder


def test_a_brief_and_its_own_design_are_the_same(out: Path) -> None:
    done = run("diff", out.parent / "shed.md", out)
    assert done.exit_code == 0, done.output
    assert "The designs are the same" in done.stdout
    found = data(run("diff", out, out / "design.json", "--json"))
    assert found["same"] is True
    assert valid("comparison", found)


def test_a_changed_brief_differs(out: Path, tmp_path: Path) -> None:
    other = brief(tmp_path, f"{SHED}\nMySQL must be used.\n", "other.md")
    done = run("diff", out, other)
    assert done.exit_code == 1
    assert "Primary store: PostgreSQL 17 → MySQL" in done.stdout
    found = data(run("diff", out, other, "--json"))
    assert valid("comparison", found)
    assert "Primary store" in [d["title"] for d in found["decisions"]]


BAD = {
    "no design": ("{}", "INP005"),
    "no JSON": ("shed", "INP005"),
    "deep": ("[" * 100_000, "INP005"),
    "other schema": ('{"schema": "x"}', "INP005"),
}


@pytest.mark.parametrize(("text", "rule"), BAD.values(), ids=BAD)
def test_what_is_no_design_is_bad_input(text: str, rule: str, tmp_path: Path) -> None:
    (tmp_path / "design.json").write_text(text)
    done = run("diff", tmp_path, tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert rule in done.stderr
    assert "fix:" in done.stderr


def test_a_folder_without_a_design_is_bad_input(tmp_path: Path) -> None:
    done = run("diff", tmp_path, tmp_path / "missing.md")
    assert done.exit_code == 2
    assert "INP007" in done.stderr
    assert "INP001" in done.stderr


def test_standard_input_is_only_one_of_the_two() -> None:
    assert run("diff", "-", "-").exit_code == 2
