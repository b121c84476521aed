"""The SQL of each database read back and compared with design.json: whatever differs is a failure."""

from collections.abc import Iterator, Mapping, Sequence

from archsmith.knowledge.dialects import sql_folder
from archsmith.model.artifacts import Artifact, Check
from archsmith.verify.parity import design_of
from archsmith.verify.parity_facts import compare
from archsmith.verify.ports import chosen, verdict
from archsmith.verify.sql_readers import READERS, SqlReader, Tables, readable

SQL_FILES = tuple(f"{folder}/{name}" for folder in ("db", "db/*") for reader in READERS for name in reader.files)


class SqlParity:
    """Each SQL file of a database says what the model says, statement by statement, and no more.

    Of each table: columns with type, NOT NULL, DEFAULT, CHECK and generation; keys and other constraints; indexes;
    partitions and storage; comments; triggers; row-level security. Then functions, queries and rights.
    """

    id = "V-PARITY-SQL"
    what = "SQL says what the model says"
    tool = "archsmith with pglast or sqlglot"
    patterns = ("design.json", *SQL_FILES)
    slow = False

    def check(self, files: Sequence[Artifact]) -> Check:
        """Compares each file with the tables of its database."""
        arch, facts = design_of(files).architecture, list[str]()
        shown = {str(f.path): f for f in chosen(files, SQL_FILES)}
        kept, versions, left_out = readable(arch)
        for store, (reader, tables) in kept.items():
            folder = sql_folder(arch, store)
            own = {name: f for name in reader.files if (f := shown.pop(f"{folder}/{name}", None)) is not None}
            facts += [] if reader.schema in own else [f"missing: {folder}/{reader.schema}"]
            facts += _compared(reader, own, tables)
        facts += [f"{path}: no database has it" for path in shown if not left_out]
        return verdict(self, files, facts, version=versions, command="compare with design.json", left_out=left_out)


def _compared(reader: SqlReader, files: Mapping[str, Artifact], tables: Tables) -> Iterator[str]:
    for name, file in files.items():
        try:
            said = list(reader.facts(file.content.decode()))
        except ValueError as error:
            yield f"{file.path}: {error}"
            continue
        where = "" if file.path == f"db/{reader.schema}" else f"{file.path}: "
        yield from (f"{where}{fact}" for fact in compare(said, reader.files[name](tables)))
