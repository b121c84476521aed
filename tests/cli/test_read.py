"""`archsmith read` on the command line: every form, every exit code, pipes, terminals and files."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.asking import run

from archsmith.cli.main import FORMS
from archsmith.elicit.structured import to_yaml
from archsmith.kernel import safeyaml
from archsmith.kernel.canonical import from_json
from archsmith.render.reading import Reading

ROOT = Path(__file__).parents[2]
CLINIC = ROOT / "examples/clinic/brief.md"
SMALL = "# Shop\n\nCustomers place orders, 400 orders per day. No SMS in this release. We have 3 engineers.\n"
COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|9[0-7])(?:;[0-9;]*)?m")


def archsmith(*args: object, cwd: Path, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """Runs the command as a user does, its output in a pipe."""
    command = [sys.executable, "-m", "archsmith", *map(str, args)]
    clean = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}
    return subprocess.run(
        command, cwd=cwd, env={**clean, **env}, input=stdin, capture_output=True, text=True, timeout=120, check=False
    )


def on_a_terminal(*args: object, cwd: Path, **env: str) -> str:
    """What the command writes to a terminal of 100 columns."""
    ours, theirs = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-m", "archsmith", *map(str, args)]
    environment = {**clean, "TERM": "xterm-256color", "COLUMNS": "100", **env}
    with subprocess.Popen(command, cwd=cwd, env=environment, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        written = b""
        while True:
            try:
                part = os.read(ours, 65_536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            written += part
        process.wait(timeout=60)
    os.close(ours)
    return written.decode()


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    path = tmp_path / "brief.md"
    path.write_text(SMALL)
    return path


def test_the_report_shows_quotes_readings_and_arithmetic_and_ends_with_the_questions(tmp_path: Path) -> None:
    done = archsmith("read", CLINIC, cwd=tmp_path)
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == ""
    text = done.stdout
    order = [
        "The whole is held to",
        "What it does",
        "Compliance",
        "Domain",
        "Workload",
        "Assumptions",
        "Open questions",
    ]
    titles = [line.split("─")[0].strip() for line in text.splitlines() if line.endswith("───")]
    assert [t for t in titles if any(t.startswith(o) for o in order)] == [
        next(t for t in titles if t.startswith(o)) for o in order
    ]
    assert titles[-1].startswith("Open questions")
    assert re.search(r"40  “R3 The portal shall be available 99.9% of the +R-\d+ · must", text)
    assert re.search(r"HIPAA \(required, 98% sure", text)
    assert re.search(r"visits per day +5,200 per day +line 27", text)
    assert re.search(r"average visits per second +5,200/day +5200 / 86400", text)
    assert re.search(r"patient → book appointment", text)


def test_no_word_is_cut_and_no_line_is_too_long(brief: Path) -> None:
    for columns in (44, 80, 132):
        done = archsmith("read", brief, cwd=brief.parent, COLUMNS=str(columns))
        assert done.returncode == 0, done.stderr
        assert max(map(len, done.stdout.splitlines())) <= columns
        assert "…" not in re.sub(r"sum of \d+: .*…|, …", "", done.stdout)
        quote = "“Customers place orders, 400 orders per day.”"
        assert columns == 80 or quote in (" ".join(done.stdout.split()) if columns == 44 else done.stdout)


def test_a_pipe_gets_no_codes_and_the_same_bytes_on_any_machine(brief: Path) -> None:
    for form in FORMS:
        one = archsmith("read", brief, "--format", form, cwd=brief.parent, PYTHONHASHSEED="1", LC_ALL="C", TERM="dumb")
        two = archsmith("read", brief, "--format", form, cwd=brief.parent, PYTHONHASHSEED="2", TZ="Asia/Tokyo")
        assert (one.returncode, one.stdout) == (0, two.stdout), one.stderr
        assert "\x1b" not in one.stdout


def test_a_terminal_gets_colour_unless_it_is_refused(brief: Path) -> None:
    assert COLOUR.search(on_a_terminal("read", brief, cwd=brief.parent))
    plain = on_a_terminal("read", brief, cwd=brief.parent, NO_COLOR="1")
    assert "Customers place orders" in plain
    assert not COLOUR.search(plain)


def test_words_of_the_brief_reach_no_terminal_as_codes(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text(
        SMALL + "\n- Customers see \x9b31m red \u202eorders\u202c and [bold]links[/bold]\n"
    )
    shown = on_a_terminal("read", "brief.md", cwd=tmp_path, NO_COLOR="1")
    assert "[bold]links[/bold]" in " ".join(shown.split())
    assert not re.search("[\x9b\u202e]", shown)


def test_json_and_yaml_are_one_document(brief: Path) -> None:
    as_json = archsmith("read", brief, "--format", "json", cwd=brief.parent)
    as_yaml = archsmith("read", brief, "--format", "yaml", cwd=brief.parent)
    data = json.loads(as_json.stdout)
    assert data["schema"] == "archsmith/reading/1"
    assert safeyaml.load(as_yaml.stdout) == data
    schema = archsmith("schema", "reading", cwd=brief.parent)
    assert json.loads(schema.stdout)["title"] == "archsmith reading"


def test_standard_input_text_and_structured_files_are_read(tmp_path: Path, brief: Path) -> None:
    piped = archsmith("read", "-", "--format", "json", cwd=tmp_path, stdin=SMALL)
    assert json.loads(piped.stdout)["requirements"]["source"] == "stdin.md"
    plain, structured = tmp_path / "brief.txt", tmp_path / "requirements.yaml"
    plain.write_text(SMALL.replace("# ", ""))
    assert run("read", plain).exit_code == 0
    understood = from_json(run("read", brief, "--format", "json").stdout.encode(), Reading)
    structured.write_text(to_yaml(understood.requirements))
    for form in FORMS:
        done = run("read", structured, "--format", form)
        assert done.exit_code == 0, done.stderr
    again = run("read", structured, "--format", "json")
    assert from_json(again.stdout.encode(), Reading).requirements == understood.requirements


def test_a_contradiction_is_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "requirements.yaml").write_text(
        "title: Shop\nconflicts:\n- what: two peaks\n  resolution: the higher one is used\n  spans:\n"
        "  - {file: b.md, line: 3, column: 1, end_line: 3, end_column: 9, quote: 400 a day}\n"
        "  - {file: b.md, line: 9, column: 1, end_line: 9, end_column: 9, quote: 900 a day}\n"
        "operations: [{actor: customer, verb: place, object: order, kind: command}]\n"
    )
    done = archsmith("read", "requirements.yaml", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    section = done.stdout[done.stdout.index("\nConflicts ") :]
    assert re.search(r"two peaks\n +3  “400 a day”\n +9  “900 a day”\n +→  the higher one is used", section)


BAD = {
    "missing.md": None,
    "empty.md": b"",
    "null.md": b"Customers order\x00 things",
    "latin.md": "Käufer".encode("latin-1"),
    "huge.md": b"a shop " * 200_000,
    "german.md": b"Wir sind ein Verein und die Mitglieder wollen ihre Werkzeuge mit der App ausleihen.",
    "bomb.yaml": b"a: &a [x]\nb: [*a, *a]\n",
    "broken.yaml": b"title: [1\n",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_exit_code_2_with_a_fix(name: str, tmp_path: Path) -> None:
    content = BAD[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = archsmith("read", name, "--format", "html", "-o", "page.html", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert name in done.stderr
    assert "fix: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "page.html").exists()


def test_a_file_of_ours_is_replaced_and_no_other(brief: Path) -> None:
    folder = brief.parent
    page = folder / "page.html"
    for form in ("html", "json", "yaml"):
        done = run("read", brief, "--format", form, "-o", page)
        assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert page.read_text().startswith("schema: archsmith/reading/1\n")
    for target in (brief, folder, folder / "none" / "page.html"):
        refused = run("read", brief, "--format", "html", "-o", target)
        assert refused.exit_code == 2
        assert refused.stderr
    assert brief.read_text() == SMALL
    notes = folder / "notes.html"
    notes.write_text("mine")
    assert run("read", brief, "--format", "html", "-o", notes, "--force").exit_code == 0
    assert notes.read_text().startswith("<!doctype html>")
    assert sorted(p.name for p in folder.iterdir()) == ["brief.md", "notes.html", "page.html"]


def test_a_link_is_not_written_through(brief: Path) -> None:
    mine = brief.parent / "mine.txt"
    mine.write_text("mine")
    (brief.parent / "page.html").symlink_to(mine)
    done = archsmith("read", brief, "--format", "html", "-o", "page.html", "--force", cwd=brief.parent)
    assert done.returncode == 2
    assert mine.read_text() == "mine"


def test_a_reader_that_goes_away_is_no_bug(brief: Path) -> None:
    command = f"{sys.executable} -m archsmith read {brief} --format json | true"
    done = subprocess.run(["bash", "-c", command], cwd=brief.parent, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("", "")


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from click.testing import CliRunner; from archsmith.cli.main import cli;"
        "done = CliRunner().invoke(cli, ['read', '--help']); assert done.exit_code == 0 and '--format' in done.output;"
        "print(sorted({'rich', 'jinja2', 'msgspec', 'yaml', 'ortools'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stderr
