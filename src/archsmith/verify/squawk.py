"""DDL, read by squawk: statements that lock a table for long, break running applications or choose a type to regret."""

import re
from collections.abc import Sequence

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.ports import call, laid_out, program, verdict
from archsmith.verify.sql import SQL_FILES

_FOUND = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+):\d+: (?:warning|error): (?P<said>.+)$", re.MULTILINE)


class Squawk:
    """Squawk has nothing to say, with all its rules, for PostgreSQL 17."""

    id = "V-SQUAWK"
    what = "DDL is safe to run beside a working application"
    tool = "squawk"
    patterns = SQL_FILES
    slow = True

    def check(self, files: Sequence[Artifact]) -> Check:
        """Lints all files in one run."""
        squawk = program("squawk")
        with laid_out(files) as folder:
            version = call([squawk, "--version"], folder).stdout.split()[-1:]
            done = call([squawk, "--reporter", "gcc", "--pg-version", "17.0", *(str(f.path) for f in files)], folder)
        facts = [f"{m['file']}:{int(m['line']) + 1}: {m['said']}" for m in _FOUND.finditer(done.stdout)]
        if done.returncode and not facts:
            facts = [(done.stderr or done.stdout).strip()[:300]]
        return verdict(self, files, facts, version="".join(version), command="squawk --pg-version 17.0")
