"""DDL, read by squawk: statements that lock a table for long, break running applications or choose a type to regret."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from archsmith.kernel.ids import ArtifactPath
from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.migrations import MIGRATIONS
from archsmith.verify.parity_migrations import DOWN, steps
from archsmith.verify.ports import call, chosen, laid_out, program, verdict
from archsmith.verify.sql import SQL_FILES

_FOUND: Final = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+):\d+: (?:warning|error): (?P<said>.+)$", re.MULTILINE)
_COMMAND: Final = ("--reporter", "gcc", "--pg-version", "17.0")
_LIMITS: Final = "/env.py"
"""Where Alembic's own limits of waiting stand: it sets them before the first step."""


class Squawk:
    """Squawk has nothing to say, with all its rules, for PostgreSQL 17.

    Of migrations it reads the way up, in the transaction that each tool opens around a step. The way down drops tables,
    which is what one of its rules is against and what that way is for.
    """

    id = "V-SQUAWK"
    what = "DDL is safe to run beside a working application"
    tool = "squawk"
    patterns = (*SQL_FILES, *MIGRATIONS)
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Lints all schemas in one run, all steps in another."""
        squawk = program("squawk")
        schemas = chosen(files, SQL_FILES)
        ways = (((), schemas), (("--assume-in-transaction",), tuple(_ways_up(files, schemas))))
        facts: list[str] = []
        with laid_out([file for _, some in ways for file in some]) as folder:
            version = call([squawk, "--version"], folder).stdout.split()[-1:]
            for options, some in ways:
                if some:
                    done = call([squawk, *_COMMAND, *options, *(str(f.path) for f in some)], folder)
                    facts += _facts(done.stdout, done.stderr, done.returncode)
        return verdict(self, files, facts, version="".join(version), command="squawk --pg-version 17.0")


def _ways_up(files: Sequence[Artifact], schemas: Sequence[Artifact]) -> Iterator[Artifact]:
    """The SQL that a tool runs to make the tables of PostgreSQL: of a folder beside a schema in its SQL."""
    homes = {f.path.removesuffix("schema.sql") + "migrations/" for f in schemas}
    found = [f for f in chosen(files, MIGRATIONS) if any(f.path.startswith(home) for home in homes)]
    limits = {f.path.removesuffix(_LIMITS): f for f in found if f.path.endswith(_LIMITS)}
    for file in found:
        if DOWN.search(file.path) or "initial" not in file.path or not file.path.endswith((".sql", ".py")):
            continue
        env = limits.get(file.path.split("/versions/")[0])
        opened = [f"{text};" for text in steps(env, "LIMITS")] if env else []
        text = "\n".join([*opened, *steps(file)])
        path = file.path if file.path.endswith(".sql") else f"{file.path}.sql"
        yield Artifact(path=ArtifactPath(path), content=text.encode())


def _facts(said: str, error: str, code: int) -> list[str]:
    found = [f"{m['file']}:{int(m['line']) + 1}: {m['said']}" for m in _FOUND.finditer(said)]
    return found or ([(error or said).strip()[:300]] if code else [])
