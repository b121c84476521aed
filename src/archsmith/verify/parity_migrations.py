"""The first migration read back: it makes the tables of design.json, as the schema beside it does."""

import ast
import importlib.metadata
import re
from collections.abc import Iterator, Sequence
from typing import Final

from archsmith.kernel.ids import StoreId
from archsmith.knowledge.dialects import postgresql_tables
from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import Fact, compare
from archsmith.verify.parity_sql import table_facts
from archsmith.verify.ports import ToolMissing, chosen, verdict
from archsmith.verify.sql_facts import read

MIGRATIONS: Final = ("+db/*migrations/*initial*",)
DOWN: Final = re.compile(r"\.down\.sql$|/U\d+__[^/]*$")
"""The file of a way down, by its path."""
_MARKS: Final = re.compile(r"^-- (?:Down Migration|migrate:down)", re.MULTILINE)
"""Where in a file that holds both ways the way down begins."""


class MigrationsParity:
    """What the first migration makes in PostgreSQL are the tables of the model, each as the model has it."""

    id = "V-PARITY-MIGRATIONS"
    what = "the first migration says what the model says"
    tool = "archsmith with pglast"
    patterns = ("design.json", *MIGRATIONS)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares the tables of each database with those that its first step makes."""
        try:
            import pglast
        except ImportError as error:
            raise ToolMissing("pglast is not installed: pip install 'archsmith[verify]'") from error
        kept = postgresql_tables(design_of(files).architecture)
        facts = list[str]()
        for file in chosen(files, MIGRATIONS):
            folder = file.path.split("/")[1]
            tables = next(iter(kept.values()), ()) if folder == "migrations" else kept.get(StoreId(folder))
            if not tables or DOWN.search(file.path) or not file.path.endswith((".sql", ".py")):
                continue
            said = list[Fact]()
            try:
                for text in steps(file):
                    said += read(text)
            except (pglast.Error, SyntaxError) as error:
                facts.append(f"{file.path}: {error}")
                continue
            wanted = [fact for table in tables for fact in table_facts(table)]
            facts += [f"{file.path}: {fact}" for fact in compare(said, wanted)]
        version = importlib.metadata.version("pglast")
        return verdict(self, files, facts, version=version, command="compare with design.json")


def steps(file: Artifact, name: str = "UP") -> Iterator[str]:
    """The SQL that goes up: of a Python file the statements of `name`, of a file with both ways the first."""
    text = file.content.decode()
    if not file.path.endswith(".py"):
        yield _MARKS.split(text)[0]
        return
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            yield from (str(c.value) for c in ast.walk(node.value) if isinstance(c, ast.Constant))
