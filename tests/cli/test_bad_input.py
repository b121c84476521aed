"""Bad input: one clear message with place and fix, exit code 2, nothing written, nothing executed, no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from archsmith.kernel.unseen import UNSEEN

GOOD = """# Tool shed

Members reserve a tool and return it. 300 members, 850 tools. Members may see only their own loans.
"""


def archsmith(*args: object, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Runs the command as a user does."""
    command = [sys.executable, "-m", "archsmith", *map(str, args)]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, timeout=60, check=False)


BRIEFS = {
    "empty": b"",
    "blank": b"  \n \n",
    "binary": bytes(range(256)) * 4,
    "huge": b"a shop " * 200_000,
    "latin-1": "Käufer".encode("latin-1"),
    "german": (
        "Wir möchten eine Anwendung für unseren Verein, mit der die Mitglieder ihre Werkzeuge ausleihen und "
        "wieder zurückgeben können. Es gibt ungefähr dreihundert Mitglieder und achthundert Werkzeuge."
    ).encode(),
    "no words": b"12 34 56 78 ?? !! 99\n",
}


@pytest.mark.parametrize("data", BRIEFS.values(), ids=BRIEFS)
def test_unusable_briefs(data: bytes, tmp_path: Path) -> None:
    """Exit 2, a message with the file's name and a fix, no folder."""
    (tmp_path / "brief.md").write_bytes(data)
    done = archsmith("design", "brief.md", "-o", "out", cwd=tmp_path)
    message = done.stderr.decode()
    assert done.returncode == 2, message
    assert "brief.md" in message
    assert "fix:" in message
    assert "Traceback" not in message
    assert [p.name for p in tmp_path.iterdir()] == ["brief.md"]


YAMLS = {
    "bomb": "a: &a [x,x,x]\n" + "".join(f"b{i}: &b{i} [*a,*a,*a]\n" for i in range(20)),
    "tag": "title: !!python/object/apply:os.system ['touch pwned']\n",
    "syntax": "title: [1\n",
    "list": "- 1\n- 2\n",
    "unknown key": "schema: archsmith/requirements/1\ntitle: t\nsource: s\nnonsense: 1\n",
    "wrong type": "schema: archsmith/requirements/1\ntitle: 7\nsource: s\n",
    "deep": "a: " + "[" * 5000 + "]" * 5000,
}


@pytest.mark.parametrize("text", YAMLS.values(), ids=YAMLS)
def test_unusable_yaml(text: str, tmp_path: Path) -> None:
    """The same for a requirements.yaml; nothing in it runs."""
    (tmp_path / "requirements.yaml").write_text(text)
    done = archsmith("design", "requirements.yaml", "-o", "out", cwd=tmp_path)
    message = done.stderr.decode()
    assert done.returncode == 2, message
    assert "requirements.yaml" in message
    assert "fix:" in message
    assert "Traceback" not in message
    assert [p.name for p in tmp_path.iterdir()] == ["requirements.yaml"]


@pytest.mark.parametrize(
    "args",
    [
        ["design", "missing.md", "-o", "out"],
        ["design", ".", "-o", "out"],
        ["design", "brief.md"],
        ["design", "-o", "out"],
        ["design", "brief.md", "-o", "brief.md"],
        ["design", "brief.md", "-o", "brief.md/out"],
        ["design", "brief.md", "-o", "."],
        ["design", "brief.md", "-o", "full"],
        ["design", "--from-dump", "derive", "missing.json", "-o", "out"],
        ["design", "--from-dump", "derive", "brief.md", "-o", "out"],
        ["design", "--from-dump", "nothing", "brief.md", "-o", "out"],
        ["design", "brief.md", "--catalog", "missing", "-o", "out"],
        ["verify", "full"],
        ["verify", "missing"],
    ],
    ids=" ".join,
)
def test_bad_arguments(args: list[str], tmp_path: Path) -> None:
    """Exit 2, a message, and the folder as it was."""
    (tmp_path / "brief.md").write_text(GOOD)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    done = archsmith(*args, cwd=tmp_path)
    assert done.returncode == 2, done.stderr.decode()
    assert done.stderr.strip()
    assert b"Traceback" not in done.stderr
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")) == ["brief.md", "full", "full/mine"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_unwritable_target(tmp_path: Path) -> None:
    """A folder without permission is told as such."""
    (tmp_path / "brief.md").write_text(GOOD)
    (tmp_path / "locked").mkdir(mode=0o500)
    done = archsmith("design", "brief.md", "-o", "locked/out", cwd=tmp_path)
    assert done.returncode == 2
    assert b"permission" in done.stderr.lower()


def test_unusable_as_json(tmp_path: Path) -> None:
    """The headless answer says so too, with all its keys."""
    done = archsmith("design", "-", "--json", cwd=tmp_path, stdin=b"12 34 56 78 ?? !! 99\n")
    assert done.returncode == 2
    summary = json.loads(done.stdout)
    assert summary["status"] == "unusable"
    assert summary["entities"] == []


HOSTILE = """# {{7*7}} <script>alert(1)</script> `$(touch pwned)`

- Customers order a "; drop table users; -- and pay by card
- Admins upload ../../etc/passwd files, up to 20 MB each
- Customers see a __proto__ and a ${HOME} and a %s%n of their orders
- Staff export <img src=x onerror=alert(1)> reports each night
- 400 orders per day, 2,000 customers. ]]> --> ``` end
- Members reserve a 😀 tool, a `select` table and a نظام
"""


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    """They are designed like any others: files with safe names, nothing evaluated, all checks that run here pass."""
    (tmp_path / "brief.md").write_text(HOSTILE)
    done = archsmith("design", "brief.md", "-o", "out", "-q", cwd=tmp_path)
    assert done.returncode in (0, 1), done.stderr.decode()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["brief.md", "out"]
    evidence = json.loads((tmp_path / "out" / "evidence" / "evidence.json").read_text())
    failed = [c for c in evidence["checks"] if c["outcome"] == "failed"]
    assert failed == []
    document = (tmp_path / "out" / "architecture.md").read_text()
    assert "49" not in document.split("\n", 1)[0]
    kinds = {t.type for token in MarkdownIt().enable("table").parse(document) for t in (token, *(token.children or ()))}
    assert not kinds & {"html_block", "html_inline", "image"}


NAMES = r"""schema: archsmith/requirements/1
title: "'; DROP TABLE x; -- \e[31m \u202E ${HOME}"
source: mine
needs: {users: 300, latency_p95: 0.0001}
actors:
- {id: member, name: "=cmd|' /C calc'!A0 \e[31m\u202E", internal: false}
operations:
- {actor: "=cmd|' /C calc'!A0 \e[31m\u202E", verb: create, object: "../../tool \u202E", kind: command}
- {actor: "=cmd|' /C calc'!A0 \e[31m\u202E", verb: list, object: "../../tool \u202E", kind: query}
"""
QUOTES = {"design.json", "requirements.yaml", "summary.json"}
"""What tells the input as it was, as data."""


def test_hostile_names_are_shown_as_they_are(tmp_path: Path) -> None:
    """Names with escape sequences and marks of direction reach neither the terminal nor a file that people read, and
    no check takes what was left out for a difference."""
    (tmp_path / "requirements.yaml").write_text(NAMES)
    done = archsmith("design", "requirements.yaml", "-o", "out", cwd=tmp_path)
    said = done.stderr.decode()
    assert done.returncode == 1, said  # a tenth of a millisecond is not to be had, and the finding names the operation
    assert "DROP TABLE" in said
    assert "Traceback" not in said
    assert "failed: see" not in said
    files = [p for p in (tmp_path / "out").rglob("*") if p.is_file() and p.name not in QUOTES]
    shown = {p.relative_to(tmp_path).as_posix(): p.read_text(encoding="utf-8") for p in files}
    assert [name for name, text in {**shown, "stderr": said}.items() if UNSEEN.search(text)] == []
