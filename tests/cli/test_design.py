"""The main job on the command line: whole, repeatable, resumable."""

import filecmp
import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from tests.designs import state_of

from archsmith.cli.main import STAGES
from archsmith.files.reader import read_brief
from archsmith.files.writer import write_tree
from archsmith.kernel.canonical import from_json, to_json
from archsmith.knowledge.catalogue import Catalogue
from archsmith.model.brief import Brief
from archsmith.pipeline import Stage, State, advance, deliver, finish

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*/brief.md"))
Designed = Callable[[Path], tuple[Path, int]]
SECTIONS = (
    "Executive summary",
    "System architecture",
    "API specification",
    "Database schema",
    "Technology stack",
    "Security and compliance",
    "Scalability",
    "Timeline and resources",
)


def archsmith(*args: object, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs the command as a user does."""
    command = [sys.executable, "-m", "archsmith", *map(str, args)]
    environment = {**os.environ, **env}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)


def same(left: Path, right: Path) -> list[str]:
    """What differs between two trees, byte by byte."""
    names = {p.relative_to(t).as_posix() for t in (left, right) for p in t.rglob("*") if p.is_file()}
    return [n for n in sorted(names) if not _equal(left / n, right / n)]


def _equal(left: Path, right: Path) -> bool:
    return left.is_file() and right.is_file() and filecmp.cmp(left, right, shallow=False)


@pytest.fixture(scope="module")
def designed(tmp_path_factory: pytest.TempPathFactory) -> Designed:
    """The folder that `design` wrote for a brief, and its exit code, once for all tests that only read it."""

    @functools.cache
    def made(brief: Path) -> tuple[Path, int]:
        folder = tmp_path_factory.mktemp(brief.parent.name)
        done = archsmith("design", brief, "-o", "one", cwd=folder, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
        assert done.returncode in (0, 1), done.stderr
        return folder / "one", done.returncode

    return made


@pytest.mark.parametrize("brief", EXAMPLES, ids=[p.parent.name for p in EXAMPLES])
def test_examples_whole_and_repeatable(brief: Path, tmp_path: Path, designed: Designed) -> None:
    """Every section is there, every check that runs passes, and another seed, locale and time zone change no byte."""
    one, code = designed(brief)
    two = archsmith("design", brief, "-o", "two", cwd=tmp_path, PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C.UTF-8")
    assert two.returncode == code, two.stderr
    assert same(one, tmp_path / "two") == []
    document = (one / "architecture.md").read_text()
    headings = [line for line in document.splitlines() if line.startswith("## ")]
    for number, section in enumerate(SECTIONS, 1):
        assert any(h.startswith(f"## {number}") and section.lower() in h.lower() for h in headings), (section, headings)
    evidence = json.loads((one / "evidence" / "evidence.json").read_text())
    assert [c for c in evidence["checks"] if c["outcome"] == "failed"] == []
    assert any(c["outcome"] == "passed" for c in evidence["checks"])


@pytest.mark.parametrize("brief", EXAMPLES, ids=[p.parent.name for p in EXAMPLES])
def test_unedited_requirements_give_the_same_design(brief: Path, tmp_path: Path, designed: Designed) -> None:
    """requirements.yaml is a full way in."""
    one, _ = designed(brief)
    read = read_brief(one / "requirements.yaml")
    assert isinstance(read, Brief)
    files, _ = deliver(finish(state_of(read), f"archsmith {version('archsmith')}"))
    assert not write_tree(tmp_path / "two", files)
    assert same(one, tmp_path / "two") == []


def test_edited_requirements_change_the_design(tmp_path: Path, designed: Designed) -> None:
    """A person forbids a technology and fixes a decision; the next run obeys and says who said so."""
    shutil.copytree(designed(EXAMPLES[0])[0], tmp_path / "out")
    path = tmp_path / "out" / "requirements.yaml"
    before = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert any(d["choice"].startswith("PostgreSQL") or "PostgreSQL" in d["choice"] for d in before["decisions"])
    text = path.read_text()
    assert "\nmust_not_use: []\n" in text or "\nmust_not_use:\n" in text
    entry = "\nmust_not_use:\n- name: PostgreSQL\n  tech: postgresql\n  stance: must_not_use\n"
    edited = text.replace("\nmust_not_use: []\n", entry).replace("\nmust_not_use:\n", entry, 1)
    path.write_text(edited if edited != text else text)
    done = archsmith("design", "out/requirements.yaml", "-o", "out", cwd=tmp_path)
    assert done.returncode in (0, 1), done.stderr
    after = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert not any("PostgreSQL" in c["product"] for c in after["components"])


def test_dump_and_go_on(tmp_path: Path, designed: Designed) -> None:
    """Stopping and going on from the dump gives the same bytes as going through."""
    dump = archsmith("design", EXAMPLES[0], "--dump-after", "evaluate", "-q", cwd=tmp_path)
    assert dump.returncode == 0, dump.stderr
    (tmp_path / "dump.json").write_text(dump.stdout)
    done = archsmith("design", "--from-dump", "evaluate", "dump.json", "-o", "two", cwd=tmp_path)
    assert done.returncode in (0, 1), done.stderr
    assert same(designed(EXAMPLES[0])[0], tmp_path / "two") == []


def test_each_stage_goes_on_from_the_dump_of_the_one_before() -> None:
    """Stage by stage, each from what the dump reads back to, comes out as all of them in one go."""
    brief = read_brief(EXAMPLES[0])
    assert isinstance(brief, Brief)
    state, after = State(brief=brief), None
    for stage in map(Stage, STAGES):
        state = from_json(to_json(advance(state, Catalogue(), after=after, upto=stage)), State)
        after = stage
    assert to_json(state) == to_json(state_of(brief))


def test_json_writes_no_folder(tmp_path: Path, designed: Designed) -> None:
    """The headless answer is the summary alone; it is the same as the file."""
    done = archsmith("design", EXAMPLES[0], "--json", "-q", cwd=tmp_path)
    assert json.loads(done.stdout)["schema"] == "archsmith/summary/1"
    assert list(tmp_path.iterdir()) == []
    assert (designed(EXAMPLES[0])[0] / "summary.json").read_text() == done.stdout


def test_stages_of_the_command_line() -> None:
    """The names on the command line are those of the pipeline, but for the two that make files."""
    assert list(STAGES) == [s for s in Stage if s not in (Stage.RENDER, Stage.VERIFY)]
