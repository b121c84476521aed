"""SQL, parsed by PostgreSQL's own grammar."""

import importlib.metadata
from collections.abc import Sequence

from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.ports import ToolMissing, verdict

SQL_FILES = ("db/schema.sql", "db/*/schema.sql")
"""Files in PostgreSQL's SQL; those of other engines have the engine in their name."""
AFTER_SCHEMA = ("db/queries.sql", "db/roles.sql", "db/*/queries.sql", "db/*/roles.sql")
"""What may be run once the tables stand."""


class SqlParses:
    """Each SQL file parses."""

    id = "V-SQL-PARSE"
    what = "SQL parses"
    tool = "pglast"
    patterns = (*SQL_FILES, *AFTER_SCHEMA)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Parses each file."""
        try:
            import pglast
            import pglast.parser
        except ImportError as error:
            raise ToolMissing("pglast is not installed: pip install 'archsmith[verify]'") from error
        facts = []
        for file in files:
            try:
                pglast.parser.fingerprint(file.content.decode())  # parses, and makes no tree in Python
            except pglast.Error as error:
                facts.append(f"{file.path}: {error}")
        return verdict(
            self, files, facts, version=importlib.metadata.version("pglast"), command="pglast.parser.fingerprint"
        )
