"""What the tests of the asking commands share: a small brief, and the command in this process."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from archsmith.cli.main import cli

SHED = """# Tool shed

Members reserve a tool and return it. Staff repair tools. Members may see only their own loans.

- 300 members, who make 40 reservations a day. 850 tools.
- 99.5% availability. We can spend 200 EUR a month. Two developers (Python) build it.
- No Kubernetes.
"""


def brief(folder: Path, text: str = SHED, name: str = "shed.md") -> Path:
    """The brief as a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def run(*words: object) -> Result:
    """The command as a user runs it."""
    return CliRunner().invoke(cli, [str(w) for w in words], env={"COLUMNS": "110"})


def data(result: Result) -> Any:
    """What was printed as JSON."""
    return json.loads(result.stdout)


def valid(kind: str, found: object) -> bool:
    """Whether data fits the published JSON Schema of that name."""
    import jsonschema_rs

    schema = json.loads(run("schema", kind).stdout)
    return jsonschema_rs.is_valid(schema, found)
